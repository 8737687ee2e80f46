#include "base/text.h"
#include "zan/corpus/lower.h"

/// Aggregates over links and the built-in functions.
namespace koshi::zan {
namespace {

constexpr Type kWholeType{Kind::kWhole, false, -1};
constexpr Type kYesNoType{Kind::kYesNo, false, -1};
constexpr Type kDateType{Kind::kDate, false, -1};

struct AggregateForm {
  Op op;
  Type type;
};

AggregateForm aggregate_form(Aggregate aggregate) {
  switch (aggregate) {
    case Aggregate::kCount: return {Op::kCount, kWholeType};
    case Aggregate::kAny: return {Op::kAny, kYesNoType};
    case Aggregate::kAll: return {Op::kAll, kYesNoType};
    case Aggregate::kShare: return {Op::kShare, {Kind::kDecimal, false, -1}};
    case Aggregate::kSum: return {Op::kSum, {}};
    case Aggregate::kMax: return {Op::kMaxOf, {}};
    case Aggregate::kMin: return {Op::kMinOf, {}};
  }
  return {Op::kCount, kWholeType};
}

constexpr size_t kMaxWindowDays = 3660;

}  // namespace

NodeId Lowering::lower_aggregate(const Expr& expr) {
  const Found found = find(expr.path, {});
  if (found.what == Found::What::kNothing) {
    Expr path;
    path.path = expr.path;
    unknown_name(path, found);
    return kNoId;
  }
  if (found.what != Found::What::kMany) return error(expr.path.back().span, "`" + expr.path.back().text + "` is not a link to many");
  AggregateForm form = aggregate_form(expr.aggregate);
  frames_.push_back(found.address.entity);
  const NodeId where = expr.condition ? lower_condition(*expr.condition) : kNoId;
  const NodeId value = expr.value ? lower(*expr.value, nullptr) : kNoId;
  frames_.pop_back();
  if ((expr.condition && where == kNoId) || (expr.value && value == kNoId)) return kNoId;
  if (expr.value) {
    const Type type = type_of(value);
    const bool number = type.kind == Kind::kWhole || type.kind == Kind::kDecimal || type.kind == Kind::kMoney || type.kind == Kind::kDays;
    const bool fits = number || (form.op != Op::kSum && type.kind == Kind::kDate);
    if (!fits) return error(expr.value->span, "cannot take this of " + name(type));
    if (type.or_none) return error(expr.value->span, "this may be none; replace none with `or else`");
    form.type = {type.kind, form.op != Op::kSum, -1};
  }
  const NodeId node = finish(form.op, form.type, expr.span, b_.add_address(found.address), where, value);
  return node;
}

bool Lowering::arguments(const Expr& expr, size_t count) {
  if (expr.args.size() == count) return true;
  error(expr.span, "`" + expr.path[0].text + "` takes " + std::to_string(count) + " arguments, not " + std::to_string(expr.args.size()));
  return false;
}

NodeId Lowering::lower_extreme(const Expr& expr) {
  if (!arguments(expr, 2)) return kNoId;
  NodeId a = lower(*expr.args[0], nullptr);
  NodeId b = lower(*expr.args[1], nullptr);
  if (!promote(a, b)) return kNoId;
  const Type left = type_of(a), right = type_of(b);
  const bool ordered = left.kind >= Kind::kWhole && left.kind <= Kind::kDays;
  if (left.kind != right.kind || !ordered) return error(expr.span, "these have no order among them: " + name(left) + " and " + name(right));
  return finish(expr.path[0].text == "min" ? Op::kMin : Op::kMax, {left.kind, left.or_none || right.or_none, -1}, expr.span, a, b);
}

NodeId Lowering::lower_completed(const Expr& expr, const Rounded* rounded) {
  if (!arguments(expr, 2)) return kNoId;
  const NodeId from = lower(*expr.args[0], &kDateType);
  const NodeId to = lower(*expr.args[1], &kDateType);
  if (from == kNoId || to == kNoId) return kNoId;
  for (const NodeId id : {from, to}) {
    if (type_of(id).kind != Kind::kDate) return wrong_type(b_.node(id).span, kDateType, type_of(id));
  }
  if (rounded == nullptr || rounded->rounding == Rounding::kHalfUp) {
    return error(expr.span, "say when a year from 29 February is complete",
                 {{{}, "`rounded down`: on 28 February, `rounded up`: on 1 March"}});
  }
  const Op op = expr.path[0].text == "completed_years" ? Op::kCompletedYears : Op::kCompletedMonths;
  const NodeId node = finish(op, {Kind::kWhole, type_of(from).or_none || type_of(to).or_none, -1}, expr.span, from, to);
  b_.corpus.nodes[static_cast<size_t>(node)].rounding = rounded->rounding;
  return node;
}

NodeId Lowering::lower_days_present(const Expr& expr) {
  if (!arguments(expr, 4)) return kNoId;
  for (size_t i = 0; i < 3; ++i) {
    if (expr.args[i]->kind != ExprKind::kPath)
      return error(expr.args[i]->span, "expected a name", {{{}, "as in days_present(stays, entered, left, 180)"}});
  }
  const Found stays = find(expr.args[0]->path, {});
  if (stays.what != Found::What::kMany) return error(expr.args[0]->span, "expected a link to many");
  frames_.push_back(stays.address.entity);
  const Found entered = find(expr.args[1]->path, {});
  const Found left = find(expr.args[2]->path, {});
  frames_.pop_back();
  for (size_t i = 1; i < 3; ++i) {
    const Found& found = i == 1 ? entered : left;
    const bool fact = found.what == Found::What::kFact && found.address.up == 0;
    if (!fact) return error(expr.args[i]->span, "expected a fact of " + b_.entity(stays.address.entity).name);
    const Type type = b_.entity(found.address.entity).facts[static_cast<size_t>(found.address.fact)].type;
    if (type.kind != Kind::kDate) return wrong_type(expr.args[i]->span, kDateType, type);
  }
  const auto window = parse_whole(expr.args[3]->text);
  if (expr.args[3]->kind != ExprKind::kNumber || !window || *window < 1 || *window > static_cast<int64_t>(kMaxWindowDays)) {
    return error(expr.args[3]->span, "the window is a number of days between 1 and " + std::to_string(kMaxWindowDays));
  }
  Node node;
  node.op = Op::kDaysPresent;
  node.type = kWholeType;
  node.a = b_.add_address(stays.address);
  node.list = {b_.add_address(entered.address), b_.add_address(left.address)};
  node.k = *window;
  node.span = expr.span;
  return b_.add(std::move(node));
}

NodeId Lowering::lower_call(const Expr& expr, const Rounded* rounded) {
  const std::string& function = expr.path[0].text;
  if (function == "completed_years" || function == "completed_months") return lower_completed(expr, rounded);
  if (rounded != nullptr) return error(expr.span, "`" + function + "` needs no rounding");
  if (function == "min" || function == "max") return lower_extreme(expr);
  if (function == "days_present") return lower_days_present(expr);
  if (function == "year_of") {
    if (!arguments(expr, 1)) return kNoId;
    return finish(Op::kYearOf, kWholeType, expr.span, lower_as(*expr.args[0], kDateType));
  }
  if (function == "working_days_between") {
    if (!arguments(expr, 2)) return kNoId;
    if (!b_.corpus.calendar) return error(expr.span, "working days need a calendar", {{{}, "declare one: calendar \"holidays.csv\""}});
    const NodeId from = lower_as(*expr.args[0], kDateType);
    const NodeId to = lower_as(*expr.args[1], kDateType);
    return to == kNoId ? kNoId : finish(Op::kWorkingDaysBetween, kWholeType, expr.span, from, to);
  }
  b_.unknown("function", expr.path[0],
             {"min", "max", "completed_years", "completed_months", "year_of", "working_days_between", "days_present"});
  return kNoId;
}

}  // namespace koshi::zan
