#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace koshi::agreement {

/// Choices read from a list; once it is used up, always the first choice. So a failing law shrinks to a small one when the numbers of
/// the list do.
class Dice {
 public:
  explicit Dice(std::vector<uint16_t> choices) : choices_(std::move(choices)) {}

  /// Choices for trials within a property, always the same: that they run out or shrink would only weaken the trials.
  static Dice fixed(size_t count) { return seeded(count, 20110722); }
  /// Choices that follow from a seed.
  static Dice seeded(size_t count, uint32_t seed) {
    std::vector<uint16_t> choices(count);
    uint32_t state = seed;
    for (uint16_t& choice : choices) {
      state = state * 1664525 + 1013904223;
      choice = static_cast<uint16_t>(state >> 16);
    }
    return Dice(std::move(choices));
  }

  /// 0 … sides - 1
  size_t roll(size_t sides) { return next_ < choices_.size() ? choices_[next_++] % sides : 0; }
  bool one_in(size_t sides) { return roll(sides) == sides - 1; }
  bool percent(size_t chance) { return roll(100) >= 100 - chance; }
  template <typename T>
  const T& pick(const std::vector<T>& items) {
    return items[roll(items.size())];
  }
  const char* pick(std::initializer_list<const char*> items) { return *(items.begin() + roll(items.size())); }

 private:
  std::vector<uint16_t> choices_;
  size_t next_ = 0;
};

}  // namespace koshi::agreement
