#pragma once

#include "office/case/decide.h"

/// Internal to this folder.
namespace koshi::office {

/// Whether a deadline of the state that leads to this action has passed.
bool is_due(const Law& law, const Case& item, const Surroundings& around, const zan::Action& action, Date today);

}  // namespace koshi::office
