#include <algorithm>
#include <cstring>
#include <map>
#include <tuple>
#include <unordered_map>

#include "base/check.h"
#include "zan/columns/linear.h"

/// From the graph to instructions: outputs in their order, each operand right before it is first needed, conditions three at a time.
namespace koshi::zan::columns {
namespace {

constexpr size_t kLine = 64;
constexpr size_t kSmallTable = 256;
constexpr size_t kTablePadding = 8;  // a vector may read four bytes where it wants one

bool is_wide(Storage storage) {
  return storage == Storage::kI64;
}

/// A temporary while instructions are written; places are given at the end.
struct Register {
  Place64 place;
  size_t first = 0, last = 0;  ///< instruction
};

class Emitter {
 public:
  Emitter(Graph& graph, const std::vector<Aggregate>& aggregates, BlockId block, Emitter* parent)
      : g_(graph), aggregates_(aggregates), block_(block), parent_(parent) {
    if (parent_ != nullptr) {
      rows_ = add({Place64::What::kRows, -1, 32, 0});
      lanes_ = add({Place64::What::kLanes, -1, 32, 0});
    }
    linear_.block = block;
  }

  void count_uses(const std::vector<Bit>& bits, const std::vector<Num>& numbers) {
    for (const Bit bit : bits) count(bit);
    for (const Num number : numbers) count(number);
  }

  void output(const OutputNode& output, int32_t number) {
    const int32_t value = as(output.number, output.storage);
    Instruction store;
    store.code = Code::kStore;
    store.a = value;
    store.k = static_cast<int64_t>(output.storage);
    store.dst = add({Place64::What::kOutput, number, 8 * width_bytes(output.storage), 0});
    put(store);
  }

  Linear finish() {
    allocate();
    return std::move(linear_);
  }

  int32_t bit(Bit bit);
  int32_t number(Num number);
  int32_t as(Num number, Storage storage);
  void keep(int32_t reg) { kept_.push_back(reg); }
  void list_inputs(ListPlan& plan, const Aggregate& aggregate);

 private:
  int32_t add(Place64 place) {
    registers_.push_back({place, linear_.code.size(), linear_.code.size()});
    return static_cast<int32_t>(registers_.size() - 1);
  }
  int32_t temporary(Storage storage) { return add({Place64::What::kTemporary, -1, 8 * width_bytes(storage), 0}); }
  int32_t mask() { return add({Place64::What::kTemporary, -1, 1, 0}); }
  int32_t put(Instruction instruction) {
    linear_.code.push_back(instruction);
    return instruction.dst;
  }
  /// A step of logic that has been taken is not taken again.
  int32_t put_logic(int64_t truth, int32_t a, int32_t b, int32_t c) {
    const auto known = logic_.find({truth, a, b, c});
    if (known != logic_.end()) return known->second;
    Instruction i;
    i.code = Code::kLogic3;
    i.k = truth;
    i.a = a;
    i.b = b;
    i.c = c;
    i.dst = mask();
    return logic_[{truth, a, b, c}] = put(i);
  }
  const std::byte* store(std::vector<std::byte> bytes) {
    linear_.tables.push_back(std::make_unique<std::vector<std::byte>>(std::move(bytes)));
    return linear_.tables.back()->data();
  }

  void count(Bit bit);
  void count(Num number);
  int32_t source_place(Place64::What what, int32_t source, size_t bits, bool gathered);
  int32_t logic(std::vector<Bit> bits, bool negate);
  int32_t logic_of(const std::vector<int32_t>& leaves, const std::vector<Bit>& bits);
  bool holds(Bit bit, const std::vector<int32_t>& leaves, unsigned assignment) const;
  void reuse(std::vector<Bit>& bits) const;
  int32_t emit_and(const BitNode& node);
  int32_t emit_in(const BitNode& node);
  int32_t range(int32_t x, Storage storage, Interval interval);
  int32_t invert(int32_t mask_register);
  int32_t either(int32_t a, int32_t b);
  int32_t emit_pair(Code narrow, Code wide, const BitNode& node);
  int32_t emit_arithmetic(const NumNode& node);
  int32_t emit_mux(const NumNode& node);
  int32_t emit_table(const NumNode& node);
  int32_t emit_leaf(const NumNode& node);
  int32_t emit_call(Num number);
  int32_t emit_outer(const NumNode& node);
  int32_t convert(int32_t from, Storage have, Storage want);
  int32_t list_part(int32_t aggregate, int32_t part);
  void emit_list(int32_t aggregate);
  void allocate();
  void touch(int32_t reg, size_t at) {
    registers_[static_cast<size_t>(reg)].last = std::max(registers_[static_cast<size_t>(reg)].last, at);
  }

