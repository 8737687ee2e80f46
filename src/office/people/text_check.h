#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "base/text.h"

/// What a text must be before it is kept. Private to this folder.
namespace koshi::people {

/// One line of `min` to `max` characters of UTF-8 without control characters and without white space at its ends.
inline bool is_line(std::string_view text, size_t min, size_t max) {
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
  if (trim(text).size() != text.size() || !is_valid_utf8(text) || std::ranges::any_of(text, is_control)) return false;
  const size_t length = utf8_length(text);
  return length >= min && length <= max;
}

}  // namespace koshi::people
