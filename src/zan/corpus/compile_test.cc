#include <gmock/gmock.h>

#include "zan/corpus/program.h"

namespace koshi::zan {
namespace {

constexpr const char* kLaw = R"(
act A "An act" adopted 2010-01-01 in force from 2011-01-01 until 2019-12-31
act B "Its successor" adopted 2019-06-01 in force from 2020-01-01

enum country "Country"
  KZ "Kazakhstan"
  RU "Russia"
  KG "Kyrgyzstan"
  UZ "Uzbekistan"

set union of country "Union"
  by A art. 1 [read]
  KZ, RU from 2015-01-01
  KG from 2015-08-12

entity person "Person"
  nationality : country "Citizenship"
  arrived : date "Arrived on"
  adult : yes/no "Adult"

norm mci : money
  "Monthly calculation index"
  1852 tenge by A [read]
  2651 tenge by B [read]

norm due of person : date
  "Due"
  old: arrived + 5 days by A art. 6 [read]
  arrived + 3 days by B art. 6 [read]
  except
    union: arrived + 30 days when nationality in union from 2015-01-01 by A art. 97 [reported]
      except
        reinstate old when not adult by A art. 98 [sample]

norm fee of person : money
  "Fee"
  2 mci by A art. 7 [read]
  1.5 mci by B art. 7 [read]

reform shorter "Shorter" by B art. 0 [sample]
  from 2026-01-01
  amend due of person
    replace old with arrived + 1 day
    arrived + 2 days when adult

reform gone "Gone" by B art. 0 [sample]
  amend due of person
    repeal old

reform longer "Longer" by B art. 0 [sample]
  amend due of person
    insert under union: arrived + 60 days when adult
)";

class Compiled : public testing::Test {
 protected:
  Compiled() : compilation_(compile({{"law.zan", kLaw}}, {})) {
    EXPECT_TRUE(compilation_.diagnostics.empty()) << render(corpus().sources, compilation_.diagnostics);
  }
  const Corpus& corpus() const { return compilation_.corpus; }
  Program on(const char* date, std::vector<ReformId> reforms = {}) const {
    auto program = specialise(corpus(), *parse_date(date), reforms);
    EXPECT_TRUE(program);
    return std::move(*program);
  }
  const ProgramNorm& norm(const Program& program, const char* name) const {
    return program.norms[static_cast<size_t>(corpus().find_norm(name))];
  }

