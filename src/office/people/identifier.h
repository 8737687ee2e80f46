#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "base/date.h"

/// The twelve-digit numbers of Kazakhstan: IIN of a person, BIN of an organisation. Pure; callable from any thread.
///
/// What the check digit promises (weights modulo 11, a second row of weights when the first gives 10):
///   - a wrong digit 12 is always found;
///   - a wrong digit among 1..10 is found when neither the right number nor the wrong one needs the second row;
///   - a wrong digit 11 is found only in numbers that need the second row: its weight in the first row is 11, which is
///     nothing modulo 11. About nine wrong digits of ten in this place pass. Nobody can repair that but a register.
namespace koshi::people {

enum class IdentifierFault : uint8_t {
  kLength,       ///< not twelve characters
  kDigit,        ///< something else than 0..9
  kKind,         ///< digit 5 says that it is the other kind of number, or none
  kDate,         ///< no such day (IIN) or month (BIN)
  kCentury,      ///< IIN: digit 7 is not 0..6
  kNeverIssued,  ///< both rows of weights give 10: such a number is not given out
  kCheckDigit,
};

struct IdentifierProblem {
  IdentifierFault fault;
  int digit = 0;        ///< 1..12, where the trouble begins; 0: the number as a whole
  std::string message;  ///< one English sentence, without the number itself: it may go into a log
};

enum class Sex : uint8_t { kFemale, kMale, kUnspecified };

/// A checked number. `birth` and `sex` are what the number says: a foreigner's may differ from the passport, and digit
/// 7 = 0, reported for some foreigners, says neither. Differences are for review, no ground for a refusal.
struct Iin {
  std::string text;
  std::optional<Date> birth;
  Sex sex = Sex::kUnspecified;
};

enum class BinKind : uint8_t { kResident, kNonResident, kJointEntrepreneurs };

struct Bin {
  std::string text;
  int year_of_century = 0;  ///< of registration, 0..99; the number does not say which century
  int month = 0;            ///< 1..12
  BinKind kind = BinKind::kResident;
};

/// Exactly twelve ASCII digits; callers trim. No number is both an IIN and a BIN.
std::expected<Iin, IdentifierProblem> parse_iin(std::string_view text);
std::expected<Bin, IdentifierProblem> parse_bin(std::string_view text);

/// The twelfth digit for eleven ASCII digits; none when the number is never issued or it is not eleven digits.
std::optional<int> identifier_check_digit(std::string_view first_eleven);

}  // namespace koshi::people