  Graph& g_;
  const std::vector<Aggregate>& aggregates_;
  const BlockId block_;
  Emitter* const parent_;
  Linear linear_;
  std::vector<Register> registers_;
  std::unordered_map<int32_t, int32_t> bits_, numbers_, uses_, number_uses_;
  std::unordered_map<int64_t, int32_t> converted_, sources_;
  std::unordered_map<int32_t, ListPlan*> lists_;
  std::unordered_map<int32_t, std::pair<int32_t, int32_t>> calls_;
  std::map<std::tuple<int64_t, int32_t, int32_t, int32_t>, int32_t> logic_;
  std::vector<int32_t> conjunctions_;  ///< nodes that have been emitted and may serve as part of larger ones
  std::vector<int32_t> kept_;
  std::vector<int32_t> places_;                         ///< of each register, once allocated
  std::vector<std::pair<int32_t, size_t>> outer_uses_;  ///< register, instruction of the list that reads it
  int32_t rows_ = -1, lanes_ = -1;
};

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

namespace {

/// The fewest intervals that say the same within the domain.
std::vector<Interval> simplest(const Ranges& wanted, const Ranges& domain) {
  const Ranges rest = domain & wanted.complement();
  std::vector<Interval> out;
  for (const Interval& next : wanted.intervals()) {
    if (!out.empty() && (rest & Ranges(out.back().greatest, next.least)).empty()) {
      out.back().greatest = next.greatest;
    } else {
      out.push_back(next);
    }
  }
  if (out.empty()) return out;
  if ((rest & Ranges(INT64_MIN, out.front().least)).empty()) out.front().least = INT64_MIN;
  if ((rest & Ranges(out.back().greatest, INT64_MAX)).empty()) out.back().greatest = INT64_MAX;
  return out;
}

}  // namespace

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

// Numbers.

int32_t Emitter::number(Num wanted) {
  const auto known = numbers_.find(wanted);
  if (known != numbers_.end()) return known->second;
  const NumNode node = g_.node(wanted);
  int32_t out = -1;
  switch (node.op) {
    case NumOp::kConst: {
      Instruction i;
      i.code = node.type == Storage::kI64 ? Code::kMuxI64KK : Code::kMuxI32KK;
      i.c = bit(kYes);
      i.k = i.k2 = node.k;
      i.dst = temporary(node.type);
      out = put(i);
      break;
    }
    case NumOp::kLeaf: out = emit_leaf(node); break;
    case NumOp::kMux: out = emit_mux(node); break;
    case NumOp::kTable: out = emit_table(node); break;
    case NumOp::kCall: out = emit_call(wanted); break;
    case NumOp::kOuter: out = emit_outer(node); break;
    case NumOp::kPart: out = list_part(node.a, node.b); break;
    case NumOp::kYearKey:
    case NumOp::kShift: {
      Instruction i;
      i.code = node.op == NumOp::kShift ? Code::kShiftI32K : Code::kYearKeyI32;
      i.a = as(node.a, Storage::kI32);
      i.k = node.k;
      i.dst = temporary(Storage::kI32);
      out = put(i);
      break;
    }
    default: out = emit_arithmetic(node);
  }
  return numbers_[wanted] = out;
}

int32_t Emitter::convert(int32_t from, Storage have, Storage want) {
  if (have == want) return from;
  const int64_t key = int64_t{from} * 4 + static_cast<int64_t>(want);
  const auto known = converted_.find(key);
  if (known != converted_.end()) return known->second;
  Instruction i;
  i.code = Code::kConvert;
  i.a = from;
  i.k = static_cast<int64_t>(have);
  i.k2 = static_cast<int64_t>(want);
  i.dst = temporary(want);
  return converted_[key] = put(i);
}

int32_t Emitter::as(Num wanted, Storage storage) {
  return convert(number(wanted), g_.node(wanted).type, storage);
}

int32_t Emitter::emit_leaf(const NumNode& node) {
  const bool own_rows = node.a == kNoNum && parent_ == nullptr;
  const int32_t source = source_place(Place64::What::kColumn, node.extra, 8 * width_bytes(node.type), !own_rows);
  if (own_rows) return source;
  Instruction i;
  i.code = Code::kGather;
  i.a = node.a == kNoNum ? rows_ : as(node.a, Storage::kI32);
  i.b = source;
  i.k = -1;  // the rows of the table: set when the program is bound
  i.k2 = static_cast<int64_t>(node.type);
  i.dst = temporary(node.type);
  return put(i);
}

int32_t Emitter::emit_outer(const NumNode& node) {
  static constexpr Code kCodes[] = {Code::kLaneU8, Code::kLaneU16, Code::kLaneI32, Code::kLaneI64};
  const Num above = g_.lift(node.a, parent_->block_);
  Instruction i;
  const int32_t outer = parent_->number(above);
  parent_->outer_uses_.emplace_back(outer, 0);
  i.k = outer;
  i.code = kCodes[static_cast<size_t>(node.type)];
  i.a = lanes_;
  i.dst = temporary(node.type);
  return put(i);
}

int32_t Emitter::emit_arithmetic(const NumNode& node) {
  const auto ka = g_.constant_of(node.a), kb = g_.constant_of(node.b);
  const bool narrow_operands = !is_wide(g_.node(node.a).type) && !is_wide(g_.node(node.b).type);
  const bool widening = node.op == NumOp::kMul && is_wide(node.type) && narrow_operands;
  const Storage operands = widening ? Storage::kI32 : node.type;
  const bool is_64 = is_wide(operands);
  Instruction i;
  if (ka) {
    i.code = is_64 ? Code::kFromI64K : Code::kFromI32K;
    i.k = *ka;
    i.a = as(node.b, operands);
  } else {
    const int first = static_cast<int>(widening ? Code::kMulWide : is_64 ? Code::kAddI64 : Code::kAddI32);
    const int step = widening ? 0 : static_cast<int>(node.op) - static_cast<int>(NumOp::kAdd);
    const int constant = kb ? static_cast<int>(Code::kAddI32K) - static_cast<int>(Code::kAddI32) : 0;
    i.code = static_cast<Code>(first + step + constant);
    i.a = as(node.a, operands);
    if (kb) i.k = *kb;
    if (!kb) i.b = as(node.b, operands);
  }
  i.dst = temporary(node.type);
  return put(i);
}

int32_t Emitter::emit_mux(const NumNode& node) {
  const auto ka = g_.constant_of(node.a), kb = g_.constant_of(node.b);
  const Code first = node.type == Storage::kU8 ? Code::kMuxU8 : node.type == Storage::kI32 ? Code::kMuxI32 : Code::kMuxI64;
  Instruction i;
  i.code = static_cast<Code>(static_cast<int>(first) + (ka ? 1 : 0) + (kb ? 2 : 0));
  if (ka) i.k = *ka;
  if (kb) i.k2 = *kb;
  i.c = bit(node.c);
  if (!ka) i.a = as(node.a, node.type);
  if (!kb) i.b = as(node.b, node.type);
  i.dst = temporary(node.type);
  return put(i);
}

namespace {

template <typename T>
std::vector<std::byte> packed(const std::vector<int64_t>& values, size_t first, size_t room) {
  std::vector<std::byte> out((room + kTablePadding) * sizeof(T));
  for (size_t i = 0; i < values.size(); ++i) {
    const T value = static_cast<T>(values[i]);
    std::memcpy(out.data() + (first + i) * sizeof(T), &value, sizeof(T));
  }
  return out;
}

}  // namespace

int32_t Emitter::emit_table(const NumNode& node) {
  const std::vector<int64_t>& values = g_.table(node.extra);
  const bool by_byte = g_.node(node.a).type == Storage::kU8;
  const size_t first = by_byte ? static_cast<size_t>(node.k) : 0;
  const size_t room = by_byte ? kSmallTable : values.size();
  Instruction i;
  const Code base = by_byte ? Code::kTableU8U8 : Code::kTableI32U8;
  const int step = node.type == Storage::kU8 ? 0 : node.type == Storage::kI32 ? 1 : 2;
  i.code = static_cast<Code>(static_cast<int>(base) + step);
  i.table = store(step == 0   ? packed<uint8_t>(values, first, room)
                  : step == 1 ? packed<int32_t>(values, first, room)
                              : packed<int64_t>(values, first, room));
  i.k = by_byte ? 0 : node.k;
  i.k2 = by_byte ? static_cast<int64_t>(first + values.size()) : static_cast<int64_t>(room);
  i.a = as(node.a, by_byte ? Storage::kU8 : Storage::kI32);
  i.dst = temporary(node.type);
  return put(i);
}

int32_t Emitter::emit_call(Num wanted) {
  const auto known = calls_.find(wanted);
  if (known != calls_.end()) return known->second.first;
  const NumNode node = g_.node(wanted);
  linear_.operations.push_back(std::make_unique<Operation>(g_.operation(node.extra)));
  Instruction i;
  i.code = Code::kCall;
  i.table = linear_.operations.back().get();
  i.a = as(node.a, Storage::kI64);
  i.b = node.b == kNoNum ? -1 : as(node.b, Storage::kI64);
  i.dst = temporary(Storage::kI64);
  i.dst2 = mask();
  put(i);
  calls_[wanted] = {i.dst, i.dst2};
  return i.dst;
}

// Lists.

int32_t Emitter::list_part(int32_t aggregate, int32_t part) {
  if (!lists_.contains(aggregate)) emit_list(aggregate);
  return lists_.at(aggregate)->parts[part];
}

void Emitter::list_inputs(ListPlan& plan, const Aggregate& of) {
  const auto input = [&](Bit wanted) {
    if (wanted == kYes || wanted == kNo) return ListPlan::Input{-1, wanted == kYes};
    const int32_t reg = bit(wanted);
    keep(reg);
    return ListPlan::Input{reg, false};
  };
  const auto value = [&](Num wanted, int32_t& place, int64_t& constant) {
    if (wanted == kNoNum) return;
    if (const auto k = g_.constant_of(wanted)) {
      constant = *k;
      return;
    }
    place = as(wanted, Storage::kI64);
    keep(place);
  };
  plan.yes = input(of.where.yes);
  plan.no = input(of.where.no);
  plan.conflict = input(of.where.errors.conflict);
  plan.gap = input(of.where.errors.gap);
  plan.fault = input(of.where.errors.fault);
  plan.known = input(of.value.known);
  plan.none = input(of.value.none);
  plan.value_conflict = input(of.value.errors.conflict);
  plan.value_gap = input(of.value.errors.gap);
  plan.value_fault = input(of.value.errors.fault);
  plan.left_known = input(of.left.known);
  plan.left_none = input(of.left.none);
  value(of.value.number, plan.number_place, plan.number_k);
  value(of.left.number, plan.left_place, plan.left_k);
}

void Emitter::emit_list(int32_t aggregate) {
  const Aggregate& of = aggregates_[static_cast<size_t>(aggregate)];
  auto plan = std::make_unique<ListPlan>();
  plan->op = of.op;
  plan->kind = of.kind;
  plan->source = of.source;
  plan->window = of.window;
  const size_t outer_before = outer_uses_.size();
  Emitter inner(g_, aggregates_, of.block, this);
  inner.count_uses({of.where.yes, of.where.no, of.where.errors.conflict, of.where.errors.gap, of.where.errors.fault, of.value.known,
                    of.value.none, of.left.known, of.left.none},
                   {});
  inner.list_inputs(*plan, of);
  if (of.row != kNoNum) plan->rows = as(of.row, Storage::kI32);
  if (of.row == kNoNum && parent_ != nullptr) plan->rows = rows_;
  if (of.listed != kYes) plan->listed = bit(of.listed);
  if (of.today != kNoNum) {
    const auto today = g_.constant_of(of.today);
    if (today) plan->today_k = *today;
    if (!today) plan->today = as(of.today, Storage::kI32);
  }
  plan->inner = std::make_unique<Linear>(inner.finish());
  // The registers kept for the fold are told by their places in the inner frame.
  for (auto* in : {&plan->yes, &plan->no, &plan->conflict, &plan->gap, &plan->fault, &plan->known, &plan->none, &plan->value_conflict,
                   &plan->value_gap, &plan->value_fault, &plan->left_known, &plan->left_none}) {
    if (in->place >= 0) in->place = inner.places_[static_cast<size_t>(in->place)];
  }
  if (plan->number_place >= 0) plan->number_place = inner.places_[static_cast<size_t>(plan->number_place)];
  if (plan->left_place >= 0) plan->left_place = inner.places_[static_cast<size_t>(plan->left_place)];
  for (int part = 0; part < kPartNumber; ++part) plan->parts[part] = mask();
  plan->parts[kPartNumber] = temporary(Storage::kI64);
  Instruction i;
  i.code = Code::kList;
  i.table = plan.get();
  for (size_t j = outer_before; j < outer_uses_.size(); ++j) outer_uses_[j].second = linear_.code.size();
  put(i);
  plan->number = static_cast<int32_t>(linear_.lists.size());
  lists_[aggregate] = plan.get();
  linear_.lists.push_back(std::move(plan));
}

// Places.

/// Every operand of an instruction, read or written.
template <typename Visit>
void for_each_register(Instruction& i, Visit visit) {
  for (int32_t* reg : {&i.dst, &i.dst2, &i.a, &i.b, &i.c}) {
    if (*reg >= 0) visit(*reg);
  }
  if (i.code != Code::kList) return;
  auto& plan = *static_cast<ListPlan*>(const_cast<void*>(i.table));
  for (int32_t* reg : {&plan.rows, &plan.listed, &plan.today}) {
    if (*reg >= 0) visit(*reg);
  }
  for (int32_t& part : plan.parts) visit(part);
}

/// Temporaries share memory: one is free again after the last instruction that reads it.
void Emitter::allocate() {
  std::vector<Instruction>& code = linear_.code;
  const size_t end = code.size();
  for (size_t t = 0; t < end; ++t) for_each_register(code[t], [&](int32_t& reg) { touch(reg, t); });
  for (const auto& [reg, t] : outer_uses_) touch(reg, t);
  for (const int32_t reg : kept_) touch(reg, end);
  std::vector<std::vector<int32_t>> begins(end + 1), ends(end + 1);
  places_.assign(registers_.size(), -1);
  for (size_t r = 0; r < registers_.size(); ++r) {
    const Register& reg = registers_[r];
    if (reg.place.what == Place64::What::kTemporary) {
      begins[reg.first].push_back(static_cast<int32_t>(r));
      ends[reg.last].push_back(static_cast<int32_t>(r));
    } else {
      places_[r] = static_cast<int32_t>(linear_.places.size());
      linear_.places.push_back(reg.place);
    }
  }
  std::unordered_map<size_t, std::vector<int32_t>> free;
  for (size_t t = 0; t <= end; ++t) {
    for (const int32_t r : begins[t]) {
      Place64 place = registers_[static_cast<size_t>(r)].place;
      auto& same = free[place.row_bits];
      if (same.empty()) {
        place.offset = linear_.arena_bytes;
        linear_.arena_bytes += (place.row_bits * kTile / 8 + kLine - 1) / kLine * kLine;
        same.push_back(static_cast<int32_t>(linear_.places.size()));
        linear_.places.push_back(place);
      }
      places_[static_cast<size_t>(r)] = same.back();
      same.pop_back();
    }
    for (const int32_t r : ends[t]) free[registers_[static_cast<size_t>(r)].place.row_bits].push_back(places_[static_cast<size_t>(r)]);
  }
  for (Instruction& i : code) for_each_register(i, [&](int32_t& reg) { reg = places_[static_cast<size_t>(reg)]; });
  // What the blocks inside read of this one was told by its register.
  for (const auto& list : linear_.lists) {
    for (Instruction& i : list->inner->code) {
      if (i.code >= Code::kLaneU8 && i.code <= Code::kLaneBit) i.c = places_[static_cast<size_t>(i.k)];
    }
  }
}

}  // namespace

Linear emit(Graph& graph, const std::vector<Aggregate>& aggregates, const std::vector<OutputNode>& outputs) {
  Emitter emitter(graph, aggregates, kRootBlock, nullptr);
  std::vector<Num> numbers;
  for (const OutputNode& output : outputs) numbers.push_back(output.number);
  emitter.count_uses({}, numbers);
  for (size_t i = 0; i < outputs.size(); ++i) emitter.output(outputs[i], static_cast<int32_t>(i));
  return emitter.finish();
}

}  // namespace koshi::zan::columns
