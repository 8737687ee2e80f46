#include "observatory/simulate/simulate.h"

#include <gmock/gmock.h>

#include "observatory/simulate/tell.h"

namespace koshi::observatory {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

constexpr const char* kLaw = R"(act L "Law" adopted 2000-01-01 in force from 2000-01-01
act D "Draft" adopted 2020-01-01 in force from 2020-01-01
enum town "Town"
  aktau "Aktau"
  oral "Oral"
entity firm "Firm"
  large : yes/no "Large"
entity person "Person"
  age : whole "Age"
  town : town "Town"
  link firm : firm "Firm"
norm adult of person : yes/no "Of age"
  yes when age >= 18 by L art. 1 [read]
  no when age < 18 by L art. 2 [read]
norm fee of person : money "Fee"
  1000 tenge when adult by L art. 3 [read]
  0 tenge when not adult by L art. 4 [read]
norm huge of person : money "More than there is"
  age * 90000000000000000 tenge by L art. 6 [read]
norm grant of person : money or none "Grant"
  300 tenge when town = oral and not adult by L art. 5 [read]
  none when town != oral or adult by L art. 5 [read]
reform later "Of age at 21"
  by D art. 1 [read]
  amend adult of person
    no when age < 21
reform same "Nothing changes"
  by D art. 4 [read]
  amend adult of person
    no when age < 18
)";

class Simulate : public testing::Test {
 protected:
  Simulate() {
    auto compilation = zan::compile({{"law.zan", kLaw}}, {});
    EXPECT_FALSE(zan::has_errors(compilation.diagnostics)) << zan::render(compilation.corpus.sources, compilation.diagnostics);
    corpus_ = std::make_unique<zan::Corpus>(std::move(compilation.corpus));
    library_ = std::make_unique<zan::ProgramLibrary>(*corpus_);
    const auto type = [&](const char* entity, const char* fact) {
      return zan::find_fact(*corpus_, corpus_->find_entity(entity), fact)->type;
    };
    zan::Table people{.entity = corpus_->find_entity("person"), .rows = 6, .columns = {}, .links = {}, .many = {}};
    people.columns.push_back(
        {.path = "age", .type = type("person", "age"), .storage = zan::Storage::kU8, .data = kAges, .validity = kAgeKnown, .bounds = {}});
    people.columns.push_back(
        {.path = "town", .type = type("person", "town"), .storage = zan::Storage::kU8, .data = kTowns, .validity = nullptr, .bounds = {}});
    people.links.push_back({.link = "firm", .rows = kFirms});
    zan::Table firms{.entity = corpus_->find_entity("firm"), .rows = 1, .columns = {}, .links = {}, .many = {}};
    firms.columns.push_back(
        {.path = "large", .type = type("firm", "large"), .storage = zan::Storage::kU8, .data = kLarge, .validity = nullptr, .bounds = {}});
    population_.tables = {std::move(people), std::move(firms)};
    for (zan::Table& table : population_.tables) zan::measure_bounds(table);
  }

  SimulationQuestion question(const std::vector<std::string>& norms, const std::vector<std::string>& reforms = {}) const {
    SimulationQuestion out{.entity = corpus_->find_entity("person"), .norms = {}, .on = *parse_date("2026-01-01"), .reforms = {}, .by = {}};
    for (const std::string& norm : norms) out.norms.push_back(corpus_->find_norm(norm));
    for (const std::string& reform : reforms) out.reforms.push_back({corpus_->find_reform(reform)});
    return out;
  }
  Simulation run(const SimulationQuestion& question) {
    auto simulation = simulate(*library_, population_, question, {});
    EXPECT_TRUE(simulation) << testing::PrintToString(simulation.error());
    return std::move(*simulation);
  }

