#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "zan/syntax/source.h"

/// The words into which a law text is cut. Views lead into the text of the SourceMap (or to constants).
namespace koshi::zan {

inline constexpr std::array<std::string_view, 16> kDeclarationWords = {"act",   "treaty",  "source",    "enum",   "set",   "calendar",
                                                                       "topic", "entity",  "norm",      "define", "table", "reform",
                                                                       "case",  "account", "procedure", "return"};

enum class TokenKind : uint8_t {
  kWord,    ///< a name or a word of the language
  kNumber,  ///< 12, 0.5
  kDate,    ///< 2011-08-17; `date` holds it (an impossible one is reported by the lexer)
  kText,    ///< "…", text without its quotes
  kCode,    ///< '…', text without its quotes
  kPlace,   ///< the place in a cited act: raw text, trimmed
  kYesNo,   ///< yes/no, written together
  kSymbol,  ///< one of ( ) { } [ ] , : . = != < <= > >= -> + - * / %
  kBad,     ///< reported by the lexer; nobody complains of it again
  kEnd,
};

struct Token {
  TokenKind kind = TokenKind::kEnd;
  Span span;
  std::string_view text;
  Date date;
  int line = 0;
  int indent = 0;            ///< column, from 1, of the first word of its line; 0 at the end of the file
  bool first = false;        ///< first word of its line
  bool after_blank = false;  ///< first of its line, and the line above is empty
};

struct CommentLine {
  Span span;
  std::string text;  ///< without "--", trimmed
  int line = 0;
  bool own_line = false;
  bool after_blank = false;
};

/// Words that cannot be names, as docs/zan.md lists them.
bool is_reserved(std::string_view word);
/// act, norm, case …: words that open a declaration in column one.
bool is_declaration_word(std::string_view word);
/// Letters, digits and _, not starting with a digit, not reserved.
bool is_name(std::string_view text);
/// The plural under which a unit is stored ("day" -> "days"); empty when the word is no unit. "working days" is two
/// words.
std::string_view unit_word(std::string_view word);

inline bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
inline bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

}  // namespace koshi::zan
