#include "store/sqlite_checkpoint.h"

#include <pthread.h>
#include <sqlite3.h>

#include <utility>

namespace koshi::store {
namespace {

constexpr int kPagesMin = 4000;     ///< of 4096 bytes in the log, from which on they are moved
constexpr int kPagesLong = 16'000;  ///< 64 MiB: then whoever commits helps
constexpr int kStepPages = 4000;    ///< by which the log grows between two rounds

}  // namespace

std::unique_ptr<SqliteCheckpointer> SqliteCheckpointer::create(const std::filesystem::path& path) {
  sqlite3* db = nullptr;
  const bool opened = sqlite3_open_v2(path.c_str(), &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr) == SQLITE_OK;
  if (!opened || sqlite3_exec(db, "PRAGMA synchronous = FULL", nullptr, nullptr, nullptr) != SQLITE_OK) {
    sqlite3_close(db);
    return nullptr;
  }
  return std::unique_ptr<SqliteCheckpointer>(new SqliteCheckpointer(db));
}

SqliteCheckpointer::SqliteCheckpointer(sqlite3* db) : db_(db), thread_([this] { serve(); }) {}

SqliteCheckpointer::~SqliteCheckpointer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  grown_.notify_one();
  thread_.join();
  sqlite3_close(db_);
}

bool SqliteCheckpointer::is_long(int pages) {
  return pages >= kPagesLong;
}

void SqliteCheckpointer::committed(int pages) {
  if (pages < kPagesMin) return;
  {
    const std::lock_guard lock(mutex_);
    pages_ = pages;
  }
  grown_.notify_one();
}

void SqliteCheckpointer::serve() {
  ::pthread_setname_np(::pthread_self(), "checkpoint");
  int done = 0;  // pages of this log that were looked at
  for (;;) {
    int pages = 0;
    {
      std::unique_lock lock(mutex_);
      // A log that has become shorter has begun anew.
      grown_.wait(lock, [&] { return stopping_ || (pages_ > 0 && (pages_ < done || pages_ >= done + kStepPages)); });
      if (stopping_) return;
      pages = std::exchange(pages_, 0);
    }
    // Waits for nobody. A failure, also that of a full disk, leaves everything in the log, where the next round finds it.
    (void)sqlite3_wal_checkpoint_v2(db_, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    done = pages;
  }
}

}  // namespace koshi::store
