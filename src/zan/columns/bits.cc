#include <algorithm>
#include <map>

#include "base/check.h"
#include "zan/columns/graph.h"

/// Conditions: everything is an `and` of conditions and their opposites, as flat and as small as simple rules make it. The law's rules
/// carve cases out of one another ("yes when F", "no when not F", "unless E"), and most of what could clash, or be left open, falls away
/// here, before any row is looked at.
namespace koshi::zan::columns {
namespace {

constexpr size_t kSimplifyMax = 512;  ///< literals of one conjunction, its parts' parts included; a larger one is taken as it is
constexpr int kRoundsMax = 16;
constexpr int kUnderDepthMax = 4;
constexpr int64_t kStepsMax =
    100'000;  ///< conditions looked at for one `and`, for those made on the way included; then it is taken as it is

}  // namespace

/// One `and` being made.
class Conjunction {
 public:
  explicit Conjunction(Graph& graph) : g_(graph) {}

  Bit make(std::vector<Bit> bits) {
    if (g_.conjunctions_++ == 0) g_.steps_ = kStepsMax;
    lift(bits);
    for (const Bit bit : bits) put(bit);
    for (int round = 0; round < kRoundsMax && !never_ && g_.steps_ > 0 && size() <= kSimplifyMax; ++round) {
      if (!simplify() && !join_cases()) break;
    }
    const Bit made = finish();
    --g_.conjunctions_;
    return made;
  }

 private:
  enum class Settled : uint8_t { kOpen, kHolds, kFails };

  /// All in one block: the innermost.
  void lift(std::vector<Bit>& bits) {
    BlockId block = kAnyBlock;
    for (const Bit bit : bits) block = std::max(block, g_.block_of(bit));
    for (Bit& bit : bits) bit = g_.lift(bit, block);
  }

  size_t size() const {
    size_t count = bits_.size();
    for (const Bit bit : bits_) count += g_.node(bit).list.size();
    return count;
  }

  void put(Bit bit) {
    if (bit == kYes || never_) return;
    if (bit == kNo) {
      never_ = true;
      return;
    }
    const BitNode& node = g_.node(bit);
    if (node.op == BitOp::kAnd && !bit.negated()) {
      for (const Bit part : std::vector<Bit>(node.list)) put(part);
      return;
    }
    if (node.op == BitOp::kIn) return put_range(node.a, allowed(bit));
    if (std::ranges::binary_search(bits_, !bit)) never_ = true;
    const auto at = std::ranges::lower_bound(bits_, bit);
    if (at == bits_.end() || *at != bit) bits_.insert(at, bit);
  }

  Ranges allowed(Bit bit) const {
    const BitNode& node = g_.node(bit);
    return bit.negated() ? g_.node(Num{node.a}).domain & node.ranges.complement() : node.ranges;
  }

  void put_range(Num x, const Ranges& ranges) {
    const auto [it, is_new] = ranges_.emplace(x, ranges);
    if (!is_new) it->second = it->second & ranges;
    if (it->second.empty()) never_ = true;
  }

  /// What a condition comes to where the others hold; `without` is not assumed.
  Settled under(Bit bit, Bit without, int depth) const {
    if (bit == kYes) return Settled::kHolds;
    if (bit == kNo) return Settled::kFails;
    if (--g_.steps_ < 0) return Settled::kOpen;
    const BitNode& node = g_.node(bit);
    if (node.op == BitOp::kIn) {
      const auto it = ranges_.find(node.a);
      if (it == ranges_.end()) return Settled::kOpen;
      const Ranges mine = allowed(bit);
      if (mine.covers(it->second)) return Settled::kHolds;
      return (mine & it->second).empty() ? Settled::kFails : Settled::kOpen;
    }
    if (bit != without && std::ranges::binary_search(bits_, bit)) return Settled::kHolds;
    if ((!bit) != without && std::ranges::binary_search(bits_, !bit)) return Settled::kFails;
    if (node.op != BitOp::kAnd || depth == 0) return Settled::kOpen;
    bool open = false;
    for (const Bit part : node.list) {
      const Settled settled = under(part, without, depth - 1);
      if (settled == Settled::kFails) return bit.negated() ? Settled::kHolds : Settled::kFails;
      open = open || settled == Settled::kOpen;
    }
    if (open) return Settled::kOpen;
    return bit.negated() ? Settled::kFails : Settled::kHolds;
  }

  /// In `not (p and q)` a part that the others settle falls away, or settles the whole. True when something changed.
  bool simplify() {
    for (const Bit bit : bits_) {
      const BitNode& node = g_.node(bit);
      if (node.op != BitOp::kAnd) continue;
      std::vector<Bit> rest;
      bool holds_anyway = false;
      for (const Bit part : node.list) {
        const Settled settled = under(part, bit, kUnderDepthMax);
        holds_anyway = holds_anyway || settled == Settled::kFails;
        if (settled == Settled::kOpen) rest.push_back(part);
      }
      if (!holds_anyway && rest.size() == node.list.size()) continue;
      const bool never = rest.empty() && !holds_anyway;
      std::erase(bits_, bit);
      if (never) {
        never_ = true;
      } else if (!holds_anyway) {
        put(!g_.all(std::move(rest)));
      }
      return true;
    }
    return false;
  }

