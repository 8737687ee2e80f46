#pragma once

#include <string>
#include <vector>

#include "http/router.h"

namespace koshi::http {

/// The OpenAPI 3.1 document of a route table: every route with its parameters, request and responses, and the named schemas. Same table,
/// same bytes.
std::string openapi_document(const Router& router);

/// The schemas of the questions to the law, under #/components/schemas.
const std::vector<NamedSchema>& api_schemas();

}  // namespace koshi::http
