#include "office/papers/records.h"

#include <algorithm>
#include <set>

#include "base/check.h"
#include "office/papers/fold.h"
#include "office/papers/record_value.h"

namespace koshi::papers {
namespace {

using Cells = std::span<const Cell>;

/// The cells of each filled row.
std::vector<Cells> rows_of(const Sheet& sheet) {
  std::vector<Cells> rows;
  for (auto at = sheet.cells.begin(); at != sheet.cells.end();) {
    const auto end = std::ranges::find_if(at, sheet.cells.end(), [&](const Cell& cell) { return cell.at.row != at->at.row; });
    rows.emplace_back(at, end);
    at = end;
  }
  return rows;
}

class RecordReader {
 public:
  RecordReader(const TableRead& table, std::span<const Column> columns);

  Result<Records> read();

 private:
  const Column* find_column(const std::string& heading) const;
  size_t count_headings(Cells row) const;
  void take_headings(Cells row);
  void take_row(Cells row);
  void take_value(const Column& column, CellAddress at, const Cell* cell, Record& record);
  void problem(CellAddress at, RecordFault fault, std::string column, std::string message);
  void finish();

  const TableRead& table_;
  std::span<const Column> columns_;
  std::map<std::string, const Column*> by_name_;
  std::map<uint32_t, const Column*> by_place_;
  std::map<std::pair<const Column*, std::string>, CellAddress> seen_;
  std::set<CellAddress> unreadable_;
  Records out_;
};

RecordReader::RecordReader(const TableRead& table, std::span<const Column> columns) : table_(table), columns_(columns) {
  for (const Column& column : columns) {
    for (const std::string& name : column.names) CHECK(by_name_.emplace(fold(name), &column).second);
  }
  for (const TableProblem& trouble : table.problems) {
    unreadable_.insert(trouble.at);
    problem(trouble.at, RecordFault::kUnreadable, "", trouble.message);
  }
  out_.problems_left_out = table.problems_left_out;
}

void RecordReader::problem(CellAddress at, RecordFault fault, std::string column, std::string message) {
  out_.problems.push_back({.at = at, .fault = fault, .column = std::move(column), .message = std::move(message)});
}

const Column* RecordReader::find_column(const std::string& heading) const {
  const auto found = by_name_.find(fold(heading));
  return found == by_name_.end() ? nullptr : found->second;
}

size_t RecordReader::count_headings(Cells row) const {
  return static_cast<size_t>(std::ranges::count_if(row, [&](const Cell& cell) { return find_column(cell.text) != nullptr; }));
}

void RecordReader::take_headings(Cells row) {
  std::set<const Column*> found;
  for (const Cell& cell : row) {
    const Column* column = find_column(cell.text);
    if (column == nullptr) {
      out_.unknown_columns.push_back(cell);
    } else if (!found.insert(column).second) {
      problem(cell.at, RecordFault::kColumnTwice, column->key, "the column is given twice; remove one of them");
    } else {
      by_place_.emplace(cell.at.column, column);
    }
  }
  CellAddress end = row.back().at;
  for (const Column& column : columns_) {
    if (!column.required || found.contains(&column)) continue;
    ++end.column;
    problem(end, RecordFault::kMissingColumn, column.key, "the column \"" + column.names.front() + "\" is missing; add it");
  }
}

void RecordReader::take_value(const Column& column, CellAddress at, const Cell* cell, Record& record) {
  const std::string_view text = cell == nullptr ? std::string_view() : trim_spaces(cell->text);
  if (text.empty()) {
    if (column.required && !unreadable_.contains(at)) {
      problem(at, RecordFault::kMissing, column.key, "\"" + column.names.front() + "\" is empty; fill it in");
    }
    return;
  }
  auto value = read_value({.at = at, .kind = cell->kind, .text = std::string(text)}, column);
  if (!value) {
    problem(at, value.error().fault, column.key, value.error().message);
    return;
  }
  if (column.check) {
    if (const auto wrong = column.check(*value)) {
      problem(at, RecordFault::kCheck, column.key, *wrong);
      return;
    }
  }
  if (column.unique) {
    const auto [first, is_new] = seen_.emplace(std::pair(&column, fold(*value)), at);
    if (!is_new)
      problem(at, RecordFault::kRepeated, column.key, "the same as in " + format_address(first->second) + "; each may be given once");
  }
  record.values.emplace(column.key, std::move(*value));
}

void RecordReader::take_row(Cells row) {
  const auto cell_at = [&](uint32_t column) -> const Cell* {
    const auto found = std::ranges::find(row, column, [](const Cell& cell) { return cell.at.column; });
    return found == row.end() || trim_spaces(found->text).empty() ? nullptr : &*found;
  };
  const uint32_t number = row.front().at.row;
  // A row of spaces, or with something in unknown columns only, is no record.
  const bool filled = std::ranges::any_of(by_place_, [&](const auto& place) { return cell_at(place.first) != nullptr; });
  if (!filled) return;
  Record record{.row = number, .values = {}};
  for (const auto& [place, column] : by_place_) take_value(*column, {.row = number, .column = place}, cell_at(place), record);
  out_.records.push_back(std::move(record));
}

void RecordReader::finish() {
  std::ranges::stable_sort(out_.problems, {}, &RecordProblem::at);
  if (out_.problems.size() <= kRecordProblemsMax) return;
  out_.problems_left_out += out_.problems.size() - kRecordProblemsMax;
  out_.problems.erase(out_.problems.begin() + kRecordProblemsMax, out_.problems.end());
}

Result<Records> RecordReader::read() {
  const std::vector<Cells> rows = rows_of(table_.sheet);
  const auto searched = std::span(rows).first(std::min(rows.size(), kHeadingRowsMax));
  const auto headings = std::ranges::max_element(searched, {}, [&](Cells row) { return count_headings(row); });
  if (searched.empty() || count_headings(*headings) == 0) {
    return fail("the list has no row with the names of its columns; take the form that is offered for it");
  }
  take_headings(*headings);
  const auto first = static_cast<size_t>(headings - searched.begin()) + 1;
  for (const Cells row : std::span(rows).subspan(first)) {
    take_row(row);
    if (out_.records.size() > kRecordsMax) return fail("the list has more than " + std::to_string(kRecordsMax) + " rows; divide it");
  }
  finish();
  return std::move(out_);
}

}  // namespace

Result<Records> read_records(const TableRead& table, std::span<const Column> columns) {
  return RecordReader(table, columns).read();
}

}  // namespace koshi::papers
