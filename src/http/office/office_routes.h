#pragma once

#include "http/office/visitor.h"

namespace koshi::http {

/// The office's table: its interface for programs and its pages. `office` outlives the router.
void add_office_routes(Router& router, const OfficeSite& office);

}  // namespace koshi::http
