#include <algorithm>
#include <limits>

#include "base/check.h"
#include "zan/columns/graph.h"

/// Numbers: constants fold, functions of one small value become tables, widths follow from what is proven of the values.
namespace koshi::zan::columns {
namespace {

constexpr int64_t kSmallMax = 255;
constexpr size_t kDomainIntervalsMax = 8;

bool fits_32(const Interval& hull) {
  return hull.least >= INT32_MIN && hull.greatest <= INT32_MAX;
}

Storage wide_type(const Ranges& domain) {
  return fits_32(domain.hull()) ? Storage::kI32 : Storage::kI64;
}

Ranges domain_of(const std::vector<int64_t>& values) {
  std::vector<int64_t> sorted = values;
  std::ranges::sort(sorted);
  const auto tail = std::ranges::unique(sorted);
  sorted.erase(tail.begin(), tail.end());
  if (sorted.size() > kDomainIntervalsMax) return {sorted.front(), sorted.back()};
  std::vector<Interval> intervals;
  for (const int64_t value : sorted) intervals.push_back({value, value});
  return Ranges::of(std::move(intervals));
}

// Years that begin on 1 March have their leap day last, and of the 29 February completed years count from 1 March: so the years between
// two days are the difference of their keys, without the days. Between 1900 and 2100 every fourth year is a leap year.
constexpr Interval kKeyDays{-25'508, 47'540};  // 1900-03-01 to 2100-02-28
constexpr int64_t kKeyYearBits = 9;
constexpr int64_t kKeyMax = 200 << kKeyYearBits;

int64_t key_of(int64_t days) {
  const int64_t quarter = 4 * (days - kKeyDays.least) + 3;
  return (quarter / 1461 << kKeyYearBits) + quarter % 1461 / 4;
}

bool fits_64(Int128 value) {
  return narrow(value).has_value();
}

struct Wide {
  Int128 least, greatest;
};

/// What the operation may come to, for the operations that vectors do.
std::optional<Wide> reach(Op op, const Interval& a, const Interval& b) {
  const Int128 al = a.least, ag = a.greatest, bl = b.least, bg = b.greatest;
  switch (op) {
    case Op::kAdd:
    case Op::kAddDays: return Wide{al + bl, ag + bg};
    case Op::kSub:
    case Op::kDateDiff: return Wide{al - bg, ag - bl};
    case Op::kMin: return Wide{std::min(al, bl), std::min(ag, bg)};
    case Op::kMax: return Wide{std::max(al, bl), std::max(ag, bg)};
    case Op::kMulWhole: {
      const Int128 products[] = {al * bl, al * bg, ag * bl, ag * bg};
      return Wide{*std::ranges::min_element(products), *std::ranges::max_element(products)};
    }
    default: return std::nullopt;
  }
}

NumOp vector_op(Op op) {
  switch (op) {
    case Op::kAdd:
    case Op::kAddDays: return NumOp::kAdd;
    case Op::kSub:
    case Op::kDateDiff: return NumOp::kSub;
    case Op::kMin: return NumOp::kMin;
    case Op::kMax: return NumOp::kMax;
    default: return NumOp::kMul;
  }
}

}  // namespace

size_t Graph::KeyHash::operator()(const std::vector<int64_t>& key) const {
  uint64_t hash = key.size();
  for (const int64_t part : key) hash = (hash ^ static_cast<uint64_t>(part)) * 0x9E3779B97F4A7C15u + (hash >> 29);
  return static_cast<size_t>(hash ^ (hash >> 32));
}

Graph::Graph(Tabulate tabulate) : tabulate_(tabulate) {
  bits_.push_back({});
}

int32_t Graph::source(const Source& source) {
  const auto it = std::ranges::find(sources_, source);
  if (it != sources_.end()) return static_cast<int32_t>(it - sources_.begin());
  sources_.push_back(source);
  return static_cast<int32_t>(sources_.size() - 1);
}

Num Graph::add(NumNode node) {
  const std::vector<int64_t> key = {static_cast<int64_t>(node.op), node.block, node.a, node.b, node.c.code, node.k, node.extra};
  const auto [it, is_new] = number_index_.emplace(key, static_cast<int32_t>(numbers_.size()));
  if (is_new) numbers_.push_back(std::move(node));
  return it->second;
}

Num Graph::constant(int64_t k) {
  NumNode node;
  node.k = k;
  node.domain = Ranges::only(k);
  node.type = wide_type(node.domain);
  return add(std::move(node));
}

std::optional<int64_t> Graph::constant_of(Num number) const {
  return node(number).op == NumOp::kConst ? std::optional(node(number).k) : std::nullopt;
}

Ranges Graph::proper(Num number) const {
  const NumNode& n = node(number);
  if (!n.mark) return n.domain;
  Ranges rest = n.domain & Ranges::only(*n.mark).complement();
  return rest.empty() ? Ranges(0, 0) : rest;
}

Num Graph::leaf(int32_t source, Num row, BlockId block, Storage storage, const Bounds& bounds, bool or_none) {
  NumNode node;
  node.op = NumOp::kLeaf;
  node.block = block;
  node.type = storage;
  node.a = row;
  node.extra = source;
  node.domain = Ranges(bounds.least, bounds.greatest);
  if (or_none) {
    node.mark = none_mark(storage);
    node.domain = node.domain | Ranges::only(*node.mark);
  }
  if (node.domain.empty()) node.domain = Ranges(0, 0);
  return add(std::move(node));
}

Num Graph::number_part(int32_t aggregate, int32_t part, BlockId block, const Ranges& domain) {
  NumNode node;
  node.op = NumOp::kPart;
  node.block = block;
  node.a = aggregate;
  node.b = part;
  node.domain = domain;
  return add(std::move(node));
}

Num Graph::lift(Num number, BlockId to) {
  if (number == kNoNum || block_of(number) == kAnyBlock || block_of(number) == to) return number;
  NumNode node;
  node.op = NumOp::kOuter;
  node.block = to;
  node.a = number;
  node.type = this->node(number).type;
  node.domain = this->node(number).domain;
  node.mark = this->node(number).mark;
  return add(std::move(node));
}

Bit Graph::lift(Bit bit, BlockId to) {
  return block_of(bit) == kAnyBlock || block_of(bit) == to ? bit : outer(bit, to);
}

BlockId Graph::join(Num& a, Num& b) {
  const BlockId block = std::max(block_of(a), b == kNoNum ? kAnyBlock : block_of(b));
  a = lift(a, block);
  b = lift(b, block);
  return block;
}

bool Graph::is_small(Num x) const {
  const Interval hull = node(x).domain.hull();
  const bool is_code = node(x).type == Storage::kU8;
  return hull.least >= 0 && hull.greatest <= kSmallMax && (is_code || tabulate_ == Tabulate::kAnything);
}

/// The numbers for which a table of x has entries: of wide columns not the mark of none, which lies far off.
Interval Graph::table_hull(Num x) const {
  return is_small(x) ? node(x).domain.hull() : proper(x).hull();
}

std::optional<std::vector<int64_t>> Graph::as_table(Num number, Num x) const {
  const Interval hull = table_hull(x);
  const NumNode& n = node(number);
  const auto size = static_cast<size_t>(hull.greatest - hull.least + 1);
  if (n.op == NumOp::kConst) return std::vector<int64_t>(size, n.k);
  if (n.op == NumOp::kTable && n.a == x) return table(n.extra);
  if (number != x) return std::nullopt;
  std::vector<int64_t> self(size);
  for (size_t i = 0; i < size; ++i) self[i] = hull.least + static_cast<int64_t>(i);
  return self;
}

/// `values` for the numbers from the least to the greatest of x.
Num Graph::lookup(Num x, std::vector<int64_t> values) {
  if (std::ranges::all_of(values, [&](int64_t value) { return value == values.front(); })) return constant(values.front());
  NumNode node;
  node.op = NumOp::kTable;
  node.block = block_of(x);
  node.a = x;
  node.k = table_hull(x).least;
  node.domain = domain_of(values);
  const Interval hull = node.domain.hull();
  node.type = hull.least >= 0 && hull.greatest <= kSmallMax ? Storage::kU8 : wide_type(node.domain);
  const auto [it, is_new] = table_index_.emplace(values, static_cast<int32_t>(tables_.size()));
  if (is_new) tables_.push_back(std::move(values));
  node.extra = it->second;
  return add(std::move(node));
}

/// A choice by one small value between functions of the same value is a function of it too.
std::optional<Num> Graph::choose_table(Bit c, Num yes, Num no) {
  const BitNode& condition = node(c);
  if (condition.op != BitOp::kIn || !is_small(condition.a)) return std::nullopt;
  const Num x = condition.a;
  const auto first = as_table(yes, x), second = as_table(no, x);
  if (!first || !second) return std::nullopt;
  std::vector<int64_t> values = *second;
  const int64_t least = table_hull(x).least;
  for (size_t i = 0; i < values.size(); ++i) {
    if (condition.ranges.contains(least + static_cast<int64_t>(i)) != c.negated()) values[i] = (*first)[i];
  }
  return lookup(x, std::move(values));
}

Num Graph::choose(Bit c, Num yes, Num no) {
  if (c == kYes || yes == no) return yes;
  if (c == kNo) return no;
  if (c.negated()) return choose(!c, no, yes);
  if (const auto table = choose_table(c, yes, no)) return *table;
  // Of two choices by the same condition the inner one is settled.
  if (node(yes).op == NumOp::kMux && node(yes).c == c) return choose(c, node(yes).a, no);
  if (node(no).op == NumOp::kMux && node(no).c == c) return choose(c, yes, node(no).b);
  BlockId block = std::max({block_of(c), block_of(yes), block_of(no)});
  NumNode out;
  out.op = NumOp::kMux;
  out.block = block;
  out.c = lift(c, block);
  out.a = lift(yes, block);
  out.b = lift(no, block);
  out.domain = proper(yes) | proper(no);
  if (out.domain.intervals().size() > kDomainIntervalsMax) out.domain = {out.domain.hull().least, out.domain.hull().greatest};
  const auto in_byte = [&](Num n) { return node(n).op == NumOp::kConst || node(n).type == Storage::kU8; };
  const Interval hull = out.domain.hull();
  out.type = hull.least >= 0 && hull.greatest <= kSmallMax && in_byte(yes) && in_byte(no) ? Storage::kU8 : wide_type(out.domain);
  return add(std::move(out));
}

/// The operation with x as its first operand (or its second) and a constant as the other, worked out for every value of x.
Checked Graph::tabulate(const Operation& operation, Num x, bool first, int64_t other) {
  const Interval hull = table_hull(x);
  const Ranges known = proper(x);
  const auto size = static_cast<size_t>(hull.greatest - hull.least + 1);
  std::vector<int64_t> values(size);
  std::vector<Interval> faults;
  int64_t last = 0;
  for (size_t i = 0; i < size; ++i) {
    const int64_t at = hull.least + static_cast<int64_t>(i);
    const auto value = first ? columns::compute(operation, at, other) : columns::compute(operation, other, at);
    if (!value && known.contains(at)) faults.push_back({at, at});
    if (value && known.contains(at)) last = *value;
    values[i] = last;
  }
  const Bit fault = in(x, Ranges::of(std::move(faults)));
  return {lookup(x, std::move(values)), fault};
}

/// The same where x is itself a table of codes: one table takes the place of both.
Checked Graph::tabulate_table(const Operation& operation, const NumNode& x, bool first, int64_t other) {
  std::vector<int64_t> values = table(x.extra);
  const Ranges known = proper(x.a);
  std::vector<Interval> faults;
  for (size_t i = 0; i < values.size(); ++i) {
    const auto value = first ? columns::compute(operation, values[i], other) : columns::compute(operation, other, values[i]);
    const int64_t at = x.k + static_cast<int64_t>(i);
    if (!value && known.contains(at)) faults.push_back({at, at});
    values[i] = value.value_or(i == 0 ? 0 : values[i - 1]);
  }
  const Bit fault = in(x.a, Ranges::of(std::move(faults)));
  return {lookup(x.a, std::move(values)), fault};
}

Num Graph::add_operation(NumOp op, Num a, Num b, const Ranges& domain) {
  NumNode out;
  out.op = op;
  out.block = join(a, b);
  out.domain = domain;
  const bool commutes = op != NumOp::kSub;
  if (commutes && (a > b || node(a).op == NumOp::kConst)) std::swap(a, b);
  if (commutes && node(a).op == NumOp::kConst) std::swap(a, b);
  out.a = a;
  out.b = b;
  const bool narrow_operands = node(a).type != Storage::kI64 && node(b).type != Storage::kI64;
  out.type = narrow_operands && fits_32(domain.hull()) ? Storage::kI32 : Storage::kI64;
  return add(std::move(out));
}

/// Constant factors meet outside: (x * 2) * y * 3 is x * y * 6. Nothing where there is nothing to move. The product fits in 64 bits, so
/// that its parts do too.
std::optional<Num> Graph::factored(const Operation& multiply, Num a, Num b) {
  const auto outside = [&](Num& x) -> Int128 {
    const NumNode& n = node(x);
    const auto k = n.op == NumOp::kMul ? constant_of(n.b) : std::nullopt;
    if (k) x = n.a;
    return k.value_or(1);
  };
  const auto kb = constant_of(b);
  Num x = a, y = b;
  const Int128 inner = outside(x) * (kb ? 1 : outside(y));
  const auto factor = narrow(inner * kb.value_or(1));
  if (inner == 1 || !factor || *factor == 0) return std::nullopt;
  const Num rest = kb ? x : compute(multiply, x, y).number;
  return compute(multiply, rest, constant(*factor)).number;
}

Num Graph::year_key(Num date) {
  if (const auto k = constant_of(date)) return constant(key_of(*k));
  NumNode out;
  out.op = NumOp::kYearKey;
  out.block = block_of(date);
  out.a = date;
  out.type = Storage::kI32;
  out.domain = Ranges(0, kKeyMax);
  return add(std::move(out));
}

Num Graph::years_between(Num from, Num to) {
  const Interval first = proper(from).hull(), last = proper(to).hull();
  const Num difference = add_operation(NumOp::kSub, year_key(to), year_key(from), Ranges(-kKeyMax, kKeyMax));
  NumNode out;
  out.op = NumOp::kShift;
  out.block = block_of(difference);
  out.a = difference;
  out.k = kKeyYearBits;
  out.type = Storage::kI32;
  out.domain =
      Ranges((key_of(last.least) - key_of(first.greatest)) >> kKeyYearBits, (key_of(last.greatest) - key_of(first.least)) >> kKeyYearBits);
  return add(std::move(out));
}

Num Graph::add_bits(Num a, Num b) {
  const auto ka = constant_of(a), kb = constant_of(b);
  if (ka && kb) return constant(static_cast<int64_t>(static_cast<uint64_t>(*ka) | static_cast<uint64_t>(*kb)));
  if (ka == 0) return b;
  NumNode out;
  out.op = NumOp::kAdd;
  out.block = join(a, b);
  out.a = ka ? b : a;
  out.b = ka ? a : b;
  out.domain = Ranges::all();
  return add(std::move(out));
}

Checked Graph::compute(const Operation& operation, Num a, Num b) {
  const auto ka = constant_of(a), kb = b == kNoNum ? std::optional<int64_t>(0) : constant_of(b);
  if (ka && kb) {
    const auto value = columns::compute(operation, *ka, *kb);
    return value ? Checked{constant(*value), kNo} : Checked{constant(0), kYes};
  }
  if (operation.op == Op::kNegate) {
    Operation subtract = operation;
    subtract.op = Op::kSub;
    return compute(subtract, constant(0), a);
  }
  if (operation.op == Op::kToDecimal) {
    Operation scale = operation;
    scale.op = Op::kMulWhole;
    return compute(scale, a, constant(Decimal::kOne));
  }
  const Num x = kb ? a : b;
  const Interval hull = table_hull(x);
  const bool may_tabulate = tabulate_ == Tabulate::kAnything ? hull.greatest - Int128{hull.least} < kTableMax : is_small(x);
  if ((ka || kb) && may_tabulate) {
    const bool vectors_do_it = reach(operation.op, hull, hull).has_value() && !is_small(x);
    if (!vectors_do_it) return tabulate(operation, x, kb.has_value(), kb ? *kb : *ka);
  }
  if ((ka || kb) && node(x).op == NumOp::kTable && is_small(node(x).a))
    return tabulate_table(operation, NumNode(node(x)), kb.has_value(), kb ? *kb : *ka);
  if (b != kNoNum) {
    const auto wide = reach(operation.op, proper(a).hull(), proper(b).hull());
    if (wide && fits_64(wide->least) && fits_64(wide->greatest)) {
      if (operation.op == Op::kMulWhole) {
        if (const auto product = factored(operation, a, b)) return {*product, kNo};
      }
      const Ranges domain(static_cast<int64_t>(wide->least), static_cast<int64_t>(wide->greatest));
      if (kb == 0 && operation.op != Op::kMulWhole && vector_op(operation.op) != NumOp::kMin && vector_op(operation.op) != NumOp::kMax)
        return {a, kNo};
      const Num number = add_operation(vector_op(operation.op), a, b, domain);
      if (operation.op != Op::kAddDays) return {number, kNo};
      return {number, !in(number, Ranges(kFirstDate.days, kLastDate.days))};
    }
  }
  const bool years = operation.op == Op::kCompletedYears && operation.rounding == Rounding::kUp;
  const Ranges keyed(kKeyDays.least, kKeyDays.greatest);
  if (years && keyed.covers(proper(a)) && keyed.covers(proper(b))) return {years_between(a, b), kNo};
  NumNode out;
  out.op = NumOp::kCall;
  out.block = join(a, b);
  out.a = a;
  out.b = b;
  const auto known = std::ranges::find(operations_, operation);
  out.extra = static_cast<int32_t>(known - operations_.begin());
  if (known == operations_.end()) operations_.push_back(operation);
  out.domain = Ranges::all();
  const Num number = add(std::move(out));
  BitNode fault;
  fault.op = BitOp::kFault;
  fault.block = block_of(number);
  fault.a = number;
  return {number, add(std::move(fault))};
}

}  // namespace koshi::zan::columns
