#include "store/backup.h"

#include <atomic>
#include <fstream>
#include <thread>

#include "store/test_store.h"

namespace koshi::store {
namespace {

class Backup : public BothEngines {
 protected:
  void SetUp() override {
    whole_database_ = true;
    open();
    ASSERT_TRUE(succeeded(script("CREATE TABLE note (id bigint PRIMARY KEY, twin bigint NOT NULL, body text, file bytea)")));
  }
  StoreResult<int> add(int64_t id) {
    return store_->write([&](Transaction& transaction) -> StoreResult<int> {
      constexpr std::string_view kAdd = "INSERT INTO note (id, twin, body, file) VALUES ($1, $2, $3, $4)";
      const Blob file{std::string_view("\0\xff", 2)};
      TRY_DO(transaction.execute(kAdd, {2 * id, 2 * id + 1, "Әйгерім", file}));
      TRY_DO(transaction.execute(kAdd, {2 * id + 1, 2 * id, "Әйгерім", file}));
      return 0;
    });
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, Backup, both_engines(), engine_name);

TEST_P(Backup, ADatabaseInUseComesBackInOneState) {
  for (int64_t id = 0; id < 20; ++id) must(add(id));
  std::atomic<bool> done = false;
  std::jthread writer([&] {
    for (int64_t id = 20; !done; ++id) must(add(id));
  });
  EXPECT_TRUE(succeeded(backup(address_, folder_ / "copy")));
  done = true;
  writer.join();
  EXPECT_FALSE(std::filesystem::exists(folder_ / "copy.draft"));
  EXPECT_EQ(std::filesystem::status(folder_ / "copy").permissions(), std::filesystem::perms(0600));

  address_ = new_address();
  ASSERT_TRUE(succeeded(restore(folder_ / "copy", address_)));
  open();
  const Rows rows = must(query("SELECT count(*), min(body), min(length(file)) FROM note"));
  EXPECT_GE(rows[0].integer(0), 40);
  EXPECT_EQ(rows[0].text(1), "Әйгерім");
  EXPECT_EQ(rows[0].integer(2), 2);
  EXPECT_EQ(number("SELECT count(*) FROM note WHERE twin NOT IN (SELECT id FROM note)"), 0);  // no half acts
  EXPECT_TRUE(succeeded(add(1'000'000)));
}

TEST_P(Backup, ANewerBackupReplacesAnOlderOne) {
  must(add(1));
  must(backup(address_, folder_ / "copy"));
  must(add(2));
  must(backup(address_, folder_ / "copy"));
  address_ = new_address();
  must(restore(folder_ / "copy", address_));
  open();
  EXPECT_EQ(number("SELECT count(*) FROM note"), 4);
}

TEST_P(Backup, NothingIsOverwrittenByARestore) {
  must(add(1));
  must(backup(address_, folder_ / "copy"));
  must(add(2));
  EXPECT_EQ(fault_in(restore(folder_ / "copy", address_)), Fault::kUnfit);
  EXPECT_EQ(number("SELECT count(*) FROM note"), 4);
}

TEST_P(Backup, ADamagedOrMissingBackupLeavesNothingBehind) {
  for (int64_t id = 0; id < 200; ++id) must(add(id));
  must(backup(address_, folder_ / "copy"));
  const auto size = std::filesystem::file_size(folder_ / "copy");
  std::filesystem::resize_file(folder_ / "copy", size / 2);
  const std::string target = new_address();
  EXPECT_FALSE(restore(folder_ / "copy", target));
  EXPECT_FALSE(restore(folder_ / "none", target));
  EXPECT_TRUE(is_postgres_address(target) || !std::filesystem::exists(target));
  address_ = target;
  open();
  EXPECT_FALSE(query("SELECT count(*) FROM note"));
}

TEST_P(Backup, APlaceThatCannotBeWrittenIsNamed) {
  const auto result = backup(address_, folder_ / "none" / "copy");
  ASSERT_EQ(fault_in(result), Fault::kUnavailable);
  EXPECT_THAT(result.error().message, testing::HasSubstr("none"));
}

TEST(BackupOfPostgres, ThePasswordIsNoArgument) {
  TestFolder folder;
  const auto result = backup("postgresql://koshi:s3cret@localhost:1/none", folder / "copy");
  ASSERT_EQ(fault_in(result), Fault::kUnavailable);
  EXPECT_THAT(result.error().message, testing::Not(testing::HasSubstr("s3cret")));
  EXPECT_EQ(fault_in(backup("postgresql://[", folder / "copy")), Fault::kProgramming);
}

}  // namespace
}  // namespace koshi::store
