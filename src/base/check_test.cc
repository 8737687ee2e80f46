#include "base/check.h"

#include <gtest/gtest.h>

TEST(Check, PassesSilently) {
  CHECK(1 + 1 == 2);
}

TEST(CheckDeathTest, NamesConditionAndPlace) {
  EXPECT_DEATH(CHECK(1 > 2), "check_test.*: CHECK failed: 1 > 2");
}
