#include "office/people/mrz_fields.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "base/check.h"

namespace koshi::people {
namespace {

constexpr char kFiller = '<';

int value_of(char c) {
  if (c == kFiller) return 0;
  if (c >= '0' && c <= '9') return c - '0';
  CHECK(c >= 'A' && c <= 'Z');
  return c - 'A' + 10;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return c >= 'A' && c <= 'Z';
}

std::string_view without_fillers(std::string_view text) {
  return text.substr(0, text.find_last_not_of(kFiller) + 1);
}

std::string with_blanks(std::string_view text) {
  std::string out(text);
  std::ranges::replace(out, kFiller, ' ');
  return out;
}

}  // namespace

char mrz_check_digit(std::string_view text) {
  constexpr std::array<int, 3> kWeights{7, 3, 1};
  int sum = 0;
  for (size_t i = 0; i < text.size(); ++i) sum = (sum + kWeights[i % 3] * value_of(text[i])) % 10;
  return static_cast<char>('0' + sum);
}

std::string_view MrzFields::at(MrzPlace place) const {
  const std::string_view line = lines_[static_cast<size_t>(place.line) - 1];
  return line.substr(static_cast<size_t>(place.first) - 1, static_cast<size_t>(place.last - place.first) + 1);
}

std::string MrzFields::words(MrzPlace place) const {
  return with_blanks(without_fillers(at(place)));
}

void MrzFields::report(int line, int column, std::string_view field, std::string expected, std::string_view found) {
  problems_.push_back({line, column, std::string(field), std::move(expected), std::string(found)});
}

std::string MrzFields::code(MrzPlace place, std::string_view field) {
  const std::string_view letters = without_fillers(at(place));
  const auto* const wrong = std::ranges::find_if_not(letters, is_letter);
  if (letters.empty()) {
    report(place.line, place.first, field, "a letter", at(place).substr(0, 1));
  } else if (wrong != letters.end()) {
    report(place.line, place.first + static_cast<int>(wrong - letters.begin()), field, "a letter, or fillers to the end", {wrong, 1});
  }
  return std::string(letters);
}

void MrzFields::check_against(std::string_view text, int line, int column, std::string_view field) {
  const std::string_view digit = at({line, column, column});
  const char right = mrz_check_digit(text);
  if (digit[0] == right) return;
  report(line, column, field, "check digit " + std::string(1, right), digit);
}

void MrzFields::check(MrzPlace place, std::string_view field) {
  check_against(at(place), place.line, place.last + 1, field);
}

void MrzFields::check_or_empty(MrzPlace place, std::string_view field) {
  const bool both_empty = without_fillers(at(place)).empty() && at({place.line, place.last + 1, place.last + 1})[0] == kFiller;
  if (!both_empty) check(place, field);
}

void MrzFields::check_composite(std::string_view text, int line, int column) {
  check_against(text, line, column, "whole zone");
}

std::string MrzFields::document_number(MrzPlace number, std::optional<MrzPlace> rest, std::string& optional_data) {
  constexpr std::string_view kField = "document number";
  if (without_fillers(at(number)).empty()) report(number.line, number.first, kField, "a letter or digit", at(number).substr(0, 1));
  const bool runs_on = rest && at({number.line, number.last + 1, number.last + 1})[0] == kFiller && at(*rest)[0] != kFiller;
  if (rest) optional_data = words(*rest);
  if (!runs_on) {
    check(number, kField);
    return words(number);
  }
  const std::string_view field = at(*rest);
  const size_t end = std::min(field.find(kFiller), field.size());  // of the rest and its check digit
  const std::string whole = std::string(at(number)) + std::string(field.substr(0, end - 1));
  check_against(whole, rest->line, rest->first + static_cast<int>(end) - 1, kField);
  optional_data = with_blanks(without_fillers(field.substr(std::min(end + 1, field.size()))));
  return with_blanks(without_fillers(whole));
}

std::optional<int> MrzFields::two_digits(int line, int column, std::string_view field, std::string_view expected, int min, int max) {
  const std::string_view text = at({line, column, column + 1});
  if (is_digit(text[0]) && is_digit(text[1])) {
    const int value = 10 * (text[0] - '0') + (text[1] - '0');
    if (value >= min && value <= max) return value;
  }
  report(line, column, field, std::string(expected), text);
  return std::nullopt;
}

/// The latest year that does not put the birth after today. An unknown month or day counts as the year's or month's
/// first.
int MrzFields::birth_year(int year_of_century, std::optional<int> month, std::optional<int> day) const {
  const CivilDay now = civil(today_);
  int year = now.year - now.year % 100 + year_of_century;
  const auto is_later = [&] { return std::tuple(year, month.value_or(1), day.value_or(1)) > std::tuple(now.year, now.month, now.day); };
  if (is_later()) year -= 100;
  return year;
}

std::optional<BirthDate> MrzFields::birth(MrzPlace place) {
  constexpr std::string_view kField = "date of birth";
  check(place, kField);
  const std::string_view text = at(place);
  if (without_fillers(text).empty()) return std::nullopt;
  const auto year = two_digits(place.line, place.first, kField, "two digits of a year", 0, 99);
  std::optional<int> month;
  std::optional<int> day;
  const bool has_month = text.substr(2, 2) != "<<";
  const bool has_day = text.substr(4, 2) != "<<";
  if (has_month) month = two_digits(place.line, place.first + 2, kField, "a month from 01 to 12", 1, 12);
  if (!has_month && has_day) report(place.line, place.first + 2, kField, "a month, as there is a day", "<<");
  if (has_day) day = two_digits(place.line, place.first + 4, kField, "a day from 01 to 31", 1, 31);
  if (!year || (has_month && !month) || (has_day && (!day || !month))) return std::nullopt;
  const BirthDate birth{birth_year(*year, month, day), month, day};
  if (day && !make_date(birth.year, *month, *day)) report(place.line, place.first, kField, "a day that exists", text);
  return birth;
}

Date MrzFields::expiry(MrzPlace place) {
  constexpr std::string_view kField = "date of expiry";
  check(place, kField);
  const auto year = two_digits(place.line, place.first, kField, "two digits of a year", 0, 99);
  const auto month = two_digits(place.line, place.first + 2, kField, "a month from 01 to 12", 1, 12);
  const auto day = two_digits(place.line, place.first + 4, kField, "a day from 01 to 31", 1, 31);
  if (!year || !month || !day) return {};
  const int latest = civil(today_).year + kMrzExpiryAheadYears;
  const int in_century = latest - latest % 100 + *year;
  const auto date = make_date(in_century > latest ? in_century - 100 : in_century, *month, *day);
  if (!date) report(place.line, place.first, kField, "a day that exists", at(place));
  return date.value_or(Date{});
}

Sex MrzFields::sex(int line, int column) {
  const char letter = at({line, column, column})[0];
  if (letter == 'F') return Sex::kFemale;
  if (letter == 'M') return Sex::kMale;
  // Doc 9303 writes the filler; some issuers write X, as they do on the printed page.
  if (letter != kFiller && letter != 'X') report(line, column, "sex", "F, M or <", {&letter, 1});
  return Sex::kUnspecified;
}

void MrzFields::names(MrzPlace place, Mrz& mrz) {
  constexpr std::string_view kField = "names";
  const std::string_view field = at(place);
  const auto* const digit = std::ranges::find_if(field, is_digit);
  if (digit != field.end()) report(place.line, place.first + static_cast<int>(digit - field.begin()), kField, "a letter or <", {digit, 1});
  if (field[0] == kFiller) report(place.line, place.first, kField, "a letter", field.substr(0, 1));
  const std::string_view text = without_fillers(field);
  mrz.names_cut = text.size() == field.size();
  const size_t gap = text.find("<<");
  mrz.surname = with_blanks(text.substr(0, gap));
  if (gap == std::string_view::npos) return;
  const size_t given = text.find_first_not_of(kFiller, gap);
  mrz.given_names = with_blanks(text.substr(given));
}

}  // namespace koshi::people
