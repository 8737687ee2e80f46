#include "office/case/checks.h"

#include <algorithm>
#include <functional>

#include "base/check.h"
#include "office/case/access.h"
#include "office/case/deadline.h"
#include "office/case/first_day.h"
#include "office/case/look.h"
#include "zan/corpus/who_acts.h"

namespace koshi::office {
namespace {

using Kind = zan::Effect::Kind;

std::vector<zan::FactChange> changes_of(const Look& look, const zan::Answer& answer) {
  if (answer.outcome != zan::Outcome::kValue || answer.value.is_yes()) return {};
  auto found = zan::what_would_change(look.law().library, look.record(), answer);
  CHECK(found.has_value());
  std::erase_if(*found, [](const zan::FactChange& change) { return change.outcome != zan::Outcome::kValue || !change.answer.is_yes(); });
  return std::move(*found);
}

std::vector<RequirementCheck> requirements_of(const Look& look, const zan::Action& action) {
  std::vector<RequirementCheck> checks;
  for (size_t i = 0; i < action.requirements.size(); ++i) {
    const zan::Requirement& requirement = action.requirements[i];
    if (!look.in_force(requirement.in_force)) continue;
    zan::Answer answer = look.ask(requirement.condition);
    auto changes = changes_of(look, answer);
    checks.push_back({static_cast<int32_t>(i), std::move(answer), std::move(changes)});
  }
  return checks;
}

ReserveCheck reserve_of(const Look& look, const zan::Effect& effect, int32_t index) {
  ReserveCheck check{index, look.account_code(effect.account).code, std::nullopt, 0};
  const auto amount = look.value_of(effect.value);
  if (amount && !amount->is_none()) check.amount = amount->number();
  if (check.code) check.free = look.free_places(*check.code);
  return check;
}

/// Whether later effects of the action see what earlier ones did.
bool lays_anything(const zan::Action& action) {
  return std::ranges::any_of(action.effects,
                             [](const zan::Effect& effect) { return effect.kind == Kind::kFiles || effect.kind == Kind::kSets; });
}

void add_effects(Look& look, const zan::Action& action, bool only_charges, ActionCheck& check) {
  for (size_t i = 0; i < action.effects.size(); ++i) {
    const zan::Effect& effect = action.effects[i];
    const auto index = static_cast<int32_t>(i);
    if (!only_charges) look.lay(effect);
    if (effect.kind == Kind::kCharges) check.charges.push_back({index, look.ask(effect.value)});
    if (only_charges) continue;
    if (effect.kind == Kind::kReserve) check.reserves.push_back(reserve_of(look, effect, index));
    if (effect.kind == Kind::kGrounds) check.grounds.push_back({index, look.ask(effect.value)});
  }
}

/// From which day on, where a requirement is broken today.
void add_first_days(Look look, const zan::Action& action, std::optional<Date> last, ActionCheck& check) {
  const auto is_broken = [](const RequirementCheck& one) {
    return one.answer.outcome == zan::Outcome::kValue && !one.answer.value.is_yes();
  };
  if (std::ranges::none_of(check.requirements, is_broken)) return;
  const FirstDays days = first_days(std::move(look), action, last);
  check.first_day = days.all;
  size_t at = 0;
  for (RequirementCheck& one : check.requirements) {
    if (!is_broken(one)) continue;
    CHECK(at < days.of_each.size());
    one.first_day = days.of_each[at++];
  }
}

/// What would be found against the case where the action leads: by somebody else, on grounds that the text names.
void add_foreseen(const Look& look, const Situation& situation, const zan::ProcedureState& target, ActionCheck& check) {
  for (size_t i = 0; i < target.actions.size(); ++i) {
    const zan::Action& other = target.actions[i];
    if (situation.may_do(other) || !look.in_force(other.in_force) || look.holds(other.when) == false) continue;
    for (size_t e = 0; e < other.effects.size(); ++e) {
      if (other.effects[e].kind != Kind::kGrounds) continue;
      check.foreseen.push_back({static_cast<int32_t>(i), static_cast<int32_t>(e), look.ask(other.effects[e].value)});
    }
  }
}

/// Where the action leads, as it would be if it were done today.
void add_sequel(Look look, const Situation& situation, const zan::Action& action, ActionCheck& check) {
  const zan::ProcedureState& target = situation.procedure->states[static_cast<size_t>(action.target)];
  if (&target == situation.state) return;
  for (const zan::Effect& effect : action.effects) look.lay(effect);
  add_foreseen(look, situation, target, check);
  check.due_then = due_from_today(look, target);
}

/// How the case looks now. An action that sets something gets a look of its own: only its later effects see that.
using MakeLook = std::function<Look()>;

void add_state(const Situation& situation, const MakeLook& make_look, const zan::ProcedureState& state, std::optional<Date> last,
               std::vector<ActionCheck>& checks) {
  Look look = make_look();
  const bool is_here = &state == situation.state;
  for (size_t i = 0; i < state.actions.size(); ++i) {
    const zan::Action& action = state.actions[i];
    if (!look.in_force(action.in_force) || zan::is_by_clock_alone(*situation.procedure, action)) continue;
    if (is_here && look.holds(action.when) == false) continue;
    ActionCheck check{
        static_cast<int32_t>(&state - situation.procedure->states.data()), static_cast<int32_t>(i), {}, {}, {}, {}, {}, {}, {}};
    check.is_own = is_here && situation.may_do(action);
    if (is_here) check.requirements = requirements_of(look, action);
    if (is_here) add_first_days(make_look(), action, last, check);
    if (check.is_own) add_sequel(make_look(), situation, action, check);
    if (is_here && lays_anything(action)) {
      Look own = make_look();
      add_effects(own, action, false, check);
    } else {
      add_effects(look, action, !is_here, check);
    }
    if (is_here || !check.charges.empty()) checks.push_back(std::move(check));
  }
}

}  // namespace

std::vector<ActionCheck> check_actions(const Law& law, const Case& item, const Actor& actor, const Surroundings& around, Date today) {
  std::vector<ActionCheck> checks;
  const Refuser refuser(law, actor, item);
  const auto situation = find_situation(refuser, item);
  if (!situation || !stands_before(*situation->procedure, situation->role_id, item)) return checks;
  const MakeLook look = [&] { return Look(law, *situation->procedure, item, around, today); };
  const std::optional<Date> last = last_day_of(next_due(law, item, around, today), today);
  add_state(*situation, look, *situation->state, last, checks);
  for (const zan::ProcedureState& state : situation->procedure->states) {
    if (&state != situation->state) add_state(*situation, look, state, last, checks);
  }
  return checks;
}

}  // namespace koshi::office
