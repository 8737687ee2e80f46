#pragma once

#include <string>

#include "office/case/decide.h"

/// What procedures are called, in a language. Internal to this folder.
namespace koshi::office {

std::string state_label(const Law& law, words::Language language, const zan::Procedure& procedure, const zan::ProcedureState& state);
std::string action_label(const Law& law, words::Language language, const zan::Procedure& procedure, const zan::Action& action);
std::string requirement_label(const Law& law, words::Language language, const zan::Procedure& procedure, const zan::Action& action,
                              const zan::Requirement& requirement);
std::string form_label(const Law& law, words::Language language, const zan::Procedure& procedure, const zan::Form& form);
/// "Employer, Akimat": whose the action is.
std::string roles_label(const Law& law, words::Language language, const zan::Procedure& procedure, const zan::Action& action);
/// How to ask for the fact or list.
std::string question(const Law& law, words::Language language, const zan::Need& need);

}  // namespace koshi::office
