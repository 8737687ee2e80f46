#include "engine.h"

#include <libpq-fe.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>

#include "ask/json.h"
#include "base/text.h"
#include "store/test_postgres.h"

namespace koshi::engine {

namespace {

using zan::sql::Dialect;

class Sqlite : public Engine {
 public:
  explicit Sqlite(sqlite3* handle) : handle_(handle) {}
  Sqlite(const Sqlite&) = delete;
  Sqlite& operator=(const Sqlite&) = delete;
  ~Sqlite() override { sqlite3_close(handle_); }
  Dialect dialect() const override { return Dialect::kSqlite; }
  std::string name() const override { return std::string("SQLite ") + sqlite3_libversion(); }

  Result<std::vector<Row>> run(const std::string& sql) override {
    std::vector<Row> rows;
    const char* rest = sql.c_str();
    while (*rest != '\0') {
      sqlite3_stmt* statement = nullptr;
      if (sqlite3_prepare_v2(handle_, rest, -1, &statement, &rest) != SQLITE_OK) return fail(sqlite3_errmsg(handle_));
      if (statement == nullptr) continue;
      rows.clear();
      int step = sqlite3_step(statement);
      for (; step == SQLITE_ROW; step = sqlite3_step(statement)) {
        Row& row = rows.emplace_back();
        for (int i = 0; i < sqlite3_column_count(statement); ++i) {
          const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, i));
          row.push_back(text == nullptr ? std::nullopt : std::optional<std::string>(text));
        }
      }
      sqlite3_finalize(statement);
      if (step != SQLITE_DONE) return fail(sqlite3_errmsg(handle_));
    }
    return rows;
  }

 private:
  sqlite3* handle_;
};

class Postgres : public Engine {
 public:
  explicit Postgres(PGconn* connection) : connection_(connection) {}
  Postgres(const Postgres&) = delete;
  Postgres& operator=(const Postgres&) = delete;
  ~Postgres() override { PQfinish(connection_); }
  Dialect dialect() const override { return Dialect::kPostgresql; }
  std::string name() const override { return "PostgreSQL " + std::to_string(PQserverVersion(connection_) / 10'000); }

  Result<std::vector<Row>> run(const std::string& sql) override {
    const std::unique_ptr<PGresult, decltype(&PQclear)> result(PQexec(connection_, sql.c_str()), &PQclear);
    const ExecStatusType status = PQresultStatus(result.get());
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) return fail(PQerrorMessage(connection_));
    std::vector<Row> rows(static_cast<size_t>(PQntuples(result.get())));
    for (size_t i = 0; i < rows.size(); ++i) {
      for (int j = 0; j < PQnfields(result.get()); ++j) {
        const bool null = PQgetisnull(result.get(), static_cast<int>(i), j) != 0;
        rows[i].push_back(null ? std::nullopt : std::optional<std::string>(PQgetvalue(result.get(), static_cast<int>(i), j)));
      }
    }
    return rows;
  }

 private:
  PGconn* connection_;
};

class Duckdb : public Engine {
 public:
  Duckdb(pid_t pid, FILE* to, FILE* from) : pid_(pid), to_(to), from_(from) {}
  Duckdb(const Duckdb&) = delete;
  Duckdb& operator=(const Duckdb&) = delete;
  ~Duckdb() override {
    (void)std::fclose(to_);  // the end of its input ends it
    ::waitpid(pid_, nullptr, 0);
    (void)std::fclose(from_);
    std::free(line_);
  }
  Dialect dialect() const override { return Dialect::kDuckdb; }
  std::string name() const override { return "DuckDB"; }

  Result<std::vector<Row>> run(const std::string& sql) override {
    const std::string line = json_string(sql) + "\n";
    if (std::fwrite(line.data(), 1, line.size(), to_) != line.size() || std::fflush(to_) != 0) return fail("DuckDB has gone");
    const ssize_t size = ::getline(&line_, &capacity_, from_);
    if (size <= 0) return fail("DuckDB has gone; was `npm ci` run in bench/peers?");
    const auto told = ask::read_json(std::string_view(line_, static_cast<size_t>(size)), {1u << 30, 8});
    if (!told) return fail("DuckDB answers what is no JSON: " + told.error().message);
    const ask::JsonNode& said = (*told)[told->nodes[0].first_child];  // {"rows": [[...]]} or {"error": "..."}
    if (said.key == "error") return fail(std::string(said.text));
    std::vector<Row> rows;
    for (int32_t row = said.first_child; row >= 0; row = (*told)[row].next_sibling) {
      Row& out = rows.emplace_back();
      for (int32_t at = (*told)[row].first_child; at >= 0; at = (*told)[at].next_sibling) {
        const ask::JsonNode& value = (*told)[at];
        out.push_back(value.kind == ask::JsonNode::Kind::kNull ? std::nullopt : std::optional<std::string>(value.text));
      }
    }
    return rows;
  }

 private:
  pid_t pid_;
  FILE* to_;
  FILE* from_;
  char* line_ = nullptr;
  size_t capacity_ = 0;
};

}  // namespace

Result<std::unique_ptr<Engine>> make_sqlite() {
  sqlite3* handle = nullptr;
  if (sqlite3_open(":memory:", &handle) != SQLITE_OK) return fail("SQLite does not open a database in memory");
  return std::make_unique<Sqlite>(handle);
}

Result<std::unique_ptr<Engine>> make_postgres() {
  TRY(address, store::TestPostgres::shared().make_database());
  PGconn* connection = PQconnectdb(address.c_str());
  if (PQstatus(connection) != CONNECTION_OK) return fail(PQerrorMessage(connection));
  return std::make_unique<Postgres>(connection);
}

Result<std::unique_ptr<Engine>> make_duckdb(int threads) {
  int in[2], out[2];
  if (::pipe2(in, O_CLOEXEC) != 0 || ::pipe2(out, O_CLOEXEC) != 0) return fail("no pipe for DuckDB");
  const std::string program = std::string(KOSHI_SOURCE_DIR) + "/bench/peers/duckdb.mjs", count = std::to_string(threads);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
  const char* arguments[] = {"node", program.c_str(), count.c_str(), nullptr};
  pid_t pid = 0;
  const int error = ::posix_spawnp(&pid, "node", &actions, nullptr, const_cast<char* const*>(arguments), environ);
  posix_spawn_file_actions_destroy(&actions);
  ::close(in[0]);
  ::close(out[1]);
  if (error != 0) return fail("cannot run node for DuckDB");
  ::signal(SIGPIPE, SIG_IGN);  // a process that has gone is told by its answer
  return std::make_unique<Duckdb>(pid, ::fdopen(in[1], "w"), ::fdopen(out[0], "r"));
}

}  // namespace koshi::engine
