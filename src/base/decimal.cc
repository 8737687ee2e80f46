#include "base/decimal.h"

#include <limits>

#include "base/check.h"

namespace koshi {
namespace {

constexpr size_t kDecimalPlaces = 9;
constexpr size_t kMoneyPlaces = 2;
constexpr Int128 kMin64 = std::numeric_limits<int64_t>::min();
constexpr Int128 kMax64 = std::numeric_limits<int64_t>::max();

template <typename T>
std::optional<T> narrow_to(Int128 value) {
  const std::optional<int64_t> units = narrow(value);
  if (!units) return std::nullopt;
  return T{*units};
}

// The factors are at most 2^63 in size, so no product or sum here leaves 128 bits.
Int128 wide(int64_t value) {
  return value;
}

Int128 divide_signed(Int128 n, Int128 d, Rounding rounding) {
  return d < 0 ? divide(-n, -d, rounding) : divide(n, d, rounding);
}

bool append_digits(Int128& value, std::string_view digits) {
  for (const char c : digits) {
    if (c < '0' || c > '9') return false;
    value = value * 10 + (c - '0');
    if (value > -kMin64) return false;
  }
  return true;
}

template <typename T>
std::optional<T> parse_fixed(std::string_view text, size_t places) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const size_t point = text.find('.');
  const bool pointed = point != std::string_view::npos;
  const std::string_view whole = text.substr(0, point);
  const std::string_view part = pointed ? text.substr(point + 1) : std::string_view();
  // A point stands between digits.
  if (whole.empty() || pointed == part.empty() || part.size() > places) return std::nullopt;
  Int128 value = 0;
  if (!append_digits(value, whole) || !append_digits(value, part)) return std::nullopt;
  for (size_t i = part.size(); i < places; ++i) value *= 10;
  return narrow_to<T>(negative ? -value : value);
}

/// "-12.050": the sign, the whole part and exactly `places` digits.
std::string format_fixed(int64_t value, size_t places) {
  uint64_t rest = value < 0 ? -static_cast<uint64_t>(value) : static_cast<uint64_t>(value);
  std::string reversed;
  for (size_t i = 0; rest > 0 || i <= places; ++i) {
    if (i == places) reversed += '.';
    reversed += static_cast<char>('0' + rest % 10);
    rest /= 10;
  }
  if (value < 0) reversed += '-';
  return {reversed.rbegin(), reversed.rend()};
}

}  // namespace

Int128 divide(Int128 n, Int128 d, Rounding rounding) {
  CHECK(d > 0);
  Int128 floor = n / d;
  Int128 rest = n % d;
  if (rest < 0) {
    floor -= 1;
    rest += d;
  }
  if (rest == 0 || rounding == Rounding::kDown) return floor;
  if (rounding == Rounding::kUp) return floor + 1;
  // Compared with d - rest because 2 * rest may overflow. A negative tie stays at the floor, away from zero.
  const bool above_half = rest > d - rest || (rest == d - rest && n > 0);
  return above_half ? floor + 1 : floor;
}

std::optional<int64_t> narrow(Int128 value) {
  if (value < kMin64 || value > kMax64) return std::nullopt;
  return static_cast<int64_t>(value);
}

std::optional<Decimal> parse_decimal(std::string_view text) {
  return parse_fixed<Decimal>(text, kDecimalPlaces);
}

std::string format_decimal(Decimal value) {
  std::string out = format_fixed(value.units, kDecimalPlaces);
  out.erase(out.find_last_not_of('0') + 1);
  if (out.ends_with('.')) out.pop_back();
  return out;
}

std::optional<Money> parse_money(std::string_view text) {
  return parse_fixed<Money>(text, kMoneyPlaces);
}

std::string format_money(Money value) {
  std::string out = format_fixed(value.tiyn, kMoneyPlaces);
  if (out.ends_with(".00")) out.erase(out.size() - 3);
  return out;
}

std::optional<Decimal> add(Decimal a, Decimal b) {
  return narrow_to<Decimal>(wide(a.units) + b.units);
}
std::optional<Decimal> subtract(Decimal a, Decimal b) {
  return narrow_to<Decimal>(wide(a.units) - b.units);
}

std::optional<Decimal> multiply(Decimal a, Decimal b, Rounding rounding) {
  return narrow_to<Decimal>(divide(wide(a.units) * b.units, Int128{Decimal::kOne}, rounding));
}

std::optional<Decimal> divide(Decimal a, Decimal b, Rounding rounding) {
  if (b.units == 0) return std::nullopt;
  return narrow_to<Decimal>(divide_signed(wide(a.units) * Decimal::kOne, b.units, rounding));
}

std::optional<Decimal> to_decimal(int64_t whole) {
  return narrow_to<Decimal>(wide(whole) * Decimal::kOne);
}

std::optional<Money> add(Money a, Money b) {
  return narrow_to<Money>(wide(a.tiyn) + b.tiyn);
}
std::optional<Money> subtract(Money a, Money b) {
  return narrow_to<Money>(wide(a.tiyn) - b.tiyn);
}
std::optional<Money> multiply(Money a, int64_t times) {
  return narrow_to<Money>(wide(a.tiyn) * times);
}

std::optional<Money> multiply(Money a, Decimal by, Rounding rounding, int64_t unit) {
  CHECK(unit > 0);
  return narrow_to<Money>(divide(wide(a.tiyn) * by.units, wide(Decimal::kOne) * unit, rounding) * unit);
}

std::optional<Money> divide(Money a, int64_t by, Rounding rounding, int64_t unit) {
  CHECK(unit > 0);
  if (by == 0) return std::nullopt;
  return narrow_to<Money>(divide_signed(a.tiyn, wide(by) * unit, rounding) * unit);
}

std::optional<Money> round_to(Money a, int64_t unit, Rounding rounding) {
  return divide(a, 1, rounding, unit);
}

}  // namespace koshi
