#include "office/ledger/history.h"

#include <gmock/gmock.h>

#include "base/milliseconds.h"
#include "office/ledger/test_ledger.h"

namespace koshi::ledger {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Date utc_day(int64_t ms) {
  return {static_cast<int32_t>(ms / kDayMs)};
}

class HistoryTest : public LedgerTest {
 protected:
  /// 2026-01-05 is a Monday.
  static Why on(const char* date) { return {.act = "7", .reason = "for the test", .recorded_at_ms = day(date).days * kDayMs}; }
  void allot_on(const char* date, const std::string& account, int64_t amount) {
    store::must(write([&](store::Transaction& t) { return allot(t, account, amount, on(date)); }));
  }
  void hold_on(const char* date, const std::string& account, const std::string& case_id, int64_t amount, std::optional<Date> until) {
    ASSERT_TRUE(store::must(write([&](store::Transaction& t) { return hold(t, {account, case_id, amount, until}, on(date)); })));
  }
  void commit_on(const char* date, const std::string& case_id) {
    store::must(write([&](store::Transaction& t) { return commit(t, case_id, "", on(date)); }));
  }
  std::vector<WeekTotal> weeks(const std::string& prefix) {
    return store::must(store_->read([&](store::Reader& r) { return week_totals(r, prefix, utc_day); }));
  }
};

TEST_P(HistoryTest, AWeekStandsAsItEnded) {
  allot_on("2026-01-05", "permits/2026/A", 10);
  allot_on("2026-01-07", "permits/2026/B", 5);
  hold_on("2026-01-11", "permits/2026/A", "c1", 3, std::nullopt);
  commit_on("2026-01-12", "c1");
  hold_on("2026-02-02", "permits/2026/B", "c2", 2, std::nullopt);
  EXPECT_THAT(weeks("permits/2026/"), ElementsAre(WeekTotal{day("2026-01-05"), 15, 3, 0}, WeekTotal{day("2026-01-12"), 15, 0, 3},
                                                  WeekTotal{day("2026-02-02"), 15, 2, 3}));
}

TEST_P(HistoryTest, OnlyWhatLiesBelowThePrefixCounts) {
  allot_on("2026-01-05", "permits/2026/A", 10);
  allot_on("2026-01-05", "permits/2026/A/second", 2);
  allot_on("2026-01-05", "permits/2025/A", 4);
  allot_on("2026-01-05", "permits/20260/A", 8);
  EXPECT_THAT(weeks("permits/2026"), ElementsAre(WeekTotal{day("2026-01-05"), 12, 0, 0}));
  EXPECT_THAT(weeks("permits/2026/A/"), ElementsAre(WeekTotal{day("2026-01-05"), 2, 0, 0}));
  EXPECT_THAT(weeks("permits/2024/"), IsEmpty());
}

TEST_P(HistoryTest, PlacesThatMoveBetweenRegionsLeaveTheSum) {
  allot_on("2026-01-05", "permits/2026/A", 10);
  allot_on("2026-01-05", "permits/2026/B", 10);
  store::must(write([&](store::Transaction& t) { return move(t, "permits/2026/A", "permits/2026/B", 4, on("2026-01-20")); }));
  EXPECT_THAT(weeks("permits/2026/"), ElementsAre(WeekTotal{day("2026-01-05"), 20, 0, 0}, WeekTotal{day("2026-01-19"), 20, 0, 0}));
  EXPECT_EQ(weeks("permits/2026/A").back().limit, 6);
}

TEST_P(HistoryTest, AClockSetBackMakesNoEarlierWeek) {
  allot_on("2026-01-12", "permits/2026/A", 10);
  allot_on("2026-01-05", "permits/2026/A", 1);
  EXPECT_THAT(weeks("permits/2026/"), ElementsAre(WeekTotal{day("2026-01-12"), 11, 0, 0}));
}

TEST_P(HistoryTest, OpenHoldsComeByTheirLastDay) {
  allot_on("2026-01-05", "permits/2026/A", 10);
  hold_on("2026-01-05", "permits/2026/A", "forever", 1, std::nullopt);
  hold_on("2026-01-05", "permits/2026/A", "later", 1, day("2026-03-01"));
  hold_on("2026-01-05", "permits/2026/A", "sooner", 2, day("2026-02-01"));
  hold_on("2026-01-05", "permits/2026/A", "committed", 1, day("2026-02-01"));
  commit_on("2026-01-06", "committed");
  std::vector<std::string> cases;
  for (const Hold& one : store::must(store_->read([](store::Reader& r) { return open_holds(r, "permits/2026/A"); }))) {
    cases.push_back(one.case_id);
  }
  EXPECT_THAT(cases, ElementsAre("sooner", "later", "forever"));
}

INSTANTIATE_TEST_SUITE_P(Engines, HistoryTest, store::both_engines(), store::engine_name);

}  // namespace
}  // namespace koshi::ledger
