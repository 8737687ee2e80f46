#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

/// A letter of the office (a decision, a permit, a receipt) as a PDF of A4 pages. The model knows nothing of cases: who
/// decides what is said, in which language, is the caller.
///
/// The parts stand in the order of the members; each may be empty except the title. Text is set in DejaVu Sans, which
/// has the letters of Kazakh; a sign that the font lacks is an error rather than a box on paper.
namespace koshi::papers {

inline constexpr size_t kLetterTitleMaxBytes = 500;
inline constexpr size_t kLetterTextMaxBytes = 20'000;  ///< of one paragraph or value
inline constexpr size_t kLetterMaxBytes = 200'000;     ///< of all text together
inline constexpr size_t kLetterMaxParts = 1'000;       ///< paragraphs, rows and grounds together
inline constexpr size_t kLetterMaxPages = 100;

struct LetterRow {
  std::string label;
  std::string value;
};

/// Why it was decided so: a norm in words, where it stands, and what it means here.
struct LetterGround {
  std::string ground;
  std::string article;
  std::string explanation;
};

struct Letter {
  std::string language = "kk";  ///< BCP 47; guides line breaking
  std::string issuer = {};      ///< the letterhead
  std::string title = {};
  std::vector<std::string> paragraphs = {};
  std::vector<LetterRow> rows = {};
  std::string grounds_title = {};
  std::vector<LetterGround> grounds = {};
  std::vector<std::string> closing = {};  ///< how to appeal, who signed
  std::optional<std::string> qr = {};     ///< the text of the code, at most kQrMaxBytes: at the top of the first page
  std::string qr_caption = {};            ///< what the code is for, beside it
  std::string footer = {};                ///< on every page, beside "page / pages"; at most two lines are shown
};

/// The bytes depend on the letter and `created` (seconds since 1970 UTC, the document's creation date) alone, given the
/// same libraries and font. Newlines break lines. Errors: an empty title, a limit, invalid UTF-8, control characters, a
/// sign without a glyph, the font not installed, memory. Some 20 ms of processor time for one page with a code, as the
/// fonts are opened anew. Callable from any thread.
Result<std::string> render_letter(const Letter& letter, int64_t created);

}  // namespace koshi::papers
