#pragma once

#include "http/office/visitor.h"

/// Returns of authorities (docs/zan.md, Returns): for programs, as pages and as CSV. Internal to this folder.
namespace koshi::http {

void add_returns_routes(Router& router, const OfficeSite& office);

}  // namespace koshi::http
