#include "office/people/look_up.h"

#include <gmock/gmock.h>

namespace koshi::people {
namespace {

std::string repeated(std::string_view character, int count) {
  std::string out;
  for (int i = 0; i < count; ++i) out += character;
  return out;
}

TEST(LookUp, APurposeHasThreeToTwoHundredCharacters) {
  EXPECT_EQ(check_purpose("  street check \n"), "street check");
  EXPECT_TRUE(check_purpose("ұқы"));  // three characters of six bytes
  EXPECT_TRUE(check_purpose(repeated("ә", 200)));
  EXPECT_FALSE(check_purpose(repeated("ә", 201)));
  for (const char* bad : {"", "   ", "ab", "  ab  ", "a\nb c",
                          "a\x7f"
                          "bc",
                          "ab\xFF"
                          "cd"}) {
    const auto checked = check_purpose(bad);
    ASSERT_FALSE(checked) << bad;
    EXPECT_EQ(checked.error().why, Refusal::kPurpose);
  }
}

TEST(LookUp, TheEntryIsCanonicalJson) {
  EXPECT_EQ(person_viewed("account:7", 12, " \"жалоба\" \\ № 5"),
            R"({"action":"person.viewed","actor":"account:7","person":"12","purpose":"\"жалоба\" \\ № 5"})");
  EXPECT_EQ(person_viewed("account:7", 12, "x").error().why, Refusal::kPurpose);
}

}  // namespace
}  // namespace koshi::people
