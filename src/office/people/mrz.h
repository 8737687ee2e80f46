#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "office/people/identifier.h"

/// The machine readable zone of travel documents (ICAO Doc 9303 parts 3 to 6). Pure; callable from any thread.
///
/// What a check digit promises (weights 7, 3, 1 modulo 10): one wrong digit is always found, also one wrong letter
/// unless the two stand for numbers that differ by 10 or 20 (0, A, K and U; 1, B, L and V; …). The names have none.
namespace koshi::people {

enum class MrzFormat : uint8_t {
  kTd1,  ///< 3 lines of 30: cards
  kTd2,  ///< 2 lines of 36: larger cards
  kTd3,  ///< 2 lines of 44: passports
};

/// A date of birth of which the document may leave out the day, or the month and the day.
struct BirthDate {
  int year = 0;
  std::optional<int> month;
  std::optional<int> day;  ///< only with a month
  bool operator==(const BirthDate&) const = default;
};
/// The whole date, if it is known.
std::optional<Date> whole_date(const BirthDate& birth);

struct Mrz {
  MrzFormat format = MrzFormat::kTd3;
  std::string document_code;  ///< "P", "PD", "I", "IR" …
  std::string issuer;         ///< ICAO code, without fillers: "KAZ", "D"
  std::string document_number;
  std::string surname;      ///< "O CONNOR": a filler between two parts is a blank
  std::string given_names;  ///< may be empty
  bool names_cut = false;   ///< the names fill their field to the end: something may be missing
  std::string nationality;
  std::optional<BirthDate> birth;  ///< none when the document leaves it out
  Sex sex = Sex::kUnspecified;
  Date expiry;
  std::string optional_1;  ///< what the issuer wrote into the optional fields, without fillers at its end
  std::string optional_2;  ///< TD1 only
  bool operator==(const Mrz&) const = default;
};

struct MrzProblem {
  int line = 0;          ///< 1..3; 0: the zone as a whole
  int column = 0;        ///< 1..44, the first place concerned; 0: the line as a whole
  std::string field;     ///< "document number", "date of birth" …; empty when none is concerned
  std::string expected;  ///< "6", "a month from 01 to 12", "44 characters"
  std::string found;     ///< as it stands there, at most a line
  bool operator==(const MrzProblem&) const = default;
};
/// "line 2, column 10: the check digit of the document number should be 6 but is 7"-like English, one sentence.
std::string describe(const MrzProblem& problem);

inline constexpr size_t kMrzMaxBytes = 256;
/// Years an expiry date is at most taken to lie ahead of `today`; what would be later lies in the century before.
inline constexpr int kMrzExpiryAheadYears = 50;

/// `text` has two or three lines (LF or CRLF); blanks at the end of a line and empty last lines are ignored, small
/// letters are read as capitals. Years have two digits: a birth is the latest one that does not lie after `today`.
/// All problems are returned, in the order of the places.
std::expected<Mrz, std::vector<MrzProblem>> parse_mrz(std::string_view text, Date today);

/// '0'..'9' of text over 0-9, A-Z and '<'; 'X' is never returned. CHECKs the alphabet.
char mrz_check_digit(std::string_view text);

}  // namespace koshi::people
