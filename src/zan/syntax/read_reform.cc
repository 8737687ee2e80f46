// Reforms.
//
//   reform = "reform" name text ["by" citations] ["from" date] *( amend / norm )
//   amend  = "amend" name ["of" name] ["under" name] *change
//   change = rule / "insert" ["under" name ":"] rule / "replace" name "with" rule
//          / "repeal" name ["from" date] / "suspend" name ["from" date] ["until" date]

#include <array>
#include <utility>

#include "zan/syntax/read.h"

namespace koshi::zan {
namespace {

constexpr std::array<std::string_view, 2> kAmendWords = {"of", "under"};
constexpr std::array<std::string_view, 3> kReformWords = {"amend", "norm", "define"};
constexpr std::array<std::string_view, 2> kPeriodWords = {"from", "until"};

bool read_period(Reader& r, Change& change) {
  const bool suspends = change.kind == Change::Kind::kSuspend;
  if (!r.read_name(change.label, "the label of a rule")) return false;
  if (r.accept("from") && !r.read_date(change.from)) return false;
  if (suspends && r.accept("until") && !r.read_date(change.until)) return false;
  if (r.at_end()) return true;
  return suspends ? r.unexpected("`from` or `until`", kPeriodWords) : r.unexpected("`from`", Known(kPeriodWords).first(1));
}

/// What stands before the rule, or all of a change that has none.
bool read_change_head(Reader& r, Change& change) {
  if (r.accept("insert")) {
    change.kind = Change::Kind::kInsert;
    return !r.accept("under") || (r.read_name(change.label, "the label of a rule") && r.require(":"));
  }
  if (r.accept("replace")) {
    change.kind = Change::Kind::kReplace;
    return r.read_name(change.label, "the label of a rule") && r.require("with");
  }
  if (r.at("repeal") || r.at("suspend")) {
    change.kind = r.next().text == "repeal" ? Change::Kind::kRepeal : Change::Kind::kSuspend;
    return read_period(r, change);
  }
  return true;
}

bool read_change(Reader& r, Change& change) {
  const uint32_t begin = r.here();
  change.comments = r.comments_above();
  if (!read_change_head(r, change)) return false;
  const bool has_rule = change.kind != Change::Kind::kRepeal && change.kind != Change::Kind::kSuspend;
  bool good = true;
  if (has_rule) good = read_rule(r, change.rule.emplace(), change.comments);
  r.comments_inside(change.comments);
  change.span = r.since(begin);
  return good;
}

bool read_amend(Reader& r, Amend& amend) {
  const uint32_t begin = r.here();
  amend.comments = r.comments_above();
  r.next();
  bool good = r.read_name(amend.norm, "the name of a norm");
  if (good && r.accept("of")) good = r.read_name(amend.entity, "the name of an entity");
  if (good && r.accept("under")) good = r.read_name(amend.under, "the name of an act or treaty");
  if (good && !r.at_end() && !r.peek().first) good = r.expected("`of`, `under` or the end of the line", kAmendWords);
  if (!good) r.skip_line();
  amend.span = r.since(begin);
  r.comments_inside(amend.comments);
  r.each_child([&] {
    Change change;
    const bool read = read_change(r, change);
    if (read) amend.changes.push_back(std::move(change));
    return read;
  });
  return good;
}

bool read_reform_part(Reader& r, ReformDecl& reform) {
  if (r.at("amend")) {
    Amend amend;
    const bool good = read_amend(r, amend);
    if (good) reform.amends.push_back(std::move(amend));
    return good;
  }
  if (r.at("norm") || r.at("define")) {
    const uint32_t begin = r.here();
    NormDecl norm;
    norm.comments = r.comments_above();
    const bool good = read_norm(r, r.next().text, begin, norm);
    if (good) reform.norms.push_back(std::move(norm));
    return good;
  }
  return r.unexpected("`amend`, `norm` or `define`", kReformWords);
}

}  // namespace

bool read_reform(Reader& r, uint32_t begin, ReformDecl& reform) {
  bool good = r.read_name(reform.name, "the name of the reform") && r.read_text(reform.title, "the title, in double quotes");
  if (!good) r.skip_line();
  if (r.accept("by") && !read_citations(r, reform.by)) r.skip_line();
  if (r.accept("from") && !r.read_date(reform.from)) r.skip_line();
  reform.span = r.since(begin);
  r.comments_inside(reform.comments);
  r.each_child([&] { return read_reform_part(r, reform); }, true);
  return good;
}

}  // namespace koshi::zan
