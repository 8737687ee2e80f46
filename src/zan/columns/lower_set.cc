#include <algorithm>

#include "zan/columns/lower.h"

/// Norms of type `set of …`: zan/reason/decide_set.cc, said with bits: every member of the enum on its own.
namespace koshi::zan::columns {

void Lowering::add(std::vector<Member>& to, const std::vector<Member>& from) {
  for (size_t i = 0; i < to.size(); ++i) {
    to[i].certain = g_.either(to[i].certain, from[i].certain);
    to[i].possible = g_.both(g_.either(to[i].possible, from[i].possible), !to[i].certain);
    to[i].broken = g_.all({g_.either(to[i].broken, from[i].broken), !to[i].certain, !to[i].possible});
  }
}

void Lowering::subtract(std::vector<Member>& to, const std::vector<Member>& from) {
  for (size_t i = 0; i < to.size(); ++i) {
    const Bit alive = g_.both(g_.any({to[i].certain, to[i].possible, to[i].broken}), !from[i].certain);
    to[i].possible = g_.both(alive, g_.either(to[i].possible, from[i].possible));
    to[i].broken = g_.all({alive, !to[i].possible, g_.either(to[i].broken, from[i].broken)});
    to[i].certain = g_.all({alive, !to[i].possible, !to[i].broken});
  }
}

Lowering::SetGroup Lowering::set_group(RuleRange range, size_t members, const Scope& scope) {
  SetGroup group;
  group.members.resize(members);
  for (const ProgramRule& rule : pool_.program->range(range)) {
    const Truth rule_speaks = speaks(rule, scope);
    if (rule_speaks.no == kYes) continue;
    const Cell value = eval(rule.value, scope);
    const Bit open = cells_.open(rule_speaks), broken_rule = cells_.broken(rule_speaks.errors);
    const Bit broken_value = cells_.broken(value.errors), unknown = cells_.unknown(value);
    SetState state;
    state.errors = cells_.first(rule_speaks.errors, value.errors);
    // What holds of every member alike: of a value that is not known.
    const Bit possible = g_.either(g_.both(unknown, !rule_speaks.no), g_.both(broken_value, open));
    const Bit broken = g_.both(broken_value, g_.either(rule_speaks.yes, broken_rule));
    const Bit there = g_.both(value.known, !value.none);
    for (size_t i = 0; i < members; ++i) {
      const Bit written = i < value.members.size() ? g_.both(there, value.members[i]) : kNo;
      Member member;
      member.certain = g_.both(written, rule_speaks.yes);
      member.possible = g_.either(g_.both(written, open), possible);
      member.broken = g_.either(g_.both(written, broken_rule), broken);
      state.members.push_back(member);
    }
    SetGroup exceptions = set_group(rule.exceptions, members, scope);
    subtract(state.members, exceptions.members);
    state.exceptions.push_back(std::move(exceptions));
    add(group.members, state.members);
    group.states.push_back(std::move(state));
  }
  return group;
}

/// The error of the first rule that has a part in what is broken, for the rows of `rest`.
void Lowering::find_errors(const SetGroup& group, const std::vector<Member>& broken, Bit& rest, Errors& errors) {
  for (const SetState& state : group.states) {
    if (rest == kNo) return;
    std::vector<Bit> meets;
    for (size_t i = 0; i < broken.size(); ++i) meets.push_back(g_.both(state.members[i].broken, broken[i].broken));
    const Bit meet = g_.both(rest, g_.any(std::move(meets)));
    if (meet == kNo) continue;
    const Bit found = g_.both(meet, cells_.broken(state.errors));
    errors = cells_.either(errors, cells_.where(found, state.errors));
    Bit inner = g_.both(meet, !found);
    const Bit before = inner;
    find_errors(state.exceptions.front(), broken, inner, errors);
    rest = g_.all({rest, !found, !g_.both(before, !inner)});
  }
}

Cell Lowering::decide_set(const ProgramNorm& norm, EnumId of, const Scope& scope) {
  Cell out;
  out.kind = Kind::kSet;
  if (norm.rules.count + norm.prevailing.count == 0) {
    out.errors.gap = kYes;
    return out;
  }
  const size_t count = c_.enums[static_cast<size_t>(of)].members.size();
  const SetGroup prevailing = set_group(norm.prevailing, count, scope);
  const SetGroup rules = set_group(norm.rules, count, scope);
  std::vector<Member> members = rules.members;
  const SetGroup exceptions = set_group(norm.exceptions, count, scope);
  subtract(members, exceptions.members);
  add(members, prevailing.members);
  std::vector<Bit> possible, broken;
  for (const Member& member : members) {
    out.members.push_back(member.certain);
    possible.push_back(member.possible);
    broken.push_back(member.broken);
  }
  const Bit any_broken = g_.any(std::move(broken));
  Bit rest = any_broken;
  for (const SetGroup* group : {&prevailing, &rules, &exceptions}) find_errors(*group, members, rest, out.errors);
  out.known = g_.both(!g_.any(std::move(possible)), g_.either(!any_broken, rest));
  return out;
}

}  // namespace koshi::zan::columns
