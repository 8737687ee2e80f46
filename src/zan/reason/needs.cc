#include "zan/reason/needs.h"

#include <algorithm>
#include <tuple>

namespace koshi::zan {

std::vector<Need> NeedCollector::collect() {
  weights_.assign(e_.entries_.size(), 0);
  weights_.front() = kWhole;
  // An entry is completed after all that it reads, so backwards every entry has its whole weight before it hands it on.
  for (size_t i = e_.completed_.size(); i-- > 0;) {
    const int32_t number = e_.completed_[i];
    if (weights_[static_cast<size_t>(number)] > 0) entry(number);
  }
  const auto rank = [&](const Wanted& wanted) {
    return std::tuple(~wanted.weight, e_.paths_[wanted.path].entity, wanted.fact == kNoId, wanted.fact, wanted.link, wanted.path);
  };
  std::ranges::sort(wanted_, {}, rank);
  std::vector<Need> needs;
  needs.reserve(wanted_.size());
  for (const Wanted& wanted : wanted_) {
    const PathEntry& record = e_.paths_[wanted.path];
    const Entity& entity = e_.corpus_.entities[static_cast<size_t>(record.entity)];
    Need need{e_.paths_.text(wanted.path), record.entity, wanted.fact, wanted.link};
    if (!need.path.empty()) need.path += '.';
    need.path +=
        wanted.fact != kNoId ? entity.facts[static_cast<size_t>(wanted.fact)].name : entity.links[static_cast<size_t>(wanted.link)].name;
    needs.push_back(std::move(need));
  }
  return needs;
}

void NeedCollector::entry(int32_t number) {
  const NormEntry entry = e_.entries_[static_cast<size_t>(number)];
  const Weight weight = weights_[static_cast<size_t>(number)];
  if (!entry.cell.is_unknown()) return;
  const Program& law = e_.program(entry.law);
  e_.pool_ = {law.nodes, law.constants, entry.law};
  e_.norm_ = entry.norm;
  scope_ = Scope{entry.path, nullptr};
  // Without a proof node nothing is recorded a second time.
  if (e_.corpus_.norms[static_cast<size_t>(entry.norm)].type.kind == Kind::kSet) {
    const SetDecision decision = e_.decide_set(entry, Frame{});
    e_.frame_ = &e_.no_frame_;
    set_decision(decision, weight);
  } else {
    const Decision decision = e_.decide(entry, Frame{});
    e_.frame_ = &e_.no_frame_;
    this->decision(decision, weight);
  }
  e_.states_.clear();
  e_.set_states_.clear();
  e_.words_.clear();
}

void NeedCollector::decision(const Decision& decision, Weight weight) {
  const bool open = decision.prevailing.speaks == Speaks::kOpen;
  replacement(decision.prevailing, weight);
  if (decision.prevailing.speaks == Speaks::kYes || !decision.base.is_unknown()) return;
  base(decision, open ? part(weight, kLess) : weight);
}

/// What the rules and exceptions of the norm itself leave open.
void NeedCollector::base(const Decision& decision, Weight weight) {
  if (decision.rules.speaks == Speaks::kOpen) {
    speaks(decision.rules, weight);
    weight = part(weight, kLess);
  }
  if (e_.except(decision.rules.value, decision.exceptions).is_known()) return;
  replacement(decision.exceptions, weight);
  if (decision.exceptions.speaks != Speaks::kYes) value(decision.rules, weight);
}

/// Whether the group speaks, and what it says, where it may replace something.
void NeedCollector::replacement(const Group& by, Weight weight) {
  if (by.speaks == Speaks::kNo) return;
  if (by.speaks == Speaks::kOpen) {
    speaks(by, weight);
    weight = part(weight, kLess);
  }
  value(by, weight);
}

void NeedCollector::speaks(const Group& group, Weight weight) {
  const auto states = e_.states(group);
  const auto open = [](const RuleState& state) { return state.speaks == Speaks::kOpen; };
  const auto count = static_cast<size_t>(std::ranges::count_if(states, open));
  for (const RuleState& state : states) {
    if (open(state)) condition(*state.rule, part(weight, count));
  }
}

void NeedCollector::condition(const ProgramRule& rule, Weight weight) {
  // An open rule with one condition: it is that one.
  const bool also = is_unknown(rule.also, scope_);
  const bool when = rule.also == kNoId || is_unknown(rule.when, scope_);
  if (when) expression(rule.when, scope_, part(weight, when && also ? 2 : 1));
  if (also) expression(rule.also, scope_, part(weight, when && also ? 2 : 1));
}

/// What keeps the value of a group open, given that it speaks.
void NeedCollector::value(const Group& group, Weight weight) {
  if (!group.value.is_unknown()) return;
  const auto states = e_.states(group);
  const bool speaks = group.speaks == Speaks::kYes;
  const Cell* agreed = nullptr;
  for (const RuleState& state : states) {
    if (state.speaks == Speaks::kYes && state.value.is_known()) agreed = &state.value;
  }
  // Beside values that are all unknown, whether another rule speaks matters less: it may still break the group.
  const auto doubtful = [&](const RuleState& state) {
    return speaks && state.speaks == Speaks::kOpen && (agreed == nullptr || !agreed->same_value(state.value));
  };
  const auto count = static_cast<size_t>(std::ranges::count_if(states, doubtful)) * (agreed == nullptr ? kLess : 1);
  for (const RuleState& state : states) {
    const bool certain = state.speaks == Speaks::kYes || (state.speaks == Speaks::kError && !speaks);
    if (doubtful(state)) condition(*state.rule, part(weight, count));
    if (certain || agreed != nullptr || !speaks) rule_value(state, certain ? weight : part(weight, kLess));
  }
}

void NeedCollector::rule_value(const RuleState& state, Weight weight) {
  if (!state.value.is_unknown()) return;
  replacement(state.exceptions, weight);
  if (state.exceptions.speaks != Speaks::kYes && is_unknown(state.rule->value, scope_)) expression(state.rule->value, scope_, weight);
}

void NeedCollector::set_decision(const SetDecision& decision, Weight weight) {
  const size_t rules = set_rules_open(decision.rules, decision.members) + set_rules_open(decision.prevailing, decision.members);
  set_group(decision.prevailing, decision.members, part(weight, rules));
  set_group(decision.rules, decision.members, part(weight, rules));
  const size_t exceptions = set_rules_open(decision.exceptions, decision.members);
  set_group(decision.exceptions, decision.members, part(weight, exceptions * (rules > 0 ? kLess : 1)));
}

size_t NeedCollector::set_rules_open(const SetGroup& group, Planes wanted) const {
  return static_cast<size_t>(std::ranges::count_if(
      e_.states(group), [&](const SetRuleState& state) { return e_.meet(state.members, kPossible, wanted, kPossible); }));
}

/// Each rule that may add or take away a member of which the norm is not certain.
void NeedCollector::set_group(const SetGroup& group, Planes wanted, Weight weight) {
  for (const SetRuleState& state : e_.states(group)) {
    if (!e_.meet(state.members, kPossible, wanted, kPossible)) continue;
    if (state.speaks == Speaks::kOpen) condition(*state.rule, weight);
    if (state.value.is_unknown()) expression(state.rule->value, scope_, state.speaks == Speaks::kOpen ? part(weight, kLess) : weight);
    const size_t exceptions = set_rules_open(state.exceptions, wanted);
    set_group(state.exceptions, wanted, part(weight, exceptions * (state.speaks == Speaks::kOpen ? kLess : 1)));
  }
}

}  // namespace koshi::zan
