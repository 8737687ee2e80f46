#pragma once

#include <span>
#include <string>
#include <vector>

#include "zan/reason/memo.h"
#include "zan/reason/operations.h"
#include "zan/reason/paths.h"
#include "zan/reason/proof.h"

/// One question being evaluated. Internal to this folder.
///
/// An expression is unknown, known, or an error (conflict, gap, fault). Read as information, unknown lies below everything else and every
/// operation here is monotone: where an operand may still become anything, the result is settled only if that cannot matter.
///
///   not, strict operations   an error wins over unknown
///   and / or                 no / yes settles; else unknown; else an error; else yes / no
///   <, <=, >, >=, +, …       a known none on either side settles: the comparison is no, the sum is none
///   if                       without a known condition: the branches' value, if they have the same
///
/// Expected load: a norm with some ten rules that reads a few others, facts of one to three records; a few microseconds. Not thread-safe;
/// one a question.
namespace koshi::zan {

inline constexpr int kMaxEvaluationDepth = 2000;  ///< norms and expressions inside one another; deeper is a fault

enum class State : uint8_t { kUnknown, kKnown, kError };

struct Cell {
  State state = State::kUnknown;
  int32_t error = kNoId;  ///< index into Evaluation::errors
  /// When known. Of a set norm that is not: the members that are certain all the same.
  Value value;

  static Cell unknown() { return {}; }
  static Cell known(Value value) { return {State::kKnown, kNoId, std::move(value)}; }
  static Cell yes_no(bool yes) { return known(Value::yes_no(yes)); }
  static Cell failed(int32_t error) { return {State::kError, error, {}}; }
  bool is_unknown() const { return state == State::kUnknown; }
  bool is_known() const { return state == State::kKnown; }
  bool is_error() const { return state == State::kError; }
  bool is_none() const { return is_known() && value.is_none(); }
  bool same_value(const Cell& other) const { return is_known() && other.is_known() && value == other.value; }
};

struct EvaluationError {
  Outcome outcome = Outcome::kFault;
  NormId at = kNoId;
  std::vector<RuleId> rules;  ///< kConflict: those that disagree
  std::string fault;          ///< kFault
};

/// Where an expression stands: the record that it speaks of, and those around it in aggregates.
struct Scope {
  PathId path = kRootPath;
  const Scope* outer = nullptr;
};

/// A program on a date: rules are those of the program's stretch of time.
struct Law {
  const Program* program = nullptr;
  Date on;     ///< the day whose law this is
  Date today;  ///< the day that `today` is
};
using LawId = int32_t;

/// The expressions being walked: a program's, or for `must` lines the corpus' own.
struct Pool {
  std::span<const Node> nodes;
  std::span<const Value> constants;
  LawId law = 0;
};

/// Whether a condition holds, or a rule or a group of rules speaks; in the order in which an `and` prefers them.
enum class Speaks : uint8_t { kNo, kOpen, kError, kYes };

/// A condition's outcome, small enough for registers.
struct Truth {
  Speaks is = Speaks::kOpen;
  int32_t error = kNoId;

  static Truth of(bool yes) { return {yes ? Speaks::kYes : Speaks::kNo, kNoId}; }
  bool operator==(Speaks other) const { return is == other; }
};

/// A value looked at where it lies: a fact or a constant is not copied.
struct Seen {
  State state = State::kUnknown;
  int32_t error = kNoId;
  const Value* value = nullptr;  ///< when known

