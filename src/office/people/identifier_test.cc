#include "office/people/identifier.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

namespace koshi::people {
namespace {

using testing::HasSubstr;
using testing::Not;

std::optional<IdentifierFault> iin_fault(std::string_view text) {
  const auto parsed = parse_iin(text);
  return parsed ? std::nullopt : std::optional(parsed.error().fault);
}
std::optional<IdentifierFault> bin_fault(std::string_view text) {
  const auto parsed = parse_bin(text);
  return parsed ? std::nullopt : std::optional(parsed.error().fault);
}

/// Computed with the published rule; no persons.
TEST(Identifier, CheckDigitsOfTheVectors) {
  EXPECT_EQ(identifier_check_digit("90010130000"), 7);
  EXPECT_EQ(identifier_check_digit("85061540123"), 2);
  EXPECT_EQ(identifier_check_digit("01022950777"), 0);
  EXPECT_EQ(identifier_check_digit("99123160001"), 2);
  EXPECT_EQ(identifier_check_digit("90010130081"), 1);  // by the second row
  EXPECT_EQ(identifier_check_digit("90010130080"), std::nullopt);
  EXPECT_EQ(identifier_check_digit("20064000123"), 9);
  EXPECT_EQ(identifier_check_digit("9001013000"), std::nullopt);
  EXPECT_EQ(identifier_check_digit("9001013000x"), std::nullopt);
}

TEST(Identifier, AnIinSaysBirthAndSex) {
  const auto man = parse_iin("900101300007");
  ASSERT_TRUE(man) << man.error().message;
  EXPECT_EQ(man->birth, make_date(1990, 1, 1));
  EXPECT_EQ(man->sex, Sex::kMale);
  const auto woman = parse_iin("850615401232");
  ASSERT_TRUE(woman);
  EXPECT_EQ(woman->birth, make_date(1985, 6, 15));
  EXPECT_EQ(woman->sex, Sex::kFemale);
  EXPECT_EQ(iin_fault("010229507770"), IdentifierFault::kDate);  // 2001 had no 29 February
  EXPECT_EQ(iin_fault("991231600012"), std::nullopt);            // born 2099, says digit 7; whether that is past is the caller's question
}

std::string with_check(std::string eleven) {
  const auto digit = identifier_check_digit(eleven);
  return digit ? eleven + std::to_string(*digit) : eleven + "0";
}

TEST(Identifier, CenturiesAndLeapDays) {
  EXPECT_EQ(parse_iin(with_check("99123110001"))->birth, make_date(1899, 12, 31));
  EXPECT_EQ(parse_iin(with_check("00022950001"))->birth, make_date(2000, 2, 29));
  EXPECT_EQ(iin_fault(with_check("00022930001")), IdentifierFault::kDate);  // 1900 was no leap year
  EXPECT_EQ(iin_fault(with_check("90010170000")), IdentifierFault::kCentury);
  EXPECT_EQ(iin_fault(with_check("12001330001")), IdentifierFault::kDate);  // month 00
  const auto uncoded = parse_iin(with_check("00003000001"));
  ASSERT_TRUE(uncoded) << uncoded.error().message;  // digit 7 = 0: accepted, says nothing
  EXPECT_EQ(uncoded->birth, std::nullopt);
  EXPECT_EQ(uncoded->sex, Sex::kUnspecified);
}

TEST(Identifier, ABinSaysMonthAndKind) {
  const auto bin = parse_bin("200640001239");
  ASSERT_TRUE(bin) << bin.error().message;
  EXPECT_EQ(bin->year_of_century, 20);
  EXPECT_EQ(bin->month, 6);
  EXPECT_EQ(bin->kind, BinKind::kResident);
  EXPECT_EQ(parse_bin(with_check("20125000123"))->kind, BinKind::kNonResident);
  EXPECT_EQ(bin_fault(with_check("20004000123")), IdentifierFault::kDate);
  EXPECT_EQ(bin_fault(with_check("20134000123")), IdentifierFault::kDate);
  EXPECT_EQ(bin_fault(with_check("20067000123")), IdentifierFault::kKind);
}

TEST(Identifier, WhatIsWrongIsNamedWithoutTheNumber) {
  const auto letter = parse_iin("90010130000O");
  ASSERT_FALSE(letter);
  EXPECT_EQ(letter.error().fault, IdentifierFault::kDigit);
  EXPECT_EQ(letter.error().digit, 12);
  EXPECT_EQ(letter.error().message, "character 12 of IIN is not a digit");
  EXPECT_EQ(iin_fault(""), IdentifierFault::kLength);
  EXPECT_EQ(iin_fault("9001013000077"), IdentifierFault::kLength);
  EXPECT_EQ(iin_fault("90010130000\xD9"), IdentifierFault::kDigit);
  EXPECT_EQ(iin_fault("900101300800"), IdentifierFault::kNeverIssued);
  const auto wrong = parse_iin("900101300008");
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().fault, IdentifierFault::kCheckDigit);
  EXPECT_EQ(wrong.error().digit, 12);
  EXPECT_THAT(wrong.error().message, Not(HasSubstr("900101")));
  EXPECT_EQ(iin_fault("200640001239"), IdentifierFault::kKind);
  EXPECT_EQ(bin_fault("900101300007"), IdentifierFault::kKind);
}

/// An independent reckoning of the first row, to know which promise holds.
bool needs_second_row(std::string_view digits) {
  int sum = 0;
  for (int i = 0; i < 11; ++i) sum += (i + 1) * (digits[static_cast<size_t>(i)] - '0');
  return sum % 11 == 10;
}

std::string eleven_digits() {
  return *rc::gen::container<std::string>(11, rc::gen::inRange('0', static_cast<char>('9' + 1)));
}

RC_GTEST_PROP(IdentifierProperty, OneWrongDigitIsFoundWhereThatIsPromised, ()) {
  const std::string right = eleven_digits();
  const auto place = *rc::gen::inRange<size_t>(0, 11);
  const auto shift = *rc::gen::inRange(1, 10);
  const auto check = identifier_check_digit(right);
  RC_PRE(check.has_value());
  std::string wrong = right;
  wrong[place] = static_cast<char>('0' + (right[place] - '0' + shift) % 10);
  const bool found = identifier_check_digit(wrong) != check;
  if (place < 10 && !needs_second_row(right) && !needs_second_row(wrong)) RC_ASSERT(found);
  // The place where the rule is blind, and the row that sees it after all.
  if (place == 10) RC_ASSERT(found == needs_second_row(right));
}

std::string digits(int value, size_t width) {
  const std::string text = std::to_string(value);
  return std::string(width - text.size(), '0') + text;
}

RC_GTEST_PROP(IdentifierProperty, AWrongCheckDigitIsAlwaysFound, ()) {
  const Date birth{*rc::gen::inRange(make_date(1800, 1, 1)->days, make_date(2099, 12, 31)->days + 1)};
  const CivilDay parts = civil(birth);
  const bool male = *rc::gen::arbitrary<bool>();
  const int code = (parts.year - 1800) / 100 * 2 + (male ? 1 : 2);
  const std::string head = digits(parts.year % 100, 2) + digits(parts.month, 2) + digits(parts.day, 2) + digits(code, 1) +
                           digits(*rc::gen::inRange(0, 10000), 4);
  const auto check = identifier_check_digit(head);
  for (int digit = 0; digit < 10; ++digit) {
    const auto parsed = parse_iin(head + std::to_string(digit));
    RC_ASSERT(parsed.has_value() == (digit == check));
    if (!parsed) continue;
    RC_ASSERT(parsed->birth == birth);
    RC_ASSERT(parsed->sex == (male ? Sex::kMale : Sex::kFemale));
  }
}

RC_GTEST_PROP(IdentifierProperty, NoNumberIsBoth, ()) {
  const std::string text = with_check(eleven_digits());
  RC_ASSERT(!(parse_iin(text) && parse_bin(text)));
}

}  // namespace
}  // namespace koshi::people
