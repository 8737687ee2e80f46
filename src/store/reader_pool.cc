#include "store/reader_pool.h"

#include "base/result.h"
#include "store/session.h"

namespace koshi::store {

StoreResult<ReaderPool::ConnectionPtr> ReaderPool::take() {
  std::unique_lock lock(mutex_);
  const bool free = returned_.wait_for(lock, options_.reader_wait_max, [&] { return taken_ < options_.readers_max; });
  if (!free) return fault(Fault::kUnavailable, "all reading connections are in use");
  ++taken_;
  if (idle_.empty()) return nullptr;
  ConnectionPtr connection = std::move(idle_.back());
  idle_.pop_back();
  return connection;
}

void ReaderPool::give_back(ConnectionPtr connection) {
  {
    const std::lock_guard lock(mutex_);
    --taken_;
    if (connection != nullptr && connection->usable()) idle_.push_back(std::move(connection));
  }
  returned_.notify_one();
}

StoreResult<void> ReaderPool::begin(ConnectionPtr& connection) {
  if (connection != nullptr) {
    auto begun = connection->begin(Access::kRead);
    if (begun || connection->usable()) return begun;
    connection.reset();
  }
  TRY(fresh, connect_(Access::kRead));
  connection = std::move(fresh);
  return connection->begin(Access::kRead);
}

StoreResult<void> ReaderPool::read(const ReadWork& work) {
  TRY(connection, take());
  StoreResult<void> result = begin(connection);
  if (result) {
    Session session(*connection, Access::kRead);
    result = work(session);
    if (result && session.failure()) result = std::unexpected(*session.failure());
    connection->rollback();
  }
  give_back(std::move(connection));
  return result;
}

}  // namespace koshi::store
