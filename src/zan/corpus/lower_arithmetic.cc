#include "zan/corpus/lower.h"

/// Sums, products, quotients, and dates with durations.
namespace koshi::zan {
namespace {

constexpr Type kWholeType{Kind::kWhole, false, -1};

bool is_number(Kind kind) {
  return kind == Kind::kWhole || kind == Kind::kDecimal || kind == Kind::kMoney || kind == Kind::kDays;
}

/// The quantity under an optional `rounded`: 3 months rounded down.
const Expr* calendar_quantity(const Expr& expr) {
  const Expr* inner = expr.kind == ExprKind::kRounded ? expr.args[0].get() : &expr;
  if (inner->kind != ExprKind::kQuantity) return nullptr;
  const std::string& unit = inner->unit.text;
  return unit == "working days" || unit == "months" || unit == "years" ? inner : nullptr;
}

}  // namespace

NodeId Lowering::whole_number(const Expr& expr) {
  const NodeId id = lower(expr, &kWholeType);
  if (id == kNoId) return kNoId;
  return type_of(id).kind == Kind::kWhole ? id : wrong_type(expr.span, kWholeType, type_of(id));
}

NodeId Lowering::lower_date_shift(const Expr& expr, NodeId date) {
  const Expr& right = *expr.args[1];
  const Expr& quantity = *calendar_quantity(right);
  NodeId count = whole_number(*quantity.args[0]);
  if (date == kNoId || count == kNoId) return kNoId;
  if (type_of(date).kind != Kind::kDate)
    return error(quantity.span, "a number of " + quantity.unit.text + " can only be added to a date or taken from one");
  const bool rounded = right.kind == ExprKind::kRounded;
  if (quantity.unit.text == "years") {
    const NodeId twelve = b_.add_const(Value::whole(12), kWholeType, quantity.span);
    count = finish(Op::kMulWhole, type_of(count), quantity.span, count, twelve);
  }
  if (expr.op == BinaryOp::kSub) count = finish(Op::kNegate, type_of(count), quantity.span, count);
  const Type type{Kind::kDate, type_of(date).or_none || type_of(count).or_none, -1};
  if (quantity.unit.text == "working days") {
    if (rounded) return error(right.span, "working days need no rounding");
    if (!b_.corpus.calendar) return error(quantity.span, "working days need a calendar", {{{}, "declare one: calendar \"holidays.csv\""}});
    return finish(Op::kAddWorkingDays, type, expr.span, date, count);
  }
  if (!rounded || right.rounding == Rounding::kHalfUp) {
    return error(right.span, "say what becomes of a day that the month lacks",
                 {{{}, "`rounded down` is the month's last day, `rounded up` the first of the next month"}});
  }
  const NodeId node = finish(Op::kAddMonths, type, expr.span, date, count);
  b_.corpus.nodes[static_cast<size_t>(node)].rounding = right.rounding;
  return node;
}

NodeId Lowering::lower_sum(const Expr& expr, const Type* expected) {
  const bool subtract = expr.op == BinaryOp::kSub;
  if (calendar_quantity(*expr.args[1]) != nullptr) return lower_date_shift(expr, lower(*expr.args[0], nullptr));
  if (expected != nullptr && !is_number(expected->kind)) expected = nullptr;
  NodeId a = lower(*expr.args[0], expected);
  NodeId b = lower(*expr.args[1], expected);
  if (!promote(a, b)) return kNoId;
  const Type left = type_of(a), right = type_of(b);
  const bool none = left.or_none || right.or_none;
  if (left.kind == Kind::kDate && right.kind == Kind::kDays) {
    const NodeId days = subtract ? finish(Op::kNegate, right, expr.args[1]->span, b) : b;
    return finish(Op::kAddDays, {Kind::kDate, none, -1}, expr.span, a, days);
  }
  if (left.kind == Kind::kDate && right.kind == Kind::kDate && subtract)
    return finish(Op::kDateDiff, {Kind::kDays, none, -1}, expr.span, a, b);
  if (left.kind == right.kind && is_number(left.kind)) {
    return finish(subtract ? Op::kSub : Op::kAdd, {left.kind, none, -1}, expr.span, a, b);
  }
  std::vector<Note> notes;
  if (left.kind == Kind::kDate && right.kind == Kind::kWhole)
    notes.push_back({{}, "say what is counted: `+ 5 days`, `+ 5 working days`, `+ 1 month rounded down`"});
  return error(expr.span, "these cannot be " + std::string(subtract ? "subtracted" : "added") + ": " + name(left) + " and " + name(right),
               std::move(notes));
}

NodeId Lowering::lower_product(const Expr& expr, const Type* expected, const Rounded* rounded) {
  const bool want_decimal = expected != nullptr && expected->kind == Kind::kDecimal;
  NodeId a = lower(*expr.args[0], want_decimal ? expected : nullptr);
  NodeId b = lower(*expr.args[1], want_decimal ? expected : nullptr);
  if (!promote(a, b)) return kNoId;
  const auto scalable = [](Kind kind) { return kind == Kind::kMoney || kind == Kind::kDays; };
  if (!scalable(type_of(a).kind) && scalable(type_of(b).kind)) std::swap(a, b);
  const Type left = type_of(a), right = type_of(b);
  const Type type{left.kind, left.or_none || right.or_none, -1};
  const bool exact = right.kind == Kind::kWhole && (left.kind == Kind::kWhole || scalable(left.kind));
  if (exact) {
    if (rounded != nullptr && left.kind != Kind::kMoney) return error(expr.span, "this product is exact and needs no rounding");
    const NodeId product = finish(Op::kMulWhole, type, expr.span, a, b);
    if (rounded == nullptr) return product;
    const NodeId node = finish(Op::kRound, type, expr.span, product);
    b_.corpus.nodes[static_cast<size_t>(node)].rounding = rounded->rounding;
    b_.corpus.nodes[static_cast<size_t>(node)].unit = rounded->unit;
    return node;
  }
  const bool inexact = right.kind == Kind::kDecimal && (left.kind == Kind::kDecimal || left.kind == Kind::kMoney);
  if (!inexact) return error(expr.span, "these cannot be multiplied: " + name(left) + " and " + name(right));
  if (left.kind == Kind::kMoney && rounded == nullptr) {
    return error(expr.span, "say how this amount is rounded", {{{}, "`rounded down`, `up` or `half up`, `to tenge` or `to tiyn`"}});
  }
  const NodeId node = finish(Op::kMulDecimal, type, expr.span, a, b);
  Node& product = b_.corpus.nodes[static_cast<size_t>(node)];
  product.rounding = rounded != nullptr ? rounded->rounding : Rounding::kHalfUp;
  product.unit = rounded != nullptr ? rounded->unit : 1;
  return node;
}

NodeId Lowering::lower_quotient(const Expr& expr, const Type*, const Rounded* rounded) {
  NodeId a = lower(*expr.args[0], nullptr);
  NodeId b = lower(*expr.args[1], nullptr);
  if (!promote(a, b)) return kNoId;
  const Type left = type_of(a), right = type_of(b);
  const bool none = left.or_none || right.or_none;
  const bool by_whole = left.kind == Kind::kMoney && right.kind == Kind::kWhole;
  const bool ratio = left.kind == right.kind && is_number(left.kind);
  if (!by_whole && !ratio) return error(expr.span, "these cannot be divided: " + name(left) + " and " + name(right));
  if (by_whole && rounded == nullptr) {
    return error(expr.span, "say how this amount is rounded", {{{}, "`rounded down`, `up` or `half up`, `to tenge` or `to tiyn`"}});
  }
  const NodeId node = finish(Op::kDiv, {by_whole ? Kind::kMoney : Kind::kDecimal, none, -1}, expr.span, a, b);
  Node& quotient = b_.corpus.nodes[static_cast<size_t>(node)];
  quotient.rounding = rounded != nullptr ? rounded->rounding : Rounding::kDown;
  quotient.unit = rounded != nullptr ? rounded->unit : 1;
  return node;
}

}  // namespace koshi::zan
