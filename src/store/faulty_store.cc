#include "store/faulty_store.h"

#include <utility>

#include "base/result.h"

namespace koshi::store {
namespace {

/// A planned fault has the consequence of a real one: the transaction cannot go on.
class FaultyTransaction final : public Transaction {
 public:
  FaultyTransaction(Transaction& inner, FaultyStore& store) : inner_(inner), store_(store) {}

  StoreResult<int64_t> run(std::string_view sql, Params params, RowSink* sink) override {
    TRY_DO(step());
    return inner_.run(sql, params, sink);
  }
  StoreResult<void> run_later(std::string_view sql, Params params, std::shared_ptr<Rows> rows, int64_t expected) override {
    TRY_DO(step());
    return inner_.run_later(sql, params, std::move(rows), expected);
  }
  StoreResult<void> settle() override {
    if (failure_) return fault(Fault::kProgramming, "a statement failed before this one: " + failure_->message);
    return inner_.settle();
  }
  StoreResult<void> script(std::string_view sql) override {
    TRY_DO(step());
    return inner_.script(sql);
  }
  StoreResult<void> begin_nested() override {
    TRY_DO(step());
    TRY_DO(inner_.begin_nested());
    ++depth_;
    return {};
  }
  StoreResult<void> end_nested(bool keep) override {
    const bool swallowed = failure_ && depth_ <= failed_depth_;
    --depth_;
    TRY_DO(inner_.end_nested(keep && !swallowed));
    if (!swallowed) return {};
    const StoreError error = *std::exchange(failure_, std::nullopt);
    if (keep) return std::unexpected(error);
    return {};
  }

  const std::optional<StoreError>& failure() const { return failure_; }

 private:
  StoreResult<void> step() {
    if (failure_) return fault(Fault::kProgramming, "a statement failed before this one: " + failure_->message);
    auto result = store_.step();
    if (!result) {
      failure_ = result.error();
      failed_depth_ = depth_;
    }
    return result;
  }

  Transaction& inner_;
  FaultyStore& store_;
  int depth_ = 0;
  int failed_depth_ = 0;
  std::optional<StoreError> failure_;
};

std::unexpected<StoreError> lost() {
  return fault(Fault::kOutcomeUnknown, "planned fault: lost during the commit");
}

}  // namespace

void FaultyStore::plan(FaultPlan plan) {
  const std::lock_guard lock(mutex_);
  plan_ = std::move(plan);
  step_count_ = 0;
  write_count_ = 0;
}

int64_t FaultyStore::step_count() const {
  const std::lock_guard lock(mutex_);
  return step_count_;
}

int64_t FaultyStore::write_count() const {
  const std::lock_guard lock(mutex_);
  return write_count_;
}

StoreResult<void> FaultyStore::step() {
  const std::lock_guard lock(mutex_);
  if (++step_count_ == plan_.fail_step) return std::unexpected(plan_.error);
  return {};
}

StoreResult<void> FaultyStore::run_write(const WriteWork& work) {
  CommitFault commit = CommitFault::kNone;
  {
    const std::lock_guard lock(mutex_);
    if (++write_count_ == plan_.commit_at) commit = plan_.commit;
  }
  auto done = inner_.run_write([&](Transaction& inner) -> StoreResult<void> {
    FaultyTransaction transaction(inner, *this);
    TRY_DO(work(transaction));
    if (transaction.failure()) return std::unexpected(*transaction.failure());
    if (commit == CommitFault::kLostBefore) return lost();
    return {};
  });
  if (done && commit == CommitFault::kLostAfter) return lost();
  return done;
}

}  // namespace koshi::store
