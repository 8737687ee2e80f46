#pragma once

#include <expected>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "zan/columns/table.h"

/// Files of people: one file a table of one entity, Arrow (`.arrow`, `.feather`) or CSV (`.csv`).
///
/// Which entity: the file's note `koshi:entity`, else its name ("person.csv"). Its columns are facts by their paths; a link to one is a
/// column with the link's name and the row of the other table, counted from 0; a link to many is an Arrow list of such rows. A missing
/// value means *none* where the fact may be none, else *unknown*; a column with the note `koshi:missing` = "unknown" says otherwise, and
/// CSV writes unknown as `?`.
///
/// How facts lie in Arrow (what is written first, what else is read after it):
///
///   yes/no    words "no", "yes" by u8                      Bool; u8 0 and 1; texts
///   enum      words that are the codes of its members      words in any order or width; texts
///   whole     whole numbers as they lie in the column      of any width
///   days      likewise
///   date      Date32                                       Date64
///   money     i64 with the note koshi:unit = "tiyn"        whole numbers of tenge; decimals with at most 2 places
///   decimal   i64 with the note koshi:unit = "1e-9"        whole numbers; decimals with at most 9 places
///
/// Floating point is refused: money and shares of the law are exact.
namespace koshi::observatory {

inline constexpr size_t kProblemsMax = 100;  ///< told of one file; after that only their number
inline constexpr size_t kTablesMax = 64;

/// A population and the memory in which it lies.
struct LoadedPopulation {
  zan::Population population;
  std::vector<std::string> unread;  ///< "person.csv: weight": columns that are no facts of the law, and texts
  std::vector<std::shared_ptr<const void>> memory;
};

using Problems = std::vector<std::string>;

/// Reads a file, or every such file of a folder. A column of an Arrow file that lies in it as above is used in place, unread until it is
/// needed. Problems, all of them, with file and column and where it matters the row: what the files cannot be read for, what
/// zan::find_problems() finds, two tables of one entity. Cost: one pass over what is not used in place, one to measure bounds.
std::expected<LoadedPopulation, Problems> load_population(const zan::Corpus& corpus, const std::filesystem::path& path);

/// A table with its memory, before it is one of a population. For readers of one format.
struct LoadedTable {
  zan::Table table;
  std::vector<std::string> unread;
  std::vector<std::shared_ptr<const void>> memory;
};
std::expected<LoadedTable, Problems> load_arrow(const zan::Corpus& corpus, const std::filesystem::path& path);
std::expected<LoadedTable, Problems> load_csv(const zan::Corpus& corpus, const std::filesystem::path& path);

/// Writes a table beside its name and renames. Errors: a full disk and the like; an ending that is none of the three.
[[nodiscard]] Result<void> save_table(const zan::Corpus& corpus, const zan::Table& table, const std::filesystem::path& path);
[[nodiscard]] Result<void> save_arrow(const zan::Corpus& corpus, const zan::Table& table, const std::filesystem::path& path);
[[nodiscard]] Result<void> save_csv(const zan::Corpus& corpus, const zan::Table& table, const std::filesystem::path& path);

}  // namespace koshi::observatory
