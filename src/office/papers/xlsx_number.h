#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// The numbers of a workbook as digits: they never pass through floating point on the way in.
namespace koshi::papers {

inline constexpr size_t kNumberMaxDigits = 40;    ///< after an exponent is written out
inline constexpr size_t kNumberShownDigits = 15;  ///< significant ones

/// The day from which a workbook counts: 1 is 1900-01-01 (with a 29 February 1900 that never was), or 0 is 1904-01-01.
enum class DateSystem : uint8_t { k1900, k1904 };

/// "8.80101300123E11" gives "880101300123". A number with a fraction or an exponent is rounded to kNumberShownDigits, in
/// decimal: spreadsheets show so many and store 9.95 as 9.9499999999999993. Other digits stay as they are. No value on
/// anything but [-] digits [. digits] [E [+-] digits], or on more than kNumberMaxDigits.
std::optional<std::string> exact_number(std::string_view text);

/// A day count as exact_number writes it gives "2026-01-05", with a fraction "2026-01-05T13:30:00" to the nearest
/// second. No value outside 1900-01-01 … 9999-12-31, and on 1900-02-29.
std::optional<std::string> serial_date(std::string_view number, DateSystem system);

/// "2026-01-05" or "2026-01-05T13:30:00", with a fraction of seconds and "Z" passed over; midnight gives the day alone.
std::optional<std::string> iso_date(std::string_view text);

/// Whether a number format such as "dd.mm.yyyy" shows a day. Elapsed time ("[h]:mm") and time of day alone do not.
bool is_date_format(std::string_view code);
/// The same for the numbers of the formats that every workbook has.
bool is_builtin_date_format(int64_t id);

}  // namespace koshi::papers
