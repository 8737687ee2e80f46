// Cases.
//
//   case       = "case" text "on" date ["with" "reform" names] subject *expect
//   subject    = name ":" [ assignment *("," assignment) ] *subject
//   assignment = path literal
//   expect     = "expect" path ["under" name] outcome ["because" name place]
//   outcome    = "=" literal / "unknown" ["needing" paths] / "conflict" / "gap"
//
// A line below a subject that begins with NAME ':' is a linked member; any other continues the assignments.

#include <array>
#include <utility>

#include "zan/syntax/read.h"
#include "zan/syntax/spelling.h"

namespace koshi::zan {
namespace {

constexpr std::array<std::string_view, 2> kCaseWords = {"with", "expect"};
constexpr std::array<std::string_view, 3> kOutcomes = {"unknown", "conflict", "gap"};
constexpr std::array<std::string_view, 1> kExpect = {"expect"};
constexpr std::array<std::string_view, 2> kAfterExpect = {"because", "needing"};

bool read_assignment(Reader& r, Assignment& out) {
  if (!r.read_path(out.path, "the name of a fact")) return false;
  if (r.peek().first && r.at_label()) return r.expected("a value");
  out.value = read_literal(r);
  return out.value != nullptr;
}

bool at_link(const Reader& r) {
  return r.peek().first && r.at_label();
}

bool read_subject(Reader& r, Subject& subject, int depth);

void read_links(Reader& r, Subject& subject, int depth) {
  r.each_child([&] {
    if (!r.at_label()) {
      return r.report(r.peek().span, concat({"the facts of ", quoted(subject.name.text), " stand above its links"}),
                      "a link is NAME: and its facts");
    }
    Subject& link = subject.links.emplace_back();
    return read_subject(r, link, depth + 1);
  });
}

/// Stops at the first line that is a link.
bool read_assignments(Reader& r, Subject& subject) {
  bool more = true;
  while (more && !r.at_end() && !at_link(r)) {
    Assignment assignment;
    if (!read_assignment(r, assignment)) return false;
    subject.facts.push_back(std::move(assignment));
    more = r.accept(",");
  }
  return r.at_end() || at_link(r) || r.unexpected("`,` and the next fact");
}

bool read_subject(Reader& r, Subject& subject, int depth) {
  if (!r.check_depth(depth)) return false;
  const uint32_t begin = r.here();
  subject.comments = r.comments_above();
  if (!r.read_name(subject.name, "the name of an entity or link") || !r.require(":")) return false;
  if (!read_assignments(r, subject)) {
    while (!r.at_end() && !at_link(r)) r.next();
  }
  subject.span = r.since(begin);
  r.comments_inside(subject.comments);
  read_links(r, subject, depth);
  return true;
}

bool read_outcome(Reader& r, Expect& expect) {
  if (r.accept("=")) {
    expect.value = read_literal(r);
    return expect.value != nullptr;
  }
  if (r.accept("conflict")) {
    expect.kind = Expect::Kind::kConflict;
    return true;
  }
  if (r.accept("gap")) {
    expect.kind = Expect::Kind::kGap;
    return true;
  }
  if (!r.at("unknown")) return r.expected("`=` and a value, `unknown`, `conflict` or `gap`", kOutcomes);
  r.next();
  expect.kind = Expect::Kind::kUnknown;
  if (!r.accept("needing")) return true;
  do {
    if (!r.read_path(expect.needing.emplace_back(), "the name of a fact")) return false;
  } while (r.accept(","));
  return true;
}

bool read_expect(Reader& r, Expect& expect) {
  const uint32_t begin = r.here();
  expect.comments = r.comments_above();
  r.next();
  if (!r.read_path(expect.norm, "the name of a norm")) return false;
  if (r.accept("under") && !r.read_name(expect.under, "the name of an act or treaty")) return false;
  if (!read_outcome(r, expect)) return false;
  if (r.accept("because") && !read_because(r, expect.because.emplace())) return false;
  expect.span = r.since(begin);
  r.comments_inside(expect.comments);
  if (r.at("[")) return r.report(r.peek().span, "after `because` the place stands alone, without a confidence");
  return r.at_end() || r.unexpected("`because` or the end of the line", kAfterExpect);
}

bool read_case_line(Reader& r, CaseDecl& out) {
  if (!r.read_text(out.title, "the title of the case, in double quotes") || !r.require("on") || !r.read_date(out.on)) return false;
  if (r.accept("with") && !(r.require("reform") && r.read_names(out.reforms, "the name of a reform"))) return false;
  return r.at_end() || r.peek().first || r.expected("`with reform` or the end of the line", kCaseWords);
}

bool read_case_part(Reader& r, CaseDecl& out) {
  if (r.at("expect")) {
    Expect expect;
    const bool good = read_expect(r, expect);
    if (good) out.expects.push_back(std::move(expect));
    return good;
  }
  if (!r.at_label()) return r.unexpected("`expect`, or the subject: the name of an entity and `:`", kExpect);
  if (!out.subject.name.empty()) return r.report(r.peek().span, "a case has one subject; its links are indented below it");
  return read_subject(r, out.subject, 0);
}

}  // namespace

bool read_case(Reader& r, uint32_t begin, CaseDecl& out) {
  const bool good = read_case_line(r, out);
  if (!good) r.skip_line();
  out.span = r.since(begin);
  r.comments_inside(out.comments);
  const size_t problems = r.problem_count();
  r.each_child([&] { return read_case_part(r, out); });
  if (good && out.subject.name.empty() && problems == r.problem_count()) {
    return r.report(out.span, "this case has no subject", "below its first line stands the name of an entity, `:` and its facts");
  }
  return good && !out.subject.name.empty();
}

}  // namespace koshi::zan
