#pragma once

#include <expected>
#include <string_view>

#include "office/desk/desk.h"
#include "store/store.h"

namespace koshi::office {

/// What an act would do on the day, and the case after it; nothing is kept. The case may be an imagined one, as give_facts() of decide.h
/// makes it. `facts_json` as Desk::act takes them.
std::expected<Decision, Failure> imagine(store::Store& store, const Law& law, const Actor& actor, const Case& item, std::string_view action,
                                         std::string_view facts_json, Date today);

}  // namespace koshi::office
