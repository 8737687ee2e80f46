#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>

#include "base/check.h"
#include "columns_told.h"
#include "flat_population.h"
#include "random_facts.h"
#include "random_law.h"
#include "random_population.h"
#include "sql_tables.h"

/// The law as SQL beside the columns reader, in every row, and beside the reasoner in a sample of rows: values, states and deciding rules.
///
///   sql_agreement [laws] [scale] [engines] [first seed] [reasoned]     (12 1 sqlite,postgresql 1 40)
///   sql_agreement kz [questions] [people] [engines] [seed]     the law of Kazakhstan instead of random laws
///
/// 92 persons and 20 firms, times the scale, are asked of each law; `reasoned` rows of each table and law are asked of the reasoner too (0:
/// all). Ends with 1 at the first difference, and tells law, row and answers. Each seed is told before its law is asked, so that one that
/// does not end is known.
namespace koshi::agreement {
namespace {

using zan::ColumnAnswer;
using zan::ColumnProgram;
using zan::EntityId;
using RecordOf = std::function<zan::Record(int64_t)>;

constexpr size_t kReasonedRows = 40;  // of each table and law, unless told otherwise

struct Count {
  size_t laws = 0, questions = 0, refused = 0;
  int64_t answers = 0, reasoned = 0;
};

std::vector<std::unique_ptr<engine::Engine>> make_engines(const std::string& names) {
  std::vector<std::unique_ptr<engine::Engine>> out;
  const auto add = [&](const char* name, auto made) {
    if (!made) {
      std::fprintf(stderr, "%s: %s\n", name, made.error().message.c_str());
      std::exit(2);
    }
    out.push_back(std::move(*made));
  };
  if (names.find("sqlite") != std::string::npos) add("SQLite", engine::make_sqlite());
  if (names.find("postgresql") != std::string::npos) add("PostgreSQL", engine::make_postgres());
  if (names.find("duckdb") != std::string::npos) add("DuckDB", engine::make_duckdb(2));
  return out;
}

void load(engine::Engine& engine, const zan::Corpus& corpus, const zan::Population& population) {
  for (const std::string& statement : table_statements(corpus, population, engine.dialect())) {
    const auto done = engine.run(statement);
    if (!done) std::fprintf(stderr, "%s: %s\n", engine.name().c_str(), done.error().message.c_str());
    CHECK(done.has_value());
  }
}

class Comparison {
 public:
  Comparison(const zan::Corpus& corpus, const zan::Population& population, RecordOf record_of, Count& count, size_t reasoned)
      : c_(corpus), library_(corpus), population_(population), record_of_(std::move(record_of)), count_(count), reasoned_(reasoned) {}

  /// Whether all agree.
  bool run(zan::ColumnQuestion question, const std::vector<std::unique_ptr<engine::Engine>>& engines) {
    const auto program = ColumnProgram::compile(library_, population_, question);
    if (!program) return complain(program.error().front());
    auto outputs = program->make_outputs();
    CHECK(outputs.has_value() && program->run(*outputs, {}).has_value());
    if (!reason(question, *program, *outputs)) return false;
    for (const auto& engine : engines) {
      if (!compare(question, *program, *outputs, *engine)) return false;
    }
    return true;
  }

 private:
  static bool complain(const std::string& what) {
    std::printf("DIFFERENCE: %s\n", what.c_str());
    return false;
  }

  bool reason(const zan::ColumnQuestion& question, const ColumnProgram& program, const zan::Outputs& outputs) {
    const int32_t own =
        question.law_day.empty() ? zan::kNoId : c_.entities[static_cast<size_t>(question.entity)].find_fact(question.law_day);
    const int64_t step = reasoned_ == 0 ? 1 : std::max<int64_t>(1, outputs.rows / static_cast<int64_t>(reasoned_));
    for (int64_t row = 0; row < outputs.rows; row += step) {
      const zan::Record record = record_of_(row);
      if (own != zan::kNoId && !record.facts[static_cast<size_t>(own)]) continue;
      const zan::Moment on =
          own == zan::kNoId ? zan::Moment(question.law, question.today) : zan::Moment(record.facts[static_cast<size_t>(own)]->as_date());
      for (const ColumnAnswer& answer : program.answers()) {
        const auto asked = zan::ask(library_, answer.norm, record, on, question.worlds.front());
        CHECK(asked.has_value());
        ++count_.reasoned;
        const std::string wanted = reasoner_told(c_, *asked), got = columns_told(c_, answer, outputs, row);
        if (wanted != got)
          return complain(c_.full_name(answer.norm) + " row " + std::to_string(row) + ": the reasoner " + wanted + ", columns " + got);
      }
    }
    return true;
  }

