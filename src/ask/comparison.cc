#include "ask/comparison.h"

#include <algorithm>

#include "base/text.h"

namespace koshi::ask {
namespace {

constexpr size_t kMaxValuesShown = 12;

/// The norm under one instrument, or a problem that says which instruments there are.
zan::NormId find_side(const zan::Corpus& corpus, const std::string& norm, const std::string& instrument, const char* pointer,
                      Problems& problems) {
  const auto known = instruments(corpus, norm);
  if (known.empty()) return zan::kNoId;  // told once, for the question itself
  if (std::ranges::find(known, instrument) == known.end()) {
    problems.push_back({pointer, "`" + instrument + "` does not answer `" + norm + "`; these do: " + join(known, ", ")});
    return zan::kNoId;
  }
  return corpus.find_norm(norm, instrument == kNational ? std::string_view() : std::string_view(instrument));
}

void find_norm_problem(const zan::Corpus& corpus, const std::string& norm, Problems& problems) {
  if (corpus.find_norm(norm) != zan::kNoId) return;
  std::vector<std::string> known;
  for (size_t i = 0; i < corpus.norms.size(); ++i) {
    if (!corpus.norms[i].of_procedure) known.push_back(corpus.full_name(static_cast<zan::NormId>(i)));
  }
  const auto near = nearest(norm, known);
  problems.push_back(
      {"/norm", "there is no question `" + norm + "`" + (near ? "; did you mean `" + *near + "`?" : "; `koshi norms` lists them")});
}

std::string list_text(const words::Words& words, words::Language language, const std::vector<zan::Value>& values) {
  std::vector<std::string> texts;
  for (size_t i = 0; i < values.size() && i < kMaxValuesShown; ++i) texts.push_back(words.value(language, values[i]));
  if (values.size() > kMaxValuesShown)
    texts.push_back(words.phrase(language, "compare.more", {{"n", std::to_string(values.size() - kMaxValuesShown)}}));
  return join(texts, ", ");
}

/// A few members by name; most members as "any but …".
std::string values_text(const words::Words& words, words::Language language, const zan::ProfileFact& fact) {
  const zan::Value& first = fact.values.front();
  if (first.kind() != zan::Kind::kEnum) return list_text(words, language, fact.values);
  const size_t members = words.corpus().enums[static_cast<size_t>(first.of())].members.size();
  if (fact.values.size() * 2 <= members) return list_text(words, language, fact.values);
  std::vector<zan::Value> others;
  for (size_t i = 0; i < members; ++i) {
    const zan::Value member = zan::Value::member(first.of(), static_cast<int64_t>(i));
    if (std::ranges::find(fact.values, member) == fact.values.end()) others.push_back(member);
  }
  if (others.empty()) return words.phrase(language, "compare.any");
  return words.phrase(language, "compare.any_but", {{"list", list_text(words, language, others)}});
}

}  // namespace

std::vector<std::string> instruments(const zan::Corpus& corpus, std::string_view norm) {
  std::vector<std::string> names;
  const auto it = corpus.norm_index.find(std::string(norm));
  if (it == corpus.norm_index.end()) return names;
  for (const zan::NormId id : it->second) {
    const zan::ActId act = corpus.norms[static_cast<size_t>(id)].under;
    if (act == zan::kNoId) {
      names.insert(names.begin(), std::string(kNational));
    } else {
      names.push_back(corpus.acts[static_cast<size_t>(act)].name);
    }
  }
  return names;
}

std::vector<std::string> comparable_norms(const zan::Corpus& corpus) {
  std::vector<std::string> names;
  for (const auto& [name, ids] : corpus.norm_index) {
    if (ids.size() > 1) names.push_back(name);
  }
  std::ranges::sort(names);
  return names;
}

std::expected<ComparisonQuestion, Problems> resolve_comparison(zan::ProgramLibrary& library, const RawComparison& raw, Date today) {
  const zan::Corpus& corpus = library.corpus();
  Problems problems;
  ComparisonQuestion question;
  find_norm_problem(corpus, raw.norm, problems);
  question.a = find_side(corpus, raw.norm, raw.a, "/a", problems);
  question.b = find_side(corpus, raw.norm, raw.b, "/b", problems);
  question.on = today;
  if (!raw.on.empty()) {
    if (const auto date = parse_date(raw.on)) {
      question.on = *date;
    } else {
      problems.push_back({"/on", "`" + raw.on + "` is not a date that exists; write it as YYYY-MM-DD"});
    }
  }
  for (const std::string& name : raw.reforms) {
    const zan::ReformId reform = corpus.find_reform(name);
    if (reform == zan::kNoId) problems.push_back({"/reforms", "there is no reform `" + name + "`; `koshi reforms` lists them"});
    question.reforms.push_back(reform);
  }
  if (!problems.empty()) return std::unexpected(std::move(problems));
  return question;
}

std::string profile_text(const words::Words& words, words::Language language, const zan::Profile& profile) {
  if (profile.facts.empty()) return words.phrase(language, "compare.anybody");
  std::vector<std::string> parts;
  for (const zan::ProfileFact& fact : profile.facts) {
    if (fact.link != zan::kNoId) {
      parts.push_back(words.label(language, words::link_key(words.corpus(), fact.entity, fact.link)) + ": " +
                      words.phrase(language, "compare.empty_list"));
      continue;
    }
    const std::string values = values_text(words, language, fact);
    parts.push_back(words.label(language, words::fact_key(words.corpus(), fact.entity, fact.fact)) + ": " + values);
  }
  return join(parts, "; ");
}

std::string side_text(const words::Words& words, words::Language language, const zan::Side& side) {
  switch (side.outcome) {
    case zan::Outcome::kValue: return words.value(language, side.value);
    case zan::Outcome::kConflict: return words.phrase(language, "compare.conflict");
    case zan::Outcome::kFault: return words.phrase(language, "compare.fault");
    default: return words.phrase(language, "compare.silent");
  }
}

}  // namespace koshi::ask
