#pragma once

#include <optional>

#include "store/connection.h"

namespace koshi::store {

/// A transaction on a connection: the checks and the behaviour after a failure that both engines share. It neither
/// begins nor commits; the owner of the connection does. One thread.
class Session final : public Transaction {
 public:
  Session(Connection& connection, Access access) : connection_(connection), access_(access) {}

  StoreResult<int64_t> run(std::string_view sql, Params params, RowSink* sink) override;
  StoreResult<void> run_later(std::string_view sql, Params params, std::shared_ptr<Rows> rows, int64_t expected) override;
  StoreResult<void> settle() override;
  StoreResult<void> script(std::string_view sql) override;
  StoreResult<void> begin_nested() override;
  StoreResult<void> end_nested(bool keep) override;

  /// The first failure outside every nested(), after which nothing may be kept.
  const std::optional<StoreError>& failure() const { return failure_; }

 private:
  StoreResult<void> ready() const;
  template <typename T>
  StoreResult<T> noted(StoreResult<T> result);

  Connection& connection_;
  Access access_;
  int depth_ = 0;
  bool streaming_ = false;
  std::optional<StoreError> failure_;
};

}  // namespace koshi::store
