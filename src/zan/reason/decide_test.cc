#include "zan/reason/test_law.h"

namespace koshi::zan {
namespace {

using testing::ElementsAre;

constexpr std::string_view kEntity = R"(
enum kind "Kind"
  red "Red"
  blue "Blue"
entity person "Person"
  a : yes/no "A"
  b : yes/no "B"
  c : yes/no "C"
  d : yes/no "D"
  n : whole "N"
  k : kind "K"
)";

TestLaw law(const std::string& norms) {
  return TestLaw(std::string(kEntity) + norms);
}

TEST(Decide, ARuleThatSpeaksAloneDecides) {
  TestLaw l = law(R"(
norm x of person : whole "X"
  1 when a by L art. 1 [read]
  2 when not a by L art. 2 [read]
)");
  EXPECT_EQ(l.told("person.x", {{"a", "yes"}}), "1");
  EXPECT_EQ(l.told("person.x", {{"a", "no"}}), "2");
  EXPECT_EQ(l.told("person.x", {}), "unknown: a");
}

TEST(Decide, NoRuleThatSpeaksIsAGap) {
  TestLaw l = law(R"(
norm x of person : whole "X"
  1 when a by L [read]
norm y of person : whole "Y"
  x + 1 by L [read]
)");
  EXPECT_EQ(l.told("person.x", {{"a", "no"}}), "gap");
  const Answer answer = l.ask("person.y", {{"a", "no"}});
  EXPECT_EQ(answer.outcome, Outcome::kGap);
  EXPECT_EQ(answer.at, l.corpus().find_norm("person.x"));
  EXPECT_EQ(l.told("person.x", {{"a", "yes"}}, "1999-12-31"), "gap") << "no rule is in force";
}

TEST(Decide, RulesThatSpeakTogetherMustAgree) {
  TestLaw l = law(R"(
norm x of person : whole "X"
  1 when a by L [read]
  2 when b by L [read]
  1 when c by L [read]
)");
  EXPECT_EQ(l.told("person.x", {{"a", "yes"}, {"b", "no"}, {"c", "yes"}}), "1");
  EXPECT_THAT(l.ask("person.x", {{"a", "yes"}, {"b", "no"}, {"c", "yes"}}).deciding, ElementsAre(0, 2)) << "both are cited";
  const Answer conflict = l.ask("person.x", {{"a", "yes"}, {"b", "yes"}});
  EXPECT_EQ(conflict.outcome, Outcome::kConflict) << "whatever c is";
  EXPECT_THAT(conflict.deciding, ElementsAre(0, 1));
  EXPECT_EQ(l.told("person.x", {{"a", "yes"}, {"b", "no"}}), "1") << "c would agree";
  EXPECT_EQ(l.told("person.x", {{"a", "yes"}}), "unknown: b") << "c would agree, b would not";
}

TEST(Decide, TheInnermostExceptionWins) {
  TestLaw l = law(R"(
norm x of person : whole "X"
  1 by L [read]
    except
      2 when a by L [read]
        except
          3 when b by L [read]
)");
  EXPECT_EQ(l.told("person.x", {{"a", "no"}}), "1") << "b is not asked for";
  EXPECT_EQ(l.told("person.x", {{"a", "yes"}, {"b", "no"}}), "2");
  EXPECT_EQ(l.told("person.x", {{"a", "yes"}, {"b", "yes"}}), "3");
  EXPECT_EQ(l.told("person.x", {{"b", "yes"}}), "unknown: a");
}

TEST(Decide, AnExceptionNeedsSomethingToExcept) {
  TestLaw l = law(R"(
norm x of person : whole "X"
  1 when a by L [read]
  2 when b by L [read]
  except
    3 when c by L [read]
)");
  EXPECT_EQ(l.told("person.x", {{"a", "no"}, {"b", "no"}, {"c", "yes"}}), "gap");
  EXPECT_EQ(l.told("person.x", {{"a", "no"}, {"b", "no"}}), "gap") << "c does not matter";
  EXPECT_EQ(l.told("person.x", {{"b", "yes"}, {"c", "yes"}}), "3") << "whatever a is";
  EXPECT_EQ(l.told("person.x", {{"a", "yes"}, {"b", "yes"}, {"c", "yes"}}), "3") << "it settles what would be a conflict";
}

TEST(Decide, AnOpenExceptionWithTheSameValueDoesNotMatter) {
  TestLaw l = law(R"(
norm x of person : yes/no "X"
  yes when a by L [read]
  except
    yes when b by L [read]
)");
  EXPECT_EQ(l.told("person.x", {{"a", "yes"}}), "yes");
  EXPECT_EQ(l.told("person.x", {{"b", "yes"}}), "unknown: a");
}

TEST(Decide, ReinstatingLetsTheGeneralRuleDecideAgain) {
  TestLaw l = law(R"(
norm x of person : whole "X"
  general: 1 when a by L art. 1 [read]
  0 when not a by L art. 1 [read]
  except
    2 when b by L art. 2 [read]
      except
        reinstate general when c by L art. 3 [read]
)");
  EXPECT_EQ(l.told("person.x", {{"a", "yes"}, {"b", "yes"}, {"c", "no"}}), "2");
  const Answer answer = l.ask("person.x", {{"a", "yes"}, {"b", "yes"}, {"c", "yes"}});
  EXPECT_EQ(format_value(l.corpus(), answer.value), "1");
  ASSERT_EQ(answer.deciding.size(), 1u);
  EXPECT_EQ(l.corpus().rules[static_cast<size_t>(answer.deciding[0])].by[0].place, "art. 3") << "it is a rule of its own in the proof";
  EXPECT_EQ(l.told("person.x", {{"a", "no"}, {"b", "yes"}, {"c", "yes"}}), "2") << "the general rule itself would not speak";
}

TEST(Decide, APrevailingRuleSpeaksBeforeAll) {
  TestLaw l = law(R"(
norm x of person : whole "X"
  general: 1 when a by L [read]
  except
    2 when b by L [read]
reform r "R" by L "1" [read]
  from 2020-01-01
  amend x of person
    9 when c
reform s "S" by L "2" [read]
  amend x of person
    replace general with 5 when a
)");
  EXPECT_EQ(l.told("person.x", {{"c", "yes"}}, "2020-06-15", {"r"}), "9") << "also where nothing else speaks";
  EXPECT_EQ(l.told("person.x", {{"a", "yes"}, {"b", "no"}, {"c", "no"}}, "2020-06-15", {"r"}), "1");
  EXPECT_EQ(l.told("person.x", {{"a", "yes"}, {"b", "no"}, {"c", "yes"}}, "2019-12-31", {"r"}), "1") << "not yet";
  EXPECT_EQ(l.told("person.x", {{"a", "yes"}, {"b", "no"}}, "2020-06-15", {"r"}), "unknown: c");
  EXPECT_EQ(l.told("person.x", {{"a", "yes"}, {"b", "no"}, {"c", "no"}}, "2020-06-15", {"s", "r"}), "5");
}

TEST(Decide, AnErrorThatCannotMatterIsNone) {
  TestLaw l = law(R"(
norm hole of person : yes/no "Hole"
  yes when d by L [read]
norm x of person : whole "X"
  1 when a by L [read]
  1 when hole by L [read]
norm y of person : whole "Y"
  1 when a by L [read]
  2 when hole by L [read]
norm z of person : whole "Z"
  1 when hole by L [read]
norm w of person : whole "W"
  1 when a by L [read]
  n when hole by L [read]
)");
  EXPECT_EQ(l.told("person.x", {{"a", "yes"}, {"d", "no"}}), "1") << "the broken rule would agree";
  EXPECT_EQ(l.told("person.y", {{"a", "yes"}, {"d", "no"}}), "gap");
  EXPECT_EQ(l.told("person.z", {{"d", "no"}}), "gap");
  EXPECT_EQ(l.told("person.w", {{"a", "yes"}, {"d", "no"}}), "unknown: n");
  EXPECT_EQ(l.told("person.w", {{"a", "yes"}, {"d", "no"}, {"n", "1"}}), "1");
  EXPECT_EQ(l.told("person.w", {{"a", "yes"}, {"d", "no"}, {"n", "2"}}), "gap");
  EXPECT_EQ(l.told("person.x", {{"d", "no"}}), "unknown: a") << "a may still settle it";
  EXPECT_EQ(l.told("person.x", {{"a", "no"}, {"d", "no"}}), "gap");
}

TEST(Decide, TheLawIsThatOfTheDate) {
  TestLaw l = law(R"(
norm x of person : whole "X"
  1 from 2010-01-01 until 2015-12-31 by L [read]
  2 from 2016-01-01 by L [read]
norm was of person : whole "Was"
  x on 2015-12-31 by L [read]
norm age : date "Today"
  today by L [read]
norm day_before : date "The day before"
  age on 2020-06-14 by L [read]
norm that_day : date "That day"
  age on 2001-02-03 by L [read]
)");
  EXPECT_EQ(l.told("person.x", {}, "2015-12-31"), "1");
  EXPECT_EQ(l.told("person.x", {}, "2016-01-01"), "2");
  EXPECT_EQ(l.told("person.x", {}, "2009-12-31"), "gap");
  EXPECT_EQ(l.told("person.was", {}, "2020-01-01"), "1");
  EXPECT_EQ(l.told("that_day", {}), "2001-02-03");
  EXPECT_EQ(l.told("day_before", {}), "2020-06-14") << "the same law, but another today";
}

TEST(Decide, ATableIsReadByItsKeys) {
  TestLaw l(std::string(kEntity) + R"(
table fee of person (k, n) : whole "Fee" from "fee.csv" by L [read]
)",
            {{"fee.csv", "k,n,value\nred,0..9,1\nred,10..99,2\nblue,*,3\n"}});
  EXPECT_EQ(l.told("person.fee", {{"k", "red"}, {"n", "9"}}), "1");
  EXPECT_EQ(l.told("person.fee", {{"k", "red"}, {"n", "10"}}), "2");
  EXPECT_EQ(l.told("person.fee", {{"k", "blue"}}), "3");
  EXPECT_EQ(l.told("person.fee", {{"k", "red"}, {"n", "100"}}), "gap");
  EXPECT_EQ(l.told("person.fee", {}), "unknown: k n");
  const Answer answer = l.ask("person.fee", {{"k", "red"}, {"n", "10"}});
  EXPECT_EQ(l.proof(answer), "norm fee 2\n  fact k red\n  fact n 10\n  rule 2 decides 2\n") << "rows that do not apply are left out";
}

