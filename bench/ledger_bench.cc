/// Reservations per second on one hot account, durable, with the time that a caller waits for his own.
///
///   ledger_bench [SECONDS [FOLDER]]     each measurement lasts SECONDS (2), SQLite writes in FOLDER (the temporary one)
///
/// A reservation is one ledger::hold() in a transaction of its own: the account, a posting, a hold. Everybody wants the
/// same account. The last lines ask an account that is sold out: a refusal writes nothing. PostgreSQL is one of our own
/// with its durability on; without it only SQLite is measured. Rounds alternate over the numbers of callers, so that
/// other load on the machine meets all alike; the median round counts.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <thread>

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
constexpr int kCallers[] = {1, 8, 64, 256};
constexpr const char* kHot = "permits/2026/KZ-75/second";
constexpr const char* kSoldOut = "permits/2026/KZ-75/third";
const Why kWhy{.act = "1", .reason = "for the measurement", .recorded_at_ms = 1'767'225'600'000};

struct Round {
  double per_second = 0;
  int64_t p50_us = 0;
  int64_t p99_us = 0;
};

enum class Expected : uint8_t { kGranted, kRefused };

void reserve(store::Store& store, const char* account, const std::string& case_id, Expected expected) {
  const Claim claim{.account = account, .case_id = case_id, .amount = 1, .until = Date{20'500}};
  const auto id = store.write([&](store::Transaction& transaction) { return hold(transaction, claim, kWhy); });
  CHECK(id.has_value());
  CHECK(static_cast<bool>(*id) == (expected == Expected::kGranted));
}

Round measure(store::Store& store, const char* account, int callers, double seconds, Expected expected) {
  static std::atomic<int64_t> cases = 0;
  std::vector<std::vector<int64_t>> waits(static_cast<size_t>(callers));
  const auto begin = Clock::now();
  const auto end = begin + std::chrono::duration<double>(seconds);
  {
    std::vector<std::jthread> threads;
    for (auto& mine : waits) {
      threads.emplace_back([&] {
        for (auto before = Clock::now(); before < end;) {
          reserve(store, account, "case-" + std::to_string(++cases), expected);
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
  return {static_cast<double>(all.size()) / elapsed, all[all.size() / 2], all[all.size() * 99 / 100]};
}

void print(const char* what, int callers, std::vector<Round> rounds) {
  std::ranges::sort(rounds, {}, &Round::per_second);
  const Round& median = rounds[rounds.size() / 2];
  std::printf("  %-12s %4d callers %9.0f/s   p50 %7.2f ms   p99 %7.2f ms   (rounds %.0f to %.0f/s)\n", what, callers, median.per_second,
              static_cast<double>(median.p50_us) / 1000, static_cast<double>(median.p99_us) / 1000, rounds.front().per_second,
              rounds.back().per_second);
}

void run(const char* title, const std::string& address, double seconds) {
  const auto store = store::open_store(address);
  CHECK(store.has_value());
  const store::Migration steps[] = {{1, "ledger", kSchema}};
  CHECK(store::migrate(**store, steps).has_value());
  const auto prepared = (*store)->write([](store::Transaction& transaction) -> store::StoreResult<void> {
    TRY_DO(allot(transaction, kHot, kAmountMax, kWhy));
    TRY_DO(allot(transaction, kSoldOut, 1, kWhy));
    TRY(seat, hold(transaction, {kSoldOut, "the only one", 1, {}}, kWhy));
    CHECK(seat);
    return {};
  });
  CHECK(prepared.has_value());
  std::vector<std::vector<Round>> granted(std::size(kCallers));
  std::vector<Round> refused;
  for (int round = 0; round < kRounds; ++round) {
    for (size_t i = 0; i < std::size(kCallers); ++i) granted[i].push_back(measure(**store, kHot, kCallers[i], seconds, Expected::kGranted));
    refused.push_back(measure(**store, kSoldOut, 64, seconds, Expected::kRefused));
  }
  std::printf("\n%s, one hot account (median of %d rounds of %.1f s)\n", title, kRounds, seconds);
  for (size_t i = 0; i < std::size(kCallers); ++i) print("reservations", kCallers[i], std::move(granted[i]));
  print("refusals", 64, std::move(refused));
  const auto differences = (*store)->read([](store::Reader& reader) { return check(reader); });
  CHECK(differences.has_value() && differences->empty());
  std::printf("  the ledger was checked from its postings afterwards: no difference\n");
}

void run_sqlite(double seconds, const std::filesystem::path& folder) {
  std::string name = (folder / "koshi_ledger_bench_XXXXXX").string();
  CHECK(::mkdtemp(name.data()) != nullptr);
  run("SQLite, WAL, synchronous FULL", name + "/bench.db", seconds);
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
}

}  // namespace
}  // namespace koshi::ledger

int main(int argc, char** argv) {
  const double seconds = argc > 1 ? std::atof(argv[1]) : 2;
  koshi::ledger::run_sqlite(seconds, argc > 2 ? argv[2] : std::filesystem::temp_directory_path().string());
  koshi::ledger::run_postgres(seconds);
}
