#include "store/value.h"

#include <gtest/gtest.h>

namespace koshi::store {
namespace {

static_assert(!std::constructible_from<Value, bool>);
static_assert(!std::constructible_from<Value, uint64_t>);
static_assert(!std::constructible_from<Value, double>);
static_assert(!std::constructible_from<Value, char>);
static_assert(!std::constructible_from<Value, std::nullptr_t>);
static_assert(!std::constructible_from<Value, std::optional<bool>>);

Rows one_row() {
  Rows rows;
  rows.start(4);
  rows.add_integer(-7);
  rows.add_bytes(Type::kText, "Көші");
  rows.add_bytes(Type::kBlob, std::string_view("\0\1", 2));
  rows.add_null();
  return rows;
}

TEST(Value, KnowsItsType) {
  EXPECT_EQ(Value(5).integer(), 5);
  EXPECT_EQ(Value(uint32_t{4'000'000'000}).integer(), 4'000'000'000);
  EXPECT_EQ(Value("text").type(), Type::kText);
  EXPECT_EQ(Value(Blob{"bytes"}).type(), Type::kBlob);
  EXPECT_TRUE(Value(std::optional<std::string>()).is_null());
  EXPECT_EQ(Value(std::optional<std::string>()).type(), Type::kText);
  EXPECT_EQ(Value(std::optional<int64_t>(3)).integer(), 3);
}

TEST(Value, EmptyIsNotNull) {
  EXPECT_NE(Value(std::string_view()).bytes().data(), nullptr);
  EXPECT_FALSE(Value(Blob{}).is_null());
  EXPECT_NE(Value(Blob{}).bytes().data(), nullptr);
}

TEST(Rows, GiveBackWhatWasPutIn) {
  const Rows rows = one_row();
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].integer(0), -7);
  EXPECT_EQ(rows[0].text(1), "Көші");
  EXPECT_EQ(rows[0].blob(2), std::string_view("\0\1", 2));
  EXPECT_TRUE(rows[0].is_null(3));
  EXPECT_FALSE(rows[0].maybe_text(3));
  EXPECT_EQ(rows[0].maybe_integer(0), -7);
}

TEST(Rows, WrongUseIsABug) {
  const Rows rows = one_row();
  EXPECT_DEATH((void)rows[1], "CHECK");
  EXPECT_DEATH((void)rows[0].integer(4), "CHECK");
  EXPECT_DEATH((void)rows[0].integer(1), "CHECK");
  EXPECT_DEATH((void)rows[0].text(2), "CHECK");
  EXPECT_DEATH((void)rows[0].integer(3), "CHECK");
}

}  // namespace
}  // namespace koshi::store
