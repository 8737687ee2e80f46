#include "office/papers/windows1251.h"

#include <cstdint>

#include "office/papers/utf8.h"

namespace koshi::papers {
namespace {

/// 0x80..0xBF; the rest is А..я in one run. 0 has no meaning.
constexpr char16_t kUpperHalf[64] = {
    0x0402, 0x0403, 0x201A, 0x0453, 0x201E, 0x2026, 0x2020, 0x2021, 0x20AC, 0x2030, 0x0409, 0x2039, 0x040A, 0x040C, 0x040B, 0x040F,
    0x0452, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0,      0x2122, 0x0459, 0x203A, 0x045A, 0x045C, 0x045B, 0x045F,
    0x00A0, 0x040E, 0x045E, 0x0408, 0x00A4, 0x0490, 0x00A6, 0x00A7, 0x0401, 0x00A9, 0x0404, 0x00AB, 0x00AC, 0x00AD, 0x00AE, 0x0407,
    0x00B0, 0x00B1, 0x0406, 0x0456, 0x0491, 0x00B5, 0x00B6, 0x00B7, 0x0451, 0x2116, 0x0454, 0x00BB, 0x0458, 0x0405, 0x0455, 0x0457,
};

constexpr uint8_t kFirstLetter = 0xC0;  // А
constexpr char16_t kFirstLetterCode = 0x0410;

char16_t code_of(uint8_t byte) {
  if (byte < 0x80) return byte;
  if (byte < kFirstLetter) return kUpperHalf[byte - 0x80];
  return static_cast<char16_t>(kFirstLetterCode + (byte - kFirstLetter));
}

bool is_letter(char c) {
  const auto byte = static_cast<uint8_t>(c);
  return byte >= kFirstLetter || byte == 0xA8 || byte == 0xB8;  // Ё, ё
}

}  // namespace

std::optional<std::string> from_windows1251(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const char16_t code = code_of(static_cast<uint8_t>(c));
    if (code == 0 && c != '\0') return std::nullopt;
    append_utf8(out, code);
  }
  return out;
}

bool has_lost_letter(std::string_view windows1251) {
  for (size_t i = 0; i + 1 < windows1251.size(); ++i) {
    if (windows1251[i] == '?' && is_letter(windows1251[i + 1])) return true;
  }
  return false;
}

int cyrillic_percent(std::string_view windows1251) {
  size_t high = 0;
  size_t letters = 0;
  for (const char c : windows1251) {
    if (static_cast<uint8_t>(c) < 0x80) continue;
    ++high;
    if (is_letter(c)) ++letters;
  }
  return high == 0 ? 100 : static_cast<int>(letters * 100 / high);
}

}  // namespace koshi::papers
