#include "base/decimal.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <boost/multiprecision/cpp_int.hpp>
#include <limits>

namespace koshi {
namespace {

using Big = boost::multiprecision::cpp_int;

constexpr int64_t kMax = std::numeric_limits<int64_t>::max();
constexpr int64_t kMin = std::numeric_limits<int64_t>::min();
constexpr std::array kRoundings{Rounding::kDown, Rounding::kUp, Rounding::kHalfUp};

rc::Gen<int64_t> any_whole() {
  return rc::gen::oneOf(rc::gen::arbitrary<int64_t>(), rc::gen::inRange<int64_t>(-3'000'000'000, 3'000'000'000),
                        rc::gen::inRange<int64_t>(-20, 20), rc::gen::elementOf(std::vector<int64_t>{kMin, kMin + 1, kMax - 1, kMax}));
}

rc::Gen<int64_t> any_unit() {
  return rc::gen::oneOf(rc::gen::elementOf(std::vector<int64_t>{1, 2, 100, 100'000, kMax}), rc::gen::inRange<int64_t>(1, 1'000'000));
}

rc::Gen<Rounding> any_rounding() {
  return rc::gen::elementOf(kRoundings);
}

/// By the definitions in decimal.h, with division that truncates and numbers that never overflow.
Big rounded_by_oracle(Big n, Big d, Rounding rounding) {
  if (d < 0) {
    n = -n;
    d = -d;
  }
  const Big towards_zero = n / d;
  if (towards_zero * d == n) return towards_zero;
  switch (rounding) {
    case Rounding::kDown: return n < 0 ? towards_zero - 1 : towards_zero;
    case Rounding::kUp: return n < 0 ? towards_zero : towards_zero + 1;
    case Rounding::kHalfUp: break;
  }
  const Big size = (2 * abs(n) + d) / (2 * d);
  return n < 0 ? -size : size;
}

std::optional<int64_t> narrow_by_oracle(const Big& value) {
  if (value < kMin || value > kMax) return std::nullopt;
  return static_cast<int64_t>(value);
}

std::optional<int64_t> raw(std::optional<Decimal> value) {
  return value ? std::optional(value->units) : std::nullopt;
}
std::optional<int64_t> raw(std::optional<Money> value) {
  return value ? std::optional(value->tiyn) : std::nullopt;
}

/// In halves of 64 bits, because boost may lack conversions from the compiler's own type.
Big big(Int128 value) {
  return (Big(static_cast<int64_t>(value >> 64)) << 64) + static_cast<uint64_t>(value);
}

Int128 joined(int64_t high, uint64_t low) {
  return Int128{high} * (Int128{1} << 64) + low;
}

RC_GTEST_PROP(Divide, AgreesWithOracle, ()) {
  const Int128 n = joined(*any_whole(), *rc::gen::arbitrary<uint64_t>());
  const Int128 d = *rc::gen::oneOf(rc::gen::map(any_unit(), [](int64_t unit) { return Int128{unit}; }),
                                   rc::gen::map(any_unit(), [](int64_t unit) { return joined(unit, 1); }));
  const Rounding rounding = *any_rounding();
  RC_ASSERT(big(divide(n, d, rounding)) == rounded_by_oracle(big(n), big(d), rounding));
}

TEST(Divide, RoundsSmallNumbersByTheDefinition) {
  for (int n = -50; n <= 50; ++n) {
    for (int d = 1; d <= 12; ++d) {
      for (const Rounding rounding : kRoundings) {
        EXPECT_EQ(big(divide(Int128{n}, Int128{d}, rounding)), rounded_by_oracle(n, d, rounding)) << n << " / " << d;
      }
    }
  }
}

TEST(Divide, TiesGoAwayFromZero) {
  EXPECT_EQ(static_cast<int>(divide(Int128{5}, Int128{2}, Rounding::kHalfUp)), 3);
  EXPECT_EQ(static_cast<int>(divide(Int128{-5}, Int128{2}, Rounding::kHalfUp)), -3);
  EXPECT_EQ(static_cast<int>(divide(Int128{-5}, Int128{2}, Rounding::kUp)), -2);
  EXPECT_EQ(static_cast<int>(divide(Int128{5}, Int128{2}, Rounding::kDown)), 2);
}

TEST(DivideDeathTest, NeedsAPositiveDivisor) {
  EXPECT_DEATH(divide(Int128{1}, Int128{0}, Rounding::kDown), "CHECK failed");
  EXPECT_DEATH(round_to(Money{1}, 0, Rounding::kDown), "CHECK failed");
}

TEST(Narrow, KeepsSixtyFourBits) {
  EXPECT_EQ(narrow(kMax), kMax);
  EXPECT_EQ(narrow(kMin), kMin);
  EXPECT_FALSE(narrow(Int128{kMax} + 1));
  EXPECT_FALSE(narrow(Int128{kMin} - 1));
}

RC_GTEST_PROP(Decimal, ArithmeticAgreesWithOracle, ()) {
  const Decimal a{*any_whole()};
  const Decimal b{*any_whole()};
  const Rounding rounding = *any_rounding();
  const Big x = a.units;
  const Big y = b.units;
  RC_ASSERT(raw(add(a, b)) == narrow_by_oracle(x + y));
  RC_ASSERT(raw(subtract(a, b)) == narrow_by_oracle(x - y));
  RC_ASSERT(raw(multiply(a, b, rounding)) == narrow_by_oracle(rounded_by_oracle(x * y, Decimal::kOne, rounding)));
  const auto ratio = y == 0 ? std::nullopt : narrow_by_oracle(rounded_by_oracle(x * Decimal::kOne, y, rounding));
  RC_ASSERT(raw(divide(a, b, rounding)) == ratio);
  RC_ASSERT(raw(to_decimal(a.units)) == narrow_by_oracle(x * Decimal::kOne));
}

RC_GTEST_PROP(Money, ArithmeticAgreesWithOracle, ()) {
  const Money a{*any_whole()};
  const Money b{*any_whole()};
  const int64_t whole = *any_whole();
  const Big x = a.tiyn;
  RC_ASSERT(raw(add(a, b)) == narrow_by_oracle(x + b.tiyn));
  RC_ASSERT(raw(subtract(a, b)) == narrow_by_oracle(x - b.tiyn));
  RC_ASSERT(raw(multiply(a, whole)) == narrow_by_oracle(x * whole));
}

RC_GTEST_PROP(Money, RoundingAgreesWithOracle, ()) {
  const Money a{*any_whole()};
  const int64_t by = *any_whole();
  const int64_t unit = *any_unit();
  const Rounding rounding = *any_rounding();
  const Big x = a.tiyn;
  RC_ASSERT(raw(multiply(a, Decimal{by}, rounding, unit)) ==
            narrow_by_oracle(rounded_by_oracle(x * by, Big(Decimal::kOne) * unit, rounding) * unit));
  const auto share = by == 0 ? std::nullopt : narrow_by_oracle(rounded_by_oracle(x, Big(by) * unit, rounding) * unit);
  RC_ASSERT(raw(divide(a, by, rounding, unit)) == share);
  RC_ASSERT(raw(round_to(a, unit, rounding)) == narrow_by_oracle(rounded_by_oracle(x, unit, rounding) * unit));
}

TEST(Money, RoundsOnceToWholeTenge) {
  // 0.7 × 3,692 tenge = 2,584.4 tenge.
  const Money index{369'200};
  const Decimal share{700'000'000};
  EXPECT_EQ(multiply(index, share, Rounding::kDown), Money{258'440});
  EXPECT_EQ(multiply(index, share, Rounding::kDown, Money::kTenge), Money{258'400});
  EXPECT_EQ(multiply(index, share, Rounding::kUp, Money::kTenge), Money{258'500});
  // 49.95 tiyn rounds to 0 tenge; by way of 50 tiyn it would become one tenge.
  EXPECT_EQ(multiply(Money{4'995}, Decimal{10'000'000}, Rounding::kHalfUp, Money::kTenge), Money{0});
}

RC_GTEST_PROP(Decimal, FormatAndParseAreInverse, ()) {
  const Decimal value{*any_whole()};
  RC_ASSERT(parse_decimal(format_decimal(value)) == value);
}

RC_GTEST_PROP(Money, FormatAndParseAreInverse, ()) {
  const Money value{*any_whole()};
  RC_ASSERT(parse_money(format_money(value)) == value);
}

TEST(Decimal, Forms) {
  EXPECT_EQ(parse_decimal("0.7"), Decimal{700'000'000});
  EXPECT_EQ(parse_decimal("-0.5"), Decimal{-500'000'000});
  EXPECT_EQ(parse_decimal("0.000000001"), Decimal{1});
  EXPECT_EQ(format_decimal(Decimal{700'000'000}), "0.7");
  EXPECT_EQ(format_decimal(Decimal{12 * Decimal::kOne}), "12");
  EXPECT_EQ(format_decimal(Decimal{0}), "0");
  EXPECT_EQ(format_decimal(Decimal{-1}), "-0.000000001");
  EXPECT_EQ(format_decimal(Decimal{10 * Decimal::kOne}), "10");
}

TEST(Decimal, Bounds) {
  EXPECT_EQ(parse_decimal("9223372036.854775807"), Decimal{kMax});
  EXPECT_EQ(parse_decimal("-9223372036.854775808"), Decimal{kMin});
  EXPECT_EQ(format_decimal(Decimal{kMin}), "-9223372036.854775808");
  EXPECT_FALSE(parse_decimal("9223372036.854775808"));
  EXPECT_FALSE(parse_decimal("-9223372036.854775809"));
  EXPECT_FALSE(parse_decimal(std::string(1'000, '9')));
}

TEST(Decimal, RefusesOtherForms) {
  for (const char* text :
       {"", "-", ".", ".5", "5.", "-.5", "+1", "1e3", "1,5", "1 000", " 1", "1.0000000000", "1.2.3", "--1", "1.-5", "0x10"}) {
    EXPECT_FALSE(parse_decimal(text)) << text;
  }
}

TEST(Money, Forms) {
  EXPECT_EQ(parse_money("3692"), Money{369'200});
  EXPECT_EQ(parse_money("1234.5"), Money{123'450});
  EXPECT_EQ(format_money(Money{369'200}), "3692");
  EXPECT_EQ(format_money(Money{123'450}), "1234.50");
  EXPECT_EQ(format_money(Money{-5}), "-0.05");
  EXPECT_EQ(format_money(Money{kMin}), "-92233720368547758.08");
  EXPECT_FALSE(parse_money("1.234"));
  EXPECT_FALSE(parse_money("92233720368547758.08"));
}

}  // namespace
}  // namespace koshi