  bool compare(const zan::ColumnQuestion& asked, const ColumnProgram& program, const zan::Outputs& outputs, engine::Engine& engine) {
    zan::sql::Question question = linked_question(c_, asked.entity, engine.dialect());
    question.norms = asked.norms;
    question.law = asked.law;
    question.today = asked.today;
    question.law_day = asked.law_day;
    question.reforms = asked.worlds.front();
    const auto query = write_query(library_, question);
    if (!query) {
      if (asked.norms.size() == 1) {
        ++count_.refused;
        if (std::getenv("KOSHI_SQL_TELL") != nullptr) std::printf("refused: %s\n", query.error().front().c_str());
        return true;
      }
      return one_by_one(asked, engine);
    }
    const auto rows = engine.run("SELECT * FROM (" + query->text + ") AS answers ORDER BY 1");
    if (!rows) return complain(engine.name() + ": " + rows.error().message + "\n" + query->text);
    if (static_cast<int64_t>(rows->size()) != outputs.rows) return complain(engine.name() + ": another number of rows\n" + query->text);
    ++count_.questions;
    for (int64_t row = 0; row < outputs.rows; ++row) {
      size_t column = 1;
      for (size_t i = 0; i < query->outputs.size(); ++i) {
        const zan::sql::Output& output = query->outputs[i];
        const std::string wanted = comparable(columns_told(c_, *program.find(output.norm), outputs, row));
        const std::string got = told(c_, engine.dialect(), output, (*rows)[static_cast<size_t>(row)], column);
        column += output.has_rule ? 3 : 2;
        ++count_.answers;
        if (wanted == got) continue;
        std::printf("%s", query->text.c_str());
        return complain(engine.name() + ", " + output.name + " row " + std::to_string(row) + " on " + format_date(asked.law) + ", today " +
                        format_date(asked.today) + ": columns " + wanted + ", SQL " + got + "\n" + text(c_, record_of_(row)));
      }
    }
    return true;
  }

  static std::string comparable(std::string told) { return told; }

  /// Where one norm of many is refused, the others are still compared.
  bool one_by_one(const zan::ColumnQuestion& asked, engine::Engine& engine) {
    for (const zan::NormId norm : asked.norms) {
      zan::ColumnQuestion one = asked;
      one.norms = {norm};
      const auto program = ColumnProgram::compile(library_, population_, one);
      if (!program) continue;
      auto outputs = program->make_outputs();
      CHECK(outputs.has_value() && program->run(*outputs, {}).has_value());
      if (!compare(one, *program, *outputs, engine)) return false;
    }
    return true;
  }

