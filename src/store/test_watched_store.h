#pragma once

#include <string>
#include <utility>
#include <vector>

#include "store/store.h"

/// For tests only: a store that keeps what was asked of it, so that a test can hold the work for one answer against that for another
/// without a clock.
namespace koshi::store {

/// What was done, in order. One thread at a time.
using WatchedSteps = std::vector<std::string>;

/// `Access` is Reader or Transaction.
template <typename Access>
class WatchedRuns : public Access {
 public:
  WatchedRuns(Access& inner, WatchedSteps& steps) : inner_(inner), steps_(steps) {}

  StoreResult<int64_t> run(std::string_view sql, Params params, RowSink* sink) override {
    auto result = inner_.run(sql, params, sink);
    const int64_t rows = sink != nullptr && !sink->streams() ? std::ssize(sink->rows()) : result.value_or(-1);
    steps_.push_back(std::to_string(rows) + " rows: " + std::string(sql));
    return result;
  }

 protected:
  Access& inner_;
  WatchedSteps& steps_;
};

class WatchedTransaction final : public WatchedRuns<Transaction> {
 public:
  using WatchedRuns::WatchedRuns;

  StoreResult<void> script(std::string_view sql) override {
    steps_.emplace_back(sql);
    return inner_.script(sql);
  }
  StoreResult<void> begin_nested() override {
    steps_.emplace_back("nested");
    return inner_.begin_nested();
  }
  StoreResult<void> end_nested(bool keep) override { return inner_.end_nested(keep); }
};

class WatchedStore final : public Store {
 public:
  explicit WatchedStore(Store& inner) : inner_(inner) {}

  /// Each statement since the last call, with the number of rows that it found or changed.
  WatchedSteps taken() { return std::exchange(steps_, {}); }

  Engine engine() const override { return inner_.engine(); }
  bool idle() const override { return inner_.idle(); }
  StoreResult<void> run_write(const WriteWork& work) override {
    steps_.emplace_back("write");
    return inner_.run_write([&](Transaction& inner) {
      WatchedTransaction watched(inner, steps_);
      return work(watched);
    });
  }
  StoreResult<void> run_read(const ReadWork& work) override {
    steps_.emplace_back("read");
    return inner_.run_read([&](Reader& inner) {
      WatchedRuns<Reader> watched(inner, steps_);
      return work(watched);
    });
  }

 private:
  Store& inner_;
  WatchedSteps steps_;
};

}  // namespace koshi::store
