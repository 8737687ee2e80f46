#pragma once

#include "http/office/visitor.h"

namespace koshi::http {

/// Ways into the office by other providers, and lists of a case as files.
void add_access_routes(Router& router, const OfficeSite& office);

}  // namespace koshi::http
