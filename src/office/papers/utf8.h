#pragma once

#include <cstdint>
#include <string>

namespace koshi::papers {

/// Appends a character below U+10000 that is no surrogate: what code pages and `_xHHHH_` escapes can name.
void append_utf8(std::string& out, uint32_t code);

}  // namespace koshi::papers
