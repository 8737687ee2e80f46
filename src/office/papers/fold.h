#pragma once

#include <string>
#include <string_view>

namespace koshi::papers {

/// Without the white space at both ends, no-break spaces included.
std::string_view trim_spaces(std::string_view text);

/// For comparing what people write: case folded, each run of white space (line ends and no-break spaces too) one space,
/// none at the ends.
std::string fold(std::string_view text);

}  // namespace koshi::papers
