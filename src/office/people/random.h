#pragma once

#include <cstddef>
#include <functional>
#include <span>

namespace koshi::people {

/// Fills the bytes with randomness fit for secrets. May be called from many threads at once. Tests hand in a
/// deterministic one.
using RandomBytes = std::function<void(std::span<std::byte>)>;

/// The operating system's (libsodium).
RandomBytes system_random();

}  // namespace koshi::people
