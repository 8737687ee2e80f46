#include "office/people/written_code.h"

#include <vector>

#include "base/crockford.h"

namespace koshi::people {
namespace {

constexpr size_t kGroup = 4;
constexpr size_t kTextMaxBytes = 80;  ///< with all strokes and gaps

}  // namespace

std::string make_written_code(const RandomBytes& random, size_t length) {
  std::vector<std::byte> bytes(length);
  random(bytes);
  std::string code;
  for (size_t i = 0; i < bytes.size(); ++i) {
    if (i > 0 && i % kGroup == 0) code.push_back('-');
    code.push_back(kCrockford[std::to_integer<size_t>(bytes[i]) % kCrockford.size()]);
  }
  return code;
}

std::optional<std::string> read_written_code(std::string_view text, size_t length) {
  std::string code;
  if (text.size() > kTextMaxBytes) return std::nullopt;
  for (const char c : text) {
    if (c == '-' || c == ' ' || c == '\t' || c == '\r' || c == '\n') continue;
    code.push_back(as_crockford(c));
  }
  if (!is_crockford(code, length)) return std::nullopt;
  return code;
}

}  // namespace koshi::people
