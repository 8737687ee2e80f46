#pragma once

#include <functional>

#include "office/journal/rows.h"

/// A journal read in its order, page by page. For verify.cc and journal.cc only.
namespace koshi::journal {

/// Walks events and checkpoints side by side.
class Walk {
 public:
  using Event = std::function<store::StoreResult<bool>(const StoredEvent&)>;
  using Mark = std::function<store::StoreResult<bool>(const StoredCheckpoint&)>;

  /// What lies behind a sequence and a number of a checkpoint.
  struct Start {
    int64_t sequence = INT64_MIN;
    int64_t number = INT64_MIN;
  };
  explicit Walk(store::Reader& reader) : Walk(reader, Start{}) {}
  Walk(store::Reader& reader, Start start) : reader_(reader), start_(start) {}

  /// Calls `event` for each event and `mark` for each checkpoint: before the first event beyond it, those that are left
  /// at the end. A callback that returns false ends the walk.
  store::StoreResult<void> run(const Event& event, const Mark& mark);

 private:
  store::StoreResult<bool> marks_before(uint64_t sequence, const Mark& mark);
  store::StoreResult<void> next_marks();

  store::Reader& reader_;
  Start start_;
  std::vector<StoredCheckpoint> marks_;
  size_t at_ = 0;
};

}  // namespace koshi::journal
