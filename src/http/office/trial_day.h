#pragma once

#include "http/office/visitor.h"

namespace koshi::http {

inline constexpr int kTrialDaysMax = 400;  ///< at once: a permit's year and what follows it

/// POST /api/v1/office/day: a demonstration goes on to a later day, as its clock would, and what falls due on the way is acted on. Whoever
/// asked stays signed in; all other sessions end as they would have.
Response pass_days_api(const OfficeSite& office, const Context& context, const Visitor& visitor);

}  // namespace koshi::http
