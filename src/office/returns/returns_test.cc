/// Returns against a count of the journal that knows nothing of them; on both engines.
#include "office/returns/returns.h"

#include "office/desk/test_desk.h"
#include "office/returns/told.h"

namespace koshi::office {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class ReturnsTest : public DeskFixture {
 protected:
  static const zan::Return& monthly() { return TestLaw::shared().law().corpus.returns.front(); }
  ReturnTable made(const std::string& period, std::optional<std::string> region = {}) {
    ReturnAsk ask{monthly(), parse_period(zan::Return::Period::kMonth, period).value(), zan::kNoId, std::nullopt};
    if (region) {
      ask.within = 0;
      ask.scope = scope_value(TestLaw::shared().law().corpus, monthly(), 0, *region);
    }
    return store::must(make_return(*store_, journal_, TestLaw::shared().law(), ask));
  }
  void refuse(const Case& item) { must_do(desk_->act(by(akimat()), item.id, item.version, "refuse", R"({"fits":false})")); }
};
INSTANTIATE_TEST_SUITE_P(Engines, ReturnsTest, store::both_engines(), store::engine_name);

TEST_P(ReturnsTest, CountsWhatWasDoneReachedAndStands) {
  allot(40);
  allot(10, "permits/2026/KZ-71");
  in_force(2);
  in_force(5, "222");
  granted(1, "333");
  refuse(submitted(4, "444"));
  submitted(3, "555", "KZ-71");
  draft(1, "666");
  const ReturnTable table = made("2026-01");
  ASSERT_THAT(table.lines, SizeIs(2));
  // applications, granted, refused, workers, large, open
  EXPECT_THAT(table.lines[0].figures, ElementsAre(1, 0, 0, 0, 0, 1));
  EXPECT_THAT(table.lines[1].figures, ElementsAre(4, 3, 1, 7, 2, 1));
  EXPECT_THAT(table.total.figures, ElementsAre(5, 3, 1, 7, 2, 2));
  EXPECT_EQ(table.cases, 5);
  EXPECT_EQ(table.unclear, 0);
}

TEST_P(ReturnsTest, APastPeriodTellsTheSameWhateverBecameOfItsCases) {
  allot(40);
  const Case open = granted(2);
  const ReturnTable before = made("2026-01");
  pass_days(5);
  must_do(desk_->act(by(treasury()), open.id, open.version, "pay"));
  EXPECT_THAT(made("2026-01").total.figures, ElementsAre(1, 1, 0, 2, 0, 0));
  pass_days(20);  // into February
  const Case later = granted(3, "222");
  const ReturnTable january = made("2026-01");
  EXPECT_THAT(january.total.figures, ElementsAre(1, 1, 0, 2, 0, 0));
  EXPECT_THAT(made("2026-02").total.figures, ElementsAre(1, 1, 0, 0, 0, 1));
  pass_days(9);
  must_do(desk_->act(by(treasury()), later.id, later.version, "pay"));
  pass_days(31);
  // February as it stood at its end, though the case has gone on since.
  EXPECT_THAT(made("2026-01").total.figures, january.total.figures);
  EXPECT_THAT(made("2026-02").total.figures, ElementsAre(1, 1, 0, 3, 0, 0));
  EXPECT_THAT(before.total.figures, ElementsAre(1, 1, 0, 0, 0, 1));
}

TEST_P(ReturnsTest, FromTheJournalAndFromItsSnapshotsTheSameComes) {
  allot(40);
  const Case open = granted(2);
  pass_days(31);
  must_do(desk_->act(by(treasury()), open.id, open.version, "pay"));
  // The snapshot says that the permit is in force; in January it was only granted.
  EXPECT_THAT(made("2026-01").total.figures, ElementsAre(1, 1, 0, 0, 0, 1));
}

TEST_P(ReturnsTest, WhoIsBoundToARegionSeesThatOne) {
  allot(40);
  allot(10, "permits/2026/KZ-71");
  in_force(2);
  submitted(3, "555", "KZ-71");
  const ReturnTable astana = made("2026-01", "KZ-71");
  ASSERT_THAT(astana.lines, SizeIs(1));
  EXPECT_THAT(astana.total.figures, ElementsAre(1, 0, 0, 0, 0, 1));
  const zan::Corpus& corpus = TestLaw::shared().law().corpus;
  const auto bound = return_view(corpus, monthly(), {akimat("KZ-71")});
  ASSERT_TRUE(bound);
  EXPECT_EQ(bound->within, 0);
  EXPECT_EQ(bound->scope, scope_value(corpus, monthly(), 0, "KZ-71"));
  EXPECT_EQ(return_view(corpus, monthly(), {treasury()})->within, zan::kNoId);
  EXPECT_FALSE(return_view(corpus, monthly(), {employer()}));
}

TEST_P(ReturnsTest, APeriodWithoutCasesIsEmpty) {
  allot(4);
  submitted(1);
  const ReturnTable table = made("2025-12");
  EXPECT_THAT(table.lines, IsEmpty());
  EXPECT_THAT(table.total.figures, ElementsAre(0, 0, 0, 0, 0, 0));
}

TEST_P(ReturnsTest, IsToldInWordsAndAsATable) {
  allot(40);
  in_force(2);
  const Law law = TestLaw::shared().law();
  const ToldReturn told = tell_return(law.words, words::Language::kEn, monthly(), made("2026-01"));
  EXPECT_EQ(told.label, "Permits, monthly");
  EXPECT_THAT(told.headings,
              ElementsAre("Region", "Applications", "Granted", "Refused", "Workers permitted", "Large applications", "Open at the end"));
  ASSERT_THAT(told.lines, SizeIs(1));
  EXPECT_THAT(told.lines[0], ElementsAre("Almaty", "1", "1", "0", "2", "0", "0"));
  EXPECT_EQ(return_csv(told),
            "\xEF\xBB\xBFRegion,Applications,Granted,Refused,Workers permitted,Large applications,Open at the end\r\n"
            "Almaty,1,1,0,2,0,0\r\n");
}

TEST(Periods, AreReadAndWritten) {
  using Kind = zan::Return::Period;
  for (const auto& [kind, text] : {std::pair{Kind::kMonth, "2026-02"}, std::pair{Kind::kMonth, "2025-12"},
                                   std::pair{Kind::kQuarter, "2026-Q4"}, std::pair{Kind::kYear, "2026"}}) {
    const auto period = parse_period(kind, text);
    ASSERT_TRUE(period) << text;
    EXPECT_EQ(format_period(*period), text);
    EXPECT_EQ(period_of(kind, period->first), *period);
    EXPECT_EQ(period_of(kind, period->last), *period);
  }
  EXPECT_EQ(parse_period(Kind::kMonth, "2026-02")->last, make_date(2026, 2, 28));
  EXPECT_EQ(format_period(period_before(*parse_period(Kind::kQuarter, "2026-Q1"))), "2025-Q4");
  for (const char* text : {"", "2026", "2026-13", "2026-00", "2026-1", "2026-Q1", "26-01", "2026-01-01", "+026-01"})
    EXPECT_FALSE(parse_period(Kind::kMonth, text)) << text;
  for (const char* text : {"2026-Q0", "2026-Q5", "2026-01", "2026Q1"}) EXPECT_FALSE(parse_period(Kind::kQuarter, text)) << text;
  EXPECT_FALSE(parse_period(Kind::kYear, "2026-01"));
}

}  // namespace
}  // namespace koshi::office
