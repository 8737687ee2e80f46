// Short declarations: sources of law, enumerations, sets, calendars, topics.
//
//   act    = "act" name text "adopted" date ["number" text] "in" "force" "from" date ["until" date] ["replaces" names] ["url" text]
//   treaty = "treaty" name text "signed" date ("in" "force" "from" date ["until" date] / "not" "ratified") ["url" text]
//   source = "source" name text "published" date ["url" text]
//   enum   = "enum" name text ( *member / "from" text )
//   member = (name / code) text [","]
//   set    = "set" name "of" name text ["by" citations] *( codes ["from" date] ["until" date] )
//
// The clauses of a source of law may stand in any order.

#include <array>
#include <utility>

#include "zan/syntax/read.h"
#include "zan/syntax/spelling.h"

namespace koshi::zan {
namespace {

constexpr std::array<std::string_view, 5> kActWords = {"adopted", "number", "in", "replaces", "url"};
constexpr std::array<std::string_view, 4> kTreatyWords = {"signed", "in", "not", "url"};
constexpr std::array<std::string_view, 2> kSourceWords = {"published", "url"};
constexpr std::array<std::string_view, 2> kPeriodWords = {"from", "until"};

struct ActForm {
  std::string_view made;      ///< the word before the day on which it was made
  std::string_view expected;  ///< for the message
  Known words;
};

ActForm form_of(ActDecl::Kind kind) {
  switch (kind) {
    case ActDecl::Kind::kAct: return {"adopted", "`adopted`, `number`, `in force from`, `replaces` or `url`", kActWords};
    case ActDecl::Kind::kTreaty: return {"signed", "`signed`, `in force from`, `not ratified` or `url`", kTreatyWords};
    case ActDecl::Kind::kSource: break;
  }
  return {"published", "`published` or `url`", kSourceWords};
}

bool read_force(Reader& r, ActDecl& act) {
  if (!r.require("force") || !r.require("from") || !r.read_date(act.from)) return false;
  return !r.accept("until") || r.read_date(act.until);
}

bool read_act_clause(Reader& r, ActDecl& act, bool& made) {
  const ActForm form = form_of(act.kind);
  const bool again =
      (made && r.at(form.made)) || (!act.number.empty() && r.at("number")) || (act.from && r.at("in")) || (!act.url.empty() && r.at("url"));
  if (again) return r.report(r.peek().span, concat({quoted(r.peek().text), " stands twice here"}));
  const bool in_source = act.kind == ActDecl::Kind::kSource;
  if (!made && r.accept(form.made)) {
    made = true;
    return r.read_date(act.made);
  }
  if (act.kind == ActDecl::Kind::kAct && act.number.empty() && r.accept("number"))
    return r.read_text(act.number, "the number, in double quotes");
  if (act.kind == ActDecl::Kind::kAct && act.replaces.empty() && r.accept("replaces"))
    return r.read_names(act.replaces, "the name of an act that applied before");
  if (!in_source && !act.from && !act.not_ratified && r.accept("in")) return read_force(r, act);
  if (act.kind == ActDecl::Kind::kTreaty && !act.from && !act.not_ratified && r.accept("not")) {
    act.not_ratified = true;
    return r.require("ratified");
  }
  if (act.url.empty() && r.accept("url")) return r.read_text(act.url, "the address, in double quotes");
  return r.unexpected(form.expected, form.words);
}

bool read_member(Reader& r, EnumMember& member) {
  member.comments = r.comments_above();
  if (!r.read_code(member.code, "a member: its code and its label") ||
      !r.read_text(member.label, "the label of the member, in double quotes")) {
    return false;
  }
  r.accept(",");
  r.comments_inside(member.comments);
  return true;
}

bool read_enum_line(Reader& r, EnumDecl& out) {
  if (!r.read_name(out.name, "the name of the enum")) return false;
  if (!r.read_text(out.label, "the label of the enum, in double quotes")) return false;
  if (!r.accept("from")) return true;
  out.csv_span = r.peek().span;
  return r.read_text(out.csv, "the name of a CSV file, in double quotes");
}

/// Members are separated by lines, commas or nothing but spaces.
bool read_members(Reader& r, std::vector<EnumMember>& out) {
  while (!r.at_end()) {
    EnumMember member;
    if (!read_member(r, member)) return false;
    out.push_back(std::move(member));
  }
  return true;
}

bool read_set_row(Reader& r, SetRow& row) {
  row.comments = r.comments_above();
  do {
    if (!r.read_code(row.members.emplace_back(), "the code of a member")) return false;
  } while (r.accept(","));
  while (!r.at_end()) {
    if (!row.from && r.accept("from")) {
      if (!r.read_date(row.from)) return false;
    } else if (!row.until && r.accept("until")) {
      if (!r.read_date(row.until)) return false;
    } else {
      return r.unexpected(row.from || row.until ? "`from` or `until`, once each" : "`,`, `from` or `until`", kPeriodWords);
    }
  }
  r.comments_inside(row.comments);
  return true;
}

}  // namespace

bool read_act(Reader& r, std::string_view word, uint32_t begin, ActDecl& act) {
  act.kind = word == "act" ? ActDecl::Kind::kAct : word == "treaty" ? ActDecl::Kind::kTreaty : ActDecl::Kind::kSource;
  if (!r.read_name(act.name, "a name") || !r.read_text(act.title, "the title, in double quotes")) return false;
  bool made = false;
  while (!r.at_end()) {
    if (!read_act_clause(r, act, made)) return false;
  }
  act.span = r.since(begin);
  if (!made) return r.report(act.name.span, concat({quoted(form_of(act.kind).made), " and a date are missing"}));
  if (act.kind == ActDecl::Kind::kAct && !act.from) return r.report(act.name.span, "`in force from` and a date are missing");
  if (act.kind == ActDecl::Kind::kTreaty && !act.from && !act.not_ratified) {
    return r.report(act.name.span, "`in force from` and a date, or `not ratified`, are missing");
  }
  return true;
}

bool read_enum(Reader& r, uint32_t begin, EnumDecl& out) {
  const bool good = read_enum_line(r, out);
  if (!good) r.skip_line();
  out.span = r.since(begin);
  r.comments_inside(out.comments);
  if (!out.csv.empty()) return r.at_end() || r.unexpected("the end of the enum, whose members stand in the file");
  if (!r.at_end() && !r.peek().first) return read_members(r, out.members);
  r.each_child([&] { return read_members(r, out.members); });
  return good;
}

bool read_set(Reader& r, uint32_t begin, SetDecl& out) {
  const bool good = r.read_name(out.name, "the name of the set") && r.require("of") && r.read_name(out.of, "the name of an enum") &&
                    r.read_text(out.label, "the label of the set, in double quotes");
  if (!good) r.skip_line();
  if (r.accept("by") && !read_citations(r, out.by)) r.skip_line();
  out.span = r.since(begin);
  r.comments_inside(out.comments);
  r.each_child([&] {
    SetRow row;
    const bool read = read_set_row(r, row);
    if (read) out.rows.push_back(std::move(row));
    return read;
  });
  return good;
}

bool read_calendar(Reader& r, uint32_t begin, CalendarDecl& out) {
  const bool good = r.read_text(out.csv, "the name of a CSV file, in double quotes");
  out.span = r.since(begin);
  return good;
}

bool read_topic(Reader& r, uint32_t begin, TopicDecl& out) {
  const bool good = r.read_name(out.name, "the name of the topic") && r.read_text(out.label, "the label of the topic, in double quotes");
  out.span = r.since(begin);
  return good;
}

}  // namespace koshi::zan
