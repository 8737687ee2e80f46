#include "zan/reason/evaluate.h"

/// What each rule did, written into the proof once its norm is settled.
namespace koshi::zan {
namespace {

/// A literal is worth showing even where the rule was overruled and its value not looked at.
void fill_literal(ProofNode& node, const ProgramRule& rule, const Pool& pool) {
  const Node& value = pool.nodes[static_cast<size_t>(rule.value)];
  if (value.op != Op::kConst) return;
  node.outcome = Outcome::kValue;
  node.value = pool.constants[static_cast<size_t>(value.k)];
}

}  // namespace

void Evaluation::mark(const Group& group, Fate fate, bool settled) {
  for (const RuleState& state : states(group)) {
    const bool excepted = state.exceptions.speaks == Speaks::kYes;
    Fate own = fate == Fate::kDecides && group.in_conflict ? Fate::kDisagrees : fate;
    Fate inner = own;
    if (state.speaks == Speaks::kOpen || (state.speaks == Speaks::kError && settled)) own = inner = Fate::kOpen;
    if (own != Fate::kOpen && excepted) own = Fate::kOverruled;
    mark(state.exceptions, inner, settled);
    ProofNode* node = proof_.at(state.frame.node);
    if (node == nullptr) continue;
    static constexpr RuleRole kRoles[] = {RuleRole::kDecides, RuleRole::kDisagrees, RuleRole::kOpen, RuleRole::kOverruled};
    node->role = kRoles[static_cast<size_t>(own)];
    if (own == Fate::kOverruled || excepted) {
      fill_literal(*node, *state.rule, pool_);
    } else {
      node->outcome = state.speaks == Speaks::kError ? error(state.error).outcome : outcome(state.value);
      node->value = state.value.value;
    }
  }
}

void Evaluation::mark_decision(const Decision& decision) {
  const bool settled = decision.outcome.is_known();
  const bool prevailed = decision.prevailing.speaks == Speaks::kYes;
  const bool excepted = decision.exceptions.speaks == Speaks::kYes;
  mark(decision.prevailing, Fate::kDecides, settled);
  mark(decision.rules, prevailed || excepted ? Fate::kOverruled : Fate::kDecides, settled);
  mark(decision.exceptions, decision.rules.speaks == Speaks::kYes ? Fate::kDecides : Fate::kOpen, settled);
}

/// `reach`: the members about which the rules of the group make a difference in the end; `scope`: those about which they speak at all.
void Evaluation::mark_set_group(const SetGroup& group, const Bits& reach, const Bits& scope, bool open) {
  for (const SetRuleState& state : states(group)) {
    Bits written = state.value.is_known() && !state.value.is_none() ? state.value.value.bits() : all_members();
    Bits shown(written.size());
    bool has_effect = !state.value.is_known() || written == shown;
    for (size_t i = 0; i < written.size(); ++i) {
      const auto word = static_cast<int32_t>(i);
      written[i] &= scope[i];
      shown[i] = plane(state.members, kCertain)[word] & reach[i];
      has_effect = has_effect || (in_any_plane(state.members, word) & reach[i]) != 0;
    }
    const bool is_open = open || state.speaks == Speaks::kOpen;
    mark_set_group(state.exceptions, written, written, is_open);
    ProofNode* node = proof_.at(state.frame.node);
    if (node == nullptr) continue;
    node->role = is_open ? RuleRole::kOpen : (has_effect ? RuleRole::kDecides : RuleRole::kOverruled);
    node->outcome = state.error != kNoId ? error(state.error).outcome : outcome(state.value);
    if (!state.value.is_known() || state.speaks == Speaks::kError) continue;
    node->value = state.speaks == Speaks::kOpen ? state.value.value : Value::set(set_.of, std::move(shown));
  }
}

void Evaluation::mark_sets(const SetDecision& decision) {
  const auto bits = [&](Planes planes) {
    Bits out(static_cast<size_t>(set_.words));
    for (int32_t i = 0; i < set_.words; ++i) out[static_cast<size_t>(i)] = in_any_plane(planes, i);
    return out;
  };
  // A rule counts by what of it is left in the norm, an exception by what it takes away.
  const Bits left = bits(decision.members);
  const Bits included = bits(decision.rules.members);
  mark_set_group(decision.prevailing, left, all_members(), false);
  mark_set_group(decision.rules, left, all_members(), false);
  mark_set_group(decision.exceptions, included, included, false);
}

}  // namespace koshi::zan
