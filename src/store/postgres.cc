#include "store/postgres.h"

#include <arpa/inet.h>
#include <endian.h>
#include <libpq-fe.h>
#include <sys/socket.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <thread>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/result.h"
#include "base/text.h"
#include "store/dialect.h"
#include "store/postgres_error.h"
#include "store/postgres_params.h"
#include "store/statement_cache.h"
#include "store/store.h"

namespace koshi::store {
namespace {

// The types of the dialect by their numbers in pg_type.dat.
constexpr Oid kBool = 16;
constexpr Oid kBytea = 17;
constexpr Oid kName = 19;
constexpr Oid kInt8 = 20;
constexpr Oid kInt2 = 21;
constexpr Oid kInt4 = 23;
constexpr Oid kText = 25;
constexpr Oid kVarchar = 1043;

constexpr int kBinary = 1;
constexpr int kVersionMin = 140000;
constexpr std::chrono::microseconds kAwakeMax{300};
constexpr int kCompiledDepth = 3;  ///< SAVEPOINTs within one another that are compiled beforehand

struct ClearResult {
  void operator()(PGresult* result) const { PQclear(result); }
};
using ResultPtr = std::unique_ptr<PGresult, ClearResult>;

struct FinishConnection {
  void operator()(PGconn* connection) const { PQfinish(connection); }
};
using ConnectionPtr = std::unique_ptr<PGconn, FinishConnection>;

struct Compiled {
  std::string name;
  std::string types;
};

/// What travels with the next round trip: one of our own commands, or a statement with all that belongs to it.
struct Waiting {
  std::string sql;
  const Compiled* compiled = nullptr;  ///< null: text that the server reads first
  bool is_command = false;
  PackedParams params{{}};
  std::shared_ptr<Rows> rows = nullptr;
  int64_t expected = kAnyNumber;
  RowSink* sink = nullptr;  ///< instead of `rows`, of the last one only
};

class PostgresConnection final : public Connection {
 public:
  explicit PostgresConnection(ConnectionPtr connection) : connection_(std::move(connection)) {}

  bool usable() const override { return !stale_ && PQstatus(connection_.get()) == CONNECTION_OK; }
  bool in_transaction() const override {
    const PGTransactionStatusType status = PQtransactionStatus(connection_.get());
    return status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
  }
  StoreResult<void> begin(Access access) override;
  StoreResult<void> commit() override;
  void rollback() override;
  StoreResult<void> savepoint(int depth) override { return mark("SAVEPOINT s", savepoints_, depth); }
  StoreResult<void> release(int depth) override { return mark("RELEASE s", releases_, depth); }
  StoreResult<void> rollback_to(int depth) override;
  StoreResult<int64_t> run(std::string_view sql, Params params, RowSink* sink) override;
  StoreResult<void> run_later(std::string_view sql, Params params, std::shared_ptr<Rows> rows, int64_t expected) override;
  StoreResult<void> flush() override;
  StoreResult<void> script(std::string_view sql) override;

  StoreResult<void> set_up(Access access);

 private:
  std::unexpected<StoreError> failed(const PGresult* result, std::string_view doing);
  /// One of our own commands, after those that still wait; no statement waits.
  StoreResult<void> command(std::string sql);
  /// A command that cannot fail in a sound transaction travels with the next statement: two round trips saved for each
  /// SAVEPOINT. Those at the usual depth were compiled when the connection was made.
  StoreResult<void> mark(const char* command, const std::vector<Compiled>& compiled, int depth);
  StoreResult<void> compile_marks();
  std::string take_commands();
  bool statement_waits() const;
  StoreResult<Compiled*> compiled(std::string_view sql, Params params);
  StoreResult<Compiled> compile(const std::string& sql, Params params);
  StoreResult<void> send(const Compiled& compiled, const PackedParams& params, std::string_view sql);
  StoreResult<int64_t> receive(RowSink* sink, std::string_view sql);
  /// All that waits, in one round trip. An error of the server is the first one; what follows it was not done.
  /// Returns the rows that the last one changed.
  StoreResult<int64_t> travel();
  StoreResult<void> send_waiting();
  void look_for_answer();
  StoreResult<int64_t> receive_waiting(const std::vector<Waiting>& sent);
  void finish_pipeline();
  StoreResult<void> fetch(const PGresult* result, RowSink& sink, std::string_view sql);
  void drain();

