#pragma once

#include <string>

#include "http/office/visitor.h"
#include "words/procedures.h"

namespace koshi::http {

/// What comes next in a state, for one role: whom it waits for, and what the role itself may do. Empty where nobody acts any more but the
/// clock. `on` is the day of the law that governs the case. With a `view` of the case, what a requirement stands against today is not
/// offered: where a later day helps, the day is said.
std::string next_step(const OfficeSite& office, const Context& context, const words::ProcedureWords& said, int32_t state,
                      const std::string& role, Date on, const office::CaseView* view = nullptr);

/// Whether the role has acts in this state on which the law lays conditions: without a view it is not known whether they are possible.
bool has_conditions(const zan::Procedure& procedure, int32_t state, const std::string& role, Date on);

}  // namespace koshi::http
