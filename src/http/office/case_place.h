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

inline constexpr int64_t kPresenceMs = 60LL * 60 * 1000;

/// The same for what tells of a case on the way: a trial, a form, a refusal with its reasons. Who has looked within the last hour is not
/// noted again; nobody learns anything of a case without standing in its chain of looks.
std::optional<office::Failure> note_presence(const OfficeSite& office, const Seen& seen, std::string_view purpose);

/// What an act came to that was refused: to try what is not one's to do is kept each time, to be refused by the law as a presence. A
/// failure of the database takes the place of the refusal.
office::Failure note_refused(const OfficeSite& office, const Seen& seen, std::string_view act, office::Failure refused);

}  // namespace koshi::http