  bool is_known() const { return state == State::kKnown; }
  bool is_none() const { return is_known() && value->is_none(); }
};

/// Rules of one level that do not stay silent, as evaluated; `first` and `count` point into the states of the evaluation.
struct Group {
  int32_t first = 0;
  int32_t count = 0;
  Speaks speaks = Speaks::kNo;
  bool in_conflict = false;  ///< its own rules disagree
  int32_t error = kNoId;     ///< when `speaks` is kError
  Cell value;                ///< given that it speaks
};

struct RuleState {
  const ProgramRule* rule = nullptr;
  Frame frame;
  Speaks speaks = Speaks::kNo;
  int32_t error = kNoId;  ///< of the condition
  Cell value;             ///< with its exceptions
  Group exceptions;
};

/// The levels of a norm, kept while its needs are collected.
struct Decision {
  Group prevailing, rules, exceptions;
  Cell base;  ///< by the norm's own rules and exceptions
  Cell outcome;
};

/// Members of a set norm as three planes of bits among the evaluation's words: certain, unknown, error. In none of them: not a member.
struct Planes {
  int32_t first = 0;  ///< word
};
enum Plane : uint8_t { kCertain, kPossible, kBroken, kPlanes };

/// The set norm being decided.
struct SetContext {
  EnumId of = -1;
  int32_t words = 0;  ///< of one plane
};

struct SetGroup {
  int32_t first = 0;
  int32_t count = 0;
  Planes members;
};

struct SetRuleState {
  const ProgramRule* rule = nullptr;
  Frame frame;
  Speaks speaks = Speaks::kNo;
  int32_t error = kNoId;  ///< of the condition or of the value
  Cell value;             ///< as written
  Planes members;         ///< with its condition and without what its exceptions take away
  SetGroup exceptions;
};

struct SetDecision {
  SetGroup prevailing, rules, exceptions;
  Planes members;
  Cell outcome;
};

/// A norm of a record on a date, evaluated or being evaluated.
struct NormEntry {
  NormId norm = kNoId;
  LawId law = 0;
  PathId path = kRootPath;
  int32_t node = kNoId;  ///< in the proof
  bool done = false;
  Cell cell;
};

class Evaluation {
 public:
  /// The library and the record must outlive it. Without `recording` there is no proof.
  Evaluation(ProgramLibrary& library, std::span<const ReformId> reforms, const Record& root, Law law, bool recording);

  /// The question itself, of the root record.
  Cell ask(NormId norm);
  /// Whether a `must` line of the corpus certainly does not hold of the record at `path`.
  bool is_broken(NodeId must, PathId path);

  const Corpus& corpus() const { return corpus_; }
  const Program& program(LawId law) const { return *laws_[static_cast<size_t>(law)].program; }
  const EvaluationError& error(int32_t id) const { return errors_[static_cast<size_t>(id)]; }
  Outcome outcome(const Cell& cell) const;
  Paths& paths() { return paths_; }
  Proof& proof() { return proof_; }

 private:
  friend class NeedCollector;

  // evaluate.cc: expressions with values
  Cell eval(NodeId id, const Scope& scope);
  Cell eval_inner(const Node& node, const Scope& scope);
  Cell eval_set(const Node& node, const Scope& scope);
  Cell eval_named_set(const Node& node);
  Cell eval_if(const Node& node, const Scope& scope);
  Cell eval_or_else(const Node& node, const Scope& scope);
  Cell eval_arithmetic(const Node& node, const Scope& scope);
  Cell eval_today();

  // truth.cc: conditions
  Truth truth(NodeId id, const Scope& scope);
  Truth truth_inner(const Node& node, const Scope& scope);
  Truth truth_logic(const Node& node, const Scope& scope);
  Truth truth_compare(const Node& node, const Scope& scope);
  Truth truth_in(const Node& node, const Scope& scope);
  Truth truth_none(const Node& node, const Scope& scope);
  Truth truth_empty(const Node& node, const Scope& scope);
  Seen look(NodeId id, const Scope& scope, Cell& storage);
  static Truth truth_of(const Cell& cell);
  static Cell cell_of(Truth truth);

  // evaluate.cc: facts and faults
  PathId follow(const Address& address, const Scope& scope);
  /// The given value, or null.
  const Value* read_fact(const Address& address, const Scope& scope);
  Cell fault(Fault fault);
  const Node& node(NodeId id) const { return pool_.nodes[static_cast<size_t>(id)]; }
  const WorkingCalendar* calendar() const { return corpus_.calendar ? &*corpus_.calendar : nullptr; }

  // aggregate.cc: over links to many
  struct Members {
    PathId first = kNoId;
    int32_t count = 0;
    const Scope* outer = nullptr;
  };
  std::optional<Members> members(const Address& address, const Scope& scope, Scope& holder);
  Cell eval_aggregate(const Node& node, const Scope& scope);
  Truth truth_any(const Node& node, const Scope& scope);
  Truth truth_any_member(const Node& node, const Members& list);
  Cell eval_count(const Node& node, const Members& list);
  Cell eval_sum(const Node& node, const Members& list);
  Cell eval_days_present(const Node& node, const Scope& scope);
  Truth where(const Node& node, const Scope& member) { return node.b == kNoId ? Truth::of(true) : truth(node.b, member); }

