#include "zan/columns/emitter.h"

/// Numbers, and lists of members.
namespace koshi::zan::columns {

namespace {

constexpr size_t kSmallTable = 256;
constexpr size_t kMatchMax = 64;     // conditions of one match; what is more is another one
constexpr size_t kTablePadding = 8;  // a vector may read four bytes where it wants one
constexpr int64_t kQuarters = 1461;  // of days, in a year of every fourth of which one is a leap year

/// The years that a table counts: an age falls by one every 1461 quarters of days, and begins somewhere. Nothing if it counts none.
std::optional<Slope> slope_of(const std::vector<int64_t>& values) {
  for (const int64_t step : {-4, 4}) {
    int64_t least = 0, below = INT64_MAX;  // of the start
    for (size_t x = 0; x < values.size(); ++x) {
      const int64_t begun = kQuarters * values[x] - step * static_cast<int64_t>(x);
      least = std::max(least, begun);
      below = std::min(below, begun + kQuarters);
    }
    // The last quarters may be below nought where the entry is nought: a division would not cut them down.
    if (step < 0) least = std::max(least, 4 * (static_cast<int64_t>(values.size()) - 1));
    if (least < below && below <= kQuarters * 256) return Slope{static_cast<int32_t>(least), static_cast<int32_t>(step), nullptr};
  }
  return std::nullopt;
}

}  // namespace

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
    case NumOp::kMux: out = node.type == Storage::kU8 ? emit_match(wanted) : emit_mux(node, node.type, temporary(node.type)); break;
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

Emitter::Operand Emitter::operand(Num wanted, Storage width) {
  const Storage own = g_.node(wanted).type;
  if (width_bytes(own) < width_bytes(width)) return {number(wanted), own};
  return {as(wanted, width), width};
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
    const Operand b = operand(node.b, operands);
    i.a = b.reg;
    i.a_as = b.lies;
  } else {
    const int first = static_cast<int>(widening ? Code::kMulWide : is_64 ? Code::kAddI64 : Code::kAddI32);
    const int step = widening ? 0 : static_cast<int>(node.op) - static_cast<int>(NumOp::kAdd);
    const int constant = kb ? static_cast<int>(Code::kAddI32K) - static_cast<int>(Code::kAddI32) : 0;
    i.code = static_cast<Code>(first + step + constant);
    const Operand a = operand(node.a, operands);
    i.a = a.reg;
    i.a_as = a.lies;
    if (kb) i.k = *kb;
    if (!kb) {
      const Operand b = operand(node.b, operands);
      i.b = b.reg;
      i.b_as = b.lies;
    }
  }
  i.dst = temporary(node.type);
  return put(i);
}

int32_t Emitter::emit_mux(const NumNode& node, Storage width, int32_t dst) {
  const Polar condition = polar(node.c);
  const Num a = condition.opposite ? node.b : node.a, b = condition.opposite ? node.a : node.b;
  const auto ka = g_.constant_of(a), kb = g_.constant_of(b);
  const Code first = width == Storage::kU8 ? Code::kMuxU8 : width == Storage::kI32 ? Code::kMuxI32 : Code::kMuxI64;
  CHECK(first != Code::kMuxU8 || (!ka && !kb));
  Instruction i;
  i.code = static_cast<Code>(static_cast<int>(first) + (ka ? 1 : 0) + (kb ? 2 : 0));
  if (ka) i.k = *ka;
  if (kb) i.k2 = *kb;
  i.c = condition.reg;
  if (!ka) {
    const Operand yes = operand(a, width);
    i.a = yes.reg;
    i.a_as = yes.lies;
  }
  if (!kb) {
    const Operand no = operand(b, width);
    i.b = no.reg;
    i.b_as = no.lies;
  }
  i.dst = dst;
  return put(i);
}

/// A chain of choices between constants, each of which only the one before it reads, in one step.
int32_t Emitter::emit_match(Num wanted) {
  auto plan = std::make_unique<MatchPlan>();
  Num rest = wanted;
  while (plan->values.size() < kMatchMax) {
    const NumNode& node = g_.node(rest);
    if (node.op != NumOp::kMux || node.type != Storage::kU8) break;
    if (rest != wanted && (number_uses_[rest] > 1 || numbers_.contains(rest))) break;
    const auto ka = g_.constant_of(node.a), kb = g_.constant_of(node.b);
    if (!ka && !kb) break;
    rest = ka ? node.b : node.a;
    plan->values.push_back(static_cast<uint8_t>(ka ? *ka : *kb));
    plan->conditions.push_back(bit(ka ? node.c : !node.c));
  }
  if (plan->values.empty()) return emit_mux(g_.node(wanted), Storage::kU8, temporary(Storage::kU8));
  Instruction i;
  i.code = Code::kMatchU8;
  const auto constant = g_.constant_of(rest);
  if (constant) i.k2 = *constant;
  if (!constant) i.b = as(rest, Storage::kU8);
  i.table = plan.get();
  i.dst = temporary(Storage::kU8);
  linear_.matches.push_back(std::move(plan));
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

/// -1: the table counts no years.
int32_t Emitter::emit_slope(const NumNode& node, int32_t by, const std::byte* values) {
  auto slope = slope_of(g_.table(node.extra));
  if (!slope) return -1;
  slope->values = values;
  linear_.slopes.push_back(std::make_unique<Slope>(*slope));
  Instruction i;
  i.code = Code::kSlopeU8;
  i.table = linear_.slopes.back().get();
  i.k = node.k;
  i.k2 = static_cast<int64_t>(g_.table(node.extra).size());
  i.a = by;
  i.dst = temporary(Storage::kU8);
  return put(i);
}

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
  if (i.code == Code::kTableI32U8) {
    const int32_t counted = emit_slope(node, i.a, static_cast<const std::byte*>(i.table));
    if (counted >= 0) return counted;
  }
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

}  // namespace koshi::zan::columns
