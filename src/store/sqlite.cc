#include "store/sqlite.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <system_error>

#include "base/result.h"
#include "store/dialect.h"
#include "store/sqlite_checkpoint.h"
#include "store/statement_cache.h"
#include "store/store.h"

namespace koshi::store {
namespace {

struct FinalizeStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Statement = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

struct CloseDatabase {
  void operator()(sqlite3* db) const { sqlite3_close(db); }
};
using Database = std::unique_ptr<sqlite3, CloseDatabase>;

/// A statement must be reset before its connection is used for anything else.
class ResetAtEnd {
 public:
  explicit ResetAtEnd(sqlite3_stmt* statement) : statement_(statement) {}
  ResetAtEnd(const ResetAtEnd&) = delete;
  ResetAtEnd& operator=(const ResetAtEnd&) = delete;
  ~ResetAtEnd() {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
  }

 private:
  sqlite3_stmt* statement_;
};

struct Compiled {
  Statement statement;
  std::string types;
};

/// sqlite_error() wants to know the system's reason, which SQLite does not always keep.
int step(sqlite3_stmt* statement) {
  errno = 0;
  return sqlite3_step(statement);
}

class SqliteConnection final : public Connection {
 public:
  SqliteConnection(Database db, Access access) : db_(std::move(db)), access_(access) {}

  bool usable() const override { return usable_; }
  bool in_transaction() const override { return sqlite3_get_autocommit(db_.get()) == 0; }
  StoreResult<void> begin(Access access) override { return plain(access == Access::kWrite ? kBeginWrite : kBeginRead); }
  StoreResult<void> commit() override;
  void rollback() override;
  StoreResult<void> savepoint(int depth) override { return plain(kSavepoint[static_cast<size_t>(depth)]); }
  StoreResult<void> release(int depth) override { return plain(kRelease[static_cast<size_t>(depth)]); }
  StoreResult<void> rollback_to(int depth) override;
  StoreResult<int64_t> run(std::string_view sql, Params params, RowSink* sink) override;
  StoreResult<void> script(std::string_view sql) override;

  StoreResult<void> set_up(int64_t pages_max);
  /// From now on nothing is moved out of the log within a commit.
  void checkpoint_by(std::unique_ptr<SqliteCheckpointer> checkpointer);

 private:
  using Words = std::array<std::string_view, kNestingMax + 2>;
  static constexpr std::string_view kBeginWrite = "BEGIN IMMEDIATE";
  static constexpr std::string_view kBeginRead = "BEGIN";
  static constexpr Words kSavepoint{"",
                                    "SAVEPOINT s1",
                                    "SAVEPOINT s2",
                                    "SAVEPOINT s3",
                                    "SAVEPOINT s4",
                                    "SAVEPOINT s5",
                                    "SAVEPOINT s6",
                                    "SAVEPOINT s7",
                                    "SAVEPOINT s8",
                                    "SAVEPOINT s9"};
  static constexpr Words kRelease{"",           "RELEASE s1", "RELEASE s2", "RELEASE s3", "RELEASE s4",
                                  "RELEASE s5", "RELEASE s6", "RELEASE s7", "RELEASE s8", "RELEASE s9"};
  static constexpr Words kRollbackTo{"",
                                     "ROLLBACK TO s1",
                                     "ROLLBACK TO s2",
                                     "ROLLBACK TO s3",
                                     "ROLLBACK TO s4",
                                     "ROLLBACK TO s5",
                                     "ROLLBACK TO s6",
                                     "ROLLBACK TO s7",
                                     "ROLLBACK TO s8",
                                     "ROLLBACK TO s9"};

  std::unexpected<StoreError> failed(std::string_view doing);
  StoreResult<Statement> compile(std::string_view sql);
  StoreResult<Compiled*> compiled(std::string_view sql, Params params);
  /// One of our own commands, compiled once.
  StoreResult<void> plain(std::string_view sql);
  StoreResult<void> bind(sqlite3_stmt* statement, Params params, std::string_view sql);
  StoreResult<void> fetch(sqlite3_stmt* statement, RowSink& sink, std::string_view sql);
  StoreResult<std::string> pragma(const std::string& sql);

