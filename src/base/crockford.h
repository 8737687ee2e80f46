#pragma once

#include <string_view>

namespace koshi {

/// Crockford's 32 letters and digits, in which no letter is taken for a digit: of numbers and secrets that people write down.
inline constexpr std::string_view kCrockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Whether the text consists of so many of them.
constexpr bool is_crockford(std::string_view text, size_t length) {
  return text.size() == length && text.find_first_not_of(kCrockford) == std::string_view::npos;
}

}  // namespace koshi
