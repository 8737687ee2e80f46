#include <gmock/gmock.h>

#include "zan/columns/answer_reader.h"

namespace koshi::zan {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr const char* kLaw = R"(act L "Law" adopted 2000-01-01 in force from 2000-01-01
enum color "Color"
  red "Red"
  green "Green"
entity firm "Firm"
  size : whole "Size"
  link staff : many person "Staff"
entity person "Person"
  age : whole "Age"
  hue : color "Hue"
  pay : money "Pay"
  left : date or none "Left"
  name : text "Name"
  link firm : firm "Firm"
norm adult of person : yes/no "Adult"
  yes when age >= 18 by L art. 1 [read]
  no when age < 18 by L art. 2 [read]
norm tenfold of person : money "Tenfold"
  pay * 10 by L art. 3 [read]
norm gone of person : date or none "Gone"
  left by L art. 4 [read]
norm open of person : yes/no "Open"
  yes when hue = red by L art. 5 [read]
norm torn of person : yes/no "Torn"
  yes when age > 5 by L art. 6 [read]
  no when hue = green by L art. 7 [read]
norm colleagues of person : whole "Colleagues"
  (count of firm.staff where age >= 18) by L art. 8 [read]
norm anna of person : yes/no "Anna"
  yes when name = "Anna" by L art. 9 [read]
)";

Corpus corpus_of(const std::string& law) {
  auto compilation = compile({{"test.zan", law}}, {});
  EXPECT_TRUE(compilation.diagnostics.empty()) << render(compilation.corpus.sources, compilation.diagnostics);
  return std::move(compilation.corpus);
}

/// So many persons, of ages 0, 1, 2, …; in turn red and green; every third left.
struct People {
  explicit People(size_t rows) : ages(rows), hues(rows), pays(rows), lefts(rows), firm_of(rows, 0) {
    for (size_t i = 0; i < rows; ++i) {
      ages[i] = static_cast<uint8_t>(i % 90);
      hues[i] = static_cast<uint8_t>(i % 2);
      pays[i] = static_cast<int64_t>(i) * Money::kTenge;
      lefts[i] = i % 3 == 0 ? static_cast<int32_t>(i) : INT32_MIN;
    }
  }

  Population population(const Corpus& corpus) const {
    Table person;
    person.entity = corpus.find_entity("person");
    person.rows = static_cast<int64_t>(ages.size());
    const auto& facts = corpus.entities[static_cast<size_t>(person.entity)].facts;
    person.columns = {{"age", facts[0].type, Storage::kU8, ages.data(), validity.empty() ? nullptr : validity.data(), {}},
                      {"hue", facts[1].type, Storage::kU8, hues.data(), nullptr, {}},
                      {"pay", facts[2].type, Storage::kI64, pays.data(), nullptr, {}},
                      {"left", facts[3].type, Storage::kI32, lefts.data(), nullptr, {}}};
    measure_bounds(person);
    return {{std::move(person)}};
  }

  std::vector<uint8_t> ages, hues;
  std::vector<int64_t> pays;
  std::vector<int32_t> lefts, firm_of;
  std::vector<uint8_t> validity;  ///< of the ages
};

class ColumnsTest : public ::testing::Test {
 protected:
  ColumnQuestion ask(const std::vector<std::string>& norms) const {
    ColumnQuestion question;
    question.entity = corpus_.find_entity("person");
    for (const std::string& norm : norms) question.norms.push_back(corpus_.find_norm("person." + norm));
    question.law = question.today = *parse_date("2020-06-15");
    return question;
  }

  std::vector<std::string> problems(const Population& population, const ColumnQuestion& question) {
    auto program = ColumnProgram::compile(library_, population, question);
    return program ? std::vector<std::string>() : program.error();
  }

  /// The one norm's answer in every row, as a number, or as "unknown" and the like.
  std::vector<std::string> told(const Population& population, const std::string& norm, RunOptions options = {}) {
    const auto program = ColumnProgram::compile(library_, population, ask({norm}));
    EXPECT_TRUE(program.has_value()) << program.error().front();
    auto outputs = program->make_outputs();
    EXPECT_TRUE(program->run(*outputs, options).has_value());
    const ColumnAnswer& answer = program->answers().front();
    std::vector<std::string> out;
    static constexpr const char* kStates[] = {"no", "yes", "none", "unknown", "conflict", "gap", "fault"};
    for (int64_t row = 0; row < outputs->rows; ++row) {
      const AnswerReader reader(answer, *outputs);
      const RowState state = reader.state(row);
      const std::string value = answer.type.kind == Kind::kYesNo ? kStates[reader.value(row)] : std::to_string(reader.value(row));
      out.push_back(state == RowState::kValue ? value : kStates[static_cast<size_t>(state)]);
    }
    return out;
  }

