#pragma once

#include <string>
#include <vector>

#include "http/router.h"

namespace koshi::http {

/// The OpenAPI 3.1 document of a route table: every route with its parameters, request and responses, and the named schemas. Same table,
/// same bytes.
std::string openapi_document(const std::vector<Route>& routes);

/// The schemas under #/components/schemas: name and JSON text.
const std::vector<std::pair<std::string, std::string>>& api_schemas();

}  // namespace koshi::http
