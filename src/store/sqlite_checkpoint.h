#pragma once

#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <thread>

struct sqlite3;

namespace koshi::store {

/// Moves what was committed from the write-ahead log into the database file, on a thread and a connection of its own. SQLite would do it
/// within a commit, and, because a log with readers cannot begin anew, from then on within every commit: three times forced to the disk
/// instead of once. Nothing that is lost by it counts: what is in the log is durable.
class SqliteCheckpointer {
 public:
  /// Null if the file cannot be opened: whoever commits then has SQLite do it.
  static std::unique_ptr<SqliteCheckpointer> create(const std::filesystem::path& path);
  SqliteCheckpointer(const SqliteCheckpointer&) = delete;
  SqliteCheckpointer& operator=(const SqliteCheckpointer&) = delete;
  ~SqliteCheckpointer();

  /// After a commit that left so many pages in the log. Does not wait.
  void committed(int pages);
  /// Whether a log of so many pages should begin anew: it does when all of it was moved and nobody reads in it.
  static bool is_long(int pages);

 private:
  explicit SqliteCheckpointer(sqlite3* db);
  void serve();

  sqlite3* db_;  ///< of the thread only
  std::mutex mutex_;
  std::condition_variable grown_;
  int pages_ = 0;          ///< guarded by mutex_; 0: nothing to do
  bool stopping_ = false;  ///< guarded by mutex_
  std::thread thread_;     ///< last: it uses all of the above
};

}  // namespace koshi::store
