#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "base/result.h"
#include "office/papers/table.h"

/// Tables that the office hands out. Pure functions of their arguments.
namespace koshi::papers {

inline constexpr uint64_t kCsvMaxCells = 20'000'000;
inline constexpr size_t kSheetsMax = 50;
inline constexpr size_t kSheetNameMaxCharacters = 31;  ///< of the format

enum class CsvStyle : uint8_t {
  kStandard,     ///< RFC 4180 in UTF-8: comma, CRLF, no byte-order mark; for programs
  kSpreadsheet,  ///< byte-order mark, semicolon, CRLF: opens in columns and in letters under ru and kk settings
};

/// Each record as wide as the sheet. A text that a spreadsheet would take for a formula (its first sign is = + - @, a tab
/// or a carriage return) gets an apostrophe before it; read_csv takes it away. Numbers and dates stay as they are.
/// Cells must be in order. Errors: more than kCsvMaxCells fields, with the empty ones.
Result<std::string> write_csv(const Sheet& sheet, CsvStyle style);

/// A workbook whose bytes depend on its arguments alone; `created` is in seconds since 1970 UTC. The first row is bold
/// and stays in view. Texts never become formulas or links; a number of more than 15 significant digits, or with zeros in
/// front, is written as text. Errors: no sheet, a name or cell beyond the format's limits, cells out of order, a date
/// before 1900-03-01, memory or the folder for temporary files.
Result<std::string> write_xlsx(std::span<const Sheet> sheets, int64_t created);

}  // namespace koshi::papers
