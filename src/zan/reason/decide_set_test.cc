#include "zan/reason/test_law.h"

namespace koshi::zan {
namespace {

using testing::SizeIs;

constexpr std::string_view kLaw = R"(
enum paper "Paper"
  form "Form"
  plan "Plan"
  copy "Copy"
entity person "Person"
  a : yes/no "A"
  b : yes/no "B"
  c : yes/no "C"
  hole : yes/no "Hole"
  p : paper "P"
norm broken of person : yes/no "Broken"
  yes when hole by L [read]
norm papers of person : set of paper "Papers"
  {form} by L art. 1 [read]
  {plan, copy} when a by L art. 2 [read]
    except
      {copy} when b by L art. 3 [read]
  except
    {plan} when c by L art. 4 [read]
norm asked of person : yes/no "Is it asked for?"
  p in papers by L [read]
norm nothing of person : yes/no "Is nothing to be filed?"
  papers is empty by L [read]
norm something of person : yes/no "Is there something to be filed?"
  late is not empty by L [read]
norm sound of person : yes/no "Is the fragile set empty?"
  fragile is empty by L [read]
norm late of person : set of paper "From 2010 on"
  {plan} when a from 2010-01-01 by L [read]
norm fragile of person : set of paper "May break"
  {plan} when a by L [read]
  {plan, copy} when broken by L [read]
norm more of person : set of paper "More"
  papers by L [read]
  {copy} when c by L [read]
reform r "R" by L "1" [read]
  amend papers of person
    {plan} when c
)";

TEST(DecideSet, RulesIncludeAndExceptionsExclude) {
  TestLaw l{std::string(kLaw)};
  EXPECT_EQ(l.told("person.papers", {{"a", "no"}}), "{form}") << "b and c do not matter";
  EXPECT_EQ(l.told("person.papers", {{"a", "yes"}, {"b", "no"}, {"c", "no"}}), "{form, plan, copy}");
  EXPECT_EQ(l.told("person.papers", {{"a", "yes"}, {"b", "yes"}, {"c", "no"}}), "{form, plan}");
  EXPECT_EQ(l.told("person.papers", {{"a", "yes"}, {"b", "yes"}, {"c", "yes"}}), "{form}");
}

TEST(DecideSet, IsKnownWhenEveryMemberIs) {
  TestLaw l{std::string(kLaw)};
  EXPECT_EQ(l.told("person.papers", {{"b", "yes"}, {"c", "yes"}}), "{form}") << "whatever a is";
  EXPECT_EQ(l.told("person.papers", {{"b", "yes"}}), "unknown: a c");
  EXPECT_EQ(l.told("person.papers", {{"a", "yes"}, {"c", "yes"}}), "unknown: b");
  EXPECT_EQ(l.told("person.asked", {{"a", "no"}, {"p", "plan"}}), "no");
}

TEST(DecideSet, NothingThatSpeaksIsTheEmptySetAndNothingInForceAGap) {
  TestLaw l{std::string(kLaw)};
  EXPECT_EQ(l.told("person.late", {{"a", "no"}}), "{}");
  EXPECT_EQ(l.told("person.late", {{"a", "no"}}, "2009-12-31"), "gap");
}

/// One certain member settles it; an officer may refuse on one ground while another is still open.
TEST(DecideSet, IsEmptyWhenNoMemberCanBeThere) {
  TestLaw l{std::string(kLaw)};
  EXPECT_EQ(l.told("person.nothing", {}), "no") << "the form is certain";
  EXPECT_EQ(l.told("person.something", {}), "unknown: a");
  EXPECT_EQ(l.told("person.something", {{"a", "no"}}), "no");
  EXPECT_EQ(l.told("person.something", {{"a", "yes"}}), "yes");
  EXPECT_EQ(l.told("person.sound", {{"a", "yes"}, {"hole", "no"}}), "no") << "the plan is certain, whatever the copy is";
  EXPECT_EQ(l.told("person.sound", {{"a", "no"}, {"hole", "no"}}), "gap");
  const Answer answer = l.ask("person.nothing", {});
  EXPECT_EQ(l.proof(answer),
            "norm nothing no\n"
            "  rule 1 decides no\n"
            "    norm papers unknown\n"
            "      rule 1 decides {form}\n"
            "      rule 2 open {plan, copy}\n"
            "        fact a unknown\n"
            "        rule 3 open {copy}\n"
            "          fact b unknown\n"
            "      rule 4 open {plan}\n"
            "        fact c unknown\n");
}

TEST(DecideSet, AnErrorMattersOnlyForItsMembers) {
  TestLaw l{std::string(kLaw)};
  EXPECT_EQ(l.told("person.fragile", {{"a", "yes"}, {"hole", "no"}}), "gap") << "copy is in doubt";
  EXPECT_EQ(l.told("person.fragile", {{"a", "no"}, {"hole", "yes"}}), "{plan, copy}");
  const Answer answer = l.ask("person.fragile", {{"a", "yes"}, {"hole", "no"}});
  EXPECT_EQ(answer.at, l.corpus().find_norm("person.broken"));
}

TEST(DecideSet, TakesOverOtherSets) {
  TestLaw l{std::string(kLaw)};
  EXPECT_EQ(l.told("person.more", {{"a", "no"}, {"c", "yes"}}), "{form, copy}");
  EXPECT_EQ(l.told("person.more", {{"a", "yes"}, {"b", "no"}}), "unknown: c");
}

TEST(DecideSet, PrevailingRulesAddMembers) {
  TestLaw l{std::string(kLaw)};
  EXPECT_EQ(l.told("person.papers", {{"a", "yes"}, {"b", "yes"}, {"c", "yes"}}, "2020-06-15", {"r"}), "{form, plan}");
}

TEST(DecideSet, EachMemberHasItsReason) {
  TestLaw l{std::string(kLaw)};
  const Answer answer = l.ask("person.papers", {{"a", "yes"}, {"b", "yes"}, {"c", "yes"}});
  EXPECT_EQ(l.proof(answer),
            "norm papers {form}\n"
            "  rule 1 decides {form}\n"
            "  rule 2 overruled {}\n"
            "    fact a yes\n"
            "    rule 3 decides {copy}\n"
            "      fact b yes\n"
            "  rule 4 decides {plan}\n"
            "    fact c yes\n");
  EXPECT_THAT(answer.deciding, SizeIs(3));
}

}  // namespace
}  // namespace koshi::zan
