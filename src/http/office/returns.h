#pragma once

#include "http/office/visitor.h"

/// Returns of authorities (docs/zan.md, Returns): for programs, as pages and as CSV. Internal to this folder.
namespace koshi::http {

Response returns_api(const OfficeSite& office, const Context& context, const Visitor& visitor);
Response return_api(const OfficeSite& office, const Context& context, const Visitor& visitor);
Response returns_page(const OfficeSite& office, const Context& context, const Visitor& visitor);
Response return_page(const OfficeSite& office, const Context& context, const Visitor& visitor);

}  // namespace koshi::http
