#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

/// The two tables that the cells of a workbook point into: shared texts and formats.
namespace koshi::papers {

inline constexpr size_t kXlsxMaxStyles = 65'536;
inline constexpr size_t kXlsxMaxFormats = 65'536;

/// In their order, with runs of different fonts joined and phonetic readings left out. Errors: malformed, more than
/// `texts_max`.
Result<std::vector<std::string>> read_shared_texts(std::string_view xml, std::string_view part, size_t texts_max);

/// For each cell format (cellXfs) whether it shows a day.
Result<std::vector<bool>> read_date_styles(std::string_view xml, std::string_view part);

/// Takes "_x000D_" back to the sign that it stands for. Codes that are no character stay as they are.
std::string unescape_text(std::string_view text);

}  // namespace koshi::papers
