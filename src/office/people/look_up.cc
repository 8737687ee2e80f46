#include "office/people/look_up.h"

#include <algorithm>

#include "base/result.h"
#include "base/text.h"

namespace koshi::people {
namespace {

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

}  // namespace

std::expected<std::string, Refused> check_purpose(std::string_view purpose) {
  const std::string_view text = trim(purpose);
  if (!is_valid_utf8(text)) return refuse(Refusal::kPurpose, "the purpose of a look-up is not UTF-8");
  const size_t length = utf8_length(text);
  if (length < kPurposeMinLength || length > kPurposeMaxLength) {
    return refuse(Refusal::kPurpose, "the purpose of a look-up has 3 to 200 characters, not " + std::to_string(length));
  }
  if (std::ranges::any_of(text, is_control)) return refuse(Refusal::kPurpose, "the purpose of a look-up is one line without controls");
  return std::string(text);
}

std::expected<std::string, Refused> person_viewed(std::string_view actor, int64_t person_id, std::string_view purpose) {
  TRY(checked, check_purpose(purpose));
  // Canonical: names ascending, nothing between, and no control character that could be spelled in two ways.
  std::string out = "{\"action\":" + json_string(kPersonViewed) + ",\"actor\":";
  append_json_string(out, actor);
  out += ",\"person\":\"" + std::to_string(person_id) + "\",\"purpose\":";
  append_json_string(out, checked);
  return out + "}";
}

}  // namespace koshi::people
