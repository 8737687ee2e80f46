#pragma once

#include "http/office/page_frame.h"

namespace koshi::http {

/// What happened to the case, oldest first: {what, who, when, receipt}.
std::vector<View> timeline_views(const OfficeSite& office, const Context& context, const office::Case& item,
                                 const std::vector<office::TimelineEntry>& entries);

/// The label of a document of the procedure.
std::string document_label(const OfficeSite& office, words::Language language, const zan::Procedure& procedure, const std::string& kind);

}  // namespace koshi::http
