#include <algorithm>
#include <map>

#include "zan/columns/graph.h"

/// Whether a condition holds always or never, by trying out every case that its columns can be in. Rules that carve up cases ("when a",
/// "when not a and b", "when not a and not b") leave no gap and no conflict, which no local rule sees.
namespace koshi::zan::columns {
namespace {

constexpr size_t kCasesMax = size_t{1} << 14;
constexpr size_t kNodesMax = 400;

}  // namespace

class Trial {
 public:
  explicit Trial(const Graph& graph) : g_(graph) {}

  Bit run(Bit bit) {
    if (!collect(bit)) return bit;
    if (!place_atoms()) return bit;
    const std::vector<uint64_t>& words = evaluate(bit.node());
    const uint64_t rest = cases_ % 64 == 0 ? ~uint64_t{0} : (uint64_t{1} << (cases_ % 64)) - 1;
    bool always = true, never = true;
    for (size_t i = 0; i < words.size(); ++i) {
      const uint64_t all = i + 1 == words.size() ? rest : ~uint64_t{0};
      always = always && (words[i] & all) == all;
      never = never && (words[i] & all) == 0;
    }
    if (always) return bit.negated() ? kNo : kYes;
    if (never) return bit.negated() ? kYes : kNo;
    return bit;
  }

 private:
  /// The conditions that are no conjunctions: those on one number together, the others each alone.
  bool collect(Bit bit) {
    const int32_t id = bit.node();
    if (!seen_.emplace(id, true).second) return true;
    if (seen_.size() > kNodesMax) return false;
    const BitNode& node = g_.node(bit);
    if (node.op == BitOp::kAnd) return std::ranges::all_of(node.list, [&](Bit part) { return collect(part); });
    if (node.op == BitOp::kIn) {
      on_number_[node.a].push_back(id);
    } else if (node.op != BitOp::kTrue) {
      alone_.push_back(id);
    }
    return true;
  }

  /// Case i has the number in region (i / stride) % regions.
  bool place_atoms() {
    for (const auto& [x, atoms] : on_number_) {
      std::vector<Ranges> regions = {g_.node(x).domain};
      for (const int32_t atom : atoms) {
        const Ranges& inside = g_.node(Bit{2 * atom}).ranges;
        std::vector<Ranges> split;
        for (const Ranges& region : regions) {
          for (const Ranges& part : {region & inside, region & inside.complement()}) {
            if (!part.empty()) split.push_back(part);
          }
        }
        regions = std::move(split);
        if (cases_ * regions.size() > kCasesMax) return false;
      }
      for (const int32_t atom : atoms) {
        std::vector<bool> holds;
        for (const Ranges& region : regions) holds.push_back(g_.node(Bit{2 * atom}).ranges.covers(region));
        patterns_[atom] = {cases_, std::move(holds)};
      }
      cases_ *= regions.size();
    }
    for (const int32_t atom : alone_) {
      patterns_[atom] = {cases_, {false, true}};
      cases_ *= 2;
      if (cases_ > kCasesMax) return false;
    }
    return true;
  }

  const std::vector<uint64_t>& evaluate(int32_t id) {
    const auto known = words_.find(id);
    if (known != words_.end()) return known->second;
    std::vector<uint64_t> words((cases_ + 63) / 64, ~uint64_t{0});
    const auto pattern = patterns_.find(id);
    if (pattern != patterns_.end()) {
      const auto& [stride, holds] = pattern->second;
      std::ranges::fill(words, 0);
      if (stride >= 64 && stride % 64 == 0) {
        for (size_t i = 0; i < words.size(); ++i) words[i] = holds[i * 64 / stride % holds.size()] ? ~uint64_t{0} : 0;
      } else {
        for (size_t i = 0; i < cases_; ++i) words[i / 64] |= static_cast<uint64_t>(holds[i / stride % holds.size()]) << (i % 64);
      }
    } else {
      for (const Bit part : g_.node(Bit{2 * id}).list) {
        const std::vector<uint64_t>& of_part = evaluate(part.node());
        const uint64_t flip = part.negated() ? ~uint64_t{0} : 0;
        for (size_t i = 0; i < words.size(); ++i) words[i] &= of_part[i] ^ flip;
      }
    }
    return words_[id] = std::move(words);
  }

  struct Pattern {
    size_t stride;
    std::vector<bool> holds;
  };

  const Graph& g_;
  std::map<int32_t, bool> seen_;
  std::map<Num, std::vector<int32_t>> on_number_;
  std::vector<int32_t> alone_;
  std::map<int32_t, Pattern> patterns_;
  std::map<int32_t, std::vector<uint64_t>> words_;
  size_t cases_ = 1;
};

Bit Graph::proved(Bit bit) const {
  return node(bit).op == BitOp::kAnd ? Trial(*this).run(bit) : bit;
}

}  // namespace koshi::zan::columns
