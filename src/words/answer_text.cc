#include <algorithm>
#include <array>

#include "base/check.h"
#include "base/text.h"
#include "words/words.h"
#include "zan/corpus/unanswered.h"

/// An answer as text for people who read it on a terminal or in a letter.
namespace koshi::words {
namespace {

using zan::Answer;
using zan::Outcome;
using zan::ProofKind;

constexpr size_t kMaxChoicesShown = 12;

class AnswerText {
 public:
  AnswerText(const Words& words, Language language, const zan::Program& program, const Answer& answer)
      : words_(words), language_(language), corpus_(words.corpus()), program_(program), answer_(answer) {}

  std::string sentence() const {
    const std::string label = words_.label(language_, norm_key(corpus_, answer_.norm));
    switch (answer_.outcome) {
      case Outcome::kValue: return phrase("answer.value", {{"label", label}, {"value", words_.value(language_, answer_.value)}});
      case Outcome::kUnknown: return phrase("answer.unknown", {{"label", label}});
      case Outcome::kConflict: return phrase("answer.conflict", {{"label", label}, {"norm", where()}, {"rules", disagreeing()}});
      case Outcome::kGap: return gap(label);
      case Outcome::kFault: return phrase("answer.fault", {{"label", label}, {"norm", where()}, {"reason", answer_.fault}});
    }
    return label;
  }

  std::string text() const {
    std::string out = sentence() + "\n";
    for (const zan::Need& need : answer_.needs) out += "  " + need_line(need) + "\n";
    CHECK(!answer_.proof.empty());
    const ProofLine root = proof_lines(words_, language_, program_, answer_);
    for (const ProofLine& child : root.children) append(out, child, 1);
    return out;
  }

 private:
  std::string phrase(std::string_view key, const Holes& holes = {}) const { return words_.phrase(language_, key, holes); }
  std::string date() const { return words_.date(language_, answer_.on); }

  /// The norm in which a conflict, gap or fault arose.
  std::string where() const { return words_.label(language_, norm_key(corpus_, answer_.at == zan::kNoId ? answer_.norm : answer_.at)); }

  /// A gap says whether a rule is in force on the date and does not cover the case, or since when or until when there are rules.
  std::string gap(const std::string& label) const {
    const zan::NormId at = answer_.at == zan::kNoId ? answer_.norm : answer_.at;
    const zan::ProgramNorm& norm = program_.norms[static_cast<size_t>(at)];
    Holes holes{{"label", label}, {"norm", where()}, {"date", date()}};
    const std::string missing = missing_sentence(words_, language_, answer_);
    const auto with_missing = [&](const std::string& text) {
      return missing.empty() ? text : text + (text.ends_with('.') ? " " : ". ") + missing;
    };
    if (norm.rules.count + norm.prevailing.count > 0) return with_missing(phrase("answer.gap_none_speaks", holes));
    Date first = kLastDate;
    Date last = kFirstDate;
    for (const zan::RuleId id : corpus_.norms[static_cast<size_t>(at)].rules) {
      first = std::min(first, corpus_.rules[static_cast<size_t>(id)].in_force.from);
      last = std::max(last, corpus_.rules[static_cast<size_t>(id)].in_force.until);
    }
    holes["first"] = words_.date(language_, first);
    holes["last"] = words_.date(language_, last);
    return with_missing(phrase(answer_.on < first  ? "answer.gap_before"
                               : last < answer_.on ? "answer.gap_after"
                                                   : "answer.gap_no_rule",
                               holes));
  }

  /// "“a” (LMP art. 1) – yes; “b” (TEAEU art. 97) – no": the rules that speak together, each once.
  std::string disagreeing() const {
    std::string out;
    std::vector<int32_t> seen;
    for (const zan::ProofNode& node : answer_.proof) {
      if (node.kind != ProofKind::kRule || node.role != zan::RuleRole::kDisagrees) continue;
      if (std::find(seen.begin(), seen.end(), node.id) != seen.end()) continue;
      seen.push_back(node.id);
      const zan::RuleInfo& rule = corpus_.rules[static_cast<size_t>(node.id)];
      std::string by;
      for (const zan::CitationRef& citation : rule.by) by += (by.empty() ? "" : "; ") + words_.cite(language_, citation);
      const std::string name =
          rule.label.empty() ? phrase("rule.number", {{"n", std::to_string(rule.number)}}) : phrase("rule.label", {{"label", rule.label}});
      if (!out.empty()) out += "; ";
      out += phrase("answer.disagreeing_rule", {{"rule", name}, {"by", by}, {"value", words_.value(language_, node.value)}});
    }
    return out;
  }

  /// "nationality: What is your citizenship? (first, second, third)".
  std::string need_line(const zan::Need& need) const {
    const std::string question = need_question(words_, language_, need);
    const std::string choices = expected(need);
    return phrase(choices.empty() ? "answer.need" : "answer.need_of", {{"fact", need.path}, {"question", question}, {"choices", choices}});
  }