  ConnectionPtr connection_;
  bool stale_ = false;        ///< its statements were compiled for an older schema, or it is in an unknown state
  bool stays_awake_ = false;  ///< see look_for_answer()
  int64_t compiled_count_ = 0;
  std::vector<Waiting> waiting_;  ///< for the next round trip
  StatementCache<Compiled> cache_;
  std::vector<Compiled> savepoints_;  ///< by depth
  std::vector<Compiled> releases_;
};

bool is_local_socket(int socket) {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  return ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) == 0 && address.ss_family == AF_UNIX;
}

bool is_ok(const PGresult* result) {
  const ExecStatusType status = PQresultStatus(result);
  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_SINGLE_TUPLE;
}

Oid oid_of(Type type) {
  return type == Type::kInteger ? kInt8 : type == Type::kText ? kText : kBytea;
}

template <typename T>
T from_network(const char* bytes) {
  T value;
  std::memcpy(&value, bytes, sizeof value);
  return value;
}

std::unexpected<StoreError> PostgresConnection::failed(const PGresult* result, std::string_view doing) {
  StoreError error = postgres_error(connection_.get(), result, doing);
  const char* function = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_SOURCE_FUNCTION);
  if (function != nullptr && std::string_view(function) == "RevalidateCachedQuery") stale_ = true;
  return std::unexpected(std::move(error));
}

StoreResult<void> PostgresConnection::mark(const char* command, const std::vector<Compiled>& compiled, int depth) {
  const auto at = static_cast<size_t>(depth);
  waiting_.push_back(
      {.sql = command + std::to_string(depth), .compiled = at < compiled.size() ? &compiled[at] : nullptr, .is_command = true});
  return {};
}

StoreResult<void> PostgresConnection::compile_marks() {
  for (int depth = 0; depth < kCompiledDepth; ++depth) {
    TRY(savepoint, compile("SAVEPOINT s" + std::to_string(depth), {}));
    savepoints_.push_back(std::move(savepoint));
    TRY(release, compile("RELEASE s" + std::to_string(depth), {}));
    releases_.push_back(std::move(release));
  }
  return {};
}

bool PostgresConnection::statement_waits() const {
  return std::ranges::any_of(waiting_, [](const Waiting& one) { return !one.is_command; });
}

std::string PostgresConnection::take_commands() {
  CHECK(!statement_waits());
  std::string sql;
  for (const Waiting& one : waiting_) sql.append(one.sql).append("; ");
  waiting_.clear();
  return sql;
}

StoreResult<void> PostgresConnection::command(std::string sql) {
  sql.insert(0, take_commands());
  const ResultPtr result(PQexec(connection_.get(), sql.c_str()));
  if (!is_ok(result.get())) return failed(result.get(), sql);
  return {};
}

/// The lock is waited for in a statement of its own: the next one already sees what its holder before committed.
StoreResult<void> PostgresConnection::begin(Access access) {
  if (access == Access::kRead) return command("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  return command(
      "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;"
      "SELECT pg_advisory_xact_lock(hashtextextended('koshi one writer', 0))");
}

StoreResult<void> PostgresConnection::commit() {
  const ResultPtr result(PQexec(connection_.get(), (take_commands() + "COMMIT").c_str()));
  const bool lost = PQstatus(connection_.get()) != CONNECTION_OK;
  if (is_ok(result.get()) && std::string_view(PQcmdStatus(result.get())) == "COMMIT") return {};
  auto error = failed(result.get(), "COMMIT");
  if (lost) {
    error.error().fault = Fault::kOutcomeUnknown;
  } else {
    rollback();
  }
  return error;
}

void PostgresConnection::rollback() {
  waiting_.clear();
  if (usable() && in_transaction()) (void)command("ROLLBACK");
}

