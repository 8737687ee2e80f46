#include "serve/log.h"

#include <unistd.h>

#include "base/date.h"
#include "base/milliseconds.h"
#include "base/text.h"
#include "office/house/house.h"

namespace koshi {
namespace {

std::string two(int64_t value, size_t digits = 2) {
  std::string text = std::to_string(value);
  return std::string(digits > text.size() ? digits - text.size() : 0, '0') + text;
}

/// RFC 3339, UTC.
std::string timestamp(int64_t now_ms) {
  const int64_t day = now_ms / kDayMs;
  const int64_t ms = now_ms % kDayMs;
  return format_date(Date{static_cast<int32_t>(day)}) + "T" + two(ms / 3'600'000) + ":" + two(ms / 60'000 % 60) + ":" +
         two(ms / 1000 % 60) + "." + two(ms % 1000, 3) + "Z";
}

}  // namespace

std::string Log::text(std::string_view event, const std::vector<LogField>& fields, int64_t now_ms) const {
  const bool json = form_ == Form::kJson;
  std::string out = json ? "{\"time\":\"" + timestamp(now_ms) + "\",\"event\":" + json_string(event) : std::string(event);
  for (const LogField& field : fields) {
    out += json ? "," + json_string(field.name) + ":" : " " + std::string(field.name) + "=";
    if (const auto* number = std::get_if<int64_t>(&field.value)) {
      out += std::to_string(*number);
    } else {
      const auto text = std::get<std::string_view>(field.value);
      out += json || text.find_first_of(" \n\"") != std::string_view::npos ? json_string(text) : std::string(text);
    }
  }
  return json ? out + "}" : out;
}

void Log::line(std::string_view event, const std::vector<LogField>& fields) const {
  const std::string text = this->text(event, fields, office::system_clock_ms()) + "\n";
  // A log that is full or gone must not stop the office.
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, text.data(), text.size());
}

}  // namespace koshi
