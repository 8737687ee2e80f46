#pragma once

#include <cstdint>
#include <vector>

/// A small open-addressing index from a 64-bit key to a number. Internal to this folder.
namespace koshi::zan {

class Memo {
 public:
  static constexpr int32_t kAbsent = -1;

  Memo() : slots_(kFirstSlots) {}

  int32_t find(uint64_t key) const {
    for (size_t i = start(key);; i = (i + 1) & mask()) {
      if (slots_[i].number == kAbsent) return kAbsent;
      if (slots_[i].key == key) return slots_[i].number;
    }
  }

  /// The key must be absent.
  void add(uint64_t key, int32_t number) {
    if (2 * (size_ + 1) > slots_.size()) grow();
    place({key, number});
    ++size_;
  }

 private:
  static constexpr size_t kFirstSlots = 64;

  struct Slot {
    uint64_t key = 0;
    int32_t number = kAbsent;
  };

  size_t mask() const { return slots_.size() - 1; }
  size_t start(uint64_t key) const { return static_cast<size_t>((key * 0x9E3779B97F4A7C15u) >> 32) & mask(); }

  void place(Slot slot) {
    size_t i = start(slot.key);
    while (slots_[i].number != kAbsent) i = (i + 1) & mask();
    slots_[i] = slot;
  }

  void grow() {
    std::vector<Slot> old(2 * slots_.size());
    old.swap(slots_);
    for (const Slot& slot : old) {
      if (slot.number != kAbsent) place(slot);
    }
  }

  std::vector<Slot> slots_;
  size_t size_ = 0;
};

}  // namespace koshi::zan
