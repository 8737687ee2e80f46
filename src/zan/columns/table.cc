#include "zan/columns/table.h"

#include <sys/mman.h>

#include <algorithm>

#include "base/check.h"

namespace koshi::zan {
namespace {

constexpr size_t kLine = 64;
constexpr size_t kStaggerLines = 17;  // odd, so that columns spread over all sets of the cache
constexpr size_t kStaggers = 64;
constexpr size_t kHugePage = size_t{2} << 20;

constexpr size_t kCodeMembersMax = 255;  // of an enum in u8: 255 itself is the mark of none

}  // namespace

Storage storage_of(const Corpus& corpus, const Type& type) {
  switch (type.kind) {
    case Kind::kYesNo: return Storage::kU8;
    case Kind::kEnum: return corpus.enums[static_cast<size_t>(type.of)].members.size() <= kCodeMembersMax ? Storage::kU8 : Storage::kU16;
    case Kind::kDate: return Storage::kI32;
    default: return Storage::kI64;
  }
}

bool may_lie_in(const Corpus& corpus, const Type& type, Storage storage) {
  if (type.kind == Kind::kText || type.kind == Kind::kNone || type.kind == Kind::kSet) return false;
  return type.kind == Kind::kWhole || type.kind == Kind::kDays || storage == storage_of(corpus, type);
}

std::string plain_text(const Corpus& corpus, const Type& type, int64_t value) {
  switch (type.kind) {
    case Kind::kYesNo: return value != 0 ? "yes" : "no";
    case Kind::kEnum: return corpus.enums[static_cast<size_t>(type.of)].members[static_cast<size_t>(value)].code;
    case Kind::kDate: return format_date(Date{static_cast<int32_t>(value)});
    case Kind::kMoney: return format_money(Money{value});
    case Kind::kDecimal: return format_decimal(Decimal{value});
    default: return std::to_string(value);
  }
}

int64_t Column::at(int64_t row) const {
  switch (storage) {
    case Storage::kU8: return static_cast<const uint8_t*>(data)[row];
    case Storage::kU16: return static_cast<const uint16_t*>(data)[row];
    case Storage::kI32: return static_cast<const int32_t*>(data)[row];
    case Storage::kI64: return static_cast<const int64_t*>(data)[row];
  }
  CHECK(false && "a storage");
}

const Column* Table::find(std::string_view path) const {
  const auto it = std::ranges::find(columns, path, &Column::path);
  return it == columns.end() ? nullptr : &*it;
}

const LinkColumn* Table::find_link(std::string_view link) const {
  const auto it = std::ranges::find(links, link, &LinkColumn::link);
  return it == links.end() ? nullptr : &*it;
}

const ManyColumn* Table::find_many(std::string_view link) const {
  const auto it = std::ranges::find(many, link, &ManyColumn::link);
  return it == many.end() ? nullptr : &*it;
}

const Table* Population::find(EntityId entity) const {
  const auto it = std::ranges::find(tables, entity, &Table::entity);
  return it == tables.end() ? nullptr : &*it;
}

Table* Population::find(EntityId entity) {
  const auto it = std::ranges::find(tables, entity, &Table::entity);
  return it == tables.end() ? nullptr : &*it;
}

namespace {

template <typename T>
Bounds bounds_of(const Column& column, int64_t rows) {
  const T* data = static_cast<const T*>(column.data);
  const auto mark = static_cast<T>(none_mark(column.storage));
  T least = std::numeric_limits<T>::max();
  T greatest = std::numeric_limits<T>::min();
  bool any = false;
  for (int64_t row = 0; row < rows; ++row) {
    if (!column.is_known(row) || (column.type.or_none && data[row] == mark)) continue;
    any = true;
    least = std::min(least, data[row]);
    greatest = std::max(greatest, data[row]);
  }
  return any ? Bounds{static_cast<int64_t>(least), static_cast<int64_t>(greatest)} : Bounds{};
}

}  // namespace

void measure_bounds(Table& table) {
  for (Column& column : table.columns) {
    if (column.bounds) continue;
    switch (column.storage) {
      case Storage::kU8: column.bounds = bounds_of<uint8_t>(column, table.rows); break;
      case Storage::kU16: column.bounds = bounds_of<uint16_t>(column, table.rows); break;
      case Storage::kI32: column.bounds = bounds_of<int32_t>(column, table.rows); break;
      case Storage::kI64: column.bounds = bounds_of<int64_t>(column, table.rows); break;
    }
  }
}

void Buffer::Free::operator()(std::byte* base) const {
  munmap(base, mapped);
}

Result<Buffer> Buffer::create(size_t bytes, size_t number) {
  const size_t offset = (number % kStaggers) * kStaggerLines * kLine;
  const size_t wanted = bytes + offset + kPaddingBytes;
  void* base = mmap(nullptr, wanted, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (base == MAP_FAILED) return fail("no memory for a column of " + std::to_string(bytes) + " bytes");
  if (wanted >= kHugePage) madvise(base, wanted, MADV_HUGEPAGE);  // advice: a refusal costs only speed
  Buffer buffer;
  buffer.base_ = std::unique_ptr<std::byte, Free>(static_cast<std::byte*>(base), Free{wanted});
  buffer.data_ = static_cast<std::byte*>(base) + offset;
  buffer.bytes_ = bytes;
  return buffer;
}

}  // namespace koshi::zan
