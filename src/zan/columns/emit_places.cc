#include "zan/columns/emitter.h"

/// Which temporary lies where.
namespace koshi::zan::columns {

namespace {

constexpr size_t kLine = 64;

/// Every operand of an instruction, read or written.
template <typename Visit>
void for_each_register(Instruction& i, Visit visit) {
  for (int32_t* reg : {&i.dst, &i.dst2, &i.a, &i.b, &i.c}) {
    if (*reg >= 0) visit(*reg);
  }
  if (i.code == Code::kMatchU8) {
    auto& plan = *static_cast<MatchPlan*>(const_cast<void*>(i.table));
    for (int32_t& condition : plan.conditions) visit(condition);
    for (MatchPlan::Also& also : plan.also) visit(also.place);
  }
  if (i.code != Code::kList) return;
  auto& plan = *static_cast<ListPlan*>(const_cast<void*>(i.table));
  for (int32_t* reg : {&plan.rows, &plan.listed, &plan.today}) {
    if (*reg >= 0) visit(*reg);
  }
  for (int32_t& part : plan.parts) visit(part);
}

}  // namespace

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
        linear_.arena_bytes += (place.row_bits * kLargeTile / 8 + kLine - 1) / kLine * kLine;
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

}  // namespace koshi::zan::columns
