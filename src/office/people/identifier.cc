#include "office/people/identifier.h"

#include <algorithm>
#include <array>

#include "base/result.h"

namespace koshi::people {
namespace {

constexpr size_t kLength = 12;
constexpr int kModulus = 11;
constexpr std::array<int, 11> kFirstWeights{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
constexpr std::array<int, 11> kSecondWeights{3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2};

std::unexpected<IdentifierProblem> problem(IdentifierFault fault, int digit, std::string message) {
  return std::unexpected(IdentifierProblem{fault, digit, std::move(message)});
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

int remainder(std::string_view digits, const std::array<int, 11>& weights) {
  int sum = 0;
  for (size_t i = 0; i < weights.size(); ++i) sum += weights[i] * (digits[i] - '0');
  return sum % kModulus;
}

/// Of digits that were checked to be some.
int number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

std::expected<void, IdentifierProblem> check_digits(std::string_view text, std::string_view name) {
  if (text.size() != kLength) {
    return problem(IdentifierFault::kLength, 0, std::string(name) + " has 12 digits, not " + std::to_string(text.size()) + " characters");
  }
  const auto* const wrong = std::ranges::find_if_not(text, is_digit);
  if (wrong == text.end()) return {};
  const auto place = static_cast<int>(wrong - text.begin()) + 1;
  return problem(IdentifierFault::kDigit, place, "character " + std::to_string(place) + " of " + std::string(name) + " is not a digit");
}

std::expected<void, IdentifierProblem> check_last(std::string_view text, std::string_view name) {
  const auto right = identifier_check_digit(text.substr(0, kLength - 1));
  if (!right)
    return problem(IdentifierFault::kNeverIssued, 0, "no " + std::string(name) + " with these first eleven digits is ever issued");
  if (*right == text[kLength - 1] - '0') return {};
  return problem(IdentifierFault::kCheckDigit, kLength,
                 "the check digit (the twelfth) does not fit the others: a digit of this " + std::string(name) + " is wrong");
}

/// Digit 7: 1, 2 the 19th century, 3, 4 the 20th, 5, 6 the 21st; odd is male.
std::expected<void, IdentifierProblem> read_birth(Iin& iin) {
  const int code = iin.text[6] - '0';
  if (code > 6) return problem(IdentifierFault::kCentury, 7, "digit 7 of an IIN says century and sex and is 0 to 6");
  if (code == 0) return {};
  const std::string_view text = iin.text;
  const int year = 1800 + 100 * ((code - 1) / 2) + number(text.substr(0, 2));
  iin.birth = make_date(year, number(text.substr(2, 2)), number(text.substr(4, 2)));
  if (!iin.birth) return problem(IdentifierFault::kDate, 1, "digits 1 to 6 of an IIN are a date of birth, and there is no such day");
  iin.sex = code % 2 == 1 ? Sex::kMale : Sex::kFemale;
  return {};
}

}  // namespace

std::optional<int> identifier_check_digit(std::string_view first_eleven) {
  if (first_eleven.size() != kLength - 1 || !std::ranges::all_of(first_eleven, is_digit)) return std::nullopt;
  int rest = remainder(first_eleven, kFirstWeights);
  if (rest == 10) rest = remainder(first_eleven, kSecondWeights);
  if (rest == 10) return std::nullopt;
  return rest;
}

std::expected<Iin, IdentifierProblem> parse_iin(std::string_view text) {
  TRY_DO(check_digits(text, "IIN"));
  Iin iin{.text = std::string(text), .birth = std::nullopt, .sex = Sex::kUnspecified};
  if (text[4] > '3') return problem(IdentifierFault::kKind, 5, "digit 5 of an IIN begins a day, 0 to 3; with 4 to 6 the number is a BIN");
  TRY_DO(read_birth(iin));
  TRY_DO(check_last(text, "IIN"));
  return iin;
}

std::expected<Bin, IdentifierProblem> parse_bin(std::string_view text) {
  TRY_DO(check_digits(text, "BIN"));
  if (text[4] < '4' || text[4] > '6') {
    return problem(IdentifierFault::kKind, 5, "digit 5 of a BIN says the kind, 4 to 6; with 0 to 3 the number is an IIN");
  }
  Bin bin{.text = std::string(text),
          .year_of_century = number(text.substr(0, 2)),
          .month = number(text.substr(2, 2)),
          .kind = static_cast<BinKind>(text[4] - '4')};
  if (bin.month < 1 || bin.month > 12) return problem(IdentifierFault::kDate, 3, "digits 3 and 4 of a BIN are a month, 01 to 12");
  TRY_DO(check_last(text, "BIN"));
  return bin;
}

}  // namespace koshi::people
