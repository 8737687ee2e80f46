#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "zan/corpus/corpus.h"

/// A population as columns: what the columns reader reads and writes, and what a file of people is turned into. Views only; who made the
/// memory keeps it (Buffer below, a mapped file). Immutable once built, so any number of threads may read it.
///
/// How a value lies in a column:
///
///   yes/no     u8    0 no, 1 yes
///   enum       u8    index of the member in Enum::members; u16 for an enum of more than 255 members
///   whole      u8, u16, i32 or i64, whichever holds the column; days: likewise
///   date       i32   days since 1970-01-01, between kFirstDate and kLastDate
///   money      i64   tiyn (hundredths of a tenge)
///   decimal    i64   units of 10^-9
///   set        u64   one column for every 64 members of the enum, bit i % 64 = member i; outputs only
///
/// *None* (known to be absent; only where the type says `or none`) is the storage's own mark: none_mark(). *Unknown* is a bit of the
/// validity, as in Arrow: bit i % 8 of byte i / 8, least significant first, 0 = unknown; no validity = every row is known. What lies under
/// an unknown row is never looked at as a value. Text is no column.
namespace koshi::zan {

enum class Storage : uint8_t { kU8, kU16, kI32, kI64 };

constexpr size_t width_bytes(Storage storage) {
  constexpr size_t kBytes[] = {1, 2, 4, 8};
  return kBytes[static_cast<size_t>(storage)];
}

/// 255, 65535 and the least number of 32 and of 64 bits. None of them is ever a value.
constexpr int64_t none_mark(Storage storage) {
  constexpr int64_t kMarks[] = {255, 65535, INT32_MIN, INT64_MIN};
  return kMarks[static_cast<size_t>(storage)];
}

/// The storage of a type where it leaves no choice (a whole or days: the widest). Sets take i64 words.
Storage storage_of(const Corpus& corpus, const Type& type);
/// Whether a column of the type may lie in the storage.
bool may_lie_in(const Corpus& corpus, const Type& type, Storage storage);

/// The least and the greatest value among the known rows that are not none. No such row: least > greatest.
struct Bounds {
  int64_t least = INT64_MAX;
  int64_t greatest = INT64_MIN;
  bool operator==(const Bounds&) const = default;
};

struct Column {
  std::string path;  ///< the fact within the table's entity, "birth_date"; or through links to one, "employer.size"
  Type type;
  Storage storage = Storage::kI64;
  const void* data = nullptr;         ///< as many values as the table has rows; aligned to their width
  const uint8_t* validity = nullptr;  ///< null: every row is known
  /// Proven by whoever built the column; measure_bounds() fills it. A column without it cannot be read.
  std::optional<Bounds> bounds;

  int64_t at(int64_t row) const;
  bool is_known(int64_t row) const { return validity == nullptr || (validity[row / 8] >> (row % 8) & 1) != 0; }
};

inline constexpr int32_t kNoRow = -1;  ///< a link to one whose record is not given: nothing is known of it

/// A link to one: the row of the target's table for each row.
struct LinkColumn {
  std::string link;
  const int32_t* rows = nullptr;
};

/// A link to many. The members of row r are members[first[r]] … members[first[r + 1] - 1], in this order; without `members` they are the
/// rows first[r] … first[r + 1] - 1 of the target's table themselves.
struct ManyColumn {
  std::string link;
  const int64_t* first = nullptr;  ///< rows + 1 of them, ascending
  const int32_t* members = nullptr;
  const uint8_t* validity = nullptr;  ///< 0: the list is unknown

  bool is_known(int64_t row) const { return validity == nullptr || (validity[row / 8] >> (row % 8) & 1) != 0; }
};

/// The rows of one entity.
struct Table {
  EntityId entity = kNoId;
  int64_t rows = 0;
  std::vector<Column> columns;
  std::vector<LinkColumn> links;
  std::vector<ManyColumn> many;

  const Column* find(std::string_view path) const;
  const LinkColumn* find_link(std::string_view link) const;
  const ManyColumn* find_many(std::string_view link) const;
};

/// Tables of several entities, at most one of each.
struct Population {
  std::vector<Table> tables;
  const Table* find(EntityId entity) const;
  Table* find(EntityId entity);
};

inline constexpr int64_t kMaxRows = INT32_MAX;  ///< of one table: links are 32 bits wide

/// A value that lies in a column, in its plain form: "yes", "2016-03-06", "KZ", tenge without the word. Not of none, nor of sets.
std::string plain_text(const Corpus& corpus, const Type& type, int64_t value);

/// The fact at the end of a column's path, or null: there is none, or a link to many lies between.
const Fact* find_fact(const Corpus& corpus, EntityId entity, std::string_view path);

/// Reads every column once and fills its bounds where they are missing. Cost: one pass at memory speed.
void measure_bounds(Table& table);

/// Everything about the population that does not fit the law, one sentence each, with the column and where it matters the row: unknown
/// names, ill-typed columns, codes that no member has, dates out of range, links that lead nowhere. Reads links and their order in full
/// and columns by their bounds, which must have been measured.
std::vector<std::string> find_problems(const Corpus& corpus, const Population& population);

/// Memory for columns: each begins on a 64-byte line, has room for a whole tile past its end (kPaddingBytes of zeros), and begins at its
/// own offset within a page, because columns that all begin alike fight for the same lines of the cache. Zeroed. Movable.
class Buffer {
 public:
  static constexpr size_t kPaddingBytes = 16384;

  Buffer() = default;
  /// `number` staggers: give each column of a table its own. Errors: out of memory.
  static Result<Buffer> create(size_t bytes, size_t number);

  void* data() { return data_; }
  const void* data() const { return data_; }
  template <typename T>
  T* as() {
    return static_cast<T*>(data_);
  }
  template <typename T>
  const T* as() const {
    return static_cast<const T*>(data_);
  }
  size_t bytes() const { return bytes_; }

 private:
  struct Free {
    size_t mapped;
    void operator()(std::byte* base) const;
  };
  std::unique_ptr<std::byte, Free> base_{nullptr, Free{0}};
  void* data_ = nullptr;
  size_t bytes_ = 0;
};

}  // namespace koshi::zan
