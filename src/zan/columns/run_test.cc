#include <gmock/gmock.h>

#include <cstring>
#include <fstream>
#include <string>

#include "base/sanitized.h"
#include "zan/columns/columns.h"

/// What a run takes and what it leaves: the same bytes for any number of threads, and memory for inputs and outputs and little more.
namespace koshi::zan {
namespace {

/// So many norms over the same two facts, each with limits of its own, so that none is another one.
std::string law_of(int norms) {
  std::string law = R"(act L "Law" adopted 2000-01-01 in force from 2000-01-01
entity person "Person"
  age : whole "Age"
  pay : money "Pay"
)";
  for (int i = 0; i < norms; ++i) {
    const std::string limit = std::to_string(i + 1);
    law += "norm n" + limit + " of person : money \"Norm " + limit + "\"\n  pay * " + limit + " when age >= " + limit +
           " by L art. 1 [read]\n  " + limit + " tenge when age < " + limit + " by L art. 2 [read]\n";
  }
  return law;
}

/// Ages, some of them unknown, and pays.
struct People {
  explicit People(size_t rows) : ages(rows + Buffer::kPaddingBytes), pays(rows + Buffer::kPaddingBytes), known(rows / 8 + 64) {
    for (size_t i = 0; i < rows; ++i) {
      ages[i] = static_cast<uint8_t>(i * 37 % 100);
      pays[i] = static_cast<int64_t>(i * 7919 % 1'000'003);
      if (i % 11 != 0) known[i / 8] = static_cast<uint8_t>(known[i / 8] | 1U << i % 8);
    }
    count = static_cast<int64_t>(rows);
  }
  Population population(const Corpus& corpus) const {
    Table table;
    table.entity = corpus.find_entity("person");
    table.rows = count;
    const auto& facts = corpus.entities[static_cast<size_t>(table.entity)].facts;
    table.columns = {{"age", facts[0].type, Storage::kU8, ages.data(), known.data(), {}},
                     {"pay", facts[1].type, Storage::kI64, pays.data(), nullptr, {}}};
    measure_bounds(table);
    return {{std::move(table)}};
  }

  std::vector<uint8_t> ages;
  std::vector<int64_t> pays;
  std::vector<uint8_t> known;
  int64_t count = 0;
};

class RunTest : public ::testing::Test {
 protected:
  void read(int norms) {
    library_.reset();
    compiled_.emplace(compile({{"test.zan", law_of(norms)}}, {}));
    ASSERT_TRUE(compiled_->diagnostics.empty()) << render(compiled_->corpus.sources, compiled_->diagnostics);
    library_.emplace(compiled_->corpus);
  }
  ColumnQuestion everything() const {
    ColumnQuestion question;
    question.entity = compiled_->corpus.find_entity("person");
    for (size_t i = 0; i < compiled_->corpus.norms.size(); ++i) question.norms.push_back(static_cast<NormId>(i));
    question.law = question.today = *parse_date("2020-06-15");
    return question;
  }
  /// Of all output columns, one after another.
  static std::string bytes(const ColumnProgram& program, const RunOptions& options) {
    auto outputs = program.make_outputs();
    EXPECT_TRUE(outputs.has_value() && program.run(*outputs, options).has_value());
    std::string all;
    for (const OutputColumn& column : outputs->columns) {
      all.append(column.data.as<char>(), static_cast<size_t>(outputs->rows) * width_bytes(column.storage));
    }
    return all;
  }

  std::optional<Compilation> compiled_;
  std::optional<ProgramLibrary> library_;
};

TEST_F(RunTest, AnyNumberOfThreadsWritesTheSameBytes) {
  read(3);
  const People people(3 * kMorselRows + 777);
  const Population population = people.population(compiled_->corpus);
  const auto program = ColumnProgram::compile(*library_, population, everything());
  ASSERT_TRUE(program.has_value());
  const std::string one = bytes(*program, {.threads = 1, .progress = {}});
  for (const int threads : {2, 3, 4, 7}) EXPECT_EQ(bytes(*program, {.threads = threads, .progress = {}}), one) << threads;
  for (const auto bodies : {RunOptions::Bodies::kScalar, RunOptions::Bodies::kAvx2, RunOptions::Bodies::kAvx512}) {
    EXPECT_EQ(bytes(*program, {.threads = 2, .progress = {}, .bodies = bodies}), one);
  }
}

TEST_F(RunTest, ProgressCountsEveryRowOnce) {
  read(1);
  const People people(2 * kMorselRows + 1);
  const Population population = people.population(compiled_->corpus);
  const auto program = ColumnProgram::compile(*library_, population, everything());
  ASSERT_TRUE(program.has_value());
  std::vector<int64_t> told;
  bytes(*program, {.threads = 3, .progress = [&](int64_t done) { told.push_back(done); }});
  ASSERT_EQ(told.size(), 3U);
  EXPECT_EQ(told.back(), people.count);
  EXPECT_TRUE(std::ranges::is_sorted(told));
}

#if defined(__linux__)

constexpr size_t kAllowedBytes = size_t{64} << 20;

/// A line of /proc/self/status, in bytes.
size_t status_bytes(const std::string& name) {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    size_t kib = 0;
    if (word == name + ":" && status >> kib) return kib << 10;
  }
  return 0;
}

/// From now on VmHWM is the peak since now.
bool forget_peak() {
  std::ofstream refs("/proc/self/clear_refs");
  refs << 5 << std::flush;
  return refs.good();
}

TEST_F(RunTest, TakesMemoryForInputsAndOutputsAndLittleMore) {
  if (kIsSanitized) GTEST_SKIP() << "a sanitizer's memory tells nothing of ours";
  const People people(200'000);
  for (const int norms : {5, 250}) {
    read(norms);
    const Population population = people.population(compiled_->corpus);
    const size_t before = status_bytes("VmRSS");
    if (before == 0 || !forget_peak()) GTEST_SKIP() << "the system does not tell how much memory is used";
    const auto program = ColumnProgram::compile(*library_, population, everything());
    ASSERT_TRUE(program.has_value());
    auto outputs = program->make_outputs();
    ASSERT_TRUE(outputs.has_value());
    ASSERT_TRUE(program->run(*outputs, {.threads = 4, .progress = {}}).has_value());
    const size_t outputs_bytes = program->row_bytes() * static_cast<size_t>(people.count);
    const size_t peak = status_bytes("VmHWM");
    EXPECT_GE(peak, before + outputs_bytes / 2) << "the outputs were not touched: nothing was measured";
    EXPECT_LE(peak, before + outputs_bytes + kAllowedBytes) << norms << " norms";
  }
}

#endif

}  // namespace
}  // namespace koshi::zan
