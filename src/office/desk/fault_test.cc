/// What goes wrong outside: an act is kept whole or not at all, and may be tried again.
#include <thread>

#include "office/desk/test_desk.h"

namespace koshi::office {
namespace {

using testing::IsEmpty;

class DeskFaultTest : public DeskFixture {};
INSTANTIATE_TEST_SUITE_P(Engines, DeskFaultTest, store::both_engines(), store::engine_name);

/// Once planned inside of the write, once beside it.
TEST_P(DeskFaultTest, AFailureAtAnyStepLeavesNothingAndTheRetryDoesItAll) {
  allot(100);
  const auto submit = [&](const Case& item) {
    return desk_->act(by(employer(item.opened_by.substr(9)), "key-" + item.id), item.id, item.version, "submit");
  };
  for (const bool busy : {false, true}) {
    faulty_->seem_busy(busy);
    faulty_->plan({});
    const Case tried = draft(1, busy ? "702" : "700");
    faulty_->plan({});
    must_do(submit(tried));
    const int64_t steps = faulty_->step_count();
    ASSERT_GT(steps, 8);
    const Case item = draft(1, busy ? "703" : "701");
    const std::string before = counts();
    const ledger::Balance balance = quota();
    for (int64_t step = 1; step <= steps; ++step) {
      faulty_->plan({.fail_step = step});
      EXPECT_EQ(fault_of(submit(item)), store::Fault::kUnavailable) << step;
      EXPECT_EQ(counts(), before) << step;
      EXPECT_EQ(quota(), balance) << step;
    }
    faulty_->plan({});
    const auto done = submit(item);
    ASSERT_TRUE(done) << told(done.error());
    EXPECT_FALSE(done->repeated);
    const auto again = submit(item);
    ASSERT_TRUE(again) << told(again.error());
    EXPECT_TRUE(again->repeated);
  }
  EXPECT_THAT(found_by_rebuild(), IsEmpty());
  EXPECT_EQ(journal_damage(), "");
}

TEST_P(DeskFaultTest, AfterAnUnknownOutcomeTheKeyTells) {
  allot(100);
  for (const auto lost : {store::CommitFault::kLostBefore, store::CommitFault::kLostAfter}) {
    const Case item = draft(1, lost == store::CommitFault::kLostBefore ? "800" : "801");
    const auto submit = [&] { return desk_->act(by(employer(item.opened_by.substr(9)), "k" + item.id), item.id, item.version, "submit"); };
    faulty_->plan({.commit_at = 1, .commit = lost});
    EXPECT_EQ(fault_of(submit()), store::Fault::kOutcomeUnknown);
    faulty_->plan({});
    const auto again = submit();
    ASSERT_TRUE(again) << told(again.error());
    EXPECT_EQ(again->repeated, lost == store::CommitFault::kLostAfter);
    EXPECT_EQ(again->item.state, "examined");
  }
  EXPECT_EQ(quota().held, 2);
  EXPECT_THAT(found_by_rebuild(), IsEmpty());
}

TEST_P(DeskFaultTest, ASweepThatFailsGoesOnTheNextTime) {
  allot(10);
  const Case item = granted(1);
  pass_days(11);
  must_do(desk_->open_case(by(employer("333")), "work_permit"));  // the day's first act ends holds
  faulty_->plan({});
  must_have(desk_->sweep());
  const int64_t steps = faulty_->step_count();
  EXPECT_EQ(must_have(desk_->show(employer(), item.id)).state, "lapsed");
  const Case other = granted(1, "222");
  pass_days(11);
  must_do(desk_->open_case(by(employer("333")), "work_permit"));
  for (int64_t step = 1; step <= steps; ++step) {
    faulty_->plan({.fail_step = step});
    EXPECT_EQ(fault_of(desk_->sweep()), store::Fault::kUnavailable) << step;
    EXPECT_EQ(must_have(desk_->show(employer("222"), other.id)).state, "granted");
  }
  faulty_->plan({});
  EXPECT_EQ(must_have(desk_->sweep()), 1u);
  EXPECT_THAT(found_by_rebuild(), IsEmpty());
}

TEST_P(DeskFaultTest, TwoOfficersOnTheLastSeat) {
  constexpr int kRivals = 8;
  allot(3);
  std::vector<Case> drafts;
  for (int i = 0; i < kRivals; ++i) drafts.push_back(draft(1, "90" + std::to_string(i)));
  const auto other = new_desk();
  std::atomic<int> seated = 0, refused = 0;
  {
    std::vector<std::jthread> rivals;
    for (int i = 0; i < kRivals; ++i) {
      rivals.emplace_back([&, i] {
        const Case& item = drafts[static_cast<size_t>(i)];
        Desk& desk = i % 2 == 0 ? *desk_ : *other;
        const auto done = desk.act(by(employer("90" + std::to_string(i))), item.id, item.version, "submit");
        if (done) ++seated;
        if (refusal_in(done) == RefusalKind::kNoPlaces) ++refused;
      });
    }
  }
  EXPECT_EQ(seated, 3);
  EXPECT_EQ(refused, kRivals - 3);
  EXPECT_EQ(quota(), (ledger::Balance{kQuota, 3, 3, 0}));
  EXPECT_THAT(found_by_rebuild(), IsEmpty());
}

TEST_P(DeskFaultTest, OfTwoActsOnOneVersionOneIsDone) {
  allot(20);
  for (int round = 0; round < 5; ++round) {
    const Case item = submitted(1, "95" + std::to_string(round));
    std::atomic<int> done = 0, stale = 0;
    {
      std::vector<std::jthread> officers;
      for (const char* action : {"grant", "refuse"}) {
        officers.emplace_back([&, action] {
          const std::string asked = std::string(action) == "grant" ? R"({"fits":true})" : R"({"fits":false})";
          const auto result = desk_->act(by(akimat()), item.id, item.version, action, asked);
          if (result) ++done;
          if (refusal_in(result) == RefusalKind::kStale) ++stale;
        });
      }
    }
    EXPECT_EQ(done, 1);
    EXPECT_EQ(stale, 1);
  }
  EXPECT_THAT(found_by_rebuild(), IsEmpty());
}

TEST_P(DeskFaultTest, ADoubleSubmitIsOneAct) {
  allot(20);
  const Case item = draft(1);
  std::atomic<int> first = 0, repeated = 0;
  {
    std::vector<std::jthread> clicks;
    for (int i = 0; i < 6; ++i) {
      clicks.emplace_back([&] {
        const auto done = desk_->act(by(employer(), "the same"), item.id, item.version, "submit");
        ASSERT_TRUE(done) << told(done.error());
        ++(done->repeated ? repeated : first);
      });
    }
  }
  EXPECT_EQ(first, 1);
  EXPECT_EQ(repeated, 5);
  EXPECT_EQ(quota().held, 1);
}

}  // namespace
}  // namespace koshi::office