  Compilation compilation_;
};

TEST_F(Compiled, DatesThatARuleLeavesOutAreThoseOfItsAct) {
  const Norm& fee = corpus().norms[static_cast<size_t>(corpus().find_norm("person.fee"))];
  const RuleInfo& first = corpus().rules[static_cast<size_t>(fee.rules[0])];
  EXPECT_EQ(format_date(first.in_force.from), "2011-01-01");
  EXPECT_EQ(format_date(first.in_force.until), "2019-12-31");
  EXPECT_EQ(corpus().cite(first.by[0]), "A art. 7");
}

TEST(Missing, TextsAreNamedOnTheirDaysAndOnlyWhereThereCanBeAGap) {
  const auto law = [](const std::string& missing) {
    return compile({{"law.zan",
                     "act OLD \"Old\" adopted 1990-01-01 in force from 1991-01-01 until 2010-12-31\n"
                     "act A \"New\" adopted 2010-01-01 in force from 2011-01-01\n"
                     "norm a : whole\n  \"A\"\n  missing " +
                         missing + "\n  1 by A [read]\n"}},
                   {});
  };
  const Compilation good = law("from 2001-01-01 until 2010-12-31 by OLD art. 3 [unverified]");
  EXPECT_TRUE(good.diagnostics.empty()) << render(good.corpus.sources, good.diagnostics);
  const NormId norm = good.corpus.find_norm("a");
  EXPECT_TRUE(good.corpus.missing_on(norm, *make_date(2000, 12, 31)).empty());
  ASSERT_EQ(good.corpus.missing_on(norm, *make_date(2001, 1, 1)).size(), 1u);
  EXPECT_EQ(good.corpus.cite(good.corpus.missing_on(norm, *make_date(2010, 12, 31))[0]), "OLD art. 3");
  EXPECT_TRUE(good.corpus.missing_on(norm, *make_date(2011, 1, 1)).empty());
  EXPECT_TRUE(has_errors(law("from 2012-01-01 until 2013-01-01 by OLD [unverified]").diagnostics)) << "a rule always speaks then";
  EXPECT_TRUE(has_errors(law("from 2001-01-01 until 2000-01-01 by OLD [unverified]").diagnostics));
  EXPECT_TRUE(has_errors(law("until 2010-12-31 by NOBODY [unverified]").diagnostics));
}

TEST(Missing, UnderATreatyThatIsNotYetInForceItIsTheTreaty) {
  const Compilation good = compile({{"law.zan",
                                     "act A \"A\" adopted 2000-01-01 in force from 2000-01-01\n"
                                     "treaty T \"T\" signed 2014-05-29 in force from 2015-01-01\n"
                                     "norm a : whole\n  \"A\"\n  1 by A [read]\n"
                                     "norm a under T : whole\n  \"A\"\n  2 by T [read]\n"}},
                                   {});
  EXPECT_TRUE(good.diagnostics.empty()) << render(good.corpus.sources, good.diagnostics);
  const NormId under = good.corpus.find_norm("a", "T");
  ASSERT_EQ(good.corpus.missing_on(under, *make_date(2014, 12, 31)).size(), 1u);
  EXPECT_EQ(good.corpus.cite(good.corpus.missing_on(under, *make_date(2014, 12, 31))[0]), "T");
  EXPECT_TRUE(good.corpus.missing_on(under, *make_date(2015, 1, 1)).empty());
  EXPECT_TRUE(good.corpus.missing_on(good.corpus.find_norm("a"), *make_date(1999, 1, 1)).empty());
}

TEST(Missing, BeforeTheFirstRuleIsWhatItsActReplaced) {
  const auto law = [](const std::string& of_a, const std::string& of_old = "") {
    return compile({{"law.zan", "act A \"New\" adopted 2010-01-01 in force from 2011-01-01 replaces " + of_a +
                                    "\nact OLD \"Old\" adopted 1995-01-01 in force from 1997-01-01 until 2010-12-31" + of_old +
                                    "\nact ELDER \"Elder\" adopted 1990-01-01 in force from 1991-01-01 until 1996-12-31\n"
                                    "norm a : whole\n  \"A\"\n  1 by A [read]\n"}},
                   {});
  };
  const Compilation good = law("OLD", " replaces ELDER");
  EXPECT_TRUE(good.diagnostics.empty()) << render(good.corpus.sources, good.diagnostics);
  const auto named = [&](int year) {
    std::string names;
    for (const CitationRef& citation : good.corpus.missing_on(good.corpus.find_norm("a"), *make_date(year, 5, 1)))
      names += good.corpus.cite(citation);
    return names;
  };
  EXPECT_EQ(named(1990), "");
  EXPECT_EQ(named(1992), "ELDER");
  EXPECT_EQ(named(2010), "OLD");
  EXPECT_EQ(named(2011), "");
  EXPECT_TRUE(has_errors(law("NOBODY").diagnostics));
  EXPECT_TRUE(has_errors(law("OLD", " replaces A").diagnostics)) << "what comes later is not replaced";
}

TEST_F(Compiled, OnlyTheRulesInForceAreKept) {
  EXPECT_EQ(norm(on("2010-12-31"), "person.due").rules.count, 0);
  EXPECT_EQ(norm(on("2011-01-01"), "person.due").rules.count, 1);
  EXPECT_EQ(norm(on("2014-12-31"), "person.due").exceptions.count, 0);
  const Program program = on("2015-01-01");
  ASSERT_EQ(norm(program, "person.due").exceptions.count, 1);
  const ProgramRule& exception = program.range(norm(program, "person.due").exceptions)[0];
  ASSERT_EQ(exception.exceptions.count, 1);
  EXPECT_NE(program.range(exception.exceptions)[0].reinstates, kNoId);
}

TEST_F(Compiled, MembershipIsFoldedToTheDate) {
  for (const auto& [date, members] : {std::pair{"2015-08-11", "{KZ, RU}"}, std::pair{"2015-08-12", "{KZ, RU, KG}"}}) {
    const Program program = on(date);
    const bool found = std::ranges::any_of(program.constants,
                                           [&](const Value& v) { return v.kind() == Kind::kSet && format_value(corpus(), v) == members; });
    EXPECT_TRUE(found) << date;
    EXPECT_TRUE(std::ranges::none_of(program.nodes, [](const Node& node) { return node.op == Op::kNamedSet; }));
  }
}

TEST_F(Compiled, EpochsAreTheDaysOfChange) {
  std::vector<std::string> days;
  for (const Date date : corpus().epochs) days.push_back(format_date(date));
  EXPECT_THAT(days, testing::ElementsAre("0001-01-01", "2011-01-01", "2015-01-01", "2015-08-12", "2020-01-01", "2026-01-01"));
  EXPECT_EQ(corpus().epoch_of(*parse_date("2015-08-11")), 2u);
  EXPECT_EQ(corpus().epoch_of(*parse_date("2015-08-12")), 3u);
}

TEST_F(Compiled, ReformsPrevailReplaceAndInsert) {
  const ReformId shorter = corpus().find_reform("shorter"), gone = corpus().find_reform("gone"), longer = corpus().find_reform("longer");
  EXPECT_EQ(norm(on("2026-01-01", {shorter}), "person.due").prevailing.count, 1);
  EXPECT_EQ(norm(on("2025-12-31", {shorter}), "person.due").prevailing.count, 0);
  EXPECT_EQ(norm(on("2012-01-01", {gone}), "person.due").rules.count, 0);
  const Program program = on("2016-01-01", {longer});
  EXPECT_EQ(program.range(norm(program, "person.due").exceptions)[0].exceptions.count, 2);
}

TEST_F(Compiled, TwoReformsOfOneRuleAreRefused) {
  const std::vector<ReformId> both{corpus().find_reform("shorter"), corpus().find_reform("gone")};
  const auto program = specialise(corpus(), *parse_date("2016-01-01"), both);
  ASSERT_FALSE(program);
  EXPECT_THAT(program.error().message,
              testing::AllOf(testing::HasSubstr("`shorter`"), testing::HasSubstr("`gone`"), testing::HasSubstr("`old`")));
}

TEST_F(Compiled, ProgramsAreMadeOncePerEpoch) {
  ProgramLibrary library(corpus());
  const Program* a = *library.on(*parse_date("2016-01-01"), {});
  EXPECT_EQ(a, *library.on(*parse_date("2019-12-31"), {}));
  EXPECT_NE(a, *library.on(*parse_date("2020-01-01"), {}));
}

TEST(Values, AreReadAndWrittenInOneForm) {
  const Compilation c = compile({{"law.zan", kLaw}}, {});
  const auto round = [&](Type type, const char* text) {
    const auto value = parse_value(c.corpus, type, text);
    return value ? format_value(c.corpus, *value) : "error: " + value.error().message;
  };
  EXPECT_EQ(round({Kind::kMoney, false, -1}, "3692"), "3692 tenge");
  EXPECT_EQ(round({Kind::kMoney, false, -1}, "3692.50 tenge"), "3692.50 tenge");
  EXPECT_EQ(round({Kind::kDecimal, false, -1}, "70 %"), "0.7");
  EXPECT_EQ(round({Kind::kDays, false, -1}, "5 days"), "5 days");
  EXPECT_EQ(round({Kind::kDate, true, -1}, "none"), "none");
  EXPECT_EQ(round({Kind::kEnum, false, 0}, "'UZ'"), "UZ");
  EXPECT_EQ(round({Kind::kSet, false, 0}, "{UZ, KZ}"), "{KZ, UZ}");
  EXPECT_THAT(round({Kind::kDate, false, -1}, "2015-02-29"), testing::HasSubstr("not a date"));
  EXPECT_THAT(round({Kind::kEnum, false, 0}, "UX"), testing::HasSubstr("did you mean"));
}

}  // namespace
}  // namespace koshi::zan
