#include <sqlite3.h>

#include <memory>
#include <system_error>

#include "base/result.h"
#include "store/backup_engines.h"
#include "store/sqlite.h"

namespace koshi::store {
namespace {

namespace fs = std::filesystem;

struct CloseDatabase {
  void operator()(sqlite3* db) const { sqlite3_close(db); }
};
using Database = std::unique_ptr<sqlite3, CloseDatabase>;

StoreResult<Database> open(const fs::path& path) {
  sqlite3* raw = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
  Database db(raw);
  if (code != SQLITE_OK) return std::unexpected(sqlite_error(db.get(), "open " + path.string()));
  sqlite3_extended_result_codes(db.get(), 1);
  return db;
}

/// All pages in one step: one state, read from the log's snapshot, so that no writer waits and none makes it start
/// anew.
StoreResult<void> copy(sqlite3* from, sqlite3* to) {
  sqlite3_backup* copying = sqlite3_backup_init(to, "main", from, "main");
  if (copying == nullptr) return std::unexpected(sqlite_error(to, "begin a backup"));
  sqlite3_backup_step(copying, -1);
  if (sqlite3_backup_finish(copying) != SQLITE_OK) return std::unexpected(sqlite_error(to, "copy a backup"));
  return {};
}

/// Makes of the copy a single file without a log, and reads all of it.
StoreResult<void> settle(sqlite3* db) {
  if (sqlite3_exec(db, "PRAGMA journal_mode = DELETE", nullptr, nullptr, nullptr) != SQLITE_OK) {
    return std::unexpected(sqlite_error(db, "settle a backup"));
  }
  std::string verdict;
  const auto keep_first = [](void* out, int, char** values, char**) {
    auto& text = *static_cast<std::string*>(out);
    if (text.empty() && values[0] != nullptr) text = values[0];
    return 0;
  };
  if (sqlite3_exec(db, "PRAGMA quick_check", keep_first, &verdict, nullptr) != SQLITE_OK) {
    return std::unexpected(sqlite_error(db, "check a backup"));
  }
  if (verdict != "ok") return fault(Fault::kCorrupt, "the database is damaged: " + verdict);
  return {};
}

StoreResult<void> copy_database(const fs::path& from, const fs::path& to) {
  TRY(source, open(from));
  TRY_DO(make_draft(to));
  TRY(target, open(draft_of(to)));
  TRY_DO(copy(source.get(), target.get()));
  TRY_DO(settle(target.get()));
  target.reset();
  return publish(to);
}

}  // namespace

StoreResult<void> backup_sqlite(const fs::path& database, const fs::path& file) {
  return copy_database(database, file);
}

StoreResult<void> restore_sqlite(const fs::path& file, const fs::path& database) {
  const auto beside = [&](const char* suffix) { return fs::exists(database.string() + suffix); };
  if (beside("") || beside("-wal") || beside("-journal")) {
    return fault(Fault::kUnfit, database.string() + " exists: move it away, with its -wal and -shm, before restoring");
  }
  auto done = copy_database(file, database);
  std::error_code ignored;
  if (!done) fs::remove(draft_of(database), ignored);
  return done;
}

}  // namespace koshi::store
