#include "office/replay/tell.h"

#include "base/text.h"

namespace koshi::office {
namespace {

constexpr const char* kNothing = "–";

}  // namespace

std::string outcome_words(const ReplayTold& told, zan::Outcome outcome, const zan::Value& value) {
  const words::Words& words = told.law.words;
  const words::Language language = told.question.language;
  switch (outcome) {
    case zan::Outcome::kValue: return words.value(language, value);
    case zan::Outcome::kUnknown: return words.phrase(language, "outcome.unknown");
    case zan::Outcome::kConflict: return words.phrase(language, "outcome.conflict");
    case zan::Outcome::kGap: return words.phrase(language, "outcome.gap");
    case zan::Outcome::kFault: return words.phrase(language, "outcome.fault");
  }
  return kNothing;
}

std::string answer_words(const ReplayTold& told, const std::optional<zan::Answer>& answer) {
  return answer ? outcome_words(told, answer->outcome, answer->value) : kNothing;
}

std::string rules_words(const ReplayTold& told, const std::vector<zan::RuleId>& rules) {
  const words::Words& words = told.law.words;
  const words::Language language = told.question.language;
  std::vector<std::string> names;
  for (const zan::RuleId id : rules) {
    const zan::RuleInfo& rule = told.law.corpus.rules[static_cast<size_t>(id)];
    std::string name = !rule.label.empty()      ? words.phrase(language, "rule.label", {{"label", rule.label}})
                       : rule.table_row.empty() ? words.phrase(language, "rule.number", {{"n", std::to_string(rule.number)}})
                                                : words.phrase(language, "rule.row", {{"row", rule.table_row}});
    std::vector<std::string> sources;
    for (const zan::CitationRef& citation : rule.by) sources.push_back(words.cite(language, citation));
    if (!sources.empty()) name += " (" + join(sources, ", ") + ")";
    names.push_back(std::move(name));
  }
  return names.empty() ? kNothing : join(names, "; ");
}

std::string norm_words(const ReplayTold& told, zan::NormId norm) {
  const zan::Corpus& corpus = told.law.corpus;
  if (corpus.norms[static_cast<size_t>(norm)].of_procedure) return {};
  return told.law.words.label(told.question.language, words::norm_key(corpus, norm));
}

std::string tenge(Int128 tiyn) {
  const bool negative = tiyn < 0;
  if (negative) tiyn = -tiyn;
  std::string digits = std::to_string(static_cast<int64_t>(tiyn % Money::kTenge));
  const bool whole = digits == "0";
  std::string text;
  for (Int128 rest = tiyn / Money::kTenge; rest > 0 || text.empty(); rest /= 10)
    text.insert(text.begin(), static_cast<char>('0' + rest % 10));
  if (!whole) text += (digits.size() == 1 ? ".0" : ".") + digits;
  return (negative ? "-" : "") + text;
}

}  // namespace koshi::office
