#pragma once

#include <cstdint>

/// Random numbers by place rather than by order: the same seed gives the same person whatever is drawn before. Internal to this folder.
namespace koshi::observatory {

/// Steele, Lea and Flood 2014: the finaliser of SplitMix64.
constexpr uint64_t mix(uint64_t z) {
  z += 0x9E3779B97F4A7C15;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
  return z ^ (z >> 31);
}

class Dice {
 public:
  constexpr Dice(uint64_t seed, uint64_t stream) : key_(mix(mix(seed) ^ stream)) {}
  constexpr uint64_t roll(int64_t row, uint64_t part = 0) const { return mix(key_ ^ mix(static_cast<uint64_t>(row) * 8 + part)); }
  /// 0 to n - 1, n > 0.
  constexpr uint64_t below(uint64_t n, int64_t row, uint64_t part = 0) const {
    __extension__ typedef unsigned __int128 Wide;
    return static_cast<uint64_t>(static_cast<Wide>(roll(row, part)) * n >> 64);
  }
  /// 0 to 1, 1 left out.
  constexpr double share(int64_t row, uint64_t part = 0) const { return static_cast<double>(roll(row, part) >> 11) * 0x1p-53; }

 private:
  uint64_t key_;
};

}  // namespace koshi::observatory
