#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>

#include "store/transaction.h"

/// The database of an office. Acts are written one after another, however many threads and servers there are: each
/// write sees all earlier ones, so what was checked in it still holds when it commits. Waiting writes are run together,
/// each in its own SAVEPOINT, and made durable by one commit; each is answered only after that commit.
///
/// SQLite: one writer of this process at a time; WAL, synchronous FULL, foreign keys on. Readers have connections of their
/// own and never wait for the writer; while a read lasts, the log grows with what is written. Another process on the
/// same file waits for its turn (kBusyWait).
///
/// PostgreSQL: one writing connection for each server process. A group of
/// writes begins by taking one advisory lock of the database, so the groups of all servers run one after another too.
/// Serializable isolation was not chosen: every act appends to the one journal, so concurrent acts would abort each
/// other, and the order of the journal's numbers would not be the order of commits. Transaction-pooling proxies
/// (pgbouncer) are not supported: statements are prepared for a session.
namespace koshi::store {

enum class Engine : uint8_t { kSqlite, kPostgres };

using WriteWork = std::function<StoreResult<void>(Transaction&)>;
using ReadWork = std::function<StoreResult<void>(Reader&)>;

inline constexpr std::chrono::seconds kBusyWait{10};          ///< for another process's write
inline constexpr std::chrono::seconds kStatementTimeMax{60};  ///< PostgreSQL
inline constexpr std::chrono::seconds kConnectTimeMax{5};     ///< PostgreSQL

struct StoreOptions {
  size_t queue_max = 4096;                           ///< writes waiting; further ones answer kUnavailable at once
  size_t group_max = 256;                            ///< writes of one commit; at most 64 on PostgreSQL
  std::chrono::microseconds group_time_max{20'000};  ///< a group takes no further write after this
  size_t readers_max = 8;                            ///< reading connections, opened when needed
  std::chrono::milliseconds reader_wait_max{5000};   ///< for a free one, then kUnavailable
  int64_t sqlite_pages_max = 0;                      ///< of 4096 bytes, then kFull; 0: as many as the disk holds
  bool sqlite_checkpoint_thread = true;              ///< empties the log beside the commits; else some commits do it themselves
};

/// Thread contract: any thread may call, and waits. A destructor waits for the writes that were begun.
class Store {
 public:
  Store() = default;
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;
  virtual ~Store() = default;

  /// Runs `work(Transaction&)`, which returns StoreResult<T>, at most once, on the caller's or the writer's thread, while other acts
  /// wait for it: it should only compute and write. A value is returned when it is durable, an error when nothing was
  /// kept (but see kOutcomeUnknown). A write inside a write answers kProgramming.
  /// When the commit of a group fails, every write of that group gets that error.
  template <typename Work>
  std::invoke_result_t<Work, Transaction&> write(Work&& work) {
    return through<Transaction>(std::forward<Work>(work), [this](const WriteWork& erased) { return run_write(erased); });
  }

  /// Runs `work(Reader&)` on the caller's thread in one consistent state of the database.
  template <typename Work>
  std::invoke_result_t<Work, Reader&> read(Work&& work) {
    return through<Reader>(std::forward<Work>(work), [this](const ReadWork& erased) { return run_read(erased); });
  }

  virtual Engine engine() const = 0;
  /// Whether a write would begin at once: a guess, for whoever can do a thing inside a write or before it.
  virtual bool idle() const { return false; }
  /// Writes that stand in the queue now.
  virtual size_t waiting() const { return 0; }

  /// write() and read() without a value, for decorators (faulty_store.h).
  virtual StoreResult<void> run_write(const WriteWork& work) = 0;
  virtual StoreResult<void> run_read(const ReadWork& work) = 0;

 private:
  template <typename Access, typename Work, typename Run>
  static std::invoke_result_t<Work, Access&> through(Work&& work, Run&& run) {
    std::optional<std::invoke_result_t<Work, Access&>> result;
    auto done = run([&](Access& access) -> StoreResult<void> {
      result.emplace(work(access));
      if (!*result) return std::unexpected(result->error());
      return {};
    });
    if (!done) return std::unexpected(std::move(done.error()));
    return std::move(*result);
  }
};

/// `address` is a URL "postgresql://user@host/database" (or postgres://), or the path of an SQLite file, which is made
/// if it does not exist (readable by its owner only); its folder must exist.
/// Errors: kUnavailable, kCorrupt, kUnfit: PostgreSQL before 14, not UTF-8, fsync off, or a collation other than C,
/// without which both engines would order texts differently
/// (createdb --template=template0 --encoding=UTF8 --locale=C NAME).
StoreResult<std::unique_ptr<Store>> open_store(const std::string& address, const StoreOptions& options = {});

bool is_postgres_address(std::string_view address);

}  // namespace koshi::store
