// Rules.
//
//   rule = [name ":"] (expression / "reinstate" name)
//          ["when" expression] ["from" date] ["until" date] ["by" citations] [ "except" *rule ]
//
// The clauses may stand in any order; the printer puts them in this one.

#include <array>
#include <utility>

#include "zan/syntax/read.h"
#include "zan/syntax/spelling.h"

namespace koshi::zan {
namespace {

constexpr std::array<std::string_view, 4> kClauses = {"when", "from", "until", "by"};

bool at_exceptions(const Reader& r) {
  return r.at("except") && r.peek().first;
}

bool read_twice(Reader& r, std::string_view word) {
  return r.report(r.peek().span, concat({quoted(word), " stands twice in this rule"}),
                  word == "when" ? "join the conditions with `and`"
                  : word == "by" ? "join the citations with `and`"
                                 : "a rule that holds in several periods is several rules");
}

/// One clause, whose first word is here.
bool read_clause(Reader& r, Rule& rule) {
  if (r.at("when")) {
    if (rule.when) return read_twice(r, "when");
    r.next();
    rule.when = read_expression(r);
    return rule.when != nullptr;
  }
  if (r.at("from")) {
    if (rule.from) return read_twice(r, "from");
    r.next();
    return r.read_date(rule.from);
  }
  if (r.at("until")) {
    if (rule.until) return read_twice(r, "until");
    r.next();
    return r.read_date(rule.until);
  }
  if (r.at("by")) {
    if (!rule.by.empty()) return read_twice(r, "by");
    r.next();
    return read_citations(r, rule.by);
  }
  if (r.at("except")) return r.report(r.peek().span, "`except` stands on a line of its own");
  const bool after_value = rule.value && !rule.from && !rule.until && rule.by.empty();
  return r.unexpected(after_value ? "an operator, `when`, `from`, `until` or `by`" : "`when`, `from`, `until` or `by`", kClauses);
}

bool read_head(Reader& r, Rule& rule) {
  if (r.at_label()) {
    if (!r.read_name(rule.label, "the label of a rule")) return false;
    r.next();
  }
  if (r.accept("reinstate")) {
    if (!r.read_name(rule.reinstate, "the label of a rule")) return false;
  } else {
    rule.value = read_expression(r);
    if (!rule.value) return false;
  }
  while (!r.at_end() && !at_exceptions(r)) {
    if (!read_clause(r, rule)) return false;
  }
  return true;
}

}  // namespace

void read_exceptions(Reader& r, std::vector<Rule>& out, int depth) {
  const Item item(r);
  const Token& word = r.next();
  if (!r.at_end() && !r.peek().first) {
    r.report(r.peek().span, "what is excepted stands on the next line, indented below `except`");
    r.skip_line();
  } else if (r.at_end()) {
    r.report(word.span, "expected rules, indented below `except`");
  }
  r.each_child([&] {
    if (r.at("except")) {
      if (out.size() != 1) {
        return r.report(r.peek().span, "this `except` stands beside several exceptions", "indent it below the one that it excepts");
      }
      read_exceptions(r, out.front().exceptions, depth + 1);
      return true;
    }
    Rule rule;
    const bool good = read_rule(r, rule, rule.comments, depth);
    if (good) out.push_back(std::move(rule));
    return good;
  });
}

bool read_rule(Reader& r, Rule& rule, Comments& comments, int depth) {
  if (!r.check_depth(depth)) return false;
  const uint32_t begin = r.here();
  if (&comments == &rule.comments) comments = r.comments_above();
  const bool good = read_head(r, rule);
  if (!good) r.skip_to_line_with("except");
  r.comments_inside(comments);
  rule.span = r.since(begin);
  while (at_exceptions(r)) {
    if (!rule.exceptions.empty()) r.report(r.peek().span, "a second `except` under one rule", "put its rules below the first");
    read_exceptions(r, rule.exceptions, depth + 1);
  }
  if (!r.at_end()) {
    r.report(r.peek().span, "what belongs to a rule stands above its `except`");
    r.skip_item();
  }
  return good;
}

}  // namespace koshi::zan
