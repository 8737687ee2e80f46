#pragma once

#include "http/router.h"
#include "http/site.h"

namespace koshi::http {

/// The table of the law: pages and the interface for programs. `site` outlives the router.
void add_routes(Router& router, const Site& site);
/// /readyz of a server of the law alone.
void add_ready_route(Router& router, const Site& site);
/// The document that describes the whole table, itself included: to be added last.
void add_openapi_route(Router& router);

}  // namespace koshi::http
