#include "office/papers/xlsx_number.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "base/date.h"
#include "base/decimal.h"

namespace koshi::papers {
namespace {

TEST(ExactNumber, DigitsStay) {
  for (const char* text : {"0", "7", "-7", "880101300123", "0.1", "007", "1.50", "12345678901234567890"}) {
    EXPECT_EQ(exact_number(text), text);
  }
}

TEST(ExactNumber, ExponentsAreWrittenOut) {
  EXPECT_EQ(exact_number("8.80101300123E11"), "880101300123");
  EXPECT_EQ(exact_number("8.80101300123E+11"), "880101300123");
  EXPECT_EQ(exact_number("1E3"), "1000");
  EXPECT_EQ(exact_number("1.5e-3"), "0.0015");
  EXPECT_EQ(exact_number("-1200E-2"), "-12");
  EXPECT_EQ(exact_number("-0E5"), "0");
  EXPECT_EQ(exact_number("1E-20"), "0.00000000000000000001");
}

TEST(ExactNumber, FractionsAreAsShown) {
  EXPECT_EQ(exact_number("9.9499999999999993"), "9.95");
  EXPECT_EQ(exact_number("0.30000000000000004"), "0.3");
  EXPECT_EQ(exact_number("99999999999999.999"), "100000000000000");
  EXPECT_EQ(exact_number("-0.00099999999999999999"), "-0.001");
  EXPECT_EQ(exact_number("350000.12345678949"), "350000.123456789");
  EXPECT_EQ(exact_number("1.2345678901234599E+19"), "12345678901234600000");
  EXPECT_EQ(exact_number("9.99999999999999999E+3"), "10000");
}

TEST(ExactNumber, WhatIsNoNumber) {
  for (const char* text : {"", "-", "+1", ".5", "1.", "1,5", " 1", "1 ", "1E", "1E+", "1E--1", "0x1", "NaN", "INF", "1E400", "1E-400",
                           "1E9223372036854775808", "1234567890123456789012345678901234567890.1"}) {
    EXPECT_EQ(exact_number(text), std::nullopt) << text;
  }
}

RC_GTEST_PROP(ExactNumber, AnyPointIsMovedExactly, ()) {
  const auto digits = *rc::gen::inRange<int64_t>(0, 1'000'000'000);
  const auto places = *rc::gen::inRange(0, 9);
  // digits / 10^places, once by hand and once by an exponent.
  std::string whole = std::to_string(digits);
  if (whole.size() <= static_cast<size_t>(places)) whole.insert(0, static_cast<size_t>(places) + 1 - whole.size(), '0');
  std::string expected =
      whole.substr(0, whole.size() - static_cast<size_t>(places)) + "." + whole.substr(whole.size() - static_cast<size_t>(places));
  expected.erase(expected.find_last_not_of('0') + 1);
  if (expected.back() == '.') expected.pop_back();
  RC_ASSERT(exact_number(std::to_string(digits) + "E-" + std::to_string(places)) == expected);
}

TEST(SerialDate, KnownDays) {
  EXPECT_EQ(serial_date("1", DateSystem::k1900), "1900-01-01");
  EXPECT_EQ(serial_date("59", DateSystem::k1900), "1900-02-28");
  EXPECT_EQ(serial_date("60", DateSystem::k1900), std::nullopt);  // the day that never was
  EXPECT_EQ(serial_date("61", DateSystem::k1900), "1900-03-01");
  EXPECT_EQ(serial_date("45658", DateSystem::k1900), "2025-01-01");
  EXPECT_EQ(serial_date("2958465", DateSystem::k1900), "9999-12-31");
  EXPECT_EQ(serial_date("2958466", DateSystem::k1900), std::nullopt);
  EXPECT_EQ(serial_date("0", DateSystem::k1904), "1904-01-01");
  EXPECT_EQ(serial_date("44196", DateSystem::k1904), "2025-01-01");
  for (const char* text : {"0", "-1", "-0.5", "99999999999999999999"})
    EXPECT_EQ(serial_date(text, DateSystem::k1900), std::nullopt) << text;
}

TEST(SerialDate, TimesOfDay) {
  EXPECT_EQ(serial_date("45658.5", DateSystem::k1900), "2025-01-01T12:00:00");
  EXPECT_EQ(serial_date("45658.0", DateSystem::k1900), "2025-01-01");
  EXPECT_EQ(serial_date("45658.562511574077", DateSystem::k1900), "2025-01-01T13:30:01");
  EXPECT_EQ(serial_date("45658.99999999", DateSystem::k1900), "2025-01-02");
}

TEST(IsoDate, Forms) {
  EXPECT_EQ(iso_date("2026-01-05"), "2026-01-05");
  EXPECT_EQ(iso_date("2026-01-05T00:00:00"), "2026-01-05");
  EXPECT_EQ(iso_date("2026-01-05T13:30:05.123Z"), "2026-01-05T13:30:05");
  for (const char* text : {"", "2026-02-30", "2026-1-5", "05.01.2026", "2026-01-05T", "2026-01-05T24:00:00", "2026-01-05T13:60:00",
                           "2026-01-05T13:30", "2026-01-05 13:30:00", "2026-01-05T13:30:00+05:00"}) {
    EXPECT_EQ(iso_date(text), std::nullopt) << text;
  }
}

TEST(DateFormat, TellsDaysFromNumbersAndTimes) {
  for (const char* code :
       {"dd.mm.yyyy", "yyyy\\-mm\\-dd", "[$-419]d mmm yyyy;@", "DD/MM/YY", "mmm", "m/d/yy h:mm", "\"г. \"yyyy", "[Red]dd"}) {
    EXPECT_TRUE(is_date_format(code)) << code;
  }
  for (const char* code : {"General", "0", "0.00", "# ##0\" дней\"", "[Red]0", "h:mm", "[h]:mm", "mm:ss", "0.00E+00", "@", "\\d0", "_d0",
                           "#,##0\\ \"yd\"", ""}) {
    EXPECT_FALSE(is_date_format(code)) << code;
  }
  for (const int64_t id : {14, 15, 16, 17, 22}) EXPECT_TRUE(is_builtin_date_format(id)) << id;
  for (const int64_t id : {0, 1, 2, 13, 18, 19, 20, 21, 23, 37, 45, 46, 47, 49, 164}) EXPECT_FALSE(is_builtin_date_format(id)) << id;
}

}  // namespace
}  // namespace koshi::papers
