#pragma once

#include "ask/writer.h"
#include "http/office/office_api.h"

/// What those who look after people need besides: for which open cases a yes/no norm holds today, and the other cases of one person.
/// Internal to this folder.
namespace koshi::http {

inline constexpr size_t kWatchCasesMax = 1000;  ///< open cases of a role that one request asks the law of
inline constexpr size_t kWatchRowsMax = 100;    ///< rows of one answer: each look is journalled
inline constexpr size_t kStoryCasesMax = 40;
inline constexpr size_t kStoryEventsMax = 200;  ///< of one case

// watch_api.cc
Response watch_api(const OfficeSite& office, const Context& context, const Visitor& visitor);

// story_api.cc
/// Other cases of the people and employers whom the case names, as far as the visitor may see them by himself.
Response related_api(const OfficeSite& office, const Context& context, const Visitor& visitor);
Response story_api(const OfficeSite& office, const Context& context, const Visitor& visitor);

// lists_api.cc: one line of a list of cases, as an object
void write_case_row(ask::JsonWriter& json, const OfficeSite& office, words::Language language, const office::CaseRow& row);

const std::vector<NamedSchema>& people_schemas();

}  // namespace koshi::http
