#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <map>

#include "process.h"

/// docs/procedures is what `koshi procedure --docs` writes from the law as it is: to mend a page, mend the law, and run the command again.
namespace {

namespace fs = std::filesystem;

std::map<std::string, std::string> files_of(const fs::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    std::ifstream in(entry.path());
    files[entry.path().filename().string()] = {std::istreambuf_iterator<char>(in), {}};
  }
  return files;
}

TEST(ProcedurePages, AreWhatTheLawSays) {
  std::string folder = (fs::temp_directory_path() / "koshi_pages_XXXXXX").string();
  ASSERT_NE(mkdtemp(folder.data()), nullptr);
  Process command({"procedure", "--docs", folder});
  const std::string errors = command.errors();
  ASSERT_EQ(command.wait(), 0) << errors;
  const auto made = files_of(folder);
  const auto kept = files_of(KOSHI_SOURCE_DIR "/docs/procedures");
  fs::remove_all(folder);
  for (const auto& [name, text] : made) {
    const auto found = kept.find(name);
    ASSERT_NE(found, kept.end()) << "docs/procedures lacks " << name << ": run ./koshi procedure --docs docs/procedures";
    EXPECT_TRUE(found->second == text) << "docs/procedures/" << name << " is stale: run ./koshi procedure --docs docs/procedures";
  }
  for (const auto& [name, text] : kept) EXPECT_TRUE(made.contains(name)) << "the law no longer has docs/procedures/" << name;
}

}  // namespace
