#include "office/papers/fold.h"

#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "base/text.h"

namespace koshi::papers {
namespace {

constexpr std::string_view kNoBreakSpaces[] = {"\u00A0", "\u202F", "\uFEFF"};

}  // namespace

std::string_view trim_spaces(std::string_view text) {
  for (bool again = true; again;) {
    text = trim(text);
    again = false;
    for (const std::string_view space : kNoBreakSpaces) {
      if (text.starts_with(space)) {
        text.remove_prefix(space.size());
        again = true;
      }
      if (text.ends_with(space)) {
        text.remove_suffix(space.size());
        again = true;
      }
    }
  }
  return text;
}

std::string fold(std::string_view text) {
  icu::UnicodeString from = icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())});
  from.foldCase();
  icu::UnicodeString to;
  bool space = false;
  for (int32_t i = 0; i < from.length(); i = from.moveIndex32(i, 1)) {
    const UChar32 c = from.char32At(i);
    const bool is_space = u_isUWhiteSpace(c) || c == 0xFEFF;
    if (!is_space && space && !to.isEmpty()) to.append(u' ');
    if (!is_space) to.append(c);
    space = is_space;
  }
  std::string out;
  to.toUTF8String(out);
  return out;
}

}  // namespace koshi::papers
