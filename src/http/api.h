#pragma once

#include "http/router.h"
#include "http/site.h"

/// The interface for programs. What the answers hold is said by the schemas in schemas.cc.
namespace koshi::http {

Response ask_api(const Site& site, const Context& context);
Response norms_api(const Site& site, const Context& context);
Response acts_api(const Site& site, const Context& context);
Response reforms_api(const Site& site, const Context& context);
Response health_api(const Site& site, const Context& context);

}  // namespace koshi::http
