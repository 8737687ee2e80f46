#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "office/papers/table_read.h"

/// Gathers cells and problems for both readers, and holds them to the limits.
namespace koshi::papers {

class TableBuilder {
 public:
  explicit TableBuilder(const TableLimits& limits);

  /// Cells come by rows, then columns. An empty text is no cell. Too long a text or one with control characters becomes
  /// a problem. Errors: a row, a column, the number of cells or the amount of text beyond the limits.
  Result<void> add(CellAddress at, CellKind kind, std::string text);
  void problem(CellAddress at, TableFault fault, std::string message);

  const TableLimits& limits() const { return limits_; }
  TableRead finish() { return std::move(read_); }
  TableRead& read() { return read_; }

 private:
  TableLimits limits_;
  TableRead read_;
  size_t text_left_;
};

}  // namespace koshi::papers
