#include "office/papers/letter_check.h"

#include <algorithm>
#include <string_view>

#include "base/text.h"
#include "office/papers/qr.h"

namespace koshi::papers {
namespace {

constexpr size_t kLanguageMaxBytes = 35;

constexpr std::string_view kDirectionSigns[] = {"\u202A", "\u202B", "\u202C", "\u202D", "\u202E", "\u2066", "\u2067", "\u2068", "\u2069"};

bool is_bad_control(char c) {
  return (static_cast<unsigned char>(c) < 0x20 && c != '\n') || c == 0x7F;
}

class LetterCheck {
 public:
  Result<void> text(std::string_view name, std::string_view text, size_t max_bytes) {
    const std::string what = "the letter's " + std::string(name);
    if (text.size() > max_bytes) return fail(what + " is longer than " + std::to_string(max_bytes) + " bytes; shorten it");
    const bool turned = std::ranges::any_of(kDirectionSigns, [&](std::string_view sign) { return text.contains(sign); });
    if (!is_valid_utf8(text) || std::ranges::any_of(text, is_bad_control) || turned) {
      return fail(what + " is not plain text; remove its control characters");
    }
    bytes_ += text.size();
    if (bytes_ > kLetterMaxBytes) return fail("the letter is longer than " + std::to_string(kLetterMaxBytes) + " bytes; shorten it");
    return {};
  }

 private:
  size_t bytes_ = 0;
};

}  // namespace

Result<void> check_letter(const Letter& letter) {
  const size_t parts = letter.paragraphs.size() + letter.rows.size() + letter.grounds.size() + letter.closing.size();
  if (parts > kLetterMaxParts) return fail("the letter has more than " + std::to_string(kLetterMaxParts) + " parts; divide it");
  if (trim(letter.title).empty()) return fail("the letter has no title");
  LetterCheck check;
  TRY_DO(check.text("language", letter.language, kLanguageMaxBytes));
  TRY_DO(check.text("issuer", letter.issuer, kLetterTitleMaxBytes));
  TRY_DO(check.text("title", letter.title, kLetterTitleMaxBytes));
  for (const std::string& text : letter.paragraphs) TRY_DO(check.text("paragraph", text, kLetterTextMaxBytes));
  for (const LetterRow& row : letter.rows) {
    TRY_DO(check.text("label", row.label, kLetterTitleMaxBytes));
    TRY_DO(check.text("value", row.value, kLetterTextMaxBytes));
  }
  TRY_DO(check.text("heading of grounds", letter.grounds_title, kLetterTitleMaxBytes));
  for (const LetterGround& ground : letter.grounds) {
    TRY_DO(check.text("ground", ground.ground, kLetterTextMaxBytes));
    TRY_DO(check.text("article", ground.article, kLetterTextMaxBytes));
    TRY_DO(check.text("explanation", ground.explanation, kLetterTextMaxBytes));
  }
  for (const std::string& text : letter.closing) TRY_DO(check.text("closing", text, kLetterTextMaxBytes));
  TRY_DO(check.text("caption", letter.qr_caption, kLetterTitleMaxBytes));
  return check.text("footer", letter.footer, kLetterTitleMaxBytes);
}

}  // namespace koshi::papers
