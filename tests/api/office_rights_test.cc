#include <gmock/gmock.h>

#include <chrono>

#include "fire_office.h"
#include "store/store.h"

/// deploy/least_rights.sql, run: the server works with a role of the database that can take nothing back.
namespace koshi {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
using testing::HasSubstr;

constexpr char kRole[] = "koshi_service";

class OfficeRights : public FireOffice {
 protected:
  void SetUp() override {
    keys_ = (folder_ / "keys").string();
    owner_ = store::TestPostgres::shared().make_database().value();
    data_ = owner_;
    std::filesystem::create_directories(keys_);
    set_clock();
    ASSERT_EQ(command({"office", "init"}), 0);
    ASSERT_TRUE(store::TestPostgres::shared().sql(owner_, std::string("CREATE ROLE ") + kRole + " LOGIN").has_value());
    const auto granted =
        store::TestPostgres::shared().run({"psql", "--quiet", "--no-psqlrc", "--dbname=" + owner_, std::string("--set=service=") + kRole,
                                           "--file=" KOSHI_SOURCE_DIR "/deploy/least_rights.sql"});
    ASSERT_TRUE(granted.has_value()) << granted.error().message;
    data_ = owner_.substr(0, owner_.find("user=koshi")) + "user=" + kRole;
  }
  void TearDown() override {
    (void)store::TestPostgres::shared().sql(owner_, std::string("DROP OWNED BY ") + kRole + "; DROP ROLE " + kRole);
  }

  /// Why the role may not do this; empty: it may.
  std::string refused(const std::string& statement) {
    auto opened = store::must(store::open_store(data_));
    const auto done = opened->write([&](store::Transaction& transaction) { return transaction.execute(statement); });
    return done ? std::string() : done.error().message;
  }

  std::string owner_;
};
INSTANTIATE_TEST_SUITE_P(Engines, OfficeRights, testing::Values(store::Engine::kPostgres), store::engine_name);

TEST_P(OfficeRights, TheServerNeedsNoMoreThanItIsGiven) {
  start();
  make_party();
  apply(2, [&] {
    const auto enough = [&] {
      const std::lock_guard lock(known_.mutex);
      return known_.total >= 20;
    };
    for (const auto end = steady_clock::now() + std::chrono::minutes(2); !enough() && steady_clock::now() < end;) {
      std::this_thread::sleep_for(milliseconds(10));
    }
  });
  EXPECT_GE(known_.total, 20u);
  expect_repeated();
}

TEST_P(OfficeRights, TheServersRoleTakesNothingBack) {
  make_party();
  for (const char* table : {"journal_event", "journal_node", "journal_checkpoint", "ledger_posting", "desk_step"}) {
    EXPECT_THAT(refused(std::string("DELETE FROM ") + table), HasSubstr("permission denied")) << table;
  }
  for (const char* statement :
       {"UPDATE journal_event SET recorded_at = 0", "UPDATE journal_checkpoint SET note = ''", "UPDATE journal_node SET level = 0",
        "UPDATE ledger_posting SET number = 0", "UPDATE desk_step SET day = ''", "DELETE FROM journal_state", "DELETE FROM ledger_account",
        "DELETE FROM people_account", "DELETE FROM store_migration"}) {
    EXPECT_THAT(refused(statement), HasSubstr("permission denied")) << statement;
  }
  for (const char* definition : {"DROP TABLE journal_event", "TRUNCATE journal_event", "ALTER TABLE journal_event DISABLE TRIGGER ALL",
                                 "CREATE TABLE other (id bigint)"}) {
    EXPECT_FALSE(store::TestPostgres::shared().sql(data_, definition).has_value()) << definition;
  }
  EXPECT_EQ(refused("DELETE FROM people_session"), "") << "what ends is cleared away";
}

}  // namespace
}  // namespace koshi
