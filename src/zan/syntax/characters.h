#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "zan/syntax/problems.h"

/// The characters of a law text: what may stand in it at all, and what people type by mistake for something else.
namespace koshi::zan {

struct CodePoint {
  char32_t value = 0;
  size_t length = 0;  ///< in bytes; 0: the bytes here are not UTF-8
};

CodePoint code_point_at(std::string_view text, size_t offset);
std::string code_point_name(char32_t value);  ///< "U+00A0"

/// A letter beyond ASCII, which reads on as part of a name. Rough: it only chooses between two messages.
bool is_foreign_letter(char32_t value);
/// Control characters and characters that cannot be seen: check_characters reports them.
bool is_hidden(char32_t value);

/// Reports, once for each place, what may not stand anywhere, not even in text and comments: bytes that are not UTF-8,
/// tabs, control characters and characters that cannot be seen (which could make a law read other than it is).
void check_characters(std::string_view text, int32_t file, Problems& problems);

/// Something typed for something else: `==` for `=`, a no-break space for a space.
struct Lookalike {
  std::string_view typed;
  std::string_view meant;  ///< " " when it is to be skipped; "--" when it opens a comment; "\"" when it quotes
};

std::optional<Lookalike> lookalike_at(std::string_view text, size_t offset);

}  // namespace koshi::zan