TEST(Proof, TellsWhatEachRuleDid) {
  TestLaw l = law(R"(
norm grown of person : yes/no "Grown"
  n >= 18 by L art. 1 [read]
norm x of person : whole "X"
  1 when grown by L art. 2 [read]
  3 when not grown by L art. 2 [read]
  except
    2 when grown and a by L art. 3 [read]
    4 when b by L art. 4 [read]
)");
  EXPECT_EQ(l.proof(l.ask("person.x", {{"n", "20"}, {"a", "yes"}, {"b", "no"}})),
            "norm x 2\n"
            "  rule 1 overruled 1\n"
            "    norm grown yes\n"
            "      rule 1 decides yes\n"
            "        fact n 20\n"
            "  rule 2 silent unknown\n"
            "    norm grown yes as above\n"
            "  rule 3 decides 2\n"
            "    norm grown yes as above\n"
            "    fact a yes\n"
            "  rule 4 silent unknown\n"
            "    fact b no\n");
}

TEST(Proof, PutsWhatARuleReadsBeforeItsExceptions) {
  TestLaw l = law(R"(
norm x of person : whole "X"
  n when a by L [read]
    except
      2 when b by L [read]
)");
  EXPECT_EQ(l.proof(l.ask("person.x", {{"n", "20"}, {"a", "yes"}, {"b", "no"}})),
            "norm x 20\n  rule 1 decides 20\n    fact a yes\n    fact n 20\n    rule 2 silent unknown\n      fact b no\n");
}

