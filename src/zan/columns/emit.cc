#include "zan/columns/emitter.h"

/// Uses and conditions.
namespace koshi::zan::columns {

namespace {

constexpr size_t kSmallTable = 256;

}  // namespace

void Emitter::count(Bit bit) {
  if (++uses_[bit.node()] > 1) return;
  const BitNode& node = g_.node(bit);
  for (const Bit part : node.list) count(part);
  if (node.op == BitOp::kIn || node.op == BitOp::kFault) count(Num{node.a});
  if (node.op == BitOp::kLess || node.op == BitOp::kEqual) {
    count(Num{node.a});
    count(Num{node.b});
  }
}

void Emitter::count(Num number) {
  if (++number_uses_[number] > 1) return;
  const NumNode& node = g_.node(number);
  if (node.op == NumOp::kConst || node.op == NumOp::kOuter || node.op == NumOp::kPart) return;
  if (node.op == NumOp::kMux) count(node.c);
  if (node.a != kNoNum) count(node.a);
  if (node.b != kNoNum) count(node.b);
}

/// A column that is gathered from stays where it is; one that is read row by row moves from tile to tile: two places.
int32_t Emitter::source_place(Place64::What what, int32_t source, size_t bits, bool gathered) {
  const int64_t key = 4 * int64_t{source} + (what == Place64::What::kValidity ? 1 : 0) + (gathered ? 2 : 0);
  const auto it = sources_.find(key);
  if (it != sources_.end()) return it->second;
  return sources_[key] = add({what, source, bits, 0});
}

// Conditions.

/// The condition as a register; of a negated one, its opposite has to be wanted by the caller (see logic()).
int32_t Emitter::bit(Bit wanted) {
  if (wanted.negated()) return invert(bit(!wanted));
  const auto known = bits_.find(wanted.node());
  if (known != bits_.end()) return known->second;
  const BitNode node = g_.node(wanted);
  int32_t out = -1;
  Instruction i;
  switch (node.op) {
    case BitOp::kTrue:
      i.code = Code::kLogic3;
      i.k = 0xFF;
      i.dst = mask();
      i.a = i.b = i.c = i.dst;
      out = put(i);
      break;
    case BitOp::kValid: {
      const bool own_rows = node.b == kNoNum && parent_ == nullptr;
      out = source_place(Place64::What::kValidity, node.a, 1, !own_rows);
      if (own_rows) break;
      i.code = Code::kGatherBit;
      i.b = out;
      i.a = node.b == kNoNum ? rows_ : as(node.b, Storage::kI32);
      i.k = -1;  // the rows of the table: set when the program is bound
      i.dst = mask();
      out = put(i);
      break;
    }
    case BitOp::kIn: out = emit_in(node); break;
    case BitOp::kLess: out = emit_pair(Code::kLessI32, Code::kLessI64, node); break;
    case BitOp::kEqual: out = emit_pair(Code::kEqualI32, Code::kEqualI64, node); break;
    case BitOp::kAnd:
      out = emit_and(node);
      conjunctions_.push_back(wanted.node());
      break;
    case BitOp::kFault:
      emit_call(node.a);
      out = calls_.at(node.a).second;
      break;
    case BitOp::kOuter: {
      const Bit above = g_.lift(Bit{2 * node.a}, parent_->block_);
      const int32_t outer = parent_->bit(above);
      parent_->outer_uses_.emplace_back(outer, 0);
      i.k = outer;
      i.code = Code::kLaneBit;
      i.a = lanes_;
      i.dst = mask();
      out = put(i);
      break;
    }
    case BitOp::kPart: out = list_part(node.a, node.b); break;
  }
  return bits_[wanted.node()] = out;
}

int32_t Emitter::invert(int32_t from) {
  return put_logic(0x01, from, from, from);
}

int32_t Emitter::either(int32_t a, int32_t b) {
  return put_logic(0xFE, a, b, b);
}

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

int32_t Emitter::emit_and(const BitNode& node) {
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
    std::vector<int32_t> operands;
    for (const int32_t leaf : leaves) operands.push_back(bit(Bit{2 * leaf}));
    int64_t truth = 0;
    for (unsigned assignment = 0; assignment < 8; ++assignment) {
      bool value = true;
      for (const Bit b : part) value = value && holds(b, leaves, so_far < 0 ? assignment : assignment << 1 & 7);
      if (so_far >= 0) value = value && (assignment & 4) != 0;
      if (value) truth |= int64_t{1} << assignment;
    }
    if (so_far >= 0) operands.insert(operands.begin(), so_far);
    operands.resize(3, operands.front());
    so_far = put_logic(truth, operands[0], operands[1], operands[2]);
  }
  return so_far;
}

int32_t Emitter::range(int32_t x, Storage storage, Interval interval) {
  static constexpr Code kCodes[] = {Code::kRangeU8, Code::kRangeU16, Code::kRangeI32, Code::kRangeI64};
  static constexpr Interval kTypes[] = {{0, 255}, {0, 65535}, {INT32_MIN, INT32_MAX}, {INT64_MIN, INT64_MAX}};
  const Interval type = kTypes[static_cast<size_t>(storage)];
  Instruction i;
  i.code = kCodes[static_cast<size_t>(storage)];
  i.a = x;
  i.k = std::clamp(interval.least, type.least, type.greatest);
  i.k2 = std::clamp(interval.greatest, type.least, type.greatest);
  i.dst = mask();
  return put(i);
}

int32_t Emitter::emit_in(const BitNode& node) {
  const NumNode x = g_.node(Num{node.a});
  const int32_t reg = number(node.a);
  const std::vector<Interval> with = simplest(node.ranges, x.domain);
  const std::vector<Interval> without = simplest(x.domain & node.ranges.complement(), x.domain);
  if (x.type == Storage::kU8 && with.size() > 1 && without.size() > 1) {
    std::vector<std::byte> table(kSmallTable);
    for (size_t i = 0; i < kSmallTable; ++i)
      table[i] = std::byte{node.ranges.contains(static_cast<int64_t>(i)) ? uint8_t{0xFF} : uint8_t{0}};
    Instruction i;
    i.code = Code::kSetU8;
    i.a = reg;
    i.table = store(std::move(table));
    i.dst = mask();
    return put(i);
  }
  const bool opposite = without.size() < with.size();
  int32_t out = -1;
  for (const Interval& interval : opposite ? without : with) {
    const int32_t one = range(reg, x.type, interval);
    out = out < 0 ? one : either(out, one);
  }
  return opposite ? invert(out) : out;
}

int32_t Emitter::emit_pair(Code narrow, Code wide, const BitNode& node) {
  const bool is_64 = is_wide(g_.node(Num{node.a}).type) || is_wide(g_.node(Num{node.b}).type);
  const Storage storage = is_64 ? Storage::kI64 : Storage::kI32;
  Instruction i;
  i.code = is_64 ? wide : narrow;
  i.a = as(node.a, storage);
  i.b = as(node.b, storage);
  i.dst = mask();
  return put(i);
}

Linear emit(Graph& graph, const std::vector<Aggregate>& aggregates, const std::vector<OutputNode>& outputs) {
  Emitter emitter(graph, aggregates, kRootBlock, nullptr);
  std::vector<Num> numbers;
  for (const OutputNode& output : outputs) numbers.push_back(output.number);
  emitter.count_uses({}, numbers);
  for (size_t i = 0; i < outputs.size(); ++i) emitter.output(outputs[i], static_cast<int32_t>(i));
  return emitter.finish();
}

}  // namespace koshi::zan::columns
