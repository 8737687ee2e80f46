#include "office/house/keys.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <fstream>

#include "office/people/random.h"

namespace koshi::office {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class KeysTest : public testing::Test {
 protected:
  KeysTest() {
    std::string name = (fs::temp_directory_path() / "koshi_keys_XXXXXX").string();
    folder_ = mkdtemp(name.data());
  }
  ~KeysTest() override { fs::remove_all(folder_); }
  Result<Keys> open(bool make) const { return open_keys(folder_, "office.example/journal", make, people::system_random()); }

  fs::path folder_;
};

TEST_F(KeysTest, AreMadeOnceAndReadBack) {
  const auto made = open(true);
  ASSERT_TRUE(made) << made.error().message;
  const auto again = open(true);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->journal.secret_text(), made->journal.secret_text());
  EXPECT_EQ(again->papers, made->papers);
  EXPECT_EQ(again->factor, made->factor);
  EXPECT_NE(made->papers, (std::array<uint8_t, 32>{}));
}

TEST_F(KeysTest, OnlyTheOwnerReadsThem) {
  ASSERT_TRUE(open(true));
  for (const char* name : {"journal.key", "papers.key", "factor.key"}) {
    struct stat state{};
    ASSERT_EQ(stat((folder_ / name).c_str(), &state), 0) << name;
    EXPECT_EQ(state.st_mode & 0777, 0600u) << name;
  }
  fs::permissions(folder_ / "papers.key", fs::perms::group_read, fs::perm_options::add);
  const auto open_to_others = open(false);
  ASSERT_FALSE(open_to_others);
  EXPECT_THAT(open_to_others.error().message, HasSubstr("papers.key may be read by others"));
}

TEST_F(KeysTest, AMissingKeyIsNotReplacedBesideAnOldDatabase) {
  ASSERT_TRUE(open(true));
  fs::remove(folder_ / "journal.key");
  const auto opened = open(false);
  ASSERT_FALSE(opened);
  EXPECT_THAT(opened.error().message, HasSubstr("journal.key is missing"));
}

TEST_F(KeysTest, WhatARetiredKeySignedIsBelieved) {
  const auto first = open(true);
  ASSERT_TRUE(first);
  EXPECT_EQ(first->papers_id, "1");
  const std::string signature = first->journal.sign("a checkpoint");
  const auto code = papers::make_permit_code({.number = "A/1",
                                              .holder = "Steppe",
                                              .category = "second",
                                              .region = "KZ-75",
                                              .from = Date{20000},
                                              .until = Date{20100},
                                              .office = "Koshi",
                                              .key = first->papers_id},
                                             papers::ed25519_signer(first->papers));
  ASSERT_TRUE(code);
  for (const KeyFor which : {KeyFor::kJournal, KeyFor::kPapers, KeyFor::kJournal, KeyFor::kPapers})
    ASSERT_TRUE(renew_key(folder_, which, people::system_random()));
  const auto now = open(false);
  ASSERT_TRUE(now) << now.error().message;
  EXPECT_EQ(now->papers_id, "3");
  EXPECT_NE(now->papers, first->papers);
  EXPECT_EQ(now->factor, first->factor);
  EXPECT_EQ(now->journal.verifying_key().name(), first->journal.verifying_key().name());
  EXPECT_FALSE(now->journal.verifying_key().verify("a checkpoint", signature));
  ASSERT_THAT(now->retired_journal, testing::SizeIs(2));
  EXPECT_TRUE(now->retired_journal[0].verify("a checkpoint", signature));
  EXPECT_TRUE(papers::verify_permit_code(*code, now->retired_papers));
}

TEST_F(KeysTest, ARetiredKeyOfFactorsIsKeptUntilItIsForgotten) {
  const auto first = open(true);
  ASSERT_TRUE(first);
  ASSERT_TRUE(renew_key(folder_, KeyFor::kFactors, people::system_random()));
  const auto now = open(false);
  ASSERT_TRUE(now);
  EXPECT_NE(now->factor, first->factor);
  EXPECT_THAT(now->retired_factors, testing::ElementsAre(first->factor));
  EXPECT_EQ(fs::status(folder_ / "factor.retired.key").permissions() & (fs::perms::group_all | fs::perms::others_all), fs::perms::none);
  ASSERT_TRUE(forget_retired_factors(folder_));
  EXPECT_THAT(open(false)->retired_factors, testing::IsEmpty());
  EXPECT_TRUE(forget_retired_factors(folder_)) << "once more";
}

/// Stopped between the two files, the key is retired and signs on; another renewal goes on from there.
TEST_F(KeysTest, ARenewalThatWasCutOffIsMadeGood) {
  const auto first = open(true);
  ASSERT_TRUE(first);
  ASSERT_TRUE(renew_key(folder_, KeyFor::kPapers, people::system_random()));
  ASSERT_TRUE(renew_key(folder_, KeyFor::kJournal, people::system_random()));
  std::ofstream(folder_ / "journal.key") << first->journal.secret_text() << "\n";
  ASSERT_TRUE(open(false));
  ASSERT_TRUE(renew_key(folder_, KeyFor::kJournal, people::system_random()));
  const auto now = open(false);
  ASSERT_TRUE(now);
  EXPECT_THAT(now->retired_journal, testing::SizeIs(1)) << "one key is retired once";
  EXPECT_NE(now->journal.secret_text(), first->journal.secret_text());
}

/// What cannot be retired is not replaced: nobody would believe what it signed.
TEST_F(KeysTest, ARenewalThatCannotBeWrittenLeavesTheKey) {
  const auto first = open(true);
  ASSERT_TRUE(first);
  ASSERT_TRUE(renew_key(folder_, KeyFor::kJournal, people::system_random()));
  const auto second = open(false);
  ASSERT_TRUE(second);
  fs::create_directory(folder_ / "journal.retired.key.new");
  const auto refused = renew_key(folder_, KeyFor::kJournal, people::system_random());
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("journal.retired.key"));
  EXPECT_EQ(open(false)->journal.secret_text(), second->journal.secret_text());
}

TEST_F(KeysTest, AKeyThatIsNoneIsNamed) {
  ASSERT_TRUE(open(true));
  std::ofstream(folder_ / "factor.key") << "0123\n";
  const auto opened = open(false);
  ASSERT_FALSE(opened);
  EXPECT_THAT(opened.error().message, HasSubstr("factor.key is not 64 hexadecimal digits"));
}

}  // namespace
}  // namespace koshi::office
