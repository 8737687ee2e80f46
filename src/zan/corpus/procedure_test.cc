#include <gmock/gmock.h>

#include "zan/corpus/program.h"

namespace koshi::zan {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr const char* kLaw = R"(
act LMP "Law" adopted 2010-01-01 in force from 2011-01-01
act ORDER "Order" adopted 2018-01-01 in force from 2018-07-01
act AMENDED "Amended order" adopted 2020-01-01 in force from 2020-07-01

enum region "Region"
  north "North"
  south "South"
enum paper "Paper"
  plan "Plan"
entity firm "Firm"
  bin : text "BIN"
  rating : whole "Rating"
entity worker "Worker"
  name : text "Name"
entity permit "Permit"
  region : region "Region"
  headcount : whole "Workers"
  left : whole "Places left"
  filed : date "Filed on"
  ends : date or none "Ends on"
  -- Words of procedures are names elsewhere.
  state : text "State"
  party : text "Party"
  form : text "Form"
  office : text "Office"
  role : text "Role"
  account : text "Account"
  procedure : text "Procedure"
  link firm : firm "Firm"
  link workers : many worker "Workers"
norm papers of permit : set of paper "Papers"
  {plan} by LMP art. 1 [read]
norm commit of permit : yes/no "A norm may be called so"
  headcount > 0 and state = procedure and party = account and form != role by LMP art. 2 [read]
norm fee of permit : money "Fee"
  10 tenge * headcount by LMP art. 2 [read]

account places of (whole, region) "Places"

procedure permits of permit "Permits"
  help "For whoever needs one."
  by ORDER cl. 1 [read]
  from 2019-01-01
  party employer "Employer" within firm.bin
  office akimat "Akimat" within region
  documents papers
  knows left = balance of places(year_of(filed), region)
  form post "Post"
    ask region, headcount
    ask workers.name
  form more "More" when headcount > 3 by AMENDED cl. 2 [read]
    ask ends
  state draft "Draft"
    submit: "Submit" by employer -> examined
      help "All forms are needed."
      needs documents, forms
      requires commit "Somebody must work" by ORDER cl. 3 [reported]
      requires left >= headcount "There are places left" from 2021-01-01
      sets filed = today
      files
      reserve headcount from places(year_of(filed), region) until today + 60 days
    withdraw: "Withdraw" by employer, akimat -> end when known ends
  state examined "Examined"
    within 7 working days else late by ORDER cl. 4 [reported]
    within (headcount + 1) months else lapse
    until ends else lapse
    grant: "Grant" by akimat -> end
      commit places
      charges fee on today "Fee"
      records firm.rating = 5
      grounds papers
      issues permit "Permit"
      notice employer "Granted"
    lapse: "Lapse" by clock -> end
      release places
  final end "End"
)";

class ProcedureTest : public testing::Test {
 protected:
  ProcedureTest() : compiled_(compile({{"test.zan", kLaw}}, {})) {
    EXPECT_THAT(compiled_.diagnostics, IsEmpty()) << render(compiled_.corpus.sources, compiled_.diagnostics);
    EXPECT_THAT(corpus().procedures, SizeIs(1));
  }
  const Corpus& corpus() const { return compiled_.corpus; }
  const Procedure& procedure() const { return corpus().procedures.at(0); }
  const ProcedureState& draft() const { return procedure().states.at(0); }
  const ProcedureState& examined() const { return procedure().states.at(1); }
  const Norm& norm(NormId id) const { return corpus().norms.at(static_cast<size_t>(id)); }
  const RuleInfo& rule(NormId id) const { return corpus().rules.at(static_cast<size_t>(norm(id).rules.at(0))); }
  std::string type(NormId id) const { return type_name(corpus(), norm(id).type); }

  Compilation compiled_;
};

TEST_F(ProcedureTest, SaysWhoTakesPart) {
  std::vector<std::string> names;
  for (const Role& role : procedure().roles) names.push_back(role.name + (role.within ? " within " + role.within->text : ""));
  EXPECT_THAT(names, ElementsAre("employer within firm.bin", "akimat within region", "clock"));
  EXPECT_EQ(procedure().roles.back().kind, Role::Kind::kClock);
  EXPECT_EQ(procedure().find_role("akimat"), 1);
  EXPECT_EQ(procedure().find_state("end"), 2);
}

TEST_F(ProcedureTest, PathsLeadThroughLinks) {
  const Form& post = procedure().forms.at(0);
  std::vector<std::string> asked;
  for (const FactPath& path : post.asks) asked.push_back(path.text);
  EXPECT_THAT(asked, ElementsAre("region", "headcount", "workers[].name"));
  EXPECT_TRUE(post.asks[2].through_many);
  EXPECT_EQ(corpus().entities.at(static_cast<size_t>(post.asks[2].entity)).name, "worker");
}

