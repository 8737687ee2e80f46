/// Statements that wait for one another, so that they travel together: nothing but the time of an error may tell the difference.
#include <atomic>
#include <filesystem>
#include <latch>
#include <thread>

#include "base/result.h"
#include "store/test_store.h"

namespace koshi::store {
namespace {

class Later : public BothEngines {
 protected:
  void SetUp() override {
    open();
    ASSERT_TRUE(succeeded(script("CREATE TABLE thing (id bigint PRIMARY KEY, t text CONSTRAINT thing_t CHECK (length(t) < 5))")));
  }
  int64_t things() { return number("SELECT count(*) FROM thing"); }
};
INSTANTIATE_TEST_SUITE_P(Engines, Later, both_engines(), engine_name);

constexpr std::string_view kInsert = "INSERT INTO thing (id, t) VALUES ($1, $2)";

TEST_P(Later, StatementsKeepTheirOrderAndTheirValues) {
  must(store_->write([](Transaction& transaction) -> StoreResult<void> {
    for (int64_t id = 1; id <= 3; ++id) {
      const std::string gone = "t" + std::to_string(id);
      TRY_DO(transaction.execute_later(kInsert, {id, gone}, 1));
    }
    TRY(some, transaction.query_later("SELECT count(*), max(t) FROM thing WHERE id < $1", {3}));
    TRY_DO(transaction.execute_later("DELETE FROM thing WHERE id = $1", {1}, 1));
    TRY(none, transaction.query_later("SELECT t FROM thing WHERE id = $1", {99}));
    TRY(rest, transaction.query("SELECT count(*) FROM thing"));
    EXPECT_EQ(rest[0].integer(0), 2);
    EXPECT_EQ((*some)[0].integer(0), 2);
    EXPECT_EQ((*some)[0].text(1), "t2");
    EXPECT_TRUE(none->empty());
    return transaction.execute_later(kInsert, {4, std::optional<std::string>()});
  }));
  EXPECT_EQ(things(), 3);
}

TEST_P(Later, AReaderAsksSeveralThingsAtOnce) {
  must(execute(kInsert, {1, "a"}));
  must(store_->read([](Reader& reader) -> StoreResult<void> {
    TRY(first, reader.query_later("SELECT t FROM thing WHERE id = $1", {1}));
    TRY(second, reader.query_later("SELECT count(*) FROM thing"));
    TRY_DO(reader.settle());
    EXPECT_EQ((*first)[0].text(0), "a");
    EXPECT_EQ((*second)[0].integer(0), 1);
    return {};
  }));
  EXPECT_EQ(fault_in(store_->read([](Reader& reader) -> StoreResult<void> {
              TRY(none, reader.query_later("SELECT nothing FROM thing"));
              return reader.settle();
            })),
            Fault::kProgramming);
}

TEST_P(Later, AFailureUndoesItsWorkAndNoOther) {
  std::latch busy(1), may_go(1);
  std::jthread first([&] {  // the others become one group behind it
    EXPECT_TRUE(succeeded(store_->write([&](Transaction& transaction) -> StoreResult<void> {
      busy.count_down();
      may_go.wait();
      return transaction.execute_later(kInsert, {100, "kept"}, 1);
    })));
  });
  busy.wait();
  std::vector<std::jthread> threads;
  for (int64_t i = 0; i < 8; ++i) {
    threads.emplace_back([&, i] {
      const auto done = store_->write([&](Transaction& transaction) -> StoreResult<void> {
        TRY_DO(transaction.execute_later(kInsert, {i, "good"}, 1));
        return transaction.execute_later(kInsert, {i + 50, i % 2 == 0 ? "good" : "too long"}, 1);
      });
      EXPECT_EQ(fault_in(done), i % 2 == 0 ? std::nullopt : std::optional(Fault::kConstraint));
      if (!done) {
        EXPECT_EQ(done.error().violation.name, "thing_t");
      }
    });
  }
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  may_go.count_down();
  threads.clear();
  first.join();
  EXPECT_EQ(things(), 9);
  EXPECT_EQ(number("SELECT count(*) FROM thing WHERE id < 50 AND id % 2 = 0"), 4);
}

TEST_P(Later, AFailureInsideOfANestedWorkIsItsOwn) {
  must(store_->write([](Transaction& transaction) -> StoreResult<void> {
    TRY_DO(transaction.execute_later(kInsert, {1, "good"}, 1));
    const auto nested = transaction.nested([&]() -> StoreResult<void> {
      TRY_DO(transaction.execute_later(kInsert, {2, "good"}, 1));
      return transaction.execute_later(kInsert, {1, "dup"}, 1);
    });
    EXPECT_EQ(fault_in(nested), Fault::kConstraint);
    const auto given_up = transaction.nested([&]() -> StoreResult<void> {
      TRY_DO(transaction.execute_later(kInsert, {3, "good"}, 1));
      return abandon("no");
    });
    EXPECT_EQ(fault_in(given_up), Fault::kAbandoned);
    return transaction.execute_later(kInsert, {4, "good"}, 1);
  }));
  EXPECT_EQ(number("SELECT sum(id) = 5 AND count(*) = 2 FROM thing"), 1);
}

TEST_P(Later, AnotherNumberOfRowsThanExpectedIsDamage) {
  must(execute(kInsert, {1, "a"}));
  const auto done = store_->write([](Transaction& transaction) -> StoreResult<void> {
    TRY_DO(transaction.execute_later("UPDATE thing SET t = $1", {"b"}, 1));
    return transaction.execute_later("UPDATE thing SET t = $1 WHERE id = $2", {"c", 2}, 1);
  });
  EXPECT_EQ(fault_in(done), Fault::kCorrupt);
  EXPECT_EQ(number("SELECT count(*) FROM thing WHERE t = 'a'"), 1);
}

TEST_P(Later, MoreThanMayWaitGoes) {
  const auto many = static_cast<int64_t>(3 * kWaitingMax + 1);
  must(store_->write([&](Transaction& transaction) -> StoreResult<void> {
    for (int64_t id = 0; id < many; ++id) TRY_DO(transaction.execute_later(kInsert, {id, "x"}, 1));
    return {};
  }));
  EXPECT_EQ(things(), many);
}

/// With readers that never pause it may grow on; when they let it, it begins anew.
TEST(SqliteLog, BeginsAnewAsSoonAsReadersLetIt) {
  const TestFolder folder;
  const std::string path = (folder / "log.db").string();
  const auto store = must(open_store(path));
  must(store->write([](Transaction& transaction) { return transaction.script("CREATE TABLE thing (id bigint PRIMARY KEY, b bytea)"); }));
  std::atomic<bool> done = false;
  std::vector<std::jthread> readers;
  for (int i = 0; i < 2; ++i) {
    readers.emplace_back([&] {
      while (!done) must(store->read([](Reader& reader) { return reader.query("SELECT max(id) FROM thing"); }));
    });
  }
  const std::string half_a_megabyte(512 * 1024, 'x');
  int64_t written = 0;
  const auto write_one = [&] {
    must(store->write([&](Transaction& transaction) {
      return transaction.execute("INSERT INTO thing (id, b) VALUES ($1, $2)", {written, Blob{half_a_megabyte}});
    }));
    ++written;
    return std::filesystem::file_size(path + "-wal");
  };
  while (written < 200) write_one();  // 100 MiB: more than the log may hold
  done = true;
  readers.clear();
  while (write_one() > 80u << 20) ASSERT_LT(written, 1000);  // it is cut to 64 MiB
  EXPECT_EQ(must(store->read([](Reader& reader) { return reader.query("SELECT count(*) FROM thing"); }))[0].integer(0), written);
}

}  // namespace
}  // namespace koshi::store
