/// Many officers and several servers at one quota: never oversold, every place given once.
#include <atomic>
#include <latch>
#include <thread>

#include "office/ledger/test_ledger.h"

namespace koshi::ledger {
namespace {

using testing::IsEmpty;

constexpr int kThreads = 8;
constexpr int64_t kLimit = 100;
constexpr const char* kHot = "permits/2026/KZ-75/second";

class Concurrency : public LedgerTest {
 protected:
  void SetUp() override {
    LedgerTest::SetUp();
    other_ = store::must(store::open_store(address_));
  }

  /// Every second thread works on the other server.
  store::Store& server(int thread) { return thread % 2 == 0 ? *store_ : *other_; }

  Outcome<int64_t> held_at(store::Store& server, const std::string& case_id, int64_t amount = 1) {
    return store::must(server.write([&](store::Transaction& t) { return hold(t, {kHot, case_id, amount, {}}, kWhy); }));
  }

  std::unique_ptr<store::Store> other_;
};
INSTANTIATE_TEST_SUITE_P(Engines, Concurrency, store::both_engines(), store::engine_name);

TEST_P(Concurrency, AHotAccountIsNeverOversold) {
  allotted(kHot, kLimit);
  std::atomic<int64_t> granted = 0;
  std::atomic<int64_t> refused = 0;
  {
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < kThreads; ++thread) {
      threads.emplace_back([&, thread] {
        for (int i = 0; i < 2 * kLimit / kThreads; ++i) {
          const auto id = held_at(server(thread), "case-" + std::to_string(thread));
          ++(id ? granted : refused);
          if (!id) {
            EXPECT_EQ(id.refusal(), (Insufficient{kHot, kLimit, kLimit, 0, 1}));
          }
        }
      });
    }
  }
  EXPECT_EQ(granted, kLimit);
  EXPECT_EQ(refused, kLimit);
  EXPECT_EQ(balance_of(kHot), (Balance{kHot, kLimit, kLimit, 0}));
  EXPECT_EQ(number("SELECT max(number) FROM ledger_posting"), kLimit + 1);
  EXPECT_THAT(checked(), IsEmpty());
}

TEST_P(Concurrency, OneOfTwoOfficersGetsTheLastSeat) {
  for (int round = 0; round < 25; ++round) {
    allotted(kHot, 1);
    std::atomic<int> granted = 0;
    std::latch start(2);
    {
      std::vector<std::jthread> officers;
      for (int officer = 0; officer < 2; ++officer) {
        officers.emplace_back([&, officer] {
          start.arrive_and_wait();
          if (held_at(server(officer), "case-" + std::to_string(officer))) ++granted;
        });
      }
    }
    EXPECT_EQ(granted, 1);
    EXPECT_EQ(balance_of(kHot).available(), 0);
  }
  EXPECT_THAT(checked(), IsEmpty());
}

/// Places come and go in every way at once; whatever the order, each act saw the truth.
TEST_P(Concurrency, EverythingAtOnceAddsUp) {
  allotted(kHot, 20);
  std::atomic<bool> oversold = false;
  const auto work = [&](int thread) {
    store::Store& store = server(thread);
    const std::string case_id = "case-" + std::to_string(thread);
    const std::string spare = "permits/2026/spare-" + std::to_string(thread);
    for (int i = 0; i < 12; ++i) {
      if (held_at(store, case_id, 1 + i % 3)) {
        const bool keep = i % 2 == 0;
        store::must(
            store.write([&](store::Transaction& t) { return keep ? commit(t, case_id, "", kWhy) : release(t, case_id, "", kWhy); }));
      }
      if (i % 4 == 3) store::must(store.write([&](store::Transaction& t) { return uncommit(t, case_id, kHot, kWhy); }));
      store::must(store.write([&](store::Transaction& t) { return move(t, kHot, spare, 2, kWhy); }));
      store::must(store.write([&](store::Transaction& t) { return move(t, spare, kHot, 1, kWhy); }));
      if (store::must(store.read([&](store::Reader& r) { return balance(r, kHot); }))->available() < 0) oversold = true;
    }
  };
  {
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < kThreads; ++thread) threads.emplace_back(work, thread);
  }
  EXPECT_FALSE(oversold);
  EXPECT_EQ(store::must(store_->read([](store::Reader& r) { return total(r, "permits/"); })).limit, 20);
  EXPECT_THAT(checked(), IsEmpty());
}

/// Two sweepers on two servers: each hold expires once.
TEST_P(Concurrency, TwoSweepersExpireEachHoldOnce) {
  allotted(kHot, kLimit);
  for (int i = 0; i < kLimit; ++i) ASSERT_TRUE(held(kHot, "case-" + std::to_string(i), 1, day("2026-01-31")));
  std::atomic<size_t> ended = 0;
  {
    std::vector<std::jthread> sweepers;
    for (int sweeper = 0; sweeper < 4; ++sweeper) {
      sweepers.emplace_back([&, sweeper] {
        const auto sweep = [](store::Transaction& t) { return expire_holds(t, day("2026-02-01"), kWhy); };
        ended += store::must(server(sweeper).write(sweep)).size();
      });
    }
  }
  EXPECT_EQ(ended, static_cast<size_t>(kLimit));
  EXPECT_EQ(balance_of(kHot), (Balance{kHot, kLimit, 0, 0}));
  EXPECT_THAT(checked(), IsEmpty());
}

}  // namespace
}  // namespace koshi::ledger