  Corpus corpus_ = corpus_of(kLaw);
  ProgramLibrary library_{corpus_};
};

TEST_F(ColumnsTest, AnyNumberOfRowsWithAnyBodies) {
  for (const size_t rows : {0, 1, 63, 64, 65, 255, 256, 257, 1023, 1024, 1025, 2100}) {
    const People people(rows);
    for (const auto bodies : {RunOptions::Bodies::kScalar, RunOptions::Bodies::kAvx2, RunOptions::Bodies::kAvx512}) {
      RunOptions options;
      options.bodies = bodies;
      const auto answers = told(people.population(corpus_), "adult", options);
      ASSERT_EQ(answers.size(), rows);
      for (size_t i = 0; i < rows; ++i) EXPECT_EQ(answers[i], people.ages[i] >= 18 ? "yes" : "no") << i << " of " << rows;
    }
  }
}

TEST_F(ColumnsTest, WritesItsRowsAndNothingElse) {
  const People people(300);
  const Population population = people.population(corpus_);
  const auto program = ColumnProgram::compile(library_, population, ask({"adult", "tenfold"}));
  ASSERT_TRUE(program.has_value());
  auto outputs = program->make_outputs();
  for (OutputColumn& column : outputs->columns) {
    const size_t bytes = width_bytes(column.storage) * 300;
    std::fill_n(column.data.as<uint8_t>(), bytes + 512, uint8_t{0xEE});
  }
  ASSERT_TRUE(program->run(*outputs, {}).has_value());
  for (const OutputColumn& column : outputs->columns) {
    const size_t bytes = width_bytes(column.storage) * 300;
    for (size_t i = bytes; i < bytes + 512; ++i) EXPECT_EQ(column.data.as<uint8_t>()[i], 0xEE);
    EXPECT_NE(column.at(299), static_cast<int64_t>(0xEEEEEEEEEEEEEEEE));
  }
}

TEST_F(ColumnsTest, UnknownNoneGapAndConflict) {
  People people(4);
  EXPECT_THAT(told(people.population(corpus_), "gone"), ElementsAre("0", "none", "none", "3"));
  EXPECT_THAT(told(people.population(corpus_), "open"), ElementsAre("yes", "gap", "yes", "gap"));
  people.ages = {9, 9, 1, 1};
  EXPECT_THAT(told(people.population(corpus_), "torn"), ElementsAre("yes", "conflict", "gap", "no"));
  people.validity = {0b0101};
  EXPECT_THAT(told(people.population(corpus_), "adult"), ElementsAre("no", "unknown", "no", "unknown"));
  EXPECT_THAT(told(people.population(corpus_), "torn"), ElementsAre("yes", "unknown", "gap", "unknown"));
}

TEST_F(ColumnsTest, AnAmountThatLeavesItsRangeIsAFaultInItsRow) {
  People people(3);
  people.pays = {7, INT64_MAX / 5, -1};
  EXPECT_THAT(told(people.population(corpus_), "tenfold"), ElementsAre("70", "fault", "-10"));
}

TEST_F(ColumnsTest, DecidingRulesAreTold) {
  const People people(40);
  const Population population = people.population(corpus_);
  const auto program = ColumnProgram::compile(library_, population, ask({"adult", "tenfold"}));
  ASSERT_TRUE(program.has_value());
  auto outputs = program->make_outputs();
  ASSERT_TRUE(program->run(*outputs, {}).has_value());
  const ColumnAnswer& adult = program->answers()[0];
  const auto rule = [&](int64_t row) {
    const int64_t code = outputs->columns[static_cast<size_t>(adult.deciding)].at(row);
    return corpus_.rules[static_cast<size_t>(adult.rules[static_cast<size_t>(code - 1)])].number;
  };
  EXPECT_EQ(rule(17), 2);
  EXPECT_EQ(rule(18), 1);
  const ColumnAnswer& tenfold = program->answers()[1];
  EXPECT_EQ(tenfold.deciding, kNoColumn);
  EXPECT_EQ(tenfold.rules.size(), 1U);
}

TEST_F(ColumnsTest, WhatFollowsFromAnotherColumnHasNone) {
  People people(130);
  Population population = people.population(corpus_);
  std::vector<uint8_t> validity(people.ages.size() / 8 + 1, 0x55);  // every other row
  for (Column& column : population.tables[0].columns) column.validity = validity.data();
  const auto program = ColumnProgram::compile(library_, population, ask({"adult", "tenfold"}));
  ASSERT_TRUE(program.has_value());
  auto outputs = program->make_outputs();
  ASSERT_TRUE(program->run(*outputs, {}).has_value());
  const ColumnAnswer& adult = program->answers()[0];
  EXPECT_EQ(adult.state, adult.value);
  EXPECT_NE(adult.deciding, kNoColumn);
  const AnswerReader reader(adult, *outputs);
  for (int64_t row = 0; row < outputs->rows; ++row) {
    const bool known = row % 2 == 0;
    EXPECT_EQ(reader.state(row), known ? RowState::kValue : RowState::kUnknown) << row;
    EXPECT_EQ(reader.rule(row) != kNoId, known) << row;
    if (known) {
      EXPECT_EQ(reader.value(row), people.ages[static_cast<size_t>(row)] >= 18 ? 1 : 0) << row;
    }
  }
}

