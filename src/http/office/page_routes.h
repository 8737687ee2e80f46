#pragma once

#include "http/office/visitor.h"

namespace koshi::http {

/// The office's pages for people. `office` outlives the router.
void add_office_pages(Router& router, const OfficeSite& office);

}  // namespace koshi::http
