#include "base/file.h"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

#include <thread>

namespace koshi {
namespace {

namespace fs = std::filesystem;

class FileTest : public testing::Test {
 protected:
  FileTest() {
    std::string name = (fs::temp_directory_path() / "koshi_file_XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  ~FileTest() override { fs::remove_all(folder_); }

  void touch(const char* name) {
    fs::create_directories((folder_ / name).parent_path());
    ASSERT_TRUE(write_file(folder_ / name, name));
  }

  fs::path folder_;
};

TEST_F(FileTest, ReadsBackWhatWasWritten) {
  for (const size_t size : {size_t{0}, size_t{1}, size_t{65'536}, size_t{65'537}, size_t{300'000}}) {
    std::string text(size, 'x');
    if (size > 0) text.back() = '\0';
    ASSERT_TRUE(write_file(folder_ / "a", text));
    EXPECT_EQ(read_file(folder_ / "a").value(), text);
  }
}

TEST_F(FileTest, ReadErrorsNameTheFile) {
  EXPECT_EQ(read_file(folder_ / "none").error().message, "cannot open " + (folder_ / "none").string() + ": No such file or directory");
  EXPECT_EQ(read_file(folder_).error().message, "cannot read " + folder_.string() + ": Is a directory");
}

TEST_F(FileTest, UnreadableFileIsAnError) {
  if (::geteuid() == 0) GTEST_SKIP() << "root reads everything";
  touch("secret");
  fs::permissions(folder_ / "secret", fs::perms::none);
  EXPECT_FALSE(read_file(folder_ / "secret"));
}

TEST_F(FileTest, ReadLimit) {
  ASSERT_TRUE(write_file(folder_ / "a", "12345"));
  EXPECT_EQ(read_file(folder_ / "a", 5).value(), "12345");
  EXPECT_EQ(read_file(folder_ / "a", 4).error().message, "cannot read " + (folder_ / "a").string() + ": it is larger than 4 bytes");
  EXPECT_FALSE(read_file("/dev/zero", 1 << 20));
}

TEST_F(FileTest, WriteLeavesNothingElseBehind) {
  touch("a");
  ASSERT_TRUE(write_file(folder_ / "a", "new"));
  EXPECT_FALSE(write_file(folder_ / "none" / "a", "x"));
  fs::create_directory(folder_ / "b");
  EXPECT_FALSE(write_file(folder_ / "b", "x"));
  fs::remove(folder_ / "b");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()), 1);
  EXPECT_EQ(read_file(folder_ / "a").value(), "new");
}

TEST_F(FileTest, WriteGivesUpAfterAHundredDrafts) {
  for (int i = 0; i < 100; ++i) touch(("a.draft" + std::to_string(i)).c_str());
  EXPECT_FALSE(write_file(folder_ / "a", "x"));
  EXPECT_FALSE(fs::exists(folder_ / "a"));
}

TEST_F(FileTest, ReaderSeesOldOrNewNeverHalf) {
  const std::string a(200'000, 'a');
  const std::string b(200'000, 'b');
  ASSERT_TRUE(write_file(folder_ / "x", a));
  std::jthread writer([&] {
    for (int i = 0; i < 20; ++i) EXPECT_TRUE(write_file(folder_ / "x", i % 2 == 0 ? b : a));
  });
  for (int i = 0; i < 50; ++i) {
    const std::string seen = read_file(folder_ / "x").value();
    EXPECT_TRUE(seen == a || seen == b);
  }
}

TEST_F(FileTest, ListsByPathInByteOrder) {
  for (const char* name : {"b.zan", "a/z.zan", "a-b.zan", "a.zan", "a/note.txt", "B.zan", "ө.zan", "a/.zan"}) touch(name);
  fs::create_directory(folder_ / "folder.zan");
  fs::create_symlink(folder_ / "void", folder_ / "broken.zan");
  EXPECT_EQ(list_files(folder_, ".zan").value(), (std::vector<fs::path>{"B.zan", "a-b.zan", "a.zan", "a/z.zan", "b.zan", "ө.zan"}));
}

TEST_F(FileTest, ListLimitAndMissingFolder) {
  touch("a.zan");
  touch("b.zan");
  EXPECT_TRUE(list_files(folder_, ".zan", 2));
  EXPECT_FALSE(list_files(folder_, ".zan", 1));
  EXPECT_FALSE(list_files(folder_ / "none", ".zan"));
  EXPECT_FALSE(list_files(folder_ / "a.zan", ".zan"));
}

}  // namespace
}  // namespace koshi
