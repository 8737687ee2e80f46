#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "zan/reason/answer.h"

/// Everything that people read, in their language: labels of the law, phrases of the program, dates and money, answers and proofs.
///
/// Two kinds of catalogues, both TOML tables of strings, one file a language:
///   words/{en,ru,kk}.toml     phrases of the program; English is complete by test
///   law/kz/words/{ru,kk}.toml labels of the law; keys are the law's own names ("person.nationality", "person.nationality.ask",
///                             "country.UZ", "act.LMP", "norm person.registration_due" …); English stands in the law text itself
namespace koshi::words {

enum class Language : uint8_t { kEn, kRu, kKk };
std::optional<Language> parse_language(std::string_view code);
std::string_view code(Language language);

/// Immutable after loading; shared between threads.
class Words {
 public:
  /// Errors: a file that cannot be read or is not TOML, with its place. A key that is missing in ru or kk falls back to English.
  static Result<Words> load(const std::filesystem::path& program_words, const std::filesystem::path& law_words, const zan::Corpus& corpus);

  /// A phrase of the program with {named} holes; plural forms by `{n, plural, …}` of ICU MessageFormat.
  std::string phrase(Language language, std::string_view key, const std::map<std::string, std::string>& holes = {}) const;
  /// A label of the law; English from the corpus when the catalogue lacks it.
  std::string label(Language language, std::string_view key) const;
  bool has_label(Language language, std::string_view key) const;
  /// Every key that the corpus gives rise to, with its English text: what a complete catalogue holds.
  const std::map<std::string, std::string>& label_keys() const { return english_labels_; }

  std::string date(Language language, Date date) const;    ///< "6 March 2016", "6 марта 2016 г.", "2016 жылғы 6 наурыз"
  std::string value(Language language, const zan::Value& value) const;

 private:
  const zan::Corpus* corpus_ = nullptr;
  std::map<std::string, std::string> english_labels_;
  std::map<std::string, std::string, std::less<>> labels_[3];
  std::map<std::string, std::string, std::less<>> phrases_[3];
};

/// Keys of labels: one place that knows how they are spelt.
std::string norm_key(const zan::Corpus& corpus, zan::NormId norm);  ///< "norm job.permit_required", "norm person.is_migrant_worker under ICRMW"
std::string fact_key(const zan::Corpus& corpus, zan::EntityId entity, int32_t fact);  ///< "person.nationality"; + ".ask", ".help"
std::string member_key(const zan::Corpus& corpus, int16_t enum_id, int64_t member);   ///< "country.UZ"

/// The answer as text: one line that answers, then the proof as an indented tree that a lawyer can read.
std::string answer_text(const Words& words, Language language, const zan::Program& program, const zan::Answer& answer);

/// One step of the proof as pages and JSON show it: a sentence, its citations with confidence, its children.
struct ProofLine {
  std::string text;
  zan::ProofKind kind = zan::ProofKind::kNorm;
  std::string state;  ///< "decides", "overruled", "silent", "open", "disagrees", "given", "needed", "norm"
  zan::NormId norm = zan::kNoId;
  zan::RuleId rule = zan::kNoId;
  std::string condition;  ///< the rule's condition in words of the language, or empty
  std::vector<zan::CitationRef> by;
  std::vector<ProofLine> children;
};
ProofLine proof_lines(const Words& words, Language language, const zan::Program& program, const zan::Answer& answer);

}  // namespace koshi::words
