#include "base/date.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <chrono>
#include <limits>

namespace koshi {
namespace {

namespace chrono = std::chrono;

constexpr int64_t kHuge = std::numeric_limits<int64_t>::max();
constexpr int64_t kTiny = std::numeric_limits<int64_t>::min();

Date on(std::string_view text) {
  return parse_date(text).value();
}

chrono::year_month_day oracle(Date date) {
  return chrono::sys_days(chrono::days(date.days));
}

rc::Gen<Date> any_date() {
  return rc::gen::map(rc::gen::inRange(kFirstDate.days, kLastDate.days + 1), [](int days) { return Date{days}; });
}

rc::Gen<MonthEnd> any_end() {
  return rc::gen::element(MonthEnd::kDown, MonthEnd::kUp);
}

std::optional<Date> add_months_by_chrono(Date date, int months, MonthEnd end) {
  const chrono::year_month_day from = oracle(date);
  const chrono::year_month month = from.year() / from.month() + chrono::months(months);
  if (month.year() < chrono::year(1) || month.year() > chrono::year(9999)) return std::nullopt;
  const chrono::year_month_day same_day = month / from.day();
  const chrono::sys_days last = chrono::year_month_day_last(month.year(), chrono::month_day_last(month.month()));
  const chrono::sys_days reached = same_day.ok() ? chrono::sys_days(same_day) : end == MonthEnd::kUp ? last + chrono::days(1) : last;
  return Date{static_cast<int32_t>(reached.time_since_epoch().count())};
}

TEST(Date, AgreesWithChronoOnEveryDay) {
  for (Date date = kFirstDate; date <= kLastDate; ++date.days) {
    const CivilDay parts = civil(date);
    const chrono::year_month_day expected = oracle(date);
    ASSERT_EQ(parts.year, static_cast<int>(expected.year()));
    ASSERT_EQ(static_cast<unsigned>(parts.month), static_cast<unsigned>(expected.month()));
    ASSERT_EQ(static_cast<unsigned>(parts.day), static_cast<unsigned>(expected.day()));
    ASSERT_EQ(make_date(parts.year, parts.month, parts.day), date);
    ASSERT_EQ(static_cast<unsigned>(weekday(date)), chrono::weekday(chrono::sys_days(chrono::days(date.days))).iso_encoding());
  }
}

RC_GTEST_PROP(Date, MakeDateAcceptsWhatChronoAccepts, ()) {
  const int year = *rc::gen::inRange(-5, 10'005);
  const int month = *rc::gen::inRange(-1, 15);
  const int day = *rc::gen::inRange(-1, 34);
  const bool ok = year >= 1 && year <= 9999 && month >= 0 && day >= 0 && (chrono::year(year) / month / day).ok();
  RC_ASSERT(make_date(year, month, day).has_value() == ok);
}

RC_GTEST_PROP(Date, FormatAndParseAreInverse, ()) {
  const Date date = *any_date();
  RC_ASSERT(format_date(date).size() == 10u);
  RC_ASSERT(parse_date(format_date(date)) == date);
}

TEST(Date, Bounds) {
  EXPECT_EQ(format_date(kFirstDate), "0001-01-01");
  EXPECT_EQ(format_date(kLastDate), "9999-12-31");
  EXPECT_FALSE(make_date(0, 12, 31));
  EXPECT_FALSE(make_date(10'000, 1, 1));
  EXPECT_FALSE(make_date(2023, 2, 29));
  EXPECT_FALSE(make_date(1900, 2, 29));
  EXPECT_TRUE(make_date(2000, 2, 29));
}

TEST(Date, ParseTakesOneFormOnly) {
  EXPECT_EQ(on("1970-01-02").days, 1);
  for (const char* text : {"", "2024-1-01", "2024-01-1", "2024-01-01 ", " 2024-01-01", "2024/01/01", "2024-13-01", "2024-00-10",
                           "2024-01-00", "0000-01-01", "+024-01-01", "2024-01--1", "20240101xx"}) {
    EXPECT_FALSE(parse_date(text)) << text;
  }
}

TEST(Date, AddDaysStopsAtTheBounds) {
  EXPECT_EQ(add_days(on("2024-02-28"), 2), on("2024-03-01"));
  EXPECT_EQ(add_days(kFirstDate, kLastDate.days - kFirstDate.days), kLastDate);
  EXPECT_FALSE(add_days(kLastDate, 1));
  EXPECT_FALSE(add_days(kFirstDate, -1));
  EXPECT_FALSE(add_days(kLastDate, kHuge));
  EXPECT_FALSE(add_days(kFirstDate, kTiny));
}

TEST(Date, AddMonthsAtMonthEnds) {
  EXPECT_EQ(add_months(on("2024-01-31"), 1, MonthEnd::kDown), on("2024-02-29"));
  EXPECT_EQ(add_months(on("2024-01-31"), 1, MonthEnd::kUp), on("2024-03-01"));
  EXPECT_EQ(add_months(on("2024-03-31"), -1, MonthEnd::kDown), on("2024-02-29"));
  EXPECT_EQ(add_months(on("2024-12-15"), 1, MonthEnd::kUp), on("2025-01-15"));
  EXPECT_FALSE(add_months(kLastDate, 1, MonthEnd::kDown));
  EXPECT_FALSE(add_months(kFirstDate, -1, MonthEnd::kDown));
  EXPECT_FALSE(add_months(kFirstDate, kHuge, MonthEnd::kUp));
  EXPECT_FALSE(add_months(kFirstDate, kTiny, MonthEnd::kUp));
}

RC_GTEST_PROP(Date, AddMonthsAgreesWithChrono, ()) {
  const Date date = *any_date();
  const int months = *rc::gen::oneOf(rc::gen::inRange(-30, 30), rc::gen::inRange(-121'000, 121'000));
  const MonthEnd end = *any_end();
  RC_ASSERT(add_months(date, months, end) == add_months_by_chrono(date, months, end));
}

TEST(Date, BirthdayOnTheLeapDay) {
  const Date born = on("2004-02-29");
  EXPECT_EQ(completed_years(born, on("2022-02-27"), MonthEnd::kDown), 17);
  EXPECT_EQ(completed_years(born, on("2022-02-28"), MonthEnd::kDown), 18);
  EXPECT_EQ(completed_years(born, on("2022-02-28"), MonthEnd::kUp), 17);
  EXPECT_EQ(completed_years(born, on("2022-03-01"), MonthEnd::kUp), 18);
}

TEST(Date, CompletedCountsBackwards) {
  EXPECT_EQ(completed_months(on("2024-02-15"), on("2024-02-15"), MonthEnd::kDown), 0);
  EXPECT_EQ(completed_months(on("2024-02-15"), on("2024-02-14"), MonthEnd::kDown), -1);
  EXPECT_EQ(completed_years(on("2024-02-15"), on("2024-02-14"), MonthEnd::kDown), -1);
  EXPECT_EQ(completed_months(on("0001-01-31"), kFirstDate, MonthEnd::kDown), -1);
}

RC_GTEST_PROP(Date, CompletedMonthsIsTheLargestThatFits, ()) {
  const Date from = *any_date();
  const Date to = *any_date();
  const MonthEnd end = *any_end();
  const int64_t months = completed_months(from, to, end);
  const auto reached = add_months(from, months, end);
  const auto beyond = add_months(from, months + 1, end);
  RC_ASSERT((!reached || *reached <= to));
  RC_ASSERT((!beyond || *beyond > to));
}

RC_GTEST_PROP(Date, CompletedYearsIsTheLargestThatFits, ()) {
  const Date from = *any_date();
  const Date to = *any_date();
  const MonthEnd end = *any_end();
  const int64_t years = completed_years(from, to, end);
  const auto reached = add_months(from, years * 12, end);
  const auto beyond = add_months(from, (years + 1) * 12, end);
  RC_ASSERT((!reached || *reached <= to));
  RC_ASSERT((!beyond || *beyond > to));
}

TEST(DateDeathTest, OutOfRangeIsABug) {
  EXPECT_DEATH(civil(Date{kLastDate.days + 1}), "CHECK failed");
  EXPECT_DEATH(weekday(Date{kFirstDate.days - 1}), "CHECK failed");
}

}  // namespace
}  // namespace koshi