  // norm.cc: norms, dates, memory
  Cell eval_norm(NormId norm, LawId law, PathId path);
  Cell eval_norm_node(const Node& node, const Scope& scope);
  Cell eval_on_date(const Node& node, const Scope& scope);
  std::expected<LawId, Fault> law_on(Date date);
  PathId norm_path(const Node& node, const Scope& scope);
  int32_t find_entry(NormId norm, LawId law, PathId path) const;
  void evaluate_entry(int32_t entry);
  void fill_norm_node(const NormEntry& entry, int32_t node);
  int32_t add_error(EvaluationError error);

  // decide.cc: norms with one value
  Decision decide(const NormEntry& entry, Frame frame);
  Group open_group(RuleRange range, Frame& parent, const Scope& scope);
  Truth eval_speaks(const ProgramRule& rule, Frame& frame, const Scope& scope);
  void value_group(Group& group, const Scope& scope);
  void value_possible_rows(Group& group, const Scope& scope);
  void value_rule(int32_t state, const Scope& scope);
  Cell merge(Group& group);
  Cell merge_possible(const Group& group) const;
  Cell except(const Cell& base, const Group& exceptions) const;
  void leaves(const Group& group, std::vector<RuleId>& rules) const;
  std::span<const RuleState> states(const Group& group) const { return {states_.data() + group.first, static_cast<size_t>(group.count)}; }

  // roles.cc: what each rule of the proof did
  enum class Fate : uint8_t { kDecides, kDisagrees, kOpen, kOverruled };
  void mark_decision(const Decision& decision);
  void mark(const Group& group, Fate fate, bool settled);
  void mark_sets(const SetDecision& decision);
  void mark_set_group(const SetGroup& group, const Bits& reach, const Bits& scope, bool open);

  // decide_set.cc: norms of type `set of …`
  SetDecision decide_set(const NormEntry& entry, Frame frame);
  SetGroup set_group(RuleRange range, Frame& parent, const Scope& scope);
  void value_set_rule(int32_t state, const Scope& scope);
  Cell set_outcome(const SetDecision& decision, bool in_force);
  int32_t find_set_error(const SetGroup& group, Planes broken) const;
  Planes new_planes();
  uint64_t* plane(Planes planes, Plane which) { return words_.data() + planes.first + which * set_.words; }
  const uint64_t* plane(Planes planes, Plane which) const { return words_.data() + planes.first + which * set_.words; }
  void fill_planes(Planes planes, const Cell& value, Speaks speaks);
  void add_planes(Planes to, Planes from);
  void subtract_planes(Planes to, Planes from);
  uint64_t in_any_plane(Planes planes, int32_t word) const {
    return plane(planes, kCertain)[word] | plane(planes, kPossible)[word] | plane(planes, kBroken)[word];
  }
  bool any(Planes planes, Plane which) const;
  bool any_member(Planes planes) const { return any(planes, kCertain) || any(planes, kPossible) || any(planes, kBroken); }
  bool meet(Planes a, Plane which, Planes b, Plane other) const;
  Bits all_members() const;
  std::span<const SetRuleState> states(const SetGroup& group) const {
    return {set_states_.data() + group.first, static_cast<size_t>(group.count)};
  }

  ProgramLibrary& library_;
  const Corpus& corpus_;
  std::span<const ReformId> reforms_;
  Paths paths_;
  Proof proof_;
  std::vector<Law> laws_;
  std::vector<NormEntry> entries_;
  std::vector<int32_t> completed_;  ///< entries in the order in which they were settled: what an entry reads stands before it
  std::vector<EvaluationError> errors_;
  std::vector<RuleState> states_;
  std::vector<SetRuleState> set_states_;
  std::vector<uint64_t> words_;
  SetContext set_;
  Memo memo_;
  Pool pool_;
  Frame no_frame_;
  Frame* frame_ = &no_frame_;  ///< under which reads are recorded
  NormId norm_ = kNoId;        ///< being decided
  int depth_ = 0;
};

}  // namespace koshi::zan
