// Returns of authorities.
//
//   return = "return" name "of" name *( "," name ) text *dated ["help" text] "every" ("month" / "quarter" / "year") *reader *row *figure
//   reader = "for" name ["within" name]
//   row    = "row" name text "=" expression
//   figure = ( "count" name text / "sum" name text "=" expression ) "of" event ["where" expression]
//   event  = "filed" / ("reached" / "done" / "standing") name *( "," name )
//
// Lines may stand in any order; the printer puts them in this one.

#include <array>
#include <utility>

#include "zan/syntax/read.h"
#include "zan/syntax/spelling.h"

namespace koshi::zan {
namespace {

using Of = FigureDecl::Of;
using Period = ReturnDecl::Period;

constexpr std::array<std::string_view, 9> kLineWords = {"help", "by", "from", "until", "every", "for", "row", "count", "sum"};
constexpr std::array<std::pair<std::string_view, Period>, 3> kPeriods = {
    {{"month", Period::kMonth}, {"quarter", Period::kQuarter}, {"year", Period::kYear}}};
constexpr std::array<std::string_view, 3> kPeriodWords = {"month", "quarter", "year"};
constexpr std::array<std::pair<std::string_view, Of>, 3> kEvents = {
    {{"reached", Of::kReached}, {"done", Of::kDone}, {"standing", Of::kStanding}}};
constexpr std::array<std::string_view, 4> kEventWords = {"filed", "reached", "done", "standing"};

bool read_reader(Reader& r, ReaderDecl& reader) {
  if (!r.read_name(reader.role, "who sees the return: a participant of the procedure")) return false;
  return !r.accept("within") || r.read_name(reader.within, "the name of a row");
}

bool read_named(Reader& r, Name& name, std::string& label, std::string_view what) {
  return r.read_name(name, what) && r.read_text(label, "the label, in double quotes");
}

bool read_row(Reader& r, ReturnRowDecl& row) {
  if (!read_named(r, row.name, row.label, "the name of the row") || !r.require("=")) return false;
  row.value = read_expression(r);
  return row.value != nullptr;
}

bool read_event(Reader& r, FigureDecl& figure) {
  if (r.accept("filed")) return true;
  for (const auto& [word, of] : kEvents) {
    if (!r.accept(word)) continue;
    figure.of = of;
    return r.read_names(figure.places, of == Of::kDone ? "the name of an action" : "the name of a state");
  }
  return r.expected("`filed`, `reached`, `done` or `standing`", kEventWords);
}

bool read_figure(Reader& r, bool is_sum, FigureDecl& figure) {
  if (!read_named(r, figure.name, figure.label, "the name of the figure")) return false;
  if (is_sum) {
    if (!r.require("=")) return false;
    figure.amount = read_expression(r);
    if (!figure.amount) return false;
  }
  if (!r.require("of") || !read_event(r, figure)) return false;
  if (!r.accept("where")) return true;
  figure.where = read_expression(r);
  return figure.where != nullptr;
}

bool read_every(Reader& r, ReturnDecl& out) {
  if (out.period) return r.report(r.peek().span, "`every` stands twice here");
  r.next();
  for (const auto& [word, period] : kPeriods) {
    if (!r.accept(word)) continue;
    out.period = period;
    return true;
  }
  return r.expected("`month`, `quarter` or `year`", kPeriodWords);
}

bool read_note(Reader& r, ReturnDecl& out) {
  if (r.at("every")) return read_every(r, out);
  if (r.at("help")) {
    if (!out.help.empty()) return r.report(r.peek().span, "`help` stands twice here");
    r.next();
    return r.read_text(out.help, "help, in double quotes");
  }
  while (at_dated(r)) {
    if (!read_dated(r, out.dated)) return false;
  }
  return true;
}

bool read_line(Reader& r, ReturnDecl& out) {
  if (r.at("for")) return read_part(r, out.readers, [&](ReaderDecl& reader) { return read_reader(r, reader); });
  if (r.at("row")) return read_part(r, out.rows, [&](ReturnRowDecl& row) { return read_row(r, row); });
  if (r.at("count") || r.at("sum")) {
    const bool is_sum = r.at("sum");
    return read_part(r, out.figures, [&](FigureDecl& figure) { return read_figure(r, is_sum, figure); });
  }
  if (!at_dated(r) && !r.at("help") && !r.at("every"))
    return r.unexpected("a part of the return: `help`, `by`, `every`, `for`, `row`, `count` or `sum`", kLineWords);
  const bool good = read_note(r, out);
  r.comments_inside(out.comments);
  return good;
}

}  // namespace

bool read_return(Reader& r, uint32_t begin, ReturnDecl& out) {
  const bool good = r.read_name(out.name, "the name of the return") && r.require("of") &&
                    r.read_names(out.procedures, "the name of a procedure") &&
                    r.read_text(out.label, "the label of the return, in double quotes");
  if (!good) r.skip_line();
  out.span = r.since(begin);
  r.comments_inside(out.comments);
  r.each_child([&] { return read_line(r, out); });
  if (good && !out.period) return r.report(out.name.span, "this return does not say for which periods it is made", "add `every month`");
  return good;
}

}  // namespace koshi::zan
