#include "zan/syntax/reader.h"

#include <utility>

#include "base/check.h"
#include "base/text.h"
#include "zan/syntax/spelling.h"

namespace koshi::zan {

Reader::Reader(Lexed lexed, Problems& problems)
    : tokens_(std::move(lexed.tokens)), comments_(std::move(lexed.comments)), problems_(problems) {
  CHECK(!tokens_.empty() && tokens_.back().kind == TokenKind::kEnd);
}

bool is_near(std::string_view word, Known known) {
  return nearest(word, std::vector<std::string>(known.begin(), known.end())).has_value();
}

bool Reader::visible(size_t index) const {
  if (index + 1 >= tokens_.size()) return false;
  return !tokens_[index].first || tokens_[index].indent > floor_ || index == item_start_;
}

const Token& Reader::peek(size_t ahead) const {
  for (size_t i = pos_; i <= pos_ + ahead; ++i) {
    if (visible(i)) continue;
    // The end of an item is where its last word ended, not where the next begins.
    end_ = Token{};
    end_.line = i > 0 ? tokens_[i - 1].line : 1;
    end_.span = i > 0 ? tokens_[i - 1].span : tokens_[i].span;
    end_.span.begin = end_.span.end;
    return end_;
  }
  return tokens_[pos_ + ahead];
}

bool Reader::at(std::string_view spelling, size_t ahead) const {
  const Token& token = peek(ahead);
  return (token.kind == TokenKind::kWord || token.kind == TokenKind::kSymbol) && token.text == spelling;
}

bool Reader::at_label() const {
  return peek().kind == TokenKind::kWord && at(":", 1);
}

const Token& Reader::next() {
  const Token& token = peek();
  if (token.kind != TokenKind::kEnd) ++pos_;
  return token;
}

bool Reader::accept(std::string_view spelling) {
  if (!at(spelling)) return false;
  next();
  return true;
}

bool Reader::require(std::string_view spelling) {
  if (accept(spelling)) return true;
  return expected(quoted(spelling), {&spelling, 1});
}

bool Reader::read_name(Name& out, std::string_view what) {
  const Token& token = peek();
  if (token.kind != TokenKind::kWord || (at_next_line() && is_reserved(token.text))) return expected(what);
  if (is_reserved(token.text)) {
    return report(token.span, concat({"expected ", what, ", found ", quoted(token.text)}),
                  concat({quoted(token.text), " is a word of the language and cannot be a name"}));
  }
  out = {.text = std::string(token.text), .span = token.span};
  next();
  return true;
}

bool Reader::read_code(Name& out, std::string_view what) {
  const Token& token = peek();
  if (token.kind == TokenKind::kWord && is_reserved(token.text)) {
    return report(token.span, concat({"expected ", what, ", found ", quoted(token.text)}),
                  concat({quoted(token.text), " is a word of the language: as a code it is written '", token.text, "'"}));
  }
  if (token.kind != TokenKind::kCode) return read_name(out, what);
  out = {.text = std::string(token.text), .span = token.span};
  next();
  return true;
}

bool Reader::read_text(std::string& out, std::string_view what) {
  if (!at_kind(TokenKind::kText)) return expected(what);
  out = next().text;
  return true;
}

bool Reader::read_date(Date& out) {
  if (!at_kind(TokenKind::kDate)) return expected("a date (YYYY-MM-DD)");
  out = next().date;
  return true;
}

bool Reader::read_date(std::optional<Date>& out) {
  Date date;
  if (!read_date(date)) return false;
  out = date;
  return true;
}

bool Reader::read_names(std::vector<Name>& out, std::string_view what) {
  do {
    if (!read_name(out.emplace_back(), what)) return false;
  } while (accept(","));
  return true;
}

bool Reader::read_path(std::vector<Name>& out, std::string_view what) {
  do {
    if (!read_name(out.emplace_back(), what)) return false;
  } while (accept("."));
  return true;
}

std::string Reader::found() const {
  const Token& token = peek();
  switch (token.kind) {
    case TokenKind::kText: return "a text";
    case TokenKind::kEnd: return pos_ + 1 >= tokens_.size() ? "the end of the file" : "the end of the line";
    default: return quoted(token.text);
  }
}

/// What may help: the known word that was meant, or why the word here is not taken.
std::vector<Note> Reader::notes_on(const Token& token, Known known) const {
  std::vector<Note> notes;
  const auto note = [&](std::string text) { notes.push_back({.span = {}, .text = std::move(text)}); };
  if (token.kind == TokenKind::kWord) {
    const std::vector<std::string> words(known.begin(), known.end());
    const auto near = nearest(token.text, words);
    if (near && *near != token.text) {
      note(concat({"nearest known word: ", quoted(*near)}));
    } else if (is_reserved(token.text) && known.empty()) {
      note(concat({quoted(token.text), " is a word of the language"}));
    }
  } else if (token.kind == TokenKind::kNumber && pos_ > 0 && tokens_[pos_ - 1].kind == TokenKind::kNumber) {
    note("the digits of a number stand together, without spaces");
  }
  return notes;
}

bool Reader::unexpected(std::string_view what, Known known) {
  const Token& token = peek();
  if (token.kind == TokenKind::kBad) return false;
  problems_.add(token.span, concat({"expected ", what, ", found ", found()}), notes_on(token, known));
  return false;
}

bool Reader::expected(std::string_view what, Known known) {
  // The first word of the next line is not what stands wrongly: something was left out before it.
  if (!at_next_line() || (!known.empty() && is_near(peek().text, known))) return unexpected(what, known);
  const Span last = tokens_[pos_ - 1].span;
  problems_.add({last.file, last.end, last.end}, concat({"expected ", what, ", found the end of the line"}));
  return false;
}

bool Reader::report(Span span, std::string message) {
  problems_.add(span, std::move(message));
  return false;
}

bool Reader::report(Span span, std::string message, std::string note) {
  problems_.add(span, std::move(message), std::move(note));
  return false;
}

bool Reader::check_depth(int depth) {
  if (depth <= kMaxNesting) return true;
  return report(peek().span, concat({"this is nested more than ", std::to_string(kMaxNesting), " levels deep"}));
}

void Reader::skip_item() {
  while (!at_end()) ++pos_;
}

void Reader::skip_line() {
  while (!at_end() && !peek().first) ++pos_;
}

void Reader::skip_to_line_with(std::string_view spelling) {
  while (!at_end() && !(peek().first && at(spelling))) ++pos_;
}

Span Reader::since(uint32_t begin) const {
  const Span last = tokens_[pos_ > 0 ? pos_ - 1 : 0].span;
  return {last.file, begin, std::max(begin, last.end)};
}

void Reader::add_comment(std::vector<std::string>& out, const CommentLine& comment) {
  if (comment.after_blank) out.push_back("\n");
  out.push_back(comment.text);
}

Comments Reader::comments_above() {
  Comments comments;
  const Token& token = peek();
  while (next_comment_ < comments_.size() && comments_[next_comment_].span.begin < token.span.begin) {
    add_comment(comments.above, comments_[next_comment_++]);
  }
  if (token.after_blank) comments.above.push_back("\n");
  return comments;
}

void Reader::comments_inside(Comments& comments) {
  if (pos_ == 0) return;
  const Token& last = tokens_[pos_ - 1];
  for (; next_comment_ < comments_.size(); ++next_comment_) {
    const CommentLine& comment = comments_[next_comment_];
    const bool beside = !comment.own_line;
    if (comment.span.begin >= last.span.end && !(beside && comment.line == last.line)) return;
    if (beside && comments.beside.empty()) {
      comments.beside = comment.text;
    } else {
      comments.above.push_back(comment.text);
    }
  }
}

std::vector<std::string> Reader::closing_comments() {
  std::vector<std::string> out;
  while (next_comment_ < comments_.size()) add_comment(out, comments_[next_comment_++]);
  return out;
}

bool Reader::comma_in_brackets(size_t ahead) const {
  int depth = 0;
  for (size_t i = pos_ + ahead; visible(i); ++i) {
    const Token& token = tokens_[i];
    if (token.kind != TokenKind::kSymbol) continue;
    if (token.text == "(" || token.text == "{") ++depth;
    if ((token.text == ")" || token.text == "}") && --depth == 0) return false;
    if (token.text == "," && depth == 1) return true;
  }
  return false;
}

bool Reader::check_not_declaration(bool norms_too) {
  const Token& token = peek();
  if (token.kind != TokenKind::kWord || !is_declaration_word(token.text)) return true;
  if (norms_too && (token.text == "norm" || token.text == "define")) return true;
  // These two may be names, too.
  if (!is_reserved(token.text) && !(at_kind(TokenKind::kWord) && at("of", 2))) return true;
  // Otherwise it was meant as a name, which is complained of where it is read.
  const bool titled = token.text == "case" || token.text == "calendar";
  if (peek(1).kind != (titled ? TokenKind::kText : TokenKind::kWord)) return true;
  return report(token.span, concat({quoted(token.text), " starts a declaration, which stands in column one"}));
}

void Reader::check_column(int& column) {
  const Token& token = peek();
  if (column != 0 && token.indent != column) {
    report(
        token.span,
        concat({"this line starts in column ", std::to_string(token.indent), ", the lines beside it in column ", std::to_string(column)}),
        "lines of one level start in one column; a line that continues another is indented more deeply");
  }
  column = token.indent;
}

void Reader::finish_child(bool good) {
  if (good && !at_end()) unexpected("the end of the line");
  skip_item();
}

}  // namespace koshi::zan