TEST_F(ColumnsTest, OneWayToHaveNoValueNeedsNoStates) {
  const People people(130);
  const Population population = people.population(corpus_);
  const auto program = ColumnProgram::compile(library_, population, ask({"gone"}));
  ASSERT_TRUE(program.has_value());
  auto outputs = program->make_outputs();
  ASSERT_TRUE(program->run(*outputs, {}).has_value());
  const ColumnAnswer& gone = program->answers()[0];
  EXPECT_EQ(outputs->columns.size(), 1U) << "the rule is the same in every row, and none is a mark";
  const AnswerReader reader(gone, *outputs);
  for (int64_t row = 0; row < outputs->rows; ++row) {
    EXPECT_EQ(reader.state(row), row % 3 == 0 ? RowState::kValue : RowState::kNone) << row;
    EXPECT_EQ(reader.rule(row), gone.rules.front()) << row;
  }
}

TEST_F(ColumnsTest, EverythingThatDoesNotFitIsNamed) {
  const People people(5);
  Population population = people.population(corpus_);
  Table& person = population.tables[0];
  person.columns[1].bounds = Bounds{0, 7};                // no such color
  person.columns[2].storage = Storage::kI32;              // money is wider
  person.columns[3].type = Type{Kind::kDate, false, -1};  // the fact may be none
  person.columns.push_back({"heihgt", Type{Kind::kWhole, false, -1}, Storage::kU8, people.ages.data(), nullptr, Bounds{0, 9}});
  const auto found = problems(population, ask({"adult"}));
  EXPECT_EQ(found.size(), 4U);
  EXPECT_THAT(found, Contains(HasSubstr("`hue` has a value out of range")));
  EXPECT_THAT(found, Contains(HasSubstr("`pay` lies in 32 bits")));
  EXPECT_THAT(found, Contains(HasSubstr("`left` is of type date")));
  EXPECT_THAT(found, Contains(HasSubstr("`heihgt` is no fact")));
}

TEST_F(ColumnsTest, ColumnsThatAreMissingAreAllNamedOrUnknown) {
  const People people(2);
  Population population = people.population(corpus_);
  std::erase_if(population.tables[0].columns, [](const Column& column) { return column.path != "left"; });
  ColumnQuestion question = ask({"adult", "open", "gone"});
  EXPECT_THAT(problems(population, question), ElementsAre("no column for `person.age`", "no column for `person.hue`"));
  question.missing_is_unknown = true;
  const auto program = ColumnProgram::compile(library_, population, question);
  ASSERT_TRUE(program.has_value());
  auto outputs = program->make_outputs();
  ASSERT_TRUE(program->run(*outputs, {}).has_value());
  EXPECT_EQ(find_state(outputs->columns[static_cast<size_t>(program->answers()[0].state)], 2, RowState::kUnknown), 0);
}

TEST_F(ColumnsTest, TextIsALimitThatIsNamed) {
  const People people(2);
  EXPECT_THAT(problems(people.population(corpus_), ask({"anna"})), ElementsAre("`person.anna`: text is not compared"));
}

TEST_F(ColumnsTest, AListOfAnotherTableIsCounted) {
  const People people(6);
  Population population = people.population(corpus_);
  const std::vector<int32_t> firm_of = {0, 1, kNoRow, 0, 1, 0}, members = {0, 5, 3, 1};
  const std::vector<int64_t> first = {0, 3, 4};
  const std::vector<uint8_t> ages = {40, 17, 20, 18, 3, 90};
  population.tables[0].columns[0].data = ages.data();
  population.tables[0].columns[0].bounds.reset();
  measure_bounds(population.tables[0]);
  population.tables[0].links = {{"firm", firm_of.data()}};
  Table firm;
  firm.entity = corpus_.find_entity("firm");
  firm.rows = 2;
  firm.many = {{"staff", first.data(), members.data(), nullptr}};
  population.tables.push_back(std::move(firm));
  EXPECT_THAT(told(population, "colleagues"), ElementsAre("3", "0", "unknown", "3", "0", "3"));
  population.tables[0].links = {{"firm", members.data()}};
  EXPECT_THAT(problems(population, ask({"colleagues"})), ElementsAre(HasSubstr("link `firm` leads nowhere in row 1: 5")));
}

}  // namespace
}  // namespace koshi::zan
