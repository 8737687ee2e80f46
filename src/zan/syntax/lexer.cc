#include "zan/syntax/lexer.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "zan/syntax/characters.h"
#include "zan/syntax/spelling.h"

namespace koshi::zan {
namespace {

/// A tab is reported; to read on, it counts as one step of indentation.
constexpr int kTabColumns = 2;
constexpr size_t kMaxWholeDigits = 18;
constexpr size_t kMaxDecimalPlaces = 9;

constexpr std::array<std::string_view, 4> kLongSymbols = {"!=", "<=", ">=", "->"};
constexpr std::string_view kSymbols = "(){}[],:.=<>+-*/%";

class Lexer {
 public:
  Lexer(std::string_view text, int32_t file, Problems& problems) : text_(text), file_(file), problems_(problems) {}

  Lexed run();

 private:
  /// Where the next word stands in a citation: the name of the act is followed by a place, which is raw text.
  enum class Citing : uint8_t { kNo, kActNext, kClosed };

  char at(size_t offset) const { return offset < text_.size() ? text_[offset] : '\0'; }
  bool is_foreign(size_t offset) const {
    if (static_cast<unsigned char>(at(offset)) < 0x80 || lookalike_at(text_, offset)) return false;
    return is_foreign_letter(code_point_at(text_, offset).value);
  }
  /// Beyond ASCII, and reported by check_characters.
  bool is_reported(size_t offset) const {
    if (static_cast<unsigned char>(at(offset)) < 0x80) return false;
    const CodePoint point = code_point_at(text_, offset);
    return point.length == 0 || is_hidden(point.value);
  }
  /// What is reported anyway is, in a name, a typing error and not the end of the name.
  bool continues_word(size_t offset) const {
    return is_letter(at(offset)) || is_digit(at(offset)) || is_foreign(offset) || is_reported(offset);
  }
  Span span(size_t begin, size_t end) const { return {file_, static_cast<uint32_t>(begin), static_cast<uint32_t>(end)}; }
  size_t line_end(size_t from) const { return std::min(text_.find('\n', from), text_.size()); }

  void step();
  void new_line();
  void skip_space(size_t bytes, int columns);
  void read_comment(size_t mark);
  void read_word();
  void check_word(size_t begin, size_t end);
  void read_digits();
  bool read_date();
  void read_number();
  void read_quoted(std::string_view opening, std::string_view closing, TokenKind kind);
  void read_place();
  void read_symbol();
  void read_lookalike(const Lookalike& lookalike);
  Token& push(TokenKind kind, size_t begin, size_t end, std::string_view text);
  void follow_citation(const Token& token);

