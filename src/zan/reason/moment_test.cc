/// Questions whose law is not that of the day: a case is decided by the law under which it was filed.
#include "zan/reason/test_law.h"

namespace koshi::zan {
namespace {

constexpr const char* kLaw = R"(
entity permit "Permit"
  filed : date "Filed"
  valid_until : date or none "Valid until"
  must valid_until is none or valid_until >= filed "Ends before it was filed"
norm rate : money "Rate"
  10 tenge from 2018-01-01 until 2018-12-31 by L [read]
  20 tenge from 2019-01-01 by L [read]
norm fee of permit : money "Fee"
  rate by L [read]
norm fee_today of permit : money "Fee by the law of the day"
  fee on today by L [read]
norm fee_both of permit : money "Fee by both laws"
  fee + (fee on today) + (fee on 2018-06-01) by L [read]
norm day of permit : date "The day"
  today by L [read]
norm day_then of permit : date "The day, asked on the day of filing"
  day on filed by L [read]
norm in_time of permit : yes/no "Valid today"
  valid_until is none or valid_until >= today by L [read]
)";

class MomentTest : public testing::Test {
 protected:
  Answer ask(const std::string& norm, Moment moment, const TestLaw::Facts& facts = {{"filed", "2018-06-01"}}) {
    const Record record = law_.record("permit", facts);
    auto answer = koshi::zan::ask(law_.library(), law_.corpus().find_norm("permit." + norm), record, moment, {});
    EXPECT_TRUE(answer.has_value());
    return std::move(*answer);
  }
  std::string told(const std::string& norm, Moment moment) { return format_value(law_.corpus(), ask(norm, moment).value); }

  TestLaw law_{kLaw};
  const Date filed_ = *parse_date("2018-06-01");
  const Date act_ = *parse_date("2019-02-03");
};

TEST_F(MomentTest, TheLawIsThatOfOneDayAndTodayAnother) {
  EXPECT_EQ(told("fee", {filed_, act_}), "10 tenge");
  EXPECT_EQ(told("day", {filed_, act_}), "2019-02-03");
  EXPECT_EQ(told("fee", act_), "20 tenge");
}

TEST_F(MomentTest, OnTodayAsksTheLawOfTheDay) {
  EXPECT_EQ(told("fee_today", {filed_, act_}), "20 tenge");
  EXPECT_EQ(told("fee_both", {filed_, act_}), "40 tenge");
}

/// `on DATE` is what the norm says when asked on that date, so today is that date, too, even where its law is being asked already.
TEST_F(MomentTest, OnADateIsTodayAsWell) {
  EXPECT_EQ(told("day_then", {filed_, act_}), "2018-06-01");
}

TEST_F(MomentTest, TheAnswerAndItsProofSayBothDays) {
  const Answer answer = ask("fee_both", {filed_, act_});
  EXPECT_EQ(answer.on, filed_);
  EXPECT_EQ(answer.today, act_);
  std::vector<std::string> asked;
  for (const ProofNode& node : answer.proof) {
    const bool fee = node.kind == ProofKind::kNorm && law_.corpus().norms[static_cast<size_t>(node.id)].name == "fee";
    if (fee) asked.push_back(format_date(node.on) + " " + format_date(node.today) + " " + format_value(law_.corpus(), node.value));
  }
  EXPECT_THAT(asked,
              testing::ElementsAre("2018-06-01 2019-02-03 10 tenge", "2019-02-03 2019-02-03 20 tenge", "2018-06-01 2018-06-01 10 tenge"));
}

TEST_F(MomentTest, WhatWouldChangeKeepsBothDays) {
  const TestLaw::Facts facts{{"filed", "2018-06-01"}, {"valid_until", "2019-01-31"}};
  const Record record = law_.record("permit", facts);
  const Answer answer = ask("in_time", {filed_, act_}, facts);
  ASSERT_EQ(format_value(law_.corpus(), answer.value), "no");
  const auto changes = what_would_change(law_.library(), record, answer);
  ASSERT_TRUE(changes.has_value());
  ASSERT_EQ(changes->size(), 1u);
  EXPECT_EQ(format_value(law_.corpus(), changes->front().to.front()), "2019-02-03");
}

/// A law that stands still is asked of no other day; today stays what it is.
TEST_F(MomentTest, ALibraryMayStandOnOneDay) {
  ProgramLibrary still(law_.corpus(), {.on = filed_, .reforms = {}});
  const Record record = law_.record("permit", {{"filed", "2018-06-01"}});
  const auto answer = koshi::zan::ask(still, law_.corpus().find_norm("permit.fee_both"), record, {act_, act_}, {});
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(format_value(law_.corpus(), answer->value), "30 tenge");
  const auto day = koshi::zan::ask(still, law_.corpus().find_norm("permit.day"), record, {act_, act_}, {});
  ASSERT_TRUE(day.has_value());
  EXPECT_EQ(format_value(law_.corpus(), day->value), "2019-02-03");
}

TEST_F(MomentTest, ContradictionsAreThoseOfTheMoment) {
  const Record record = law_.record("permit", {{"filed", "2018-06-01"}, {"valid_until", "2018-01-01"}});
  EXPECT_EQ(contradictions(law_.library(), record, {filed_, act_}).size(), 1u);
}

}  // namespace
}  // namespace koshi::zan
