#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/date.h"
#include "base/result.h"

/// The official working-day calendar of a five-day week: Saturdays and Sundays are off, listed days differ.
namespace koshi {

class WorkingCalendar {
 public:
  /// A day that differs from the plain week: a holiday on a weekday, or a Saturday that is worked.
  struct Exception {
    Date date;
    bool working;
  };

  /// `first` and `last` bound the years for which the calendar is known.
  /// Errors: first > last, two exceptions for one day that disagree, an exception outside the bounds. Four bytes for
  /// each day.
  static Result<WorkingCalendar> create(Date first, Date last, std::vector<Exception> exceptions);

  Date first() const { return first_; }
  Date last() const { return last_; }

  /// No value outside the known years.
  std::optional<bool> is_working(Date date) const;
  /// The n-th working day after `date` (before it, for n < 0); n = 0 is `date` itself. The first day counted is the
  /// day after. Logarithmic in the days known.
  /// No value when a day outside the known years would have to be counted.
  std::optional<Date> add_working_days(Date date, int64_t n) const;
  /// Working days d with from < d <= to; negative, symmetric, when to < from. No value when one of
  /// these days is outside the known years.
  std::optional<int64_t> working_days_between(Date from, Date to) const;

 private:
  /// The index in rank_ of a day given as in Date, which may be the day after last_.
  std::optional<size_t> index_of(int64_t day) const;

  Date first_{};
  Date last_{};
  std::vector<int32_t> rank_;  ///< rank_[i] = working days in [first_, first_ + i)
};

}  // namespace koshi
