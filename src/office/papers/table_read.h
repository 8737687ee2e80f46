#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "office/papers/table.h"

/// Tables that people send: one sheet of an XLSX workbook (ECMA-376), or CSV as spreadsheets write it. The reader takes
/// bytes from anybody: whatever they are, it ends within the limits, and it follows nothing that the file points to.
namespace koshi::papers {

/// A caller may ask for less than these, not for more.
struct TableLimits {
  size_t bytes = 16u << 20;            ///< of the file
  size_t inflated_bytes = 128u << 20;  ///< of all unpacked parts together
  size_t entries = 2'000;              ///< files in the zip
  uint32_t rows = 100'000;             ///< the highest row number
  uint32_t columns = 256;
  size_t cells = 1'000'000;
  size_t cell_bytes = 32'767;
  size_t text_bytes = 64u << 20;  ///< of all cells together; a shared text counts where it is used
  size_t problems = 1'000;        ///< kept; later ones are counted only
};

enum class TableFault : uint8_t {
  kNotUtf8,       ///< a byte sequence that is neither UTF-8 nor windows-1251
  kControl,       ///< a control character
  kLostLetter,    ///< "?" where windows-1251 had no letter, as in М?лдір
  kQuote,         ///< a stray, open or wrongly closed quote
  kTooLong,       ///< a cell of more than cell_bytes
  kFormulaError,  ///< #N/A and its kin
  kNoValue,       ///< a formula that no program has worked out yet
  kNumber,        ///< not a number although the cell says so
  kDate,          ///< no such day
  kText,          ///< points to a shared text that is not there
};

/// One cell that cannot be used; it is left out of the sheet, except for kLostLetter.
struct TableProblem {
  CellAddress at;
  TableFault fault;
  std::string message;  ///< one English sentence without the address
};

struct TableRead {
  Sheet sheet;
  std::vector<std::string> other_sheets;  ///< visible ones that were not read
  std::vector<TableProblem> problems;     ///< by rows, then columns
  size_t problems_left_out = 0;
};

/// Reads the first visible sheet, or the one of this name. Errors are of the file as a whole: not a workbook, damaged,
/// beyond a limit, encrypted, with macros, embedded objects, external links or a DTD.
/// Numbers are taken as digits, never through floating point; fractions to the 15 digits that spreadsheets show. A cell shown as a date
/// comes as a date (1900 and 1904 systems), a formula as the value last worked out. Linear in the unpacked size. Callable from any thread.
Result<TableRead> read_xlsx(std::string_view bytes, std::string_view sheet_name = {}, const TableLimits& limits = {});

/// UTF-8 with or without byte-order mark, else windows-1251; separated by the most frequent of "," ";" and tab in the
/// first record, or as a first line "sep=;" says. All cells are text; an apostrophe that write_csv put before a formula
/// sign is taken away. Rows count records, as spreadsheets do. Errors: beyond a limit, UTF-16, NUL bytes.
Result<TableRead> read_csv(std::string_view bytes, const TableLimits& limits = {});

/// By content: a zip is read as a workbook, text as CSV.
Result<TableRead> read_table(std::string_view bytes, const TableLimits& limits = {});

}  // namespace koshi::papers
