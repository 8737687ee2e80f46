#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "zan/corpus/program.h"

/// Facts in, answer out: value, proof, and what is still needed.
namespace koshi::zan {

/// When a question is asked: the day whose law answers, and the day that `today` is. They differ where a case is decided by the law under
/// which it was filed. `norm on today` asks the law of `today`.
struct Moment {
  Date law;
  Date today;
  Moment(Date day) : law(day), today(day) {}  ///< not explicit: most questions are asked on one day
  Moment(Date law_day, Date today_day) : law(law_day), today(today_day) {}
};

/// The facts of one record of an entity. A fact without a value is unknown. A link to one without a record is a record of which nothing is
/// known; a link to many without a list is unknown as a whole.
struct Record {
  EntityId entity = kNoId;
  std::vector<std::optional<Value>> facts;               ///< as Entity::facts
  std::vector<std::unique_ptr<Record>> one;              ///< as Entity::links; null for links to many
  std::vector<std::optional<std::vector<Record>>> many;  ///< as Entity::links; no list for links to one

  static Record blank(const Corpus& corpus, EntityId entity);
  Record clone() const;
};

enum class Outcome : uint8_t {
  kValue,
  kUnknown,   ///< facts are needed
  kConflict,  ///< rules that speak together disagree
  kGap,       ///< no rule speaks
  kFault,     ///< a number left its range, or the working-day calendar does not reach so far
};

/// One fact, by its path from the question's own record: "nationality", "employer.size",
/// "staff[0].wage" (members count from 0), "staff" (a list that is missing).
struct Need {
  std::string path;
  EntityId entity = kNoId;  ///< that has the fact or link
  int32_t fact = kNoId;     ///< or kNoId, then:
  int32_t link = kNoId;     ///< a list of members is needed
};

enum class ProofKind : uint8_t { kNorm, kRule, kFact, kToday };

/// In a norm that is still unknown, kDecides means: certainly speaks, and decides unless an open rule changes that.
enum class RuleRole : uint8_t {
  kDecides,    ///< speaks, and is (one of) the deciding rule(s)
  kOverruled,  ///< would speak, but an exception or a prevailing rule replaces it
  kSilent,     ///< its condition does not hold
  kOpen,       ///< whether it speaks is unknown, or broken where it does not matter
  kDisagrees,  ///< one of the rules in conflict
};

/// The proof is a tree in one array; node 0 is the question. Children of a norm are its rules in the order of the law (prevailing ones
/// first), each with the facts and norms that its condition and value read, then its exceptions, as children. Exceptions of silent rules
/// are not looked at and not shown, nor are the rows of a table that do not certainly apply: what they read stands under the table's norm.
/// In a norm of type `set of …` a rule's value is the members that it brings into the norm, an exception's those that it takes away.
struct ProofNode {
  ProofKind kind = ProofKind::kNorm;
  RuleRole role = RuleRole::kDecides;  ///< kRule
  /// kNorm; kFact (kUnknown: not given); kRule (kUnknown: its value is not known or was not looked at; else that of its value, or the error
  /// of its condition).
  Outcome outcome = Outcome::kValue;
  int32_t id = kNoId;       ///< NormId, RuleId, or fact index
  EntityId entity = kNoId;  ///< kFact: whose fact
  int32_t path = kNoId;     ///< index into Answer::paths: the record of a norm or fact ("" = the question's own)
  int32_t first_child = kNoId;
  int32_t next_sibling = kNoId;
  Date on;      ///< kNorm: the date whose law was asked; kToday: the day
  Date today;   ///< kNorm: what `today` was
  Value value;  ///< when outcome is kValue
  /// A norm that stands elsewhere in the proof in full: index of that node, else kNoId.
  int32_t same_as = kNoId;
};

struct Answer {
  NormId norm = kNoId;
  Date on;     ///< whose law was asked
  Date today;  ///< of the question; mostly the same day
  std::vector<ReformId> reforms;
  Outcome outcome = Outcome::kUnknown;
  Value value;              ///< when outcome is kValue
  std::vector<Need> needs;  ///< when kUnknown, the one to ask first first; never empty then
  /// The rules that decided the question's own norm (exceptions rather than what they replace); in a conflict, wherever it arose, the
  /// rules that disagree.
  std::vector<RuleId> deciding;
  NormId at = kNoId;  ///< conflict, gap, fault: the norm in which it arose
  std::string fault;  ///< kFault: one English sentence
  std::vector<ProofNode> proof;
  std::vector<std::string> paths;
};

/// A fact whose change alone gives another answer with a value; one entry for each other answer.
struct FactChange {
  std::string path;
  EntityId entity = kNoId;
  int32_t fact = kNoId;
  Value from;
  std::vector<Value> to;  ///< all members of an enum that give the answer; on a line, the nearest on each side, nearest first
  Outcome outcome = Outcome::kValue;
  Value answer;  ///< what the answer would be
};

struct Contradiction {
  std::string message;  ///< of the `must` line
  EntityId entity = kNoId;
  std::string path;  ///< of the record
};

/// Asks one norm of a record (a parameter: of any). Cost: 1 to 10 µs for a typical norm with its proof, some tens where a large table is
/// asked of unknown keys; memory bounded by the size of the program and the facts. How the needs are ordered is told in needs.h.
/// Errors: reforms that cannot be combined, a record of another entity. The library and the record must outlive the call only; several
/// threads may ask through one library.
Result<Answer> ask(ProgramLibrary& library, NormId norm, const Record& record, Moment on, std::span<const ReformId> reforms);

/// `must` lines that the given facts certainly break, here and in linked records.
std::vector<Contradiction> contradictions(ProgramLibrary& library, const Record& record, Moment on);

inline constexpr size_t kWhatIfMaxTries = 4000;  ///< evaluations in one what_would_change

/// For a settled answer: for each fact in its proof, the smallest single change that gives another settled answer. Enum and yes/no facts
/// are tried in full; dates, numbers and money outwards from the given value, then narrowed to the nearest that flips. Ordered by the size
/// of change.
Result<std::vector<FactChange>> what_would_change(ProgramLibrary& library, const Record& record, const Answer& answer);

}  // namespace koshi::zan
