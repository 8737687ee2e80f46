#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <functional>

#include "any.h"
#include "columns_told.h"
#include "flat_population.h"
#include "random_population.h"
#include "zan/columns/columns.h"

/// The columns reader against the reasoner: every state, value and deciding rule, in every row.
namespace koshi::agreement {
namespace {

using zan::ColumnAnswer;
using zan::ColumnProgram;
using zan::EntityId;
using zan::Outputs;
using zan::RunOptions;

Outputs run(const ColumnProgram& program, RunOptions::Bodies bodies) {
  auto outputs = program.make_outputs();
  RC_ASSERT(outputs.has_value());
  RunOptions options;
  options.bodies = bodies;
  RC_ASSERT(program.run(*outputs, options).has_value());
  return std::move(*outputs);
}

using RecordOf = std::function<zan::Record(int64_t)>;

/// Asks all norms of the entity for every row, both ways.
void compare(const zan::Corpus& corpus, const zan::Population& population, const RecordOf& record_of, zan::ColumnQuestion question) {
  zan::ProgramLibrary library(corpus);
  const EntityId entity = question.entity;
  question.norms = norms_of(corpus, entity);
  const auto program = ColumnProgram::compile(library, population, question);
  if (!program) {
    // A limit that is told (columns.h): lists in lists in lists of a random law may be more than one program computes.
    if (program.error().front().contains("more aggregates than one program may have")) return;
    RC_FAIL(program.error().front());
  }
  const Outputs outputs = run(*program, RunOptions::Bodies::kScalar);
  for (const RunOptions::Bodies bodies : {RunOptions::Bodies::kAvx2, RunOptions::Bodies::kAvx512}) {
    const Outputs others = run(*program, bodies);
    for (size_t i = 0; i < outputs.columns.size(); ++i) {
      for (int64_t row = 0; row < outputs.rows; ++row) RC_ASSERT(outputs.columns[i].at(row) == others.columns[i].at(row));
    }
  }
  const int32_t own_day = question.law_day.empty() ? zan::kNoId : corpus.entities[static_cast<size_t>(entity)].find_fact(question.law_day);
  for (int64_t row = 0; row < outputs.rows; ++row) {
    const zan::Record record = record_of(row);
    if (own_day != zan::kNoId && !record.facts[static_cast<size_t>(own_day)]) continue;
    const zan::Moment on = own_day == zan::kNoId ? zan::Moment(question.law, question.today)
                                                 : zan::Moment(record.facts[static_cast<size_t>(own_day)]->as_date());
    for (const ColumnAnswer& answer : program->answers()) {
      const auto& reforms = question.worlds[static_cast<size_t>(answer.world)];
      const auto expected = zan::ask(library, answer.norm, record, on, reforms);
      RC_ASSERT(expected.has_value());
      const std::string reasoner = reasoner_told(corpus, *expected);
      const std::string columns = columns_told(corpus, answer, outputs, row);
      if (reasoner == columns) continue;
      RC_LOG() << corpus.full_name(answer.norm) << " world " << answer.world << " on " << format_date(on.law) << ", today "
               << format_date(on.today) << ": the reasoner " << reasoner << ", columns " << columns << "\n"
               << text(corpus, record) << "\n";
      RC_ASSERT(reasoner == columns);
    }
  }
}

void compare_any(bool own_days, size_t worlds) {
  Dice dice = any_dice();
  const Law law = any_law(dice);
  RC_LOG() << law.text.text();
  zan::ColumnQuestion question;
  question.law = random_date(dice);
  question.today = dice.one_in(4) ? random_date(dice) : question.law;
  if (own_days) question.law_day = "born";
  for (size_t i = 0; i < worlds; ++i) question.worlds.push_back(any_reforms(dice, law.corpus));
  const size_t given = dice.one_in(2) ? 100 : 50 + dice.roll(50);
  Dice trials = Dice::fixed(6000);
  const RandomPopulation population = random_population(trials, law.corpus, given);
  for (const char* name : {"person", "firm"}) {
    question.entity = law.corpus.find_entity(name);
    const EntityId entity = question.entity;
    if (own_days && name == std::string("firm")) continue;
    compare(law.corpus, population.tables, [&](int64_t row) { return population.record(law.corpus, entity, row); }, question);
  }
}

RC_GTEST_PROP(ColumnsAgreement, EveryRowAsTheReasoner, ()) {
  compare_any(false, 1);
}

RC_GTEST_PROP(ColumnsAgreement, SeveralReformsInOnePass, ()) {
  compare_any(false, 3);
}

// Reforms that cannot be combined on some day are a fault of a norm there, but no question on that day can be asked of the reasoner.
RC_GTEST_PROP(ColumnsAgreement, EachRowByTheLawOfItsOwnDay, ()) {
  compare_any(true, 1);
}

/// The law of Kazakhstan itself, over people whose facts are drawn at random.
RC_GTEST_PROP(ColumnsAgreement, TheLawOfKazakhstan, ()) {
  static const auto kLaw = zan::compile_folder(KOSHI_SOURCE_DIR "/law/kz");
  RC_ASSERT(kLaw.has_value());
  const zan::Corpus& corpus = kLaw->corpus;
  Dice dice = any_dice();
  zan::ColumnQuestion question;
  question.entity = corpus.find_entity(dice.pick({"person", "job", "permit", "employer"}));
  question.law = question.today = corpus.epochs[dice.roll(corpus.epochs.size())];
  if (dice.one_in(2)) question.law = question.today = *make_date(2026, 3, 15);
  question.missing_is_unknown = true;
  question.worlds.emplace_back();
  const size_t given = dice.one_in(2) ? 100 : 60 + dice.roll(40);
  constexpr size_t kRecords = 40, kDepth = 3, kTrials = 60'000;
  Dice trials = Dice::fixed(kTrials);
  std::vector<zan::Record> records;
  for (size_t i = 0; i < kRecords; ++i) records.push_back(random_record(trials, corpus, question.entity, given, kDepth));
  for (zan::Record& record : records) forget_texts(corpus, record);
  const FlatPopulation population = flatten(corpus, records);
  compare(
      corpus, population.tables, [&](int64_t row) { return population.rows.at(question.entity)[static_cast<size_t>(row)]->clone(); },
      question);
}

}  // namespace
}  // namespace koshi::agreement
