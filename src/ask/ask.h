#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "words/words.h"
#include "zan/reason/answer.h"

/// One question from end to end: names and facts as people and programs write them → answer → JSON or words. What the command line and the
/// HTTP interface share; neither knows more of the law than this.
namespace koshi::ask {

enum class ProblemKind : uint8_t { kSyntax, kMissing, kUnknownName, kBadValue, kTwice, kContradiction, kLimit };

/// A problem with what was asked, told to who asked. `pointer` is a JSON Pointer into the request ("/facts/nationality") or "".
struct Problem {
  std::string pointer;
  std::string message;  ///< English, one sentence without a full stop
  ProblemKind kind = ProblemKind::kBadValue;
  std::string label = {};  ///< of a contradiction: the label key of the broken `must` line
};
using Problems = std::vector<Problem>;

/// The problem for people: English says it all; in other languages the kind of problem, or the broken `must` line.
std::string problem_text(const words::Words& words, words::Language language, const Problem& problem);

/// What the answer shall show beside value and proof.
struct JsonOptions {
  bool changes = false;  ///< the smallest changes of single facts that would change a settled answer
  bool words = false;    ///< a sentence for the answer and for every step of the proof, in the question's language
};

struct Question {
  zan::NormId norm = zan::kNoId;
  Date on;
  std::vector<zan::ReformId> reforms;
  zan::Record record;  ///< of no entity when the norm is a parameter
  words::Language language = words::Language::kEn;
  JsonOptions show;  ///< as the request has it
};

/// The request as given, before names are resolved.
struct RawQuestion {
  std::string norm;
  std::string on;     ///< ISO date; empty: `today`
  std::string under;  ///< may be empty
  std::vector<std::string> reforms;
  std::string facts_json;  ///< a JSON object, may be empty
  /// FACT=VALUE, dotted paths ("employer.size", "staff[0].category"). They prevail over the object.
  std::vector<std::pair<std::string, std::string>> facts;
  std::string language = "en";
};

inline constexpr size_t kMaxRequestBytes = 1u << 20;
inline constexpr int kMaxJsonDepth = 32;       ///< also of a dotted path
inline constexpr size_t kMaxMembers = 10'000;  ///< in one list
inline constexpr size_t kMaxRecords = 20'000;  ///< in one question
inline constexpr size_t kMaxProblems = 100;    ///< told at once
inline constexpr size_t kMaxChoices = 30;      ///< of a needed fact; a longer enumeration is not listed

/// Resolves everything and reports every problem: unknown norm, instrument, reform or fact (with nearest names), ill-typed values,
/// impossible dates, duplicate keys, too deep, facts that contradict each other.
///
/// Facts in JSON: an object of the norm's entity. A link is an object, a link to many an array of objects; a key may be a dotted path
/// instead
/// ("employer.size"). Values: true/false or "yes"/"no"; numbers, read exactly, for whole, decimal, money (tenge) and days; strings for
/// dates, codes and texts; null is *none*, known to be absent. A fact that is not known is left out.
std::expected<Question, Problems> resolve(zan::ProgramLibrary& library, const RawQuestion& raw, Date today);
/// The same from the body of POST /api/v1/ask: {"norm", "on", "under", "reforms", "facts", "lang", "words", "changes"}; unknown members
/// are problems. `otherwise` is the language when the body names none.
std::expected<Question, Problems> resolve_json(zan::ProgramLibrary& library, std::string_view body, Date today,
                                               words::Language otherwise = words::Language::kEn);

/// {"norm","under","on","reforms","type","outcome","value","unknown","needs":[…],"rules":[…],"why":{…}} and, where asked for by `options`
/// or the question, "changes":[…] and "text". Appends; no pretty printing; same input, same bytes. Values are spelt as facts are (see
/// resolve).
///
/// outcome: value, unknown, conflict, gap, fault; the last three name the norm in which they arose as "at", a fault its "reason".
/// needs:   {"fact","type","or_none","label","ask","choices":[{"code","label"}]}, the one to ask first first.
/// rules:   the deciding rules of the question's own norm: {"rule","number","by":[{"act","place","confidence"}]}.
/// why:     the proof as a tree. Every node has "kind", may have "children" (in the order of the law: what is read first, then rules, each
///          followed by its exceptions) and, with words, "text". "record" is the path of a linked record ("employer", "staff[2]").
///   norm   "norm","under","record","on", and "value" or "outcome"; "see":true where it stands elsewhere in the tree in full
///   rule   "state": decides, overruled, silent, open, disagrees; "rule" (its label or null),"number" within the norm,"row" of a table,
///          "reform","exception":true,"from","until","value" where it speaks,"by". Rows of a table that do not apply are left out.
///   fact   "state": given, needed; "fact","record","value"
///   today  "value"
/// changes: {"fact","from","to":[…],"outcome","value"}, the smallest change first.
void append_answer_json(std::string& out, const words::Words& words, zan::ProgramLibrary& library, const Question& question,
                        const zan::Answer& answer, const JsonOptions& options = {});
/// A value as facts are spelt in JSON.
void append_value_json(std::string& out, const zan::Corpus& corpus, const zan::Value& value);
/// [{"pointer","message"}, …]
void append_problems_json(std::string& out, const Problems& problems);

/// Exit status of the command line: 0 answered, 3 unknown, 4 conflict, gap or fault.
int exit_status(const zan::Answer& answer);

/// A fact or list that answering a norm may need, on some date. Members of a list are written "staff[].category".
struct AskedFact {
  std::string path;
  zan::EntityId entity = zan::kNoId;
  int32_t fact = zan::kNoId;
  int32_t link = zan::kNoId;  ///< where it is a list
};
/// By norm, each in the order in which the law mentions them; through norms that the norm uses. Reforms aside.
std::vector<std::vector<AskedFact>> asked_facts(const zan::Corpus& corpus);

/// Lists for `koshi norms|acts|reforms --json` and GET /api/v1/….
std::string norms_json(const words::Words& words, words::Language language, const zan::Corpus& corpus);
std::string acts_json(const words::Words& words, words::Language language, const zan::Corpus& corpus);
std::string reforms_json(const words::Words& words, words::Language language, const zan::Corpus& corpus);

/// How many rules cite an act, by confidence (read, reported, unverified, sample). A table row is a rule.
struct ActUse {
  size_t rules[4] = {0, 0, 0, 0};
  size_t rows[4] = {0, 0, 0, 0};  ///< of them, table rows
};
std::vector<ActUse> act_uses(const zan::Corpus& corpus);

}  // namespace koshi::ask
