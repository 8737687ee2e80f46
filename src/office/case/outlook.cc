#include "office/case/outlook.h"

#include <algorithm>

#include "office/case/deadline.h"
#include "office/case/first_day.h"
#include "zan/reason/members.h"

namespace koshi::office {
namespace {

Case blank(const zan::Procedure& procedure, Date today) {
  Case item;
  item.procedure = procedure.name;
  item.state = procedure.states.front().name;
  item.opened = item.entered = today;
  return item;
}

/// Whether something is certainly not met, though nothing is known of the case: that can only be the day.
bool is_too_early(const Look& look, const zan::Action& action) {
  return std::ranges::any_of(
      action.requirements, [&](const zan::Requirement& one) { return look.in_force(one.in_force) && look.holds(one.condition) == false; });
}

class Walk {
 public:
  Walk(const Law& law, const zan::Procedure& procedure, Date today)
      : law_(law), procedure_(procedure), item_(blank(procedure, today)), today_(today) {}

  /// The case after the steps that have been taken.
  Look look() const {
    Look look(law_, procedure_, item_, kNothing, today_);
    for (const Taken& taken : taken_) {
      look.move_to(taken.on);
      for (const zan::Effect& effect : taken.action->effects) look.lay(effect);
    }
    return look;
  }

  OutlookStep take(const ActPlace& place) {
    const zan::ProcedureState& state = procedure_.states[static_cast<size_t>(place.state)];
    const zan::Action& action = state.actions[static_cast<size_t>(place.action)];
    const Look now = look();
    const std::optional<Due> due = due_from_today(now, state);
    OutlookStep step;
    if (due) tell(*due, now.today(), step);
    if (is_too_early(now, action)) step.from = first_days(look(), action, last_day_of(due, now.today())).all;
    for (size_t i = 0; i < action.effects.size(); ++i) {
      if (action.effects[i].kind == zan::Effect::Kind::kCharges) step.charges.push_back(static_cast<int32_t>(i));
    }
    taken_.push_back({&action, step.from.value_or(now.today())});
    return step;
  }

 private:
  struct Taken {
    const zan::Action* action;
    Date on;
  };

  void tell(const Due& due, Date entered, OutlookStep& step) const {
    step.until = due.last_day;
    const auto& calendar = law_.corpus.calendar;
    if (!calendar) return;
    const auto days = calendar->working_days_between(entered, due.last_day);
    if (days && calendar->add_working_days(entered, *days) == due.last_day) step.working_days = days;
  }

  static inline const Surroundings kNothing{};
  const Law& law_;
  const zan::Procedure& procedure_;
  const Case item_;
  const Date today_;
  std::vector<Taken> taken_;
};

}  // namespace

Outlook outlook_of(const Law& law, const zan::Procedure& procedure, const std::vector<ActPlace>& way, Date today) {
  Walk walk(law, procedure, today);
  Outlook out;
  if (procedure.documents != zan::kNoId) out.documents = zan::possible_members(law.corpus, walk.look().ask(procedure.documents));
  for (const ActPlace& place : way) out.steps.push_back(walk.take(place));
  return out;
}

}  // namespace koshi::office
