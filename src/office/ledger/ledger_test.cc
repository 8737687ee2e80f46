/// What each function does to one account, and what it refuses.
#include "office/ledger/ledger.h"

#include "office/ledger/test_ledger.h"

namespace koshi::ledger {
namespace {

using store::Fault;
using store::StoreResult;
using store::Transaction;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* kSecond = "permits/2026/KZ-75/second";
constexpr const char* kThird = "permits/2026/KZ-75/third";
constexpr const char* kReserve = "permits/2026/reserve";

class Ledger : public LedgerTest {};
INSTANTIATE_TEST_SUITE_P(Engines, Ledger, store::both_engines(), store::engine_name);

TEST_P(Ledger, AnAccountOpensWithItsFirstAllotment) {
  EXPECT_EQ(store::must(store_->read([](store::Reader& r) { return balance(r, kSecond); })), std::nullopt);
  EXPECT_EQ(allotted(kSecond, 100), (Balance{kSecond, 100, 0, 0}));
  EXPECT_EQ(allotted(kSecond, 20), (Balance{kSecond, 120, 0, 0}));
  EXPECT_EQ(balance_of(kSecond).available(), 120);
  EXPECT_THAT(checked(), IsEmpty());
}

TEST_P(Ledger, APermitTakesItsPlace) {
  allotted(kSecond, 10);
  const auto id = held(kSecond, "case-1", 4, day("2026-03-01"));
  ASSERT_TRUE(id);
  EXPECT_EQ(balance_of(kSecond), (Balance{kSecond, 10, 4, 0}));
  EXPECT_THAT(holds_of("case-1"), ElementsAre(Hold{id.value(), kSecond, "case-1", 4, day("2026-03-01"), HoldState::kHeld}));
  EXPECT_THAT(committed("case-1"), ElementsAre(Hold{id.value(), kSecond, "case-1", 4, day("2026-03-01"), HoldState::kCommitted}));
  EXPECT_EQ(balance_of(kSecond), (Balance{kSecond, 10, 0, 4}));
  EXPECT_THAT(committed("case-1"), IsEmpty());
  EXPECT_THAT(released("case-1"), IsEmpty());
  EXPECT_EQ(uncommitted("case-1").size(), 1u);
  EXPECT_EQ(balance_of(kSecond), (Balance{kSecond, 10, 0, 0}));
  EXPECT_EQ(holds_of("case-1").at(0).state, HoldState::kReleased);
  EXPECT_THAT(uncommitted("case-1"), IsEmpty());
  EXPECT_THAT(checked(), IsEmpty());
}

TEST_P(Ledger, ARefusalIsAValueAndTheTransactionGoesOn) {
  allotted(kSecond, 3);
  ASSERT_TRUE(held(kSecond, "case-1", 1));
  committed("case-1");
  ASSERT_TRUE(held(kSecond, "case-2", 1));
  EXPECT_EQ(held(kSecond, "case-3", 2).refusal(), (Insufficient{kSecond, 3, 1, 1, 2}));
  EXPECT_EQ(held("permits/2026/KZ-10/second", "case-3", 1).refusal(), (Insufficient{"permits/2026/KZ-10/second", 0, 0, 0, 1}));
  const auto fallback = store::must(write([](Transaction& t) -> StoreResult<int64_t> {
    TRY(wanted, hold(t, {kSecond, "case-3", 2, {}}, kWhy));
    EXPECT_FALSE(wanted);
    TRY(smaller, hold(t, {kSecond, "case-3", 1, {}}, kWhy));
    return smaller.value();
  }));
  EXPECT_EQ(holds_of("case-3").at(0).id, fallback);
  EXPECT_EQ(balance_of(kSecond), (Balance{kSecond, 3, 2, 1}));
  EXPECT_THAT(checked(), IsEmpty());
}

TEST_P(Ledger, OnlyWhatIsAvailableIsWithdrawnOrMoved) {
  allotted(kSecond, 10);
  ASSERT_TRUE(held(kSecond, "case-1", 4));
  EXPECT_EQ(store::must(write([](Transaction& t) { return withdraw(t, kSecond, 7, kWhy); })).refusal(),
            (Insufficient{kSecond, 10, 4, 0, 7}));
  EXPECT_EQ(store::must(write([](Transaction& t) { return withdraw(t, kSecond, 1, kWhy); })).value(), (Balance{kSecond, 9, 4, 0}));
  EXPECT_EQ(store::must(write([](Transaction& t) { return move(t, kSecond, kReserve, 6, kWhy); })).refusal(),
            (Insufficient{kSecond, 9, 4, 0, 6}));
  EXPECT_EQ(balance_of(kReserve).account, "none");
  EXPECT_EQ(store::must(write([](Transaction& t) { return move(t, kSecond, kReserve, 5, kWhy); })).value(), (Balance{kSecond, 4, 4, 0}));
  EXPECT_EQ(balance_of(kReserve), (Balance{kReserve, 5, 0, 0}));
  EXPECT_EQ(store::must(write([](Transaction& t) { return withdraw(t, "permits/none", 1, kWhy); })).refusal(),
            (Insufficient{"permits/none", 0, 0, 0, 1}));
  EXPECT_THAT(checked(), IsEmpty());
}

TEST_P(Ledger, APrefixSaysWhichHolds) {
  allotted(kSecond, 10);
  allotted(kThird, 10);
  allotted("permits/2026/KZ-750", 10);
  for (const char* account : {kSecond, kThird, "permits/2026/KZ-750"}) ASSERT_TRUE(held(account, "case-1", 2));
  ASSERT_TRUE(held(kSecond, "case-2", 1));
  EXPECT_EQ(released("case-1", kThird).size(), 1u);
  EXPECT_EQ(committed("case-1", "permits/2026/KZ-75").size(), 1u);
  EXPECT_EQ(balance_of(kSecond), (Balance{kSecond, 10, 1, 2}));
  EXPECT_EQ(balance_of(kThird), (Balance{kThird, 10, 0, 0}));
  EXPECT_EQ(balance_of("permits/2026/KZ-750").held, 2);
  EXPECT_EQ(committed("case-1", "permits/2026/").size(), 1u);
  EXPECT_THAT(checked(), IsEmpty());
}

TEST_P(Ledger, AHoldCountsOnItsLastDayAndExpiresOnce) {
  allotted(kSecond, 10);
  ASSERT_TRUE(held(kSecond, "late", 1, day("2026-03-02")));
  const auto first = held(kSecond, "first", 2, day("2026-02-28"));
  ASSERT_TRUE(held(kSecond, "done", 3, day("2026-02-27")));
  ASSERT_TRUE(held(kSecond, "open", 4));
  committed("done");
  EXPECT_EQ(held(kSecond, "more", 1).refusal().held, 7);
  EXPECT_THAT(expired(day("2026-02-28")), IsEmpty());
  EXPECT_THAT(expired(day("2026-03-01")), ElementsAre(Hold{first.value(), kSecond, "first", 2, day("2026-02-28"), HoldState::kExpired}));
  EXPECT_THAT(expired(day("2026-03-01")), IsEmpty());
  EXPECT_THAT(expired(day("2025-01-01")), IsEmpty());  // a clock that was set back
  EXPECT_THAT(committed("first"), IsEmpty());
  EXPECT_EQ(balance_of(kSecond), (Balance{kSecond, 10, 5, 3}));
  EXPECT_TRUE(held(kSecond, "more", 2));
  EXPECT_EQ(expired(day("2030-01-01")).size(), 1u);  // after a long downtime
  EXPECT_THAT(checked(), IsEmpty());
}

TEST_P(Ledger, ExpiryGoesByPagesTheOldestFirst) {
  allotted(kSecond, static_cast<int64_t>(kPageMax) + 1);
  store::must(write([](Transaction& t) -> StoreResult<void> {
    for (size_t i = 0; i <= kPageMax; ++i) {
      const Date until = day(i == kPageMax ? "2026-01-01" : "2026-01-02");
      TRY(id, hold(t, {kSecond, "case-" + std::to_string(i), 1, until}, kWhy));
      EXPECT_TRUE(id);
    }
    return {};
  }));
  const auto page = expired(day("2026-02-01"));
  ASSERT_EQ(page.size(), kPageMax);
  EXPECT_EQ(page[0].case_id, "case-" + std::to_string(kPageMax));
  EXPECT_EQ(expired(day("2026-02-01")).size(), 1u);
  EXPECT_THAT(expired(day("2026-02-01")), IsEmpty());
  EXPECT_EQ(balance_of(kSecond).held, 0);
  EXPECT_THAT(checked(), IsEmpty());
}

TEST_P(Ledger, ACorrectionIsAPosting) {
  const auto corrected = [&](int64_t change) {
    return store::must(write([&](Transaction& t) { return correct(t, kSecond, change, kWhy); }));
  };
  EXPECT_EQ(corrected(1).refusal(), (Insufficient{kSecond, 0, 0, 0, 1}));
  allotted(kSecond, 10);
  ASSERT_TRUE(held(kSecond, "case-1", 4));
  committed("case-1");
  EXPECT_EQ(corrected(3).value(), (Balance{kSecond, 10, 0, 7}));
  EXPECT_EQ(corrected(4).refusal(), (Insufficient{kSecond, 10, 0, 7, 4}));
  EXPECT_EQ(corrected(-4).refusal(), (Insufficient{kSecond, 10, 0, 7, -4})) << "four of the places belong to a hold";
  EXPECT_EQ(corrected(-2).value(), (Balance{kSecond, 10, 0, 5}));
  EXPECT_EQ(uncommitted("case-1").size(), 1u);
  EXPECT_EQ(balance_of(kSecond), (Balance{kSecond, 10, 0, 1}));
  const auto all = postings_of(kSecond);
  ASSERT_EQ(all.size(), 6u);
  EXPECT_EQ(all[4].kind, Kind::kCorrect);
  EXPECT_EQ(all[4].amount, -2);
  EXPECT_THAT(checked(), IsEmpty());
}

TEST_P(Ledger, PostingsTellWhatHappened) {
  allotted(kSecond, 10);
  allotted(kThird, 5);
  const Why why{.act = "import 2026-01", .reason = "өтініш бойынша", .recorded_at_ms = 12};
  const auto id = store::must(write([&](Transaction& t) { return hold(t, {kSecond, "case-1", 2, day("2026-05-01")}, why); })).value();
  committed("case-1");
  const auto all = postings_of(kSecond);
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[0], (Posting{1, kSecond, Kind::kAllot, 10, {}, {}, {}, kWhy, {kSecond, 10, 0, 0}}));
  EXPECT_EQ(all[1], (Posting{3, kSecond, Kind::kHold, 2, "case-1", id, day("2026-05-01"), why, {kSecond, 10, 2, 0}}));
  EXPECT_EQ(all[2], (Posting{4, kSecond, Kind::kCommit, 2, "case-1", id, {}, kWhy, {kSecond, 10, 0, 2}}));
  EXPECT_THAT(postings_of(kSecond, 1, 1), ElementsAre(all[1]));
  EXPECT_THAT(postings_of(kSecond, 4), IsEmpty());
  EXPECT_THAT(postings_of("permits/none"), IsEmpty());
  EXPECT_EQ(kind_name(Kind::kMoveOut), "move_out");
  EXPECT_EQ(kind_name(Kind::kCorrect), "correct");
}

TEST_P(Ledger, ThePublicBalanceIsPagedAndSummed) {
  for (const char* account : {"b/2", "b", "b/10", "b-a", "a/1", "b/1/x", "b0"}) allotted(account, 10);
  ASSERT_TRUE(held("b/1/x", "case-1", 3));
  ASSERT_TRUE(held("b/2", "case-2", 4));
  committed("case-2");
  const auto names = [&](const char* prefix, const char* after = "", size_t count = kPageMax) {
    std::vector<std::string> found;
    for (const Balance& one : store::must(store_->read([&](store::Reader& r) { return balances(r, prefix, after, count); }))) {
      found.push_back(one.account);
    }
    return found;
  };
  EXPECT_THAT(names("b"), ElementsAre("b", "b/1/x", "b/10", "b/2"));
  EXPECT_THAT(names("b/"), ElementsAre("b/1/x", "b/10", "b/2"));
  EXPECT_THAT(names("b/1"), ElementsAre("b/1/x"));
  EXPECT_THAT(names(""), ElementsAre("a/1", "b", "b-a", "b/1/x", "b/10", "b/2", "b0"));
  EXPECT_THAT(names("b/", "b/1/x", 1), ElementsAre("b/10"));
  EXPECT_THAT(names("b/", "b/2"), IsEmpty());
  EXPECT_THAT(names("b/", "", 0), IsEmpty());
  const auto sum = [&](const char* prefix) { return store::must(store_->read([&](store::Reader& r) { return total(r, prefix); })); };
  EXPECT_EQ(sum("b/"), (Total{3, 30, 3, 4}));
  EXPECT_EQ(sum("b/").available(), 23);
  EXPECT_EQ(sum(""), (Total{7, 70, 3, 4}));
  EXPECT_EQ(sum("none"), Total{});
}

TEST_P(Ledger, PagesHaveALimit) {
  store::must(write([](Transaction& t) -> StoreResult<void> {
    for (size_t i = 0; i < kPageMax + 5; ++i) TRY_DO(allot(t, "a/" + std::to_string(100000 + i), 1, kWhy));
    for (size_t i = 0; i < kPageMax; ++i) TRY_DO(allot(t, "a/100000", 1, kWhy));
    return {};
  }));
  const auto page = store::must(store_->read([](store::Reader& r) { return balances(r, "a", "", kPageMax * 2); }));
  EXPECT_EQ(page.size(), kPageMax);
  EXPECT_EQ(store::must(store_->read([&](store::Reader& r) { return balances(r, "a", page.back().account); })).size(), 5u);
  EXPECT_EQ(postings_of("a/100000", 0, kPageMax * 2).size(), kPageMax);
  EXPECT_EQ(postings_of("a/100000", postings_of("a/100000").back().number).size(), 1u);
  EXPECT_THAT(checked(), IsEmpty());
}

TEST_P(Ledger, NothingOfAnAbandonedActStays) {
  allotted(kSecond, 10);
  const auto undone = write([](Transaction& t) -> StoreResult<void> {
    TRY(id, hold(t, {kSecond, "case-1", 2, {}}, kWhy));
    EXPECT_TRUE(id);
    TRY_DO(allot(t, kThird, 5, kWhy));
    return store::abandon("a guard said no");
  });
  EXPECT_EQ(store::fault_in(undone), Fault::kAbandoned);
  EXPECT_EQ(balance_of(kSecond), (Balance{kSecond, 10, 0, 0}));
  EXPECT_EQ(balance_of(kThird).account, "none");
  EXPECT_THAT(holds_of("case-1"), IsEmpty());
  EXPECT_EQ(held(kSecond, "case-1", 1).value(), 2);  // the number was not used up
}

TEST_P(Ledger, MisuseIsAnErrorAndHarmsNothing) {
  allotted(kSecond, 10);
  const auto refuses = [&](auto work) { return store::fault_in(write(work)) == Fault::kProgramming; };
  for (const int64_t amount : {int64_t{0}, int64_t{-1}, kAmountMax + 1, INT64_MIN}) {
    EXPECT_TRUE(refuses([&](Transaction& t) { return allot(t, kSecond, amount, kWhy); })) << amount;
    EXPECT_TRUE(refuses([&](Transaction& t) { return hold(t, {kSecond, "c", amount, {}}, kWhy); })) << amount;
    EXPECT_TRUE(refuses([&](Transaction& t) { return move(t, kSecond, kThird, amount, kWhy); })) << amount;
  }
  for (const int64_t change : {int64_t{0}, kAmountMax + 1, -kAmountMax - 1, INT64_MIN, INT64_MAX}) {
    EXPECT_TRUE(refuses([&](Transaction& t) { return correct(t, kSecond, change, kWhy); })) << change;
  }
  EXPECT_TRUE(refuses([](Transaction& t) { return allot(t, kSecond, kAmountMax, kWhy); })) << "the limit has a limit";
  EXPECT_TRUE(refuses([](Transaction& t) { return allot(t, "a//b", 1, kWhy); }));
  EXPECT_TRUE(refuses([](Transaction& t) { return move(t, kSecond, kSecond, 1, kWhy); }));
  EXPECT_TRUE(refuses([](Transaction& t) { return move(t, kSecond, "", 1, kWhy); }));
  EXPECT_TRUE(refuses([](Transaction& t) { return hold(t, {kSecond, "", 1, {}}, kWhy); }));
  EXPECT_TRUE(refuses([](Transaction& t) { return hold(t, {kSecond, std::string(kCaseMaxBytes + 1, 'c'), 1, {}}, kWhy); }));
  EXPECT_TRUE(refuses([](Transaction& t) { return commit(t, "c\n", "", kWhy); }));
  EXPECT_TRUE(refuses([](Transaction& t) { return commit(t, "c", "/", kWhy); }));
  EXPECT_TRUE(refuses([](Transaction& t) { return allot(t, kSecond, 1, {.act = "7", .reason = ""}); })) << "needs a reason";
  EXPECT_TRUE(refuses([](Transaction& t) { return release(t, "c", "", {.act = "", .reason = "r"}); })) << "needs an act";
  EXPECT_TRUE(refuses([](Transaction& t) { return release(t, "c", "", {.act = "7", .reason = std::string(kReasonMaxBytes + 1, 'r')}); }));
  EXPECT_TRUE(refuses([](Transaction& t) { return release(t, "c", "", {.act = "7", .reason = "", .recorded_at_ms = -1}); }));
  EXPECT_EQ(balance_of(kSecond), (Balance{kSecond, 10, 0, 0}));
  EXPECT_EQ(postings_of(kSecond).size(), 1u);
  EXPECT_THAT(checked(), IsEmpty());
}

/// Somebody forgets to look before writing: the database refuses, under the same name on both engines.
TEST_P(Ledger, TheDatabaseRefusesToOversell) {
  allotted(kSecond, 3);
  ASSERT_TRUE(held(kSecond, "case-1", 1));
  committed("case-1");
  ASSERT_TRUE(held(kSecond, "case-2", 2));
  const auto rule = [&](const char* change) {
    const auto done = execute(std::string("UPDATE ledger_account SET ") + change + " WHERE code = $1", {kSecond});
    return done ? "none" : done.error().violation.name;
  };
  EXPECT_EQ(rule("held = held + 1"), "ledger_account_not_oversold");
  EXPECT_EQ(rule("committed = committed + 1"), "ledger_account_not_oversold");
  EXPECT_EQ(rule("limit_now = limit_now - 1"), "ledger_account_not_oversold");
  EXPECT_EQ(rule("held = -1"), "ledger_account_not_oversold");
  EXPECT_EQ(rule("committed = -1"), "ledger_account_not_oversold");
  EXPECT_EQ(rule("limit_now = 1000000000001"), "ledger_account_not_oversold");
  EXPECT_EQ(rule("limit_now = -1, held = 0, committed = 0"), "ledger_account_not_oversold");
  EXPECT_EQ(rule("held = held"), "none");
  const auto insert = [&](const char* values) {
    const auto done = execute(std::string("INSERT INTO ledger_posting (number, account, kind, amount, act, reason, recorded_at,"
                                          " limit_after, held_after, committed_after) VALUES (") +
                              values + ")");
    return done ? "none" : done.error().violation.name;
  };
  EXPECT_EQ(insert("9, 'permits/2026/KZ-75/second', 'hold', 0, 'a', 'r', 0, 3, 2, 1"), "ledger_posting_amount");
  EXPECT_EQ(insert("3, 'permits/2026/KZ-75/second', 'hold', 1, 'a', 'r', 0, 3, 2, 1"), "ledger_posting_pkey");
  EXPECT_THAT(checked(), IsEmpty());
}

/// The hold fails after its posting was written: nothing may stay of either.
TEST_P(Ledger, AFailureInTheMiddleLeavesNothing) {
  allotted(kSecond, 3);
  EXPECT_TRUE(execute("INSERT INTO ledger_hold (id, account, case_id, amount, state) VALUES (2, $1, 'other', 1, 'released')", {kSecond}));
  const auto failed = write([](Transaction& t) { return hold(t, {kSecond, "case-1", 1, {}}, kWhy); });
  ASSERT_EQ(store::fault_in(failed), Fault::kConstraint);
  EXPECT_EQ(failed.error().violation.name, "ledger_hold_pkey");
  EXPECT_EQ(balance_of(kSecond), (Balance{kSecond, 3, 0, 0}));
  EXPECT_EQ(postings_of(kSecond).size(), 1u);
}

TEST_P(Ledger, AnAccountThatLostItsPlacesIsReportedAsDamaged) {
  allotted(kSecond, 3);
  ASSERT_TRUE(held(kSecond, "case-1", 2));
  ASSERT_TRUE(execute("UPDATE ledger_account SET held = 1 WHERE code = $1", {kSecond}));
  EXPECT_EQ(store::fault_in(write([](Transaction& t) { return commit(t, "case-1", "", kWhy); })), Fault::kCorrupt);
  EXPECT_EQ(holds_of("case-1").at(0).state, HoldState::kHeld);
}

}  // namespace
}  // namespace koshi::ledger
