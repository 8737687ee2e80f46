/// What the clock does on passed deadlines: once, in order, also after a long night.
#include <thread>

#include "office/desk/test_desk.h"

namespace koshi::office {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class SweepTest : public DeskFixture {
 protected:
  std::string state(const Case& item) { return must_have(desk_->show(employer(item.opened_by.substr(9)), item.id)).state; }
  /// Cases in the order in which the clock acted on them.
  std::vector<std::string> swept() {
    std::vector<std::string> ids;
    const auto rows = store::must(query("SELECT case_id FROM journal_event WHERE actor = 'clock/clock' ORDER BY sequence"));
    for (const store::Row row : rows) ids.emplace_back(row.text(0));
    return ids;
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, SweepTest, store::both_engines(), store::engine_name);

TEST_P(SweepTest, TheLastDayIsStillInTime) {
  allot(5);
  const Case item = granted(2);
  pass_days(10);
  EXPECT_EQ(must_have(desk_->sweep()), 0u);
  EXPECT_EQ(state(item), "granted");
  pass_days(1);
  EXPECT_EQ(must_have(desk_->sweep()), 1u);
  EXPECT_EQ(state(item), "lapsed");
  EXPECT_EQ(quota(), (ledger::Balance{kQuota, 5, 0, 0}));
  EXPECT_EQ(must_have(desk_->sweep()), 0u);
  EXPECT_THAT(must_have(desk_->outbox()), SizeIs(2));
  EXPECT_THAT(found_by_rebuild(), IsEmpty());
}

TEST_P(SweepTest, ALateCaseIsMarkedOnceAndComesFirst) {
  allot(5);
  const Case late = submitted(1);
  pass_days(8);
  const Case fresh = submitted(1, "222");
  EXPECT_EQ(must_have(desk_->sweep()), 1u);
  EXPECT_EQ(must_have(desk_->sweep()), 0u);
  pass_days(1);
  EXPECT_EQ(must_have(desk_->sweep()), 0u);
  const auto page = must_have(desk_->list({.role = "akimat", .scope = "\"KZ-75\"", .by_due = true}));
  ASSERT_THAT(page.rows, SizeIs(2));
  EXPECT_EQ(page.rows[0].id, late.id);
  EXPECT_EQ(format_date(page.rows[0].late.value_or(Date{})), "2026-01-23");
  EXPECT_EQ(page.rows[1].id, fresh.id);
  EXPECT_FALSE(page.rows[1].late.has_value());
  EXPECT_THAT(found_by_rebuild(), IsEmpty());
}

TEST_P(SweepTest, AfterDowntimeEverythingIsMadeUpForInOrderOfTheDays) {
  allot(9);
  const Case third = granted(1);
  pass_days(-4);
  const Case first = granted(1, "222");
  pass_days(2);
  const Case second = granted(1, "333");
  pass_days(200);
  EXPECT_EQ(must_have(desk_->sweep(2)), 2u);
  EXPECT_EQ(must_have(desk_->sweep(2)), 1u);
  EXPECT_EQ(must_have(desk_->sweep(2)), 0u);
  EXPECT_THAT(swept(), ElementsAre(first.id, second.id, third.id));
  EXPECT_EQ(quota().held, 0);
}

TEST_P(SweepTest, SeveralPassedDeadlinesOfOneCaseFollowEachOther) {
  allot(5);
  const Case item = in_force(1);
  pass_days(366 + 31);
  EXPECT_EQ(must_have(desk_->sweep()), 2u);
  EXPECT_EQ(state(item), "expired");
  EXPECT_THAT(swept(), ElementsAre(item.id, item.id));
  EXPECT_EQ(must_have(desk_->sweep()), 0u);
  EXPECT_THAT(must_have(desk_->list({})).rows, IsEmpty());
  EXPECT_THAT(found_by_rebuild(), IsEmpty());
}

TEST_P(SweepTest, TwoServersThatSweepAtOnceActOnce) {
  constexpr int kCases = 12;
  allot(kCases);
  for (int i = 0; i < kCases; ++i) granted(1, "4" + std::to_string(i));
  pass_days(11);
  const auto other = new_desk();
  std::atomic<size_t> acted = 0;
  {
    std::vector<std::jthread> servers;
    for (Desk* desk : {desk_.get(), other.get()}) {
      servers.emplace_back([&acted, desk] { acted += must_have(desk->sweep()); });
    }
  }
  EXPECT_EQ(acted, static_cast<size_t>(kCases));
  EXPECT_THAT(swept(), SizeIs(kCases));
  EXPECT_EQ(quota().held, 0);
  EXPECT_THAT(found_by_rebuild(), IsEmpty());
}

TEST_P(SweepTest, ReservedPlacesComeBackAfterTheirDay) {
  allot(2);
  const Case item = submitted(2);
  pass_days(60);
  must_have(desk_->sweep());
  EXPECT_EQ(quota().held, 2);
  pass_days(1);
  must_have(desk_->sweep());
  EXPECT_EQ(quota().held, 0);
  const Case other = submitted(2, "222");
  const Case late = must_have(desk_->show(akimat(), item.id));
  const Case given = must_do(desk_->act(by(akimat()), item.id, late.version, "grant", R"({"fits":true})"));
  EXPECT_EQ(refusal_in(desk_->act(by(treasury()), item.id, given.version, "pay")), RefusalKind::kNoPlaces);
  EXPECT_EQ(quota(), (ledger::Balance{kQuota, 2, 2, 0}));
  EXPECT_EQ(other.state, "examined");
  EXPECT_THAT(found_by_rebuild(), IsEmpty());
}

/// Found by the simulation: clocks of servers differ, and are set back.
TEST_P(SweepTest, PlacesThatAServerBehindHasHeldComeBackOnTheSameDay) {
  allot(2);
  const auto other = new_desk();
  pass_days(100);
  must_have(other->sweep());
  pass_days(-100);
  submitted(2);
  EXPECT_EQ(quota().held, 2);
  pass_days(100);
  must_have(other->sweep());
  EXPECT_EQ(quota().held, 0);
  pass_days(-100);
  EXPECT_THAT(found_by_rebuild(), IsEmpty());
}

TEST_P(SweepTest, PlacesArePassedOnAlsoBeforeAnybodySweeps) {
  allot(2);
  submitted(2);
  pass_days(60);
  const Case waiting = draft(2, "222");
  const auto early = desk_->act(by(employer("222")), waiting.id, waiting.version, "submit");
  EXPECT_EQ(refusal_in(early), RefusalKind::kNoPlaces);
  pass_days(1);
  EXPECT_EQ(must_do(desk_->act(by(employer("222")), waiting.id, waiting.version, "submit")).state, "examined");
  EXPECT_EQ(quota(), (ledger::Balance{kQuota, 2, 2, 0}));
  EXPECT_THAT(found_by_rebuild(), IsEmpty());
}

TEST_P(SweepTest, WhatTheClockCannotDoIsTriedEveryDayAndShown) {
  const Case opened = must_do(desk_->open_case(by(employer()), "levy"));
  const Case filled = must_do(desk_->give_facts(by(employer()), opened.id, opened.version, R"({"region":"KZ-75","headcount":4})"));
  must_do(desk_->act(by(employer()), opened.id, filled.version, "send"));
  allot(3);
  pass_days(2);
  EXPECT_EQ(must_have(desk_->sweep()), 0u);
  const auto stuck = must_have(desk_->stuck());
  ASSERT_THAT(stuck, SizeIs(1));
  EXPECT_EQ(stuck[0].id, opened.id);
  EXPECT_THAT(stuck[0].reason, testing::HasSubstr("4 asked, 3 free"));
  EXPECT_THAT(must_have(desk_->stuck(opened.id)), IsEmpty());
  allot(1);
  EXPECT_EQ(must_have(desk_->sweep()), 0u);
  EXPECT_THAT(found_by_rebuild(), IsEmpty());
  pass_days(1);
  EXPECT_EQ(must_have(desk_->sweep()), 1u);
  EXPECT_EQ(state(opened), "taken");
  EXPECT_EQ(quota().limit, 0);
  EXPECT_THAT(must_have(desk_->stuck()), IsEmpty());
}

}  // namespace
}  // namespace koshi::office
