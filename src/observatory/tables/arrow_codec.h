#pragma once

#include <cstddef>
#include <memory>
#include <span>

#include "base/result.h"

/// Compressed buffers of an Arrow file. Internal to this folder.
namespace koshi::observatory {

enum class Codec : uint8_t { kNone, kLz4Frame, kZstd };

inline constexpr size_t kUnpackedMax = size_t{64} << 30;  ///< of one buffer
/// No honest buffer is packed tighter; more is a bomb.
inline constexpr size_t kUnpackedRatioMax = 1u << 16;

struct Unpacked {
  std::unique_ptr<std::byte[]> bytes;  ///< null: `view` lies in the packed buffer itself
  std::span<const std::byte> view;
};

/// A buffer is `i64:bytes-when-unpacked packed`; -1 says that what follows is not packed. Errors: damaged, or not as long as it says.
Result<Unpacked> unpack(Codec codec, std::span<const std::byte> buffer);

}  // namespace koshi::observatory
