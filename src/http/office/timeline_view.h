#pragma once

#include "http/office/page_frame.h"

namespace koshi::http {

/// What happened to the case, oldest first: {what, who, when, receipt}.
std::vector<View> timeline_views(const OfficeSite& office, const Context& context, const office::Case& item,
                                 const std::vector<office::TimelineEntry>& entries);

/// What happened, who did it and when, oldest first: nothing of what was said. An entry that cannot be read is left out.
struct EventWords {
  std::string what, who;
  Date on;
};
std::vector<EventWords> event_words(const OfficeSite& office, const Context& context, const office::Case& item,
                                    const std::vector<office::TimelineEntry>& entries);

/// What the act of this entry told a role, as the law's text had it then.
std::vector<std::string> notices_to(const office::TimelineEntry& entry, std::string_view role);

/// The label of a document of the procedure.
std::string document_label(const OfficeSite& office, words::Language language, const zan::Procedure& procedure, const std::string& kind);

}  // namespace koshi::http
