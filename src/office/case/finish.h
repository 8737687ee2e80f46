#pragma once

#include "office/case/refuse.h"
#include "office/journal/canonical_json.h"

/// From what is to be written to a decision. Internal to this folder.
namespace koshi::office {

/// The event and the case after it. No value: the event or the case would be larger than one entry of the journal.
std::optional<Decision> finish(const Case& before, std::string name, const journal::Json& payload, Date today);

/// The same, refused as too much.
Decided finish_or_refuse(const Refuser& refuser, const Case& before, std::string name, const journal::Json& payload, Date today);

}  // namespace koshi::office
