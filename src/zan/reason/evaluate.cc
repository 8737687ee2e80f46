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
    case Op::kFact: {
      const Value* given = read_fact(corpus_.addresses[static_cast<size_t>(node.a)], scope);
      return given == nullptr ? Cell::unknown() : Cell::known(*given);
    }
    case Op::kToday: return eval_today();
    case Op::kNorm: return eval_norm_node(node, scope);
    case Op::kOnDate: return eval_on_date(node, scope);
    case Op::kKnown:
    case Op::kNot:
    case Op::kAnd:
    case Op::kOr:
    case Op::kIn:
    case Op::kIsNone:
    case Op::kIsEmpty:
    case Op::kAny:
    case Op::kAll:
    case Op::kEq:
    case Op::kNe:
    case Op::kLt:
    case Op::kLe:
    case Op::kGt:
    case Op::kGe: return cell_of(truth_inner(node, scope));
    case Op::kNamedSet: return eval_named_set(node);
    case Op::kMakeSet: return eval_set(node, scope);
    case Op::kOrElse: return eval_or_else(node, scope);
    case Op::kIf: return eval_if(node, scope);
    case Op::kCount:
    case Op::kShare:
    case Op::kSum:
    case Op::kMaxOf:
    case Op::kMinOf: return eval_aggregate(node, scope);
    case Op::kDaysPresent: return eval_days_present(node, scope);
    default: return eval_arithmetic(node, scope);
  }
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
  const Truth condition = truth(node.a, scope);
  if (condition == Speaks::kYes) return eval(node.b, scope);
  if (condition == Speaks::kNo) return eval(node.c, scope);
  Cell yes = eval(node.b, scope);
  const Cell no = eval(node.c, scope);
  if (yes.same_value(no)) return yes;
  // The branches may still come to agree, unless one cannot.
  const bool open = (yes.is_unknown() && !no.is_error()) || (no.is_unknown() && !yes.is_error());
  return open || condition == Speaks::kOpen ? Cell::unknown() : Cell::failed(condition.error);
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

const Value* Evaluation::read_fact(const Address& address, const Scope& scope) {
  const PathId path = follow(address, scope);
  const PathEntry& entry = paths_[path];
  const std::optional<Value>* given = entry.record == nullptr ? nullptr : &entry.record->facts[static_cast<size_t>(address.fact)];
  const Value* value = given != nullptr && given->has_value() ? &**given : nullptr;
  if (proof_.recording()) {
    ProofNode node;
    node.kind = ProofKind::kFact;
    node.outcome = value != nullptr ? Outcome::kValue : Outcome::kUnknown;
    node.id = address.fact;
    node.entity = entry.entity;
    node.path = path;
    const int32_t added = proof_.add_read(*frame_, std::move(node));
    if (added != kNoId && value != nullptr) proof_.at(added)->value = *value;
  }
  return value;
}

Cell Evaluation::eval_today() {
  const Value today = Value::date(laws_[static_cast<size_t>(pool_.law)].today);
  if (proof_.recording()) {
    ProofNode node;
    node.kind = ProofKind::kToday;
    node.value = today;
    node.on = today.as_date();
    proof_.add_read(*frame_, std::move(node));
  }
  return Cell::known(today);
}

bool Evaluation::is_broken(NodeId must, PathId path) {
  pool_ = {corpus_.nodes, corpus_.constants, 0};
  return truth(must, Scope{path, nullptr}) == Speaks::kNo;
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
      error.fault =
          "the calendar of working days is known only from " + format_date(calendar()->first()) + " to " + format_date(calendar()->last());
      break;
    case Fault::kDepth:
      error.fault = "norms and expressions stand more than " + std::to_string(kMaxEvaluationDepth) + " deep inside one another";
      break;
    case Fault::kCircle: error.fault = "the norm depends on itself on the same date"; break;
    case Fault::kDrafts: error.fault = "the reforms cannot be combined on a date that the norm asks about"; break;
  }
  return Cell::failed(add_error(std::move(error)));
}

}  // namespace koshi::zan
