#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "store/transaction.h"

/// What an engine must offer; everything above is common to both.
namespace koshi::store {

enum class Access : uint8_t { kRead, kWrite };

/// One connection, used by one thread at a time. `begin` … `commit` or `rollback`.
class Connection {
 public:
  Connection() = default;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  virtual ~Connection() = default;

  /// False after a failure that only a new connection can heal.
  virtual bool usable() const = 0;
  /// False also when the engine has rolled everything back by itself (a full disk).
  virtual bool in_transaction() const = 0;

  virtual StoreResult<void> begin(Access access) = 0;
  /// An error other than kOutcomeUnknown says that nothing was kept.
  virtual StoreResult<void> commit() = 0;
  virtual void rollback() = 0;
  virtual StoreResult<void> savepoint(int depth) = 0;
  virtual StoreResult<void> release(int depth) = 0;
  virtual StoreResult<void> rollback_to(int depth) = 0;

  /// Parameters were checked by the session.
  virtual StoreResult<int64_t> run(std::string_view sql, Params params, RowSink* sink) = 0;
  /// As Reader::run_later() says; by itself, now. What waits is done at the latest by flush(), and dropped by a rollback.
  virtual StoreResult<void> run_later(std::string_view sql, Params params, std::shared_ptr<Rows> rows, int64_t expected) {
    std::optional<RowSink> sink;
    if (rows != nullptr) sink.emplace(*rows);
    auto changed = run(sql, params, sink ? &*sink : nullptr);
    if (!changed) return std::unexpected(std::move(changed.error()));
    return check_changed(sql, *changed, expected);
  }
  virtual StoreResult<void> flush() { return {}; }
  virtual StoreResult<void> script(std::string_view sql) = 0;
};

using Connect = std::function<StoreResult<std::unique_ptr<Connection>>(Access)>;

}  // namespace koshi::store
