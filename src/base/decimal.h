#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Exact numbers of the law: decimals with nine places and money in tiyn, both in 64 bits with 128-bit products.
/// Every operation that leaves the range gives no value; nothing wraps and nothing is rounded silently.
namespace koshi {

__extension__ typedef __int128 Int128;

enum class Rounding : uint8_t {
  kDown,    ///< towards minus infinity
  kUp,      ///< towards plus infinity
  kHalfUp,  ///< to the nearest; a tie goes away from zero
};

/// n / d in the given rounding, d > 0.
Int128 divide(Int128 n, Int128 d, Rounding rounding);
/// No value outside 64 bits.
std::optional<int64_t> narrow(Int128 value);

/// A decimal with nine places: 0.7 is units = 700'000'000.
struct Decimal {
  static constexpr int64_t kOne = 1'000'000'000;
  int64_t units = 0;
  auto operator<=>(const Decimal&) const = default;
};

/// Tenge in hundredths (tiyn): 3,692 tenge is tiyn = 369'200.
struct Money {
  static constexpr int64_t kTenge = 100;
  int64_t tiyn = 0;
  auto operator<=>(const Money&) const = default;
};

/// "12", "-0.5", at most nine decimal places; no exponent, no separators.
std::optional<Decimal> parse_decimal(std::string_view text);
std::string format_decimal(Decimal value);  ///< shortest exact form: "0.7", "12"

/// "3692" or "1234.50", at most two places.
std::optional<Money> parse_money(std::string_view text);
std::string format_money(Money value);  ///< "3692" or "1234.50", without a unit

std::optional<Decimal> add(Decimal a, Decimal b);
std::optional<Decimal> subtract(Decimal a, Decimal b);
std::optional<Decimal> multiply(Decimal a, Decimal b, Rounding rounding);
/// No value when b is zero.
std::optional<Decimal> divide(Decimal a, Decimal b, Rounding rounding);
std::optional<Decimal> to_decimal(int64_t whole);

std::optional<Money> add(Money a, Money b);
std::optional<Money> subtract(Money a, Money b);
std::optional<Money> multiply(Money a, int64_t times);
/// `unit` > 0 is what the result is a multiple of, in tiyn: 1, or Money::kTenge for whole tenge. Rounded once, at the
/// end.
std::optional<Money> multiply(Money a, Decimal by, Rounding rounding, int64_t unit = 1);
/// No value when `by` is zero.
std::optional<Money> divide(Money a, int64_t by, Rounding rounding, int64_t unit = 1);
std::optional<Money> round_to(Money a, int64_t unit, Rounding rounding);

}  // namespace koshi
