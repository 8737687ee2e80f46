#include "base/result.h"

#include <gtest/gtest.h>

namespace koshi {
namespace {

Result<int> half(int n) {
  if (n % 2 != 0) return fail("odd");
  return n / 2;
}

Result<int> quarter(int n) {
  TRY(once, half(n));
  TRY(twice, half(once));
  return twice;
}

Result<void> expect_even(int n) {
  TRY_DO(half(n));
  return {};
}

TEST(Result, TryBindsTheValue) {
  EXPECT_EQ(quarter(12).value(), 3);
}

TEST(Result, TryReturnsTheFirstError) {
  EXPECT_EQ(quarter(3).error().message, "odd");
  EXPECT_EQ(quarter(6).error().message, "odd");
}

TEST(Result, TryDoPassesErrorsOn) {
  EXPECT_TRUE(expect_even(2));
  EXPECT_EQ(expect_even(1).error().message, "odd");
}

}  // namespace
}  // namespace koshi
