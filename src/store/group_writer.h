#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "store/connection.h"
#include "store/store.h"

namespace koshi::store {

/// What all writes of a process go through: one thread at a time takes what waits, runs each in its own SAVEPOINT, commits once and only
/// then answers. A caller who finds nobody writing and nobody waiting does it himself, which saves him two changes of threads; else it is
/// the writer's own thread. Any thread may call write(), which waits.
class GroupWriter {
 public:
  GroupWriter(Connect connect, std::unique_ptr<Connection> connection, const StoreOptions& options);
  GroupWriter(const GroupWriter&) = delete;
  GroupWriter& operator=(const GroupWriter&) = delete;
  ~GroupWriter();

  StoreResult<void> write(const WriteWork& work);
  /// Whether nobody is writing: a guess, old when it is read.
  bool idle() const;
  /// In the queue: likewise.
  size_t waiting() const;

 private:
  /// On the stack of the waiting caller.
  struct Job {
    const WriteWork* work;
    StoreResult<void> result{};
    bool done = false;  ///< guarded by `mutex`
    std::mutex mutex{};
    std::condition_variable finished{};
  };
  using Group = std::vector<Job*>;

  void serve();
  Job* wait_for_first();
  void leave();
  Job* take_next();
  StoreResult<void> begin();
  void run_group(Job* first);
  /// These answer false when the transaction is of no use any more, with everything in it.
  bool run_first(Job& job);
  bool run_job(Job& job);
  static void acknowledge(const Group& group);

  const Connect connect_;
  const StoreOptions options_;
  std::unique_ptr<Connection> connection_;  ///< of the thread that writes_ names

  mutable std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<Job*> queue_;                 ///< guarded by mutex_
  bool stopping_ = false;                  ///< guarded by mutex_
  std::optional<std::thread::id> writes_;  ///< guarded by mutex_; who has the connection now
  std::thread thread_;                     ///< last: it uses all of the above
};

}  // namespace koshi::store
