#include "observatory/tables/arrow_values.h"

namespace koshi::observatory {
namespace {

Int128 whole_at(const ArrowType& type, const ArrowArray& array, int64_t row) {
  switch (type.bits) {
    case 8: return type.is_signed ? Int128{arrow_value<int8_t>(array.values, row)} : Int128{arrow_value<uint8_t>(array.values, row)};
    case 16: return type.is_signed ? Int128{arrow_value<int16_t>(array.values, row)} : Int128{arrow_value<uint16_t>(array.values, row)};
    case 32: return type.is_signed ? Int128{arrow_value<int32_t>(array.values, row)} : Int128{arrow_value<uint32_t>(array.values, row)};
    default: return type.is_signed ? Int128{arrow_value<int64_t>(array.values, row)} : Int128{arrow_value<uint64_t>(array.values, row)};
  }
}

}  // namespace

std::optional<Int128> number_at(const ArrowType& type, const ArrowArray& array, int64_t row) {
  switch (type.kind) {
    case ArrowKind::kInt: return whole_at(type, array, row);
    case ArrowKind::kBool: return static_cast<uint8_t>(array.values[static_cast<size_t>(row / 8)]) >> (row % 8) & 1;
    case ArrowKind::kDays: return arrow_value<int32_t>(array.values, row);
    case ArrowKind::kMilliseconds: return arrow_value<int64_t>(array.values, row);
    case ArrowKind::kDecimal: return arrow_value<Int128>(array.values, row);
    default: return std::nullopt;
  }
}

std::string_view text_at(const ArrowType& type, const ArrowArray& array, int64_t row) {
  const bool large = type.kind == ArrowKind::kLargeText;
  const int64_t begin = large ? arrow_value<int64_t>(array.offsets, row) : arrow_value<int32_t>(array.offsets, row);
  const int64_t end = large ? arrow_value<int64_t>(array.offsets, row + 1) : arrow_value<int32_t>(array.offsets, row + 1);
  return {reinterpret_cast<const char*>(array.values.data()) + begin, static_cast<size_t>(end - begin)};
}

}  // namespace koshi::observatory
