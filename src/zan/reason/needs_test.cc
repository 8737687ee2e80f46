#include "zan/reason/test_law.h"

namespace koshi::zan {
namespace {

constexpr std::string_view kLaw = R"(
enum country "Country"
  KZ "Kazakhstan"
  BY "Belarus"
  UZ "Uzbekistan"
enum sector "Sector"
  farm "Farm"
  mine "Mine"
entity firm "Firm"
  small : yes/no "Small"
  link staff : many person "Staff"
entity person "Person"
  guard : yes/no "Guard"
  pilot : yes/no "Pilot"
  sailor : yes/no "Sailor"
  nationality : country "Citizenship"
  sector : sector "Sector"
  wage : money "Wage"
  arrived : date "Arrived"
  link firm : firm "Firm"
define foreign of person : yes/no "Foreign"
  nationality != KZ by L [read]
norm permit of person : yes/no "Permit"
  general: yes when foreign by L [read]
  no when not foreign by L [read]
  except
    no when nationality = BY by L [read]
    no when pilot and guard and sailor by L [read]
    no when firm.small by L [read]
norm due of person : date "Due"
  arrived + 5 days by L [read]
    except
      arrived + 30 days when nationality = BY by L [read]
norm all_small of person : yes/no "All"
  all of firm.staff where wage < 100 tenge by L [read]
norm either of person : yes/no "Either"
  pilot or guard or sailor and wage > 5 tenge by L [read]
norm choice of person : money "Choice"
  if pilot then wage else 5 tenge by L [read]
norm dated of person : yes/no "Dated"
  permit on arrived by L [read]
)";

TEST(Needs, TheFactOnWhichMostHangsComesFirst) {
  TestLaw l{std::string(kLaw)};
  EXPECT_EQ(l.told("person.permit", {}), "unknown: nationality firm.small guard pilot sailor");
  EXPECT_EQ(l.told("person.permit", {{"nationality", "UZ"}}), "unknown: firm.small guard pilot sailor");
  EXPECT_EQ(l.told("person.permit", {{"nationality", "KZ"}}), "no") << "exceptions that would agree are not asked for";
  EXPECT_EQ(l.told("person.permit", {{"nationality", "UZ"}, {"pilot", "no"}}), "unknown: firm.small")
      << "guard and sailor cannot matter any more";
}

TEST(Needs, WhatIsNeededInAnyCaseComesBeforeExceptions) {
  TestLaw l{std::string(kLaw)};
  EXPECT_EQ(l.told("person.due", {}), "unknown: arrived nationality");
  EXPECT_EQ(l.told("person.due", {{"nationality", "UZ"}}), "unknown: arrived");
  EXPECT_EQ(l.told("person.due", {{"arrived", "2020-01-01"}}), "unknown: nationality");
}

TEST(Needs, AListComesBeforeItsMembers) {
  TestLaw l{std::string(kLaw)};
  EXPECT_EQ(l.told("person.all_small", {}), "unknown: firm.staff");
  EXPECT_EQ(l.told("person.all_small", {{"firm.staff[0].wage", "5"}, {"firm.staff[1].pilot", "no"}}), "unknown: firm.staff[1].wage");
}

TEST(Needs, OperandsShareTheirWeight) {
  TestLaw l{std::string(kLaw)};
  EXPECT_EQ(l.told("person.either", {}), "unknown: guard pilot sailor wage");
  EXPECT_EQ(l.told("person.either", {{"sailor", "no"}}), "unknown: guard pilot");
}

TEST(Needs, TheChoiceComesBeforeItsBranches) {
  TestLaw l{std::string(kLaw)};
  EXPECT_EQ(l.told("person.choice", {}), "unknown: pilot wage");
  EXPECT_EQ(l.told("person.choice", {{"pilot", "no"}}), "5 tenge");
}

TEST(Needs, GoThroughOtherDates) {
  TestLaw l{std::string(kLaw)};
  EXPECT_EQ(l.told("person.dated", {}), "unknown: arrived");
  EXPECT_EQ(l.told("person.dated", {{"arrived", "2020-01-01"}}), "unknown: nationality firm.small guard pilot sailor");
}

TEST(Needs, NameTheFactAndItsEntity) {
  TestLaw l{std::string(kLaw)};
  const Answer answer = l.ask("person.permit", {{"nationality", "UZ"}});
  ASSERT_FALSE(answer.needs.empty());
  EXPECT_EQ(answer.needs[0].entity, l.corpus().find_entity("firm"));
  EXPECT_EQ(answer.needs[0].fact, 0);
  const Answer list = l.ask("person.all_small", {});
  EXPECT_EQ(list.needs[0].fact, kNoId);
  EXPECT_EQ(list.needs[0].link, 0);
}

}  // namespace
}  // namespace koshi::zan
