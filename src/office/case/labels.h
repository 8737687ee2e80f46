#pragma once

#include <string>

#include "office/case/decide.h"

/// What procedures are called, in a language. Internal to this folder.
namespace koshi::office {

std::string state_label(const Law& law, words::Language language, const zan::ProcedureState& state);
std::string action_label(const Law& law, words::Language language, const zan::Action& action);
std::string form_label(const Law& law, words::Language language, const zan::Form& form);
std::string role_label(const Law& law, words::Language language, const zan::Role& role);
/// How to ask for the fact or list.
std::string question(const Law& law, words::Language language, const zan::Need& need);

}  // namespace koshi::office
