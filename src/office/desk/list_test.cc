/// Queues and lists: who finds which case, page by page.
#include "office/desk/test_desk.h"

namespace koshi::office {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;

class ListTest : public DeskFixture {
 protected:
  std::vector<std::string> ids(CaseFilter filter) {
    std::vector<std::string> found;
    do {
      const CasePage page = must_have(desk_->list(filter));
      EXPECT_LE(page.rows.size(), filter.limit);
      for (const CaseRow& row : page.rows) found.push_back(row.id);
      filter.after = page.next;
    } while (!filter.after.empty());
    return found;
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, ListTest, store::both_engines(), store::engine_name);

TEST_P(ListTest, EachRoleFindsWhatItMaySee) {
  allot(50);
  allot(50, "permits/2026/KZ-71");
  const Case draft_of_111 = draft(1);
  const Case almaty = submitted(1);
  const Case astana = submitted(1, "222", "KZ-71");
  const Case given = granted(1, "333");
  const std::string almaty_scope = "\"KZ-75\"";
  EXPECT_THAT(ids({.role = "akimat", .scope = almaty_scope}), ElementsAre(given.id, almaty.id));
  EXPECT_THAT(ids({.role = "akimat", .scope = "\"KZ-71\""}), ElementsAre(astana.id));
  EXPECT_THAT(ids({.role = "akimat"}), ElementsAre(given.id, astana.id, almaty.id));
  EXPECT_THAT(ids({.role = "treasury"}), ElementsAre(given.id, astana.id, almaty.id));
  EXPECT_THAT(ids({.role = "employer", .scope = "\"111\""}), ElementsAre(almaty.id, draft_of_111.id));
  EXPECT_THAT(ids({.role = "employer"}), IsEmpty());
  EXPECT_THAT(ids({.account = "employer-111"}), ElementsAre(almaty.id, draft_of_111.id));
  EXPECT_THAT(ids({.role = "employer", .scope = "\"222\"", .account = "employer-111"}), ElementsAre(astana.id, almaty.id, draft_of_111.id));
  EXPECT_THAT(ids({.role = "nobody"}), IsEmpty());
  EXPECT_THAT(ids({}), ElementsAre(given.id, astana.id, almaty.id, draft_of_111.id));
  for (const Actor& actor : {akimat(), akimat("KZ-71"), treasury(), employer("111"), employer("222")}) {
    for (const std::string& id : ids({})) {
      const auto listed = ids({.role = actor.role, .scope = actor.scope});
      EXPECT_EQ(std::ranges::find(listed, id) != listed.end(), desk_->show(actor, id).has_value()) << actor.account << " " << id;
    }
  }
}

TEST_P(ListTest, StatesAndProceduresNarrow) {
  allot(50);
  const Case item = granted(1);
  const Case refused = [&] {
    const Case one = submitted(1, "222");
    return must_do(desk_->act(by(akimat()), one.id, one.version, "refuse", R"({"fits":false})"));
  }();
  EXPECT_THAT(ids({}), ElementsAre(item.id));
  EXPECT_THAT(ids({.open_only = false}), ElementsAre(refused.id, item.id));
  EXPECT_THAT(ids({.role = "akimat", .scope = "\"KZ-75\"", .open_only = false}), ElementsAre(refused.id, item.id));
  EXPECT_THAT(ids({.account = "employer-222"}), IsEmpty());
  EXPECT_THAT(ids({.account = "employer-222", .open_only = false}), ElementsAre(refused.id));
  for (const CaseFilter& who : {CaseFilter{}, CaseFilter{.role = "akimat"}, CaseFilter{.role = "akimat", .scope = "\"KZ-75\""}}) {
    CaseFilter filter = who;
    filter.state = "refused";
    EXPECT_THAT(ids(filter), ElementsAre(refused.id));
    filter.state = "granted";
    filter.by_due = true;
    EXPECT_THAT(ids(filter), ElementsAre(item.id));
    filter.procedure = "work_permit";
    EXPECT_THAT(ids(filter), ElementsAre(item.id));
    filter.procedure = "another";
    EXPECT_THAT(ids(filter), IsEmpty());
  }
}

TEST_P(ListTest, AQueueMayHoldOnlyWhatTheRoleCanActOn) {
  allot(10);
  const Case waits = submitted(1);
  pass_days(1);
  const Case decided = granted(1);
  const Case rests = in_force(1);
  for (const CaseFilter& who : {CaseFilter{.role = "akimat"}, CaseFilter{.role = "akimat", .scope = "\"KZ-75\""}}) {
    CaseFilter filter = who;
    for (const bool by_due : {false, true}) {
      filter.by_due = by_due;
      filter.acting_only = false;
      EXPECT_THAT(ids(filter), testing::UnorderedElementsAre(waits.id, decided.id, rests.id));
      filter.acting_only = true;
      EXPECT_THAT(ids(filter), ElementsAre(waits.id));
    }
  }
  EXPECT_THAT(ids({.role = "nobody", .scope = "\"KZ-75\"", .acting_only = true}), IsEmpty());
}

TEST_P(ListTest, PagesFollowEachOtherWithoutGapsOrRepeats) {
  allot(100);
  std::vector<std::string> newest;
  for (int i = 0; i < 7; ++i) {
    newest.insert(newest.begin(), submitted(1, "50" + std::to_string(i)).id);
    if (i % 3 == 0) pass_days(1);
  }
  for (const size_t limit : {1u, 2u, 3u, 7u, 100u}) {
    EXPECT_EQ(ids({.role = "akimat", .scope = "\"KZ-75\"", .limit = limit}), newest);
    EXPECT_EQ(ids({.limit = limit}), newest);
    const auto urgent = ids({.role = "akimat", .scope = "\"KZ-75\"", .by_due = true, .limit = limit});
    EXPECT_EQ(urgent, ids({.by_due = true, .limit = 100})) << limit;
    EXPECT_THAT(urgent, testing::UnorderedElementsAreArray(newest));
    EXPECT_EQ(urgent[0], newest.back());
  }
  EXPECT_THAT(must_have(desk_->list({.limit = 0})).rows, SizeIs(1));
}

TEST_P(ListTest, ARowTellsWhatAQueueShows) {
  allot(10);
  const Case item = submitted(2);
  const auto page = must_have(desk_->list({.role = "akimat", .scope = "\"KZ-75\"", .by_due = true}));
  ASSERT_THAT(page.rows, SizeIs(1));
  const CaseRow& row = page.rows[0];
  EXPECT_EQ(row.id, item.id);
  EXPECT_EQ(row.procedure, "work_permit");
  EXPECT_EQ(row.state, "examined");
  EXPECT_EQ(row.opened_by, "employer-111");
  EXPECT_EQ(row.version, item.version);
  EXPECT_EQ(row.title, "Zher LLP");
  EXPECT_EQ(format_date(row.opened), "2026-01-15");
  EXPECT_EQ(format_date(row.filed.value_or(Date{})), "2026-01-15");
  EXPECT_EQ(format_date(row.due.value_or(Date{})), "2026-01-22");
}

TEST_P(ListTest, AForeignCursorIsRefused) {
  for (const char* after : {"x", "2026-01-01", "2026-01-01 a b", "2026-13-01 a"}) {
    EXPECT_EQ(refusal_in(desk_->list({.by_due = true, .after = after})), RefusalKind::kBadFacts) << after;
  }
  EXPECT_EQ(refusal_in(desk_->list({.after = "x"})), RefusalKind::kBadFacts);
}

}  // namespace
}  // namespace koshi::office
