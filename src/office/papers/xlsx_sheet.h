#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "office/papers/table_builder.h"
#include "office/papers/xlsx_number.h"

/// The cells of one sheet part.
namespace koshi::papers {

struct SheetContext {
  std::span<const std::string> shared_texts;
  const std::vector<bool>& date_styles;
  DateSystem dates = DateSystem::k1900;
};

/// "B7"; no value beyond the format's limits. Dollar signs are not part of a cell's own address.
std::optional<CellAddress> parse_address(std::string_view text);

/// Errors: malformed, cells out of order, beyond the builder's limits.
Result<void> read_sheet(std::string_view xml, std::string_view part, const SheetContext& context, TableBuilder& builder);

}  // namespace koshi::papers
