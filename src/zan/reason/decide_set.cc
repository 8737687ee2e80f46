#include <algorithm>

#include "zan/reason/evaluate.h"

/// Norms of type `set of …`. For each member of the enum:
///
///   a rule includes it     if the rule speaks and its value has it, and none of its exceptions includes it in the same sense
///   the norm has it        if one of its rules includes it and none of its exceptions does, or if a prevailing rule includes it
///
/// with and, or, not as everywhere: a member may be unknown or an error alone. The norm is known when every member is; one member in
/// error makes the norm an error. No rule in force: a gap. Rules in force that do not speak: the empty set.
namespace koshi::zan {

Bits Evaluation::all_members() const {
  Bits all(static_cast<size_t>(set_.words), ~uint64_t{0});
  const size_t rest = corpus_.enums[static_cast<size_t>(set_.of)].members.size() % 64;
  if (rest != 0) all.back() = (uint64_t{1} << rest) - 1;
  return all;
}

Planes Evaluation::new_planes() {
  const Planes planes{static_cast<int32_t>(words_.size())};
  words_.resize(words_.size() + static_cast<size_t>(kPlanes * set_.words));
  return planes;
}

/// The members of a value under a condition.
void Evaluation::fill_planes(Planes planes, const Cell& value, Speaks speaks) {
  const Plane from = value.is_known() ? kCertain : (value.is_unknown() ? kPossible : kBroken);
  Plane to = from;
  if (speaks == Speaks::kOpen) to = kPossible;
  if (speaks == Speaks::kError && from == kCertain) to = kBroken;
  if (value.is_known() && value.value.is_none()) return;
  const Bits all = value.is_known() ? Bits() : all_members();
  const Bits& members = value.is_known() ? value.value.bits() : all;
  std::copy(members.begin(), members.end(), plane(planes, to));
}

/// An `or` for each member.
void Evaluation::add_planes(Planes to, Planes from) {
  for (int32_t i = 0; i < set_.words; ++i) {
    uint64_t& certain = plane(to, kCertain)[i];
    uint64_t& possible = plane(to, kPossible)[i];
    uint64_t& broken = plane(to, kBroken)[i];
    certain |= plane(from, kCertain)[i];
    possible = (possible | plane(from, kPossible)[i]) & ~certain;
    broken = (broken | plane(from, kBroken)[i]) & ~certain & ~possible;
  }
}

/// An `and not` for each member.
void Evaluation::subtract_planes(Planes to, Planes from) {
  for (int32_t i = 0; i < set_.words; ++i) {
    uint64_t& certain = plane(to, kCertain)[i];
    uint64_t& possible = plane(to, kPossible)[i];
    uint64_t& broken = plane(to, kBroken)[i];
    const uint64_t alive = (certain | possible | broken) & ~plane(from, kCertain)[i];
    possible = alive & (possible | plane(from, kPossible)[i]);
    broken = alive & ~possible & (broken | plane(from, kBroken)[i]);
    certain = alive & ~possible & ~broken;
  }
}

bool Evaluation::any(Planes planes, Plane which) const {
  const uint64_t* words = plane(planes, which);
  return std::any_of(words, words + set_.words, [](uint64_t word) { return word != 0; });
}

bool Evaluation::meet(Planes a, Plane which, Planes b, Plane other) const {
  for (int32_t i = 0; i < set_.words; ++i) {
    if ((plane(a, which)[i] & plane(b, other)[i]) != 0) return true;
  }
  return false;
}

SetGroup Evaluation::set_group(RuleRange range, Frame& parent, const Scope& scope) {
  SetGroup group;
  group.first = static_cast<int32_t>(set_states_.size());
  for (const ProgramRule& rule : program(pool_.law).range(range)) {
    Frame frame;
    frame.node = proof_.add_rule(parent, rule.rule);
    const Truth speaks = eval_speaks(rule, frame, scope);
    if (speaks == Speaks::kNo) continue;
    SetRuleState& state = set_states_.emplace_back();
    state.rule = &rule;
    state.frame = frame;
    state.speaks = speaks.is;
    state.error = speaks.error;
    ++group.count;
  }
  group.members = new_planes();
  for (int32_t i = 0; i < group.count; ++i) {
    value_set_rule(group.first + i, scope);
    add_planes(group.members, set_states_[static_cast<size_t>(group.first + i)].members);
  }
  return group;
}

void Evaluation::value_set_rule(int32_t number, const Scope& scope) {
  const auto index = static_cast<size_t>(number);
  const ProgramRule& rule = *set_states_[index].rule;
  Frame frame = set_states_[index].frame;
  frame_ = &frame;
  Cell value = eval(rule.value, scope);
  const Planes members = new_planes();
  fill_planes(members, value, set_states_[index].speaks);
  const SetGroup exceptions = set_group(rule.exceptions, frame, scope);
  subtract_planes(members, exceptions.members);
  SetRuleState& state = set_states_[index];
  if (value.is_error() && state.error == kNoId) state.error = value.error;
  state.value = std::move(value);
  state.members = members;
  state.exceptions = exceptions;
  state.frame = frame;
}

SetDecision Evaluation::decide_set(const NormEntry& entry, Frame frame) {
  const Norm& info = corpus_.norms[static_cast<size_t>(entry.norm)];
  const Scope scope{entry.path, nullptr};
  const ProgramNorm norm = program(entry.law).norms[static_cast<size_t>(entry.norm)];
  set_.of = info.type.of;
  set_.words = static_cast<int32_t>((corpus_.enums[static_cast<size_t>(set_.of)].members.size() + 63) / 64);
  SetDecision decision;
  decision.prevailing = set_group(norm.prevailing, frame, scope);
  decision.rules = set_group(norm.rules, frame, scope);
  decision.members = new_planes();
  add_planes(decision.members, decision.rules.members);
  decision.exceptions.members = new_planes();
  if (any_member(decision.members)) {
    decision.exceptions = set_group(norm.exceptions, frame, scope);
    subtract_planes(decision.members, decision.exceptions.members);
  }
  add_planes(decision.members, decision.prevailing.members);
  decision.outcome = set_outcome(decision, norm.rules.count + norm.prevailing.count > 0);
  return decision;
}

Cell Evaluation::set_outcome(const SetDecision& decision, bool in_force) {
  if (!in_force) {
    EvaluationError gap;
    gap.outcome = Outcome::kGap;
    gap.at = norm_;
    return Cell::failed(add_error(std::move(gap)));
  }
  const uint64_t* certain = plane(decision.members, kCertain);
  Cell cell = Cell::known(Value::set(set_.of, Bits(certain, certain + set_.words)));
  if (any(decision.members, kBroken)) {
    for (const SetGroup* group : {&decision.prevailing, &decision.rules, &decision.exceptions}) {
      cell.error = find_set_error(*group, decision.members);
      if (cell.error == kNoId) continue;
      cell.state = State::kError;
      return cell;
    }
  }
  if (any(decision.members, kPossible)) cell.state = State::kUnknown;
  return cell;
}

/// The error of the first rule that has a part in what is broken.
int32_t Evaluation::find_set_error(const SetGroup& group, Planes broken) const {
  for (const SetRuleState& state : states(group)) {
    if (!meet(state.members, kBroken, broken, kBroken)) continue;
    if (state.error != kNoId) return state.error;
    if (const int32_t error = find_set_error(state.exceptions, broken); error != kNoId) return error;
  }
  return kNoId;
}

}  // namespace koshi::zan
