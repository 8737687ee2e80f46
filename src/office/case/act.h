#pragma once

#include "office/case/access.h"

/// An act of somebody who may do it now. Internal to this folder.
namespace koshi::office {

Decided act(const Refuser& refuser, const Situation& situation, const zan::Action& action, const Case& item, std::string_view facts_json,
            const Surroundings& around, Date today);

}  // namespace koshi::office
