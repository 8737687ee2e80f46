#include "zan/corpus/lower.h"

#include "base/text.h"

namespace koshi::zan {
namespace {

constexpr Type kYesNoType{Kind::kYesNo, false, -1};
constexpr Type kWholeType{Kind::kWhole, false, -1};
constexpr Type kDecimalType{Kind::kDecimal, false, -1};

}  // namespace

NodeId Lowering::finish(Op op, Type type, Span span, NodeId a, NodeId b, NodeId c) {
  if (a == kNoId) return kNoId;
  Node node;
  node.op = op;
  node.type = type;
  node.a = a;
  node.b = b;
  node.c = c;
  node.span = span;
  return b_.add(std::move(node));
}

NodeId Lowering::wrong_type(Span span, const Type& wanted, const Type& got) {
  std::vector<Note> notes;
  if (wanted.kind == Kind::kDays && got.kind == Kind::kWhole) notes.push_back({{}, "write a number of days as `5 days`"});
  if (wanted.kind == Kind::kMoney && got.kind == Kind::kWhole)
    notes.push_back({{}, "write an amount as `500 tenge`, or in a unit: `2 mci`"});
  return error(span, "expected " + name(wanted) + ", but this is " + name(got), std::move(notes));
}

NodeId Lowering::coerce(NodeId id, const Type& wanted, Span span) {
  if (id == kNoId) return kNoId;
  const Type got = type_of(id);
  if (got.kind == Kind::kNone) return wanted.or_none ? id : error(span, "`none` is not possible here; " + name(wanted) + " was expected");
  if (got.kind == Kind::kWhole && wanted.kind == Kind::kDecimal) {
    return coerce(finish(Op::kToDecimal, {Kind::kDecimal, got.or_none, -1}, span, id), wanted, span);
  }
  if (got.kind != wanted.kind || got.of != wanted.of) return wrong_type(span, wanted, got);
  if (got.or_none && !wanted.or_none) {
    return error(span, "this may be none, but " + name(wanted) + " was expected",
                 {{{}, "replace none with `or else`, or test it with `is none` first"}});
  }
  return id;
}

NodeId Lowering::lower_as(const Expr& expr, const Type& wanted) {
  return coerce(lower(expr, &wanted), wanted, expr.span);
}

bool Lowering::promote(NodeId& a, NodeId& b) {
  if (a == kNoId || b == kNoId) return false;
  const auto lift = [&](NodeId& id) { id = finish(Op::kToDecimal, {Kind::kDecimal, type_of(id).or_none, -1}, b_.node(id).span, id); };
  if (type_of(a).kind == Kind::kWhole && type_of(b).kind == Kind::kDecimal) lift(a);
  if (type_of(a).kind == Kind::kDecimal && type_of(b).kind == Kind::kWhole) lift(b);
  return true;
}

NodeId Lowering::lower_number(const Expr& expr, const Type* expected) {
  const bool as_decimal = expr.text.find('.') != std::string::npos || (expected != nullptr && expected->kind == Kind::kDecimal);
  if (as_decimal) {
    const auto value = parse_decimal(expr.text);
    if (!value) return error(expr.span, "this number has more than nine decimal places or is too large");
    return b_.add_const(Value::decimal(*value), kDecimalType, expr.span);
  }
  const auto value = parse_whole(expr.text);
  if (!value) return error(expr.span, "this number is too large");
  return b_.add_const(Value::whole(*value), kWholeType, expr.span);
}

NodeId Lowering::lower_member(const std::string& code, Span span, const Type* expected) {
  if (expected == nullptr || (expected->kind != Kind::kEnum && expected->kind != Kind::kSet)) {
    return error(span, "`" + code + "` is a code, but no enum is expected here");
  }
  const Enum& type = b_.corpus.enums[static_cast<size_t>(expected->of)];
  const auto it = type.index.find(code);
  if (it == type.index.end()) {
    std::vector<std::string> codes;
    for (const EnumMemberInfo& member : type.members) codes.push_back(member.code);
    b_.unknown(type.name, Name{code, span}, codes);
    return kNoId;
  }
  return b_.add_const(Value::member(expected->of, it->second), {Kind::kEnum, false, expected->of}, span);
}

/// {a, b} where a set is expected: constant when all members are written out.
NodeId Lowering::lower_set(const Expr& expr, const Type* expected) {
  if (expected == nullptr || expected->kind != Kind::kSet)
    return error(expr.span, "a list in braces is possible only after `in` or in a norm of type `set of …`");
  const Type member_type{Kind::kEnum, false, expected->of};
  Node made;
  made.op = Op::kMakeSet;
  made.type = {Kind::kSet, false, expected->of};
  made.span = expr.span;
  Bits bits((b_.corpus.enums[static_cast<size_t>(expected->of)].members.size() + 63) / 64);
  bool constant = true;
  for (const ExprPtr& arg : expr.args) {
    const NodeId member = lower_as(*arg, member_type);
    if (member == kNoId) return kNoId;
    made.list.push_back(member);
    constant = constant && b_.node(member).op == Op::kConst;
    if (constant) set_bit(bits, b_.corpus.constants[static_cast<size_t>(b_.node(member).k)].number());
  }
  if (constant) return b_.add_const(Value::set(expected->of, std::move(bits)), made.type, expr.span);
  return b_.add(std::move(made));
}

NodeId Lowering::lower_members(const Expr& expr, const Type& set) {
  const NodeId id = lower(expr, &set);
  if (id == kNoId || type_of(id).kind == Kind::kSet) return coerce(id, set, expr.span);
  const NodeId member = coerce(id, {Kind::kEnum, false, set.of}, expr.span);
  if (member == kNoId) return kNoId;
  if (b_.node(member).op == Op::kConst) {
    Bits bits((b_.corpus.enums[static_cast<size_t>(set.of)].members.size() + 63) / 64);
    set_bit(bits, b_.corpus.constants[static_cast<size_t>(b_.node(member).k)].number());
    return b_.add_const(Value::set(set.of, std::move(bits)), set, expr.span);
  }
  Node made;
  made.op = Op::kMakeSet;
  made.type = set;
  made.list = {member};
  made.span = expr.span;
  return b_.add(std::move(made));
}

NodeId Lowering::lower_is_none(const Expr& expr) {
  const NodeId a = lower(*expr.args[0], nullptr);
  if (a == kNoId) return kNoId;
  if (!type_of(a).or_none) return error(expr.span, "this is never none: its type is " + name(type_of(a)));
  const NodeId test = finish(Op::kIsNone, kYesNoType, expr.span, a);
  return expr.negated ? finish(Op::kNot, kYesNoType, expr.span, test) : test;
}

NodeId Lowering::lower_is_empty(const Expr& expr) {
  const Expr& container = *expr.args[0];
  const Set* named = named_set(container);
  NodeId set = kNoId;
  if (named != nullptr) {
    Node node;
    node.op = Op::kNamedSet;
    node.type = {Kind::kSet, false, named->of};
    node.a = static_cast<int32_t>(named - b_.corpus.sets.data());
    node.span = container.span;
    set = b_.add(std::move(node));
  } else {
    set = lower(container, nullptr);
  }
  if (set == kNoId) return kNoId;
  if (type_of(set).kind != Kind::kSet) return error(container.span, "only a set can be empty, but this is " + name(type_of(set)));
  const NodeId test = finish(Op::kIsEmpty, kYesNoType, expr.span, set);
  return expr.negated ? finish(Op::kNot, kYesNoType, expr.span, test) : test;
}

NodeId Lowering::lower_if(const Expr& expr, const Type* expected) {
  const NodeId condition = lower_condition(*expr.args[0]);
  NodeId yes = lower(*expr.args[1], expected);
  const Type yes_type = yes == kNoId ? Type{} : type_of(yes);
  NodeId no = lower(*expr.args[2], expected != nullptr ? expected : (yes == kNoId ? nullptr : &yes_type));
  if (condition == kNoId || !promote(yes, no)) return kNoId;
  Type a = type_of(yes), c = type_of(no);
  if (a.kind == Kind::kNone) a = {c.kind, true, c.of};
  if (c.kind == Kind::kNone) c = {a.kind, true, a.of};
  if (a.kind != c.kind || a.of != c.of) return wrong_type(expr.args[2]->span, a, c);
  return finish(Op::kIf, {a.kind, a.or_none || c.or_none, a.of}, expr.span, condition, yes, no);
}

NodeId Lowering::lower_rounded(const Expr& expr, const Type* expected) {
  const Rounded rounded{expr.rounding, expr.unit.text == "tenge" ? static_cast<int32_t>(Money::kTenge) : 1};
  const Expr& inner = *expr.args[0];
  if (inner.kind == ExprKind::kBinary && inner.op == BinaryOp::kMul) return lower_product(inner, expected, &rounded);
  if (inner.kind == ExprKind::kBinary && inner.op == BinaryOp::kDiv) return lower_quotient(inner, expected, &rounded);
  if (inner.kind == ExprKind::kCall) return lower_call(inner, &rounded);
  if (inner.kind == ExprKind::kQuantity) return lower_quantity(inner, &rounded);
  const NodeId a = lower(inner, expected);
  if (a == kNoId) return kNoId;
  if (type_of(a).kind != Kind::kMoney) return error(expr.span, "nothing here needs rounding", {{{}, "its type is " + name(type_of(a))}});
  const NodeId node = finish(Op::kRound, type_of(a), expr.span, a);
  b_.corpus.nodes[static_cast<size_t>(node)].rounding = rounded.rounding;
  b_.corpus.nodes[static_cast<size_t>(node)].unit = rounded.unit;
  return node;
}

NodeId Lowering::lower_quantity(const Expr& expr, const Rounded* rounded) {
  const Expr& amount = *expr.args[0];
  const std::string& unit = expr.unit.text;
  if (unit == "days") {
    const NodeId one = b_.add_const(Value::days(1), {Kind::kDays, false, -1}, expr.span);
    const NodeId number = whole_number(amount);
    if (number == kNoId) return kNoId;
    if (b_.node(number).op == Op::kConst) {
      const int64_t n = b_.corpus.constants[static_cast<size_t>(b_.node(number).k)].number();
      return b_.add_const(Value::days(n), {Kind::kDays, false, -1}, expr.span);
    }
    return finish(Op::kMulWhole, {Kind::kDays, type_of(number).or_none, -1}, expr.span, one, number);
  }
  if (unit == "working days" || unit == "months" || unit == "years") {
    return error(expr.span, "a number of " + unit + " can only be added to a date or taken from one");
  }
  NodeId base = kNoId;
  if (unit == "tenge") {
    if (amount.kind == ExprKind::kNumber) {
      const auto money = parse_money(amount.text);
      if (!money) return error(expr.span, "an amount in tenge has at most two decimal places");
      return b_.add_const(Value::money(*money), {Kind::kMoney, false, -1}, expr.span);
    }
    base = b_.add_const(Value::money({Money::kTenge}), {Kind::kMoney, false, -1}, expr.span);
  } else {
    const NormId parameter = b_.corpus.find_norm(unit);
    if (parameter == kNoId || b_.norm(parameter).type.kind != Kind::kMoney) {
      std::vector<std::string> known = {"days", "working days", "months", "years", "tenge"};
      for (const Norm& norm : b_.corpus.norms) {
        if (norm.entity == kNoId && norm.type.kind == Kind::kMoney) known.push_back(norm.name);
      }
      b_.unknown("unit", expr.unit, known);
      return kNoId;
    }
    Address here;
    Node node;
    node.op = Op::kNorm;
    node.type = b_.norm(parameter).type;
    node.a = parameter;
    node.b = b_.add_address(here);
    node.span = expr.unit.span;
    base = b_.add(std::move(node));
  }
  NodeId times = lower(amount, nullptr);
  if (times == kNoId) return kNoId;
  const Type type{Kind::kMoney, type_of(times).or_none || type_of(base).or_none, -1};
  if (type_of(times).kind == Kind::kWhole) return finish(Op::kMulWhole, type, expr.span, base, times);
  if (type_of(times).kind != Kind::kDecimal) return wrong_type(amount.span, kWholeType, type_of(times));
  const NodeId node = finish(Op::kMulDecimal, type, expr.span, base, times);
  Node& product = b_.corpus.nodes[static_cast<size_t>(node)];
  product.rounding = rounded != nullptr ? rounded->rounding : Rounding::kHalfUp;
  product.unit = rounded != nullptr ? rounded->unit : 1;
  return node;
}

NodeId Lowering::lower(const Expr& expr, const Type* expected) {
  switch (expr.kind) {
    case ExprKind::kNumber: return lower_number(expr, expected);
    case ExprKind::kDate: return b_.add_const(Value::date(expr.date), {Kind::kDate, false, -1}, expr.span);
    case ExprKind::kText: return b_.add_const(Value::text(expr.text), {Kind::kText, false, -1}, expr.span);
    case ExprKind::kCode: return lower_member(expr.text, expr.span, expected);
    case ExprKind::kYes: return b_.add_const(Value::yes_no(true), kYesNoType, expr.span);
    case ExprKind::kNo: return b_.add_const(Value::yes_no(false), kYesNoType, expr.span);
    case ExprKind::kNone: return b_.add_const(Value::none(), {Kind::kNone, true, -1}, expr.span);
    case ExprKind::kToday: {
      Node node;
      node.op = Op::kToday;
      node.type = {Kind::kDate, false, -1};
      node.span = expr.span;
      return b_.add(std::move(node));
    }
    case ExprKind::kPath: return lower_path(expr, expected);
    case ExprKind::kSet: return lower_set(expr, expected);
    case ExprKind::kNot: return finish(Op::kNot, kYesNoType, expr.span, lower_condition(*expr.args[0]));
    case ExprKind::kNegate: {
      const NodeId a = lower(*expr.args[0], expected);
      if (a == kNoId) return kNoId;
      const Kind kind = type_of(a).kind;
      const bool number = kind == Kind::kWhole || kind == Kind::kDecimal || kind == Kind::kMoney || kind == Kind::kDays;
      return number ? finish(Op::kNegate, type_of(a), expr.span, a) : wrong_type(expr.span, kWholeType, type_of(a));
    }
    case ExprKind::kBinary: return lower_binary(expr, expected);
    case ExprKind::kIn: return lower_in(expr);
    case ExprKind::kIsNone: return lower_is_none(expr);
    case ExprKind::kIsEmpty: return lower_is_empty(expr);
    case ExprKind::kKnown: return lower_known(expr);
    case ExprKind::kIf: return lower_if(expr, expected);
    case ExprKind::kQuantity: return lower_quantity(expr, nullptr);
    case ExprKind::kPercent: {
      const auto value = parse_decimal(expr.args[0]->text);
      if (!value || value->units % 100 != 0) return error(expr.span, "a percentage has at most seven decimal places");
      return b_.add_const(Value::decimal({value->units / 100}), kDecimalType, expr.span);
    }
    case ExprKind::kRounded: return lower_rounded(expr, expected);
    case ExprKind::kAggregate: return lower_aggregate(expr);
    case ExprKind::kCall: return lower_call(expr, nullptr);
    case ExprKind::kOnDate: return lower_on_date(expr);
  }
  return kNoId;
}

}  // namespace koshi::zan
