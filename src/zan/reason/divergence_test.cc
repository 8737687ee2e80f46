#include "zan/reason/divergence.h"

#include "zan/reason/test_law.h"

namespace koshi::zan {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* kLaw = R"(
enum ground "Ground"
  young "Young"
  poor "Poor"
entity person "Person"
  age : whole "Age"
  funds : money "Funds"
norm adult_from : whole "Adult from"
  first: 18 until 2019-12-31 by L art. 1 [read]
  second: 21 from 2020-01-01 by L art. 2 [read]
norm adult of person : yes/no "Adult"
  grown: age >= adult_from by L art. 3 [read]
norm grounds of person : set of ground "Grounds"
  too_young: {young} when not adult by L art. 4 [read]
  too_poor: {poor} when funds < 100 tenge by L art. 5 [read]
norm allowed of person : yes/no "Allowed"
  free: grounds is empty by L art. 6 [read]
reform generous "No ground is left"
  by L art. 7 [read]
  amend grounds of person
    repeal too_poor
)";

class DivergenceTest : public testing::Test {
 protected:
  /// "adult: yes → no; grown → grown"
  std::vector<std::string> parts(const std::string& norm, const TestLaw::Facts& facts, const std::string& before, const std::string& after,
                                 const std::vector<std::string>& reforms = {}) {
    std::vector<std::string> told;
    for (const Divergence& one : divergences(law_.ask(norm, facts, before), law_.ask(norm, facts, after, reforms))) {
      told.push_back(law_.corpus().full_name(one.norm) + ": " + value(one.outcome_before, one.before) + " > " +
                     value(one.outcome_after, one.after) + "; " + rules(one.rules_before) + " > " + rules(one.rules_after));
    }
    return told;
  }
  std::string value(Outcome outcome, const Value& value) const {
    return outcome == Outcome::kValue ? format_value(law_.corpus(), value) : "-";
  }
  std::string rules(const std::vector<RuleId>& ids) const {
    std::string text;
    for (const RuleId id : ids) text += (text.empty() ? "" : ",") + law_.corpus().rules[static_cast<size_t>(id)].label;
    return text;
  }
  TestLaw law_{kLaw};
};

TEST_F(DivergenceTest, EqualAnswersPartNowhere) {
  EXPECT_THAT(parts("person.allowed", {{"age", "30"}, {"funds", "500 tenge"}}, "2019-06-01", "2020-06-01"), IsEmpty());
}

TEST_F(DivergenceTest, NamesTheDeepestNormWhichDiffersAndItsRules) {
  EXPECT_THAT(parts("person.allowed", {{"age", "19"}, {"funds", "500 tenge"}}, "2019-06-01", "2020-06-01"),
              ElementsAre("adult_from: 18 > 21; first > second"));
}

TEST_F(DivergenceTest, ADraftThatTakesARuleAwayIsSeenWhereTheRuleStood) {
  EXPECT_THAT(parts("person.allowed", {{"age", "30"}, {"funds", "5 tenge"}}, "2019-06-01", "2019-06-01", {"generous"}),
              ElementsAre("person.grounds: {poor} > {}; too_poor > "));
}

TEST_F(DivergenceTest, WhatIsNoLongerKnownIsADifferenceToo) {
  const Answer before = law_.ask("person.adult", {{"age", "19"}}, "2020-06-01");
  const Answer after = law_.ask("person.adult", {}, "2020-06-01");
  const auto found = divergences(before, after);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found.front().outcome_after, Outcome::kUnknown);
}

/// A journal keeps the head of a proof that is too long for it.
TEST_F(DivergenceTest, HeadsOfProofsAreEnoughToTellThatTheyDiffer) {
  Answer before = law_.ask("person.adult", {{"age", "19"}}, "2019-06-01");
  Answer after = law_.ask("person.adult", {{"age", "19"}}, "2020-06-01");
  before.proof.clear();
  const auto found = divergences(before, after);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(law_.corpus().full_name(found.front().norm), "person.adult");
}

}  // namespace
}  // namespace koshi::zan
