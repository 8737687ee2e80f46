#include "zan/reason/operations.h"

#include "base/check.h"

namespace koshi::zan {
namespace {

Value of_kind(Kind kind, int64_t number) {
  switch (kind) {
    case Kind::kWhole: return Value::whole(number);
    case Kind::kDecimal: return Value::decimal({number});
    case Kind::kMoney: return Value::money({number});
    case Kind::kDays: return Value::days(number);
    default: CHECK(false && "a number of this kind");
  }
}

Computed narrowed(Kind kind, Int128 number) {
  const auto narrow_number = narrow(number);
  if (!narrow_number) return std::unexpected(Fault::kRange);
  return of_kind(kind, *narrow_number);
}

Int128 wide(const Value& value) {
  return value.number();
}

Computed multiply_decimal(const Node& node, const Value& a, const Value& b) {
  if (a.kind() == Kind::kMoney) {
    const auto product = multiply(a.as_money(), b.as_decimal(), node.rounding, node.unit);
    return product ? Computed(Value::money(*product)) : std::unexpected(Fault::kRange);
  }
  const auto product = multiply(a.as_decimal(), b.as_decimal(), node.rounding);
  return product ? Computed(Value::decimal(*product)) : std::unexpected(Fault::kRange);
}

/// Divides n / d, both scaled alike, to a multiple of `unit`.
Computed ratio(Kind kind, Int128 n, Int128 d, Rounding rounding, int32_t unit) {
  if (d < 0) {
    n = -n;
    d = -d;
  }
  return narrowed(kind, divide(n, d * unit, rounding) * unit);
}

Computed divide_values(const Node& node, const Value& a, const Value& b) {
  if (b.number() == 0) return std::unexpected(Fault::kDivisionByZero);
  const Int128 one = Decimal::kOne;
  if (a.kind() == Kind::kMoney && b.kind() == Kind::kWhole) return ratio(Kind::kMoney, wide(a), wide(b), node.rounding, node.unit);
  if (a.kind() == Kind::kMoney && b.kind() == Kind::kDecimal) {
    return ratio(Kind::kMoney, wide(a) * one, wide(b), node.rounding, node.unit);
  }
  // Two wholes, two decimals or two amounts: the scale cancels out.
  return ratio(Kind::kDecimal, wide(a) * one, wide(b), node.rounding, 1);
}

MonthEnd month_end(Rounding rounding) {
  return rounding == Rounding::kUp ? MonthEnd::kUp : MonthEnd::kDown;
}

Computed dated(std::optional<Date> date) {
  return date ? Computed(Value::date(*date)) : std::unexpected(Fault::kDate);
}

}  // namespace

bool compare(Op op, const Value& a, const Value& b) {
  if (op == Op::kEq || op == Op::kNe) {
    const bool plain = a.kind() != Kind::kText && a.kind() != Kind::kSet;
    const bool same = plain ? a.kind() == b.kind() && a.number() == b.number() && a.of() == b.of() : a == b;
    return same == (op == Op::kEq);
  }
  CHECK(a.kind() == b.kind());
  switch (op) {
    case Op::kLt: return a.number() < b.number();
    case Op::kLe: return a.number() <= b.number();
    case Op::kGt: return a.number() > b.number();
    case Op::kGe: return a.number() >= b.number();
    default: CHECK(false && "not a comparison");
  }
}

Computed compute_number(const Node& node, const Value& a, const Value& b) {
  switch (node.op) {
    case Op::kAdd: return narrowed(a.kind(), wide(a) + wide(b));
    case Op::kSub: return narrowed(a.kind(), wide(a) - wide(b));
    case Op::kNegate: return narrowed(a.kind(), -wide(a));
    case Op::kToDecimal: return narrowed(Kind::kDecimal, wide(a) * Decimal::kOne);
    case Op::kMulWhole: return narrowed(a.kind(), wide(a) * wide(b));
    case Op::kMulDecimal: return multiply_decimal(node, a, b);
    case Op::kDiv: return divide_values(node, a, b);
    case Op::kRound: return ratio(Kind::kMoney, wide(a), 1, node.rounding, node.unit);
    case Op::kMin: return b.number() < a.number() ? b : a;
    case Op::kMax: return b.number() > a.number() ? b : a;
    default: CHECK(false && "not an operation on numbers");
  }
}

bool is_date_operation(Op op) {
  switch (op) {
    case Op::kAddDays:
    case Op::kAddWorkingDays:
    case Op::kAddMonths:
    case Op::kDateDiff:
    case Op::kCompletedYears:
    case Op::kCompletedMonths:
    case Op::kWorkingDaysBetween:
    case Op::kYearOf: return true;
    default: return false;
  }
}

Computed compute_date(const Node& node, const Value& a, const Value& b, const WorkingCalendar* calendar) {
  const Date date = a.as_date();
  switch (node.op) {
    case Op::kAddDays: return dated(add_days(date, b.number()));
    case Op::kAddMonths: return dated(add_months(date, b.number(), month_end(node.rounding)));
    case Op::kDateDiff: return Value::days(int64_t{date.days} - b.as_date().days);
    case Op::kCompletedYears: return Value::whole(completed_years(date, b.as_date(), month_end(node.rounding)));
    case Op::kCompletedMonths: return Value::whole(completed_months(date, b.as_date(), month_end(node.rounding)));
    case Op::kYearOf: return Value::whole(civil(date).year);
    case Op::kAddWorkingDays: {
      if (calendar == nullptr) return std::unexpected(Fault::kNoCalendar);
      const auto sum = calendar->add_working_days(date, b.number());
      return sum ? Computed(Value::date(*sum)) : std::unexpected(Fault::kCalendarEnds);
    }
    case Op::kWorkingDaysBetween: {
      if (calendar == nullptr) return std::unexpected(Fault::kNoCalendar);
      const auto count = calendar->working_days_between(date, b.as_date());
      return count ? Computed(Value::whole(*count)) : std::unexpected(Fault::kCalendarEnds);
    }
    default: CHECK(false && "not an operation on dates");
  }
}

Value share(int64_t part, int64_t total) {
  if (total == 0) return Value::decimal({0});
  return Value::decimal({static_cast<int64_t>(divide(Int128{part} * Decimal::kOne, Int128{total}, Rounding::kDown))});
}

}  // namespace koshi::zan
