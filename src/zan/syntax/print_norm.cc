#include "zan/syntax/page.h"
#include "zan/syntax/print_expression.h"
#include "zan/syntax/spelling.h"

namespace koshi::zan {
namespace {

/// [label:] value [when condition], after what stands before it ("insert ").
Flow rule_head(std::string_view before, const Rule& rule) {
  Flow flow;
  flow.add(before);
  if (!rule.label.empty()) flow.add(concat({rule.label.text, ": "}));
  if (rule.value) {
    print_expression(flow, *rule.value);
  } else {
    flow.add(concat({"reinstate ", rule.reinstate.text}));
  }
  if (rule.when) {
    flow.space(kBreakWhen);
    flow.add("when ");
    print_expression(flow, *rule.when);
  }
  return flow;
}

void print_exceptions(Page& page, size_t indent, const std::vector<Rule>& exceptions);

void print_rule(Page& page, size_t indent, std::string_view before, const Rule& rule, const Comments& comments) {
  page.above(indent, comments);
  print_dated(page, indent, rule_head(before, rule), {rule.from, rule.until, rule.by}, comments);
  print_exceptions(page, indent + kIndentStep, rule.exceptions);
}

void print_exceptions(Page& page, size_t indent, const std::vector<Rule>& exceptions) {
  if (exceptions.empty()) return;
  page.line(indent, "except");
  for (const Rule& rule : exceptions) print_rule(page, indent + kIndentStep, "", rule, rule.comments);
}

std::string under(const Name& name) {
  return name.empty() ? "" : concat({" under ", name.text});
}

std::string of(const Name& name) {
  return name.empty() ? "" : concat({" of ", name.text});
}

void print_change(Page& page, size_t indent, const Change& change) {
  switch (change.kind) {
    case Change::Kind::kPrevail: return print_rule(page, indent, "", *change.rule, change.comments);
    case Change::Kind::kInsert:
      return print_rule(page, indent, change.label.empty() ? "insert " : concat({"insert under ", change.label.text, ": "}), *change.rule,
                        change.comments);
    case Change::Kind::kReplace:
      return print_rule(page, indent, concat({"replace ", change.label.text, " with "}), *change.rule, change.comments);
    case Change::Kind::kRepeal:
    case Change::Kind::kSuspend: break;
  }
  const std::string period = print_period(change.from, change.until);
  page.above(indent, change.comments);
  page.line(indent,
            concat({change.kind == Change::Kind::kRepeal ? "repeal " : "suspend ", change.label.text, period.empty() ? "" : " ", period}),
            change.comments);
}

void print_amend(Page& page, size_t indent, const Amend& amend) {
  page.above(indent, amend.comments);
  page.line(indent, concat({"amend ", amend.norm.text, of(amend.entity), under(amend.under)}), amend.comments);
  for (const Change& change : amend.changes) print_change(page, indent + kIndentStep, change);
}

}  // namespace

void print_dated(Page& page, size_t indent, const Flow& head, const DatedView& dated, const Comments& comments) {
  const std::string period = print_period(dated.from, dated.until);
  std::string line = head.line();
  Flow by;
  by.add("by ");
  print_citations(by, dated.by);
  if (!period.empty()) line += concat({" ", period});
  if (!dated.by.empty()) line += concat({" ", by.line()});

  Flow whole;
  whole.add(line);
  if (indent + whole.width() <= kLineWidth) {
    page.line(indent, line, comments);
    return;
  }
  page.flow(indent, head, comments);
  if (!period.empty()) page.line(indent + kIndentStep, period);
  if (!dated.by.empty()) page.flow(indent + kIndentStep, by);
}

namespace {

void print_missing(Page& page, size_t indent, const std::vector<MissingDecl>& all) {
  for (const MissingDecl& missing : all) {
    page.above(indent, missing.comments);
    Flow head;
    head.add("missing");
    print_dated(page, indent, head, {missing.dated.from, missing.dated.until, missing.dated.by}, missing.comments);
  }
}

}  // namespace

void print_norm(Page& page, size_t indent, const NormDecl& norm) {
  const size_t inner = indent + kIndentStep;
  page.line(
      indent,
      concat({norm.is_definition ? "define " : "norm ", norm.name.text, of(norm.entity), under(norm.under), " : ", print_type(norm.type)}),
      norm.comments);
  page.line(inner, print_text(norm.label));
  if (!norm.help.empty()) page.line(inner, concat({"help ", print_text(norm.help)}));
  print_by(page, inner, norm.by);
  print_missing(page, inner, norm.missing);
  for (const Rule& rule : norm.rules) print_rule(page, inner, "", rule, rule.comments);
  print_exceptions(page, inner, norm.exceptions);
}

void print_table(Page& page, const TableDecl& table) {
  std::string keys;
  for (const Name& key : table.keys) keys += concat({keys.empty() ? "" : ", ", key.text});
  page.line(0, concat({"table ", table.name.text, of(table.entity), " (", keys, ") : ", print_type(table.type)}), table.comments);
  page.line(kIndentStep, print_text(table.label));
  if (!table.help.empty()) page.line(kIndentStep, concat({"help ", print_text(table.help)}));
  page.line(kIndentStep, concat({"from ", print_text(table.csv)}));
  print_by(page, kIndentStep, table.by);
  print_missing(page, kIndentStep, table.missing);
}

void print_reform(Page& page, const ReformDecl& reform) {
  page.line(0, concat({"reform ", reform.name.text, " ", print_text(reform.title)}), reform.comments);
  print_by(page, kIndentStep, reform.by);
  if (reform.from) page.line(kIndentStep, print_period(reform.from, std::nullopt));
  for (const Placed& placed : in_written_order(reform.amends, reform.norms)) {
    if (placed.list == 0) {
      print_amend(page, kIndentStep, reform.amends[placed.index]);
    } else {
      page.above(kIndentStep, reform.norms[placed.index].comments);
      print_norm(page, kIndentStep, reform.norms[placed.index]);
    }
  }
}

}  // namespace koshi::zan
