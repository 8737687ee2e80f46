#include <algorithm>

#include "ask/ask.h"
#include "ask/facts.h"
#include "ask/json.h"
#include "base/text.h"

/// From names as written to ids, with every problem told.
namespace koshi::ask {
namespace {

using zan::Corpus;
using zan::kNoId;

void add(Problems& problems, std::string pointer, ProblemKind kind, std::string message) {
  if (problems.size() < kMaxProblems) problems.push_back({std::move(pointer), std::move(message), kind});
}

/// The questions that were perhaps meant: the same name of another entity, else the nearest of all names.
std::string did_you_mean(const Corpus& corpus, const std::string& name) {
  std::vector<std::string> full_names;
  std::vector<std::string> same_name;
  for (size_t i = 0; i < corpus.norms.size(); ++i) {
    if (corpus.norms[i].is_definition) continue;
    full_names.push_back(corpus.full_name(static_cast<zan::NormId>(i)));
    if (corpus.norms[i].name == name || full_names.back().ends_with("." + name)) same_name.push_back("`" + full_names.back() + "`");
  }
  std::ranges::sort(same_name);
  same_name.erase(std::ranges::unique(same_name).begin(), same_name.end());
  if (!same_name.empty()) return "; did you mean " + join(same_name, " or ") + "?";
  if (const auto near = nearest(name, full_names)) return "; did you mean `" + *near + "`?";
  return "; `koshi norms` lists all questions";
}

std::string instruments(const Corpus& corpus, const std::string& name) {
  std::string list;
  for (const zan::NormId id : corpus.norm_index.at(name)) {
    const zan::ActId under = corpus.norms[static_cast<size_t>(id)].under;
    if (under != kNoId) list += (list.empty() ? "" : ", ") + corpus.acts[static_cast<size_t>(under)].name;
  }
  return list.empty() ? "; it is answered by the law alone, without `under`" : "; it is answered under " + list;
}

zan::NormId resolve_norm(const Corpus& corpus, const RawQuestion& raw, Problems& problems) {
  if (raw.norm.empty()) {
    add(problems, "/norm", ProblemKind::kMissing, "no question; name a norm, such as `person.registration_due`");
    return kNoId;
  }
  const zan::NormId norm = corpus.find_norm(raw.norm, raw.under);
  if (norm != kNoId) return norm;
  if (!corpus.norm_index.contains(raw.norm)) {
    add(problems, "/norm", ProblemKind::kUnknownName, "there is no question `" + raw.norm + "`" + did_you_mean(corpus, raw.norm));
  } else {
    add(problems, "/under", ProblemKind::kUnknownName,
        "`" + raw.norm + "` is not answered under `" + raw.under + "`" + instruments(corpus, raw.norm));
  }
  return kNoId;
}

std::vector<zan::ReformId> resolve_reforms(const Corpus& corpus, const RawQuestion& raw, Problems& problems) {
  std::vector<std::string> known;
  for (const zan::Reform& reform : corpus.reforms) known.push_back(reform.name);
  std::vector<zan::ReformId> reforms;
  for (size_t i = 0; i < raw.reforms.size(); ++i) {
    const zan::ReformId id = corpus.find_reform(raw.reforms[i]);
    if (id != kNoId) {
      reforms.push_back(id);
      continue;
    }
    const auto near = nearest(raw.reforms[i], known);
    add(problems, "/reforms/" + std::to_string(i), ProblemKind::kUnknownName,
        "there is no reform `" + raw.reforms[i] + "`" +
            (near            ? "; did you mean `" + *near + "`?"
             : known.empty() ? "; the law has none"
                             : "; there are " + join(known, ", ")));
  }
  std::ranges::sort(reforms);
  reforms.erase(std::ranges::unique(reforms).begin(), reforms.end());
  return reforms;
}

/// A norm that a reform brings exists only under it.
void check_reform_of_norm(const Corpus& corpus, const Question& question, Problems& problems) {
  if (question.norm == kNoId) return;
  const zan::ReformId reform = corpus.norms[static_cast<size_t>(question.norm)].reform;
  if (reform == kNoId || std::ranges::binary_search(question.reforms, reform)) return;
  const std::string& name = corpus.reforms[static_cast<size_t>(reform)].name;
  add(problems, "/reforms", ProblemKind::kMissing,
      "`" + corpus.full_name(question.norm) + "` exists only under the reform `" + name + "`; ask under it");
}

/// Everything but the facts.
void resolve_names(const Corpus& corpus, const RawQuestion& raw, Date today, Question& question, Problems& problems) {
  question.norm = resolve_norm(corpus, raw, problems);
  question.reforms = resolve_reforms(corpus, raw, problems);
  check_reform_of_norm(corpus, question, problems);
  const auto on = raw.on.empty() ? today : parse_date(raw.on);
  if (on) {
    question.on = *on;
  } else {
    add(problems, "/on", ProblemKind::kBadValue, "`" + raw.on + "` is not a date that exists; write it as YYYY-MM-DD");
  }
  if (const auto language = words::parse_language(raw.language)) {
    question.language = *language;
  } else {
    add(problems, "/lang", ProblemKind::kUnknownName, "there is no language `" + raw.language + "`; there are " + words::language_codes());
  }
  if (question.norm == kNoId) return;
  question.record = zan::Record::blank(corpus, corpus.norms[static_cast<size_t>(question.norm)].entity);
}

/// "/facts/staff/2/person" for "staff[2].person".
std::string pointer_of(std::string_view path) {
  std::string pointer = "/facts";
  if (path.empty()) return pointer;
  for (const std::string_view part : split(path, '.')) {
    const size_t open = part.find('[');
    append_pointer(pointer, part.substr(0, open));
    if (open != std::string_view::npos) append_pointer(pointer, part.substr(open + 1, part.size() - open - 2));
  }
  return pointer;
}

/// What can be said only when all names and values are in order.
void check_together(zan::ProgramLibrary& library, const Question& question, Problems& problems) {
  if (!problems.empty()) return;
  if (const auto program = library.on(question.on, question.reforms); !program) {
    return add(problems, "/reforms", ProblemKind::kBadValue, program.error().message);
  }
  if (question.record.entity == kNoId) return;
  for (const zan::Contradiction& broken : zan::contradictions(library, question.record, question.on)) {
    if (problems.size() >= kMaxProblems) return;
    problems.push_back({pointer_of(broken.path), "the facts contradict each other: " + broken.message, ProblemKind::kContradiction,
                        words::must_key(library.corpus(), broken.entity, broken.message)});
  }
}

bool takes_facts(const Question& question, bool any_given, Problems& problems) {
  if (question.norm == kNoId || !any_given) return false;
  if (question.record.entity != kNoId) return true;
  add(problems, "/facts", ProblemKind::kUnknownName, "this question asks for no facts");
  return false;
}

void add_syntax_problem(Problems& problems, std::string pointer, std::string_view text, const JsonError& error) {
  const std::string_view before = text.substr(0, error.offset);
  const size_t line = static_cast<size_t>(std::ranges::count(before, '\n')) + 1;
  const size_t column = before.size() - (before.rfind('\n') + 1) + 1;
  add(problems, std::move(pointer), ProblemKind::kSyntax,
      "not JSON at line " + std::to_string(line) + ", column " + std::to_string(column) + ": " + error.message);
}

/// Reads the members of the request other than the facts. Gives the node of the facts, or -1.
class RequestReader {
 public:
  RequestReader(const JsonDocument& document, Problems& problems) : document_(document), problems_(problems) {}

