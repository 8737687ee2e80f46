#pragma once

#include <optional>
#include <string>
#include <vector>

#include "office/case/decide.h"

/// What the law asks of each action of a case's state, one requirement at a time, met or not: what view_case() sums up as a hindrance, told
/// in full for who prepares an application or a decision. Pure, like decide().
namespace koshi::office {

struct RequirementCheck {
  int32_t index = 0;                     ///< into the action's requirements
  zan::Answer answer;                    ///< of its condition, with the proof
  std::vector<zan::FactChange> changes;  ///< where it is not met: what would
  std::optional<Date> first_day = {};    ///< where it is not met: the first later day on which it would be (first_day.h)
};
/// Places that the action takes of an account.
struct ReserveCheck {
  int32_t index = 0;                ///< into the action's effects
  std::optional<std::string> code;  ///< none while its keys are not known
  std::optional<int64_t> amount;
  int64_t free = 0;  ///< before the act
};
/// An amount that is charged, or the norm whose members become the grounds.
struct EffectCheck {
  int32_t index = 0;
  zan::Answer answer;
};
/// What another would find against the case in the state to which the action leads, if he decided today: the set norm from which that
/// act takes its `grounds`, asked of the case as the action leaves it. Where it is unknown as a whole some of its members may be certain
/// (zan/reason/members.h).
struct ForeseenCheck {
  int32_t action = 0;  ///< of the action's target state
  int32_t index = 0;   ///< into its effects
  zan::Answer answer;
};
struct ActionCheck {
  int32_t state = 0, action = 0;  ///< into the procedure
  bool is_own = false;            ///< whether the actor may do it; an effect of somebody else's action may be awaited, too
  std::vector<RequirementCheck> requirements;
  std::vector<ReserveCheck> reserves;
  std::vector<EffectCheck> charges;
  std::vector<EffectCheck> grounds;
  std::optional<Date> first_day = {};  ///< where a requirement is not met: as in ActionView
  // Of the actor's own actions that lead elsewhere:
  std::vector<ForeseenCheck> foreseen = {};
  std::optional<Due> due_then = {};  ///< the deadline that would be next if he did it today
};

/// The actions of the case's state that people may do now, in the order of the text, and behind them the actions of other states of which
/// only the charges are told: what it will cost. Nothing for who may not see the case. Cost: about that of trying each action of the state.
std::vector<ActionCheck> check_actions(const Law& law, const Case& item, const Actor& actor, const Surroundings& around, Date today);

}  // namespace koshi::office
