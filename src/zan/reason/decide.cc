#include "zan/reason/evaluate.h"

/// Which rule decides a norm with one value. The meaning, in full, for every reader of the law:
///
///   a rule speaks       if its condition does (a reinstating rule: and the reinstated rule's)
///   a group speaks      if any of its rules does: an `or`, with unknown and errors as everywhere
///   a rule's value      is what it says, replaced by its exceptions
///   a group's value     is what all its speaking rules agree on, else a conflict
///   replaced by E       the value of E where E speaks. Where it is open or an error whether E speaks: the value, if E's is the same
///   the norm            its rules' value, replaced by its exceptions, where the rules speak; a gap where they do not;
///                       all of it replaced by the prevailing rules
///
/// A rule of which it is open, or an error, whether it speaks does no harm where its value is the agreed one. Nothing is evaluated that
/// cannot matter: no exception of a silent rule, no value that is certainly replaced.
namespace koshi::zan {
namespace {

constexpr int32_t kManyRules = 16;  ///< a level with more open rules is a table

}  // namespace

Truth Evaluation::eval_speaks(const ProgramRule& rule, Frame& frame, const Scope& scope) {
  frame_ = &frame;
  const Truth when = rule.when == kNoId ? Truth::of(true) : truth(rule.when, scope);
  if (rule.also == kNoId || when == Speaks::kNo) return when;
  const Truth also = truth(rule.also, scope);
  return also.is < when.is ? also : when;
}

Group Evaluation::open_group(RuleRange range, Frame& parent, const Scope& scope) {
  Group group;
  group.first = static_cast<int32_t>(states_.size());
  if (range.count == 0) return group;
  const bool is_table = corpus_.norms[static_cast<size_t>(norm_)].is_table;
  bool open = false;
  for (const ProgramRule& rule : program(pool_.law).range(range)) {
    // The rows of a table that do not apply would bury the one that does: what they read stands under the norm.
    Frame frame;
    if (!is_table) frame.node = proof_.add_rule(parent, rule.rule);
    const Truth speaks = eval_speaks(rule, is_table ? parent : frame, scope);
    if (speaks == Speaks::kNo) continue;
    if (is_table && speaks == Speaks::kYes) frame.node = proof_.add_rule(parent, rule.rule);
    open = open || speaks == Speaks::kOpen;
    if (group.error == kNoId) group.error = speaks.error;
    group.speaks = std::max(group.speaks, speaks.is);
    RuleState& state = states_.emplace_back();
    state.rule = &rule;
    state.frame = frame;
    state.speaks = speaks.is;
    state.error = speaks.error;
    ++group.count;
  }
  // An `or`: unknown wins over an error, because it may still settle the matter.
  if (group.speaks == Speaks::kError && open) group.speaks = Speaks::kOpen;
  return group;
}

void Evaluation::value_group(Group& group, const Scope& scope) {
  if (group.count > kManyRules && group.speaks == Speaks::kOpen) return value_possible_rows(group, scope);
  for (int32_t i = 0; i < group.count; ++i) value_rule(group.first + i, scope);
  group.value = merge(group);
}

/// Of a table whose keys are unknown two rows that differ are enough: no need to look at hundreds.
void Evaluation::value_possible_rows(Group& group, const Scope& scope) {
  for (int32_t i = 0; i < group.count; ++i) {
    value_rule(group.first + i, scope);
    const Cell& first = states_[static_cast<size_t>(group.first)].value;
    if (!first.same_value(states_[static_cast<size_t>(group.first + i)].value)) return;
  }
  group.value = merge(group);
}

void Evaluation::value_rule(int32_t number, const Scope& scope) {
  const auto index = static_cast<size_t>(number);
  const ProgramRule& rule = *states_[index].rule;
  Frame frame = states_[index].frame;
  Group exceptions = open_group(rule.exceptions, frame, scope);
  if (exceptions.speaks != Speaks::kNo) value_group(exceptions, scope);
  Cell base;
  if (exceptions.speaks != Speaks::kYes) {
    frame_ = &frame;
    base = eval(rule.value, scope);
  }
  RuleState& state = states_[index];
  state.value = except(base, exceptions);
  state.exceptions = std::move(exceptions);
  state.frame = frame;
}

Cell Evaluation::except(const Cell& base, const Group& exceptions) const {
  const Cell& other = exceptions.value;
  if (exceptions.speaks == Speaks::kNo) return base;
  if (exceptions.speaks == Speaks::kYes) return other;
  if (base.same_value(other)) return base;
  if (exceptions.speaks == Speaks::kOpen) return base.is_error() && other.is_error() ? base : Cell::unknown();
  if (base.is_error()) return base;
  if (other.is_error()) return other;
  if (base.is_unknown() || other.is_unknown()) return Cell::unknown();
  return Cell::failed(exceptions.error);
}

void Evaluation::leaves(const Group& group, std::vector<RuleId>& rules) const {
  for (const RuleState& state : states(group)) {
    if (state.speaks != Speaks::kYes) continue;
    if (state.exceptions.speaks == Speaks::kYes) {
      leaves(state.exceptions, rules);
    } else {
      rules.push_back(state.rule->rule);
    }
  }
}

/// The value of a group, given that it speaks.
Cell Evaluation::merge(Group& group) {
  if (group.speaks != Speaks::kYes) return merge_possible(group);
  const Cell* agreed = nullptr;
  const Cell* broken = nullptr;
  bool open = false;
  for (const RuleState& state : states(group)) {
    if (state.speaks != Speaks::kYes) continue;
    if (state.value.is_unknown()) open = true;
    if (state.value.is_error() && broken == nullptr) broken = &state.value;
    if (!state.value.is_known()) continue;
    if (agreed == nullptr) agreed = &state.value;
    if (agreed->same_value(state.value)) continue;
    group.in_conflict = true;
    EvaluationError conflict;
    conflict.outcome = Outcome::kConflict;
    conflict.at = norm_;
    leaves(group, conflict.rules);
    return Cell::failed(add_error(std::move(conflict)));
  }
  if (broken != nullptr) return *broken;
  if (agreed == nullptr) return Cell::unknown();
  for (const RuleState& state : states(group)) {
    if (state.speaks == Speaks::kYes || agreed->same_value(state.value)) continue;
    if (state.speaks == Speaks::kError && !state.value.is_unknown()) return Cell::failed(state.error);
    open = true;
  }
  return open ? Cell::unknown() : *agreed;
}

/// The same where no rule certainly speaks.
Cell Evaluation::merge_possible(const Group& group) const {
  const Cell* first = nullptr;
  bool same = true, broken = true, unknown = false;
  for (const RuleState& state : states(group)) {
    if (first == nullptr) first = &state.value;
    same = same && first->same_value(state.value);
    broken = broken && state.value.is_error();
    unknown = unknown || state.value.is_unknown();
  }
  if (first == nullptr) return Cell::unknown();
  if (same || broken) return *first;
  return group.speaks == Speaks::kError && !unknown ? Cell::failed(group.error) : Cell::unknown();
}

Decision Evaluation::decide(const NormEntry& entry, Frame frame) {
  const Scope scope{entry.path, nullptr};
  const ProgramNorm norm = program(entry.law).norms[static_cast<size_t>(entry.norm)];
  Decision decision;
  decision.prevailing = open_group(norm.prevailing, frame, scope);
  if (decision.prevailing.speaks != Speaks::kNo) value_group(decision.prevailing, scope);
  const bool settled = decision.prevailing.speaks == Speaks::kYes;
  // A proof also shows which of the norm's own rules a reform overrules.
  if (!settled || proof_.recording()) decision.rules = open_group(norm.rules, frame, scope);
  if (settled) {
    decision.outcome = decision.prevailing.value;
    return decision;
  }
  if (decision.rules.speaks == Speaks::kNo) {
    EvaluationError gap;
    gap.outcome = Outcome::kGap;
    gap.at = norm_;
    decision.base = Cell::failed(add_error(std::move(gap)));
  } else if (decision.rules.speaks == Speaks::kError) {
    decision.base = Cell::failed(decision.rules.error);
  } else {
    decision.exceptions = open_group(norm.exceptions, frame, scope);
    if (decision.exceptions.speaks != Speaks::kNo) value_group(decision.exceptions, scope);
    if (decision.exceptions.speaks != Speaks::kYes) value_group(decision.rules, scope);
    if (decision.rules.speaks == Speaks::kYes) decision.base = except(decision.rules.value, decision.exceptions);
  }
  decision.outcome = except(decision.base, decision.prevailing);
  return decision;
}

}  // namespace koshi::zan
