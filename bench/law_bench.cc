/// How long it takes to compile the law and to answer one question with its full proof.
#include <benchmark/benchmark.h>

#include <cstdlib>

#include "ask/ask.h"
#include "zan/corpus/corpus.h"
#include "zan/reason/answer.h"

namespace koshi {
namespace {

constexpr int kSyntheticNorms = 1000;

/// A corpus shaped like the real one: each norm has a general rule, a dated successor, two exceptions, and leans on an earlier norm.
std::string synthetic_law(int norms) {
  std::string text =
      "act A \"Act\" adopted 2000-01-01 in force from 2001-01-01\n"
      "enum country \"Country\"\n  KZ \"Kazakhstan\"\n  RU \"Russia\"\n  UZ \"Uzbekistan\"\n  CN \"China\"\n"
      "set union of country \"Union\" by A art. 1 [read]\n  KZ, RU from 2015-01-01\n"
      "entity person \"Person\"\n  nationality : country \"Citizenship\"\n  arrived : date \"Arrived\"\n  wage : money \"Wage\"\n  adult : "
      "yes/no \"Adult\"\n"
      "norm mci : money\n  \"Index\"\n  1852 tenge from 2014-01-01 until 2019-12-31 by A [read]\n  2651 tenge from 2020-01-01 by A "
      "[read]\n";
  for (int i = 0; i < norms; ++i) {
    const std::string n = std::to_string(i);
    const std::string lean = i == 0 ? "adult" : "open_" + std::to_string(i - 1 - i % 7 / 2 > 0 ? i - 1 - i % 7 / 2 : 0);
    text += "norm open_" + n + " of person : yes/no\n  \"Question " + n + "\"\n" + "  yes when wage > " + std::to_string(i % 50) +
            " mci from 2010-01-01 until 2019-12-31 by A art. " + n + "(1) [read]\n" + "  no when not (wage > " + std::to_string(i % 50) +
            " mci) from 2010-01-01 until 2019-12-31 by A art. " + n + "(2) [read]\n" + "  successor_" + n + ": wage > 2 mci or " + lean +
            " from 2020-01-01 by A art. " + n + "(3) [read]\n" + "  except\n    no when nationality in union and not adult by A art. " + n +
            "(4) [read]\n" + "    no when arrived + " + std::to_string(i % 90) + " days < today and not adult by A art. " + n +
            "(5) [reported]\n";
  }
  return text;
}

void compile_thousand_norms(benchmark::State& state) {
  const std::string text = synthetic_law(kSyntheticNorms);
  for (auto _ : state) {
    auto compilation = zan::compile({{"synthetic.zan", text}}, {});
    if (zan::has_errors(compilation.diagnostics)) state.SkipWithError("the synthetic law has errors");
    benchmark::DoNotOptimize(compilation);
  }
  state.counters["norms"] = kSyntheticNorms;
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations() * text.size()));
}
BENCHMARK(compile_thousand_norms)->Unit(benchmark::kMillisecond);

zan::Compilation& law() {
  static zan::Compilation compilation = [] {
    auto read = zan::compile_folder(std::filesystem::path(KOSHI_SOURCE_DIR) / "law/kz");
    if (!read || zan::has_errors(read->diagnostics)) std::abort();
    return std::move(*read);
  }();
  return compilation;
}

void compile_the_law(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(zan::compile_folder(std::filesystem::path(KOSHI_SOURCE_DIR) / "law/kz"));
  state.counters["norms"] = static_cast<double>(law().corpus.norms.size());
  state.counters["rules"] = static_cast<double>(law().corpus.rules.size());
}
BENCHMARK(compile_the_law)->Unit(benchmark::kMillisecond);

void specialise_the_law(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(zan::specialise(law().corpus, *parse_date("2019-05-01"), {}));
}
BENCHMARK(specialise_the_law)->Unit(benchmark::kMicrosecond);

void answer(benchmark::State& state, const char* norm, const char* on, const char* facts) {
  zan::ProgramLibrary library(law().corpus);
  const auto question = ask::resolve(library, {norm, on, "", {}, facts, {}, "en"}, *parse_date("2026-01-01"));
  if (!question) return state.SkipWithError(question.error().front().message.c_str());
  size_t nodes = 0;
  for (auto _ : state) {
    auto result = zan::ask(library, question->norm, question->record, question->on, question->reforms);
    nodes = result ? result->proof.size() : 0;
    benchmark::DoNotOptimize(result);
  }
  state.counters["proof_nodes"] = static_cast<double>(nodes);
}

constexpr const char* kArrival = R"({"nationality":"UZ","arrived":"2016-03-01","registered":null})";
constexpr const char* kWorker =
    R"({"category":"third","sector":"F","person":{"nationality":"UZ","residence":"temporary","purpose":"work"},"employer":{"kind":"company","size":"medium"}})";

BENCHMARK_CAPTURE(answer, registration_due, "person.registration_due", "2016-03-10", kArrival)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(answer, registration_breached, "person.registration_breached", "2016-03-10", kArrival)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(answer, permit_required, "job.permit_required", "2019-05-01", kWorker)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace koshi
