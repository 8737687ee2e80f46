#include "zan/columns/emitter.h"

/// Conditions of conditions, three operands at a time.
namespace koshi::zan::columns {

bool Emitter::holds(Bit wanted, const std::vector<int32_t>& leaves, unsigned assignment) const {
  const auto leaf = std::ranges::find(leaves, wanted.node());
  bool value = true;
  if (leaf != leaves.end()) {
    value = (assignment >> (2 - (leaf - leaves.begin())) & 1) != 0;
  } else if (wanted.node() != 0) {
    for (const Bit part : g_.node(wanted).list) value = value && holds(part, leaves, assignment);
  }
  return value != wanted.negated();
}

/// Puts conjunctions that have been emitted in the place of the parts that they consist of.
void Emitter::reuse(std::vector<Bit>& bits) const {
  constexpr size_t kEnough = 3;
  while (bits.size() > kEnough) {
    int32_t best = -1;
    size_t size = 1;
    for (const int32_t candidate : conjunctions_) {
      const std::vector<Bit>& list = g_.node(Bit{2 * candidate}).list;
      if (list.size() <= size || list.size() > bits.size()) continue;
      if (!std::ranges::includes(bits, list)) continue;
      best = candidate;
      size = list.size();
    }
    if (best < 0) return;
    const std::vector<Bit>& list = g_.node(Bit{2 * best}).list;
    std::erase_if(bits, [&](Bit b) { return std::ranges::binary_search(list, b); });
    bits.insert(std::ranges::lower_bound(bits, Bit{2 * best}), Bit{2 * best});
  }
}

int32_t Emitter::emit_and(const BitNode& node, bool opposite) {
  std::vector<Bit> bits = node.list;
  const auto leaves_of = [](const std::vector<Bit>& list) {
    std::vector<int32_t> leaves;
    for (const Bit b : list) {
      if (std::ranges::find(leaves, b.node()) == leaves.end()) leaves.push_back(b.node());
    }
    return leaves;
  };
  int32_t so_far = -1;
  size_t next = 0;
  reuse(bits);
  while (next < bits.size()) {
    const size_t room = so_far < 0 ? 3 : 2;
    std::vector<Bit> part(bits.begin() + static_cast<std::ptrdiff_t>(next),
                          bits.begin() + static_cast<std::ptrdiff_t>(std::min(bits.size(), next + room)));
    next += part.size();
    std::vector<int32_t> leaves = leaves_of(part);
    // A conjunction that only this one needs, and that has room, is worked out in the same step.
    for (bool grown = true; grown;) {
      grown = false;
      for (size_t i = 0; i < leaves.size() && !grown; ++i) {
        const Bit inner{2 * leaves[i]};
        if (g_.node(inner).op != BitOp::kAnd || uses_[leaves[i]] > 1 || bits_.contains(leaves[i])) continue;
        std::vector<int32_t> wider = leaves;
        wider.erase(wider.begin() + static_cast<std::ptrdiff_t>(i));
        for (const int32_t leaf : leaves_of(g_.node(inner).list)) {
          if (std::ranges::find(wider, leaf) == wider.end()) wider.push_back(leaf);
        }
        if (wider.size() > room) continue;
        leaves = std::move(wider);
        grown = true;
      }
    }
    std::vector<Polar> operands;
    if (so_far >= 0) operands.push_back({so_far, false});
    for (const int32_t leaf : leaves) operands.push_back(polar(Bit{2 * leaf}));
    const bool flip = opposite && next == bits.size();
    so_far = put_truth(operands, [&](unsigned assignment) {
      if (so_far >= 0 && (assignment & 4) == 0) return flip;
      return flip != std::ranges::all_of(part, [&](Bit b) { return holds(b, leaves, so_far < 0 ? assignment : assignment << 1 & 7); });
    });
  }
  return so_far;
}

}  // namespace koshi::zan::columns
