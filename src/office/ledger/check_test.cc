/// Each way of altering the ledger is found where it was done.
#include "office/ledger/check.h"

#include "office/ledger/test_ledger.h"

namespace koshi::ledger {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

class Check : public LedgerTest {
 protected:
  /// 1 allot 10, 2 hold 2 (case-1), 3 hold 3 (case-2), 4 commit 2, 5 allot 5 to another account, 6 expire 3.
  void SetUp() override {
    LedgerTest::SetUp();
    allotted("a/x", 10);
    ASSERT_TRUE(held("a/x", "case-1", 2));
    ASSERT_TRUE(held("a/x", "case-2", 3, day("2026-01-31")));
    committed("case-1");
    allotted("a/y", 5);
    ASSERT_EQ(expired(day("2026-02-01")).size(), 1u);
  }

  /// What check() finds after these statements, which are then undone.
  std::vector<std::string> trial(std::initializer_list<const char*> statements) {
    std::vector<std::string> lines;
    static_cast<void>(store_->write([&](store::Transaction& t) -> store::StoreResult<void> {
      for (const char* sql : statements) EXPECT_EQ(store::must(t.execute(sql)), 1) << sql;
      for (const Difference& found : store::must(check(t))) lines.push_back(describe(found));
      return store::abandon("only a trial");
    }));
    return lines;
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, Check, store::both_engines(), store::engine_name);

TEST_P(Check, AWholeLedgerShowsNothing) {
  EXPECT_THAT(checked(), IsEmpty());
}

TEST_P(Check, AnAlteredAccountIsNamed) {
  EXPECT_THAT(trial({"UPDATE ledger_account SET held = held + 1 WHERE code = 'a/x'"}),
              ElementsAre("a/x: held is 1, but the postings make 0"));
  EXPECT_THAT(trial({"UPDATE ledger_account SET committed = 1 WHERE code = 'a/x'"}),
              ElementsAre("a/x: committed is 1, but the postings make 2"));
  EXPECT_THAT(trial({"UPDATE ledger_account SET limit_now = 6 WHERE code = 'a/y'"}),
              ElementsAre("a/y: limit is 6, but the postings make 5"));
  EXPECT_THAT(trial({"INSERT INTO ledger_account (code, limit_now, held, committed) VALUES ('b', 1, 0, 0)"}),
              ElementsAre("b: limit is 1, but the postings make 0"));
}

TEST_P(Check, AnAlteredPostingIsNamedOnce) {
  EXPECT_THAT(trial({"UPDATE ledger_posting SET amount = 11 WHERE number = 1"}),
              ElementsAre("a/x: posting 1 is limit 10, held 0, committed 0, but the postings make limit 11, held 0, committed 0"));
  EXPECT_THAT(
      trial({"UPDATE ledger_posting SET kind = 'release' WHERE number = 4"}),
      ElementsAre("a/x: posting 4 is limit 10, held 3, committed 2, but the postings make limit 10, held 3, committed 0",
                  "a/x: hold 2 is 2 committed for case-1 until it ends, but the postings make 2 released for case-1 until it ends"));
  EXPECT_THAT(trial({"UPDATE ledger_posting SET hold = 2 WHERE number = 6"}),
              Contains("a/x: posting 6 is expire of 3 for case-2, but the postings make its hold is 2 committed for case-1 until it ends"));
  EXPECT_THAT(trial({"UPDATE ledger_posting SET hold = 99 WHERE number = 6"}),
              Contains("a/x: posting 6 is expire of 3 for case-2, but the postings make no hold to move"));
  EXPECT_THAT(trial({"UPDATE ledger_posting SET hold = 2 WHERE number = 1"}),
              ElementsAre("a/x: posting 1 is allot of 10 for no case, but the postings make no hold to move"));
}

TEST_P(Check, ALostPostingIsMissed) {
  EXPECT_THAT(trial({"DELETE FROM ledger_posting WHERE number = 4"}), Contains("numbers is 5 postings, but the postings make 6"));
  EXPECT_THAT(trial({"DELETE FROM ledger_posting WHERE number = 6"}), Contains("a/x: held is 0, but the postings make 3"));
}

TEST_P(Check, WhatBelongsToNoAccountIsCounted) {
  EXPECT_THAT(trial({"DELETE FROM ledger_account WHERE code = 'a/y'"}), ElementsAre("numbers is 6 postings, but the postings make 5"));
  EXPECT_THAT(trial({"UPDATE ledger_hold SET account = 'a/z' WHERE id = 3"}).size(), 2u);
}

TEST_P(Check, ARowThatMeansNothingIsDamage) {
  for (const char* sql :
       {"UPDATE ledger_posting SET kind = 'gift' WHERE number = 2", "UPDATE ledger_posting SET until = 'soon' WHERE number = 3",
        "UPDATE ledger_hold SET state = 'lost' WHERE id = 2", "UPDATE ledger_hold SET until = '2026-02-30' WHERE id = 3"}) {
    const auto found = write([&](store::Transaction& t) -> store::StoreResult<std::vector<Difference>> {
      TRY_DO(t.execute(sql));
      return check(t);
    });
    EXPECT_EQ(store::fault_in(found), store::Fault::kCorrupt) << sql;
  }
  EXPECT_THAT(checked(), IsEmpty());
}

TEST_P(Check, AnAlteredHoldIsNamed) {
  EXPECT_THAT(
      trial({"UPDATE ledger_hold SET state = 'held' WHERE id = 3"}),
      ElementsAre("a/x: hold 3 is 3 held for case-2 until 2026-01-31, but the postings make 3 expired for case-2 until 2026-01-31"));
  EXPECT_THAT(trial({"UPDATE ledger_hold SET amount = 1 WHERE id = 2"}).size(), 1u);
  EXPECT_THAT(trial({"UPDATE ledger_hold SET case_id = 'x' WHERE id = 2"}).size(), 1u);
  EXPECT_THAT(trial({"UPDATE ledger_hold SET until = '2026-02-01' WHERE id = 3"}).size(), 1u);
  EXPECT_THAT(trial({"DELETE FROM ledger_hold WHERE id = 2"}),
              ElementsAre("a/x: hold 2 is no such hold, but the postings make 2 committed for case-1 until it ends"));
  EXPECT_THAT(trial({"UPDATE ledger_hold SET account = 'a/y' WHERE id = 2"}).size(), 2u);
  EXPECT_THAT(trial({"INSERT INTO ledger_hold (id, account, case_id, amount, state) VALUES (7, 'a/y', 'case-3', 1, 'held')"}),
              ElementsAre("a/y: hold 7 is 1 held for case-3 until it ends, but the postings make no such hold"));
}

TEST_P(Check, ItStopsAtALimit) {
  store::must(write([](store::Transaction& t) -> store::StoreResult<void> {
    for (size_t i = 0; i < kDifferencesMax + 2; ++i) {
      const int64_t id = static_cast<int64_t>(100 + i);
      TRY_DO(t.execute("INSERT INTO ledger_hold (id, account, case_id, amount, state) VALUES ($1, 'a/x', 'c', 1, 'held')", {id}));
    }
    return {};
  }));
  EXPECT_EQ(checked().size(), kDifferencesMax);
}

}  // namespace
}  // namespace koshi::ledger
