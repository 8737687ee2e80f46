#pragma once

#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string_view>

#include "base/decimal.h"
#include "observatory/tables/arrow_file.h"

/// Single values of an Arrow array. Internal to this folder.
namespace koshi::observatory {

inline bool is_missing(const ArrowArray& array, int64_t row) {
  if (array.validity.empty()) return false;
  return (static_cast<uint8_t>(array.validity[static_cast<size_t>(row / 8)]) >> (row % 8) & 1) == 0;
}

template <typename T>
T arrow_value(std::span<const std::byte> values, int64_t row) {
  T value;
  std::memcpy(&value, values.data() + static_cast<size_t>(row) * sizeof value, sizeof value);
  return value;
}

/// A number of any of the types that are numbers, as it stands: unscaled decimals, days or milliseconds of dates. No value: beyond 128
/// bits' worth of our own numbers never happens; types that are no numbers give none.
std::optional<Int128> number_at(const ArrowType& type, const ArrowArray& array, int64_t row);
/// Of texts only.
std::string_view text_at(const ArrowType& type, const ArrowArray& array, int64_t row);

}  // namespace koshi::observatory
