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

TEST_F(KeysTest, AKeyThatIsNoneIsNamed) {
  ASSERT_TRUE(open(true));
  std::ofstream(folder_ / "factor.key") << "0123\n";
  const auto opened = open(false);
  ASSERT_FALSE(opened);
  EXPECT_THAT(opened.error().message, HasSubstr("factor.key is not 64 hexadecimal digits"));
}

}  // namespace
}  // namespace koshi::office
