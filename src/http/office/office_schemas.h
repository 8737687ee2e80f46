#pragma once

#include "http/router.h"

namespace koshi::http {

/// The shapes of the office's interface, under #/components/schemas.
const std::vector<NamedSchema>& office_schemas();

}  // namespace koshi::http