TEST(Proof, ShowsConflictsAndOpenRules) {
  TestLaw l = law(R"(
norm x of person : whole "X"
  1 when a by L [read]
  2 when b by L [read]
)");
  EXPECT_EQ(l.proof(l.ask("person.x", {{"a", "yes"}, {"b", "yes"}})),
            "norm x conflict\n  rule 1 disagrees 1\n    fact a yes\n  rule 2 disagrees 2\n    fact b yes\n");
  EXPECT_EQ(l.proof(l.ask("person.x", {{"b", "no"}})),
            "norm x unknown\n  rule 1 open 1\n    fact a unknown\n  rule 2 silent unknown\n    fact b no\n");
}

TEST(Proof, ShowsWhatAReformOverrules) {
  TestLaw l = law(R"(
norm x of person : whole "X"
  1 when a by L [read]
reform r "R" by L "1" [read]
  amend x of person
    9 when c
)");
  EXPECT_EQ(l.proof(l.ask("person.x", {{"a", "yes"}, {"c", "yes"}}, "2020-06-15", {"r"})),
            "norm x 9\n  rule 1 decides 9\n    fact c yes\n  rule 1 overruled 1\n    fact a yes\n");
}

TEST(Decide, NormsNestedTooDeeplyAreAFault) {
  std::string text = "norm x0 of person : whole \"X\"\n  n by L [read]\n";
  for (int i = 1; i <= 700; ++i) {
    text += "norm x" + std::to_string(i) + " of person : whole \"X\"\n  x" + std::to_string(i - 1) + " + 1 by L [read]\n";
  }
  TestLaw l = law(text);
  EXPECT_EQ(l.told("person.x600", {{"n", "1"}}), "601");
  EXPECT_EQ(l.told("person.x700", {{"n", "1"}}), "fault");
}

TEST(Ask, RefusesARecordOfAnotherEntity) {
  TestLaw l = law("norm x of person : whole \"X\"\n  1 by L [read]\n");
  EXPECT_FALSE(ask(l.library(), l.corpus().find_norm("person.x"), Record{}, *parse_date("2020-01-01"), {}).has_value());
}

}  // namespace
}  // namespace koshi::zan
