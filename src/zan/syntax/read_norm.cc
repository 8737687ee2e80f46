// Norms and tables.
//
//   norm    = ("norm" / "define") name ["of" name] ["under" name] ":" type text ["help" text] ["by" citations] *missing body
//   body    = *rule [ "except" *rule ]
//   table   = "table" name "of" name "(" names ")" ":" type text ["help" text] "from" text ["by" citations] *missing
//   missing = "missing" *dated    ; the text that governed these days was not read

#include <array>
#include <utility>

#include "zan/syntax/read.h"

namespace koshi::zan {
namespace {

constexpr std::array<std::string_view, 2> kNormWords = {"of", "under"};
constexpr std::array<std::string_view, 3> kMissingWords = {"from", "until", "by"};
constexpr std::array<std::string_view, 3> kTableWords = {"help", "from", "by"};

bool read_norm_line(Reader& r, NormDecl& norm) {
  if (!r.read_name(norm.name, "the name of the norm")) return false;
  if (r.accept("of") && !r.read_name(norm.entity, "the name of an entity")) return false;
  if (r.accept("under") && !r.read_name(norm.under, "the name of an act or treaty")) return false;
  if (!r.at(":")) return r.expected("`of`, `under` or `:`", kNormWords);
  r.next();
  return read_type(r, norm.type);
}

/// `help` here is followed by a text; alone it could be a fact with which a rule begins.
bool accept_help(Reader& r) {
  if (!r.at("help") || r.peek(1).kind != TokenKind::kText) return false;
  r.next();
  return true;
}

/// Label, help and default citation: each can be wrong on its own.
void read_norm_notes(Reader& r, NormDecl& norm) {
  if (!r.read_text(norm.label, "the label of the norm, in double quotes")) r.skip_line();
  if (accept_help(r)) r.read_text(norm.help, "help, in double quotes");
  if (r.accept("by") && !read_citations(r, norm.by)) r.skip_line();
}

/// `missing` alone could be a fact with which a rule begins.
bool at_missing(const Reader& r) {
  return r.at("missing") && (r.at("from", 1) || r.at("until", 1) || r.at("by", 1));
}

bool read_missing(Reader& r, std::vector<MissingDecl>& out) {
  return read_part(r, out, [&](MissingDecl& missing) {
    if (!read_dates(r, missing.dated)) return false;
    return !missing.dated.by.empty() || r.expected("`by` and the act whose text was not read", kMissingWords);
  });
}

bool read_body_line(Reader& r, NormDecl& norm, bool& excepted) {
  if (at_missing(r)) return read_missing(r, norm.missing);
  if (r.at("except")) {
    if (excepted) r.report(r.peek().span, "a second `except` beside the rules of this norm", "put its rules below the first");
    excepted = true;
    read_exceptions(r, norm.exceptions, 1);
    return true;
  }
  if (excepted) r.report(r.peek().span, "rules stand above the `except` that excepts them");
  excepted = false;
  Rule rule;
  const bool good = read_rule(r, rule, rule.comments);
  if (good) norm.rules.push_back(std::move(rule));
  return good;
}

bool read_table_line(Reader& r, TableDecl& table) {
  return r.read_name(table.name, "the name of the table") && r.require("of") && r.read_name(table.entity, "the name of an entity") &&
         r.require("(") && r.read_names(table.keys, "the name of a key: a fact or norm") && r.require(")") && r.require(":") &&
         read_type(r, table.type);
}

}  // namespace

bool read_norm(Reader& r, std::string_view word, uint32_t begin, NormDecl& norm) {
  norm.is_definition = word == "define";
  const bool good = read_norm_line(r, norm);
  if (!good && !r.at_kind(TokenKind::kText)) r.skip_line();
  read_norm_notes(r, norm);
  norm.span = r.since(begin);
  r.comments_inside(norm.comments);
  bool excepted = false;
  r.each_child([&] { return read_body_line(r, norm, excepted); });
  return good;
}

bool read_table(Reader& r, uint32_t begin, TableDecl& table) {
  const bool good = read_table_line(r, table);
  if (!good) r.skip_line();
  if (!r.read_text(table.label, "the label of the table, in double quotes")) return false;
  if (accept_help(r) && !r.read_text(table.help, "help, in double quotes")) return false;
  if (!r.at("from")) return r.expected("`from` and the name of a CSV file", kTableWords);
  r.next();
  table.csv_span = r.peek().span;
  if (!r.read_text(table.csv, "the name of a CSV file, in double quotes")) return false;
  if (r.accept("by") && !read_citations(r, table.by)) return false;
  while (good && at_missing(r)) {
    if (!read_missing(r, table.missing)) return false;
  }
  table.span = r.since(begin);
  return good;
}

}  // namespace koshi::zan
