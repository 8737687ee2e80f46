#include "zan/syntax/characters.h"

#include <array>
#include <string>

#include "zan/syntax/spelling.h"

namespace koshi::zan {
namespace {

constexpr std::array kLookalikes = {
    Lookalike{"==", "="},      Lookalike{"<>", "!="},     Lookalike{"&&", "and"},    Lookalike{"||", "or"},     Lookalike{"//", "--"},
    Lookalike{"\u2260", "!="}, Lookalike{"\u2264", "<="}, Lookalike{"\u2265", ">="}, Lookalike{"\u00d7", "*"},  Lookalike{"\u2212", "-"},
    Lookalike{"\u2013", "-"},  Lookalike{"\u2014", "--"}, Lookalike{"\u201c", "\""}, Lookalike{"\u201d", "\""}, Lookalike{"\u201e", "\""},
    Lookalike{"\u00ab", "\""}, Lookalike{"\u00bb", "\""}, Lookalike{"\u00a0", " "},  Lookalike{"\u202f", " "},
};

bool is_continuation(unsigned char byte) {
  return (byte & 0xc0) == 0x80;
}

bool is_invisible(char32_t c) {
  return (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) || c == 0xfeff;
}

bool is_control(char32_t c) {
  return c < 0x20 || (c >= 0x7f && c < 0xa0);
}

size_t count_lines_with_tabs(std::string_view text) {
  size_t count = 0;
  for (size_t at = text.find('\t'); at != std::string_view::npos; at = text.find('\t', at)) {
    ++count;
    at = text.find('\n', at);
    if (at == std::string_view::npos) break;
  }
  return count;
}

std::string tab_note(size_t lines) {
  if (lines == 1) return "indent with spaces, two for each step";
  return concat({"indent with spaces, two for each step; ", std::to_string(lines), " lines have tabs"});
}

}  // namespace

CodePoint code_point_at(std::string_view text, size_t offset) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[offset + i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {.value = lead, .length = 1};
  const size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || offset + length > text.size()) return {};
  char32_t value = lead & (0x7f >> length);
  for (size_t i = 1; i < length; ++i) {
    if (!is_continuation(byte(i))) return {};
    value = (value << 6) | (byte(i) & 0x3f);
  }
  constexpr std::array<char32_t, 5> kLeast = {0, 0, 0x80, 0x800, 0x10000};
  if (value < kLeast[length] || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff)) return {};
  return {.value = value, .length = length};
}

std::string code_point_name(char32_t value) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string digits;
  for (uint32_t rest = value; rest > 0 || digits.size() < 4; rest >>= 4) digits.insert(0, 1, kHex[rest & 0xf]);
  return "U+" + digits;
}

bool is_foreign_letter(char32_t value) {
  if (value == 0xd7 || value == 0xf7) return false;
  return (value >= 0xc0 && value < 0x2000) || (value >= 0x2c00 && value < 0xd7b0 && !(value >= 0x2e00 && value < 0x3040)) ||
         value == 0xaa || value == 0xb5 || value == 0xba;
}

bool is_hidden(char32_t value) {
  return is_control(value) || is_invisible(value);
}

void check_characters(std::string_view text, int32_t file, Problems& problems) {
  const size_t begin = text.starts_with("\ufeff") ? 3 : 0;
  bool tab_seen = false;
  for (size_t at = begin; at < text.size() && !problems.full();) {
    const CodePoint point = code_point_at(text, at);
    const size_t end = at + (point.length == 0 ? 1 : point.length);
    const Span span{file, static_cast<uint32_t>(at), static_cast<uint32_t>(end)};
    if (point.length == 0) {
      size_t bad_end = end;
      while (bad_end < text.size() && code_point_at(text, bad_end).length == 0) ++bad_end;
      problems.add({file, span.begin, static_cast<uint32_t>(bad_end)}, "these bytes are not UTF-8", "save the file in the encoding UTF-8");
      at = bad_end;
      continue;
    }
    if (point.value == '\t') {
      if (!tab_seen) problems.add(span, "tabs are not allowed", tab_note(count_lines_with_tabs(text)));
      tab_seen = true;
    } else if (is_invisible(point.value)) {
      problems.add(span, concat({"the character ", code_point_name(point.value), " cannot be seen, so it may not stand in a law"}));
    } else if (is_control(point.value) && point.value != '\n' && !text.substr(at).starts_with("\r\n")) {
      problems.add(span, concat({"the control character ", code_point_name(point.value), " is not allowed"}));
    }
    at = end;
  }
}

std::optional<Lookalike> lookalike_at(std::string_view text, size_t offset) {
  const std::string_view rest = text.substr(offset, 4);
  for (const Lookalike& lookalike : kLookalikes) {
    if (rest.starts_with(lookalike.typed)) return lookalike;
  }
  return std::nullopt;
}

}  // namespace koshi::zan
