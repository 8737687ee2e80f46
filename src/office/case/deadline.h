#pragma once

#include "office/case/look.h"

/// Internal to this folder.
namespace koshi::office {

/// Whether a deadline of the state that leads to this action has passed.
bool is_due(const Law& law, const Case& item, const Surroundings& around, const zan::Action& action, Date today);
/// The deadline that would be next in the state, if the case, as the look has it, came there today.
std::optional<Due> due_from_today(const Look& look, const zan::ProcedureState& state);

}  // namespace koshi::office
