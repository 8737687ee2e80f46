#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "base/text.h"

namespace koshi {
namespace {

/// Few letters, so that words come near each other.
std::string any_word() {
  return *rc::gen::scale(0.3, rc::gen::container<std::string>(rc::gen::element('a', 'b', 'c')));
}

/// The definition, read from the ends of both words.
size_t by_definition(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) return a.size() + b.size();
  const std::string_view a1 = a.substr(0, a.size() - 1);
  const std::string_view b1 = b.substr(0, b.size() - 1);
  size_t least = by_definition(a1, b1) + (a.back() == b.back() ? 0 : 1);
  least = std::min({least, by_definition(a1, b) + 1, by_definition(a, b1) + 1});
  if (!a1.empty() && !b1.empty() && a.back() == b1.back() && a1.back() == b.back()) {
    least = std::min(least, by_definition(a1.substr(0, a1.size() - 1), b1.substr(0, b1.size() - 1)) + 1);
  }
  return least;
}

TEST(EditDistance, Examples) {
  EXPECT_EQ(edit_distance("", ""), 0u);
  EXPECT_EQ(edit_distance("", "abc"), 3u);
  EXPECT_EQ(edit_distance("permit", "permit"), 0u);
  EXPECT_EQ(edit_distance("permit", "premit"), 1u);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3u);
  // 2 with unrestricted exchange: no letter is edited twice here.
  EXPECT_EQ(edit_distance("ca", "abc"), 3u);
}

RC_GTEST_PROP(EditDistance, IsSymmetricAndBounded, ()) {
  const std::string a = any_word();
  const std::string b = any_word();
  const size_t distance = edit_distance(a, b);
  const auto [shorter, longer] = std::minmax({a.size(), b.size()});
  RC_ASSERT(distance == edit_distance(b, a));
  RC_ASSERT((distance == 0) == (a == b));
  RC_ASSERT(distance >= longer - shorter);
  RC_ASSERT(distance <= longer);
}

RC_GTEST_PROP(EditDistance, AgreesWithTheDefinition, ()) {
  const std::string a = any_word().substr(0, 5);
  const std::string b = any_word().substr(0, 5);
  RC_ASSERT(edit_distance(a, b) == by_definition(a, b));
}

TEST(Nearest, TakesTheFirstOfTheNearest) {
  const std::vector<std::string> known{"quota", "quote", "permit", "hold"};
  EXPECT_EQ(nearest("quot", known), "quota");
  EXPECT_EQ(nearest("quote", known), "quote");
  EXPECT_EQ(nearest("premit", known), "permit");
  EXPECT_EQ(nearest("", {}), std::nullopt);
}

TEST(Nearest, RefusesWhatIsTooFar) {
  const std::vector<std::string> known{"abcdefgh"};
  EXPECT_EQ(nearest("abcdefxyz", known), "abcdefgh");   // nine letters allow 3
  EXPECT_EQ(nearest("abcdwxyz", known), std::nullopt);  // eight allow 3, this is 4
  EXPECT_EQ(nearest(std::string(1 << 20, 'a'), known), std::nullopt);
}

}  // namespace
}  // namespace koshi
