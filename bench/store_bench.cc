/// Durable acts per second of the store against the same statements issued by the bare C interfaces, in one run.
///
///   store_bench [SECONDS [FOLDER]]     each measurement lasts SECONDS (0.5), SQLite writes in FOLDER (the temporary
///   one)
///
/// An act is three statements: a seat on one hot account, a posting, an event of 200 bytes. Bare "single" commits each
/// act by itself, as a program does that takes no trouble; bare "grouped" is the bound: one thread, no queue, no
/// answers, a SAVEPOINT for each act and one commit for as many acts as the store has callers. PostgreSQL is one of our
/// own with its durability on. Rounds alternate, so that other load on the machine meets all alike; the median of them
/// counts.
#include <libpq-fe.h>
#include <sqlite3.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <map>
#include <thread>

#include "base/check.h"
#include "store/store.h"
#include "store/test_postgres.h"

namespace koshi::store {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kRounds = 11;
constexpr int kManyCallers = 64;
constexpr int kFewCallers = 8;

constexpr const char* kSchema =
    "CREATE TABLE account (id bigint PRIMARY KEY, held bigint NOT NULL, CONSTRAINT account_not_oversold CHECK (held < "
    "1000000000));"
    "CREATE TABLE posting (id bigint PRIMARY KEY, account bigint NOT NULL, client bigint NOT NULL);"
    "CREATE TABLE event (id bigint PRIMARY KEY, body bytea NOT NULL);"
    "INSERT INTO account (id, held) VALUES (1, 0);";
constexpr const char* kStatements[] = {"UPDATE account SET held = held + 1 WHERE id = $1",
                                       "INSERT INTO posting (id, account, client) VALUES ($1, $2, $3)",
                                       "INSERT INTO event (id, body) VALUES ($1, $2)"};
const std::string kBody(200, 'e');

std::atomic<int64_t> next_id = 1;

/// Acts by `callers` threads until the time is over; per second. `act` gets its thread's number and returns how many.
double measure(double seconds, int callers, const std::function<int64_t(int)>& act) {
  std::atomic<int64_t> done = 0;
  const auto begin = Clock::now();
  const auto end = begin + std::chrono::duration<double>(seconds);
  {
    std::vector<std::jthread> threads;
    for (int caller = 0; caller < callers; ++caller) {
      threads.emplace_back([&, caller] {
        while (Clock::now() < end) done += act(caller);
      });
    }
  }
  return static_cast<double>(done) / std::chrono::duration<double>(Clock::now() - begin).count();
}

int64_t act_by_store(Store& store) {
  const int64_t id = next_id++;
  const auto result = store.write([&](Transaction& transaction) -> StoreResult<int> {
    TRY_DO(transaction.execute(kStatements[0], {1}));
    TRY_DO(transaction.execute(kStatements[1], {id, 1, 7}));
    TRY_DO(transaction.execute(kStatements[2], {id, Blob{kBody}}));
    return 0;
  });
  CHECK(result.has_value());
  return 1;
}

class BareSqlite {
 public:
  explicit BareSqlite(const std::string& path) {
    CHECK(sqlite3_open_v2(path.c_str(), &db_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr) == SQLITE_OK);
    for (const char* sql : {"PRAGMA synchronous = FULL", "PRAGMA foreign_keys = ON", "PRAGMA cache_size = -16000"}) {
      CHECK(sqlite3_exec(db_, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
    }
    for (int i = 0; i < 3; ++i) statements_[i] = prepare(kStatements[i]);
    for (int i = 0; i < 4; ++i) commands_[i] = prepare(kCommands[i]);
  }
  BareSqlite(const BareSqlite&) = delete;
  BareSqlite& operator=(const BareSqlite&) = delete;
  ~BareSqlite() {
    for (sqlite3_stmt* statement : statements_) sqlite3_finalize(statement);
    for (sqlite3_stmt* command : commands_) sqlite3_finalize(command);
    sqlite3_close(db_);
  }

  int64_t acts(int count) {
    run(commands_[0]);
    for (int i = 0; i < count; ++i) {
      if (count > 1) run(commands_[1]);
      act();
      if (count > 1) run(commands_[2]);
    }
    run(commands_[3]);
    return count;
  }

 private:
  static constexpr const char* kCommands[] = {"BEGIN IMMEDIATE", "SAVEPOINT s", "RELEASE s", "COMMIT"};

  sqlite3_stmt* prepare(const char* sql) {
    sqlite3_stmt* statement = nullptr;
    CHECK(sqlite3_prepare_v3(db_, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr) == SQLITE_OK);
    return statement;
  }
  static void run(sqlite3_stmt* statement) {
    CHECK(sqlite3_step(statement) == SQLITE_DONE);
    sqlite3_reset(statement);
  }
  void act() {
    const int64_t id = next_id++;
    sqlite3_bind_int64(statements_[0], 1, 1);
    run(statements_[0]);
    sqlite3_bind_int64(statements_[1], 1, id);
    sqlite3_bind_int64(statements_[1], 2, 1);
    sqlite3_bind_int64(statements_[1], 3, 7);
    run(statements_[1]);
    sqlite3_bind_int64(statements_[2], 1, id);
    sqlite3_bind_blob(statements_[2], 2, kBody.data(), static_cast<int>(kBody.size()), SQLITE_STATIC);
    run(statements_[2]);
  }

  sqlite3* db_ = nullptr;
  sqlite3_stmt* statements_[3];
  sqlite3_stmt* commands_[4];
};

class BarePostgres {
 public:
  explicit BarePostgres(const std::string& url) : connection_(PQconnectdb(url.c_str())) {
    CHECK(PQstatus(connection_) == CONNECTION_OK);
    constexpr Oid kInt8 = 20;
    constexpr Oid kBytea = 17;
    constexpr Oid kTypes[][3] = {{kInt8, 0, 0}, {kInt8, kInt8, kInt8}, {kInt8, kBytea, 0}};
    constexpr int kCounts[] = {1, 3, 2};
    for (int i = 0; i < 3; ++i) check(PQprepare(connection_, std::to_string(i).c_str(), kStatements[i], kCounts[i], kTypes[i]));
  }
  BarePostgres(const BarePostgres&) = delete;
  BarePostgres& operator=(const BarePostgres&) = delete;
  ~BarePostgres() { PQfinish(connection_); }

  int64_t acts(int count) {
    check(PQexec(connection_, "BEGIN"));
    for (int i = 0; i < count; ++i) {
      if (count > 1) check(PQexec(connection_, "SAVEPOINT s"));
      act();
      if (count > 1) check(PQexec(connection_, "RELEASE s"));
    }
    check(PQexec(connection_, "COMMIT"));
    return count;
  }

 private:
  static void check(PGresult* result) {
    CHECK(PQresultStatus(result) == PGRES_COMMAND_OK);
    PQclear(result);
  }
  void act() {
    const auto big = [](int64_t value) { return static_cast<int64_t>(__builtin_bswap64(static_cast<uint64_t>(value))); };
    const int64_t numbers[] = {big(next_id++), big(1), big(7)};
    const auto* id = reinterpret_cast<const char*>(&numbers[0]);
    const auto* one = reinterpret_cast<const char*>(&numbers[1]);
    const auto* client = reinterpret_cast<const char*>(&numbers[2]);
    const char* values[][3] = {{one, nullptr, nullptr}, {id, one, client}, {id, kBody.data(), nullptr}};
    const int sizes[][3] = {{8, 0, 0}, {8, 8, 8}, {8, static_cast<int>(kBody.size()), 0}};
    constexpr int kBinary[] = {1, 1, 1};
    constexpr int kCounts[] = {1, 3, 2};
    for (int i = 0; i < 3; ++i) {
      check(PQexecPrepared(connection_, std::to_string(i).c_str(), kCounts[i], values[i], sizes[i], kBinary, 1));
    }
  }

  PGconn* connection_;
};

struct Contest {
  const char* name;
  std::function<double()> run;
  std::vector<double> rates{};
};

double median(std::vector<double> rates) {
  std::ranges::sort(rates);
  return rates[rates.size() / 2];
}

/// All contests in turn, several rounds; then the table.
void hold(const char* title, std::vector<Contest> contests, bool bare_in_parallel) {
  for (int round = 0; round < kRounds; ++round) {
    for (Contest& contest : contests) contest.rates.push_back(contest.run());
  }
  std::printf("\n%s, durable acts/s (median of %d rounds)\n", title, kRounds);
  std::map<std::string, double> rates;
  for (const Contest& contest : contests) {
    rates[contest.name] = median(contest.rates);
    std::printf("  %-36s %9.0f\n", contest.name, rates[contest.name]);
  }
  for (const int callers : {1, kFewCallers, kManyCallers}) {
    const std::string ours = "store, " + std::to_string(callers) + " callers";
    const std::string single = "bare single, " + std::to_string(bare_in_parallel ? callers : 1) + " callers";
    for (const std::string& bare : {single, "bare grouped by " + std::to_string(callers)}) {
      if (rates.contains(bare)) std::printf("  %-20s / %-26s %6.2f\n", ours.c_str(), bare.c_str(), rates[ours] / rates[bare]);
    }
  }
}

std::unique_ptr<Store> open(const std::string& address) {
  auto store = open_store(address);
  CHECK(store.has_value());
  CHECK((*store)->write([](Transaction& transaction) { return transaction.script(kSchema); }).has_value());
  return std::move(*store);
}

template <typename Bare>
std::vector<Contest> contests(Store& store, const std::string& address, double seconds, bool bare_in_parallel) {
  const auto by_store = [&store, seconds](int callers) {
    return [=, &store] { return measure(seconds, callers, [&](int) { return act_by_store(store); }); };
  };
  const auto by_bare = [address, seconds](int callers, int group) {
    return [=] {
      std::vector<std::unique_ptr<Bare>> connections;
      for (int i = 0; i < callers; ++i) connections.push_back(std::make_unique<Bare>(address));
      return measure(seconds, callers, [&](int caller) { return connections[static_cast<size_t>(caller)]->acts(group); });
    };
  };
  std::vector<Contest> all{{"bare single, 1 callers", by_bare(1, 1)},        {"store, 1 callers", by_store(1)},
                           {"bare grouped by 8", by_bare(1, kFewCallers)},   {"store, 8 callers", by_store(kFewCallers)},
                           {"bare grouped by 64", by_bare(1, kManyCallers)}, {"store, 64 callers", by_store(kManyCallers)}};
  if (!bare_in_parallel) return all;
  all.push_back({"bare single, 8 callers", by_bare(kFewCallers, 1)});
  all.push_back({"bare single, 64 callers", by_bare(kManyCallers, 1)});
  return all;
}

void run(double seconds, const std::filesystem::path& folder) {
  std::string name = (folder / "koshi_store_bench_XXXXXX").string();
  CHECK(::mkdtemp(name.data()) != nullptr);
  {
    const std::string address = name + "/bench.db";
    const auto store = open(address);
    hold("SQLite, WAL, synchronous FULL", contests<BareSqlite>(*store, address, seconds, false), false);
  }
  std::filesystem::remove_all(name);
  const auto address = TestPostgres::shared().make_database();
  CHECK(address.has_value());
  const auto store = open(*address);
  hold("PostgreSQL, synchronous_commit on, UNIX socket", contests<BarePostgres>(*store, *address, seconds, true), true);
}

}  // namespace
}  // namespace koshi::store

int main(int argc, char** argv) {
  const double seconds = argc > 1 ? std::atof(argv[1]) : 0.5;
  koshi::store::run(seconds, argc > 2 ? argv[2] : std::filesystem::temp_directory_path().string());
}
