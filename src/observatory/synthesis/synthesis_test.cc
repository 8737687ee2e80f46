#include <gmock/gmock.h>

#include "observatory/synthesis/report.h"
#include "observatory/tables/test_tables.h"

namespace koshi::observatory {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class Synthesis : public Tables {
 protected:
  static inline const std::string kModel = R"(title = "Small"
day = 2025-12-31
assumptions = ["Nobody leaves."]
[[dimension]]
name = "origin"
members = ["KZ", "UZ", "RU"]
[[dimension]]
name = "insured"
members = ["yes", "no"]
[[margin]]
title = "Origin"
file = "origin.csv"
[[margin]]
title = "Insured"
file = "insured.csv"
[[odds]]
when = { origin = "UZ", insured = "yes" }
weight = 3
[[table]]
entity = "person"
[[table.fact]]
name = "nationality"
because = "margin"
is = "origin"
[[table.fact]]
name = "insured"
because = "margin"
is = "insured"
[[table.fact]]
name = "born"
because = "assumed"
years_before = [18, 29]
[[table.fact]]
name = "left"
because = "assumed"
after = "born"
days_after = [4000, 12000]
past = true
none_per_mille = 100
unknown_per_mille = 50
[[table.fact]]
name = "wage"
because = "assumed"
[[table.fact.choose]]
when = { origin = "KZ" }
between = [100, 200]
[[table.fact.choose]]
odds = { "50" = 1, "60" = 3 }
)";

  Synthesis() {
    put("origin.csv", "origin,persons,source,confidence\nKZ,700,a source,reported\nUZ|RU,300,ours,assumed\n");
    put("insured.csv", "insured,persons,source,confidence\nyes,600,a source,reported\nno,400,a source,reported\n");
  }

  Result<Model> model(const std::string& text) {
    put("model.toml", text);
    return read_model(folder_);
  }
  std::string error_of(const std::string& from, const std::string& to) {
    std::string text = kModel;
    text.replace(text.find(from), from.size(), to);
    const auto read = model(text);
    return read ? "none" : read.error().message.substr(folder_.string().size() + 2);
  }
};

TEST_F(Synthesis, MeetsTheMarginsAndKeepsTheOdds) {
  const Model small = model(kModel).value();
  const auto fitted = fit(small);
  ASSERT_TRUE(fitted) << fitted.error().message;
  for (const Margin& margin : small.margins) {
    for (const MarginRow& row : margin.rows) EXPECT_NEAR(persons_of(small, fitted->weights, row.cells), row.persons, 1e-5);
  }
  // What fitting keeps: the odds ratio between those of which the margins say nothing apart.
  const std::vector<double>& w = fitted->weights;  // KZ yes, KZ no, UZ yes, UZ no, RU yes, RU no
  EXPECT_NEAR(w[2] * w[5] / (w[3] * w[4]), 3, 1e-6);
}

