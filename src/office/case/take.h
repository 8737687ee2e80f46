#pragma once

#include <string>

#include "office/case/decide.h"

/// Which earlier cases a procedure takes facts over from (docs/zan.md, `takes`); take_facts() of decide.h does it.
namespace koshi::office {

/// What the procedure takes from a case that stands where this one does; null: nothing. Whose case it is, it does not ask.
const zan::Takes* takes_from(const zan::Corpus& corpus, const zan::Procedure& taker, const Case& from);

/// Whether the actor is a party that fills in forms of the case now, and its procedure takes anything over at all.
bool may_take(const Law& law, const Case& item, const Actor& actor);

/// How facts of this case are sourced where they are taken over: its number, or its id where it has none.
std::string source_case(const Case& from);

}  // namespace koshi::office
