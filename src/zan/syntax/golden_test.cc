/// Whole files against what they print and what is reported of them, in tests/golden. KOSHI_RECORD=1 records them anew;
/// read the diff.
///
///   good/x.zan            is read without a problem and printed as x.fmt.zan, or as itself when there is no such file
///   bad/syntax/x.zan      gives the problems in x.txt
#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/file.h"
#include "base/text.h"
#include "zan/syntax/test_tools.h"
#include "zan/syntax/token.h"

namespace koshi::zan {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = KOSHI_SOURCE_DIR;
const fs::path kGolden = kRoot / "tests" / "golden";

bool recording() {
  return std::getenv("KOSHI_RECORD") != nullptr;
}

std::string text_of(const fs::path& path) {
  return read_file(path).value_or("(missing)");
}

std::vector<fs::path> laws(const fs::path& folder) {
  std::vector<fs::path> out;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (name.ends_with(".zan") && !name.ends_with(".fmt.zan")) out.push_back(entry.path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

fs::path with_extension(fs::path path, std::string_view extension) {
  return path.replace_extension(extension);
}

Parsed parse_file(const fs::path& path) {
  Parsed out;
  const int32_t file = out.sources.add({.path = path.filename().string(), .text = text_of(path)});
  out.tree = parse(out.sources, file, out.diagnostics);
  return out;
}

void check_printed(const fs::path& path, const std::string& printed) {
  const fs::path expected = with_extension(path, "fmt.zan");
  if (recording()) {
    fs::remove(expected);
    if (printed != text_of(path)) {
      ASSERT_TRUE(write_file(expected, printed));
    }
  }
  EXPECT_EQ(printed, text_of(fs::exists(expected) ? expected : path)) << path;
}

TEST(Golden, GoodFilesPrintTheirCanonicalForm) {
  for (const fs::path& path : laws(kGolden / "good")) {
    const Parsed parsed = parse_file(path);
    ASSERT_EQ(parsed.problems(), "") << path;
    const std::string printed = print(parsed.tree);
    check_printed(path, printed);
    const Parsed again = parse_text(printed);
    EXPECT_EQ(again.problems(), "");
    EXPECT_TRUE(same(parsed.tree, again.tree)) << path;
    EXPECT_EQ(print(again.tree), printed) << path;
  }
}

TEST(Golden, BadFilesAreReported) {
  const std::vector<fs::path> files = laws(kGolden / "bad" / "syntax");
  EXPECT_GE(files.size(), 25u);
  for (const fs::path& path : files) {
    const Parsed parsed = parse_file(path);
    EXPECT_TRUE(has_errors(parsed.diagnostics)) << path;
    const fs::path expected = with_extension(path, "txt");
    if (recording()) {
      ASSERT_TRUE(write_file(expected, parsed.problems()));
    }
    EXPECT_EQ(parsed.problems(), text_of(expected)) << path;
  }
}

/// The examples of the reference: its blocks that begin with a declaration.
std::vector<std::string> examples(const std::string& reference) {
  std::vector<std::string> out(1);
  for (const std::string_view line : split(reference, '\n')) {
    if (line == "## Grammar") break;
    if (line.starts_with("    ")) {
      out.back() += std::string(line.substr(4)) + "\n";
    } else if (!line.empty() && !out.back().empty()) {
      out.emplace_back();
    } else if (!out.back().empty()) {
      out.back() += "\n";
    }
  }
  std::erase_if(out, [](const std::string& text) { return !is_declaration_word(text.substr(0, text.find(' '))); });
  return out;
}

TEST(Golden, TheExamplesOfTheReferenceAreRead) {
  const std::vector<std::string> all = examples(text_of(kRoot / "docs" / "zan.md"));
  EXPECT_GE(all.size(), 9u);
  for (const std::string& example : all) EXPECT_EQ(parse_text(example).problems(), "");
}

TEST(Golden, TheReferenceListsTheReservedWords) {
  const std::string reference = text_of(kRoot / "docs" / "zan.md");
  const size_t begin = reference.find("Words of the language cannot be names:\n`") + 40;
  std::stringstream words(reference.substr(begin, reference.find('`', begin) - begin));
  size_t count = 0;
  for (std::string word; words >> word; ++count) EXPECT_TRUE(is_reserved(word)) << word;
  EXPECT_EQ(count, 53u);
}

}  // namespace
}  // namespace koshi::zan
