#include "zan/reason/evaluate.h"

#include "base/check.h"

namespace koshi::zan {

Evaluation::Evaluation(ProgramLibrary& library, std::span<const ReformId> reforms, const Record& root, Law law, bool recording)
    : library_(library), corpus_(library.corpus()), reforms_(reforms), paths_(corpus_, root), proof_(recording) {
  laws_.push_back(law);
  entries_.reserve(16);
  states_.reserve(16);
}

Outcome Evaluation::outcome(const Cell& cell) const {
  switch (cell.state) {
    case State::kKnown: return Outcome::kValue;
    case State::kUnknown: return Outcome::kUnknown;
    case State::kError: return error(cell.error).outcome;
  }
  CHECK(false && "a state");
}

Cell Evaluation::eval(NodeId id, const Scope& scope) {
  if (depth_ >= kMaxEvaluationDepth) return fault(Fault::kDepth);
  ++depth_;
  Cell cell = eval_inner(node(id), scope);
  --depth_;
  return cell;
}

Cell Evaluation::eval_inner(const Node& node, const Scope& scope) {
  switch (node.op) {
    case Op::kConst: return Cell::known(pool_.constants[static_cast<size_t>(node.k)]);
    case Op::kFact: return eval_fact(corpus_.addresses[static_cast<size_t>(node.a)], scope);
    case Op::kKnown: return eval_known(corpus_.addresses[static_cast<size_t>(node.a)], scope);
    case Op::kToday: return eval_today();
    case Op::kNorm: return eval_norm_node(node, scope);
    case Op::kOnDate: return eval_on_date(node, scope);
    case Op::kNot: return eval_not(node, scope);
    case Op::kAnd: case Op::kOr: return eval_logic(node, scope);
    case Op::kEq: case Op::kNe: case Op::kLt: case Op::kLe: case Op::kGt: case Op::kGe: return eval_compare(node, scope);
    case Op::kIn: return eval_in(node, scope);
    case Op::kNamedSet: return eval_named_set(node);
    case Op::kMakeSet: return eval_set(node, scope);
    case Op::kIsNone: {
      const Cell a = eval(node.a, scope);
      return a.is_known() ? Cell::yes_no(a.value.is_none()) : a;
    }
    case Op::kOrElse: return eval_or_else(node, scope);
    case Op::kIf: return eval_if(node, scope);
    case Op::kCount: case Op::kAny: case Op::kAll: case Op::kShare: case Op::kSum: case Op::kMaxOf: case Op::kMinOf:
      return eval_aggregate(node, scope);
    case Op::kDaysPresent: return eval_days_present(node, scope);
    default: return eval_arithmetic(node, scope);
  }
}

Cell Evaluation::eval_not(const Node& node, const Scope& scope) {
  const Cell a = eval(node.a, scope);
  return a.is_known() ? Cell::yes_no(!a.value.is_yes()) : a;
}

Cell Evaluation::eval_logic(const Node& node, const Scope& scope) {
  const bool settling = node.op == Op::kOr;
  const Cell a = eval(node.a, scope);
  if (a.is(settling)) return a;
  Cell b = eval(node.b, scope);
  if (b.is(settling)) return b;
  if (a.is_unknown() || b.is_unknown()) return Cell::unknown();
  return a.is_error() ? a : b;
}

Cell Evaluation::eval_compare(const Node& node, const Scope& scope) {
  const bool ordering = node.op != Op::kEq && node.op != Op::kNe;
  const Cell a = eval(node.a, scope);
  if (ordering && a.is_none()) return Cell::yes_no(false);
  const Cell b = eval(node.b, scope);
  if (ordering && b.is_none()) return Cell::yes_no(false);
  if (a.is_error()) return a;
  if (b.is_error()) return b;
  if (a.is_unknown() || b.is_unknown()) return Cell::unknown();
  return Cell::yes_no(compare(node.op, a.value, b.value));
}

Cell Evaluation::eval_in(const Node& node, const Scope& scope) {
  const Cell a = eval(node.a, scope);
  if (a.is_none()) return Cell::yes_no(false);
  const Cell b = eval(node.b, scope);
  if (a.is_error()) return a;
  if (b.is_error()) return b;
  if (a.is_unknown() || b.is_unknown()) return Cell::unknown();
  return Cell::yes_no(has_bit(b.value.bits(), a.value.number()));
}

Cell Evaluation::eval_set(const Node& node, const Scope& scope) {
  Bits bits((corpus_.enums[static_cast<size_t>(node.type.of)].members.size() + 63) / 64);
  bool unknown = false;
  for (const NodeId id : node.list) {
    const Cell member = eval(id, scope);
    if (member.is_error()) return member;
    unknown = unknown || member.is_unknown();
    if (member.is_known() && !member.value.is_none()) set_bit(bits, member.value.number());
  }
  return unknown ? Cell::unknown() : Cell::known(Value::set(node.type.of, std::move(bits)));
}

/// Only in `must` lines: a program has these folded.
Cell Evaluation::eval_named_set(const Node& node) {
  const Set& set = corpus_.sets[static_cast<size_t>(node.a)];
  const Date on = laws_[static_cast<size_t>(pool_.law)].on;
  Bits bits((corpus_.enums[static_cast<size_t>(set.of)].members.size() + 63) / 64);
  for (const Set::Row& row : set.rows) {
    if (!row.in_force.contains(on)) continue;
    for (size_t i = 0; i < bits.size(); ++i) bits[i] |= row.members[i];
  }
  return Cell::known(Value::set(set.of, std::move(bits)));
}

Cell Evaluation::eval_or_else(const Node& node, const Scope& scope) {
  Cell a = eval(node.a, scope);
  return a.is_none() ? eval(node.b, scope) : a;
}

Cell Evaluation::eval_if(const Node& node, const Scope& scope) {
  Cell condition = eval(node.a, scope);
  if (condition.is_known()) return eval(condition.value.is_yes() ? node.b : node.c, scope);
  Cell yes = eval(node.b, scope);
  const Cell no = eval(node.c, scope);
  if (yes.same_value(no)) return yes;
  if (condition.is_unknown()) return condition;
  // The branches may still come to agree, unless one cannot.
  const bool open = (yes.is_unknown() && !no.is_error()) || (no.is_unknown() && !yes.is_error());
  return open ? Cell::unknown() : condition;
}

Cell Evaluation::eval_arithmetic(const Node& node, const Scope& scope) {
  const Cell a = eval(node.a, scope);
  if (a.is_none()) return a;
  Cell b;
  if (node.b != kNoId) {
    b = eval(node.b, scope);
    if (b.is_none()) return b;
    if (a.is_error()) return a;
    if (!b.is_known()) return b;
  }
  if (!a.is_known()) return a;
  Computed result = is_date_operation(node.op) ? compute_date(node, a.value, b.value, calendar()) : compute_number(node, a.value, b.value);
  return result ? Cell::known(std::move(*result)) : fault(result.error());
}

PathId Evaluation::follow(const Address& address, const Scope& scope) {
  const Scope* at = &scope;
  for (int up = address.up; up > 0; --up) {
    CHECK(at->outer != nullptr);
    at = at->outer;
  }
  PathId path = at->path;
  for (const int32_t link : address.links) path = paths_.child(path, link);
  return path;
}

Cell Evaluation::eval_fact(const Address& address, const Scope& scope) { return read_fact(follow(address, scope), address.fact); }

Cell Evaluation::read_fact(PathId path, int32_t fact) {
  const PathEntry& entry = paths_[path];
  const std::optional<Value>* given = entry.record == nullptr ? nullptr : &entry.record->facts[static_cast<size_t>(fact)];
  const bool known = given != nullptr && given->has_value();
  if (proof_.recording()) {
    ProofNode node;
    node.kind = ProofKind::kFact;
    node.outcome = known ? Outcome::kValue : Outcome::kUnknown;
    node.id = fact;
    node.entity = entry.entity;
    node.path = path;
    if (known) node.value = **given;
    proof_.add_read(*frame_, std::move(node));
  }
  return known ? Cell::known(**given) : Cell::unknown();
}

Cell Evaluation::eval_known(const Address& address, const Scope& scope) {
  return Cell::yes_no(read_fact(follow(address, scope), address.fact).is_known());
}

Cell Evaluation::eval_today() {
  const Value today = Value::date(laws_[static_cast<size_t>(pool_.law)].on);
  if (proof_.recording()) {
    ProofNode node;
    node.kind = ProofKind::kToday;
    node.value = today;
    node.on = today.as_date();
    proof_.add_read(*frame_, std::move(node));
  }
  return Cell::known(today);
}

Cell Evaluation::must(NodeId condition, PathId path) {
  pool_ = {corpus_.nodes, corpus_.constants, 0};
  return eval(condition, Scope{path, nullptr});
}

int32_t Evaluation::add_error(EvaluationError error) {
  errors_.push_back(std::move(error));
  return static_cast<int32_t>(errors_.size() - 1);
}

Cell Evaluation::fault(Fault fault) {
  EvaluationError error;
  error.at = norm_;
  switch (fault) {
    case Fault::kRange: error.fault = "a number left the range of 64 bits"; break;
    case Fault::kDate: error.fault = "a date left the years 1 to 9999"; break;
    case Fault::kDivisionByZero: error.fault = "a division by zero"; break;
    case Fault::kNoCalendar: error.fault = "the law has no calendar of working days"; break;
    case Fault::kCalendarEnds:
      error.fault = "the calendar of working days is known only from " + format_date(calendar()->first()) + " to " + format_date(calendar()->last());
      break;
    case Fault::kDepth: error.fault = "norms and expressions stand more than " + std::to_string(kMaxEvaluationDepth) + " deep inside one another"; break;
    case Fault::kCircle: error.fault = "the norm depends on itself on the same date"; break;
    case Fault::kDrafts: error.fault = "the reforms cannot be combined on a date that the norm asks about"; break;
  }
  return Cell::failed(add_error(std::move(error)));
}

}  // namespace koshi::zan
