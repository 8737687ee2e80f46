#include "zan/columns/compute.h"

#include "base/check.h"
#include "base/date.h"
#include "base/decimal.h"

namespace koshi::zan::columns {
namespace {

bool is_date(int64_t days) {
  return days >= kFirstDate.days && days <= kLastDate.days;
}

Date to_date(int64_t days) {
  return {static_cast<int32_t>(days)};
}

MonthEnd month_end(Rounding rounding) {
  return rounding == Rounding::kUp ? MonthEnd::kUp : MonthEnd::kDown;
}

std::optional<int64_t> days_of(std::optional<Date> date) {
  return date ? std::optional<int64_t>(date->days) : std::nullopt;
}

/// n / d, both scaled alike, to a multiple of `unit`.
std::optional<int64_t> ratio(Int128 n, Int128 d, Rounding rounding, int32_t unit) {
  if (d < 0) {
    n = -n;
    d = -d;
  }
  return narrow(divide(n, d * unit, rounding) * unit);
}

std::optional<int64_t> quotient(const Operation& o, Int128 a, Int128 b) {
  if (b == 0) return std::nullopt;
  if (o.first != Kind::kMoney || o.second == Kind::kMoney) return ratio(a * Decimal::kOne, b, o.rounding, 1);
  return ratio(o.second == Kind::kWhole ? a : a * Decimal::kOne, b, o.rounding, o.unit);
}

std::optional<int64_t> product(const Operation& o, int64_t a, int64_t b) {
  if (o.first == Kind::kMoney) {
    const auto money = multiply(Money{a}, Decimal{b}, o.rounding, o.unit);
    return money ? std::optional(money->tiyn) : std::nullopt;
  }
  const auto decimal = multiply(Decimal{a}, Decimal{b}, o.rounding);
  return decimal ? std::optional(decimal->units) : std::nullopt;
}

std::optional<int64_t> of_dates(const Operation& o, int64_t a, int64_t b) {
  const bool both = o.op == Op::kCompletedYears || o.op == Op::kCompletedMonths || o.op == Op::kWorkingDaysBetween;
  if (!is_date(a) || (both && !is_date(b))) return std::nullopt;
  switch (o.op) {
    case Op::kAddDays: return days_of(add_days(to_date(a), b));
    case Op::kAddMonths: return days_of(add_months(to_date(a), b, month_end(o.rounding)));
    case Op::kCompletedYears: return completed_years(to_date(a), to_date(b), month_end(o.rounding));
    case Op::kCompletedMonths: return completed_months(to_date(a), to_date(b), month_end(o.rounding));
    case Op::kYearOf: return civil(to_date(a)).year;
    case Op::kAddWorkingDays: return o.calendar == nullptr ? std::nullopt : days_of(o.calendar->add_working_days(to_date(a), b));
    default: return o.calendar == nullptr ? std::nullopt : o.calendar->working_days_between(to_date(a), to_date(b));
  }
}

}  // namespace

std::optional<int64_t> compute(const Operation& o, int64_t a, int64_t b) {
  switch (o.op) {
    case Op::kAdd: return narrow(Int128{a} + b);
    case Op::kSub:
    case Op::kDateDiff: return narrow(Int128{a} - b);
    case Op::kNegate: return narrow(-Int128{a});
    case Op::kToDecimal: return narrow(Int128{a} * Decimal::kOne);
    case Op::kMulWhole: return narrow(Int128{a} * b);
    case Op::kMulDecimal: return product(o, a, b);
    case Op::kDiv: return quotient(o, a, b);
    case Op::kRound: return ratio(a, 1, o.rounding, o.unit);
    case Op::kMin: return b < a ? b : a;
    case Op::kMax: return b > a ? b : a;
    default: return of_dates(o, a, b);
  }
}

}  // namespace koshi::zan::columns