  // The last of age 30 is unknown.
  static constexpr uint8_t kAges[] = {17, 18, 20, 21, 70, 30};
  static constexpr uint8_t kAgeKnown[] = {0b011111};
  static constexpr uint8_t kTowns[] = {0, 0, 1, 1, 1, 0};
  static constexpr int32_t kFirms[] = {0, 0, 0, zan::kNoRow, 0, 0};
  static constexpr uint8_t kLarge[] = {1};
  std::unique_ptr<zan::Corpus> corpus_;
  std::unique_ptr<zan::ProgramLibrary> library_;
  zan::Population population_;
};

TEST_F(Simulate, CountsBaselineAndReformsAndWhoChangesByWhichRule) {
  const Simulation simulation = run(question({"person.adult", "person.fee"}, {"later", "same"}));
  ASSERT_THAT(simulation.norms, SizeIs(2));
  const NormResult& adult = simulation.norms[0];
  EXPECT_EQ(adult.counted[0][0].rows_of, (std::map<int64_t, int64_t>{{0, 1}, {1, 4}}));
  EXPECT_EQ(adult.counted[0][0].unknown, 1);
  EXPECT_EQ(adult.counted[1][0].rows_of, (std::map<int64_t, int64_t>{{0, 3}, {1, 2}}));
  ASSERT_THAT(adult.changes[0], SizeIs(1));
  EXPECT_EQ(adult.changes[0][0].rows, 2);
  EXPECT_EQ(adult.changes[0][0].before.value, 1);
  EXPECT_EQ(adult.changes[0][0].after.value, 0);
  EXPECT_EQ(rule_name(*corpus_, adult.changes[0][0].rule_before), "rule 1 (L art. 1)");
  EXPECT_THAT(rule_name(*corpus_, adult.changes[0][0].rule_after), HasSubstr("(D art. 1)"));
  EXPECT_THAT(adult.changes[1], SizeIs(0));

  const NormResult& fee = simulation.norms[1];
  EXPECT_EQ(amount(fee.type, fee.counted[0][0].sum), "4000");
  EXPECT_EQ(amount(fee.type, fee.counted[1][0].sum), "2000");
  ASSERT_THAT(fee.changes[0], SizeIs(1));
  EXPECT_EQ(amount(fee.type, fee.changes[0][0].difference), "-2000");
}

TEST_F(Simulate, DividesByFactsOfTheRowAndThroughLinks) {
  SimulationQuestion by = question({"person.adult"});
  by.by = {"town", "firm.large"};
  const Simulation simulation = run(by);
  EXPECT_THAT(simulation.groups, ElementsAre(ElementsAre("aktau", "yes"), ElementsAre("oral", "yes"), ElementsAre("oral", "unknown")));
  EXPECT_EQ(simulation.norms[0].counted[0][1].rows_of, (std::map<int64_t, int64_t>{{1, 2}}));
  EXPECT_EQ(simulation.norms[0].counted[0][0].unknown, 1);
}

TEST_F(Simulate, SaysWhatItCannotDivideBy) {
  SimulationQuestion by = question({"person.adult"});
  by.by = {"age", "street"};
  const auto simulation = simulate(*library_, population_, by, {});
  ASSERT_FALSE(simulation);
  EXPECT_THAT(simulation.error(),
              ElementsAre(HasSubstr("by `age`: only by yes/no and by lists of names"), HasSubstr("by `street`: the population has no")));
}

