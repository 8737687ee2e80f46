#pragma once

#include <vector>

#include "http/ask_input.h"
#include "http/office/visitor.h"
#include "office/case/outlook.h"
#include "words/procedures.h"

/// The straight way through a procedure, and what of the law a person meets on it: drawn from the procedure's own text.
namespace koshi::http {

/// The fewest acts of people, in force on the day, from the first state to the nearest that the procedure aims at. Empty where it names
/// none. Cost: linear in the acts.
std::vector<office::ActPlace> way_through(const zan::Procedure& procedure, Date on);
/// {who, what, term} of each step, in words.
std::vector<View> way_views(const words::ProcedureWords& said, const std::vector<office::ActPlace>& way, Date on);

/// Procedures that follow one another, as the law's screens.json declares them under "way"; empty where it declares none.
std::vector<int32_t> declared_way(const Site& site);

/// The members of an enum that exist on the day: those of the set `existing_ENUM`, where the law has one. None: all of them do.
std::optional<zan::Bits> existing_members(const zan::Corpus& corpus, int16_t of, Date on);

}  // namespace koshi::http
