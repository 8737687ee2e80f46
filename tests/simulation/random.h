#pragma once

#include <cstdint>
#include <iterator>

namespace koshi::simulation {

/// Everything that chance decides in a run comes from one of these, made from the run's seed (splitmix64).
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}

  uint64_t next() {
    uint64_t z = state_ += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }
  /// 0 … n - 1; n at least 1.
  int64_t below(int64_t n) { return static_cast<int64_t>(next() % static_cast<uint64_t>(n)); }
  /// first … last
  int64_t between(int64_t first, int64_t last) { return first + below(last - first + 1); }
  bool chance(int permille) { return below(1000) < permille; }
  template <typename List>
  auto& one_of(List& list) {
    return list[static_cast<size_t>(below(static_cast<int64_t>(std::size(list))))];
  }
  /// Another stream, which what is drawn here later does not change.
  Random fork() { return Random(next()); }

 private:
  uint64_t state_;
};

}  // namespace koshi::simulation
