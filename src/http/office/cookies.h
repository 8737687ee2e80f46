#pragma once

#include <string>
#include <string_view>

#include "http/office/visitor.h"

namespace koshi::http {

/// With the prefix that binds it to this host, where a proxy speaks TLS.
std::string secured_cookie_name(const OfficeSite& office, std::string_view name);
/// RFC 6265: the value of the first cookie of this name; empty when there is none.
std::string_view cookie_of(const Request& request, std::string_view name);

}  // namespace koshi::http
