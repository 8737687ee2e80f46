#pragma once

#include <cstdint>

namespace koshi {

inline constexpr int64_t kDayMs = 86'400'000;  ///< milliseconds of a day

}  // namespace koshi
