#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <optional>

#include "store/store.h"

namespace koshi::store {

enum class CommitFault : uint8_t {
  kNone,
  kLostBefore,  ///< the caller learns kOutcomeUnknown, and nothing was kept
  kLostAfter,   ///< the caller learns kOutcomeUnknown, and everything was kept
};

/// Counts begin at 1 and run over all writes since the plan was made.
struct FaultPlan {
  int64_t fail_step = 0;  ///< the statement, script or SAVEPOINT of writes that answers `error`; 0: none
  StoreError error{Fault::kUnavailable, "planned fault", {}};
  int64_t commit_at = 0;  ///< the write whose commit suffers; 0: none
  CommitFault commit = CommitFault::kNone;
};

/// A store for tests of what stands on a store: lets one step of one run fail. Run the act once to count its steps,
/// then once for each step. Reads pass. Any thread; with several writers the counts follow the order in which they run.
class FaultyStore final : public Store {
 public:
  explicit FaultyStore(Store& inner) : inner_(inner) {}

  void plan(FaultPlan plan);
  /// As if others wrote all the time.
  void seem_busy(bool busy) { seems_busy_ = busy; }
  int64_t step_count() const;
  int64_t write_count() const;

  Engine engine() const override { return inner_.engine(); }
  bool idle() const override { return !seems_busy_ && inner_.idle(); }
  StoreResult<void> run_write(const WriteWork& work) override;
  StoreResult<void> run_read(const ReadWork& work) override { return inner_.run_read(work); }

  /// For the transactions that it hands out.
  StoreResult<void> step();

 private:
  Store& inner_;
  std::atomic<bool> seems_busy_ = false;
  mutable std::mutex mutex_;
  FaultPlan plan_;
  int64_t step_count_ = 0;
  int64_t write_count_ = 0;
};

}  // namespace koshi::store
