#include <algorithm>

#include "zan/columns/lower.h"

/// Which rule decides a norm with one value: zan/reason/decide.cc, said with bits. A rule that is silent in every row is dropped at once.
namespace koshi::zan::columns {

Truth Lowering::speaks(const ProgramRule& rule, const Scope& scope) {
  const Truth always{kYes, kNo, {}};
  const Truth when = rule.when == kNoId ? always : truth(rule.when, scope);
  if (rule.also == kNoId || when.no == kYes) return when;
  return cells_.both(when, truth(rule.also, scope));
}

Lowering::Group Lowering::open_group(RuleRange range, const Scope& scope) {
  Group group;
  std::vector<Bit> yes, no, open;
  Errors errors;
  for (const ProgramRule& rule : pool_.program->range(range)) {
    const Truth rule_speaks = speaks(rule, scope);
    if (rule_speaks.no == kYes) continue;
    yes.push_back(rule_speaks.yes);
    no.push_back(rule_speaks.no);
    open.push_back(cells_.open(rule_speaks));
    errors = cells_.first(errors, rule_speaks.errors);
    RuleState state;
    state.rule = &rule;
    state.speaks = rule_speaks;
    group.states.push_back(std::move(state));
  }
  group.speaks.yes = g_.proved(g_.any(std::move(yes)));
  group.speaks.no = group.speaks.yes == kYes ? kNo : g_.proved(g_.all(std::move(no)));
  const Bit settled = g_.either(group.speaks.yes, g_.any(std::move(open)));
  group.speaks.errors = cells_.where(!settled, errors);
  return group;
}

void Lowering::value_group(Group& group, const Scope& scope, Asked asked) {
  if (group.states.empty()) return;
  for (RuleState& state : group.states) {
    Group exceptions = open_group(state.rule->exceptions, scope);
    value_group(exceptions, scope, Asked::kWhereItMaySpeak);
    const Cell base =
        exceptions.speaks.yes == kYes ? cells_.unknown_cell(node(state.rule->value).type.kind) : eval(state.rule->value, scope);
    state.fixed = cells_.fixed(base);
    state.value = except(base, exceptions);
    state.exceptions.push_back(std::move(exceptions));
  }
  group.value = merge_certain(group);
  if (asked == Asked::kWhereItSpeaks || g_.either(group.speaks.yes, group.speaks.no) == kYes) return;
  const Cell first = first_possible(group);
  // Where the group comes to a value, every rule that may speak has it.
  group.value = cells_.with_value(cells_.choose(group.speaks.yes, group.value, merge_possible(group, first)), first);
}

Cell Lowering::except(const Cell& base, const Group& exceptions) {
  if (exceptions.states.empty()) return base;
  const Cell& other = exceptions.value;
  const Truth& speaks = exceptions.speaks;
  const Cell settled = cells_.choose(speaks.yes, other, base);
  const Bit soft = !g_.either(speaks.yes, speaks.no);
  if (soft == kNo) return settled;
  const Kind kind = base.kind;
  const Bit broken_base = cells_.broken(base.errors), broken_other = cells_.broken(other.errors);
  const Cell open = cells_.choose(g_.both(broken_base, broken_other), base, cells_.unknown_cell(kind));
  const Bit unknown = g_.either(cells_.unknown(base), cells_.unknown(other));
  const Cell neither = cells_.choose(unknown, cells_.unknown_cell(kind), cells_.failed(kind, speaks.errors));
  const Cell broken = cells_.choose(broken_base, base, cells_.choose(broken_other, other, neither));
  const Cell differ = cells_.choose(cells_.open(speaks), open, broken);
  // What differs from a value comes to none.
  const Cell out = cells_.choose(soft, cells_.choose(cells_.same(base, other), base, differ), settled);
  return cells_.with_value(out, cells_.choose(g_.given(speaks.yes, out.known), other, base));
}

/// The value of a group where one of its rules certainly speaks.
Cell Lowering::merge_certain(const Group& group) {
  const auto& states = group.states;
  std::vector<Bit> known, conflicts;
  Errors broken;
  for (const RuleState& state : states) {
    known.push_back(g_.both(state.speaks.yes, state.value.known));
    broken = cells_.first(broken, cells_.where(state.speaks.yes, state.value.errors));
  }
  // Which rules have the value that a certain one has: without a conflict the certain ones are of one mind, so that any of them will do.
  std::vector<std::vector<Bit>> agrees(states.size());
  for (size_t i = 0; i < states.size(); ++i) {
    agrees[i].push_back(known[i]);
    for (size_t j = 0; j < i; ++j) {
      if (known[i] == kNo && known[j] == kNo) continue;
      const Bit same = cells_.same(states[i].value, states[j].value);
      agrees[i].push_back(g_.both(known[j], same));
      agrees[j].push_back(g_.both(known[i], same));
      const Bit meet = g_.both(known[i], known[j]);
      if (meet == kNo) continue;
      const Bit conflict = g_.proved(g_.both(meet, !same));
      if (conflict != kNo) conflicts.push_back(conflict);
    }
  }
  Cell agreed = states.back().value;
  for (size_t i = states.size() - 1; i-- > 0;) agreed = cells_.choose(known[i], states[i].value, agreed);
  const Kind kind = agreed.kind;
  const Bit any_known = g_.proved(g_.any(known));
  Errors failing;
  std::vector<Bit> open;
  for (size_t i = 0; i < states.size(); ++i) {
    const RuleState& state = states[i];
    const Bit unknown = cells_.unknown(state.value);
    open.push_back(g_.both(state.speaks.yes, unknown));
    const Bit differs = g_.all({any_known, !state.speaks.yes, !g_.any(std::move(agrees[i]))});
    const Bit broken_rule = cells_.broken(state.speaks.errors);
    if (g_.proved(g_.both(differs, !state.speaks.no)) == kNo) continue;
    failing = cells_.first(failing, cells_.where(g_.both(differs, !unknown), state.speaks.errors));
    open.push_back(g_.proved(g_.both(differs, g_.either(cells_.open(state.speaks), g_.both(broken_rule, unknown)))));
  }
  const Bit conflict = g_.any(std::move(conflicts));
  Errors disagree;
  disagree.conflict = kYes;
  Cell out = cells_.choose(g_.any(std::move(open)), cells_.unknown_cell(kind), agreed);
  out = cells_.choose(cells_.broken(failing), cells_.failed(kind, failing), out);
  out = cells_.choose(any_known, out, cells_.unknown_cell(kind));
  out = cells_.choose(cells_.broken(broken), cells_.failed(kind, broken), out);
  out = cells_.choose(conflict, cells_.failed(kind, disagree), out);
  // Its value is read only where it is known, so that what has to be known for it needs no second look.
  Cell value = states.back().value;
  for (size_t i = states.size() - 1; i-- > 0;) value = cells_.choose(g_.given(known[i], out.known), states[i].value, value);
  return cells_.with_value(out, value);
}

/// Of the rules that may speak the first one's value.
Cell Lowering::first_possible(const Group& group) {
  const auto& states = group.states;
  Cell first = states.back().value;
  for (size_t i = states.size() - 1; i-- > 0;) first = cells_.choose(!states[i].speaks.no, states[i].value, first);
  return first;
}

/// The value of a group where no rule certainly speaks.
Cell Lowering::merge_possible(const Group& group, const Cell& first) {
  const auto& states = group.states;
  std::vector<Bit> same, broken, unknown;
  for (const RuleState& state : states) {
    same.push_back(g_.either(state.speaks.no, cells_.same(first, state.value)));
    broken.push_back(g_.either(state.speaks.no, cells_.broken(state.value.errors)));
    unknown.push_back(g_.both(!state.speaks.no, cells_.unknown(state.value)));
  }
  const Bit takes_first = g_.either(g_.all(std::move(same)), g_.all(std::move(broken)));
  const Bit fails = g_.both(cells_.broken(group.speaks.errors), !g_.any(std::move(unknown)));
  const Cell rest = cells_.choose(fails, cells_.failed(first.kind, group.speaks.errors), cells_.unknown_cell(first.kind));
  return cells_.choose(takes_first, first, rest);
}

void Lowering::mark(const Group& group, Bit live, std::vector<DecidingRule>& deciding) {
  for (const RuleState& state : group.states) {
    const Bit here = g_.both(live, state.speaks.yes);
    if (here == kNo) continue;
    const Bit excepted = state.exceptions.empty() ? kNo : state.exceptions.front().speaks.yes;
    const Bit decides = g_.both(here, !excepted);
    if (decides != kNo) deciding.push_back({state.rule->rule, decides, state.fixed});
    if (!state.exceptions.empty()) mark(state.exceptions.front(), here, deciding);
  }
}

Decision Lowering::decide_value(const ProgramNorm& norm, const Scope& scope, bool deciding) {
  const Kind kind = c_.norms[static_cast<size_t>(pool_.norm)].type.kind;
  Group prevailing = open_group(norm.prevailing, scope);
  value_group(prevailing, scope, Asked::kWhereItMaySpeak);
  Group rules = open_group(norm.rules, scope);
  value_group(rules, scope, Asked::kWhereItSpeaks);
  Group exceptions;
  exceptions.speaks.no = kYes;
  if (!rules.states.empty()) {
    exceptions = open_group(norm.exceptions, scope);
    value_group(exceptions, scope, Asked::kWhereItMaySpeak);
  }
  Errors gap;
  gap.gap = kYes;
  Cell base = cells_.failed(kind, gap);
  if (!rules.states.empty()) {
    const Cell broken = cells_.failed(kind, rules.speaks.errors);
    base = cells_.choose(rules.speaks.yes, except(rules.value, exceptions), cells_.choose(rules.speaks.no, base, broken));
  }
  Decision out;
  out.outcome = except(base, prevailing);
  out.outcome.kind = kind;
  if (!deciding) return out;
  const Bit settled = out.outcome.known;
  const Bit own = g_.both(settled, !prevailing.speaks.yes);
  mark(prevailing, settled, out.deciding);
  mark(rules, g_.both(own, !exceptions.speaks.yes), out.deciding);
  mark(exceptions, g_.both(own, rules.speaks.yes), out.deciding);
  return out;
}

}  // namespace koshi::zan::columns
