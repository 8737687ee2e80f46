#pragma once

#include <optional>

#include "base/calendar.h"
#include "zan/corpus/ir.h"

/// One operation on known values that are not none, as plain numbers (tiyn, days, units of 10^-9). Internal to this folder.
namespace koshi::zan::columns {

struct Operation {
  Op op = Op::kAdd;
  Kind first = Kind::kWhole;   ///< of the first operand
  Kind second = Kind::kWhole;  ///< of the second, where there is one
  Rounding rounding = Rounding::kDown;
  int32_t unit = 1;
  const WorkingCalendar* calendar = nullptr;
  bool operator==(const Operation&) const = default;
};

/// No value is a fault of the law's arithmetic: out of range, a division by zero, past the calendar. Total: any numbers may be given,
/// also what lies under unknown rows.
std::optional<int64_t> compute(const Operation& operation, int64_t a, int64_t b);

}  // namespace koshi::zan::columns
