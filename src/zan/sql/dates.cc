#include <charconv>

#include "zan/sql/writer.h"

/// Dates by arithmetic on days since 1970-01-01, as base/date.cc does it: the same in every engine, whatever its own functions round to.
namespace koshi::zan::sql {

namespace {

constexpr int64_t kMonthsMax = 9999 * 12;
constexpr int64_t kLiftMonths = 240'000;  // a multiple of twelve that makes every count of months positive

std::string date_range(const char* operand) {
  return std::string(operand) + " BETWEEN " + std::to_string(kFirstDate.days) + " AND " + std::to_string(kLastDate.days);
}

}  // namespace

/// What an atom stands for.
std::optional<int64_t> Writer::constant(ExprId id) const {
  if (!sheet_.is_atom(id)) return std::nullopt;
  std::string_view text = sheet_[id].text;
  if (text.starts_with('(') && text.ends_with(')')) text = text.substr(1, text.size() - 2);
  int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

ExprId Writer::is_date(Num wanted) {
  const Ranges dates(kFirstDate.days, kLastDate.days);
  if (dates.covers(g_.proper(wanted))) return kNoExpr;
  return sheet_.text("(" + date_range("$0") + ")", {number(wanted)});
}

/// Years are counted from 1 March, so that the leap day is the last of its year, in eras of 400 years. All numbers here are positive.
Writer::Civil Writer::civil(ExprId days) {
  if (const auto known = constant(days); known && *known >= kFirstDate.days && *known <= kLastDate.days) {
    const CivilDay day = koshi::civil(Date{static_cast<int32_t>(*known)});
    return {sheet_.atom(std::to_string(day.year)), sheet_.atom(std::to_string(day.month - 1)), sheet_.atom(std::to_string(day.day))};
  }
  const ExprId z = sheet_.text("($0 + 719468)", {days});
  const ExprId era = divided(z, 146'097);
  const ExprId day_of_era = sheet_.text("($0 % 146097)", {z}, true);
  const ExprId year_of_era = divided(sheet_.text("($0 - $1 + $2 - $3)", {day_of_era, divided(day_of_era, 1460), divided(day_of_era, 36'524),
                                                                         divided(day_of_era, 146'096)}),
                                     365);
  const ExprId day_of_year =
      sheet_.text("($0 - (365 * $1 + $2 - $3))", {day_of_era, year_of_era, divided(year_of_era, 4), divided(year_of_era, 100)}, true);
  const ExprId from_march = divided(sheet_.text("(5 * $0 + 2)", {day_of_year}), 153);
  Civil out;
  out.day = sheet_.text("($0 - $1 + 1)", {day_of_year, divided(sheet_.text("(153 * $0 + 2)", {from_march}), 5)}, true);
  out.month = sheet_.text("(($0 + 2) % 12)", {from_march}, true);
  out.year = sheet_.text("($0 * 400 + $1 + CASE WHEN $2 >= 10 THEN 1 ELSE 0 END)", {era, year_of_era, from_march}, true);
  return out;
}

/// The day of the first of the month 0 to 11.
ExprId Writer::month_start(ExprId year, ExprId month) {
  const ExprId march_year = sheet_.text("($0 - CASE WHEN $1 < 2 THEN 1 ELSE 0 END)", {year, month});
  const ExprId day_of_year = divided(sheet_.text("(153 * (($0 + 10) % 12) + 2)", {month}), 5);
  return sheet_.text("($0 * 365 + $1 - $2 + $3 + $4 - 719468)",
                     {march_year, divided(march_year, 4), divided(march_year, 100), divided(march_year, 400), day_of_year});
}

ExprId Writer::month_length(ExprId year, ExprId month) {
  return sheet_.text(
      "CASE WHEN $1 = 1 THEN CASE WHEN $0 % 4 = 0 AND ($0 % 100 <> 0 OR $0 % 400 = 0) THEN 29 ELSE 28 END "
      "WHEN $1 IN (3, 5, 8, 10) THEN 30 ELSE 31 END",
      {year, month});
}

ExprId Writer::add_months(ExprId date, ExprId months, Rounding rounding) {
  const Civil from = civil(date);
  const std::string limit = std::to_string(kMonthsMax);
  const ExprId few = sheet_.text("CASE WHEN $0 BETWEEN -" + limit + " AND " + limit + " THEN $0 ELSE 0 END", {months});
  const ExprId target = sheet_.text("($0 * 12 + $1 + $2)", {from.year, from.month, few}, true);
  const ExprId sure = sheet_.text(speech_.greatest(), {target, sheet_.atom("12")});
  const ExprId year = divided(sure, 12), month = sheet_.text("($0 % 12)", {sure});
  const ExprId length = month_length(year, month);
  const ExprId last = rounding == Rounding::kUp ? length : sheet_.text("($0 - 1)", {length});
  const ExprId day = sheet_.text(speech_.least(), {sheet_.text("($0 - 1)", {from.day}), last});
  const ExprId reached = sheet_.text("($0 + $1)", {month_start(year, month), day});
  const ExprId possible = sheet_.text("($0 BETWEEN 12 AND 119999 AND $1 BETWEEN -" + limit + " AND " + limit + ")", {target, months});
  return sheet_.text("CASE WHEN $0 THEN $1 END", {possible, reached});
}

/// A day that its month lacks is reached on the last day of the month (rounded down), or never within it.
ExprId Writer::completed_months(ExprId from, ExprId to, Rounding rounding) {
  const Civil a = civil(from), b = civil(to);
  const ExprId months = sheet_.text("(($2 - $0) * 12 + $3 - $1)", {a.year, a.month, b.year, b.month});
  ExprId complete = sheet_.text("($0 <= $1)", {a.day, b.day});
  if (rounding != Rounding::kUp) complete = sheet_.text("($0 OR $1 = $2)", {complete, b.day, month_length(b.year, b.month)});
  return sheet_.text("($0 - CASE WHEN $1 THEN 0 ELSE 1 END)", {months, complete});
}

ExprId Writer::of_dates(const NumNode& node, const Operation& o) {
  const ExprId a = number(node.a);
  const bool both = o.op == Op::kCompletedYears || o.op == Op::kCompletedMonths || o.op == Op::kWorkingDaysBetween;
  const ExprId b = node.b == kNoNum ? kNoExpr : number(node.b);
  std::vector<ExprId> dates = {is_date(node.a)};
  if (both) dates.push_back(is_date(node.b));
  std::erase(dates, kNoExpr);
  ExprId out = kNoExpr;
  switch (o.op) {
    case Op::kAddMonths: out = add_months(a, b, o.rounding); break;
    case Op::kYearOf: out = civil(a).year; break;
    case Op::kCompletedMonths: out = completed_months(a, b, o.rounding); break;
    case Op::kCompletedYears: {
      const std::string lift = std::to_string(kLiftMonths), years = std::to_string(kLiftMonths / 12);
      const ExprId raised = sheet_.text("($0 + " + lift + ")", {completed_months(a, b, o.rounding)});
      out = sheet_.text("($0 - " + years + ")", {divided(raised, 12)});
      break;
    }
    case Op::kAddWorkingDays: out = add_working_days(a, b, node.block); break;
    default: out = working_days_between(a, b, node.block);
  }
  if (dates.empty()) return out;
  return sheet_.text("CASE WHEN $0 THEN $1 END", {sheet_.all(std::move(dates)), out});
}

}  // namespace koshi::zan::sql
