#include <algorithm>

#include "base/check.h"
#include "zan/columns/graph.h"

/// Conditions on numbers. They move towards the columns as far as they can: a condition on a table of a column, or on a column plus a
/// constant, is a condition on the column itself, and several of them on one column become one.
namespace koshi::zan::columns {
namespace {

constexpr size_t kPreimageIntervalsMax = 4;
constexpr size_t kSplitValuesMax = 3;

int64_t clamped(Int128 value) {
  if (value < INT64_MIN) return INT64_MIN;
  return value > INT64_MAX ? INT64_MAX : static_cast<int64_t>(value);
}

/// The ranges of x for which x + k lies in the given ones; for `negative`, k - x.
Ranges shifted(const Ranges& ranges, int64_t k, bool negative) {
  std::vector<Interval> out;
  for (const Interval& i : ranges.intervals()) {
    const Int128 least = negative ? Int128{k} - i.greatest : Int128{i.least} - k;
    const Int128 greatest = negative ? Int128{k} - i.least : Int128{i.greatest} - k;
    // An end that was open stays open.
    const bool open_least = negative ? i.greatest == INT64_MAX : i.least == INT64_MIN;
    const bool open_greatest = negative ? i.least == INT64_MIN : i.greatest == INT64_MAX;
    if (least > INT64_MAX || greatest < INT64_MIN) continue;
    out.push_back({open_least ? INT64_MIN : clamped(least), open_greatest ? INT64_MAX : clamped(greatest)});
  }
  return Ranges::of(std::move(out));
}

}  // namespace

Bit Graph::in(Num x, const Ranges& wanted) {
  const NumNode& n = node(x);
  const Ranges ranges = wanted & n.domain;
  if (ranges.empty()) return kNo;
  if (ranges == n.domain) return kYes;
  if (n.op == NumOp::kConst) return ranges.contains(n.k) ? kYes : kNo;
  if (n.op == NumOp::kTable) return in_table(x, ranges);
  if (const auto bit = in_operation(NumNode(n), ranges)) return *bit;
  // Of a condition and its opposite one is the node: that without the least number of the domain.
  const bool flip = ranges.contains(n.domain.hull().least);
  BitNode out;
  out.op = BitOp::kIn;
  out.block = n.block;
  out.a = x;
  out.ranges = flip ? n.domain & ranges.complement() : ranges;
  const Bit bit = add(std::move(out));
  return flip ? !bit : bit;
}

Bit Graph::in_table(Num x, const Ranges& ranges) {
  const NumNode n = node(x);
  const std::vector<int64_t>& values = table(n.extra);
  std::vector<Interval> intervals;
  for (size_t i = 0; i < values.size(); ++i) {
    if (!ranges.contains(values[i])) continue;
    const int64_t at = n.k + static_cast<int64_t>(i);
    intervals.push_back({at, at});
  }
  const Ranges preimage = Ranges::of(std::move(intervals));
  if (is_small(n.a) || preimage.intervals().size() <= kPreimageIntervalsMax) return in(n.a, preimage);
  BitNode out;
  out.op = BitOp::kIn;
  out.block = n.block;
  out.a = x;
  out.ranges = ranges;
  return add(std::move(out));
}

std::optional<Bit> Graph::in_operation(const NumNode& n, const Ranges& ranges) {
  switch (n.op) {
    case NumOp::kAdd:
      if (const auto k = constant_of(n.b)) return in(n.a, shifted(ranges, *k, false));
      return std::nullopt;
    case NumOp::kSub:
      if (const auto k = constant_of(n.a)) return in(n.b, shifted(ranges, *k, true));
      if (const auto k = constant_of(n.b); k && *k != INT64_MIN) return in(n.a, shifted(ranges, -*k, false));
      return std::nullopt;
    case NumOp::kMin:
    case NumOp::kMax: {
      const auto k = constant_of(n.b);
      if (!k) return std::nullopt;
      const Ranges beyond = n.op == NumOp::kMax ? Ranges(INT64_MIN, *k) : Ranges(*k, INT64_MAX);
      const Ranges rest = ranges & beyond.complement();
      return in(n.a, ranges.contains(*k) ? rest | beyond : rest);
    }
    case NumOp::kShift: {
      std::vector<Interval> wide;
      for (const Interval& i : ranges.intervals()) wide.push_back({i.least << n.k, (i.greatest << n.k) + (int64_t{1} << n.k) - 1});
      return in(n.a, Ranges::of(std::move(wide)));
    }
    case NumOp::kMux: {
      const bool constants = constant_of(n.a) || constant_of(n.b) || node(n.a).op == NumOp::kMux || node(n.b).op == NumOp::kMux;
      if (!constants) return std::nullopt;
      return choose(n.c, in(n.a, ranges), in(n.b, ranges));
    }
    default: return std::nullopt;
  }
}

/// Against a number of few values: one comparison with a constant for each is cheaper than making the number.
std::optional<Bit> Graph::less_by_values(Num a, Num b) {
  for (const bool left : {true, false}) {
    const Num few = left ? a : b, other = left ? b : a;
    const NumNode& n = node(few);
    const NumNode& o = node(other);
    if (n.op != NumOp::kTable || o.op == NumOp::kTable || !is_small(n.a) || o.op == NumOp::kMul || o.op == NumOp::kCall) continue;
    std::vector<int64_t> values = table(n.extra);
    std::ranges::sort(values);
    const auto tail = std::ranges::unique(values);
    values.erase(tail.begin(), tail.end());
    if (values.size() > kSplitValuesMax) continue;
    std::vector<Bit> cases;
    for (const int64_t value : values) {
      const Ranges wanted = left ? (value == INT64_MAX ? Ranges() : Ranges(value + 1, INT64_MAX))
                                 : (value == INT64_MIN ? Ranges() : Ranges(INT64_MIN, value - 1));
      const BlockId block = std::max(block_of(few), block_of(other));
      cases.push_back(both(lift(in(few, Ranges::only(value)), block), lift(in(other, wanted), block)));
    }
    return any(std::move(cases));
  }
  return std::nullopt;
}

Bit Graph::less(Num a, Num b) {
  if (const auto k = constant_of(b)) return *k == INT64_MIN ? kNo : in(a, Ranges(INT64_MIN, *k - 1));
  if (const auto k = constant_of(a)) return *k == INT64_MAX ? kNo : in(b, Ranges(*k + 1, INT64_MAX));
  if (a == b) return kNo;
  const Interval first = node(a).domain.hull(), second = node(b).domain.hull();
  if (first.greatest < second.least) return kYes;
  if (first.least >= second.greatest) return kNo;
  if (const auto bit = less_by_values(a, b)) return *bit;
  BitNode out;
  out.op = BitOp::kLess;
  out.block = join(a, b);
  out.a = a;
  out.b = b;
  return add(std::move(out));
}

Bit Graph::equal(Num a, Num b) {
  if (const auto k = constant_of(b)) return in(a, Ranges::only(*k));
  if (const auto k = constant_of(a)) return in(b, Ranges::only(*k));
  if (a == b) return kYes;
  if ((node(a).domain & node(b).domain).empty()) return kNo;
  BitNode out;
  out.op = BitOp::kEqual;
  out.block = join(a, b);
  out.a = std::min(a, b);
  out.b = std::max(a, b);
  return add(std::move(out));
}

}  // namespace koshi::zan::columns
