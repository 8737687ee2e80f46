#pragma once

#include <filesystem>
#include <string>

#include "store/error.h"

/// Copies of a whole database while it is in use. A copy is for the engine that made it.
namespace koshi::store {

/// Writes one consistent state of the database at `address` (store.h) into `file`; a file that is there is replaced
/// only when the new one is whole and on the disk. Writers are not stopped. Costs the reading and writing of the
/// database.
///
/// SQLite: by its backup interface; the copy is checked, and is an SQLite file of its own (readable by its
/// owner only).
///
/// PostgreSQL: pg_dump --format=custom --no-owner --no-privileges; the program must be installed and not
/// older than the server (package postgresql-client).
StoreResult<void> backup(const std::string& address, const std::filesystem::path& file);

/// Makes the database at `address` from a backup. Nothing is overwritten: an SQLite file must not exist yet, and a
/// PostgreSQL database must exist and have no tables (else kUnfit). A damaged backup answers kCorrupt (PostgreSQL:
/// kUnavailable) and leaves nothing behind.
/// PostgreSQL: pg_restore --single-transaction --exit-on-error --no-owner --no-privileges.
StoreResult<void> restore(const std::filesystem::path& file, const std::string& address);

}  // namespace koshi::store
