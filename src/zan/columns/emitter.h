#pragma once

#include <algorithm>
#include <cstring>
#include <map>
#include <tuple>
#include <unordered_map>

#include "base/check.h"
#include "zan/columns/linear.h"

/// From the graph to instructions: outputs in their order, each operand right before it is first needed, conditions three at a time.
/// Internal to this folder.
namespace koshi::zan::columns {

inline bool is_wide(Storage storage) {
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

  void output(const OutputNode& output, int32_t number);
  /// Right after the output of the number `by` that it follows from.
  void following_output(const OutputNode& output, int32_t number, Num by);

  Linear finish() {
    allocate();
    return std::move(linear_);
  }

  /// A register that holds a condition or its opposite.
  struct Polar {
    int32_t reg = -1;
    bool opposite = false;
  };
  Polar polar(Bit bit);
  int32_t bit(Bit bit);
  int32_t number(Num number);
  int32_t as(Num number, Storage storage);
  /// A number that is computed with at this width: one that is narrower as it lies.
  struct Operand {
    int32_t reg = -1;
    Storage lies = Storage::kU8;
  };
  Operand operand(Num number, Storage width);
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
  int32_t emit_and(const BitNode& node, bool opposite);
  /// `opposite`: which of the two is wanted, where that is free to choose.
  Polar emit_bit(int32_t node, bool opposite);
  /// A step of logic: what `holds` says where the operands are as the assignment says (the first is its bit 4).
  template <typename Holds>
  int32_t put_truth(const std::vector<Polar>& operands, Holds holds) {
    unsigned flips = 0;
    for (size_t i = 0; i < operands.size(); ++i) flips |= operands[i].opposite ? 4U >> i : 0U;
    int64_t truth = 0;
    for (unsigned assignment = 0; assignment < 8; ++assignment) truth |= int64_t{holds(assignment ^ flips) ? 1 : 0} << assignment;
    const auto reg = [&](size_t i) { return operands[i < operands.size() ? i : 0].reg; };
    return put_logic(truth, reg(0), reg(1), reg(2));
  }
  Polar emit_in(const BitNode& node);
  int32_t range(int32_t x, Storage storage, Interval interval);
  int32_t invert(int32_t mask_register);
  int32_t either(int32_t a, int32_t b);
  int32_t emit_pair(Code narrow, Code wide, const BitNode& node);
  int32_t emit_arithmetic(const NumNode& node);
  int32_t emit_mux(const NumNode& node, Storage width, int32_t dst);
  int32_t emit_match(Num number);
  int32_t emit_table(const NumNode& node);
  int32_t emit_leaf(const NumNode& node);
  int32_t emit_call(Num number);
  int32_t emit_outer(const NumNode& node);
  int32_t emit_slope(const NumNode& node, int32_t by, const std::byte* values);
  int32_t convert(int32_t from, Storage have, Storage want);
  bool output_widened(const OutputNode& output, int32_t column);
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
  std::unordered_map<int32_t, Polar> bits_;
  std::unordered_map<int32_t, int32_t> numbers_, uses_, number_uses_;
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

}  // namespace koshi::zan::columns
