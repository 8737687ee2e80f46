#include "http/office/next_step.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "http/page.h"
#include "zan/corpus/who_acts.h"

namespace koshi::http {
namespace {

bool is_own(const zan::Action& action, int32_t role, Date on) {
  return action.in_force.contains(on) && std::ranges::find(action.roles, role) != action.roles.end();
}

/// What the role may do: now, and from a later day on.
struct Own {
  std::vector<std::string> now;
  std::map<Date, std::vector<std::string>> later;
};

Own own_of(const words::ProcedureWords& said, int32_t state, int32_t role, Date on, const office::CaseView* view) {
  Own own;
  const auto& actions = said.procedure().states[static_cast<size_t>(state)].actions;
  if (view != nullptr) {
    for (const office::ActionView& one : view->actions) {
      const std::string label = said.action(state, static_cast<int32_t>(one.action - actions.data()));
      const bool is_denied = one.hindrance && one.hindrance->kind == office::RefusalKind::kNotLawful;
      if (!is_denied) own.now.push_back(label);
      if (is_denied && one.first_day) own.later[*one.first_day].push_back(label);
    }
    return own;
  }
  for (size_t i = 0; i < actions.size(); ++i) {
    if (is_own(actions[i], role, on)) own.now.push_back(said.action(state, static_cast<int32_t>(i)));
  }
  return own;
}

}  // namespace

bool has_conditions(const zan::Procedure& procedure, int32_t state, const std::string& role, Date on) {
  const int32_t own = procedure.find_role(role);
  return std::ranges::any_of(procedure.states[static_cast<size_t>(state)].actions, [&](const zan::Action& action) {
    return is_own(action, own, on) && (!action.requirements.empty() || action.when != zan::kNoId);
  });
}

std::string next_step(const OfficeSite& office, const Context& context, const words::ProcedureWords& said, int32_t state,
                      const std::string& role, Date on, const office::CaseView* view) {
  const zan::ProcedureState& here = said.procedure().states[static_cast<size_t>(state)];
  const int32_t role_id = said.procedure().find_role(role);
  std::vector<std::string> others;
  for (const zan::Action& action : here.actions) {
    if (!action.in_force.contains(on) || zan::is_by_clock_alone(said.procedure(), action) || is_own(action, role_id, on)) continue;
    if (std::string who = said.roles(action); std::ranges::find(others, who) == others.end()) others.push_back(std::move(who));
  }
  const Own own = own_of(said, state, role_id, on, view);
  std::vector<std::string> sentences;
  if (!others.empty()) sentences.push_back(phrase(office.site, context, "office.desk.waits_for", {{"who", join(others, "; ")}}) + ".");
  if (!own.now.empty()) sentences.push_back(phrase(office.site, context, "office.desk.you_can", {{"actions", join(own.now, "; ")}}) + ".");
  for (const auto& [day, actions] : own.later) {
    const words::Holes holes{{"date", office.site.words.date(context.language, day)}, {"actions", join(actions, "; ")}};
    sentences.push_back(phrase(office.site, context, "office.desk.you_can_from", holes) + ".");
  }
  return join(sentences, " ");
}

}  // namespace koshi::http