/// What a part does not say it has from what it belongs to; what cites an act begins with the act.
TEST_F(ProcedureTest, PartsInheritDatesAndCitations) {
  EXPECT_EQ(procedure().in_force.from, *parse_date("2019-01-01"));
  EXPECT_EQ(procedure().forms.at(0).in_force.from, *parse_date("2019-01-01"));
  EXPECT_EQ(procedure().forms.at(1).in_force.from, *parse_date("2020-07-01"));
  const Action& submit = draft().actions.at(0);
  EXPECT_EQ(submit.in_force.from, *parse_date("2019-01-01"));
  EXPECT_EQ(submit.requirements.at(0).in_force.from, *parse_date("2019-01-01")) << "the order is older than the procedure";
  EXPECT_EQ(corpus().cite(submit.requirements.at(0).by.at(0)), "ORDER cl. 3");
  EXPECT_EQ(submit.requirements.at(1).in_force.from, *parse_date("2021-01-01"));
  EXPECT_EQ(corpus().cite(submit.requirements.at(1).by.at(0)), "ORDER cl. 1");
}

/// A proof of a requirement names the requirement and cites its source; the expression stands in force always, so no date begins with it.
TEST_F(ProcedureTest, EachExpressionIsANormThatNobodyAsksByName) {
  const NormId id = draft().actions.at(0).requirements.at(1).condition;
  EXPECT_EQ(norm(id).name, "permits/state/draft/action/submit/requires/2");
  EXPECT_EQ(norm(id).label, "There are places left");
  EXPECT_TRUE(norm(id).of_procedure);
  EXPECT_EQ(corpus().find_norm(corpus().full_name(id)), kNoId);
  EXPECT_EQ(corpus().cite(rule(id).by.at(0)), "ORDER cl. 1");
  EXPECT_EQ(rule(id).in_force.from, kFirstDate);
  EXPECT_THAT(corpus().epochs, testing::Not(testing::Contains(*parse_date("2021-01-01"))));
}

TEST_F(ProcedureTest, ExpressionsHaveTheTypesOfTheirPlaces) {
  const Action& submit = draft().actions.at(0);
  EXPECT_EQ(type(submit.requirements.at(0).condition), "yes/no");
  EXPECT_EQ(type(submit.effects.at(0).value), "date");
  const Effect& reserve = submit.effects.at(2);
  EXPECT_EQ(reserve.kind, Effect::Kind::kReserve);
  EXPECT_EQ(type(reserve.value), "whole");
  EXPECT_EQ(type(reserve.until), "date");
  ASSERT_THAT(reserve.account.keys, SizeIs(2));
  EXPECT_EQ(type(reserve.account.keys[0]), "whole");
  EXPECT_EQ(type(reserve.account.keys[1]), "region");
  EXPECT_EQ(type(examined().deadlines.at(2).day), "date or none");
  EXPECT_EQ(type(examined().actions.at(0).effects.at(1).value), "money");
  ASSERT_TRUE(procedure().knows.at(0).balance_of.has_value());
  EXPECT_THAT(procedure().knows.at(0).balance_of->keys, SizeIs(2));
}

TEST_F(ProcedureTest, EffectsKeepTheirOrder) {
  std::vector<Effect::Kind> kinds;
  for (const Effect& effect : examined().actions.at(0).effects) kinds.push_back(effect.kind);
  using Kind = Effect::Kind;
  EXPECT_THAT(kinds, ElementsAre(Kind::kCommit, Kind::kCharges, Kind::kRecords, Kind::kGrounds, Kind::kIssues, Kind::kNotice));
  EXPECT_EQ(examined().actions.at(0).effects.at(3).value, corpus().find_norm("permit.papers"));
  EXPECT_EQ(examined().actions.at(0).effects.at(5).role, 0);
}

TEST_F(ProcedureTest, DeadlinesSayWhatThenHappens) {
  ASSERT_THAT(examined().deadlines, SizeIs(3));
  EXPECT_EQ(examined().deadlines[0].unit, DeadlineUnit::kWorkingDays);
  EXPECT_EQ(examined().deadlines[0].action, kNoId) << "late";
  EXPECT_EQ(examined().deadlines[1].unit, DeadlineUnit::kMonths);
  EXPECT_EQ(examined().deadlines[1].action, 1);
  EXPECT_EQ(examined().deadlines[2].count, kNoId);
}

TEST_F(ProcedureTest, ActionsSayWhoGivesWhat) {
  const Action& submit = draft().actions.at(0);
  EXPECT_TRUE(submit.needs_forms);
  EXPECT_TRUE(submit.needs_documents);
  EXPECT_EQ(submit.help, "All forms are needed.");
  const Action& withdraw = draft().actions.at(1);
  EXPECT_THAT(withdraw.roles, ElementsAre(0, 1));
  EXPECT_EQ(withdraw.target, 2);
  EXPECT_EQ(type(withdraw.when), "yes/no");
  EXPECT_EQ(procedure().documents, corpus().find_norm("permit.papers"));
}

TEST_F(ProcedureTest, ExpressionsStandInEveryProgram) {
  const auto program = specialise(corpus(), *parse_date("2012-01-01"), {});
  ASSERT_TRUE(program.has_value());
  const NormId id = draft().actions.at(0).requirements.at(0).condition;
  EXPECT_EQ(program->norms.at(static_cast<size_t>(id)).rules.count, 1);
}

}  // namespace
}  // namespace koshi::zan
