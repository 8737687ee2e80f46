#pragma once

#include <filesystem>
#include <string>

#include "store/error.h"

namespace koshi::store {

StoreResult<void> backup_sqlite(const std::filesystem::path& database, const std::filesystem::path& file);
StoreResult<void> restore_sqlite(const std::filesystem::path& file, const std::filesystem::path& database);
StoreResult<void> backup_postgres(const std::string& url, const std::filesystem::path& file);
StoreResult<void> restore_postgres(const std::filesystem::path& file, const std::string& url);

/// Where a file is written before it takes its name.
std::filesystem::path draft_of(const std::filesystem::path& file);
/// A new, empty draft that only its owner may read.
StoreResult<void> make_draft(const std::filesystem::path& file);
/// The draft, now on the disk, under its name.
StoreResult<void> publish(const std::filesystem::path& file);

}  // namespace koshi::store
