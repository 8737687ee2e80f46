#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "zan/corpus/program.h"

/// Facts in, answer out: value, proof, and what is still needed.
namespace koshi::zan {

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

/// One fact, by its path from the question's own record: "nationality", "employer.size", "staff" (a list that is missing).
struct Need {
  std::string path;
  EntityId entity = kNoId;  ///< that has the fact or link
  int32_t fact = kNoId;     ///< or kNoId, then:
  int32_t link = kNoId;     ///< a list of members is needed
};

enum class ProofKind : uint8_t { kNorm, kRule, kFact, kToday };

enum class RuleRole : uint8_t {
  kDecides,    ///< speaks, and is (one of) the deciding rule(s)
  kOverruled,  ///< would speak, but an exception or a prevailing rule replaces it
  kSilent,     ///< its condition does not hold
  kOpen,       ///< whether it speaks is unknown
  kDisagrees,  ///< one of the rules in conflict
};

/// The proof is a tree in one array; node 0 is the question. Children of a norm are its rules in the order of the law, each followed by its
/// exceptions as its children after the facts and norms that its condition and value read.
struct ProofNode {
  ProofKind kind = ProofKind::kNorm;
  RuleRole role = RuleRole::kDecides;      ///< kRule
  Outcome outcome = Outcome::kValue;       ///< kNorm, kFact (kUnknown: not given)
  int32_t id = kNoId;                      ///< NormId, RuleId, or fact index
  EntityId entity = kNoId;                 ///< kFact: whose fact
  int32_t path = kNoId;                    ///< index into Answer::paths: the record of a norm or fact ("" = the question's own)
  int32_t first_child = kNoId;
  int32_t next_sibling = kNoId;
  Date on;                                 ///< kNorm: the date it was asked on
  Value value;                             ///< kNorm, kFact, kRule that speaks; kToday
  /// A norm that stands elsewhere in the proof in full: index of that node, else kNoId.
  int32_t same_as = kNoId;
};

struct Answer {
  NormId norm = kNoId;
  Date on;
  std::vector<ReformId> reforms;
  Outcome outcome = Outcome::kUnknown;
  Value value;                  ///< when outcome is kValue
  std::vector<Need> needs;      ///< when kUnknown, the one to ask first first; never empty then
  std::vector<RuleId> deciding; ///< rules that decided the question's own norm (or that disagree, in a conflict)
  NormId at = kNoId;            ///< conflict, gap, fault: the norm in which it arose
  std::string fault;            ///< kFault: one English sentence
  std::vector<ProofNode> proof;
  std::vector<std::string> paths;
};

/// A fact whose change alone flips a settled answer.
struct FactChange {
  std::string path;
  EntityId entity = kNoId;
  int32_t fact = kNoId;
  Value from;
  std::vector<Value> to;  ///< the smallest change, or all members of an enum that lead to the same other answer
  Outcome outcome = Outcome::kValue;
  Value answer;           ///< what the answer would be
};

struct Contradiction {
  std::string message;  ///< of the `must` line
  EntityId entity = kNoId;
  std::string path;     ///< of the record
};

/// Asks one norm of a record. Cost: a few microseconds for a typical norm; memory bounded by the size of the program and the facts.
/// The library and the record must outlive the call only.
Result<Answer> ask(ProgramLibrary& library, NormId norm, const Record& record, Date on, std::span<const ReformId> reforms);

/// `must` lines that the given facts certainly break, here and in linked records.
std::vector<Contradiction> contradictions(ProgramLibrary& library, const Record& record, Date on);

inline constexpr size_t kWhatIfMaxTries = 4000;  ///< evaluations in one what_would_change

/// For a settled answer: for each fact in its proof, the smallest single change that gives another settled answer. Enum and yes/no facts are tried
/// in full; dates, numbers and money outwards from the given value, then narrowed to the nearest that flips. Ordered by the size of change.
Result<std::vector<FactChange>> what_would_change(ProgramLibrary& library, const Record& record, const Answer& answer);

}  // namespace koshi::zan
