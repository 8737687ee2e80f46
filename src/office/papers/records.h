#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "office/papers/table_read.h"

/// A list that people send (the workers of a permit, for instance) as records of named columns. Which columns there are
/// is the caller's: papers know of no law. Every problem is found and told by its cell. Pure; callable from any thread.
namespace koshi::papers {

inline constexpr size_t kRecordsMax = 10'000;
inline constexpr size_t kHeadingRowsMax = 20;  ///< the headings stand in one of the first filled rows
inline constexpr size_t kRecordProblemsMax = 1'000;

enum class ColumnKind : uint8_t {
  kText,     ///< as it stands, without white space at its ends
  kWhole,    ///< "350 000" gives "350000"
  kDecimal,  ///< "350 000,50" gives "350000.50"
  kDate,     ///< a date cell, "2026-01-05", "05.01.2026" or "05/01/2026" gives "2026-01-05"
  kChoice,   ///< one of `choices`, by its code or a name; yes and no are choices too
};

struct Choice {
  std::string code;                ///< what the record gets; of a cell that holds true or false: "true" or "false"
  std::vector<std::string> names;  ///< in the languages of the lists
};

struct Column {
  std::string key;
  std::vector<std::string> names;  ///< headings in the languages of the lists; case and white space do not matter
  ColumnKind kind = ColumnKind::kText;
  bool required = true;
  bool unique = false;               ///< no two records may have the same value, whatever its case
  std::vector<Choice> choices = {};  ///< of kChoice
  /// Looks at the value further, such as at a check digit: one English sentence says what is wrong and what to do.
  std::function<std::optional<std::string>(std::string_view value)> check = {};
};

enum class RecordFault : uint8_t {
  kUnreadable,     ///< the table's own problem (table_read.h)
  kMissingColumn,  ///< at the end of the headings
  kColumnTwice,
  kMissing,
  kWhole,
  kDecimal,
  kDate,
  kChoice,
  kRepeated,
  kCheck,
};

struct RecordProblem {
  CellAddress at;
  RecordFault fault;
  std::string column;   ///< its key; empty when the cell is in none
  std::string message;  ///< one English sentence without the address
};

struct Record {
  uint32_t row = 0;
  std::map<std::string, std::string, std::less<>> values;  ///< by key; what is empty or wrong is left out
};

struct Records {
  std::vector<Record> records;          ///< of all filled rows, also of those with problems
  std::vector<RecordProblem> problems;  ///< by rows, then columns; the list is good when there are none
  size_t problems_left_out = 0;         ///< beyond kRecordProblemsMax
  std::vector<Cell> unknown_columns;    ///< headings that no column has; they are passed over
};

/// Errors: no row with headings, more than kRecordsMax records.
Result<Records> read_records(const TableRead& table, std::span<const Column> columns);

}  // namespace koshi::papers
