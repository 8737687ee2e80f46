#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// A sheet of cells as people fill it in, with the addresses that their program shows them.
namespace koshi::papers {

inline constexpr uint32_t kSheetMaxColumns = 16'384;  ///< of the format: XFD
inline constexpr uint32_t kSheetMaxRows = 1'048'576;

struct CellAddress {
  uint32_t row = 1;     ///< 1-based
  uint32_t column = 1;  ///< 1-based; 1 is A
  auto operator<=>(const CellAddress&) const = default;
};

/// "A1", "XFD1048576".
std::string format_address(CellAddress address);
/// "A", "XFD".
std::string format_column(uint32_t column);

enum class CellKind : uint8_t {
  kText,
  kNumber,   ///< decimal digits as the file holds them, an exponent written out: "880101300123", "-0.5"
  kDate,     ///< "2026-01-05", or "2026-01-05T13:30:00" when the cell has a time of day
  kBoolean,  ///< "true" or "false"
};

struct Cell {
  CellAddress at;
  CellKind kind = CellKind::kText;
  std::string text;  ///< UTF-8, never empty
  bool operator==(const Cell&) const = default;
};

struct Sheet {
  std::string name;         ///< empty in a CSV
  std::vector<Cell> cells;  ///< by rows, then columns; empty cells are left out
  bool operator==(const Sheet&) const = default;

  /// The cell there, or nullptr. Logarithmic.
  const Cell* find(CellAddress at) const;
};

}  // namespace koshi::papers
