#pragma once

#include <string>

#include "store/connection.h"

namespace koshi::store {

/// Connects by URL. Errors: kUnavailable, kUnfit (store.h, open_store).
StoreResult<std::unique_ptr<Connection>> connect_postgres(const std::string& url, Access access = Access::kRead);

/// What an SQLSTATE of five characters means to the caller. Class 23 needs more than the code: kConstraint.
Fault fault_of_sqlstate(std::string_view state);

}  // namespace koshi::store
