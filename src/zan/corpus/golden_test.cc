/// What the compiler says of law texts with faults of meaning. With KOSHI_RECORD=1 the expected texts are written anew, to be read in the
/// diff.
#include <gmock/gmock.h>

#include <cstdlib>

#include "base/file.h"
#include "zan/corpus/corpus.h"

namespace koshi::zan {
namespace {

const std::filesystem::path kFolder = std::filesystem::path(KOSHI_SOURCE_DIR) / "tests/golden/bad/meaning";

std::string diagnose(const std::filesystem::path& file) {
  auto text = read_file(kFolder / file);
  EXPECT_TRUE(text) << file;
  const TableTexts tables{
      {"rows.csv", "size,value,from,by\n1..9,5,2020-01-01,B annex\n5..20,6,2021-01-01,B annex\nfew,7,2020-02-30,C\n30,8,2019-01-01,\n"}};
  const Compilation compilation = compile({{file.generic_string(), std::move(*text)}}, tables);
  return render(compilation.corpus.sources, compilation.diagnostics);
}

TEST(Meaning, GoldenDiagnostics) {
  const auto files = list_files(kFolder, ".zan");
  ASSERT_TRUE(files);
  ASSERT_GE(files->size(), 9u);
  for (const auto& file : *files) {
    auto expected_path = kFolder / file;
    expected_path.replace_extension(".txt");
    const std::string got = diagnose(file);
    EXPECT_FALSE(got.empty()) << file << " has no fault";
    if (std::getenv("KOSHI_RECORD") != nullptr) {
      ASSERT_TRUE(write_file(expected_path, got));
      continue;
    }
    const auto expected = read_file(expected_path);
    ASSERT_TRUE(expected) << expected.error().message;
    EXPECT_EQ(got, *expected) << file;
  }
}

}  // namespace
}  // namespace koshi::zan
