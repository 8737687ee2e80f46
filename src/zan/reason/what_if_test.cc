#include "zan/reason/record.h"
#include "zan/reason/test_law.h"

namespace koshi::zan {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::string_view kLaw = R"(
enum country "Country"
  KZ "Kazakhstan"
  BY "Belarus"
  RU "Russia"
  UZ "Uzbekistan"
entity firm "Firm"
  heads : whole "Heads"
entity person "Person"
  nationality : country "Citizenship"
  arrived : date "Arrived"
  left : date or none "Left"
  must left is none or left >= arrived "Left before arriving"
  wage : money "Wage"
  share : decimal "Share"
  link firm : firm "Firm"
norm due of person : date "Due"
  arrived + 5 days by L [read]
    except
      arrived + 30 days when nationality in {BY, RU} by L [read]
norm late of person : yes/no "Late"
  left is none and today > due or left > due by L [read]
norm rich of person : yes/no "Rich"
  wage >= 100000 tenge by L [read]
norm band of person : whole "Band"
  if wage < 1000 tenge then 1 else if wage < 2000 tenge then 2 else 3 by L [read]
norm big of person : yes/no "Big"
  firm.heads > 250 by L [read]
norm enough of person : yes/no "Enough"
  share >= 70 % by L [read]
)";

std::string told(TestLaw& law, std::string_view norm, const TestLaw::Facts& facts) {
  const Record record = law.record("person", facts);
  const Answer answer = law.ask(norm, facts);
  const auto changes = what_would_change(law.library(), record, answer);
  if (!changes) return changes.error().message;
  std::string text;
  for (const FactChange& change : *changes) {
    text += text.empty() ? "" : "; ";
    text += change.path;
    for (const Value& value : change.to) text += " " + format_value(law.corpus(), value);
    text += " -> " + format_value(law.corpus(), change.answer);
  }
  return text;
}

TEST(WhatIf, FindsTheNearestDayAndAllMembers) {
  TestLaw l{std::string(kLaw)};
  EXPECT_EQ(told(l, "person.late", {{"nationality", "UZ"}, {"arrived", "2020-06-01"}, {"left", "none"}}),
            "nationality BY RU -> no; arrived 2020-06-10 -> no");
}

TEST(WhatIf, RespectsWhatMustHold) {
  TestLaw l{std::string(kLaw)};
  // Leaving later than the sixth makes it late; leaving before arriving is no possible fact.
  EXPECT_EQ(told(l, "person.late", {{"nationality", "UZ"}, {"arrived", "2020-06-01"}, {"left", "2020-06-01"}}),
            "left 2020-06-07 none -> yes; arrived 2020-05-26 -> yes");
}

TEST(WhatIf, FindsBothSides) {
  TestLaw l{std::string(kLaw)};
  EXPECT_EQ(told(l, "person.band", {{"wage", "1500"}}), "wage 2000 tenge -> 3; wage 999 tenge -> 1");
}

TEST(WhatIf, ReachesFarAndStopsAtTheExactPlace) {
  TestLaw l{std::string(kLaw)};
  EXPECT_EQ(told(l, "person.rich", {{"wage", "1"}}), "wage 100000 tenge -> yes");
  EXPECT_EQ(told(l, "person.rich", {{"wage", "0.5"}}), "wage 100000 tenge -> yes");
  EXPECT_EQ(told(l, "person.big", {{"firm.heads", "1000"}}), "firm.heads 250 -> no");
  EXPECT_EQ(told(l, "person.enough", {{"share", "0.9"}}), "share 0.69 -> no");
}

TEST(WhatIf, OnlyLooksAtGivenFactsOfTheProof) {
  TestLaw l{std::string(kLaw)};
  EXPECT_EQ(told(l, "person.rich", {{"wage", "5"}, {"nationality", "UZ"}}), "wage 100000 tenge -> yes");
}

TEST(WhatIf, WantsASettledAnswer) {
  TestLaw l{std::string(kLaw)};
  EXPECT_EQ(told(l, "person.rich", {}), "the answer is not settled yet; give the facts that it needs first");
}

TEST(WhatIf, LeavesTheRecordAsItWas) {
  TestLaw l{std::string(kLaw)};
  const TestLaw::Facts facts = {{"wage", "5"}};
  const Record record = l.record("person", facts);
  ASSERT_TRUE(what_would_change(l.library(), record, l.ask("person.rich", facts)).has_value());
  EXPECT_EQ(l.told("person.rich", facts), "no");
}

TEST(WhatIf, EndsAtItsLimit) {
  std::string text = "entity person \"Person\"\n";
  std::string sum = "0 = 1";
  for (int i = 0; i < 100; ++i) {
    const std::string fact = "f" + std::to_string(i);
    text += "  " + fact + " : whole \"F\"\n";
    sum += " or " + fact + " < 0 - 1000000000";
  }
  TestLaw l(text + "norm x of person : yes/no \"X\"\n  " + sum + " by L [read]\n");
  Record record = l.record("person", {});
  for (auto& fact : record.facts) fact = Value::whole(0);
  const auto answer = ask(l.library(), l.corpus().find_norm("person.x"), record, *parse_date("2020-01-01"), {});
  ASSERT_TRUE(answer.has_value());
  const auto changes = what_would_change(l.library(), record, *answer);
  ASSERT_TRUE(changes.has_value());
  EXPECT_GT(changes->size(), 0u);
  EXPECT_LT(changes->size(), 100u) << "what could not be tried is not claimed";
}

TEST(Contradictions, AreFoundInLinkedRecordsToo) {
  TestLaw l(R"(
entity member "Member"
  age : whole "Age"
  must age >= 0 "Born later than today"
entity firm "Firm"
  heads : whole "Heads"
  must heads >= 0 "Fewer than no heads"
  link staff : many member "Staff"
entity person "Person"
  n : whole "N"
  must n < firm.heads "Too many"
  link firm : firm "Firm"
)");
  const auto found = [&](const TestLaw::Facts& facts) {
    std::vector<std::string> texts;
    for (const Contradiction& c : contradictions(l.library(), l.record("person", facts), *parse_date("2020-01-01")))
      texts.push_back(c.path + ": " + c.message);
    return texts;
  };
  EXPECT_THAT(found({{"n", "3"}}), IsEmpty()) << "what is unknown breaks nothing";
  EXPECT_THAT(found({{"n", "3"}, {"firm.heads", "3"}}), ElementsAre(": Too many"));
  EXPECT_THAT(found({{"n", "-3"}, {"firm.heads", "-1"}, {"firm.staff[0].age", "1"}, {"firm.staff[1].age", "-1"}}),
              ElementsAre("firm: Fewer than no heads", "firm.staff[1]: Born later than today"));
}

TEST(Record, IsFoundByItsPathAndClonedWhole) {
  TestLaw l(R"(
entity member "Member"
  age : whole "Age"
entity firm "Firm"
  link staff : many member "Staff"
entity person "Person"
  link firm : firm "Firm"
)");
  const Record original = l.record("person", {{"firm.staff[1].age", "7"}});
  Record copy = original.clone();
  Record* member = find_record(l.corpus(), copy, "firm.staff[1]");
  ASSERT_NE(member, nullptr);
  EXPECT_EQ(*member->facts[0], Value::whole(7));
  EXPECT_EQ(find_record(l.corpus(), copy, "firm.staff[2]"), nullptr);
  EXPECT_EQ(find_record(l.corpus(), copy, "boss"), nullptr);
  EXPECT_EQ(find_record(l.corpus(), copy, ""), &copy);
}

}  // namespace
}  // namespace koshi::zan
