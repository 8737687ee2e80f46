#include <gmock/gmock.h>

#include "checksums.h"
#include "hand_written.h"
#include "people.h"

/// The checksums of rule set (b), by the law's text and by the program written by hand.
namespace koshi::ruleset_b {
namespace {

constexpr int64_t kRows = 200'000;

class RulesetB : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    people_ = new People(std::move(*make_people(kRows)));
    corpus_ = new zan::Corpus(std::move(*read_law(std::string(KOSHI_SOURCE_DIR) + "/bench/ruleset_b")));
  }
  static void TearDownTestSuite() {
    delete people_;
    delete corpus_;
  }

  static std::string run(Variant run, bool both_worlds, int32_t world, const zan::RunOptions& options) {
    zan::ProgramLibrary library(*corpus_);
    const zan::Population population = people_->population(*corpus_);
    const auto program = zan::ColumnProgram::compile(library, population, question(*corpus_, run, both_worlds));
    if (!program) return program.error().front();
    auto outputs = program->make_outputs();
    EXPECT_TRUE(program->run(*outputs, options).has_value());
    return format(checksums(*corpus_, *program, *outputs, world));
  }

  static People* people_;
  static zan::Corpus* corpus_;
};
People* RulesetB::people_ = nullptr;
zan::Corpus* RulesetB::corpus_ = nullptr;

TEST_F(RulesetB, TheLawOfOneDay) {
  for (const auto bodies : {zan::RunOptions::Bodies::kScalar, zan::RunOptions::Bodies::kAvx2, zan::RunOptions::Bodies::kAvx512}) {
    for (const int threads : {1, 3}) {
      zan::RunOptions options;
      options.bodies = bodies;
      options.threads = threads;
      EXPECT_EQ(run(Variant::kBase, false, 0, options), format(*expected(Variant::kBase, kRows)));
    }
  }
}

TEST_F(RulesetB, TheDraftAlone) {
  EXPECT_EQ(run(Variant::kDraft, false, 0, {}), format(*expected(Variant::kDraft, kRows)));
}

TEST_F(RulesetB, TheLawAndTheDraftInOnePass) {
  EXPECT_EQ(run(Variant::kBase, true, 0, {}), format(*expected(Variant::kBase, kRows)));
  EXPECT_EQ(run(Variant::kBase, true, 1, {}), format(*expected(Variant::kDraft, kRows)));
}

TEST_F(RulesetB, EachByTheLawOfTheirOwnDay) {
  EXPECT_EQ(run(Variant::kOwnDays, false, 0, {}), format(*expected(Variant::kOwnDays, kRows)));
}

}  // namespace
}  // namespace koshi::ruleset_b
