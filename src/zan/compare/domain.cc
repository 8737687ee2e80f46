#include "zan/compare/domain.h"

#include <algorithm>

namespace koshi::zan {
namespace {

Value value_of(Kind kind, int64_t number) {
  switch (kind) {
    case Kind::kWhole: return Value::whole(number);
    case Kind::kDecimal: return Value::decimal({number});
    case Kind::kMoney: return Value::money({number});
    case Kind::kDays: return Value::days(number);
    default: return Value::date(Date{static_cast<int32_t>(number)});
  }
}

int64_t step_of(Kind kind) {
  if (kind == Kind::kMoney) return Money::kTenge;
  return kind == Kind::kDecimal ? Decimal::kOne / 100 : 1;
}

constexpr int64_t kYearDays = 365;

}  // namespace

Domains::Domains(const Program& program, NormId a, NormId b, Date today)
    : program_(program), today_(today), seen_norms_(program.norms.size(), false), seen_nodes_(program.nodes.size(), false) {
  visit(a);
  visit(b);
  for (auto& [kind, numbers] : numbers_) {
    std::ranges::sort(numbers);
    const auto tail = std::ranges::unique(numbers);
    numbers.erase(tail.begin(), tail.end());
  }
}

void Domains::visit(NormId norm) {
  if (seen_norms_[static_cast<size_t>(norm)]) return;
  seen_norms_[static_cast<size_t>(norm)] = true;
  const ProgramNorm& entry = program_.norms[static_cast<size_t>(norm)];
  for (const RuleRange range : {entry.prevailing, entry.rules, entry.exceptions}) visit_rules(range);
}

void Domains::visit_rules(RuleRange range) {
  for (const ProgramRule& rule : program_.range(range)) {
    for (const NodeId node : {rule.value, rule.when, rule.also}) visit_node(node);
    visit_rules(rule.exceptions);
  }
}

void Domains::visit_node(NodeId id) {
  if (id == kNoId || seen_nodes_[static_cast<size_t>(id)]) return;
  seen_nodes_[static_cast<size_t>(id)] = true;
  const Node& node = program_.nodes[static_cast<size_t>(id)];
  if (node.op == Op::kConst) note(program_.constants[static_cast<size_t>(node.k)]);
  if (node.op == Op::kNorm) visit(node.a);
  for_each_operand(node, [&](NodeId operand) { visit_node(operand); });
}

void Domains::note(const Value& value) {
  if (value.kind() == Kind::kSet) {
    sets_[value.of()].push_back(value.bits());
  } else if (value.kind() == Kind::kEnum) {
    Bits one((program_.corpus->enums[static_cast<size_t>(value.of())].members.size() + 63) / 64);
    set_bit(one, value.number());
    sets_[value.of()].push_back(std::move(one));
  } else if (value.kind() >= Kind::kWhole && value.kind() <= Kind::kDays) {
    numbers_[value.kind()].push_back(value.number());
  }
}

/// Members with the same signature over all sets that the norms name.
std::vector<ValueClass> Domains::members(const Type& type) const {
  const size_t count = program_.corpus->enums[static_cast<size_t>(type.of)].members.size();
  const auto it = sets_.find(type.of);
  std::vector<std::pair<std::vector<bool>, ValueClass>> classes;
  for (size_t i = 0; i < count; ++i) {
    std::vector<bool> signature;
    if (it != sets_.end()) {
      for (const Bits& set : it->second) signature.push_back(has_bit(set, static_cast<int64_t>(i)));
    }
    const Value member = Value::member(type.of, static_cast<int64_t>(i));
    const auto known = std::ranges::find_if(classes, [&](const auto& entry) { return entry.first == signature; });
    if (known == classes.end()) {
      classes.push_back({std::move(signature), {member}});
    } else {
      known->second.push_back(member);
    }
  }
  std::vector<ValueClass> out;
  for (auto& [signature, members] : classes) out.push_back(std::move(members));
  return out;
}

/// On both sides of every bound: numbers around the constants, dates also around today less the durations that the norms count.
std::vector<ValueClass> Domains::bounds(const Type& type) const {
  std::vector<int64_t> values;
  const int64_t step = step_of(type.kind);
  const auto around = [&](int64_t number) { values.insert(values.end(), {number - step, number, number + step}); };
  const auto constants = [&](Kind kind) {
    const auto it = numbers_.find(kind);
    return it == numbers_.end() ? std::vector<int64_t>{} : it->second;
  };
  for (const int64_t number : constants(type.kind)) around(number);
  if (type.kind == Kind::kDate) {
    around(today_.days);
    values.push_back(today_.days - kYearDays);
    for (const int64_t days : constants(Kind::kDays)) around(today_.days - days);
    for (const int64_t years : constants(Kind::kWhole)) {
      if (years > 0 && years < 120) around(today_.days - years * kYearDays);
    }
  } else {
    values.insert(values.end(), {0, step});
    std::erase_if(values, [](int64_t value) { return value < 0; });
  }
  std::ranges::sort(values);
  const auto tail = std::ranges::unique(values);
  values.erase(tail.begin(), tail.end());
  std::vector<ValueClass> out;
  for (const int64_t value : values) out.push_back({value_of(type.kind, value)});
  return out;
}

std::vector<ValueClass> Domains::of(const Type& type) const {
  std::vector<ValueClass> classes;
  switch (type.kind) {
    case Kind::kYesNo: classes = {{Value::yes_no(true)}, {Value::yes_no(false)}}; break;
    case Kind::kEnum: classes = members(type); break;
    case Kind::kText: classes = {{Value::text("")}}; break;
    case Kind::kNone:
    case Kind::kSet: break;
    default: classes = bounds(type);
  }
  if (type.or_none) classes.push_back({Value::none()});
  return classes;
}

}  // namespace koshi::zan
