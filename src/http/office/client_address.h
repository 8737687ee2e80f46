#pragma once

#include <string>

#include "http/office/visitor.h"

namespace koshi::http {

/// Whence the request comes, as sign-ins are counted by (people::fold_address). Behind a proxy that speaks TLS it is what that proxy added
/// to X-Forwarded-For, which is the last entry: what stands before it anybody may have written. Without a proxy the header counts nothing.
std::string client_address(const OfficeSite& office, const Request& request);

}  // namespace koshi::http
