#include "office/desk/case_memory.h"

#include <gtest/gtest.h>

namespace koshi::office {
namespace {

Case case_of(const std::string& id, int64_t version = 1) {
  Case item;
  item.id = id;
  item.version = version;
  return item;
}

TEST(CaseMemory, KnowsACaseByItsTextOnly) {
  CaseMemory memory;
  EXPECT_EQ(memory.find("A", "text"), nullptr);
  memory.keep("text", case_of("A"));
  ASSERT_NE(memory.find("A", "text"), nullptr);
  EXPECT_EQ(memory.find("A", "text")->version, 1);
  EXPECT_EQ(memory.find("A", "another text"), nullptr);
  EXPECT_EQ(memory.find("B", "text"), nullptr);
  memory.keep("another text", case_of("A", 2));
  EXPECT_EQ(memory.find("A", "text"), nullptr);
  EXPECT_EQ(memory.find("A", "another text")->version, 2);
  EXPECT_EQ(memory.size(), 1u);
}

TEST(CaseMemory, ForgetsWhatWasNotUsedForLongest) {
  CaseMemory memory;
  for (size_t i = 0; i < kRememberedCasesMax; ++i) memory.keep("t", case_of(std::to_string(i)));
  EXPECT_NE(memory.find("0", "t"), nullptr);
  memory.keep("t", case_of("one more"));
  EXPECT_EQ(memory.size(), kRememberedCasesMax);
  EXPECT_NE(memory.find("0", "t"), nullptr);
  EXPECT_EQ(memory.find("1", "t"), nullptr);
}

TEST(CaseMemory, HoldsNoMoreBytesThanItMay) {
  CaseMemory memory;
  const std::string text(kRememberedBytesMax / 8, 't');
  for (int i = 0; i < 20; ++i) memory.keep(text, case_of(std::to_string(i)));
  EXPECT_EQ(memory.size(), 8u);
  memory.keep(text + "t", case_of("too large"));
  EXPECT_EQ(memory.find("too large", text + "t"), nullptr);
  EXPECT_EQ(memory.size(), 8u);
}

}  // namespace
}  // namespace koshi::office