/// Statements that wait are undone by not being done: those outside of the SAVEPOINT travelled before it was made.
StoreResult<void> PostgresConnection::rollback_to(int depth) {
  std::erase_if(waiting_, [](const Waiting& one) { return !one.is_command; });
  return command("ROLLBACK TO s" + std::to_string(depth) + "; RELEASE s" + std::to_string(depth));
}

StoreResult<Compiled*> PostgresConnection::compiled(std::string_view sql, Params params) {
  if (Compiled* known = cache_.find(sql)) {
    if (has_signature(params, known->types)) return known;
    return fault(Fault::kProgramming, "the number and types of parameters of one SQL text may not vary: " + std::string(sql));
  }
  TRY_DO(check_statement(sql, params.size()));
  TRY_DO(travel());  // a failure to compile must not outrun the SAVEPOINT that will undo it
  if (cache_.full()) TRY_DO(command("DEALLOCATE " + cache_.evict().name));
  TRY(fresh, compile(std::string(sql), params));
  return &cache_.insert(sql, std::move(fresh));
}

StoreResult<Compiled> PostgresConnection::compile(const std::string& sql, Params params) {
  std::vector<Oid> types;
  for (const Value& value : params) types.push_back(oid_of(value.type()));
  Compiled fresh{"q" + std::to_string(++compiled_count_), signature(params)};
  const ResultPtr result(PQprepare(connection_.get(), fresh.name.c_str(), sql.c_str(), static_cast<int>(types.size()), types.data()));
  if (!is_ok(result.get())) return failed(result.get(), sql);
  return fresh;
}

StoreResult<void> PostgresConnection::send(const Compiled& compiled, const PackedParams& params, std::string_view sql) {
  const std::vector<const char*> values = params.values();
  const std::vector<int> formats(values.size(), kBinary);
  if (PQsendQueryPrepared(connection_.get(), compiled.name.c_str(), params.count(), values.data(), params.sizes(), formats.data(),
                          kBinary) != 1) {
    return failed(nullptr, sql);
  }
  return {};
}

/// One cell, by the type that the server says it has.
StoreResult<void> add_cell(const PGresult* result, int row, int column, Rows& rows, std::string_view sql) {
  if (PQgetisnull(result, row, column) == 1) {
    rows.add_null();
    return {};
  }
  const char* bytes = PQgetvalue(result, row, column);
  const std::string_view text(bytes, static_cast<size_t>(PQgetlength(result, row, column)));
  switch (PQftype(result, column)) {
    case kBool: rows.add_integer(bytes[0] == 0 ? 0 : 1); return {};
    case kInt2: rows.add_integer(static_cast<int16_t>(be16toh(from_network<uint16_t>(bytes)))); return {};
    case kInt4: rows.add_integer(static_cast<int32_t>(be32toh(from_network<uint32_t>(bytes)))); return {};
    case kInt8: rows.add_integer(static_cast<int64_t>(be64toh(from_network<uint64_t>(bytes)))); return {};
    case kText:
    case kName:
    case kVarchar: rows.add_bytes(Type::kText, text); return {};
    case kBytea: rows.add_bytes(Type::kBlob, text); return {};
    default:
      return fault(Fault::kProgramming,
                   "column " + std::to_string(column) + " is none of bigint, text, bytea (CAST it) in: " + std::string(sql));
  }
}

StoreResult<void> PostgresConnection::fetch(const PGresult* result, RowSink& sink, std::string_view sql) {
  const int width = PQnfields(result);
  if (sink.rows().empty()) sink.rows().start(static_cast<size_t>(width));
  for (int row = 0; row < PQntuples(result); ++row) {
    for (int column = 0; column < width; ++column) TRY_DO(add_cell(result, row, column, sink.rows(), sql));
    TRY_DO(sink.row_done());
  }
  return {};
}

