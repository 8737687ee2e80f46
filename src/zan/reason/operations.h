#pragma once

#include <expected>

#include "base/calendar.h"
#include "zan/corpus/ir.h"

/// Operations on known values, none among them. Pure. Internal to this folder.
namespace koshi::zan {

enum class Fault : uint8_t {
  kRange,  ///< a number left 64 bits
  kDate,   ///< a date left the years 1 to 9999
  kDivisionByZero,
  kNoCalendar,    ///< the corpus has none
  kCalendarEnds,  ///< a day outside the calendar's years would have to be counted
  kDepth,         ///< norms or expressions nest too deeply
  kCircle,        ///< a norm depends on itself through a date
  kDrafts,        ///< the reforms cannot be combined on the date of `norm on DATE`
};

using Computed = std::expected<Value, Fault>;

/// Of one kind, never none. Order is defined for numbers, money, dates and days.
bool compare(Op op, const Value& a, const Value& b);

/// kAdd, kSub, kMulWhole, kMulDecimal, kDiv, kMin, kMax, kNegate, kToDecimal, kRound: `b` is ignored where there is one operand.
Computed compute_number(const Node& node, const Value& a, const Value& b);
/// kAddDays, kAddWorkingDays, kAddMonths, kDateDiff, kCompletedYears, kCompletedMonths, kWorkingDaysBetween, kYearOf.
Computed compute_date(const Node& node, const Value& a, const Value& b, const WorkingCalendar* calendar);
bool is_date_operation(Op op);

/// part / total, cut down after nine places; 0 of 0 is 0.
Value share(int64_t part, int64_t total);

}  // namespace koshi::zan
