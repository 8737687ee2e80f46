#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "store/connection.h"
#include "store/store.h"

namespace koshi::store {

/// Reading connections, opened when they are first needed and replaced when they were lost. Any thread.
class ReaderPool {
 public:
  ReaderPool(Connect connect, const StoreOptions& options) : connect_(std::move(connect)), options_(options) {}

  StoreResult<void> read(const ReadWork& work);

 private:
  using ConnectionPtr = std::unique_ptr<Connection>;

  /// Null with a right to open one.
  StoreResult<ConnectionPtr> take();
  void give_back(ConnectionPtr connection);
  StoreResult<void> begin(ConnectionPtr& connection);

  const Connect connect_;
  const StoreOptions options_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<ConnectionPtr> idle_;  ///< guarded by mutex_
  size_t taken_ = 0;                 ///< guarded by mutex_
};

}  // namespace koshi::store
