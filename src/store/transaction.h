#pragma once

#include <functional>
#include <memory>
#include <string_view>
#include <type_traits>

#include "store/error.h"
#include "store/value.h"

/// What a unit of work sees of the database. A statement is one SQL text for both engines (dialect.h), with $1, $2, …
/// in ascending order; it is compiled once for each connection. A Reader or Transaction belongs to one thread and lives
/// as long as the call that handed it out.
namespace koshi::store {

inline constexpr size_t kParamsMax = 1000;
inline constexpr size_t kValueMaxBytes = 64u << 20;
inline constexpr size_t kRowsMax = 100'000;          ///< of query(): page, or use each()
inline constexpr size_t kRowsMaxBytes = 256u << 20;  ///< of query()
inline constexpr int kNestingMax = 8;                ///< nested() in nested() …

inline constexpr int64_t kAnyNumber = -1;  ///< of rows changed
inline constexpr size_t kWaitingMax = 64;  ///< statements of *_later() that wait; with more, they go

/// Filled by settle().
using LaterRows = std::shared_ptr<const Rows>;

using RowWork = std::function<StoreResult<void>(const Row&)>;

/// Where an engine puts the rows that it finds: all into one result, or each into the hands of the caller.
class RowSink {
 public:
  explicit RowSink(Rows& all) : rows_(&all) {}
  explicit RowSink(const RowWork& each) : rows_(&one_), each_(&each) {}
  RowSink(const RowSink&) = delete;
  RowSink& operator=(const RowSink&) = delete;

  bool streams() const { return each_ != nullptr; }
  Rows& rows() { return *rows_; }
  /// After each row. An error ends the statement.
  StoreResult<void> row_done();

 private:
  Rows one_;
  Rows* rows_;
  const RowWork* each_ = nullptr;
};

/// kCorrupt when a statement changed another number of rows than it must.
StoreResult<void> check_changed(std::string_view sql, int64_t changed, int64_t expected);

/// One consistent state of the database: what others commit meanwhile stays unseen.
class Reader {
 public:
  Reader() = default;
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;
  virtual ~Reader() = default;

  /// At most kRowsMax rows, else kProgramming.
  StoreResult<Rows> query(std::string_view sql, Params params = {});
  /// Any number of rows in constant memory; the row is gone when `work` returns. `work` must not use this reader; its
  /// error ends the statement and is returned.
  StoreResult<void> each(std::string_view sql, Params params, const RowWork& work);

  /// Like query(), but the rows are there only after settle(): what is asked before it travels to PostgreSQL and back together. A failure
  /// may be told by any call that comes after, settle() at the latest. SQLite answers at once.
  StoreResult<LaterRows> query_later(std::string_view sql, Params params = {});
  /// Everything that waits is done when this returns; nothing waits after the work itself has returned.
  virtual StoreResult<void> settle() { return {}; }

  /// What query_later() and execute_later() rest on; `rows` null: none may come. Without further ado it is done now.
  virtual StoreResult<void> run_later(std::string_view sql, Params params, std::shared_ptr<Rows> rows, int64_t expected);

  /// The one primitive under the others: the number of rows changed by INSERT, UPDATE or DELETE, else 0. Without a sink
  /// a statement must return no columns.
  virtual StoreResult<int64_t> run(std::string_view sql, Params params, RowSink* sink) = 0;
};

/// A Reader that may also write, and sees what it wrote. After a statement has failed, every further one answers
/// kProgramming and the work cannot be kept: whoever wants to go on after a failure puts the risk into nested().
class Transaction : public Reader {
 public:
  /// Rows changed. INSERT … RETURNING goes through query().
  StoreResult<int64_t> execute(std::string_view sql, Params params = {}) { return run(sql, params, nullptr); }
  /// For what is written and not looked at again: it travels with what comes after it (query_later). Another number of rows changed than
  /// `expected` is kCorrupt.
  StoreResult<void> execute_later(std::string_view sql, Params params, int64_t expected = kAnyNumber) {
    return run_later(sql, params, nullptr, expected);
  }

  /// A SAVEPOINT: what `work` did is kept only if it returns a value; its error undoes just that and is returned.
  /// `work` takes no arguments and returns StoreResult<T>.
  template <typename Work>
  std::invoke_result_t<Work> nested(Work&& work) {
    if (auto begun = begin_nested(); !begun) return std::unexpected(begun.error());
    auto result = std::forward<Work>(work)();
    if (auto ended = end_nested(result.has_value()); !ended && result) return std::unexpected(ended.error());
    return result;
  }

  /// Several statements without parameters, separated by semicolons: definitions, for migrations only.
  virtual StoreResult<void> script(std::string_view sql) = 0;

  /// For nested() and decorators. Each begin_nested() that succeeded is followed by one end_nested().
  virtual StoreResult<void> begin_nested() = 0;
  virtual StoreResult<void> end_nested(bool keep) = 0;
};

}  // namespace koshi::store
