/// What the README shows is what the program prints: every `$ ./koshi …` of it is run, in their order and in one empty folder, and the
/// lines under it are compared. A line "…" stands for the rest of the output.
#include <gmock/gmock.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace {

constexpr std::string_view kPrompt = "$ ./koshi ";

struct Example {
  std::string arguments;
  std::vector<std::string> shown;
};

std::vector<std::string> lines_of(std::istream& in) {
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::vector<Example> examples() {
  std::ifstream in(KOSHI_SOURCE_DIR "/README.md");
  std::vector<Example> found;
  bool inside = false;
  for (const std::string& line : lines_of(in)) {
    if (line.starts_with("```")) inside = line == "```console";
    if (!inside || line.starts_with("```")) continue;
    if (line.starts_with(kPrompt)) {
      found.push_back({line.substr(kPrompt.size()), {}});
    } else if (!found.empty()) {
      found.back().shown.push_back(line);
    }
  }
  return found;
}

std::vector<std::string> output_of(const std::string& folder, const std::string& arguments) {
  const std::string command = "cd '" + folder + "' && KOSHI_HOME='" KOSHI_SOURCE_DIR "' '" KOSHI_BINARY "' " + arguments + " 2>&1";
  FILE* pipe = popen(command.c_str(), "r");
  std::string text;
  std::array<char, 4096> buffer;
  for (size_t n = 0; (n = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) text.append(buffer.data(), n);
  pclose(pipe);
  std::stringstream stream(text);
  return lines_of(stream);
}

TEST(Readme, ShowsWhatTheProgramPrints) {
  const auto all = examples();
  ASSERT_GE(all.size(), 3u);
  std::string folder = (std::filesystem::temp_directory_path() / "koshi_readme_XXXXXX").string();
  ASSERT_NE(mkdtemp(folder.data()), nullptr);
  for (const Example& example : all) {
    const auto printed = output_of(folder, example.arguments);
    for (size_t i = 0; i < example.shown.size() && example.shown[i] != "…"; ++i) {
      ASSERT_LT(i, printed.size()) << example.arguments;
      EXPECT_EQ(example.shown[i], printed[i]) << example.arguments;
    }
  }
  std::filesystem::remove_all(folder);
}

}  // namespace
