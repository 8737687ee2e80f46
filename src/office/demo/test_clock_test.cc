#include "office/demo/test_clock.h"

#include <gmock/gmock.h>

#include "base/file.h"
#include "base/milliseconds.h"
#include "store/test_store.h"

namespace koshi::office {
namespace {

TEST(TrialClock, GoesOnAndWakesUpOnTheSameDay) {
  const store::TestFolder folder;
  const std::filesystem::path keys = folder / "keys";
  std::filesystem::create_directories(keys);
  ASSERT_TRUE(write_test_clock(keys, -10));
  auto trial = TrialClock::open(keys);
  ASSERT_TRUE(trial.has_value()) << trial.error();
  const Clock clock = (*trial)->clock();
  const int64_t before = clock();
  ASSERT_TRUE((*trial)->pass_days(15));
  EXPECT_GE(clock(), before + 15 * kDayMs) << "also for who took the clock before";
  EXPECT_EQ(read_test_clock(keys).value(), 5);
  EXPECT_FALSE((*trial)->pass_days(1'000'000));
  EXPECT_EQ(read_test_clock(keys).value(), 5) << "nothing half done";
}

}  // namespace
}  // namespace koshi::office
