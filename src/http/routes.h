#pragma once

#include "http/router.h"
#include "http/site.h"

namespace koshi::http {

/// The whole table: pages, the interface for programs, and the document that describes both. `site` outlives the router.
void add_routes(Router& router, const Site& site);

}  // namespace koshi::http
