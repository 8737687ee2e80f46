#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "zan/syntax/lexer.h"
#include "zan/syntax/parser.h"
#include "zan/syntax/problems.h"
#include "zan/syntax/tree.h"

namespace koshi::zan {

using Known = std::span<const std::string_view>;

/// Whether a word is spelt nearly like one of `known`.
bool is_near(std::string_view word, Known known);

/// A cursor over the words of one file, for the functions that read the grammar (read.h).
///
/// Layout is handled here: an *item* is a declaration, a rule, a fact … that begins on a line of its own; it ends
/// before the next line that is not indented more deeply than its first. While an Item is alive the reader sees the
/// words of that item only and then kEnd, so whoever reads an expression or a clause need not know of lines.
///
/// Functions that return bool report what is wrong themselves; false means "reported: leave this item".
class Reader {
 public:
  Reader(Lexed lexed, Problems& problems);

  const Token& peek(size_t ahead = 0) const;
  bool at_end() const { return peek().kind == TokenKind::kEnd; }
  /// No word of the file is left, or no more problems are taken.
  bool at_file_end() const { return problems_.full() || pos_ + 1 >= tokens_.size(); }
  /// At this word of the language, or symbol.
  bool at(std::string_view spelling, size_t ahead = 0) const;
  bool at_kind(TokenKind kind) const { return peek().kind == kind; }
  /// At NAME followed by ':'. A reserved word counts, so that it can be complained of.
  bool at_label() const;
  const Token& next();
  bool accept(std::string_view spelling);
  bool require(std::string_view spelling);

  /// `what` is for the message: "the name of the act".
  bool read_name(Name& out, std::string_view what);
  bool read_code(Name& out, std::string_view what);  ///< name or '…'
  bool read_text(std::string& out, std::string_view what);
  bool read_date(Date& out);
  bool read_date(std::optional<Date>& out);
  bool read_names(std::vector<Name>& out, std::string_view what);  ///< name *("," name)
  bool read_path(std::vector<Name>& out, std::string_view what);   ///< name *("." name)

  /// Something is missing here: "expected WHAT, found …"; where the word here is near to one of `known`, says so.
  /// Always false.
  bool expected(std::string_view what, Known known = {});
  /// The same of a word that is too much, where the item could also have ended.
  bool unexpected(std::string_view what, Known known = {});
  bool report(Span span, std::string message);
  bool report(Span span, std::string message, std::string note);
  /// False, and reported, when `depth` is beyond kMaxNesting.
  bool check_depth(int depth);

  size_t problem_count() const { return problems_.count(); }

  void skip_item();  ///< to the end of the present item
  void skip_line();  ///< to the next line of the present item; stays when at the start of one
  /// To the next line of the present item that starts with this word, or to its end.
  void skip_to_line_with(std::string_view spelling);

  /// Where the last word read ended; for spans.
  Span since(uint32_t begin) const;
  uint32_t here() const { return peek().span.begin; }

  /// The comments and empty lines above the word here.
  Comments comments_above();
  /// Adds the comments among the words read since: the first that follows a word is the one beside, others go above.
  void comments_inside(Comments& comments);
  std::vector<std::string> closing_comments();

  /// Calls read_child() for each line below the present one, as an item; whatever a child leaves is skipped, and
  /// reported if it had returned true. Lines of one level start in one column. `norms`: norms may stand here.
  template <typename ReadChild>
  void each_child(ReadChild read_child, bool norms = false);

  /// Whether the bracket that stands `ahead` holds a comma of its own: (a, b), not ({a, b}).
  bool comma_in_brackets(size_t ahead) const;

 private:
  friend class Item;

  bool visible(size_t index) const;
  /// At the first word of a line that continues the item.
  bool at_next_line() const { return !at_end() && peek().first && pos_ != item_start_; }
  bool check_not_declaration(bool norms_too);
  void check_column(int& column);
  void finish_child(bool good);
  std::string found() const;
  std::vector<Note> notes_on(const Token& token, Known known) const;
  void add_comment(std::vector<std::string>& out, const CommentLine& comment);

  std::vector<Token> tokens_;
  std::vector<CommentLine> comments_;
  Problems& problems_;
  size_t pos_ = 0;
  size_t next_comment_ = 0;
  int floor_ = 0;          ///< column of the present item
  size_t item_start_ = 0;  ///< its first word, which is seen although it stands on the floor
  mutable Token end_;
};

/// While alive, the reader sees only the item that starts with the present word.
class Item {
 public:
  explicit Item(Reader& reader) : reader_(reader), floor_(reader.floor_), start_(reader.item_start_) {
    reader.floor_ = reader.tokens_[reader.pos_].indent;
    reader.item_start_ = reader.pos_;
  }
  ~Item() {
    reader_.floor_ = floor_;
    reader_.item_start_ = start_;
  }
  Item(const Item&) = delete;
  Item& operator=(const Item&) = delete;

 private:
  Reader& reader_;
  int floor_;
  size_t start_;
};

template <typename ReadChild>
void Reader::each_child(ReadChild read_child, bool norms) {
  int column = 0;
  while (!at_end() && !problems_.full()) {
    if (!peek().first) {
      unexpected("the end of the line");
      skip_line();
      continue;
    }
    const bool belongs = check_not_declaration(norms);
    if (belongs) check_column(column);
    const Item item(*this);
    finish_child(belongs && read_child());
  }
}

}  // namespace koshi::zan
