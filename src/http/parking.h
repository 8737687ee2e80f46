#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace koshi::http {

/// Where threads wait until somebody has done what must not meet them. Shared by those who wait and the one who releases: who comes late
/// finds it open.
class Parking {
 public:
  /// Returns after release().
  void park() {
    std::unique_lock lock(mutex_);
    ++parked_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return is_open_; });
  }

  /// Whether so many came in time.
  bool wait_for(size_t threads, std::chrono::milliseconds limit) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, limit, [&] { return parked_ >= threads; });
  }

  void release() {
    const std::lock_guard lock(mutex_);
    is_open_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  size_t parked_ = 0;
  bool is_open_ = false;
};

}  // namespace koshi::http
