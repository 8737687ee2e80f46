#include <gmock/gmock.h>

#include "words/test_law.h"

namespace koshi::words {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

TEST_F(WordsTest, AnAnswerIsToldWithItsProof) {
  zan::Record uzbek = person();
  give(uzbek, "nationality", "UZ");
  give(uzbek, "arrived", "2016-03-01");
  EXPECT_EQ(text("person.due", uzbek, "2016-03-10"),
            R"(Last day to register: 6 March 2016
  because LMP art. 6(4) [read], in force 17 August 2011 – 10 January 2020: Arrived on + 5 days
    Arrived on: 1 March 2016 (given)
  exception "eaeu" not applied, TEAEU art. 97(6) [reported], in force from 1 January 2015: Citizenship is one of Member states of the Union — no
    Citizenship: Uzbekistan (given)
)");
  EXPECT_EQ(text("person.due", uzbek, "2016-03-10", Language::kRu),
            "Последний день регистрации: 6 марта 2016 г.\n"
            "  на основании: Закон о миграции ст. 6(4) [текст прочитан], "
            "действует с 17 августа 2011 г. по 10 января 2020 г.: «Дата въезда» + 5 дней\n"
            "    Дата въезда: 1 марта 2016 г. (указано)\n"
            "  исключение «eaeu» не применяется, TEAEU ст. 97(6) [по вторичному источнику], "
            "действует с 1 января 2015 г.: «Гражданство» входит в перечень: "
            "«Государства – члены Союза» — нет\n"
            "    Гражданство: Узбекистан (указано)\n");
}

TEST_F(WordsTest, AnExceptionThatDecidesIsTheReason) {
  zan::Record russian = person();
  give(russian, "nationality", "RU");
  give(russian, "arrived", "2016-03-01");
  const std::string told = text("person.due", russian, "2016-03-10");
  EXPECT_THAT(told, StartsWith("Last day to register: 31 March 2016\n"));
  EXPECT_THAT(told, HasSubstr("because of exception \"eaeu\", TEAEU art. 97(6) [reported], in force from 1 January 2015: "
                              "Arrived on + 30 days, when Citizenship is one of Member states of the Union\n"));
  EXPECT_THAT(told, HasSubstr("rule no. 1 gives way"));
}

TEST_F(WordsTest, AReformIsNamed) {
  zan::Record uzbek = person();
  give(uzbek, "nationality", "UZ");
  give(uzbek, "arrived", "2016-03-01");
  const std::string told = text("person.due", uzbek, "2016-03-10", Language::kEn, {0});
  EXPECT_THAT(told, StartsWith("Last day to register: 3 March 2016\n"));
  EXPECT_THAT(told, HasSubstr("of the reform \"Two days only\""));
}

TEST_F(WordsTest, WhatIsNeededIsAsked) {
  const std::string told = text("person.due", person(), "2016-03-10");
  EXPECT_THAT(told, StartsWith("Last day to register: not known yet. Needed:\n"));
  EXPECT_THAT(told, HasSubstr("  arrived — When did you arrive? (a date, such as 2016-03-01)\n"));
  EXPECT_THAT(told, HasSubstr("  nationality — Which citizenship do you hold? (BY, KZ, RU, UZ)\n"));
  EXPECT_THAT(told, HasSubstr("Arrived on: not given"));
  EXPECT_THAT(told, testing::Not(HasSubstr("because"))) << "nothing is decided yet";
  EXPECT_THAT(text("person.due", person(), "2016-03-10", Language::kRu), HasSubstr("nationality — Какое у вас гражданство?"));
  EXPECT_THAT(text("person.visits", person(), "2016-03-10"), HasSubstr("stays — Stays (a list of records)"));
  EXPECT_THAT(text("person.breached", person(), "2016-03-10"), HasSubstr("(a date, such as 2016-03-01, or none)"));
}

TEST_F(WordsTest, AConflictNamesBothRules) {
  zan::Record record = person();
  give(record, "arrived", "2016-03-01");
  give(record, "ethnic_kazakh", "yes");
  const std::string told = text("person.clash", record, "2016-03-10");
  EXPECT_THAT(told, StartsWith("A clash: the law contradicts itself."));
  EXPECT_THAT(told, HasSubstr("rule \"first\" (LMP art. 10) says yes; rule \"second\" (TEAEU art. 11) says no\n"));
}

TEST_F(WordsTest, AGapSaysWhetherAnyRuleIsInForce) {
  zan::Record record = person();
  give(record, "arrived", "2015-03-01");
  give(record, "ethnic_kazakh", "no");
  EXPECT_THAT(text("person.clash", record, "2016-03-10"), HasSubstr("On 10 March 2016 no rule for \"A clash\" covers this case"));
  EXPECT_THAT(text("person.clash", record, "2001-03-10"),
              HasSubstr("On 10 March 2001 the law has no rule for \"A clash\" yet: the first is in force from 17 August 2011\n"));
  EXPECT_THAT(text("mci", zan::Record(), "2017-01-01"), HasSubstr("any more: the last was in force until 31 December 2016\n"));
}

TEST_F(WordsTest, SetsSayWhatIsIncludedAndExcluded) {
  zan::Record record = person();
  give(record, "nationality", "KZ");
  give(record, "ethnic_kazakh", "yes");
  const std::string told = text("person.papers", record, "2016-03-10");
  EXPECT_THAT(told, StartsWith("Documents to file: Application form\n"));
  EXPECT_THAT(told, HasSubstr("included by LMP art. 7 [read]"));
  EXPECT_THAT(told, HasSubstr("excluded by exception no. 3, LMP art. 9 [unverified]"));
  EXPECT_THAT(told, HasSubstr("not \"Ethnic Kazakh\" — no"));
}

TEST_F(WordsTest, ExpressionsAreReadable) {
  std::vector<std::string> told;
  for (const zan::RuleInfo& rule : compiled_.corpus.rules) {
    const zan::EntityId self = compiled_.corpus.norms[static_cast<size_t>(rule.norm)].entity;
    if (rule.value != zan::kNoId) told.push_back(expression_text(*words_, Language::kEn, self, rule.value));
    if (rule.when != zan::kNoId) told.push_back(expression_text(*words_, Language::kEn, self, rule.when));
  }
  for (const char* expected :
       {"Arrived on + 30 days",
        "(Registered on is none and the day of the question is after Last day to register) or Registered on is after Last day to register",
        "Application form; Passport", "not \"Ethnic Kazakh\"", "Citizenship is Kazakhstan", "Arrived on is after 1 January 2016",
        "Monthly calculation index × 2", "Monthly wage × 0.1, rounded to the nearest tenge",
        "Monthly wage is at least Monthly calculation index × 100 and not \"Household work\"",
        "Arrived on + 1 year (if that day is missing, the month’s last day)",
        "Arrived on + 3 months (if that day is missing, the next month’s first day)",
        "not \"Ethnic Kazakh\" and (Citizenship is Uzbekistan or Citizenship is Russia)",
        "number of Stays where Left on is none or Left on is after Entered on + 2 days"}) {
    EXPECT_THAT(told, testing::Contains(expected));
  }
}

TEST_F(WordsTest, LinesCarryWhatPagesNeed) {
  zan::Record uzbek = person();
  give(uzbek, "nationality", "UZ");
  give(uzbek, "arrived", "2016-03-01");
  const Date on = *parse_date("2016-03-10");
  const auto answer = zan::ask(library_, compiled_.corpus.find_norm("person.due"), uzbek, on, {});
  const ProofLine root = proof_lines(*words_, Language::kEn, **library_.on(on, {}), *answer);
  EXPECT_EQ(root.state, "norm");
  EXPECT_EQ(root.text, "Last day to register: 6 March 2016");
  ASSERT_EQ(root.children.size(), 2u);
  EXPECT_EQ(root.children[0].state, "decides");
  EXPECT_EQ(root.children[0].by.size(), 1u);
  EXPECT_EQ(root.children[0].children[0].state, "given");
  EXPECT_EQ(root.children[1].state, "silent");
  EXPECT_EQ(root.children[1].condition, "Citizenship is one of Member states of the Union");
}

}  // namespace
}  // namespace koshi::words
