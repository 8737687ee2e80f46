#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "zan/reason/answer.h"

/// Everything that people read, in their language: labels of the law, phrases of the program, dates and money, answers and proofs.
///
/// Two kinds of catalogues, both TOML files of strings (words/catalogue.h):
///   words/ru.toml         phrases of the program; words/pages.ru.toml and the like add to them; every language is complete by test
///   law/kz/words/ru.toml  labels of the law; keys are the law's own names ("person.nationality", "person.nationality.ask", "country.UZ",
///                         "act.LMP", "norm person.registration_due" …); English stands in the law text itself.
///                         `koshi words --missing ru` lists what is still to be translated.
/// Russian and Kazakh label the whole law; Uzbek, Kyrgyz and Tajik what migrants ask (ask/guided_labels.h).
namespace koshi::words {

enum class Language : uint8_t { kEn, kRu, kKk, kUz, kKy, kTg };
inline constexpr Language kLanguages[] = {Language::kEn, Language::kRu, Language::kKk, Language::kUz, Language::kKy, Language::kTg};
std::optional<Language> parse_language(std::string_view code);
std::string_view code(Language language);
/// "en, ru, kk, uz, ky, tg", for messages.
std::string language_codes();
/// What is read where a language lacks a text: Russian for uz, ky and tg, whose readers know it far more often than English; else English.
Language fallback(Language language);
/// Whether the language is to label the whole law, or only what migrants ask.
bool labels_whole_law(Language language);

using Holes = std::map<std::string, std::string>;

/// Immutable after loading; shared between threads; copies are cheap. The corpus must outlive it.
class Words {
 public:
  /// Errors: a file that cannot be read or is not TOML, with its place; a phrase whose holes are not closed. A missing key is read in the
  /// fallback language, then in English. A missing law_words folder is no error: everything is then read in English.
  static Result<Words> load(const std::filesystem::path& program_words, const std::filesystem::path& law_words, const zan::Corpus& corpus);

  /// A phrase of the program with {named} holes; plural forms by `{n, plural, …}` of ICU MessageFormat. A key that is nowhere is shown as
  /// itself; a hole without a value stays visible.
  std::string phrase(Language language, std::string_view key, const Holes& holes = {}) const;
  /// The same words, whose labels that had to be taken from another language stand between marks (kMarkBegin, kMarkEnd). For pages, which
  /// say so to the reader's voice and hyphenation; nobody else wants marks.
  Words with_marks() const;
  /// A label of the law; in the fallback language, then English from the corpus, when the catalogue lacks it; the key itself when it is no
  /// label at all.
  std::string label(Language language, std::string_view key) const;
  /// Whether the label stands in the language's own catalogue (in English: in the law text).
  bool has_label(Language language, std::string_view key) const;
  /// Every key that the corpus gives rise to, with its English text: what a complete catalogue holds.
  const std::map<std::string, std::string, std::less<>>& label_keys() const;
  /// Keys of the language's law catalogue that the corpus does not know (any more).
  std::vector<std::string> stale_labels(Language language) const;

  std::string date(Language language, Date date) const;  ///< "6 March 2016", "6 марта 2016 г.", "2016 жылғы 6 наурыз"
  std::string value(Language language, const zan::Value& value) const;
  /// "LMP art. 6(4)", with the short name of the act and the kind of place in the language.
  std::string cite(Language language, const zan::CitationRef& citation) const;
  /// "in force 17 August 2011 – 10 January 2020", "in force from …", or empty when it is always in force.
  std::string in_force(Language language, const zan::DateRange& range) const;
  const zan::Corpus& corpus() const;

 private:
  struct Impl;
  explicit Words(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
  std::shared_ptr<const Impl> impl_;
  bool marks_ = false;
};

/// A text of another language among words `with_marks`: kMarkBegin, the two letters of its code, the text, kMarkEnd. Both are characters
/// of private use, so they pass through everything that is done to texts. They are never nested.
inline constexpr std::string_view kMarkBegin = "\uE000";
inline constexpr std::string_view kMarkEnd = "\uE001";

/// Keys of labels: one place that knows how they are spelt. Facts, enums' members, norms and links may have further keys made by a suffix:
/// fact ".ask", ".help"; norm ".help"; act ".short".
std::string norm_key(const zan::Corpus& corpus,
                     zan::NormId norm);  ///< "norm job.permit_required", "norm person.is_migrant_worker under ICRMW"
std::string fact_key(const zan::Corpus& corpus, zan::EntityId entity, int32_t fact);  ///< "person.nationality"; + ".ask", ".help"
std::string link_key(const zan::Corpus& corpus, zan::EntityId entity, int32_t link);  ///< "link job.employer"
std::string member_key(const zan::Corpus& corpus, int16_t enum_id, int64_t member);   ///< "country.UZ"
std::string act_key(const zan::Corpus& corpus, zan::ActId act);                       ///< "act.LMP"
std::string set_key(const zan::Corpus& corpus, zan::SetId set);                       ///< "set EAEU"
std::string entity_key(const zan::Corpus& corpus, zan::EntityId entity);              ///< "entity person"
std::string enum_key(const zan::Corpus& corpus, int16_t enum_id);                     ///< "enum country"
std::string reform_key(const zan::Corpus& corpus, zan::ReformId reform);              ///< "reform compulsory_insurance"
std::string topic_key(std::string_view topic);                                        ///< "topic stay"
/// The message of a `must` line: "must person: Registered before arriving".
std::string must_key(const zan::Corpus& corpus, zan::EntityId entity, std::string_view message);

/// The answer as text: one line that answers (or the facts still needed, as questions), then the proof as an indented tree that a lawyer
/// can read. Lines end with '\n'.
std::string answer_text(const Words& words, Language language, const zan::Program& program, const zan::Answer& answer);
/// Its first line alone: "Last day to register the stay: 6 March 2016", without a line end.
std::string answer_sentence(const Words& words, Language language, const zan::Program& program, const zan::Answer& answer);
/// Of a gap: "Not read for this day: Law on Migration (1997)", or empty where the law names none.
std::string missing_sentence(const Words& words, Language language, const zan::Answer& answer);
/// How to ask for a needed fact: its question, or its label where the law has no question for it.
std::string need_question(const Words& words, Language language, const zan::Need& need);

/// "if Citizenship were Russia instead of Uzbekistan: Last day …: 31 March 2016".
std::string change_sentence(const Words& words, Language language, const zan::FactChange& change);

/// One step of the proof as pages and JSON show it: a sentence, its citations with confidence, its children.
struct ProofLine {
  std::string text;
  zan::ProofKind kind = zan::ProofKind::kNorm;
  std::string state;  ///< as proof_state
  zan::NormId norm = zan::kNoId;
  zan::RuleId rule = zan::kNoId;
  std::string condition;  ///< the rule's condition in words of the language, or empty
  std::vector<zan::CitationRef> by;
  std::vector<ProofLine> children;
};
ProofLine proof_lines(const Words& words, Language language, const zan::Program& program, const zan::Answer& answer);
/// "decides", "overruled", "silent", "open", "disagrees" (rules), "given", "needed" (facts, today), "norm".
std::string_view proof_state(const zan::ProofNode& node);

/// A condition or a value of a rule in words, for readers of the law (pages, diffs of reforms). `self` is the entity of the norm.
std::string expression_text(const Words& words, Language language, zan::EntityId self, zan::NodeId node);

}  // namespace koshi::words
