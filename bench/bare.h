#pragma once

#include <libpq-fe.h>
#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/check.h"
#include "store/store.h"

/// The baseline of what is durable: the statements that our own code issued, with all their values, recorded in one run and replayed by
/// the bare C interfaces on a new database. Each act is a transaction, or a SAVEPOINT in one transaction for many; durability is on. The
/// baseline decides, signs, hashes and checks nothing, and one connection does it all: nobody waits for a lock or another thread. On
/// PostgreSQL each statement is a round trip, as it is for a program that takes no trouble.
namespace koshi {

using store::StoreResult;

struct Statement {
  std::string sql;
  struct Parameter {
    store::Type type;
    bool null;
    int64_t number;
    std::string bytes;
  };
  std::vector<Parameter> parameters;
};
using ActStatements = std::vector<Statement>;

class Recorder {
 public:
  void add(std::string_view sql, const store::Params& params) {
    Statement statement{std::string(sql), {}};
    for (const store::Value& value : params) {
      statement.parameters.push_back(
          {value.type(), value.is_null(), value.integer(), value.type() == store::Type::kInteger ? "" : std::string(value.bytes())});
    }
    act_.push_back(std::move(statement));
  }
  void end_act() { acts_.push_back(std::exchange(act_, {})); }
  const std::vector<ActStatements>& acts() const { return acts_; }

 private:
  ActStatements act_;
  std::vector<ActStatements> acts_;
};

class RecordedTransaction final : public store::Transaction {
 public:
  RecordedTransaction(store::Transaction& inner, Recorder& recorder) : inner_(inner), recorder_(recorder) {}
  StoreResult<int64_t> run(std::string_view sql, store::Params params, store::RowSink* sink) override {
    recorder_.add(sql, params);
    return inner_.run(sql, params, sink);
  }
  StoreResult<void> script(std::string_view sql) override { return inner_.script(sql); }
  StoreResult<void> begin_nested() override { return inner_.begin_nested(); }
  StoreResult<void> end_nested(bool keep) override { return inner_.end_nested(keep); }

 private:
  store::Transaction& inner_;
  Recorder& recorder_;
};

class RecordedReader final : public store::Reader {
 public:
  RecordedReader(store::Reader& inner, Recorder& recorder) : inner_(inner), recorder_(recorder) {}
  StoreResult<int64_t> run(std::string_view sql, store::Params params, store::RowSink* sink) override {
    recorder_.add(sql, params);
    return inner_.run(sql, params, sink);
  }

 private:
  store::Reader& inner_;
  Recorder& recorder_;
};

/// One caller only. `alone`: as if nobody else ever wrote, which whoever acts may make use of; else as if others always did.
class RecordingStore final : public store::Store {
 public:
  RecordingStore(store::Store& inner, Recorder& recorder, bool alone) : inner_(inner), recorder_(recorder), alone_(alone) {}
  bool idle() const override { return alone_; }
  store::Engine engine() const override { return inner_.engine(); }
  StoreResult<void> run_write(const store::WriteWork& work) override {
    return inner_.run_write([&](store::Transaction& transaction) {
      RecordedTransaction recorded(transaction, recorder_);
      return work(recorded);
    });
  }
  StoreResult<void> run_read(const store::ReadWork& work) override {
    return inner_.run_read([&](store::Reader& reader) {
      RecordedReader recorded(reader, recorder_);
      return work(recorded);
    });
  }

