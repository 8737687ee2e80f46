#include "office/case/take.h"

#include "office/case/test_other_law.h"

namespace koshi::office {
namespace {

using testing::SizeIs;

class TakeTest : public OtherLawTest {
 protected:
  Decided take(const Case& item, const Case& from, const Actor& actor) {
    return take_facts(*law_, item, actor, item.version, from, today_);
  }
  static std::string fact(const Case& item, std::string_view path) {
    const FactEntry* entry = item.find_fact(path);
    return entry == nullptr ? "none" : entry->json + " " + std::string(source_name(entry->source)) + " " + entry->by;
  }
  std::string refused(const Decided& decided) { return decided ? "done" : decided.error().message.substr(0, 32); }
};

TEST_F(TakeTest, TakesFactsWithTheNumberOfTheCaseTheyComeFrom) {
  const Case item = done(take(given(opened("permit_case", "P-1"), R"({"occupation":"cook"})"), searched(), employer_));
  EXPECT_EQ(fact(item, "posted"), "\"2026-03-02\" case S/2026/000007");
  EXPECT_EQ(fact(item, "occupation"), "\"welder\" case S/2026/000007") << "in place of what was said before";
  EXPECT_EQ(fact(item, "headcount"), "2 case S/2026/000007");
  EXPECT_EQ(fact(item, "keep"), "none") << "only what the procedure takes";
  const auto again = parse_case_json(case_json(item));
  ASSERT_TRUE(again.has_value()) << again.error().message;
  EXPECT_EQ(case_json(*again), case_json(item));
}

TEST_F(TakeTest, WhatWasTakenMayBeSaidAnewAndForgotten) {
  const Case taken = done(take(opened("permit_case", "P-1"), searched(), employer_));
  EXPECT_EQ(fact(given(taken, R"({"headcount":2})"), "headcount"), "2 case S/2026/000007") << "the same again changes nothing";
  EXPECT_EQ(fact(given(taken, R"({"headcount":1})"), "headcount"), "1 declared employer");
  const Case less = done(give_facts(*law_, taken, employer_, taken.version, "{}", {"posted"}, today_));
  EXPECT_EQ(fact(less, "posted"), "none");
}

TEST_F(TakeTest, NothingIsTakenFromAnothersCaseOrFromOneThatHasNotEndedSo) {
  const Case item = opened("permit_case", "P-1");
  const std::string none = "This case cannot take anything ov";
  EXPECT_EQ(refused(take(item, posted(), employer_)), none.substr(0, 32)) << "still posted";
  Case theirs = searched();
  theirs.facts.front().json = "\"200\"";
  ASSERT_EQ(theirs.facts.front().path, "firm.bin");
  EXPECT_EQ(refused(take(item, theirs, employer_)), none.substr(0, 32));
  EXPECT_EQ(refused(take(item, item, employer_)), none.substr(0, 32));
  EXPECT_FALSE(take(item, searched(), stranger_).has_value());
  EXPECT_FALSE(take(item, searched(), akimat_).has_value());
  const Case filed = done(act(given(done(take(item, searched(), employer_)), R"({"locals":5,"foreign":1,"exempt":false})"), employer_,
                              "submit", Date{today_.days + 15}));
  EXPECT_FALSE(take(filed, searched(), employer_).has_value()) << "the forms are closed";
}

TEST_F(TakeTest, WhatWouldContradictItselfIsRefused) {
  Case far = searched();
  for (FactEntry& entry : far.facts) {
    if (entry.path == "posted") entry.json = "\"2046-03-02\"";
  }
  const Decided decided = take(opened("permit_case", "P-1"), far, employer_);
  ASSERT_FALSE(decided.has_value());
  EXPECT_EQ(decided.error().kind, RefusalKind::kBadFacts);
}

TEST_F(TakeTest, ChargesSayWhoIsPaidAndWhenTheyWere) {
  const Case draft = given(done(take(opened("permit_case", "P-1"), searched(), employer_)), R"({"locals":5,"foreign":1,"exempt":false})");
  const Date on{today_.days + 15};
  const Case granted = done(act(done(act(draft, employer_, "submit", on)), akimat_, "grant", on, R"({"papers_false":false})"));
  ASSERT_THAT(granted.charges, SizeIs(1));
  EXPECT_EQ(granted.charges[0].to, "treasury");
  EXPECT_EQ(granted.charges[0].paid, std::nullopt);
  const Case paid = done(act(granted, treasury_, "pay", Date{on.days + 3}));
  EXPECT_EQ(paid.charges[0].paid, Date{on.days + 3});
  const auto again = parse_case_json(case_json(paid));
  ASSERT_TRUE(again.has_value()) << again.error().message;
  EXPECT_EQ(case_json(*again), case_json(paid));
}

}  // namespace
}  // namespace koshi::office
