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

int32_t Emitter::bit(Bit wanted) {
  const Polar made = polar(wanted);
  return made.opposite ? invert(made.reg) : made.reg;
}

Emitter::Polar Emitter::polar(Bit wanted) {
  const Polar made = emit_bit(wanted.node(), wanted.negated());
  return {made.reg, made.opposite != wanted.negated()};
}

Emitter::Polar Emitter::emit_bit(int32_t id, bool wants_opposite) {
  const auto known = bits_.find(id);
  if (known != bits_.end()) return known->second;
  const Bit wanted{2 * id};
  const BitNode node = g_.node(wanted);
  int32_t out = -1;
  bool opposite = false;
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
    case BitOp::kIn: {
      const Polar in = emit_in(node);
      out = in.reg;
      opposite = in.opposite;
      break;
    }
    case BitOp::kLess: out = emit_pair(Code::kLessI32, Code::kLessI64, node); break;
    case BitOp::kEqual: out = emit_pair(Code::kEqualI32, Code::kEqualI64, node); break;
    case BitOp::kAnd:
      opposite = wants_opposite;
      out = emit_and(node, opposite);
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
  return bits_[id] = {out, opposite};
}

int32_t Emitter::invert(int32_t from) {
  return put_logic(0x01, from, from, from);
}

int32_t Emitter::either(int32_t a, int32_t b) {
  return put_logic(0xFE, a, b, b);
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

Emitter::Polar Emitter::emit_in(const BitNode& node) {
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
    return {put(i), false};
  }
  const bool opposite = without.size() < with.size();
  int32_t out = -1;
  for (const Interval& interval : opposite ? without : with) {
    const int32_t one = range(reg, x.type, interval);
    out = out < 0 ? one : either(out, one);
  }
  return {out, opposite};
}

int32_t Emitter::emit_pair(Code narrow, Code wide, const BitNode& node) {
  const bool is_64 = is_wide(g_.node(Num{node.a}).type) || is_wide(g_.node(Num{node.b}).type);
  const Storage storage = is_64 ? Storage::kI64 : Storage::kI32;
  Instruction i;
  i.code = is_64 ? wide : narrow;
  const Operand a = operand(node.a, storage), b = operand(node.b, storage);
  i.a = a.reg;
  i.a_as = a.lies;
  i.b = b.reg;
  i.b_as = b.lies;
  i.dst = mask();
  return put(i);
}

/// Values that lie narrower than their column are widened on the way to it, by the choice that makes them if only the column reads them.
bool Emitter::output_widened(const OutputNode& output, int32_t column) {
  const NumNode node = g_.node(output.number);
  if (width_bytes(node.type) >= width_bytes(output.storage)) return false;
  const bool chooses = node.op == NumOp::kMux && node.type == Storage::kI32 && is_wide(output.storage);
  if (chooses && number_uses_[output.number] == 1 && !numbers_.contains(output.number)) {
    emit_mux(node, output.storage, column);
    return true;
  }
  Instruction i;
  i.code = Code::kConvert;
  i.a = number(output.number);
  i.k = static_cast<int64_t>(node.type);
  i.k2 = static_cast<int64_t>(output.storage);
  i.dst = column;
  put(i);
  return true;
}

/// Straight to the column where nobody else reads the value and the step that makes it can.
void Emitter::output(const OutputNode& output, int32_t number) {
  const int32_t column = add({Place64::What::kOutput, number, 8 * width_bytes(output.storage), 0});
  if (output_widened(output, column)) return;
  const int32_t value = as(output.number, output.storage);
  Instruction* last = linear_.code.empty() ? nullptr : &linear_.code.back();
  const bool chooses = last != nullptr && (last->code == Code::kMatchU8 || (last->code >= Code::kMuxI32 && last->code <= Code::kMuxI64KK));
  if (chooses && last->dst == value && number_uses_[output.number] == 1) {
    last->dst = column;
    return;
  }
  Instruction store;
  store.code = Code::kStore;
  store.a = value;
  store.k = static_cast<int64_t>(output.storage);
  store.dst = column;
  put(store);
}

/// With the step that chooses the byte, while it stands in a register; else by a step of its own.
void Emitter::following_output(const OutputNode& output, int32_t number, Num by) {
  std::vector<std::byte> bytes(kSmallTable);
  std::memcpy(bytes.data(), output.values.data(), output.values.size());
  const std::byte* values = store(std::move(bytes));
  const int32_t column = add({Place64::What::kOutput, number, 8, 0});
  const Instruction last = linear_.code.back();
  const Place64 written = registers_[static_cast<size_t>(last.dst)].place;
  if (last.code == Code::kMatchU8 && written.what == Place64::What::kOutput && written.number == output.by) {
    linear_.matches.back()->also.push_back({column, values});
    return;
  }
  Instruction table;
  table.code = Code::kTableU8U8;
  table.table = values;
  table.k2 = static_cast<int64_t>(kFollowing);
  table.a = this->number(by);
  table.dst = temporary(Storage::kU8);
  Instruction write;
  write.code = Code::kStore;
  write.a = put(table);
  write.k = static_cast<int64_t>(Storage::kU8);
  write.dst = column;
  put(write);
}

Linear emit(Graph& graph, const std::vector<Aggregate>& aggregates, const std::vector<OutputNode>& outputs) {
  Emitter emitter(graph, aggregates, kRootBlock, nullptr);
  std::vector<Num> numbers;
  for (const OutputNode& output : outputs) {
    if (output.by < 0) numbers.push_back(output.number);
  }
  emitter.count_uses({}, numbers);
  for (size_t i = 0; i < outputs.size(); ++i) {
    if (outputs[i].by >= 0) continue;
    emitter.output(outputs[i], static_cast<int32_t>(i));
    for (size_t j = 0; j < outputs.size(); ++j) {
      if (outputs[j].by == static_cast<int32_t>(i)) emitter.following_output(outputs[j], static_cast<int32_t>(j), outputs[i].number);
    }
  }
  return emitter.finish();
}

}  // namespace koshi::zan::columns
