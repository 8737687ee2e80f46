#pragma once

#include <optional>
#include <string_view>

#include "http/office/visitor.h"

namespace koshi::http {

/// The procedure of a case as the law has it now; `state` is kNoId for one that the law no longer knows.
struct CasePlace {
  const zan::Procedure* procedure = nullptr;
  int32_t state = zan::kNoId;
};
CasePlace place_of(const OfficeSite& office, const office::Case& item);

/// Keeps an authority's look at a case in the journal, with its purpose; a party looks at its own. The failure is that of the database.
std::optional<office::Failure> record_look(const OfficeSite& office, const Seen& seen, std::string_view purpose);

}  // namespace koshi::http
