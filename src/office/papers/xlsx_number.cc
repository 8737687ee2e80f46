#include "office/papers/xlsx_number.h"

#include <algorithm>
#include <cstdio>

#include "base/date.h"
#include "base/text.h"

namespace koshi::papers {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

size_t digits_at(std::string_view text, size_t at) {
  size_t end = at;
  while (end < text.size() && is_digit(text[end])) ++end;
  return end - at;
}

struct Scientific {
  bool negative = false;
  std::string whole;
  std::string fraction;
  std::optional<int64_t> exponent;
};

std::optional<Scientific> split_number(std::string_view text) {
  Scientific out;
  size_t at = 0;
  if (text.starts_with('-')) {
    out.negative = true;
    at = 1;
  }
  size_t count = digits_at(text, at);
  if (count == 0) return std::nullopt;
  out.whole = text.substr(at, count);
  at += count;
  if (at < text.size() && text[at] == '.') {
    count = digits_at(text, at + 1);
    if (count == 0) return std::nullopt;
    out.fraction = text.substr(at + 1, count);
    at += 1 + count;
  }
  if (at == text.size()) return out;
  if (text[at] != 'E' && text[at] != 'e') return std::nullopt;
  std::string_view exponent = text.substr(at + 1);
  if (exponent.starts_with('+')) exponent.remove_prefix(1);
  out.exponent = parse_whole(exponent);
  if (!out.exponent) return std::nullopt;
  return out;
}

std::string digits_of(const Scientific& number) {
  const std::string all = number.whole + number.fraction;
  return all.substr(std::min(all.find_first_not_of('0'), all.size()));
}

/// To kNumberShownDigits, half up.
void round_shown(Scientific& number) {
  std::string all = number.whole + number.fraction;
  size_t places = number.whole.size();
  const size_t cut = all.size() - digits_of(number).size() + kNumberShownDigits;
  const bool up = all[cut] >= '5';
  std::fill(all.begin() + static_cast<std::ptrdiff_t>(cut), all.end(), '0');
  if (up) {
    all.insert(all.begin(), '0');
    ++places;
    size_t at = cut;  // the last digit that is kept
    while (all[at] == '9') all[at--] = '0';
    ++all[at];
  }
  number.whole = all.substr(0, places);
  number.fraction = all.substr(places);
}

/// Moves the point by the exponent, which is small enough by then.
std::string write_out(Scientific number) {
  for (int64_t left = *number.exponent; left > 0; --left) {
    number.whole += number.fraction.empty() ? '0' : number.fraction.front();
    if (!number.fraction.empty()) number.fraction.erase(0, 1);
  }
  for (int64_t left = *number.exponent; left < 0; ++left) {
    number.fraction.insert(number.fraction.begin(), number.whole.empty() ? '0' : number.whole.back());
    if (!number.whole.empty()) number.whole.pop_back();
  }
  number.whole.erase(0, std::min(number.whole.find_first_not_of('0'), number.whole.size()));
  number.fraction.erase(number.fraction.find_last_not_of('0') + 1);
  if (number.whole.empty()) number.whole = "0";
  const std::string out = number.whole + (number.fraction.empty() ? "" : "." + number.fraction);
  return number.negative && out != "0" ? "-" + out : out;
}

/// The fraction of a day in seconds, to the nearest.
int64_t seconds_of(std::string_view fraction) {
  constexpr size_t kDigits = 12;  // a tenth of a microsecond, and no overflow below
  int64_t value = 0;
  int64_t scale = 1;
  for (const char c : fraction.substr(0, kDigits)) {
    value = value * 10 + (c - '0');
    scale *= 10;
  }
  return (value * 86'400 * 2 + scale) / (scale * 2);
}

std::string with_time(Date day, int64_t seconds) {
  if (seconds == 0) return format_date(day);
  const int hour = static_cast<int>(seconds / 3600);
  const int minute = static_cast<int>(seconds / 60 % 60);
  const int second = static_cast<int>(seconds % 60);
  char time[32];
  std::snprintf(time, sizeof(time), "T%02d:%02d:%02d", hour, minute, second);
  return format_date(day) + time;
}

std::optional<int64_t> two_digits(std::string_view text, size_t at, int64_t below) {
  if (digits_at(text.substr(0, at + 2), at) != 2) return std::nullopt;
  const int64_t value = (text[at] - '0') * 10 + (text[at + 1] - '0');
  return value < below ? std::optional(value) : std::nullopt;
}

}  // namespace

std::optional<std::string> exact_number(std::string_view text) {
  auto number = split_number(text);
  if (!number) return std::nullopt;
  const size_t digits = number->whole.size() + number->fraction.size();
  if (digits > kNumberMaxDigits) return std::nullopt;
  const bool shown_as_written = number->fraction.empty() || digits_of(*number).size() <= kNumberShownDigits;
  if (!number->exponent && shown_as_written) return std::string(text);
  if (!number->exponent) number->exponent = 0;
  if (digits_of(*number).size() > kNumberShownDigits) round_shown(*number);
  if (*number->exponent > static_cast<int64_t>(kNumberMaxDigits) || *number->exponent < -static_cast<int64_t>(kNumberMaxDigits)) {
    return std::nullopt;
  }
  std::string out = write_out(*number);
  if (std::ranges::count_if(out, is_digit) > static_cast<std::ptrdiff_t>(kNumberMaxDigits)) return std::nullopt;
  return out;
}

std::optional<std::string> serial_date(std::string_view number, DateSystem system) {
  constexpr int64_t kLeapBug = 60;  // 1900-02-29
  const size_t point = std::min(number.find('.'), number.size());
  const auto whole = parse_whole(number.substr(0, point));
  if (!whole || *whole < 0 || number.starts_with('-')) return std::nullopt;
  const int64_t seconds = point == number.size() ? 0 : seconds_of(number.substr(point + 1));
  const int64_t days = *whole + seconds / 86'400;
  std::optional<Date> day;
  if (system == DateSystem::k1904) {
    day = add_days(*make_date(1904, 1, 1), days);
  } else if (days >= 1 && days != kLeapBug) {
    day = add_days(*make_date(1899, 12, days < kLeapBug ? 31 : 30), days);
  }
  if (!day) return std::nullopt;
  return with_time(*day, seconds % 86'400);
}

std::optional<std::string> iso_date(std::string_view text) {
  const auto day = parse_date(text.substr(0, 10));
  if (!day) return std::nullopt;
  std::string_view time = text.substr(10);
  if (time.empty()) return format_date(*day);
  if (time.size() < 9 || time[0] != 'T' || time[3] != ':' || time[6] != ':') return std::nullopt;
  const auto hour = two_digits(time, 1, 24);
  const auto minute = two_digits(time, 4, 60);
  const auto second = two_digits(time, 7, 60);
  if (!hour || !minute || !second) return std::nullopt;
  time.remove_prefix(9);
  if (time.starts_with('.')) time.remove_prefix(1 + digits_at(time, 1));
  if (!time.empty() && time != "Z") return std::nullopt;
  return with_time(*day, *hour * 3600 + *minute * 60 + *second);
}

bool is_date_format(std::string_view code) {
  bool month_or_minute = false;
  bool time = false;
  for (size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    if (c == '"') {
      i = std::min(code.find('"', i + 1), code.size());
    } else if (c == '[') {
      // Colours, conditions and languages; an elapsed [h] is a time.
      const size_t end = std::min(code.find(']', i), code.size());
      time = time || (end == i + 2 && std::string_view("hHmMsS").contains(code[i + 1]));
      i = end;
    } else if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else if (std::string_view("yYdD").contains(c)) {
      return true;
    } else if (std::string_view("hHsS").contains(c)) {
      time = true;
    } else if (c == 'm' || c == 'M') {
      month_or_minute = true;
    }
  }
  return month_or_minute && !time;
}

bool is_builtin_date_format(int64_t id) {
  // 18–21 and 45–47 are times alone.
  return (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 58);
}

}  // namespace koshi::papers
