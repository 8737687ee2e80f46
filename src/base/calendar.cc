#include "base/calendar.h"

#include <algorithm>
#include <string>

#include "base/check.h"

namespace koshi {
namespace {

constexpr int kSaturday = 6;

bool by_date(const WorkingCalendar::Exception& a, const WorkingCalendar::Exception& b) {
  return a.date < b.date;
}

Result<void> expect_consistent(Date first, Date last, const std::vector<WorkingCalendar::Exception>& sorted) {
  for (size_t i = 0; i < sorted.size(); ++i) {
    const auto& [date, working] = sorted[i];
    if (date < first || date > last) {
      return fail("the exceptional day " + format_date(date) + " lies outside the calendar, " + format_date(first) + " to " +
                  format_date(last) + "; remove it or widen the calendar");
    }
    if (i > 0 && sorted[i - 1].date == date && sorted[i - 1].working != working) {
      return fail("the day " + format_date(date) + " is listed both as working and as off; keep one of the two");
    }
  }
  return {};
}

}  // namespace

Result<WorkingCalendar> WorkingCalendar::create(Date first, Date last, std::vector<Exception> exceptions) {
  CHECK(first >= kFirstDate && last <= kLastDate);
  if (first > last) {
    return fail("the calendar begins on " + format_date(first) + ", after its end on " + format_date(last) + "; exchange the two");
  }
  std::ranges::sort(exceptions, by_date);
  TRY_DO(expect_consistent(first, last, exceptions));

  WorkingCalendar calendar;
  calendar.first_ = first;
  calendar.last_ = last;
  calendar.rank_.reserve(static_cast<size_t>(last.days - first.days) + 2);
  calendar.rank_.push_back(0);
  auto exception = exceptions.begin();
  for (Date date = first; date <= last; ++date.days) {
    bool working = weekday(date) < kSaturday;
    for (; exception != exceptions.end() && exception->date == date; ++exception) working = exception->working;
    calendar.rank_.push_back(calendar.rank_.back() + (working ? 1 : 0));
  }
  return calendar;
}

std::optional<size_t> WorkingCalendar::index_of(int64_t day) const {
  const int64_t offset = day - first_.days;
  if (offset < 0 || offset >= static_cast<int64_t>(rank_.size())) return std::nullopt;
  return static_cast<size_t>(offset);
}

std::optional<bool> WorkingCalendar::is_working(Date date) const {
  const auto before = index_of(date.days);
  const auto after = index_of(int64_t{date.days} + 1);
  if (!before || !after) return std::nullopt;
  return rank_[*after] > rank_[*before];
}

std::optional<Date> WorkingCalendar::add_working_days(Date date, int64_t n) const {
  if (n == 0) return date;
  const auto start = index_of(int64_t{date.days} + (n > 0 ? 1 : 0));
  // Compared before it is added, because n may be anything.
  if (!start || n > rank_.back() || n < -rank_.back()) return std::nullopt;
  const int64_t target = rank_[*start] + n;
  if (target < 0 || target > rank_.back()) return std::nullopt;
  // Forwards the day sought ends where the rank first reaches the target, backwards it begins where it last holds it.
  const auto edge = n > 0 ? std::ranges::lower_bound(rank_, target) : std::ranges::upper_bound(rank_, target);
  return Date{first_.days + static_cast<int32_t>(edge - rank_.begin()) - 1};
}

std::optional<int64_t> WorkingCalendar::working_days_between(Date from, Date to) const {
  const auto after_from = index_of(int64_t{from.days} + 1);
  const auto after_to = index_of(int64_t{to.days} + 1);
  if (!after_from || !after_to) return std::nullopt;
  return int64_t{rank_[*after_to]} - rank_[*after_from];
}

}  // namespace koshi
