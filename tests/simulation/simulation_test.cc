/// The office from one seed, under faults: the short run of docs/reliability.md, and that the simulation finds what is planted.
#include <gmock/gmock.h>

#include <algorithm>

#include "seeds.h"

namespace koshi::simulation {
namespace {

using testing::IsEmpty;
using testing::StartsWith;

constexpr uint64_t kSqliteSeeds = 190;
constexpr uint64_t kPostgresSeeds = 10;
constexpr uint64_t kPlantedSeedsMax = 40;  ///< within which each planted bug must be found

class OnEngine : public testing::TestWithParam<store::Engine> {};
INSTANTIATE_TEST_SUITE_P(Simulation, OnEngine, store::both_engines(), store::engine_name);

TEST_P(OnEngine, NothingIsFound) {
  Seeds seeds(GetParam());
  Totals totals;
  const uint64_t last = GetParam() == store::Engine::kSqlite ? kSqliteSeeds : kPostgresSeeds;
  for (uint64_t seed = 1; seed <= last; ++seed) {
    const Outcome outcome = seeds.run(seed);
    totals.add(outcome);
    EXPECT_THAT(outcome.findings, IsEmpty()) << "again by: " << Seeds::command(GetParam(), seed, Planted::kNone);
  }
  // A run in which nothing happens would find nothing.
  EXPECT_GT(totals.sum.events, static_cast<int64_t>(20 * last));
  EXPECT_GT(2 * totals.sum.clock_events, static_cast<int64_t>(last));
  EXPECT_GT(totals.sum.faults, 50);
  EXPECT_GT(totals.sum.kills, 5);
  EXPECT_GT(totals.sum.grouped, 20);
  EXPECT_GT(totals.sum.acknowledged, totals.sum.sent / 4);
  (void)::printf("%s\n", totals.told().c_str());
}

TEST_P(OnEngine, ASeedIsTheSameEveryTime) {
  Seeds seeds(GetParam());
  for (uint64_t seed = 3; seed <= 6; ++seed) {
    const Outcome first = seeds.run(seed);
    const Outcome second = seeds.run(seed);
    EXPECT_EQ(first.digest, second.digest) << seed;
    EXPECT_EQ(first.events, second.events) << seed;
    EXPECT_NE(first.digest, seeds.run(seed + 100).digest) << seed;
  }
}

struct Bug {
  Planted planted;
  std::vector<std::string> found_by;  ///< the first word of the first finding
};

void PrintTo(const Bug& bug, std::ostream* out) {
  *out << name_of(bug.planted);
}

class PlantedBug : public testing::TestWithParam<Bug> {};
INSTANTIATE_TEST_SUITE_P(Simulation, PlantedBug,
                         testing::Values(Bug{Planted::kOversell, {"oversold", "model", "ledger"}},
                                         Bug{Planted::kDroppedSync, {"lost", "model", "acknowledged"}},
                                         Bug{Planted::kForgottenKey, {"acknowledged", "model"}}, Bug{Planted::kTwice, {"model"}},
                                         Bug{Planted::kDeadlineTwice, {"model"}}, Bug{Planted::kNotJournalled, {"model", "acknowledged"}},
                                         Bug{Planted::kStaleProjection, {"projections", "model", "acknowledged"}},
                                         Bug{Planted::kLostNotice, {"outbox"}},
                                         Bug{Planted::kHalfApplied, {"failure", "acknowledged", "projections", "model"}},
                                         Bug{Planted::kEarlyWord, {"acknowledged"}}),
                         [](const auto& tested) { return std::string(name_of(tested.param.planted)); });

TEST_P(PlantedBug, IsFound) {
  Seeds seeds(store::Engine::kSqlite);
  for (uint64_t seed = 1; seed <= kPlantedSeedsMax; ++seed) {
    const Outcome outcome = seeds.run(seed, GetParam().planted);
    if (outcome.findings.empty()) continue;
    const std::string& first = outcome.findings.front();
    const auto& ways = GetParam().found_by;
    EXPECT_TRUE(std::ranges::any_of(ways, [&](const std::string& way) { return first.starts_with(way + ":"); })) << first;
    (void)::printf("found by seed %d: %s\n", static_cast<int>(seed), first.c_str());
    return;
  }
  FAIL() << "not found within " << kPlantedSeedsMax << " seeds";
}

/// The ledger looks before it posts, and the database has its own rule: without the look, the rule alone still keeps every account whole.
TEST(Simulation, WithoutTheLookTheDatabasesOwnRuleHolds) {
  Seeds seeds(store::Engine::kSqlite);
  int stopped = 0;
  for (uint64_t seed = 1; seed <= kPlantedSeedsMax; ++seed) {
    const Outcome outcome = seeds.run(seed, Planted::kOnlyLook);
    if (outcome.findings.empty()) continue;
    ++stopped;
    EXPECT_THAT(outcome.findings.front(), StartsWith("failure: ")) << seed;
    EXPECT_THAT(outcome.findings.front(), testing::HasSubstr("ledger_account_not_oversold")) << seed;
  }
  EXPECT_GT(stopped, 0);
  (void)::printf("the rule was needed in %d of %d seeds\n", stopped, static_cast<int>(kPlantedSeedsMax));
}

}  // namespace
}  // namespace koshi::simulation
