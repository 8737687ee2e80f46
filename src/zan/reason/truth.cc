#include "base/check.h"
#include "zan/reason/evaluate.h"

/// Conditions. Most of an evaluation is spent here, on comparisons of a fact with a literal, so nothing is copied on the way.
namespace koshi::zan {

Truth Evaluation::truth_of(const Cell& cell) {
  if (cell.is_unknown()) return {};
  if (cell.is_error()) return {Speaks::kError, cell.error};
  return Truth::of(cell.value.is_yes());
}

Cell Evaluation::cell_of(Truth truth) {
  if (truth == Speaks::kOpen) return Cell::unknown();
  if (truth == Speaks::kError) return Cell::failed(truth.error);
  return Cell::yes_no(truth == Speaks::kYes);
}

Truth Evaluation::truth(NodeId id, const Scope& scope) {
  if (depth_ >= kMaxEvaluationDepth) return truth_of(fault(Fault::kDepth));
  ++depth_;
  const Truth result = truth_inner(node(id), scope);
  --depth_;
  return result;
}

Truth Evaluation::truth_inner(const Node& node, const Scope& scope) {
  switch (node.op) {
    case Op::kAnd:
    case Op::kOr: return truth_logic(node, scope);
    case Op::kNot: {
      const Truth a = truth(node.a, scope);
      if (a == Speaks::kYes) return Truth::of(false);
      return a == Speaks::kNo ? Truth::of(true) : a;
    }
    case Op::kEq:
    case Op::kNe:
    case Op::kLt:
    case Op::kLe:
    case Op::kGt:
    case Op::kGe: return truth_compare(node, scope);
    case Op::kIn: return truth_in(node, scope);
    case Op::kIsNone: return truth_none(node, scope);
    case Op::kIsEmpty: return truth_empty(node, scope);
    case Op::kKnown: return Truth::of(read_fact(corpus_.addresses[static_cast<size_t>(node.a)], scope) != nullptr);
    case Op::kAny:
    case Op::kAll: return truth_any(node, scope);
    default: return truth_of(eval_inner(node, scope));
  }
}

Truth Evaluation::truth_logic(const Node& node, const Scope& scope) {
  const Speaks settling = node.op == Op::kOr ? Speaks::kYes : Speaks::kNo;
  const Truth a = truth(node.a, scope);
  if (a == settling) return a;
  const Truth b = truth(node.b, scope);
  if (b == settling) return b;
  if (a == Speaks::kOpen || b == Speaks::kOpen) return {};
  return a == Speaks::kError ? a : b;
}

Seen Evaluation::look(NodeId id, const Scope& scope, Cell& storage) {
  const Node& node = this->node(id);
  if (node.op == Op::kConst) return {State::kKnown, kNoId, &pool_.constants[static_cast<size_t>(node.k)]};
  if (node.op == Op::kFact) {
    const Value* given = read_fact(corpus_.addresses[static_cast<size_t>(node.a)], scope);
    return {given == nullptr ? State::kUnknown : State::kKnown, kNoId, given};
  }
  storage = eval(id, scope);
  return {storage.state, storage.error, &storage.value};
}

namespace {

/// What two operands come to that are not both known; a fault in either wins over what is unknown.
Truth unsettled(const Seen& a, const Seen& b) {
  if (a.state == State::kError) return {Speaks::kError, a.error};
  if (b.state == State::kError) return {Speaks::kError, b.error};
  return {};
}

}  // namespace

Truth Evaluation::truth_compare(const Node& node, const Scope& scope) {
  const bool ordering = node.op != Op::kEq && node.op != Op::kNe;
  Cell first, second;
  const Seen a = look(node.a, scope, first);
  if (ordering && a.is_none()) return Truth::of(false);
  const Seen b = look(node.b, scope, second);
  if (ordering && b.is_none()) return Truth::of(false);
  return a.is_known() && b.is_known() ? Truth::of(compare(node.op, *a.value, *b.value)) : unsettled(a, b);
}

Truth Evaluation::truth_in(const Node& node, const Scope& scope) {
  Cell first, second;
  const Seen a = look(node.a, scope, first);
  if (a.is_none()) return Truth::of(false);
  const Seen b = look(node.b, scope, second);
  return a.is_known() && b.is_known() ? Truth::of(has_bit(b.value->bits(), a.value->number())) : unsettled(a, b);
}

Truth Evaluation::truth_none(const Node& node, const Scope& scope) {
  Cell storage;
  const Seen a = look(node.a, scope, storage);
  return a.is_known() ? Truth::of(a.value->is_none()) : unsettled(a, a);
}

/// One certain member settles that a set is not empty, whatever becomes of the others.
Truth Evaluation::truth_empty(const Node& node, const Scope& scope) {
  Cell storage;
  const Seen a = look(node.a, scope, storage);
  if (a.value != nullptr && a.value->kind() == Kind::kSet && !is_empty(a.value->bits())) return Truth::of(false);
  return a.is_known() ? Truth::of(true) : unsettled(a, a);
}

}  // namespace koshi::zan