TEST_F(Synthesis, DrawsAsTheModelSays) {
  const Model small = model(kModel).value();
  const auto drawn = draw(*corpus_, small, fit(small).value(), 10'000, 7);
  ASSERT_TRUE(drawn) << testing::PrintToString(drawn.error());
  const zan::Table& people = drawn->population.tables[0];
  ASSERT_EQ(people.rows, 10'000);
  int64_t kazakhstan = 0, none = 0, unknown = 0;
  for (int64_t row = 0; row < people.rows; ++row) {
    const bool is_kz = people.find("nationality")->at(row) == 0;
    kazakhstan += is_kz;
    const int64_t wage = people.find("wage")->at(row) / Money::kTenge;
    if (is_kz) {
      ASSERT_TRUE(wage >= 100 && wage <= 200);
    } else {
      ASSERT_TRUE(wage == 50 || wage == 60);
    }
    const Date born{static_cast<int32_t>(people.find("born")->at(row))};
    const int64_t age = completed_years(born, small.day, MonthEnd::kUp);
    ASSERT_TRUE(age >= 18 && age <= 29) << format_date(born);
    const zan::Column& left = *people.find("left");
    if (!left.is_known(row)) {
      ++unknown;
    } else if (left.at(row) == zan::none_mark(left.storage)) {
      ++none;
    } else {
      ASSERT_LE(left.at(row), small.day.days);
      ASSERT_GE(left.at(row), born.days + 4000);
    }
  }
  EXPECT_NEAR(static_cast<double>(kazakhstan), 7000, 1);
  EXPECT_NEAR(static_cast<double>(unknown), 500, 100);
  EXPECT_GT(none, 1000);
}

TEST_F(Synthesis, TheSameSeedGivesTheSamePeople) {
  const Model small = model(kModel).value();
  const Fit fitted = fit(small).value();
  const auto wages = [&](uint64_t seed) { return values_of(draw(*corpus_, small, fitted, 1000, seed)->population.tables[0], "wage"); };
  EXPECT_EQ(wages(3), wages(3));
  EXPECT_NE(wages(3), wages(4));
}

TEST_F(Synthesis, GathersStaffIntoEmployers) {
  // The test law has no jobs: people themselves are gathered.
  const Model small = model(kModel + R"([[group]]
entity = "firm"
of = "person"
link = "firm"
members = "staff"
by = ["nationality"]
[[group.size]]
members = 3
weight = 1
[[group.count]]
fact = "size"
where = { insured = "yes" }
)")
                          .value();
  const auto drawn = draw(*corpus_, small, fit(small).value(), 100, 1);
  ASSERT_TRUE(drawn) << testing::PrintToString(drawn.error());
  const zan::Table& people = *drawn->population.find(entity("person"));
  const zan::Table& firms = *drawn->population.find(entity("firm"));
  EXPECT_THAT(zan::find_problems(*corpus_,
                                 [&] {
                                   zan::Population measured = drawn->population;
                                   for (zan::Table& table : measured.tables) zan::measure_bounds(table);
                                   return measured;
                                 }()),
              testing::IsEmpty());
  int64_t insured = 0;
  for (int64_t firm = 0; firm < firms.rows; ++firm) {
    const zan::ManyColumn& staff = *firms.find_many("staff");
    ASSERT_LE(staff.first[firm + 1] - staff.first[firm], 3);
    for (int64_t i = staff.first[firm]; i < staff.first[firm + 1]; ++i) {
      ASSERT_EQ(people.find_link("firm")->rows[staff.members[i]], firm);
      ASSERT_EQ(people.find("nationality")->at(staff.members[i]), people.find("nationality")->at(staff.members[staff.first[firm]]));
    }
    insured += firms.find("size")->at(firm);
  }
  EXPECT_NEAR(static_cast<double>(insured), 60, 1);
}

TEST_F(Synthesis, ReportsMarginsFitAndEveryAssumption) {
  const Model small = model(kModel).value();
  const Fit fitted = fit(small).value();
  const std::string text = report(small, fitted, *draw(*corpus_, small, fitted, 500, 1), 1);
  EXPECT_THAT(text, HasSubstr("500 people drawn with seed 1"));
  EXPECT_THAT(text, HasSubstr("| origin UZ\\|RU | 300 | 300.0 | 150 | 300 | ours | assumed |"));
  EXPECT_THAT(text, HasSubstr("- Nobody leaves."));
  EXPECT_THAT(text, HasSubstr("- `person.wage`: assumed"));
}

TEST_F(Synthesis, SaysWhatIsWrongWithAModel) {
  EXPECT_THAT(error_of("day = 2025-12-31", "day = 5"), HasSubstr("`day` is wanted"));
  EXPECT_THAT(error_of("weight = 3", "weight = -1"), HasSubstr("`weight` is wanted"));
  EXPECT_THAT(error_of("origin = \"KZ\"", "origin = \"XX\""), HasSubstr("dimension origin has no member `XX`"));
  EXPECT_THAT(error_of("is = \"origin\"", "is = \"sex\""), HasSubstr("there is no dimension `sex`"));
  EXPECT_THAT(error_of("between = [100, 200]", "between = [200, 100]"), HasSubstr("ends before it begins"));
  EXPECT_THAT(error_of("title = \"Small\"", "title = "), HasSubstr("model.toml, line 1"));
  EXPECT_THAT(error_of("because = \"margin\"\n", ""), HasSubstr("`because` is wanted"));
  put("origin.csv", "origin,persons\nKZ,1\nKZ|UZ,2\n");
  EXPECT_THAT(error_of("Small", "Small"), HasSubstr("origin.csv, line 3: overlaps with origin KZ"));
}

TEST_F(Synthesis, MarginsThatContradictAreNotFitted) {
  put("insured.csv", "insured,persons\nyes,600\nno,500\n");
  EXPECT_THAT(fit(model(kModel).value()).error().message, HasSubstr("contradict each other"));
  put("insured.csv", "insured,persons\nyes,600\nno,400\n");
  const auto impossible = fit(model(kModel + "[[odds]]\nwhen = { insured = \"no\" }\nweight = 0\n").value());
  EXPECT_THAT(impossible.error().message, HasSubstr("`insured no` has persons, but the odds leave no cell"));
}

TEST_F(Synthesis, TellsAllThatTheLawDoesNotKnow) {
  std::string text = kModel;
  text.replace(text.find("name = \"wage\""), 13, "name = \"wages\"");
  text.replace(text.find("odds = { \"50\""), 13, "odds = { \"x\"");
  text +=
      "[[table.fact]]\nname = \"children\"\nbecause = \"x\"\nvalue = \"many\"\n[[table.fact]]\nname = \"share\"\nbecause = "
      "\"x\"\nyears_before = [1, 2]\n";
  const Model wrong = model(text).value();
  EXPECT_THAT(draw(*corpus_, wrong, fit(wrong).value(), 10, 1).error(),
              ElementsAre(HasSubstr("fact `wages` of person: is no fact of the law"), HasSubstr("fact `children` of person"),
                          HasSubstr("fact `share` of person: is no date")));
}

}  // namespace
}  // namespace koshi::observatory
