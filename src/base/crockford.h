#pragma once

#include <string_view>

namespace koshi {

/// Crockford's 32 letters and digits, in which no letter is taken for a digit: of numbers and secrets that people write down.
inline constexpr std::string_view kCrockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Whether the text consists of so many of them.
constexpr bool is_crockford(std::string_view text, size_t length) {
  return text.size() == length && text.find_first_not_of(kCrockford) == std::string_view::npos;
}

/// What somebody who wrote it down may have meant: small letters are large ones, O is 0, I and L are 1.
constexpr char as_crockford(char c) {
  if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  if (c == 'O') return '0';
  return c == 'I' || c == 'L' ? '1' : c;
}

}  // namespace koshi
