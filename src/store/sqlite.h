#pragma once

#include <filesystem>

#include "store/connection.h"

struct sqlite3;

namespace koshi::store {

struct StoreOptions;

/// Opens (kWrite: makes) an SQLite file. Errors: kUnavailable, kCorrupt.
StoreResult<std::unique_ptr<Connection>> connect_sqlite(const std::filesystem::path& path, Access access, const StoreOptions& options);

/// The last failure of `db` in our words, while errno is still that of the failure. `doing` is the SQL or the deed.
StoreError sqlite_error(sqlite3* db, std::string_view doing);

}  // namespace koshi::store
