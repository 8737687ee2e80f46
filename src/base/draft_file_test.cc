#include "base/draft_file.h"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <array>

#include "base/file.h"
#include "base/mapped_file.h"

namespace koshi {
namespace {

namespace fs = std::filesystem;

class DraftFileTest : public testing::Test {
 protected:
  DraftFileTest() {
    std::string name = (fs::temp_directory_path() / "koshi_draft_XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  ~DraftFileTest() override { fs::remove_all(folder_); }

  size_t files() const { return static_cast<size_t>(std::distance(fs::directory_iterator(folder_), {})); }

  fs::path folder_;
};

TEST_F(DraftFileTest, AppearsWhenKeptAndNotBefore) {
  const fs::path path = folder_ / "a";
  {
    auto draft = DraftFile::create(path);
    ASSERT_TRUE(draft);
    ASSERT_TRUE(draft->write("one "));
    const std::array two{'t', 'w', 'o'};
    ASSERT_TRUE(draft->write(std::as_bytes(std::span(two))));
    EXPECT_EQ(draft->bytes_written(), 7u);
    EXPECT_FALSE(fs::exists(path));
    ASSERT_TRUE(draft->keep());
  }
  EXPECT_EQ(read_file(path).value(), "one two");
  EXPECT_EQ(files(), 1u);
}

TEST_F(DraftFileTest, LeavesNothingWhenNotKept) {
  ASSERT_TRUE(write_file(folder_ / "a", "old"));
  {
    auto draft = DraftFile::create(folder_ / "a");
    DraftFile moved = std::move(*draft);
    ASSERT_TRUE(moved.write("new"));
  }
  EXPECT_EQ(read_file(folder_ / "a").value(), "old");
  EXPECT_EQ(files(), 1u);
}

TEST_F(DraftFileTest, WhatIsNoRegularFileIsNotReplaced) {
  const fs::path pipe = folder_ / "pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  fs::create_symlink(pipe, folder_ / "link");
  for (const char* name : {"pipe", "link", "."}) {
    auto draft = DraftFile::create(folder_ / name);
    ASSERT_FALSE(draft) << name;
    EXPECT_NE(draft.error().message.find("no regular file"), std::string::npos) << draft.error().message;
  }
  EXPECT_TRUE(fs::is_fifo(pipe));
  EXPECT_EQ(files(), 2u);
}

TEST_F(DraftFileTest, AFolderThatIsMissingIsAnError) {
  auto none = DraftFile::create(folder_ / "missing" / "a");
  ASSERT_FALSE(none);
  EXPECT_NE(none.error().message.find("cannot create"), std::string::npos);
}

TEST_F(DraftFileTest, AMappedFileIsReadAndItsChangesStayHere) {
  ASSERT_TRUE(write_file(folder_ / "a", "abc"));
  auto file = MappedFile::open(folder_ / "a");
  ASSERT_TRUE(file);
  ASSERT_EQ(file->bytes().size(), 3u);
  EXPECT_EQ(static_cast<char>(file->bytes()[1]), 'b');
  file->writable()[1] = std::byte{'x'};
  EXPECT_EQ(read_file(folder_ / "a").value(), "abc");
}

TEST_F(DraftFileTest, AMappedFileSaysWhyItCannotBeRead) {
  EXPECT_EQ(MappedFile::open(folder_ / "none").error().message,
            "cannot read " + (folder_ / "none").string() + ": No such file or directory");
  EXPECT_EQ(MappedFile::open(folder_).error().message, "cannot read " + folder_.string() + ": it is not a regular file");
  ASSERT_TRUE(write_file(folder_ / "empty", ""));
  EXPECT_TRUE(MappedFile::open(folder_ / "empty")->bytes().empty());
}

}  // namespace
}  // namespace koshi