  std::string expected(const zan::Need& need) const {
    if (need.fact == zan::kNoId) return phrase("type.list");
    const zan::Type& type = corpus_.entities[static_cast<size_t>(need.entity)].facts[static_cast<size_t>(need.fact)].type;
    static constexpr std::string_view kTypes[] = {"",           "type.yes_no", "type.whole", "type.decimal",
                                                  "type.money", "type.date",   "type.days",  "type.text"};
    std::string text;
    if (type.kind == zan::Kind::kEnum) {
      text = codes(corpus_.enums[static_cast<size_t>(type.of)]);
    } else if (type.kind != zan::Kind::kSet) {
      text = phrase(kTypes[static_cast<size_t>(type.kind)]);
    }
    return type.or_none ? phrase("type.or_none", {{"type", text}}) : text;
  }

  std::string codes(const zan::Enum& type) const {
    if (type.members.size() > kMaxChoicesShown) {
      return phrase("type.code", {{"example", type.members.front().code}});
    }
    std::string out;
    for (const zan::EnumMemberInfo& member : type.members) out += (out.empty() ? "" : ", ") + member.code;
    return out;
  }

  /// Rows of a table that do not apply would bury the one that does.
  bool is_worth_a_line(const ProofLine& line) const {
    if (line.rule == zan::kNoId || line.state != "silent") return true;
    return corpus_.rules[static_cast<size_t>(line.rule)].table_row.empty();
  }

  void append(std::string& out, const ProofLine& line, size_t depth) const {
    if (!is_worth_a_line(line)) return;
    out.append(2 * depth, ' ');
    out += line.text;
    out += '\n';
    for (const ProofLine& child : line.children) append(out, child, depth + 1);
  }

  const Words& words_;
  Language language_;
  const zan::Corpus& corpus_;
  const zan::Program& program_;
  const Answer& answer_;
};

/// "Citizenship", and where the record is not the question's own, its path as people type it.
std::string fact_of(const Words& words, Language language, const zan::FactChange& change) {
  const std::string name =
      words.phrase(language, "expr.name", {{"label", words.label(language, fact_key(words.corpus(), change.entity, change.fact))}});
  const size_t dot = change.path.rfind('.');
  if (dot == std::string::npos) return name;
  return words.phrase(language, "expr.of", {{"name", name}, {"owner", change.path.substr(0, dot)}});
}

}  // namespace

std::string need_question(const Words& words, Language language, const zan::Need& need) {
  const zan::Corpus& corpus = words.corpus();
  if (need.fact == zan::kNoId) return words.label(language, link_key(corpus, need.entity, need.link));
  const std::string key = fact_key(corpus, need.entity, need.fact);
  const bool has_question = !corpus.entities[static_cast<size_t>(need.entity)].facts[static_cast<size_t>(need.fact)].ask.empty();
  // A language that lacks the question but has the label is better understood by the label.
  if (has_question && (words.has_label(language, key + ".ask") || !words.has_label(language, key))) {
    return words.label(language, key + ".ask");
  }
  return words.label(language, key);
}

std::string change_sentence(const Words& words, Language language, const zan::FactChange& change) {
  std::vector<std::string> to;
  for (const zan::Value& value : change.to) to.push_back(words.value(language, value));
  const std::string answer = change.outcome == Outcome::kValue      ? words.value(language, change.answer)
                             : change.outcome == Outcome::kConflict ? words.phrase(language, "outcome.conflict")
                             : change.outcome == Outcome::kGap      ? words.phrase(language, "outcome.gap")
                                                                    : words.phrase(language, "outcome.fault");
  return words.phrase(language, "change.line",
                      {{"fact", fact_of(words, language, change)},
                       {"from", words.value(language, change.from)},
                       {"to", join(to, words.phrase(language, "change.or"))},
                       {"answer", answer}});
}

std::string answer_sentence(const Words& words, Language language, const zan::Program& program, const Answer& answer) {
  return AnswerText(words, language, program, answer).sentence();
}

std::string missing_sentence(const Words& words, Language language, const Answer& answer) {
  if (answer.outcome != Outcome::kGap) return {};
  std::array<std::pair<const char*, std::string>, 3> told = {
      // in the order of zan::Unanswered
      {{"answer.gap_missing", {}}, {"answer.gap_absent", {}}, {"answer.gap_silent", {}}}};
  bool no_act = false;
  for (const zan::CitationRef& citation : words.corpus().missing_on(answer.at == zan::kNoId ? answer.norm : answer.at, answer.on)) {
    // The title, since the short name of an act that nobody could read tells nobody which it is.
    const std::string title = words.label(language, act_key(words.corpus(), citation.act));
    no_act = no_act || citation.confidence == zan::Confidence::kSample;
    std::string& acts = told[static_cast<size_t>(why_unanswered(words.corpus(), citation, answer.on))].second;
    acts += (acts.empty() ? "" : "; ") + title + (citation.place.empty() ? "" : ", " + citation.place);
  }
  if (no_act) return words.phrase(language, "answer.gap_no_act");
  std::string out;
  for (const auto& [key, acts] : told) {
    if (!acts.empty()) out += (out.empty() ? "" : ". ") + words.phrase(language, key, {{"acts", acts}});
  }
  return out;
}

std::string answer_text(const Words& words, Language language, const zan::Program& program, const Answer& answer) {
  return AnswerText(words, language, program, answer).text();
}

}  // namespace koshi::words