  const zan::Corpus& c_;
  zan::ProgramLibrary library_;
  const zan::Population& population_;
  RecordOf record_of_;
  Count& count_;
  size_t reasoned_;
};

void tell(const Count& count, std::chrono::steady_clock::time_point start, bool last) {
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  std::fprintf(last ? stdout : stderr, "%s%zu laws, %zu queries, %lld answers of SQL, %lld of the reasoner, %zu norms refused, %.0f s%s",
               last ? "\n" : "\r", count.laws, count.questions, static_cast<long long>(count.answers),
               static_cast<long long>(count.reasoned), count.refused, seconds, last ? "\n" : "");
  (void)std::fflush(last ? stdout : stderr);
}

std::vector<zan::ReformId> some_reforms(Dice& dice, const zan::Corpus& corpus) {
  std::vector<zan::ReformId> chosen;
  for (size_t i = 0; i < corpus.reforms.size(); ++i) {
    if (dice.percent(40)) chosen.push_back(static_cast<zan::ReformId>(i));
  }
  return zan::specialise(corpus, *make_date(2018, 5, 5), chosen) ? chosen : std::vector<zan::ReformId>();
}

int random_laws(size_t laws, size_t scale, const std::string& names, uint32_t first_seed, size_t reasoned) {
  constexpr size_t kChoices = 900, kTrials = 6000;
  const auto engines = make_engines(names);
  const auto head = LawWriter(*std::make_unique<Dice>(Dice::seeded(kChoices, 1)), {}).write().head;
  const zan::Compilation empty = compile_law(head);
  Dice trials = Dice::seeded(kTrials * scale, first_seed);
  const RandomPopulation people = random_population(trials, empty.corpus, 75, scale);
  for (const auto& engine : engines) load(*engine, empty.corpus, people.tables);
  Count count;
  const auto start = std::chrono::steady_clock::now();
  for (uint32_t seed = first_seed; count.laws < laws; ++seed) {
    Dice dice = Dice::seeded(kChoices, seed * 2'654'435'761U);
    const LawText law = LawWriter(dice, {}).write();
    const zan::Compilation compilation = compile_law(law.text());
    if (zan::has_errors(compilation.diagnostics)) continue;
    std::fprintf(stderr, " seed %u ", seed);
    const zan::Corpus& corpus = compilation.corpus;
    zan::ColumnQuestion question;
    question.law = random_date(dice);
    question.today = dice.one_in(4) ? random_date(dice) : question.law;
    question.worlds = {some_reforms(dice, corpus)};
    for (const char* name : {"person", "firm"}) {
      question.entity = corpus.find_entity(name);
      question.norms = norms_of(corpus, question.entity);
      question.law_day = name == std::string("person") && dice.one_in(4) ? "born" : "";
      const auto record_of = [&](int64_t row) { return people.record(corpus, question.entity, row); };
      if (Comparison(corpus, people.tables, record_of, count, reasoned).run(question, engines)) continue;
      std::printf("%s\nseed %u, %s\n", law.text().c_str(), seed, name);
      return 1;
    }
    ++count.laws;
    tell(count, start, false);
  }
  tell(count, start, true);
  return 0;
}

int law_of_kazakhstan(size_t questions, size_t people, const std::string& names, uint32_t first_seed) {
  const auto law = zan::compile_folder(KOSHI_SOURCE_DIR "/law/kz");
  CHECK(law.has_value());
  const zan::Corpus& corpus = law->corpus;
  constexpr size_t kTrials = 60'000, kDepth = 3;
  Count count;
  const auto start = std::chrono::steady_clock::now();
  for (size_t i = 0; i < questions; ++i) {
    const auto engines = make_engines(names);
    Dice dice = Dice::seeded(kTrials * (1 + people / 40), first_seed + static_cast<uint32_t>(i));
    zan::ColumnQuestion question;
    constexpr const char* kEntities[] = {"person", "job", "permit", "employer"};
    question.entity = corpus.find_entity(kEntities[i % std::size(kEntities)]);
    question.law = question.today = i % 2 == 0 ? *make_date(2026, 3, 15) : corpus.epochs[dice.roll(corpus.epochs.size())];
    question.missing_is_unknown = true;
    question.worlds.emplace_back();
    question.norms = norms_of(corpus, question.entity);
    const size_t given = dice.one_in(2) ? 100 : 60 + dice.roll(40);
    std::vector<zan::Record> records;
    for (size_t row = 0; row < people; ++row) records.push_back(random_record(dice, corpus, question.entity, given, kDepth));
    for (zan::Record& record : records) forget_texts(corpus, record);
    const FlatPopulation population = flatten(corpus, records);
    for (const auto& engine : engines) load(*engine, corpus, population.tables);
    const auto record_of = [&](int64_t row) { return population.rows.at(question.entity)[static_cast<size_t>(row)]->clone(); };
    if (!Comparison(corpus, population.tables, record_of, count, kReasonedRows).run(question, engines)) return 1;
    ++count.laws;
    tell(count, start, false);
  }
  tell(count, start, true);
  return 0;
}

}  // namespace
}  // namespace koshi::agreement

int main(int count, char** arguments) {
  const bool kz = count > 1 && std::string(arguments[1]) == "kz";
  const auto number = [&](int at, size_t instead) {
    return count > at + (kz ? 1 : 0) ? static_cast<size_t>(std::atoll(arguments[at + (kz ? 1 : 0)])) : instead;
  };
  const int at = kz ? 4 : 3;
  const std::string engines = count > at ? arguments[at] : "sqlite,postgresql";
  const auto seed = static_cast<uint32_t>(number(4, 1));
  if (kz) return koshi::agreement::law_of_kazakhstan(number(1, 4), number(2, 20), engines, seed);
  return koshi::agreement::random_laws(number(1, 12), number(2, 1), engines, seed, number(5, koshi::agreement::kReasonedRows));
}
