#include "office/papers/table.h"

#include <algorithm>

#include "base/check.h"

namespace koshi::papers {

std::string format_column(uint32_t column) {
  CHECK(column >= 1);
  std::string out;
  for (; column > 0; column = (column - 1) / 26) out.insert(out.begin(), static_cast<char>('A' + (column - 1) % 26));
  return out;
}

std::string format_address(CellAddress address) {
  return format_column(address.column) + std::to_string(address.row);
}

const Cell* Sheet::find(CellAddress at) const {
  const auto found = std::ranges::lower_bound(cells, at, {}, &Cell::at);
  return found != cells.end() && found->at == at ? &*found : nullptr;
}

}  // namespace koshi::papers
