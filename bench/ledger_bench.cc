/// Reservations per second on one hot account, durable, with the time that a caller waits for his own.
///
///   ledger_bench [SECONDS [FOLDER [ENGINE]]]     each measurement lasts SECONDS (2), SQLite writes in FOLDER (the temporary one); on
///                                                "sqlite" or "postgres" only
///
/// A reservation is one ledger::hold() in a transaction of its own: the account, a posting, a hold. Everybody wants the
/// same account. Refusals ask an account that is sold out, which writes nothing. "plain" is an act of three plain
/// statements on tables with one index each (that of store_bench) by the same store: what is lost to it is the ledger's.
/// CPU is that of this process and, on PostgreSQL, of the server's process that writes: it says what a quieter machine
/// would give. PostgreSQL is one of our own with its durability on; without it only SQLite is measured. Rounds alternate,
/// so that other load on the machine meets all alike; the median round counts.
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <thread>

#include "bare.h"
#include "base/check.h"
#include "office/ledger/check.h"
#include "office/ledger/ledger.h"
#include "office/ledger/schema.h"
#include "store/migrate.h"
#include "store/test_postgres.h"

namespace koshi::ledger {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kRounds = 5;
constexpr int kManyCallers = 64;
constexpr int kCallers[] = {1, 8, kManyCallers, 256};
constexpr const char* kHot = "permits/2026/KZ-75/second";
constexpr const char* kSoldOut = "permits/2026/KZ-75/third";
const Why kWhy{.act = "1", .reason = "for the measurement", .recorded_at_ms = 1'767'225'600'000};

constexpr const char* kBaselineSchema =
    "CREATE TABLE plain_account (id bigint PRIMARY KEY, held bigint NOT NULL);"
    "CREATE TABLE plain_posting (id bigint PRIMARY KEY, account bigint NOT NULL, client bigint NOT NULL);"
    "CREATE TABLE plain_hold (id bigint PRIMARY KEY, body text NOT NULL);"
    "INSERT INTO plain_account (id, held) VALUES (1, 0);";
const std::string kBody(200, 'b');

struct Round {
  double per_second = 0;
  double cpu_us = 0;  ///< for each act
  int64_t p50_us = 0;
  int64_t p99_us = 0;
};

enum class Expected : uint8_t { kGranted, kRefused };

void reserve(store::Store& store, const char* account, int64_t number, Expected expected) {
  const Claim claim{.account = account, .case_id = "case-" + std::to_string(number), .amount = 1, .until = Date{20'500}};
  const auto id = store.write([&](store::Transaction& transaction) { return hold(transaction, claim, kWhy); });
  CHECK(id.has_value());
  CHECK(static_cast<bool>(*id) == (expected == Expected::kGranted));
}

void act_plainly(store::Store& store, int64_t number) {
  const auto done = store.write([&](store::Transaction& transaction) -> store::StoreResult<void> {
    TRY_DO(transaction.execute_later("UPDATE plain_account SET held = held + 1 WHERE id = $1", {1}, 1));
    TRY_DO(transaction.execute_later("INSERT INTO plain_posting (id, account, client) VALUES ($1, $2, $3)", {number, 1, 7}, 1));
    return transaction.execute_later("INSERT INTO plain_hold (id, body) VALUES ($1, $2)", {number, kBody}, 1);
  });
  CHECK(done.has_value());
}

/// Of this process, and of the one that writes at the server.
double cpu_us(store::Store& store) {
  rusage usage{};
  CHECK(::getrusage(RUSAGE_SELF, &usage) == 0);
  const auto us = [](const timeval& time) { return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_usec); };
  double all = us(usage.ru_utime) + us(usage.ru_stime);
  if (store.engine() != store::Engine::kPostgres) return all;
  const auto pid = store.write([](store::Transaction& transaction) -> store::StoreResult<int64_t> {
    TRY(rows, transaction.query("SELECT CAST(pg_backend_pid() AS bigint)"));
    return rows[0].integer(0);
  });
  CHECK(pid.has_value());
  double nanoseconds = 0;
  std::ifstream("/proc/" + std::to_string(*pid) + "/schedstat") >> nanoseconds;
  return all + nanoseconds / 1000;
}

Round measure(store::Store& store, int callers, double seconds, const std::function<void(int64_t)>& act) {
  static std::atomic<int64_t> number = 0;
  std::vector<std::vector<int64_t>> waits(static_cast<size_t>(callers));
  const double cpu_before = cpu_us(store);
  const auto begin = Clock::now();
  const auto end = begin + std::chrono::duration<double>(seconds);
  {
    std::vector<std::jthread> threads;
    for (auto& mine : waits) {
      threads.emplace_back([&] {
        for (auto before = Clock::now(); before < end;) {
          act(++number);
          const auto after = Clock::now();
          mine.push_back(std::chrono::duration_cast<std::chrono::microseconds>(after - before).count());
          before = after;
        }
      });
    }
  }
  const double elapsed = std::chrono::duration<double>(Clock::now() - begin).count();
  std::vector<int64_t> all;
  for (const auto& mine : waits) all.insert(all.end(), mine.begin(), mine.end());
  std::ranges::sort(all);
  const auto count = static_cast<double>(all.size());
  return {count / elapsed, (cpu_us(store) - cpu_before) / count, all[all.size() / 2], all[all.size() * 99 / 100]};
}

struct Contest {
  const char* name;
  int callers;
  std::function<void(int64_t)> act;
  std::vector<Round> rounds{};
};

void print(Contest& contest) {
  std::ranges::sort(contest.rounds, {}, &Round::per_second);
  const Round& median = contest.rounds[contest.rounds.size() / 2];
  std::printf("  %-12s %4d callers %9.0f/s   p50 %7.2f ms   p99 %7.2f ms   CPU %4.0f us   (rounds %.0f to %.0f/s)\n", contest.name,
              contest.callers, median.per_second, static_cast<double>(median.p50_us) / 1000, static_cast<double>(median.p99_us) / 1000,
              median.cpu_us, contest.rounds.front().per_second, contest.rounds.back().per_second);
}

std::unique_ptr<store::Store> open(const std::string& address) {
  auto store = store::open_store(address);
  CHECK(store.has_value());
  const store::Migration steps[] = {{1, "ledger", kSchema}, {2, "baseline", kBaselineSchema}};
  CHECK(store::migrate(**store, steps).has_value());
  const auto prepared = (*store)->write([](store::Transaction& transaction) -> store::StoreResult<void> {
    TRY_DO(allot(transaction, kHot, kAmountMax, kWhy));
    TRY_DO(allot(transaction, kSoldOut, 1, kWhy));
    TRY(seat, hold(transaction, {kSoldOut, "the only one", 1, {}}, kWhy));
    CHECK(seat);
    return {};
  });
  CHECK(prepared.has_value());
  return std::move(*store);
}

/// The statements of so many reservations.
std::vector<ActStatements> recorded(const std::string& address, int64_t count) {
  Recorder recorder;
  const auto store = open(address);
  RecordingStore recording(*store, recorder, true);
  for (int64_t number = 0; number < count; ++number) {
    reserve(recording, kHot, number, Expected::kGranted);
    recorder.end_act();
  }
  return recorder.acts();
}

/// A new database each time; the rounds of the others stand beside it in one run.
template <typename Bare, typename NewAddress>
void show_bare(const NewAddress& new_address) {
  for (const auto& [group, count] : {std::pair<size_t, int64_t>{1, 2000}, {kManyCallers, 20'000}}) {
    const std::vector<ActStatements> acts = recorded(new_address(), count);
    const std::string address = new_address();
    (void)open(address);
    Bare connection(address);
    std::printf("  bare, one connection, commits of %2zu %9.0f/s\n", group, bare_rate(connection, acts, group));
  }
}

void run(const char* title, const std::string& address, double seconds) {
  const auto store = open(address);
  std::vector<Contest> contests;
  for (const int callers : kCallers) {
    contests.push_back({"reservations", callers, [&](int64_t number) { reserve(*store, kHot, number, Expected::kGranted); }});
  }
  contests.push_back({"refusals", kManyCallers, [&](int64_t number) { reserve(*store, kSoldOut, number, Expected::kRefused); }});
  contests.push_back({"plain", kManyCallers, [&](int64_t number) { act_plainly(*store, number); }});
  for (int round = 0; round < kRounds; ++round) {
    for (Contest& contest : contests) contest.rounds.push_back(measure(*store, contest.callers, seconds, contest.act));
  }
  std::printf("\n%s, one hot account (median of %d rounds of %.1f s)\n", title, kRounds, seconds);
  for (Contest& contest : contests) print(contest);
  const auto differences = store->read([](store::Reader& reader) { return check(reader); });
  CHECK(differences.has_value() && differences->empty());
  std::printf("  the ledger was checked from its postings afterwards: no difference\n");
}

void run_sqlite(double seconds, const std::filesystem::path& folder) {
  std::string name = (folder / "koshi_ledger_bench_XXXXXX").string();
  CHECK(::mkdtemp(name.data()) != nullptr);
  run("SQLite, WAL, synchronous FULL", name + "/bench.db", seconds);
  int count = 0;
  show_bare<BareSqlite>([&] { return name + "/bare" + std::to_string(++count) + ".db"; });
  std::filesystem::remove_all(name);
}

void run_postgres(double seconds) {
  const auto server = store::TestPostgres::create();
  if (!server) {
    std::printf("\nPostgreSQL was not measured: %s\n", server.error().message.c_str());
    return;
  }
  const auto address = (*server)->make_database();
  CHECK(address.has_value());
  run("PostgreSQL, synchronous_commit on, UNIX socket", *address, seconds);
  show_bare<BarePostgres>([&] { return (*server)->make_database().value(); });
}

}  // namespace
}  // namespace koshi::ledger

int main(int argc, char** argv) {
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  const double seconds = argc > 1 ? std::atof(argv[1]) : 2;
  const std::string_view engine = argc > 3 ? argv[3] : "";
  if (engine != "postgres") koshi::ledger::run_sqlite(seconds, argc > 2 ? argv[2] : std::filesystem::temp_directory_path().string());
  if (engine != "sqlite") koshi::ledger::run_postgres(seconds);
}
