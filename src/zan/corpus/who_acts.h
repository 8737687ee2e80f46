#pragma once

#include <algorithm>

#include "zan/corpus/procedure.h"

namespace koshi::zan {

/// Whether the text gives the role some action in the state, on whatever day.
inline bool acts_in(const ProcedureState& state, int32_t role) {
  return std::ranges::any_of(state.actions,
                             [&](const Action& action) { return std::ranges::find(action.roles, role) != action.roles.end(); });
}

/// Where nobody must act, however long it lasts: what the procedure aims at, where it goes on from there and nobody can be late.
inline bool rests_in(const ProcedureState& state) {
  const auto late = [](const Deadline& deadline) { return deadline.action == kNoId; };
  return state.is_aim && !state.is_final && std::ranges::none_of(state.deadlines, late);
}

/// Whether nobody but the clock does the action: a deadline that passes.
inline bool is_by_clock_alone(const Procedure& procedure, const Action& action) {
  return std::ranges::all_of(action.roles,
                             [&](int32_t role) { return procedure.roles[static_cast<size_t>(role)].kind == Role::Kind::kClock; });
}

}  // namespace koshi::zan
