#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Civil dates of the proleptic Gregorian calendar. No clock, no time zone.
namespace koshi {

/// What becomes of a day that the target month lacks (29 February + 1 year): the month's last day, or the next month's
/// first.
enum class MonthEnd : uint8_t { kDown, kUp };

/// A civil day, held as days since 1970-01-01. Every value between 0001-01-01 and 9999-12-31 is valid; arithmetic that
/// leaves this range gives no date.
struct Date {
  int32_t days = 0;
  auto operator<=>(const Date&) const = default;
};

struct CivilDay {
  int year;
  int month;  ///< 1..12
  int day;    ///< 1..31
};

inline constexpr Date kFirstDate{-719162};  ///< 0001-01-01
inline constexpr Date kLastDate{2932896};   ///< 9999-12-31

/// No value when the day does not exist (2023-02-29) or is out of range.
std::optional<Date> make_date(int year, int month, int day);
CivilDay civil(Date date);

/// Exactly "YYYY-MM-DD"; anything else gives no value.
std::optional<Date> parse_date(std::string_view text);
std::string format_date(Date date);

std::optional<Date> add_days(Date date, int64_t days);
/// 2024-01-31 + 1 month is 2024-02-29 rounded down and 2024-03-01 rounded up.
std::optional<Date> add_months(Date date, int64_t months, MonthEnd end);

/// Completed months from `from` to `to`: the largest n with add_months(from, n, end) <= to. Negative when `to` is
/// earlier; near kFirstDate the count goes on as if earlier dates existed.
int64_t completed_months(Date from, Date to, MonthEnd end);
/// Completed years in the same sense: a person born on 29 February turns 18 on 28 February (kDown) or 1 March (kUp).
int64_t completed_years(Date from, Date to, MonthEnd end);

/// 1 = Monday … 7 = Sunday.
int weekday(Date date);

}  // namespace koshi
