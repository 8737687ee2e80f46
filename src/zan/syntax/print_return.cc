#include <array>

#include "zan/syntax/page.h"
#include "zan/syntax/print_expression.h"
#include "zan/syntax/spelling.h"

/// Returns of authorities.
namespace koshi::zan {
namespace {

std::string names(const std::vector<Name>& list) {
  std::string out;
  for (const Name& name : list) out += concat({out.empty() ? "" : ", ", name.text});
  return out;
}

void print_reader(Page& page, const ReaderDecl& reader) {
  page.above(kIndentStep, reader.comments);
  page.line(kIndentStep, concat({"for ", reader.role.text, reader.within.empty() ? "" : " within ", reader.within.text}), reader.comments);
}

void print_row(Page& page, const ReturnRowDecl& row) {
  page.above(kIndentStep, row.comments);
  Flow flow;
  flow.add(concat({"row ", row.name.text, " ", print_text(row.label), " ="}));
  flow.space(kBreakClause);
  print_expression(flow, *row.value);
  page.flow(kIndentStep, flow, row.comments);
}

void print_figure(Page& page, const FigureDecl& figure) {
  constexpr std::array<std::string_view, 4> kEvents = {"of filed", "of reached ", "of done ", "of standing "};
  page.above(kIndentStep, figure.comments);
  Flow flow;
  flow.add(concat({figure.amount ? "sum " : "count ", figure.name.text, " ", print_text(figure.label)}));
  if (figure.amount) {
    flow.add(" =");
    flow.space(kBreakClause);
    print_expression_before_of(flow, *figure.amount);
  }
  flow.space(kBreakClause);
  flow.add(concat({kEvents[static_cast<size_t>(figure.of)], names(figure.places)}));
  if (figure.where) {
    flow.space(kBreakWhen);
    flow.add("where ");
    print_expression(flow, *figure.where);
  }
  page.flow(kIndentStep, flow, figure.comments);
}

}  // namespace

void print_return(Page& page, const ReturnDecl& decl) {
  constexpr std::array<std::string_view, 3> kPeriods = {"every month", "every quarter", "every year"};
  page.line(0, concat({"return ", decl.name.text, " of ", names(decl.procedures), " ", print_text(decl.label)}), decl.comments);
  if (!decl.help.empty()) page.line(kIndentStep, concat({"help ", print_text(decl.help)}));
  print_by(page, kIndentStep, decl.dated.by);
  const std::string period = print_period(decl.dated.from, decl.dated.until);
  if (!period.empty()) page.line(kIndentStep, period);
  if (decl.period) page.line(kIndentStep, kPeriods[static_cast<size_t>(*decl.period)]);
  for (const ReaderDecl& reader : decl.readers) print_reader(page, reader);
  for (const ReturnRowDecl& row : decl.rows) print_row(page, row);
  for (const FigureDecl& figure : decl.figures) print_figure(page, figure);
}

}  // namespace koshi::zan
