#include "base/date.h"

#include <algorithm>

#include "base/check.h"

namespace koshi {
namespace {

// Years are counted from 1 March, so that the leap day is the last of its year, and in eras of 400 years, after which
// the calendar repeats.
constexpr int kDaysPerEra = 146'097;
constexpr int kEpochFromEra = 719'468;  // from 0000-03-01 to 1970-01-01
constexpr int64_t kMonthsMax = 9999 * 12;

bool is_leap(int year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int month_length(int year, int month) {
  if (month == 2) return is_leap(year) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

Date from_civil(int year, int month, int day) {
  const int march_year = month <= 2 ? year - 1 : year;
  const int era = march_year / 400;
  const int year_of_era = march_year % 400;
  const int month_from_march = (month + 9) % 12;
  const int day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
  const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return Date{era * kDaysPerEra + day_of_era - kEpochFromEra};
}

int64_t floor_divide(int64_t n, int64_t d) {
  return n / d - (n % d < 0 ? 1 : 0);
}

std::optional<int> parse_digits(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

void append_digits(std::string& out, int value, int width) {
  const std::string digits = std::to_string(value);
  out.append(static_cast<size_t>(width) - std::min(digits.size(), static_cast<size_t>(width)), '0');
  out += digits;
}

}  // namespace

std::optional<Date> make_date(int year, int month, int day) {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > month_length(year, month)) {
    return std::nullopt;
  }
  return from_civil(year, month, day);
}

CivilDay civil(Date date) {
  CHECK(date >= kFirstDate && date <= kLastDate);
  const int from_era = date.days + kEpochFromEra;
  const int era = from_era / kDaysPerEra;
  const int day_of_era = from_era % kDaysPerEra;
  const int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int month_from_march = (5 * day_of_year + 2) / 153;
  const int day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
  const int month = (month_from_march + 2) % 12 + 1;
  return {.year = era * 400 + year_of_era + (month <= 2 ? 1 : 0), .month = month, .day = day};
}

std::optional<Date> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = parse_digits(text.substr(0, 4));
  const auto month = parse_digits(text.substr(5, 2));
  const auto day = parse_digits(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  return make_date(*year, *month, *day);
}

std::string format_date(Date date) {
  const CivilDay parts = civil(date);
  std::string out;
  append_digits(out, parts.year, 4);
  out += '-';
  append_digits(out, parts.month, 2);
  out += '-';
  append_digits(out, parts.day, 2);
  return out;
}

std::optional<Date> add_days(Date date, int64_t days) {
  // Compared this way round because date + days may overflow.
  if (days < kFirstDate.days - int64_t{date.days} || days > kLastDate.days - int64_t{date.days}) return std::nullopt;
  return Date{static_cast<int32_t>(date.days + days)};
}

std::optional<Date> add_months(Date date, int64_t months, MonthEnd end) {
  if (months < -kMonthsMax || months > kMonthsMax) return std::nullopt;
  const CivilDay from = civil(date);
  const int64_t target = int64_t{from.year} * 12 + (from.month - 1) + months;
  const int year = static_cast<int>(floor_divide(target, 12));
  const int month = static_cast<int>(target - int64_t{year} * 12) + 1;
  if (year < 1 || year > 9999) return std::nullopt;
  const int length = month_length(year, month);
  if (from.day <= length) return from_civil(year, month, from.day);
  const Date last = from_civil(year, month, length);
  return end == MonthEnd::kDown ? last : Date{last.days + 1};
}

int64_t completed_months(Date from, Date to, MonthEnd end) {
  const CivilDay a = civil(from);
  const CivilDay b = civil(to);
  const int64_t months = int64_t{b.year - a.year} * 12 + (b.month - a.month);
  // from + months falls into the month of `to` or on the first day after it, so it is right or one too many.
  const std::optional<Date> reached = add_months(from, months, end);
  CHECK(reached.has_value());
  return *reached <= to ? months : months - 1;
}

int64_t completed_years(Date from, Date to, MonthEnd end) {
  return floor_divide(completed_months(from, to, end), 12);
}

int weekday(Date date) {
  CHECK(date >= kFirstDate && date <= kLastDate);
  // 0001-01-01 was a Monday.
  return (date.days - kFirstDate.days) % 7 + 1;
}

}  // namespace koshi