  std::string_view text_;
  int32_t file_;
  Problems& problems_;
  Lexed out_;
  size_t pos_ = 0;
  int line_ = 1;
  int indent_ = 1;
  bool line_is_empty_ = true;  ///< no word and no comment yet
  bool line_has_word_ = false;
  bool line_after_blank_ = false;
  Citing citing_ = Citing::kNo;
};

Lexed Lexer::run() {
  if (text_.starts_with("\ufeff")) pos_ = 3;
  while (pos_ < text_.size() && !problems_.full()) step();
  const size_t end = text_.size();
  out_.tokens.push_back({.kind = TokenKind::kEnd,
                         .span = span(end, end),
                         .text = {},
                         .date = {},
                         .line = line_,
                         .indent = 0,
                         .first = true,
                         .after_blank = line_after_blank_});
  return std::move(out_);
}

void Lexer::step() {
  const char c = at(pos_);
  if (c == '\n') {
    new_line();
  } else if (c == ' ') {
    skip_space(1, 1);
  } else if (c == '\t') {
    skip_space(1, kTabColumns);
  } else if (text_.substr(pos_).starts_with("--")) {
    read_comment(2);
  } else if (const auto lookalike = lookalike_at(text_, pos_)) {
    read_lookalike(*lookalike);
  } else if (is_letter(c) || is_foreign(pos_)) {
    read_word();
  } else if (is_digit(c)) {
    read_digits();
  } else if (c == '"') {
    read_quoted("\"", "\"", TokenKind::kText);
  } else if (c == '\'') {
    read_quoted("'", "'", TokenKind::kCode);
  } else {
    read_symbol();
  }
}

void Lexer::new_line() {
  line_after_blank_ = line_is_empty_;
  line_is_empty_ = true;
  line_has_word_ = false;
  indent_ = 1;
  ++line_;
  ++pos_;
}

void Lexer::skip_space(size_t bytes, int columns) {
  if (!line_has_word_) indent_ += columns;
  pos_ += bytes;
}

void Lexer::read_comment(size_t mark) {
  const size_t end = line_end(pos_);
  out_.comments.push_back({.span = span(pos_, end),
                           .text = std::string(trim(text_.substr(pos_ + mark, end - pos_ - mark))),
                           .line = line_,
                           .own_line = line_is_empty_,
                           .after_blank = line_is_empty_ && line_after_blank_});
  line_is_empty_ = false;
  pos_ = end;
}

Token& Lexer::push(TokenKind kind, size_t begin, size_t end, std::string_view text) {
  out_.tokens.push_back({.kind = kind,
                         .span = span(begin, end),
                         .text = text,
                         .date = {},
                         .line = line_,
                         .indent = indent_,
                         .first = !line_has_word_,
                         .after_blank = !line_has_word_ && line_after_blank_});
  line_is_empty_ = false;
  line_has_word_ = true;
  pos_ = end;
  follow_citation(out_.tokens.back());
  return out_.tokens.back();
}

void Lexer::follow_citation(const Token& token) {
  const bool word = token.kind == TokenKind::kWord;
  if (word && (token.text == "by" || token.text == "because")) {
    citing_ = Citing::kActNext;
  } else if (word && token.text == "and" && citing_ == Citing::kClosed) {
    citing_ = Citing::kActNext;
  } else if (word && citing_ == Citing::kActNext && !token.first && !is_reserved(token.text)) {
    citing_ = Citing::kNo;
    read_place();
  } else {
    citing_ = token.kind == TokenKind::kSymbol && token.text == "]" ? Citing::kClosed : Citing::kNo;
  }
}

void Lexer::read_place() {
  const std::string_view line = text_.substr(pos_, line_end(pos_) - pos_);
  const size_t length = std::min({line.find('['), line.find("--"), line.size()});
  const std::string_view place = trim(line.substr(0, length));
  // `by employer -> examined` names who acts, and cites nothing.
  if (place.empty() || place.find("->") != std::string_view::npos) return;
  const size_t begin = static_cast<size_t>(place.data() - text_.data());
  push(TokenKind::kPlace, begin, begin + place.size(), place);
}

void Lexer::read_word() {
  const size_t begin = pos_;
  size_t end = pos_;
  while (end < text_.size() && continues_word(end)) end += std::max<size_t>(code_point_at(text_, end).length, 1);
  if (text_.substr(begin, end - begin) == "yes" && text_.substr(end).starts_with("/no") && !is_letter(at(end + 3)) &&
      !is_digit(at(end + 3))) {
    push(TokenKind::kYesNo, begin, end + 3, text_.substr(begin, 6));
    return;
  }
  check_word(begin, end);
  push(TokenKind::kWord, begin, end, text_.substr(begin, end - begin));
}

/// Letters of other alphabets that look Latin (Cyrillic а, с, е, о) are the mistake that no eye finds.
void Lexer::check_word(size_t begin, size_t end) {
  for (size_t i = begin; i < end; ++i) {
    if (static_cast<unsigned char>(at(i)) < 0x80) continue;
    const CodePoint point = code_point_at(text_, i);
    if (is_reported(i)) return;
    problems_.add(span(begin, end), concat({"the name ", quoted(text_.substr(begin, end - begin)), " is not in Latin letters"}),
                  concat({quoted(text_.substr(i, point.length)), " is the character ", code_point_name(point.value),
                          "; names are letters a-z, digits and _"}));
    return;
  }
}

void Lexer::read_digits() {
  if (!read_date()) read_number();
}

/// YYYY-MM-DD without spaces. Other digits between two hyphens or points are a date misspelt, not a subtraction.
bool Lexer::read_date() {
  size_t end = pos_;
  char separator = '-';
  std::array<size_t, 3> digits{};
  for (size_t part = 0; part < 3; ++part) {
    if (part == 1 && at(end) == '.') separator = '.';
    if (part > 0 && at(end++) != separator) return false;
    const size_t begin = end;
    while (is_digit(at(end))) ++end;
    digits[part] = end - begin;
    if (digits[part] == 0) return false;
  }
  const size_t begin = pos_;
  const std::string_view spelt = text_.substr(begin, end - begin);
  const std::optional<Date> date = parse_date(spelt);
  if (separator != '-' || digits != std::array<size_t, 3>{4, 2, 2}) {
    problems_.add(span(begin, end), concat({quoted(spelt), " is not a date"}), "a date is written YYYY-MM-DD");
  } else if (!date) {
    problems_.add(span(begin, end), concat({"there is no day ", spelt}));
  }
  push(TokenKind::kDate, begin, end, spelt).date = date.value_or(Date{});
  return true;
}

void Lexer::read_number() {
  const size_t begin = pos_;
  size_t end = pos_;
  while (is_digit(at(end))) ++end;
  const size_t whole_digits = end - begin;
  size_t places = 0;
  if (at(end) == '.' && is_digit(at(end + 1))) {
    const size_t point = end++;
    while (is_digit(at(end))) ++end;
    places = end - point - 1;
  }
  const std::string_view spelt = text_.substr(begin, end - begin);
  if (whole_digits > kMaxWholeDigits || places > kMaxDecimalPlaces) {
    problems_.add(
        span(begin, end), "this number has more digits than can be held exactly",
        concat({"at most ", std::to_string(kMaxWholeDigits), " digits, and ", std::to_string(kMaxDecimalPlaces), " after the point"}));
  }
  if (is_letter(at(end)) || is_foreign(end)) {
    size_t word_end = end;
    while (is_letter(at(word_end)) || is_digit(at(word_end))) ++word_end;
    problems_.add(span(begin, word_end), concat({quoted(text_.substr(begin, word_end - begin)), " is neither a number nor a name"}),
                  "a space stands between a number and its unit; a name does not start with a digit");
  }
  push(TokenKind::kNumber, begin, end, spelt);
}

void Lexer::read_quoted(std::string_view opening, std::string_view closing, TokenKind kind) {
  const size_t begin = pos_;
  const size_t inner = begin + opening.size();
  const size_t limit = line_end(inner);
  const size_t close = text_.substr(0, limit).find(closing, inner);
  if (close == std::string_view::npos) {
    const std::string_view rest = trim(text_.substr(begin, limit - begin));
    problems_.add(span(begin, begin + rest.size()),
                  kind == TokenKind::kText ? "this text has no closing `\"` on its line" : "this code has no closing `'` on its line");
    push(TokenKind::kBad, begin, limit, rest);
    return;
  }
  const std::string_view inside = text_.substr(inner, close - inner);
  const size_t end = close + closing.size();
  if (kind == TokenKind::kCode && trim(inside) != inside) {
    problems_.add(span(begin, end), "a code neither starts nor ends with a space");
  } else if (kind == TokenKind::kCode && inside.empty()) {
    problems_.add(span(begin, end), "this code is empty");
  }
  push(kind, begin, end, inside);
}

void Lexer::read_symbol() {
  const size_t begin = pos_;
  for (const std::string_view symbol : kLongSymbols) {
    if (!text_.substr(begin).starts_with(symbol)) continue;
    push(TokenKind::kSymbol, begin, begin + symbol.size(), symbol);
    return;
  }
  if (kSymbols.contains(at(begin))) {
    push(TokenKind::kSymbol, begin, begin + 1, text_.substr(begin, 1));
    return;
  }
  const CodePoint point = code_point_at(text_, begin);
  const size_t end = begin + std::max<size_t>(point.length, 1);
  if (point.length == 0 || is_hidden(point.value)) {
    skip_space(end - begin, 1);
    return;
  }
  const std::string_view sign = text_.substr(begin, end - begin);
  problems_.add(span(begin, end), concat({"the character ", quoted(sign), " has no meaning here"}));
  push(TokenKind::kBad, begin, end, sign);
}

void Lexer::read_lookalike(const Lookalike& lookalike) {
  const size_t begin = pos_;
  const size_t end = begin + lookalike.typed.size();
  const auto report = [&](std::string_view note) {
    problems_.add(span(begin, end), concat({quoted(lookalike.typed), " is not written here"}), std::string(note));
  };
  if (lookalike.meant == " ") {
    problems_.add(span(begin, end), "this is a no-break space", "write a plain space");
    skip_space(lookalike.typed.size(), 1);
  } else if (lookalike.meant == "--") {
    report("a comment starts with `--`");
    read_comment(lookalike.typed.size());
  } else if (lookalike.meant == "\"") {
    report("text stands between plain double quotes `\"`");
    const size_t limit = line_end(end);
    size_t close = end;
    while (close < limit && at(close) != '"' && (lookalike_at(text_, close).value_or(Lookalike{}).meant != "\"")) ++close;
    const std::string_view inside = text_.substr(end, close - end);
    const size_t after = close == limit ? limit : close + (at(close) == '"' ? 1 : lookalike_at(text_, close)->typed.size());
    push(TokenKind::kText, begin, after, trim(inside));
  } else {
    report(concat({"write ", quoted(lookalike.meant)}));
    push(is_letter(lookalike.meant[0]) ? TokenKind::kWord : TokenKind::kSymbol, begin, end, lookalike.meant);
  }
}

}  // namespace

Lexed lex(std::string_view text, int32_t file, Problems& problems) {
  check_characters(text, file, problems);
  return Lexer(text, file, problems).run();
}

}  // namespace koshi::zan