  std::unique_ptr<SqliteCheckpointer> checkpointer_;  ///< before db_, which calls it
  Database db_;
  Access access_;
  bool usable_ = true;
  StatementCache<Compiled> cache_;      ///< after db_: finalised before it is closed
  StatementCache<Statement> commands_;  ///< apart, so that a caller cannot commit
};

std::unexpected<StoreError> SqliteConnection::failed(std::string_view doing) {
  StoreError error = sqlite_error(db_.get(), doing);
  if (error.fault == Fault::kCorrupt) usable_ = false;
  return std::unexpected(std::move(error));
}

StoreResult<Statement> SqliteConnection::compile(std::string_view sql) {
  sqlite3_stmt* raw = nullptr;
  const char* rest = nullptr;
  const int code = sqlite3_prepare_v3(db_.get(), sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &raw, &rest);
  Statement statement(raw);
  if (code != SQLITE_OK) return failed(sql);
  if (statement == nullptr) return fault(Fault::kProgramming, "the SQL text is empty");
  const std::string_view tail(rest, static_cast<size_t>(sql.data() + sql.size() - rest));
  if (tail.find_first_not_of(" \t\r\n;") != std::string_view::npos) {
    return fault(Fault::kProgramming, "more than one statement in: " + std::string(sql));
  }
  return statement;
}

StoreResult<Compiled*> SqliteConnection::compiled(std::string_view sql, Params params) {
  if (Compiled* known = cache_.find(sql)) {
    if (has_signature(params, known->types)) return known;
    return fault(Fault::kProgramming, "the number and types of parameters of one SQL text may not vary: " + std::string(sql));
  }
  TRY_DO(check_statement(sql, params.size()));
  TRY(statement, compile(sql));
  if (access_ == Access::kRead && sqlite3_stmt_readonly(statement.get()) == 0) {
    return fault(Fault::kProgramming, "a reader may not write: " + std::string(sql));
  }
  if (cache_.full()) cache_.evict();
  return &cache_.insert(sql, {std::move(statement), signature(params)});
}

StoreResult<void> SqliteConnection::plain(std::string_view sql) {
  Statement* known = commands_.find(sql);
  if (known == nullptr) {
    TRY(statement, compile(sql));
    known = &commands_.insert(sql, std::move(statement));
  }
  const ResetAtEnd reset(known->get());
  if (step(known->get()) != SQLITE_DONE) return failed(sql);
  return {};
}

/// A commit that was written but could not be forced to the disk may still be found in the log when the file is opened
/// next: unknown. One that could not be written has no end in the log and never counts.
StoreResult<void> SqliteConnection::commit() {
  auto done = plain("COMMIT");
  if (done) return done;
  const int code = sqlite3_extended_errcode(db_.get());
  if ((code & 0xff) == SQLITE_IOERR && code != SQLITE_IOERR_WRITE) done.error().fault = Fault::kOutcomeUnknown;
  rollback();
  return done;
}

void SqliteConnection::rollback() {
  if (in_transaction() && !plain("ROLLBACK")) usable_ = false;
}

StoreResult<void> SqliteConnection::rollback_to(int depth) {
  TRY_DO(plain(kRollbackTo[static_cast<size_t>(depth)]));
  return release(depth);
}

StoreResult<void> SqliteConnection::bind(sqlite3_stmt* statement, Params params, std::string_view sql) {
  for (size_t i = 0; i < params.size(); ++i) {
    const Value& value = params[i];
    const int at = static_cast<int>(i) + 1;
    const std::string_view bytes = value.bytes();
    int code = SQLITE_OK;
    if (value.is_null()) {
      code = sqlite3_bind_null(statement, at);
    } else if (value.type() == Type::kInteger) {
      code = sqlite3_bind_int64(statement, at, value.integer());
    } else if (value.type() == Type::kText) {
      code = sqlite3_bind_text64(statement, at, bytes.data(), bytes.size(), SQLITE_STATIC, SQLITE_UTF8);
    } else {
      code = sqlite3_bind_blob64(statement, at, bytes.data(), bytes.size(), SQLITE_STATIC);
    }
    if (code != SQLITE_OK) return failed(sql);
  }
  return {};
}

StoreResult<void> SqliteConnection::fetch(sqlite3_stmt* statement, RowSink& sink, std::string_view sql) {
  Rows& rows = sink.rows();
  for (int i = 0; i < sqlite3_column_count(statement); ++i) {
    switch (sqlite3_column_type(statement, i)) {
      case SQLITE_NULL: rows.add_null(); break;
      case SQLITE_INTEGER: rows.add_integer(sqlite3_column_int64(statement, i)); break;
      case SQLITE_TEXT: {
        const void* text = sqlite3_column_text(statement, i);
        if (text == nullptr) return failed(sql);
        rows.add_bytes(Type::kText, {static_cast<const char*>(text), static_cast<size_t>(sqlite3_column_bytes(statement, i))});
        break;
      }
      case SQLITE_BLOB: {
        const void* bytes = sqlite3_column_blob(statement, i);  // null when there are none
        const auto size = static_cast<size_t>(sqlite3_column_bytes(statement, i));
        rows.add_bytes(Type::kBlob, size == 0 ? "" : std::string_view(static_cast<const char*>(bytes), size));
        break;
      }
      default: return fault(Fault::kProgramming, "column " + std::to_string(i) + " is a floating-point number in: " + std::string(sql));
    }
  }
  return sink.row_done();
}

StoreResult<int64_t> SqliteConnection::run(std::string_view sql, Params params, RowSink* sink) {
  TRY(known, compiled(sql, params));
  sqlite3_stmt* statement = known->statement.get();
  const int width = sqlite3_column_count(statement);
  if (sink == nullptr && width > 0) return fault(Fault::kProgramming, "returns rows: " + std::string(sql));
  const ResetAtEnd reset(statement);
  TRY_DO(bind(statement, params, sql));
  if (sink != nullptr) sink->rows().start(static_cast<size_t>(width));
  const int64_t before = sqlite3_total_changes64(db_.get());
  for (;;) {
    const int code = step(statement);
    if (code == SQLITE_DONE) break;
    if (code != SQLITE_ROW) return failed(sql);
    TRY_DO(fetch(statement, *sink, sql));
  }
  return sqlite3_total_changes64(db_.get()) == before ? 0 : sqlite3_changes64(db_.get());
}

void SqliteConnection::checkpoint_by(std::unique_ptr<SqliteCheckpointer> checkpointer) {
  checkpointer_ = std::move(checkpointer);
  if (checkpointer_ == nullptr) return;
  const auto committed = [](void* to, sqlite3* db, const char* name, int pages) {
    static_cast<SqliteCheckpointer*>(to)->committed(pages);
    // Commits without a pause outrun the thread, and the log could never begin anew: here, between two of them, the rest is moved.
    if (SqliteCheckpointer::is_long(pages)) (void)sqlite3_wal_checkpoint_v2(db, name, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    return SQLITE_OK;
  };
  sqlite3_wal_hook(db_.get(), committed, checkpointer_.get());
}

StoreResult<void> SqliteConnection::script(std::string_view sql) {
  TRY_DO(check_definition(sql));
  const std::string own = definition_for_sqlite(sql);
  if (sqlite3_exec(db_.get(), own.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) return failed(own);
  return {};
}

StoreResult<std::string> SqliteConnection::pragma(const std::string& sql) {
  TRY(statement, compile(sql));
  const int code = sqlite3_step(statement.get());
  if (code == SQLITE_DONE) return std::string();
  if (code != SQLITE_ROW) return failed(sql);
  const void* text = sqlite3_column_text(statement.get(), 0);
  std::string value = text == nullptr ? "" : static_cast<const char*>(text);
  return value;
}

/// Settings that durability or agreement with PostgreSQL rest on are read back.
StoreResult<void> SqliteConnection::set_up(int64_t pages_max) {
  sqlite3_extended_result_codes(db_.get(), 1);
  sqlite3_busy_timeout(db_.get(), static_cast<int>(std::chrono::milliseconds(kBusyWait).count()));
  sqlite3_db_config(db_.get(), SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  sqlite3_db_config(db_.get(), SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
  sqlite3_db_config(db_.get(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  // Else a statement with a range is compiled anew for each value that is bound to it.
  sqlite3_db_config(db_.get(), SQLITE_DBCONFIG_ENABLE_QPSG, 1, nullptr);
  for (const char* sql :
       {"PRAGMA trusted_schema = OFF", "PRAGMA cell_size_check = ON", "PRAGMA synchronous = FULL", "PRAGMA foreign_keys = ON",
        "PRAGMA case_sensitive_like = ON", "PRAGMA cache_size = -16000", "PRAGMA journal_size_limit = 67108864"}) {
    TRY_DO(pragma(sql));
  }
  if (access_ == Access::kWrite) {
    TRY_DO(pragma("PRAGMA journal_mode = WAL"));
    // What a SAVEPOINT may have to take back is small, and in a file it costs two writes for each page of each act.
    TRY_DO(pragma("PRAGMA temp_store = MEMORY"));
  }
  if (access_ == Access::kRead) TRY_DO(pragma("PRAGMA query_only = ON"));
  if (pages_max > 0) TRY_DO(pragma("PRAGMA max_page_count = " + std::to_string(pages_max)));
  TRY(journal_mode, pragma("PRAGMA journal_mode"));
  TRY(synchronous, pragma("PRAGMA synchronous"));
  TRY(foreign_keys, pragma("PRAGMA foreign_keys"));
  TRY(encoding, pragma("PRAGMA encoding"));
  if (journal_mode == "wal" && synchronous == "2" && foreign_keys == "1" && encoding == "UTF-8") return {};
  return fault(Fault::kUnfit,
               "the SQLite file cannot be used with a write-ahead log, synchronous writing, foreign keys "
               "and UTF-8: journal_mode " +
                   journal_mode + ", encoding " + encoding);
}

constexpr uintmax_t kPageBytes = 4096;  ///< of the databases that SQLite makes here

/// Pages are written whole, but a disk or a copy may end in the middle of one, and SQLite takes what is missing for zeros: rows without
/// values. While there is a log, it may still hold the page.
StoreResult<void> check_last_page(const std::filesystem::path& path) {
  std::error_code error;
  const auto log = std::filesystem::file_size(path.string() + "-wal", error);
  if (!error && log > 0) return {};
  const auto size = std::filesystem::file_size(path, error);
  if (error || size % kPageBytes == 0) return {};
  return fault(Fault::kCorrupt, "the file " + path.string() + " is torn: its last page, from byte " +
                                    std::to_string(size - size % kPageBytes) + " on, is not whole");
}

}  // namespace

StoreResult<std::unique_ptr<Connection>> connect_sqlite(const std::filesystem::path& path, Access access, const StoreOptions& options) {
  if (access == Access::kWrite) {
    // Only for its owner; SQLite gives its log the same rights. A file that exists is not touched: to close any
    // descriptor of it would drop the locks of this process's other connections.
    const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd >= 0) ::close(fd);
    if (fd < 0 && errno != EEXIST) {
      return fault(Fault::kUnavailable, "cannot make " + path.string() + ": " + std::generic_category().message(errno));
    }
  }
  if (access == Access::kWrite) TRY_DO(check_last_page(path));
  // Before anything else is asked of SQLite; else it stays as it was. Counting its memory is one lock for all threads.
  static const int uncounted = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  (void)uncounted;
  sqlite3* raw = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
  Database db(raw);
  if (code != SQLITE_OK) return std::unexpected(sqlite_error(db.get(), "open " + path.string()));
  auto connection = std::make_unique<SqliteConnection>(std::move(db), access);
  TRY_DO(connection->set_up(options.sqlite_pages_max));
  if (access == Access::kWrite && options.sqlite_checkpoint_thread) connection->checkpoint_by(SqliteCheckpointer::create(path));
  return connection;
}

}  // namespace koshi::store
