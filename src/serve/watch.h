#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "office/house/verified.h"

namespace koshi {

/// Watches the journal while the server runs, on a thread of its own. Behind a start that read only what came since the last one, it reads
/// the whole; then, every few seconds, it signs what was committed and reads that; once a day it reads the whole again. It yields to
/// whoever else needs the processor. The house must outlive it.
class Watch {
 public:
  struct Reports {
    std::function<void(const std::string& what)> damaged;  ///< once, and the watch is over
    std::function<void(uint64_t events)> verified;         ///< the journal up to here
    std::function<void(const store::StoreError&)> failed;  ///< it is tried again
  };
  /// `whole`: whether the start has read everything.
  Watch(office::House& house, bool whole, Reports reports);
  ~Watch();
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

 private:
  void run(bool whole);
  /// False when the watch is over.
  bool take(const store::StoreResult<office::JournalCheck>& check);
  bool is_stopping();

  office::House& house_;
  Reports reports_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace koshi
