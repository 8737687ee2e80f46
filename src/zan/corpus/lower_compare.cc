#include "zan/corpus/lower.h"

/// and, or, comparisons, membership, or else.
namespace koshi::zan {
namespace {

constexpr Type kYesNoType{Kind::kYesNo, false, -1};

Op comparison_op(BinaryOp op) {
  switch (op) {
    case BinaryOp::kEq: return Op::kEq;
    case BinaryOp::kNe: return Op::kNe;
    case BinaryOp::kLt: return Op::kLt;
    case BinaryOp::kLe: return Op::kLe;
    case BinaryOp::kGt: return Op::kGt;
    default: return Op::kGe;
  }
}

bool is_ordered(Kind kind) {
  return kind == Kind::kWhole || kind == Kind::kDecimal || kind == Kind::kMoney || kind == Kind::kDate || kind == Kind::kDays;
}

}  // namespace

NodeId Lowering::lower_binary(const Expr& expr, const Type* expected) {
  switch (expr.op) {
    case BinaryOp::kOr:
    case BinaryOp::kAnd: return lower_logic(expr);
    case BinaryOp::kOrElse: return lower_or_else(expr, expected);
    case BinaryOp::kAdd:
    case BinaryOp::kSub: return lower_sum(expr, expected);
    case BinaryOp::kMul: return lower_product(expr, expected, nullptr);
    case BinaryOp::kDiv: return lower_quotient(expr, expected, nullptr);
    default: return lower_comparison(expr);
  }
}

NodeId Lowering::lower_logic(const Expr& expr) {
  const NodeId a = lower_condition(*expr.args[0]);
  const NodeId b = lower_condition(*expr.args[1]);
  if (a == kNoId || b == kNoId) return kNoId;
  return finish(expr.op == BinaryOp::kOr ? Op::kOr : Op::kAnd, kYesNoType, expr.span, a, b);
}

/// The side that is only a word gets its enum from the other side.
NodeId Lowering::lower_comparison(const Expr& expr) {
  const bool right_first = is_bare_word(*expr.args[0]);
  const Expr& first = *expr.args[right_first ? 1 : 0];
  const Expr& second = *expr.args[right_first ? 0 : 1];
  NodeId a = lower(first, nullptr);
  if (a == kNoId) {
    if (!is_bare_word(second)) lower(second, nullptr);  // for its own problems
    return kNoId;
  }
  const Type first_type = type_of(a);
  NodeId b = lower(second, &first_type);
  if (!promote(a, b)) return kNoId;
  if (right_first) std::swap(a, b);
  const Type left = type_of(a), right = type_of(b);
  const bool with_none = left.kind == Kind::kNone || right.kind == Kind::kNone;
  if (with_none) return error(expr.span, "a comparison with `none`", {{{}, "write `is none` or `is not none`"}});
  if (left.kind != right.kind || left.of != right.of)
    return error(expr.span, "these cannot be compared: " + name(left) + " and " + name(right));
  const bool equality = expr.op == BinaryOp::kEq || expr.op == BinaryOp::kNe;
  if (left.kind == Kind::kSet) return error(expr.span, "sets are not compared; ask with `in`");
  if (!equality && !is_ordered(left.kind)) return error(expr.span, name(left) + " has no order; only = and != are possible");
  return finish(comparison_op(expr.op), kYesNoType, expr.span, a, b);
}

/// `x in {1, 2}` for kinds that are no enums: x = 1 or x = 2.
NodeId Lowering::lower_in_list(const Expr& expr, NodeId item) {
  NodeId any = kNoId;
  for (const ExprPtr& arg : expr.args[1]->args) {
    const Type wanted{type_of(item).kind, false, type_of(item).of};
    const NodeId member = lower_as(*arg, wanted);
    if (member == kNoId) return kNoId;
    const NodeId test = finish(Op::kEq, kYesNoType, arg->span, item, member);
    any = any == kNoId ? test : finish(Op::kOr, kYesNoType, expr.span, any, test);
  }
  return any == kNoId ? error(expr.args[1]->span, "this list is empty") : any;
}

NodeId Lowering::lower_in(const Expr& expr) {
  const Expr& container = *expr.args[1];
  NodeId set = kNoId;
  Type member_type;
  if (const Set* named = named_set(container)) {
    Node node;
    node.op = Op::kNamedSet;
    node.type = {Kind::kSet, false, named->of};
    node.a = static_cast<int32_t>(named - b_.corpus.sets.data());
    node.span = container.span;
    set = b_.add(std::move(node));
  } else if (container.kind != ExprKind::kSet) {
    if (is_bare_word(container))
      b_.unknown("set", container.path.empty() ? Name{container.text, container.span} : container.path[0], names_of(b_.corpus.sets));
    if (!is_bare_word(container)) set = lower(container, nullptr);
    if (set == kNoId) {
      lower(*expr.args[0], nullptr);  // for its own problems
      return kNoId;
    }
    if (type_of(set).kind != Kind::kSet) return error(container.span, "after `in` a set is expected, but this is " + name(type_of(set)));
  }
  if (set != kNoId) member_type = {Kind::kEnum, false, type_of(set).of};
  const NodeId item = lower(*expr.args[0], set == kNoId ? nullptr : &member_type);
  if (item == kNoId) return kNoId;
  NodeId test = kNoId;
  if (set == kNoId && type_of(item).kind != Kind::kEnum) {
    test = lower_in_list(expr, item);
  } else {
    if (set == kNoId) {
      const Type wanted{Kind::kSet, false, type_of(item).of};
      set = lower_set(container, &wanted);
    }
    if (set == kNoId) return kNoId;
    if (type_of(item).kind != Kind::kEnum || type_of(item).of != type_of(set).of) {
      return error(expr.span, name(type_of(item)) + " cannot be a member of " + name(type_of(set)));
    }
    test = finish(Op::kIn, kYesNoType, expr.span, item, set);
  }
  return expr.negated ? finish(Op::kNot, kYesNoType, expr.span, test) : test;
}

NodeId Lowering::lower_or_else(const Expr& expr, const Type* expected) {
  NodeId a = lower(*expr.args[0], expected);
  if (a == kNoId) return kNoId;
  const Type left = type_of(a);
  NodeId b = lower(*expr.args[1], &left);
  if (!promote(a, b)) return kNoId;
  if (!left.or_none) return error(expr.args[0]->span, "this is never none, so `or else` has no effect");
  const Type right = type_of(b);
  if (type_of(a).kind != right.kind || left.of != right.of) return wrong_type(expr.args[1]->span, type_of(a), right);
  return finish(Op::kOrElse, {right.kind, right.or_none, right.of}, expr.span, a, b);
}

}  // namespace koshi::zan
