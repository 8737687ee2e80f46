#include "office/papers/table_builder.h"

#include <algorithm>

#include "base/check.h"

namespace koshi::papers {
namespace {

bool is_control(char c) {
  return (static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F;
}

}  // namespace

TableBuilder::TableBuilder(const TableLimits& limits) : limits_(limits), text_left_(limits.text_bytes) {
  const TableLimits most;
  CHECK(limits.bytes <= most.bytes && limits.inflated_bytes <= most.inflated_bytes && limits.entries <= most.entries);
  CHECK(limits.rows <= most.rows && limits.columns <= most.columns && limits.cells <= most.cells);
  CHECK(limits.cell_bytes <= most.cell_bytes && limits.text_bytes <= most.text_bytes && limits.problems <= most.problems);
}

Result<void> TableBuilder::add(CellAddress at, CellKind kind, std::string text) {
  if (text.empty()) return {};
  if (at.row > limits_.rows) return fail("the table goes on below row " + std::to_string(limits_.rows) + "; divide it");
  if (at.column > limits_.columns) return fail("the table goes on right of column " + format_column(limits_.columns) + "; divide it");
  if (text.size() > limits_.cell_bytes) {
    problem(at, TableFault::kTooLong, "the cell holds more than " + std::to_string(limits_.cell_bytes) + " bytes; shorten it");
    return {};
  }
  if (std::ranges::any_of(text, is_control)) {
    problem(at, TableFault::kControl, "the cell has control characters; type it again");
    return {};
  }
  if (read_.sheet.cells.size() == limits_.cells)
    return fail("the table has more than " + std::to_string(limits_.cells) + " cells; divide it");
  if (text.size() > text_left_) return fail("the table has more than " + std::to_string(limits_.text_bytes) + " bytes of text; divide it");
  text_left_ -= text.size();
  read_.sheet.cells.push_back({.at = at, .kind = kind, .text = std::move(text)});
  return {};
}

void TableBuilder::problem(CellAddress at, TableFault fault, std::string message) {
  if (read_.problems.size() == limits_.problems) {
    ++read_.problems_left_out;
    return;
  }
  read_.problems.push_back({.at = at, .fault = fault, .message = std::move(message)});
}

}  // namespace koshi::papers