 private:
  store::Store& inner_;
  Recorder& recorder_;
  bool alone_;
};

class BareSqlite {
 public:
  explicit BareSqlite(const std::string& path) {
    CHECK(sqlite3_open_v2(path.c_str(), &db_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr) == SQLITE_OK);
    for (const char* sql : {"PRAGMA synchronous = FULL", "PRAGMA foreign_keys = ON", "PRAGMA cache_size = -16000"}) command(sql);
  }
  BareSqlite(const BareSqlite&) = delete;
  BareSqlite& operator=(const BareSqlite&) = delete;
  ~BareSqlite() {
    for (auto& [sql, statement] : statements_) sqlite3_finalize(statement);
    sqlite3_close(db_);
  }
  void command(const char* sql) { CHECK(sqlite3_exec(db_, sql, nullptr, nullptr, nullptr) == SQLITE_OK); }
  void run(const Statement& statement) {
    sqlite3_stmt*& prepared = statements_[statement.sql];
    if (prepared == nullptr) {
      CHECK(sqlite3_prepare_v3(db_, statement.sql.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &prepared, nullptr) == SQLITE_OK);
    }
    int place = 0;
    for (const Statement::Parameter& one : statement.parameters) {
      ++place;
      const auto size = static_cast<int>(one.bytes.size());
      if (one.null) {
        sqlite3_bind_null(prepared, place);
      } else if (one.type == store::Type::kInteger) {
        sqlite3_bind_int64(prepared, place, one.number);
      } else if (one.type == store::Type::kText) {
        sqlite3_bind_text(prepared, place, one.bytes.data(), size, SQLITE_STATIC);
      } else {
        sqlite3_bind_blob(prepared, place, one.bytes.data(), size, SQLITE_STATIC);
      }
    }
    int code = SQLITE_ROW;
    while (code == SQLITE_ROW) code = sqlite3_step(prepared);
    CHECK(code == SQLITE_DONE);
    sqlite3_reset(prepared);
  }

 private:
  sqlite3* db_ = nullptr;
  std::map<std::string, sqlite3_stmt*> statements_;
};

class BarePostgres {
 public:
  explicit BarePostgres(const std::string& url) : connection_(PQconnectdb(url.c_str())) { CHECK(PQstatus(connection_) == CONNECTION_OK); }
  BarePostgres(const BarePostgres&) = delete;
  BarePostgres& operator=(const BarePostgres&) = delete;
  ~BarePostgres() { PQfinish(connection_); }
  void command(const char* sql) { check(PQexec(connection_, std::string_view(sql) == "BEGIN IMMEDIATE" ? "BEGIN" : sql)); }
  void run(const Statement& statement) {
    const auto found = names_.find(statement.sql);
    const std::string name = found != names_.end() ? found->second : prepare(statement);
    std::vector<std::string> numbers(statement.parameters.size());
    std::vector<const char*> values;
    std::vector<int> lengths, formats;
    for (size_t i = 0; i < statement.parameters.size(); ++i) {
      const Statement::Parameter& one = statement.parameters[i];
      if (one.type == store::Type::kInteger) numbers[i] = std::to_string(one.number);
      const std::string& text = one.type == store::Type::kInteger ? numbers[i] : one.bytes;
      values.push_back(one.null ? nullptr : text.c_str());
      lengths.push_back(static_cast<int>(text.size()));
      formats.push_back(one.type == store::Type::kBlob ? 1 : 0);
    }
    check(PQexecPrepared(connection_, name.c_str(), static_cast<int>(values.size()), values.data(), lengths.data(), formats.data(), 1));
  }

 private:
  std::string prepare(const Statement& statement) {
    constexpr Oid kOids[] = {20, 25, 17};  // bigint, text, bytea
    std::vector<Oid> types;
    for (const Statement::Parameter& one : statement.parameters) types.push_back(kOids[static_cast<size_t>(one.type)]);
    const std::string name = "s" + std::to_string(names_.size());
    check(PQprepare(connection_, name.c_str(), statement.sql.c_str(), static_cast<int>(types.size()), types.data()));
    return names_[statement.sql] = name;
  }
  static void check(PGresult* result) {
    CHECK(PQresultStatus(result) == PGRES_COMMAND_OK || PQresultStatus(result) == PGRES_TUPLES_OK);
    PQclear(result);
  }

  PGconn* connection_;
  std::map<std::string, std::string> names_;
};

template <typename Bare>
double bare_rate(Bare& bare, const std::vector<ActStatements>& acts, size_t group) {
  using Clock = std::chrono::steady_clock;
  const auto begin = Clock::now();
  for (size_t first = 0; first < acts.size(); first += group) {
    bare.command("BEGIN IMMEDIATE");
    for (size_t i = first; i < std::min(first + group, acts.size()); ++i) {
      if (group > 1) bare.command("SAVEPOINT s");
      for (const Statement& statement : acts[i]) bare.run(statement);
      if (group > 1) bare.command("RELEASE s");
    }
    bare.command("COMMIT");
  }
  return static_cast<double>(acts.size()) / std::chrono::duration<double>(Clock::now() - begin).count();
}

}  // namespace koshi
