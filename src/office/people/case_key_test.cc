#include "office/people/case_key.h"

#include <gmock/gmock.h>

#include <set>

#include "office/people/account.h"
#include "office/people/test_people.h"
#include "office/people/token.h"

namespace koshi::people {
namespace {

TEST(CaseKey, IsReadHoweverItWasWritten) {
  const std::string made = make_case_key(numbered_random());
  EXPECT_EQ(made.size(), kCaseKeyLength + 5);
  const auto key = read_case_key(made);
  ASSERT_TRUE(key.has_value()) << made;
  EXPECT_EQ(read_case_key("7k2q m9tx-o4bd wj6e RZIL h8sv"), "7K2QM9TX04BDWJ6ERZ11H8SV");
  EXPECT_EQ(read_case_key("7k2q m9tx-o4bd wj6e RZIL"), "7K2QM9TX04BDWJ6ERZ11") << "keys that were given before open their cases";
  EXPECT_EQ(read_case_key(" 7K2QM9TX04BDWJ6ERZ11\n"), "7K2QM9TX04BDWJ6ERZ11");
}

TEST(CaseKey, NothingElseIsOne) {
  for (const std::string_view text : {"", "7K2Q-M9TX-04BD-WJ6E", "7K2QM9TX04BDWJ6ERZ111", "7K2QM9TX04BDWJ6ERZ1U", "7K2QM9TX04BDWJ6ERZ1'",
                                      "7K2QM9TX04BDWJ6ERZ111H8", "7K2QM9TX04BDWJ6ERZ11H8SV0"}) {
    EXPECT_FALSE(read_case_key(text).has_value()) << text;
  }
  EXPECT_FALSE(read_case_key("7K2QM9TX04BDWJ6ERZ11" + std::string(100, ' ')).has_value());
}

TEST(CaseKey, TwoKeysShareNothingAndNoLoginIsAKeysAccount) {
  const CaseKeyNames one = names_of_case_key("7K2QM9TX04BDWJ6ERZ11"), other = names_of_case_key("7K2QM9TX04BDWJ6ERZ10");
  EXPECT_EQ((std::set<std::string>{one.scope, one.account.substr(4), one.token, other.scope, other.account.substr(4), other.token}).size(),
            6u);
  EXPECT_EQ(one.scope.size(), 32u);
  EXPECT_FALSE(fold_login(one.account).has_value());
  EXPECT_TRUE(csrf_fits(one.token, csrf_token(one.token)));
  EXPECT_EQ(names_of_case_key("7K2QM9TX04BDWJ6ERZ11").scope, one.scope);
}

TEST(CaseKey, HasMoreChanceThanAFastHashNeeds) {
  static_assert(kCaseKeyLength * 5 >= 112);
  std::set<std::string> keys;
  const RandomBytes random = system_random();
  for (int i = 0; i < 100; ++i) keys.insert(make_case_key(random));
  EXPECT_EQ(keys.size(), 100u);
}

}  // namespace
}  // namespace koshi::people
