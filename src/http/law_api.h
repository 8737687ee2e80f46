#pragma once

#include "http/router.h"
#include "http/site.h"

/// The law as a book, for programs: norms along time, drafts as differences, how far worked examples cover it.
namespace koshi::http {

/// GET /api/v1/law, /api/v1/law/coverage, /api/v1/law/screens, /api/v1/law/norms/{norm}, /api/v1/law/reforms/{reform}, with their schemas.
/// `site` outlives the router.
void add_law_routes(Router& router, const Site& site);

/// A rule in its place among those of its norm.
struct LawRule {
  zan::RuleId rule = zan::kNoId;
  int32_t exception_to = 0;  ///< the number of the rule that it excepts; 0: none
};

inline constexpr size_t kLawRulesMax = 400;  ///< told of one norm; the answer says whether there are more

Response law_outline_api(const Site& site, const Context& context);
Response law_norm_api(const Site& site, const Context& context);
Response law_reform_api(const Site& site, const Context& context);

}  // namespace koshi::http
