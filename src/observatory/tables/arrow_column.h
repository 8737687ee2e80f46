#pragma once

#include <optional>
#include <string>

#include "observatory/tables/arrow_file.h"
#include "observatory/tables/population_file.h"

/// One column of an Arrow file as a column of facts. Internal to this folder.
namespace koshi::observatory {

inline constexpr std::string_view kEntityNote = "koshi:entity";
inline constexpr std::string_view kUnitNote = "koshi:unit";
inline constexpr std::string_view kMissingNote = "koshi:missing";
inline constexpr std::string_view kTiyn = "tiyn";
inline constexpr std::string_view kBillionths = "1e-9";
inline constexpr std::string_view kUnknown = "unknown";

/// A column with its memory.
template <typename Column>
struct Loaded {
  Column column;
  std::vector<std::shared_ptr<const void>> memory;
};
using LoadedColumn = Loaded<zan::Column>;
using LoadedLink = Loaded<zan::LinkColumn>;
using LoadedMany = Loaded<zan::ManyColumn>;

/// `field` is the number of the column in the file. Errors: a type that the fact cannot have, a value that it cannot, with its row.
Result<LoadedColumn> load_column(const zan::Corpus& corpus, const zan::Type& type, const ArrowFile& file, size_t field);

/// The rows to which a link to one leads; kNoRow where none is given. Errors: no whole numbers, or too large ones.
Result<LoadedLink> load_link(const ArrowFile& file, size_t field);

Result<LoadedMany> load_many(const ArrowFile& file, size_t field);

}  // namespace koshi::observatory
