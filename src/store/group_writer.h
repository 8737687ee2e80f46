#pragma once

#include <semaphore.h>

#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "base/check.h"
#include "store/connection.h"
#include "store/store.h"

namespace koshi::store {

/// Given once, awaited once. Unlike a condition with its lock it is one call of the system on each side, and whoever awaited it may destroy
/// it while the other thread is still inside give().
class Signal {
 public:
  Signal() { CHECK(::sem_init(&semaphore_, 0, 0) == 0); }
  Signal(const Signal&) = delete;
  Signal& operator=(const Signal&) = delete;
  ~Signal() { ::sem_destroy(&semaphore_); }

  void give() { CHECK(::sem_post(&semaphore_) == 0); }
  void await() {
    while (::sem_wait(&semaphore_) != 0) CHECK(errno == EINTR);
  }

 private:
  sem_t semaphore_;
};

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
  /// On the stack of the waiting caller, who may leave as soon as it is done.
  struct Job {
    const WriteWork* work;
    StoreResult<void> result{};
    Signal done{};
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
