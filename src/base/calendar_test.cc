#include "base/calendar.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>
#include <map>

namespace koshi {
namespace {

Date on(std::string_view text) {
  return parse_date(text).value();
}

/// The same calendar by its definition: a set of days, walked one by one.
struct Oracle {
  Date first;
  Date last;
  std::map<Date, bool> exceptions;

  bool knows(Date date) const { return date >= first && date <= last; }

  bool works(Date date) const {
    const auto found = exceptions.find(date);
    return found != exceptions.end() ? found->second : weekday(date) <= 5;
  }

  std::optional<Date> add(Date date, int64_t n) const {
    const int step = n < 0 ? -1 : 1;
    for (int64_t left = n * step; left > 0;) {
      date.days += step;
      if (!knows(date)) return std::nullopt;
      if (works(date)) --left;
    }
    return date;
  }

  std::optional<int64_t> between(Date from, Date to) const {
    if (to < from) {
      const auto forwards = between(to, from);
      return forwards ? std::optional(-*forwards) : std::nullopt;
    }
    int64_t count = 0;
    for (Date date{from.days + 1}; date <= to; ++date.days) {
      if (!knows(date)) return std::nullopt;
      count += works(date) ? 1 : 0;
    }
    return count;
  }

  WorkingCalendar calendar() const {
    std::vector<WorkingCalendar::Exception> list;
    for (const auto& [date, working] : exceptions) list.insert(list.begin(), {date, working});
    return WorkingCalendar::create(first, last, list).value();
  }
};

/// Short calendars, so that the bounds are met often.
Oracle any_oracle() {
  const int first = *rc::gen::inRange(19'000, 19'400);
  const int length = *rc::gen::inRange(1, 60);
  Oracle oracle{.first = Date{first}, .last = Date{first + length - 1}, .exceptions = {}};
  const auto listed = *rc::gen::container<std::map<int, bool>>(rc::gen::inRange(0, length), rc::gen::arbitrary<bool>());
  for (const auto& [offset, working] : listed) oracle.exceptions[Date{first + offset}] = working;
  return oracle;
}

Date any_date_near(const Oracle& oracle) {
  return Date{*rc::gen::inRange(oracle.first.days - 5, oracle.last.days + 6)};
}

RC_GTEST_PROP(WorkingCalendar, IsWorkingAgreesWithBruteForce, ()) {
  const Oracle oracle = any_oracle();
  const WorkingCalendar calendar = oracle.calendar();
  for (Date date{oracle.first.days - 3}; date.days <= oracle.last.days + 3; ++date.days) {
    const auto working = calendar.is_working(date);
    RC_ASSERT(working.has_value() == oracle.knows(date));
    RC_ASSERT((!working || *working == oracle.works(date)));
  }
}

RC_GTEST_PROP(WorkingCalendar, AddAgreesWithBruteForce, ()) {
  const Oracle oracle = any_oracle();
  const WorkingCalendar calendar = oracle.calendar();
  for (int i = 0; i < 20; ++i) {
    const Date date = any_date_near(oracle);
    const int n = *rc::gen::inRange(-45, 46);
    RC_ASSERT(calendar.add_working_days(date, n) == oracle.add(date, n));
  }
}

RC_GTEST_PROP(WorkingCalendar, BetweenAgreesWithBruteForce, ()) {
  const Oracle oracle = any_oracle();
  const WorkingCalendar calendar = oracle.calendar();
  const Date from = any_date_near(oracle);
  const Date to = any_date_near(oracle);
  // An empty span outside the known years is the one case in which nothing is counted and nothing is known.
  RC_PRE(from != to || oracle.knows(from));
  RC_ASSERT(calendar.working_days_between(from, to) == oracle.between(from, to));
}

TEST(WorkingCalendar, SkipsHolidaysAndCountsWorkedSaturdays) {
  // Nauryz 2024: 21 to 25 March off, Saturday 30 March worked.
  const auto calendar =
      WorkingCalendar::create(on("2024-01-01"), on("2024-12-31"),
                              {{on("2024-03-21"), false}, {on("2024-03-22"), false}, {on("2024-03-25"), false}, {on("2024-03-30"), true}})
          .value();
  EXPECT_EQ(calendar.add_working_days(on("2024-03-20"), 1), on("2024-03-26"));
  EXPECT_EQ(calendar.add_working_days(on("2024-03-29"), 1), on("2024-03-30"));
  EXPECT_EQ(calendar.add_working_days(on("2024-03-26"), -1), on("2024-03-20"));
  EXPECT_EQ(calendar.working_days_between(on("2024-03-20"), on("2024-04-01")), 6);
  EXPECT_EQ(calendar.working_days_between(on("2024-04-01"), on("2024-03-20")), -6);
}

TEST(WorkingCalendar, KnowsNothingOutsideItsYears) {
  const auto calendar = WorkingCalendar::create(on("2024-01-01"), on("2024-12-31"), {}).value();
  EXPECT_FALSE(calendar.is_working(on("2023-12-31")));
  EXPECT_FALSE(calendar.is_working(on("2025-01-01")));
  EXPECT_EQ(calendar.add_working_days(on("2023-12-31"), 1), on("2024-01-01"));
  EXPECT_FALSE(calendar.add_working_days(on("2024-12-31"), 1));
  EXPECT_FALSE(calendar.add_working_days(on("2024-06-01"), std::numeric_limits<int64_t>::max()));
  EXPECT_FALSE(calendar.add_working_days(on("2024-06-01"), std::numeric_limits<int64_t>::min()));
  EXPECT_EQ(calendar.add_working_days(on("2030-06-01"), 0), on("2030-06-01"));
}

TEST(WorkingCalendar, DefaultKnowsNoDay) {
  const WorkingCalendar calendar;
  EXPECT_FALSE(calendar.is_working(Date{0}));
  EXPECT_FALSE(calendar.add_working_days(Date{0}, 1));
  EXPECT_FALSE(calendar.working_days_between(Date{0}, Date{1}));
}

TEST(WorkingCalendar, RefusesContradictions) {
  const Date first = on("2024-01-01");
  const Date last = on("2024-12-31");
  const Date day = on("2024-05-01");
  EXPECT_TRUE(WorkingCalendar::create(first, last, {{day, false}, {day, false}}));
  EXPECT_FALSE(WorkingCalendar::create(first, last, {{day, false}, {day, true}}));
  EXPECT_FALSE(WorkingCalendar::create(last, first, {}));
  const auto outside = WorkingCalendar::create(first, last, {{on("2025-01-01"), false}});
  EXPECT_EQ(outside.error().message,
            "the exceptional day 2025-01-01 lies outside the calendar, 2024-01-01 to 2024-12-31; remove it or widen "
            "the calendar");
}

}  // namespace
}  // namespace koshi