/// Rows that nobody wants any more.
void PostgresConnection::drain() {
  if (PGcancel* cancel = PQgetCancel(connection_.get())) {
    char why[256];
    PQcancel(cancel, why, sizeof why);
    PQfreeCancel(cancel);
  }
  while (const ResultPtr rest{PQgetResult(connection_.get())}) {
  }
}

StoreResult<int64_t> PostgresConnection::receive(RowSink* sink, std::string_view sql) {
  int64_t changed = 0;
  std::optional<StoreError> error;
  while (const ResultPtr result{PQgetResult(connection_.get())}) {
    if (error) continue;
    if (!is_ok(result.get())) {
      error = failed(result.get(), sql).error();
      continue;
    }
    if (sink != nullptr) {
      if (auto fetched = fetch(result.get(), *sink, sql); !fetched) {
        error = fetched.error();
        if (sink->streams()) drain();
        continue;
      }
    } else if (PQnfields(result.get()) > 0) {
      error = StoreError{Fault::kProgramming, "returns rows: " + std::string(sql), {}};
    }
    const bool is_select = std::string_view(PQcmdStatus(result.get())).starts_with("SELECT");
    if (!is_select) changed += parse_whole(PQcmdTuples(result.get())).value_or(0);
  }
  if (!error && !usable()) return failed(nullptr, sql);
  if (error) return std::unexpected(*error);
  return changed;
}

/// After the first error nothing more was done, so that nothing more is looked at.
StoreResult<int64_t> PostgresConnection::receive_waiting(const std::vector<Waiting>& sent) {
  int64_t last = 0;
  for (const Waiting& one : sent) {
    std::optional<RowSink> sink;
    if (one.rows != nullptr) sink.emplace(*one.rows);
    TRY(changed, receive(sink ? &*sink : one.sink, one.sql));
    TRY_DO(check_changed(one.sql, changed, one.expected));
    last = changed;
  }
  return last;
}

void PostgresConnection::finish_pipeline() {
  while (PQstatus(connection_.get()) == CONNECTION_OK) {
    const ResultPtr result(PQgetResult(connection_.get()));
    if (result != nullptr && PQresultStatus(result.get()) == PGRES_PIPELINE_SYNC) break;
  }
  PQexitPipelineMode(connection_.get());
}

StoreResult<void> PostgresConnection::send_waiting() {
  PQenterPipelineMode(connection_.get());
  for (const Waiting& one : waiting_) {
    if (one.compiled != nullptr) {
      TRY_DO(send(*one.compiled, one.params, one.sql));
    } else if (PQsendQueryParams(connection_.get(), one.sql.c_str(), 0, nullptr, nullptr, nullptr, nullptr, kBinary) != 1) {
      return failed(nullptr, one.sql);
    }
  }
  if (PQpipelineSync(connection_.get()) != 1) return failed(nullptr, "send");
  return {};
}

/// A server beside us answers sooner than a thread that sleeps is woken: the writer, for whom everybody waits, stays awake
/// for that long.
void PostgresConnection::look_for_answer() {
  if (!stays_awake_) return;
  const auto end = std::chrono::steady_clock::now() + kAwakeMax;
  while (PQisBusy(connection_.get()) == 1 && PQconsumeInput(connection_.get()) == 1 && std::chrono::steady_clock::now() < end) {
  }
}

StoreResult<int64_t> PostgresConnection::travel() {
  if (waiting_.empty()) return 0;
  if (auto sent = send_waiting(); !sent) {
    stale_ = true;  // half a pipeline cannot be used any more
    return std::unexpected(std::move(sent.error()));
  }
  look_for_answer();
  auto last = receive_waiting(std::exchange(waiting_, {}));
  finish_pipeline();
  return last;
}

StoreResult<void> PostgresConnection::flush() {
  if (statement_waits()) TRY_DO(travel());
  return {};
}

StoreResult<void> PostgresConnection::run_later(std::string_view sql, Params params, std::shared_ptr<Rows> rows, int64_t expected) {
  TRY(known, compiled(sql, params));
  waiting_.push_back(
      {.sql = std::string(sql), .compiled = known, .params = PackedParams(params), .rows = std::move(rows), .expected = expected});
  if (waiting_.size() >= kWaitingMax) TRY_DO(travel());
  return {};
}

