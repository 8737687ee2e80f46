#include "base/check.h"
#include "base/text.h"
#include "office/papers/table_read.h"

/// Files that people upload as CSV. Whatever comes in: it ends within the limits, cells stand in order, none is empty, all is UTF-8.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace koshi;
  papers::TableLimits limits;
  limits.rows = 200;
  limits.cells = 2'000;
  limits.problems = 50;
  const auto read = papers::read_csv({reinterpret_cast<const char*>(data), size}, limits);
  if (!read) {
    CHECK(!read.error().message.empty() && is_valid_utf8(read.error().message));
    return 0;
  }
  CHECK(read->sheet.cells.size() <= limits.cells && read->problems.size() <= limits.problems);
  for (size_t i = 0; i < read->sheet.cells.size(); ++i) {
    const papers::Cell& cell = read->sheet.cells[i];
    CHECK(!cell.text.empty() && cell.text.size() <= limits.cell_bytes && is_valid_utf8(cell.text));
    CHECK(cell.at.row >= 1 && cell.at.row <= limits.rows && cell.at.column >= 1 && cell.at.column <= limits.columns);
    CHECK(i == 0 || read->sheet.cells[i - 1].at < cell.at);
    CHECK(read->sheet.find(cell.at) == &cell);
  }
  for (const papers::TableProblem& problem : read->problems) CHECK(!problem.message.empty() && is_valid_utf8(problem.message));
  return 0;
}
