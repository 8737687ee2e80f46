#pragma once

#include <string>
#include <string_view>

namespace koshi::papers {

/// At most `max_bytes` (3 or more) of UTF-8, cut at a character and ended with "…" when something was left out.
std::string shorten(std::string_view text, size_t max_bytes);

}  // namespace koshi::papers
