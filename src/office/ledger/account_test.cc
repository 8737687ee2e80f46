#include "office/ledger/account.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <vector>

namespace koshi::ledger {
namespace {

std::string made(const std::vector<std::string>& parts) {
  const auto account = make_account(parts);
  return account ? *account : "error: " + account.error().message;
}

bool covers(const std::string& prefix, const std::string& account) {
  const AccountRange range = account_range(prefix).value();
  return range.self <= account && account < range.end && (account == range.self || range.below <= account);
}

TEST(Account, IsPartsJoined) {
  EXPECT_EQ(made({"permits", "2026", "KZ-75", "second"}), "permits/2026/KZ-75/second");
  EXPECT_EQ(made({"рұқсат"}), "рұқсат");
  EXPECT_EQ(made({std::string(kPartMaxBytes, 'x')}).size(), kPartMaxBytes);
  const std::string long_part(63, 'x');
  EXPECT_EQ(made({long_part, long_part, long_part, long_part + "x"}).size(), kAccountMaxBytes);
}

TEST(Account, ErrorsNameThePart) {
  EXPECT_EQ(made({}), "error: a part of an account must have 1 to 64 bytes, not 0");
  EXPECT_EQ(made({"permits", ""}), "error: a part of an account must have 1 to 64 bytes, not 0");
  EXPECT_EQ(made({std::string(65, 'x')}), "error: a part of an account must have 1 to 64 bytes, not 65");
  EXPECT_EQ(made({"a/b"}), "error: a part of an account must be UTF-8 without \"/\" and control characters: \"a/b\"");
  for (const char* bad : {"a\nb", "a\x7f", "\xFF", "\xED\xA0\x80"}) EXPECT_TRUE(made({bad}).starts_with("error")) << bad;
  const std::string part(64, 'x');
  EXPECT_EQ(made({part, part, part, part}), "error: an account must have at most 256 bytes, not 259");
  for (const char* bad : {"", "/", "/a", "a/", "a//b"}) EXPECT_FALSE(check_account(bad)) << bad;
}

TEST(Account, PrefixesEndWithAPart) {
  EXPECT_TRUE(covers("permits/2026", "permits/2026"));
  EXPECT_TRUE(covers("permits/2026", "permits/2026/KZ-75"));
  EXPECT_FALSE(covers("permits/2026/", "permits/2026"));
  EXPECT_TRUE(covers("permits/2026/", "permits/2026/KZ-75/second"));
  EXPECT_FALSE(covers("permits/2", "permits/2026"));
  EXPECT_FALSE(covers("permits/2026", "permits/2026-extra"));
  EXPECT_FALSE(covers("permits/2026", "permits/2026!/KZ-75"));
  EXPECT_TRUE(covers("", "permits"));
  EXPECT_TRUE(covers("", "\U0010FFFF/\U0010FFFF"));
  EXPECT_FALSE(account_range("/"));
  EXPECT_FALSE(account_range("a//"));
}

/// Against the definition in words, over names that differ by characters on both sides of "/".
RC_GTEST_PROP(Account, ThePrefixIsCoveredAndWhatIsBelow, ()) {
  const auto part = rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::elementOf(std::string("a-.0 "))));
  const auto parts = rc::gen::resize(4, rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(part)));
  const std::string prefix = make_account(*parts).value();
  const std::string account = *rc::gen::arbitrary<bool>() ? make_account(*parts).value() : prefix + *part + "/" + *part;
  const std::string child = prefix + "/" + account;
  RC_ASSERT(covers(prefix, account) == (account == prefix || account.starts_with(prefix + "/")));
  RC_ASSERT(covers(prefix + "/", account) == account.starts_with(prefix + "/"));
  RC_ASSERT(covers("", account));
  RC_ASSERT(covers(prefix, child) && covers(prefix + "/", child));
}

}  // namespace
}  // namespace koshi::ledger
