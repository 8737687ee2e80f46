#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "office/people/random.h"

/// Secrets that people write down and type: groups of four of Crockford's 32 letters and digits, in which no letter is taken for a digit.
/// Five bits a character. Pure; callable from any thread. Private to this folder.
namespace koshi::people {

/// "7K2Q-M9TX-…", of `length` characters besides the strokes.
std::string make_written_code(const RandomBytes& random, size_t length);

/// The characters alone, whatever case, gaps and strokes somebody wrote; O is read as 0, I and L as 1. No value when they are not `length`.
std::optional<std::string> read_written_code(std::string_view text, size_t length);

}  // namespace koshi::people