StoreResult<int64_t> PostgresConnection::run(std::string_view sql, Params params, RowSink* sink) {
  TRY(known, compiled(sql, params));
  const bool streams = sink != nullptr && sink->streams();
  if (!waiting_.empty() && !streams) {
    waiting_.push_back({.sql = std::string(sql), .compiled = known, .params = PackedParams(params), .sink = sink});
    return travel();
  }
  TRY_DO(travel());
  TRY_DO(send(*known, PackedParams(params), sql));
  if (streams) PQsetSingleRowMode(connection_.get());
  if (!streams) look_for_answer();
  return receive(sink, sql);
}

StoreResult<void> PostgresConnection::script(std::string_view sql) {
  TRY_DO(check_definition(sql));
  TRY_DO(flush());
  return command(std::string(sql));
}

/// Whether this is a database on which acts are durable and texts are ordered as on SQLite.
StoreResult<void> PostgresConnection::set_up(Access access) {
  PQsetNoticeProcessor(connection_.get(), [](void*, const char*) {}, nullptr);
  if (PQserverVersion(connection_.get()) < kVersionMin) return fault(Fault::kUnfit, "PostgreSQL before version 14");
  const auto milliseconds = [](std::chrono::milliseconds time) { return std::to_string(time.count()); };
  TRY_DO(command("SET standard_conforming_strings = on; SET lock_timeout = " + milliseconds(kBusyWait) + "; SET statement_timeout = " +
                 milliseconds(kStatementTimeMax) + "; SET idle_in_transaction_session_timeout = " + milliseconds(kStatementTimeMax) +
                 "; SELECT set_config('synchronous_commit', 'on', false)"
                 " WHERE current_setting('synchronous_commit') = 'off'"));
  // What acts write is found by keys, whatever their values: to plan it anew for each costs more than to do it.
  if (access == Access::kWrite) {
    TRY_DO(command("SET plan_cache_mode = force_generic_plan"));
    TRY_DO(compile_marks());
    stays_awake_ = is_local_socket(PQsocket(connection_.get())) && std::thread::hardware_concurrency() > 1;
  }
  Rows rows;
  RowSink sink(rows);
  TRY_DO(
      run("SELECT datcollate, pg_encoding_to_char(encoding), current_setting('fsync')"
          " FROM pg_database WHERE datname = current_database()",
          {}, &sink));
  const std::string_view collation = rows[0].text(0);
  const bool by_bytes = collation == "C" || collation == "POSIX" || collation == "C.UTF-8" || collation == "C.utf8";
  if (by_bytes && rows[0].text(1) == "UTF8" && rows[0].text(2) == "on") return {};
  return fault(Fault::kUnfit, "the PostgreSQL database needs the collation C, the encoding UTF8 and fsync on, but has " +
                                  std::string(collation) + ", " + std::string(rows[0].text(1)) + ", " + std::string(rows[0].text(2)) +
                                  "; make one with: createdb --template=template0 --encoding=UTF8 --locale=C NAME");
}

}  // namespace

StoreResult<std::unique_ptr<Connection>> connect_postgres(const std::string& url, Access access) {
  const std::string seconds = std::to_string(kConnectTimeMax.count());
  // What the URL says overrides what stands before it, and is overridden by what stands after it.
  const char* keywords[] = {
      "connect_timeout", "keepalives_idle", "tcp_user_timeout", "application_name", "dbname", "client_encoding", nullptr};
  const char* values[] = {seconds.c_str(), "30", "30000", "koshi", url.c_str(), "UTF8", nullptr};
  ConnectionPtr raw(PQconnectdbParams(keywords, values, 1));
  if (PQstatus(raw.get()) != CONNECTION_OK) {
    return std::unexpected(postgres_error(raw.get(), nullptr, "connect"));
  }
  auto connection = std::make_unique<PostgresConnection>(std::move(raw));
  TRY_DO(connection->set_up(access));
  return connection;
}

}  // namespace koshi::store
