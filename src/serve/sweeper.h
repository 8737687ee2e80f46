#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "office/house/house.h"

namespace koshi {

/// Acts on passed deadlines while the server runs: at once for what passed while it was down, then every few seconds. Sessions that have
/// ended go too. A database that does not answer is tried again at the next turn. The house must outlive it.
class Sweeper {
 public:
  /// After each sweep: whether it went through, and on how many cases it acted.
  using Report = std::function<void(bool good, size_t cases)>;
  Sweeper(office::House& house, Report report);
  ~Sweeper();
  Sweeper(const Sweeper&) = delete;
  Sweeper& operator=(const Sweeper&) = delete;

 private:
  void run();

  office::House& house_;
  Report report_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace koshi
