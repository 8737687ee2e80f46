#include "office/papers/shorten.h"

#include "base/check.h"
#include "base/text.h"

namespace koshi::papers {

std::string shorten(std::string_view text, size_t max_bytes) {
  constexpr std::string_view kEllipsis = "…";
  CHECK(max_bytes >= kEllipsis.size());
  if (text.size() <= max_bytes) return std::string(text);
  const std::string_view kept = text.substr(0, max_bytes - kEllipsis.size());
  return std::string(text.substr(0, valid_utf8_prefix(kept))) + std::string(kEllipsis);
}

}  // namespace koshi::papers
