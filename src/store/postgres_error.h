#pragma once

#include <libpq-fe.h>

#include "store/error.h"

namespace koshi::store {

/// The failure that `result` (null: the connection itself) reports. `doing` is the SQL or the deed.
StoreError postgres_error(PGconn* connection, const PGresult* result, std::string_view doing);

}  // namespace koshi::store
