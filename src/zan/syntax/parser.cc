#include "zan/syntax/parser.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "zan/syntax/read.h"
#include "zan/syntax/spelling.h"

namespace koshi::zan {
namespace {

/// Reads the declarations of one file, one after the other; each starts in column one.
class FileReader {
 public:
  FileReader(Reader& reader, int32_t file) : r_(reader) { tree_.file = file; }

  FileTree run();

 private:
  void declaration();
  void dispatch(std::string_view word, uint32_t begin, Comments comments);
  template <typename Decl, typename Read>
  void take(DeclKind kind, std::vector<Decl>& out, Comments comments, Read read);

  Reader& r_;
  FileTree tree_;
  Name topic_;
};

FileTree FileReader::run() {
  while (!r_.at_file_end()) declaration();
  tree_.closing_comments = r_.closing_comments();
  return std::move(tree_);
}

void FileReader::declaration() {
  const Token& token = r_.peek();
  const bool known = token.kind == TokenKind::kWord && is_declaration_word(token.text);
  if (token.indent != 1) {
    r_.report(token.span, "a declaration starts in column one");
    if (!known) {
      while (!r_.at_file_end() && r_.peek().indent != 1) r_.next();
      return;
    }
  }
  const Item item(r_);
  Comments comments = r_.comments_above();
  const uint32_t begin = token.span.begin;
  std::string word(token.text);
  if (!known) {
    r_.unexpected("a declaration", kDeclarationWords);
    const std::vector<std::string> words(kDeclarationWords.begin(), kDeclarationWords.end());
    word = token.kind == TokenKind::kWord ? nearest(word, words).value_or("") : "";
  }
  r_.next();
  dispatch(word, begin, std::move(comments));
  r_.skip_item();
}

/// Reads with `read`; keeps the declaration when it was good.
template <typename Decl, typename Read>
void FileReader::take(DeclKind kind, std::vector<Decl>& out, Comments comments, Read read) {
  Decl decl;
  decl.comments = std::move(comments);
  if (!read(decl)) return;
  r_.comments_inside(decl.comments);
  if (!r_.at_end()) {
    r_.unexpected("the end of the declaration");
    return;
  }
  tree_.order.emplace_back(kind, out.size());
  out.push_back(std::move(decl));
}

void FileReader::dispatch(std::string_view word, uint32_t begin, Comments comments) {
  const auto with = [&](DeclKind kind, auto& out, auto read) {
    take(kind, out, std::move(comments), [&](auto& decl) { return read(r_, begin, decl); });
  };
  if (word == "act" || word == "treaty" || word == "source") {
    take(DeclKind::kAct, tree_.acts, std::move(comments), [&](ActDecl& act) { return read_act(r_, word, begin, act); });
  } else if (word == "enum") {
    with(DeclKind::kEnum, tree_.enums, read_enum);
  } else if (word == "set") {
    with(DeclKind::kSet, tree_.sets, read_set);
  } else if (word == "calendar") {
    with(DeclKind::kCalendar, tree_.calendars, read_calendar);
  } else if (word == "topic") {
    with(DeclKind::kTopic, tree_.topics, read_topic);
    if (!tree_.topics.empty()) topic_ = tree_.topics.back().name;
  } else if (word == "entity") {
    with(DeclKind::kEntity, tree_.entities, read_entity);
  } else if (word == "norm" || word == "define") {
    take(DeclKind::kNorm, tree_.norms, std::move(comments), [&](NormDecl& norm) {
      norm.topic = topic_;
      return read_norm(r_, word, begin, norm);
    });
  } else if (word == "table") {
    take(DeclKind::kTable, tree_.tables, std::move(comments), [&](TableDecl& table) {
      table.topic = topic_;
      return read_table(r_, begin, table);
    });
  } else if (word == "reform") {
    take(DeclKind::kReform, tree_.reforms, std::move(comments), [&](ReformDecl& reform) {
      const bool good = read_reform(r_, begin, reform);
      for (NormDecl& norm : reform.norms) norm.topic = topic_;
      return good;
    });
  } else if (word == "case") {
    with(DeclKind::kCase, tree_.cases, read_case);
  } else if (word == "account") {
    with(DeclKind::kAccount, tree_.accounts, read_account);
  } else if (word == "procedure") {
    with(DeclKind::kProcedure, tree_.procedures, read_procedure);
  } else if (word == "return") {
    with(DeclKind::kReturn, tree_.returns, read_return);
  }
}

bool small_enough(const SourceMap& sources, int32_t file, Problems& problems) {
  if (sources.file(file).text.size() <= kMaxSourceBytes) return true;
  problems.add({file, 0, 0}, concat({"this file is larger than ", std::to_string(kMaxSourceBytes >> 20), " MiB"}),
               "split it; the order of files does not matter");
  return false;
}

/// The problems of one file by place: the lexer's and the grammar's were found one after the other.
void sort_new(Diagnostics& diagnostics, size_t before) {
  std::stable_sort(diagnostics.begin() + static_cast<std::ptrdiff_t>(before), diagnostics.end(),
                   [](const Diagnostic& a, const Diagnostic& b) { return a.span.begin < b.span.begin; });
}

}  // namespace

FileTree parse(const SourceMap& sources, int32_t file, Diagnostics& diagnostics) {
  const size_t before = diagnostics.size();
  Problems problems(diagnostics);
  FileTree tree;
  tree.file = file;
  if (!small_enough(sources, file, problems)) return tree;
  Lexed lexed = lex(sources.file(file).text, file, problems);
  if (!problems.full()) {
    Reader reader(std::move(lexed), problems);
    tree = FileReader(reader, file).run();
  }
  sort_new(diagnostics, before);
  return tree;
}

ExprPtr parse_expression(const SourceMap& sources, int32_t file, Diagnostics& diagnostics) {
  const size_t before = diagnostics.size();
  Problems problems(diagnostics);
  if (!small_enough(sources, file, problems)) return nullptr;
  Reader reader(lex(sources.file(file).text, file, problems), problems);
  ExprPtr expr = read_expression(reader);
  if (expr && !reader.at_end()) reader.unexpected("an operator or the end");
  sort_new(diagnostics, before);
  return problems.count() == 0 ? std::move(expr) : nullptr;
}

}  // namespace koshi::zan