  int32_t read(RawQuestion& raw, JsonOptions& show) {
    if (document_[0].kind != JsonNode::Kind::kObject) {
      add(problems_, "", ProblemKind::kSyntax, "an object was expected, such as {\"norm\":\"person.registration_due\",\"facts\":{}}");
      return -1;
    }
    int32_t facts = -1;
    std::vector<std::string_view> seen;
    for (int32_t id = document_[0].first_child; id >= 0; id = document_[id].next_sibling) {
      const JsonNode& member = document_[id];
      if (std::ranges::find(seen, member.key) != seen.end()) {
        add(problems_, pointer(member), ProblemKind::kTwice, "`" + std::string(member.key) + "` is given twice");
      } else if (member.key == "facts") {
        facts = id;
      } else {
        read_member(member, raw, show);
      }
      seen.push_back(member.key);
      if (problems_.size() >= kMaxProblems) break;
    }
    return facts;
  }

 private:
  static std::string pointer(const JsonNode& member) {
    std::string text;
    append_pointer(text, member.key);
    return text;
  }

  void read_member(const JsonNode& member, RawQuestion& raw, JsonOptions& show) {
    if (member.key == "norm") return text(member, raw.norm);
    if (member.key == "on") return text(member, raw.on);
    if (member.key == "under") return text(member, raw.under);
    if (member.key == "lang") return text(member, raw.language);
    if (member.key == "words") return flag(member, show.words);
    if (member.key == "changes") return flag(member, show.changes);
    if (member.key == "reforms") return texts(member, raw.reforms);
    static const std::vector<std::string> kKnown = {"norm", "on", "under", "reforms", "facts", "lang", "words", "changes"};
    const auto near = nearest(member.key, kKnown);
    add(problems_, pointer(member), ProblemKind::kUnknownName,
        "a question has no member `" + std::string(member.key) + "`" +
            (near ? "; did you mean `" + *near + "`?" : "; it has " + join(kKnown, ", ")));
  }

