#include "zan/reason/test_law.h"

namespace koshi::zan {
namespace {

constexpr std::string_view kEntities = R"(
enum kind "Kind"
  red "Red"
  blue "Blue"
  green "Green"
set WARM of kind "Warm" by L [read]
  red from 2010-01-01
  green from 2015-01-01 until 2018-12-31
calendar "days.csv"
entity person "Person"
  a : yes/no "A"
  b : yes/no "B"
  n : whole "N"
  m : money "M"
  o : whole or none "O"
  d : date "D"
  e : date or none "E"
  p : decimal "P"
  k : kind "K"
  hole : yes/no "Hole"
  link firm : firm "Firm"
entity firm "Firm"
  size : whole "Size"
  open : yes/no "Open"
  link staff : many member "Staff"
  link stays : many stay "Stays"
entity member "Member"
  a : yes/no "A"
  n : whole "N"
entity stay "Stay"
  entered : date "Entered"
  left : date or none "Left"
norm base : money "Base"
  100 tenge by L [read]
norm own of member : whole "Own"
  n when a by L [read]
norm broken of person : yes/no "Broken"
  yes when hole by L [read]
)";

/// The answer of a norm whose one rule is the expression.
class Expression : public testing::Test {
 protected:
  static std::string told(const std::string& type, const std::string& expression, const TestLaw::Facts& facts,
                          std::string_view on = "2020-06-15") {
    TestLaw law(std::string(kEntities) + "norm x of person : " + type + " \"X\"\n  " + expression + " by L [read]\n",
                {{"days.csv", "date,kind\n2020-01-01,public_holiday\n2020-12-31,public_holiday\n"}});
    return law.told("person.x", facts, on);
  }
  static std::string yes_no(const std::string& expression, const TestLaw::Facts& facts) { return told("yes/no", expression, facts); }
};

TEST_F(Expression, LogicFollowsKleene) {
  EXPECT_EQ(yes_no("a and b", {{"a", "no"}}), "no");
  EXPECT_EQ(yes_no("a and b", {{"b", "no"}}), "no");
  EXPECT_EQ(yes_no("a and b", {{"a", "yes"}}), "unknown: b");
  EXPECT_EQ(yes_no("a or b", {{"b", "yes"}}), "yes");
  EXPECT_EQ(yes_no("a or b", {{"b", "no"}}), "unknown: a");
  EXPECT_EQ(yes_no("not a", {}), "unknown: a");
}

TEST_F(Expression, LogicSurvivesAnErrorThatCannotMatter) {
  EXPECT_EQ(yes_no("broken and a", {{"hole", "no"}, {"a", "no"}}), "no");
  EXPECT_EQ(yes_no("a and broken", {{"hole", "no"}, {"a", "yes"}}), "gap");
  EXPECT_EQ(yes_no("broken or a", {{"hole", "no"}, {"a", "yes"}}), "yes");
  EXPECT_EQ(yes_no("broken or a", {{"hole", "no"}}), "unknown: a");
  EXPECT_EQ(yes_no("not broken", {{"hole", "no"}}), "gap");
}

TEST_F(Expression, NoneIsNotUnknown) {
  EXPECT_EQ(yes_no("o is none", {}), "unknown: o");
  EXPECT_EQ(yes_no("o is none", {{"o", "none"}}), "yes");
  EXPECT_EQ(yes_no("o < n", {{"o", "none"}}), "no") << "whatever n is";
  EXPECT_EQ(yes_no("n >= o", {{"o", "none"}}), "no");
  EXPECT_EQ(yes_no("o = n", {{"o", "none"}, {"n", "1"}}), "no");
  EXPECT_EQ(yes_no("o != n", {{"o", "none"}, {"n", "1"}}), "yes");
  EXPECT_EQ(yes_no("o = o", {{"o", "none"}}), "yes");
  EXPECT_EQ(told("whole or none", "o + n", {{"o", "none"}}), "none");
  EXPECT_EQ(told("whole or none", "n + o", {{"o", "none"}}), "none") << "whatever n is";
  EXPECT_EQ(told("whole", "o or else n", {{"o", "none"}, {"n", "3"}}), "3");
  EXPECT_EQ(told("whole", "o or else n", {{"n", "3"}}), "unknown: o");
  EXPECT_EQ(told("date or none", "e + 5 days", {{"e", "none"}}), "none");
}

TEST_F(Expression, MembershipIsThatOfTheDate) {
  EXPECT_EQ(told("yes/no", "k in WARM", {{"k", "green"}}, "2018-12-31"), "yes");
  EXPECT_EQ(told("yes/no", "k in WARM", {{"k", "green"}}, "2019-01-01"), "no");
  EXPECT_EQ(yes_no("k not in {red, blue}", {{"k", "green"}}), "yes");
  EXPECT_EQ(yes_no("k in WARM", {}), "unknown: k");
}

TEST_F(Expression, ArithmeticIsExactAndFaultsAtItsEnds) {
  EXPECT_EQ(told("whole", "n * 3 - 1", {{"n", "4"}}), "11");
  EXPECT_EQ(told("whole", "n * n", {{"n", "4000000000"}}), "fault");
  EXPECT_EQ(told("decimal", "n / 3", {{"n", "1"}}), "0.333333333");
  EXPECT_EQ(told("decimal", "1 / n", {{"n", "0"}}), "fault");
  EXPECT_EQ(told("money", "m * 3.5 % rounded half up to tenge", {{"m", "1015"}}), "36 tenge");
  EXPECT_EQ(told("money", "m / 3 rounded down to tiyn", {{"m", "200"}}), "66.66 tenge");
  EXPECT_EQ(told("decimal", "p * p", {{"p", "-1.5"}}), "2.25");
  EXPECT_EQ(told("whole", "max(n, 3)", {{"n", "-4"}}), "3");
  EXPECT_EQ(told("whole", "min(n, 3)", {{"n", "-4"}}), "-4");
  EXPECT_EQ(told("whole", "-n", {{"n", "-4"}}), "4");
}

TEST_F(Expression, DatesKeepTheirRounding) {
  EXPECT_EQ(told("date", "d + 1 month rounded down", {{"d", "2020-01-31"}}), "2020-02-29");
  EXPECT_EQ(told("date", "d + 1 month rounded up", {{"d", "2020-01-31"}}), "2020-03-01");
  EXPECT_EQ(told("date", "d - 1 year rounded down", {{"d", "2020-02-29"}}), "2019-02-28");
  EXPECT_EQ(told("days", "today - d", {{"d", "2020-06-10"}}), "5 days");
  EXPECT_EQ(told("date", "d + 3 working days", {{"d", "2020-06-12"}}), "2020-06-17");
  EXPECT_EQ(told("date", "d + 3 working days", {{"d", "2020-12-30"}}), "fault") << "the calendar ends";
  EXPECT_EQ(told("whole", "completed_years(d, today) rounded down", {{"d", "2000-06-15"}}), "20");
  EXPECT_EQ(told("whole", "year_of(d)", {{"d", "2000-06-15"}}), "2000");
}

TEST_F(Expression, ChoiceIsKnownWhereBothBranchesAgree) {
  EXPECT_EQ(told("whole", "if a then n else 3", {{"a", "yes"}, {"n", "7"}}), "7");
  EXPECT_EQ(told("whole", "if a then n else 3", {{"n", "3"}}), "3");
  EXPECT_EQ(told("whole", "if a then n else 3", {}), "unknown: a n");
  EXPECT_EQ(told("whole", "if broken then n else 3", {{"hole", "no"}, {"n", "3"}}), "3");
  EXPECT_EQ(told("whole", "if broken then n else 3", {{"hole", "no"}, {"n", "4"}}), "gap");
  EXPECT_EQ(told("whole", "if broken then n else 3", {{"hole", "no"}}), "unknown: n");
}

TEST_F(Expression, KnownAsksWhetherAFactIsGiven) {
  EXPECT_EQ(yes_no("known o", {}), "no");
  EXPECT_EQ(yes_no("known o", {{"o", "none"}}), "yes");
}

TEST_F(Expression, LinksThatAreNotGivenAreUnknown) {
  EXPECT_EQ(told("whole", "firm.size", {}), "unknown: firm.size");
  EXPECT_EQ(told("whole", "firm.size", {{"firm.size", "3"}}), "3");
}

TEST_F(Expression, AggregatesOverNoMembers) {
  const TestLaw::Facts none = {{"firm.staff", "none"}};
  EXPECT_EQ(told("whole", "count of firm.staff", none), "0");
  EXPECT_EQ(yes_no("any of firm.staff where a", none), "no");
  EXPECT_EQ(yes_no("all of firm.staff where a", none), "yes");
  EXPECT_EQ(told("decimal", "share of firm.staff where a", none), "0");
  EXPECT_EQ(told("whole", "sum n of firm.staff", none), "0");
  EXPECT_EQ(told("whole or none", "max n of firm.staff", none), "none");
}

TEST_F(Expression, AggregatesOverAListThatIsNotGivenNeedTheList) {
  EXPECT_EQ(told("whole", "count of firm.staff", {}), "unknown: firm.staff");
  EXPECT_EQ(yes_no("any of firm.staff where a", {{"firm.size", "1"}}), "unknown: firm.staff");
}

TEST_F(Expression, AggregatesOverMembers) {
  const TestLaw::Facts three = {{"firm.staff[0].a", "yes"},
                                {"firm.staff[0].n", "5"},
                                {"firm.staff[1].a", "no"},
                                {"firm.staff[1].n", "7"},
                                {"firm.staff[2].a", "yes"},
                                {"firm.staff[2].n", "2"},
                                {"n", "4"}};
  EXPECT_EQ(told("whole", "count of firm.staff where a", three), "2");
  EXPECT_EQ(told("decimal", "share of firm.staff where a", three), "0.666666666");
  EXPECT_EQ(told("whole", "sum n of firm.staff where a", three), "7");
  EXPECT_EQ(told("whole or none", "max n of firm.staff where a", three), "5");
  EXPECT_EQ(told("whole or none", "min n of firm.staff", three), "2");
  EXPECT_EQ(yes_no("all of firm.staff where n > 1", three), "yes");
  EXPECT_EQ(told("money", "sum 2 base of firm.staff where n > 4", three), "400 tenge");
}

TEST_F(Expression, NamesInsideAnAggregateAreTheMembersFirst) {
  EXPECT_EQ(told("whole", "count of firm.staff where n > p", {{"p", "4"}, {"firm.staff[0].n", "5"}, {"firm.staff[1].n", "3"}}), "1");
  EXPECT_EQ(yes_no("any of firm.staff where a", {{"firm.staff[0].n", "1"}, {"firm.staff[1].a", "yes"}}), "yes");
  EXPECT_EQ(yes_no("any of firm.staff where a", {{"firm.staff[0].n", "1"}, {"firm.staff[1].a", "no"}}), "unknown: firm.staff[0].a");
}

TEST_F(Expression, AnErrorOfAMemberThatMayNotCountIsOpen) {
  const std::string sum = "sum own of firm.staff where n > 4";
  EXPECT_EQ(told("whole", sum, {{"firm.staff[0].a", "no"}, {"firm.staff[0].n", "5"}}), "gap");
  EXPECT_EQ(told("whole", sum, {{"firm.staff[0].a", "no"}, {"firm.staff[0].n", "3"}}), "0");
  EXPECT_EQ(told("whole", sum, {{"firm.staff[0].a", "no"}}), "unknown: firm.staff[0].n");
}

TEST_F(Expression, DaysPresentCountsEntryAndExitOnce) {
  const std::string days = "days_present(firm.stays, entered, left, 10)";
  EXPECT_EQ(told("whole", days, {{"firm.stays[0].entered", "2020-06-10"}, {"firm.stays[0].left", "2020-06-12"}}), "3");
  EXPECT_EQ(told("whole", days,
                 {{"firm.stays[0].entered", "2020-06-10"},
                  {"firm.stays[0].left", "2020-06-12"},
                  {"firm.stays[1].entered", "2020-06-12"},
                  {"firm.stays[1].left", "none"}}),
            "6");
  EXPECT_EQ(told("whole", days, {{"firm.stays[0].entered", "2020-01-01"}, {"firm.stays[0].left", "none"}}), "10");
  EXPECT_EQ(told("whole", days, {{"firm.stays[0].entered", "2020-06-16"}, {"firm.stays[0].left", "none"}}), "0");
  EXPECT_EQ(told("whole", days, {{"firm.stays[0].entered", "2020-06-10"}}), "unknown: firm.stays[0].left");
  EXPECT_EQ(told("whole", days, {{"firm.stays", "none"}}), "0");
}

}  // namespace
}  // namespace koshi::zan
