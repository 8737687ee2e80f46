#include "zan/reason/cases.h"

#include "zan/reason/test_law.h"

namespace koshi::zan {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::string_view kLaw = R"(act M "Other law" adopted 2000-01-01 in force from 2000-01-01
enum kind "Kind"
  red "Red"
  blue "Blue"
entity firm "Firm"
  heads : whole "Heads"
  must heads >= 0 "Fewer than no heads"
  link staff : many person "Staff"
entity person "Person"
  a : yes/no "A"
  kind : kind "Kind"
  wage : money "Wage"
  link firm : firm "Firm"
norm base : money "Base"
  100 tenge by M art. 7 [read]
define rich of person : yes/no "Rich"
  wage > 10 base by L art. 6(4) [read]
norm x of person : whole "X"
  1 when rich by L art. 61 [read]
  2 when not rich by L art. 5 [read]
  except
    eaeu: 3 when kind = blue by M art. 9 [read]
norm clash of person : whole "Clash"
  1 when a or not a by L [read]
  2 when a by L [read]
norm able of firm : whole "Able"
  count of staff where a by L [read]
reform r "R" by M "1" [read]
  amend x of person
    9 when a
)";

/// The messages of the failures, with their notes.
std::vector<std::string> failures(const std::string& cases) {
  TestLaw law(std::string(kLaw) + cases);
  std::vector<std::string> texts;
  for (const Diagnostic& failure : run_cases(law.library()).failures) {
    std::string text = failure.message;
    for (const Note& note : failure.notes) text += " | " + note.text;
    texts.push_back(text);
  }
  return texts;
}

std::string one_case(const std::string& facts, const std::string& expect) {
  return "case \"c\" on 2020-01-01\n  person: " + facts + "\n  expect " + expect + "\n";
}

TEST(Cases, HoldInEveryForm) {
  EXPECT_THAT(failures(R"(
case "values" on 2020-01-01
  person: kind red, wage 1001
  expect x = 1 because L art. 61
  expect person.x = 1 because L art. 6(4)
  expect x = 1 because M art. 7
  expect base = 100 tenge because M
case "others" on 2020-01-01 with reform r
  person: kind blue, a no
    firm: heads 2
      staff: a yes
      staff: a no
  expect x unknown needing wage
  expect clash = 1
  expect firm.able = 1
case "errors" on 2020-01-01
  person: a yes
  expect clash conflict
case "gaps" on 1999-01-01
  person: a yes
  expect x gap
case "an empty list" on 2020-01-01
  firm: staff none
  expect able = 0
case "a path" on 2020-01-01 with reform r
  person: firm.heads 3, a yes
  expect x = 9 because M
)"),
              IsEmpty());
}

TEST(Cases, TellWhatCameInstead) {
  EXPECT_THAT(failures(one_case("kind red, wage 5", "x = 1")), ElementsAre("expected x to be 1, but it is 2 | decided here, by L art. 5"));
  EXPECT_THAT(failures(one_case("kind red", "x = 1")), ElementsAre("expected x to be 1, but it is unknown; needed: wage"));
  EXPECT_THAT(failures(one_case("a yes", "clash = 1")),
              ElementsAre("expected clash to be 1, but it is a conflict | this rule disagrees, by L | this rule disagrees, by L"));
  EXPECT_THAT(failures(one_case("a no", "clash gap")), ElementsAre("expected clash to be a gap, but it is 1 | decided here, by L"));
}

TEST(Cases, WantTheReasonToo) {
  EXPECT_THAT(failures(one_case("kind blue, wage 5", "x = 3 because L art. 5")),
              ElementsAre("no deciding rule cites L art. 5 | decided here, by M art. 9"))
      << "the overruled rule is no reason";
  EXPECT_THAT(failures(one_case("kind red, wage 1001", "x = 1 because L art. 6")), IsEmpty()) << "6(4) is in article 6";
  EXPECT_THAT(failures(one_case("kind red, wage 5", "x = 2 because L art. 61")), ElementsAre(HasSubstr("no deciding rule cites")));
  EXPECT_THAT(failures(one_case("kind red, wage 5", "x = 2 because L art. 6(4)")), IsEmpty());
}

TEST(Cases, NameWhatIsNotNeeded) {
  EXPECT_THAT(failures(one_case("kind red", "x unknown needing a")), ElementsAre("`a` is not needed | needed, in this order: wage"));
}

TEST(Cases, ReportBadNamesWithTheNearest) {
  EXPECT_THAT(failures(one_case("kid red", "x = 1")), ElementsAre("unknown fact of person `kid` | nearest known name: `kind`"));
  EXPECT_THAT(failures(one_case("kind rad", "x = 1")), ElementsAre("`rad` is not a kind; did you mean `red`?"));
  EXPECT_THAT(failures(one_case("a yes", "y = 1")), ElementsAre(HasSubstr("unknown norm of person `y`")));
  EXPECT_THAT(failures(one_case("a yes", "boss.x = 1")), ElementsAre(HasSubstr("neither the subject of this case nor a link")));
  EXPECT_THAT(failures(one_case("a yes", "x under M = 1")), ElementsAre("`person.x` does not exist under `M`"));
  EXPECT_THAT(failures(one_case("a yes, a no", "x = 1")), ElementsAre("`a` is given twice"));
  EXPECT_THAT(failures(one_case("kind red, wage 5", "x = 2 because N art. 1")), ElementsAre(HasSubstr("unknown act `N`")));
  EXPECT_THAT(failures("case \"c\" on 2020-01-01 with reform s\n  persn: a yes\n  expect x = 1\n"),
              ElementsAre(HasSubstr("unknown reform `s`"), AllOf(HasSubstr("unknown entity `persn`"), HasSubstr("`person`"))));
}

TEST(Cases, RefuseFactsThatContradict) {
  EXPECT_THAT(failures("case \"c\" on 2020-01-01\n  firm: heads -1\n  expect able = 0\n"),
              ElementsAre("the facts of this case contradict one another: Fewer than no heads"));
}

TEST(Cases, CountWhatTheyExercise) {
  TestLaw law(std::string(kLaw) + one_case("kind blue, wage 5", "x = 3") + one_case("kind red, wage 5", "x = 7"));
  const CaseReport report = run_cases(law.library());
  EXPECT_EQ(report.cases, 2u);
  EXPECT_EQ(report.expectations, 2u);
  const Coverage covered = coverage(law.corpus(), report);
  EXPECT_EQ(covered.rules, 9u);
  EXPECT_EQ(covered.exercised, 3u) << "base, rich and eaeu; the failing case exercises nothing";
  EXPECT_EQ(covered.missing.size(), 6u);
}

TEST(Cases, CountATableOnce) {
  TestLaw law(R"(
entity person "Person"
  n : whole "N"
table fee of person (n) : whole "Fee" from "fee.csv" by L [read]
table rate of person (n) : whole "Rate" from "rate.csv" by L [read]
case "c" on 2020-01-01
  person: n 2
  expect fee = 20
)",
              {{"fee.csv", "n,value\n1,10\n2,20\n"}, {"rate.csv", "n,value\n1,10\n2,20\n"}});
  const Coverage covered = coverage(law.corpus(), run_cases(law.library()));
  EXPECT_EQ(covered.rules, 2u);
  EXPECT_EQ(covered.exercised, 1u);
  ASSERT_EQ(covered.missing.size(), 1u);
  EXPECT_EQ(law.corpus().rules[static_cast<size_t>(covered.missing[0])].table_row, "rate.csv:2");
}

}  // namespace
}  // namespace koshi::zan