  void text(const JsonNode& member, std::string& into) {
    if (member.kind == JsonNode::Kind::kNull) return;
    if (member.kind != JsonNode::Kind::kString) return add(problems_, pointer(member), ProblemKind::kBadValue, "a text was expected");
    into = member.text;
  }

  void flag(const JsonNode& member, bool& into) {
    into = member.kind == JsonNode::Kind::kTrue;
    if (!into && member.kind != JsonNode::Kind::kFalse) {
      add(problems_, pointer(member), ProblemKind::kBadValue, "true or false was expected");
    }
  }

  void texts(const JsonNode& member, std::vector<std::string>& into) {
    if (member.kind == JsonNode::Kind::kNull) return;
    if (member.kind != JsonNode::Kind::kArray) {
      return add(problems_, pointer(member), ProblemKind::kBadValue, "an array of texts was expected");
    }
    size_t index = 0;
    for (int32_t id = member.first_child; id >= 0; id = document_[id].next_sibling, ++index) {
      if (document_[id].kind == JsonNode::Kind::kString) {
        into.emplace_back(document_[id].text);
      } else {
        add(problems_, pointer(member) + "/" + std::to_string(index), ProblemKind::kBadValue, "a text was expected");
      }
    }
  }

  const JsonDocument& document_;
  Problems& problems_;
};

}  // namespace

std::expected<Question, Problems> resolve(zan::ProgramLibrary& library, const RawQuestion& raw, Date today) {
  Question question;
  Problems problems;
  const Corpus& corpus = library.corpus();
  resolve_names(corpus, raw, today, question, problems);
  if (takes_facts(question, !raw.facts_json.empty() || !raw.facts.empty(), problems)) {
    if (!raw.facts_json.empty()) {
      if (const auto document = read_json(raw.facts_json, {kMaxRequestBytes, kMaxJsonDepth})) {
        FactReader(corpus, problems).read_object(*document, 0, question.record);
      } else {
        add_syntax_problem(problems, "/facts", raw.facts_json, document.error());
      }
    }
    FactReader pairs(corpus, problems);
    for (const auto& [path, text] : raw.facts) pairs.read_pair(path, text, question.record);
  }
  check_together(library, question, problems);
  if (!problems.empty()) return std::unexpected(std::move(problems));
  return question;
}

std::expected<Question, Problems> resolve_json(zan::ProgramLibrary& library, std::string_view body, Date today, words::Language otherwise) {
  Question question;
  Problems problems;
  const auto document = read_json(body, {kMaxRequestBytes, kMaxJsonDepth});
  if (!document) {
    add_syntax_problem(problems, "", body, document.error());
    return std::unexpected(std::move(problems));
  }
  RawQuestion raw;
  raw.language = words::code(otherwise);
  const int32_t facts = RequestReader(*document, problems).read(raw, question.show);
  if ((*document)[0].kind == JsonNode::Kind::kObject) resolve_names(library.corpus(), raw, today, question, problems);
  if (takes_facts(question, facts >= 0 && (*document)[facts].children > 0, problems)) {
    FactReader(library.corpus(), problems).read_object(*document, facts, question.record);
  } else if (facts >= 0 && (*document)[facts].kind != JsonNode::Kind::kObject) {
    add(problems, "/facts", ProblemKind::kBadValue, "an object was expected");
  }
  check_together(library, question, problems);
  if (!problems.empty()) return std::unexpected(std::move(problems));
  return question;
}

std::string problem_text(const words::Words& words, words::Language language, const Problem& problem) {
  if (language == words::Language::kEn) return problem.message;
  static constexpr std::string_view kKeys[] = {"problem.syntax", "problem.missing",       "problem.unknown_name", "problem.bad_value",
                                               "problem.twice",  "problem.contradiction", "problem.limit"};
  std::string text = words.phrase(language, kKeys[static_cast<size_t>(problem.kind)]);
  if (!problem.label.empty()) text += " " + words.label(language, problem.label);
  return text;
}

void append_problems_json(std::string& out, const Problems& problems) {
  out += '[';
  for (const Problem& problem : problems) {
    if (out.back() == '}') out += ',';
    out += "{\"pointer\":";
    append_json_string(out, problem.pointer);
    out += ",\"message\":";
    append_json_string(out, problem.message);
    out += '}';
  }
  out += ']';
}

}  // namespace koshi::ask
