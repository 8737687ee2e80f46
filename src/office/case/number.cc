#include "base/check.h"
#include "base/text.h"
#include "office/case/decide.h"

/// The running numbers of cases.
namespace koshi::office {
namespace {

/// In a text of canonical JSON, where the member stands once at most: within texts of people its quotes are escaped.
bool put_number(std::string& json, const std::string& before, const std::string& number) {
  constexpr std::string_view kMember = "\"number\":\"";
  const std::string known = std::string(kMember) + before + "\"";
  const size_t at = json.find(known);
  if (at == std::string::npos || json.find(known, at + 1) != std::string::npos) return false;
  json.replace(at + kMember.size(), before.size(), number);
  return true;
}

}  // namespace

std::string number_text(std::string_view series, int64_t running) {
  const std::string digits = std::to_string(running);
  std::string text(series);
  text.append(zan::kNumberDigits > digits.size() ? zan::kNumberDigits - digits.size() : 0, '0').append(digits);
  return text;
}

std::optional<CaseNumber> number_of(std::string_view text) {
  size_t begin = text.size();
  while (begin > 0 && text[begin - 1] >= '0' && text[begin - 1] <= '9') --begin;
  const auto running = parse_whole(text.substr(begin));
  if (!running) return std::nullopt;
  return CaseNumber{std::string(text.substr(0, begin)), *running, std::string(text)};
}

bool renumber(Decision& decision, int64_t running) {
  CHECK(decision.number.has_value());
  std::string text = number_text(decision.number->series, running);
  const std::string& before = decision.number->text;
  // A longer one might not fit where the shorter one did.
  if (decision.events.size() != 1 || text.size() != before.size()) return false;
  std::string payload = decision.events.front().payload;
  if (!put_number(payload, before, text) || !put_number(decision.after_json, before, text)) return false;
  decision.events.front().payload = std::move(payload);
  decision.after.number = text;
  decision.number->running = running;
  decision.number->text = std::move(text);
  return true;
}

}  // namespace koshi::office