TEST_F(Simulate, IsToldAsTextTablesAndPicture) {
  SimulationQuestion by = question({"person.adult", "person.fee"}, {"later"});
  by.by = {"town"};
  const Simulation simulation = run(by);
  const Told told{*corpus_, by, simulation};
  EXPECT_THAT(simulation_text(told), HasSubstr("later: 2 of 6 change"));
  EXPECT_THAT(simulation_text(told), HasSubstr("yes -> no    rule 1 (L art. 1) -> "));
  EXPECT_THAT(simulation_csv(told),
              HasSubstr("norm,world,town,measure,value\nperson.adult,law,aktau,no,1\nperson.adult,law,aktau,yes,1\n"));
  EXPECT_THAT(simulation_csv(told), HasSubstr("person.fee,later,oral,sum,2000\n"));
  EXPECT_THAT(changes_csv(told), HasSubstr("person.adult,later,yes,no,rule 1 (L art. 1),"));
  EXPECT_THAT(simulation_json(told), HasSubstr(R"({"by":["oral"],"yes":"3"})"));
  EXPECT_THAT(simulation_svg(told), HasSubstr("aria-label=\"Of age: yes, 6 rows, 2026-01-01\""));
  EXPECT_EQ(simulation_svg(told), simulation_svg(told));
}

/// Under the draft those of 18 and 20 no longer pay, and the one of 20, in Oral, receives a grant.
TEST_F(Simulate, TellsTheHouseholdsAndTheBudgetsSide) {
  SimulationQuestion asked = question({"person.fee", "person.grant"}, {"later", "same"});
  asked.pays = {corpus_->find_norm("person.fee")};
  asked.gets = {corpus_->find_norm("person.grant")};
  asked.by = {"town"};
  const Simulation simulation = run(asked);
  ASSERT_THAT(simulation.purses, SizeIs(3));
  ASSERT_THAT(simulation.groups, ElementsAre(ElementsAre("aktau"), ElementsAre("oral")));
  const Purse& aktau = simulation.purses[0][0];
  EXPECT_TRUE(aktau.paid == 1000 * Money::kTenge && aktau.received == 0);
  EXPECT_EQ(aktau.rows, 3);
  EXPECT_EQ(aktau.unclear, 1);
  const Purse& oral = simulation.purses[1][1];
  EXPECT_TRUE(oral.paid == 2000 * Money::kTenge && oral.received == 300 * Money::kTenge);
  const PurseChange& later = simulation.purse_changes[0];
  EXPECT_EQ(later.better, 2);
  EXPECT_EQ(later.worse, 0);
  EXPECT_EQ(later.same, 3);
  EXPECT_EQ(later.unclear, 1);
  EXPECT_TRUE(later.gain == 2300 * Money::kTenge && later.loss == 0);
  EXPECT_EQ(simulation.purse_changes[1].same, 5);

  const Told told{*corpus_, asked, simulation};
  EXPECT_THAT(simulation_text(told), HasSubstr("paid 4000  received 0  budget 4000  unclear 1"));
  EXPECT_THAT(simulation_text(told), HasSubstr("better off 2  gain 2300  worse off 0  loss 0  unchanged 3  unclear 1  budget -2300"));
  EXPECT_THAT(simulation_csv(told), HasSubstr("households and the budget,later,oral,received,300\n"));
  EXPECT_THAT(simulation_json(told), HasSubstr(R"("changes":{"better off":"2","gain":"2300")"));
}

TEST_F(Simulate, AnAmountThatDoesNotFitIsAFaultAndItsRowIsTold) {
  const SimulationQuestion asked = question({"person.huge"});
  const Simulation simulation = run(asked);
  const Counted& counted = simulation.norms[0].counted[0][0];
  EXPECT_EQ(counted.fault, 5);
  EXPECT_EQ(counted.first_fault, 0);
  EXPECT_EQ(counted.unknown, 1);
  EXPECT_THAT(simulation_text({*corpus_, asked, simulation}), HasSubstr("fault 5  first fault in row 1"));
}

TEST_F(Simulate, AmountsAreExactInBothDirections) {
  const zan::Type money{.kind = zan::Kind::kMoney};
  EXPECT_EQ(amount(money, 0), "0");
  EXPECT_EQ(amount(money, -1), "-0.01");
  EXPECT_EQ(amount(money, 369'250), "3692.5");
  EXPECT_EQ(amount(money, Int128{INT64_MAX} * 1000), "92233720368547758070");
}

}  // namespace
}  // namespace koshi::observatory