  struct Case {
    std::vector<Bit> rest;
    Num x;  ///< of the condition left out, or kNoNum: a bit and its opposite
    int32_t node;
    auto operator<=>(const Case&) const = default;
  };

  /// `not (s and p(x))` and `not (s and q(x))` together are `not (s and (p or q)(x))`. True when something changed.
  bool join_cases() {
    std::map<Case, std::pair<Bit, Bit>> seen;  // the whole, the part left out
    for (const Bit bit : bits_) {
      const BitNode& node = g_.node(bit);
      if (node.op != BitOp::kAnd) continue;
      g_.steps_ -= static_cast<int64_t>(node.list.size());
      for (size_t i = 0; i < node.list.size(); ++i) {
        const Bit out = node.list[i];
        const bool ranged = g_.node(out).op == BitOp::kIn;
        Case key{node.list, ranged ? g_.node(out).a : kNoNum, ranged ? -1 : out.node()};
        key.rest.erase(key.rest.begin() + static_cast<std::ptrdiff_t>(i));
        const auto [it, is_new] = seen.emplace(std::move(key), std::pair{bit, out});
        if (is_new) continue;
        const auto [other, other_out] = it->second;
        std::vector<Bit> merged = it->first.rest;
        merged.push_back(ranged ? g_.in(it->first.x, allowed(out) | allowed(other_out)) : kYes);
        std::erase(bits_, bit);
        std::erase(bits_, other);
        put(!g_.all(std::move(merged)));
        return true;
      }
    }
    return false;
  }

  Bit finish() {
    if (never_) return kNo;
    for (const auto& [x, ranges] : ranges_) {
      const Bit bit = g_.in(x, ranges);
      if (bit == kNo) return kNo;
      if (bit == kYes) continue;
      const auto at = std::ranges::lower_bound(bits_, bit);
      if (at == bits_.end() || *at != bit) bits_.insert(at, bit);
    }
    if (bits_.empty()) return kYes;
    if (bits_.size() == 1) return bits_.front();
    BitNode node;
    node.op = BitOp::kAnd;
    for (const Bit bit : bits_) node.block = std::max(node.block, g_.block_of(bit));
    node.list = std::move(bits_);
    return g_.add(std::move(node));
  }

  Graph& g_;
  std::vector<Bit> bits_;  ///< sorted; no conditions on numbers
  std::map<Num, Ranges> ranges_;
  bool never_ = false;
};

Bit Graph::add(BitNode node) {
  std::vector<int64_t> key = {static_cast<int64_t>(node.op), node.block, node.a, node.b};
  for (const Interval& interval : node.ranges.intervals()) {
    key.push_back(interval.least);
    key.push_back(interval.greatest);
  }
  for (const Bit bit : node.list) key.push_back(bit.code);
  const auto [it, is_new] = bit_index_.emplace(std::move(key), static_cast<int32_t>(bits_.size()));
  if (is_new) bits_.push_back(std::move(node));
  return {2 * it->second};
}

Bit Graph::all(std::vector<Bit> bits) {
  return Conjunction(*this).make(std::move(bits));
}

Bit Graph::any(std::vector<Bit> bits) {
  for (Bit& bit : bits) bit = !bit;
  return !all(std::move(bits));
}

Bit Graph::choose(Bit c, Bit yes, Bit no) {
  if (c == kYes || yes == no) return yes;
  if (c == kNo) return no;
  return either(both(c, yes), both(!c, no));
}

Bit Graph::given(Bit bit, Bit care) {
  const BitNode& cares = node(care);
  const bool many = cares.op == BitOp::kAnd && !care.negated();
  std::vector<Bit> holds = many ? cares.list : std::vector<Bit>{care};
  std::ranges::sort(holds);
  return given(bit, holds, kUnderDepthMax);
}

Bit Graph::given(Bit bit, const std::vector<Bit>& holds, int depth) {
  if (std::ranges::binary_search(holds, bit)) return kYes;
  if (std::ranges::binary_search(holds, !bit)) return kNo;
  if (node(bit).op != BitOp::kAnd || depth == 0) return bit;
  std::vector<Bit> rest;
  for (const Bit part : std::vector<Bit>(node(bit).list)) rest.push_back(given(part, holds, depth - 1));
  if (rest == node(bit).list) return bit;
  const Bit made = all(std::move(rest));
  return bit.negated() ? !made : made;
}

Bit Graph::valid(int32_t source, Num row, BlockId block) {
  BitNode node;
  node.op = BitOp::kValid;
  node.block = block;
  node.a = source;
  node.b = row;
  return add(std::move(node));
}

Bit Graph::outer(Bit bit, BlockId block) {
  BitNode node;
  node.op = BitOp::kOuter;
  node.block = block;
  node.a = bit.node();
  const Bit out = add(std::move(node));
  return bit.negated() ? !out : out;
}

Bit Graph::part(int32_t aggregate, int32_t part, BlockId block) {
  BitNode node;
  node.op = BitOp::kPart;
  node.block = block;
  node.a = aggregate;
  node.b = part;
  return add(std::move(node));
}

}  // namespace koshi::zan::columns
