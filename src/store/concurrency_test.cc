/// Many threads and several servers at one database: nothing oversold, nothing lost, nothing waits for ever.
#include <atomic>
#include <latch>
#include <set>
#include <thread>

#include "store/test_store.h"

namespace koshi::store {
namespace {

constexpr int kThreads = 8;
constexpr int64_t kLimit = 100;

constexpr std::string_view kSchema =
    "CREATE TABLE account (\n"
    "  id bigint PRIMARY KEY, held bigint NOT NULL, seat_limit bigint NOT NULL,\n"
    "  CONSTRAINT account_not_oversold CHECK (held <= seat_limit)\n"
    ");\n"
    "CREATE TABLE posting (\n"
    "  number bigint PRIMARY KEY, account bigint NOT NULL REFERENCES account (id), client bigint NOT NULL\n"
    ");\n"
    "INSERT INTO account (id, held, seat_limit) VALUES (1, 0, 100);\n";

class Concurrency : public BothEngines {
 protected:
  void start(const StoreOptions& options = {}) {
    open(options);
    ASSERT_TRUE(succeeded(script(kSchema)));
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, Concurrency, both_engines(), engine_name);

/// The posting first, so that an oversold account has something to undo. The number tells the order of commits.
StoreResult<int64_t> reserve(Store& store, int64_t client) {
  return store.write([&](Transaction& transaction) -> StoreResult<int64_t> {
    TRY(last, transaction.query("SELECT coalesce(max(number), 0) FROM posting"));
    const int64_t number = last[0].integer(0) + 1;
    TRY_DO(transaction.execute("INSERT INTO posting (number, account, client) VALUES ($1, 1, $2)", {number, client}));
    TRY_DO(transaction.execute("UPDATE account SET held = held + 1 WHERE id = $1", {1}));
    return number;
  });
}

TEST_P(Concurrency, AHotAccountIsNeverOversold) {
  start();
  // Two servers of four threads each; with the reads in between, each sees that the postings are as many as the seats.
  const auto other = must(open_store(address_));
  std::atomic<int64_t> granted = 0;
  std::atomic<int64_t> refused = 0;
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&, thread] {
      Store& store = thread % 2 == 0 ? *store_ : *other;
      for (int i = 0; i < 2 * kLimit / kThreads; ++i) {
        const auto result = reserve(store, thread);
        if (result) {
          ++granted;
        } else {
          EXPECT_EQ(result.error().violation.name, "account_not_oversold") << result.error().message;
          ++refused;
        }
        const auto rows =
            must(store.read([](Reader& reader) { return reader.query("SELECT held, (SELECT count(*) FROM posting) FROM account"); }));
        EXPECT_EQ(rows[0].integer(0), rows[0].integer(1));
      }
    });
  }
  threads.clear();
  EXPECT_EQ(granted, kLimit);
  EXPECT_EQ(refused, kLimit);
  EXPECT_EQ(number("SELECT held FROM account"), kLimit);
  EXPECT_EQ(number("SELECT max(number) FROM posting"), kLimit);  // numbers without gaps
}

TEST_P(Concurrency, AFailureInAGroupHarmsNobodyElse) {
  start();
  std::latch busy(1);
  std::latch may_go(1);
  std::jthread first([&] {  // holds the writer until the others wait, so that they make one group
    EXPECT_TRUE(succeeded(store_->write([&](Transaction&) -> StoreResult<int> {
      busy.count_down();
      may_go.wait();
      return 0;
    })));
  });
  busy.wait();
  std::atomic<int> kept = 0;
  std::vector<std::jthread> threads;
  for (int i = 0; i < 20; ++i) {
    threads.emplace_back([&, i] {
      const auto result = store_->write([&](Transaction& transaction) -> StoreResult<int> {
        TRY_DO(transaction.execute("INSERT INTO posting (number, account, client) VALUES ($1, 1, $2)", {i, i}));
        if (i % 2 == 0) return 0;
        TRY_DO(transaction.execute("UPDATE account SET held = held + $1", {kLimit + 1}));
        return 1;
      });
      EXPECT_EQ(result.has_value(), i % 2 == 0);
      if (result) ++kept;
    });
  }
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  may_go.count_down();
  threads.clear();
  first.join();
  EXPECT_EQ(kept, 10);
  EXPECT_EQ(number("SELECT count(*) FROM posting WHERE client % 2 = 0"), 10);
  EXPECT_EQ(number("SELECT count(*) FROM posting"), 10);
}

TEST_P(Concurrency, TooManyWaitingWritesAreTurnedAway) {
  start({.queue_max = 2});
  std::latch busy(1);
  std::latch may_go(1);
  std::vector<std::jthread> threads;
  threads.emplace_back([&] {
    must(store_->write([&](Transaction&) -> StoreResult<int> {
      busy.count_down();
      may_go.wait();
      return 0;
    }));
  });
  busy.wait();
  std::atomic<int> turned_away = 0;
  std::atomic<int> kept = 0;
  for (int i = 0; i < 5; ++i) {
    threads.emplace_back([&] {
      const auto result = reserve(*store_, 1);
      if (result) ++kept;
      if (fault_in(result) == Fault::kUnavailable) ++turned_away;
    });
  }
  while (turned_away < 3) std::this_thread::yield();
  may_go.count_down();
  threads.clear();
  EXPECT_EQ(turned_away, 3);
  EXPECT_EQ(kept, 2);
}

TEST_P(Concurrency, ReadersAreLimited) {
  start({.readers_max = 1, .reader_wait_max = std::chrono::milliseconds(30)});
  const auto nested = store_->read([&](Reader&) { return query("SELECT 1"); });
  EXPECT_EQ(fault_in(nested), Fault::kUnavailable);
  EXPECT_EQ(number("SELECT 1"), 1);
}

TEST_P(Concurrency, AGroupHasALimit) {
  start({.group_max = 1});
  std::vector<std::jthread> threads;
  for (int i = 0; i < kThreads; ++i) threads.emplace_back([&, i] { must(reserve(*store_, i)); });
  threads.clear();
  EXPECT_EQ(number("SELECT held FROM account"), kThreads);
}

TEST_P(Concurrency, WhatWasBegunIsFinishedBeforeTheStoreGoes) {
  start();
  std::atomic<int> kept = 0;
  std::latch begun(4);
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&, i] {
      begun.count_down();
      if (reserve(*store_, i)) ++kept;
    });
  }
  begun.wait();
  threads.clear();
  store_.reset();
  open();
  EXPECT_EQ(number("SELECT held FROM account"), kept);
  EXPECT_EQ(kept, 4);
}

}  // namespace
}  // namespace koshi::store
