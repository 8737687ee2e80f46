/// The house rules that a machine can hold: each is a test over the tracked text of the repository.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <regex>
#include <sstream>

namespace fs = std::filesystem;

namespace {

constexpr size_t kMaxFileLines = 600;
constexpr size_t kMaxLineLength = 180;
constexpr size_t kMaxFunctionLines = 70;

struct File {
  std::string path;
  std::string text;
};

bool is_skipped(const fs::path& path) {
  const std::string name = path.filename().string();
  return name == ".git" || name == "build" || name == "node_modules" || name == ".koshi";
}

std::vector<File> files(const std::function<bool(const std::string&)>& wanted) {
  std::vector<File> found;
  const fs::path root = KOSHI_SOURCE_DIR;
  for (auto it = fs::recursive_directory_iterator(root); it != fs::recursive_directory_iterator(); ++it) {
    if (it->is_directory() && is_skipped(it->path())) it.disable_recursion_pending();
    if (!it->is_regular_file()) continue;
    const std::string path = it->path().lexically_relative(root).generic_string();
    if (!wanted(path)) continue;
    std::ifstream in(it->path());
    std::stringstream text;
    text << in.rdbuf();
    found.push_back({path, text.str()});
  }
  return found;
}

bool ends_with_any(const std::string& path, std::initializer_list<std::string_view> endings) {
  return std::ranges::any_of(endings, [&](std::string_view ending) { return path.ends_with(ending); });
}

/// What a tool writes anew at every build (openapi-typescript, from openapi.json): nobody reads or mends it.
bool is_generated(const std::string& path) {
  return path == "web/src/api/schema.d.ts";
}
bool is_code(const std::string& path) {
  return !is_generated(path) && ends_with_any(path, {".h", ".cc", ".ts", ".tsx"});
}
bool is_text(const std::string& path) {
  return is_code(path) || ends_with_any(path, {".zan", ".md", ".cmake", ".txt", ".json", ".toml", ".mustache", ".css", ".sh", ".mjs",
                                               "/run", "/test", "koshi"});
}
/// Also what tests share, which no program includes.
bool is_test(const std::string& path) {
  return path.ends_with("_test.cc") || path.contains("/test_");
}
bool is_this(const std::string& path) {
  return path == "tests/style/style_test.cc";
}

std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> out;
  std::stringstream in(text);
  for (std::string line; std::getline(in, line);) out.push_back(line);
  return out;
}

/// Every line of the wanted files that matches, as "path:line: text".
std::vector<std::string> matches(const std::function<bool(const std::string&)>& wanted, const std::regex& pattern) {
  std::vector<std::string> found;
  for (const File& file : files(wanted)) {
    if (is_this(file.path)) continue;
    int number = 0;
    for (const std::string& line : lines(file.text)) {
      ++number;
      if (std::regex_search(line, pattern)) found.push_back(file.path + ":" + std::to_string(number) + ": " + line);
    }
  }
  return found;
}

std::vector<std::string> includers(const std::string& header) {
  std::vector<std::string> found;
  const std::regex pattern("#include [<\"]" + header);
  for (const File& file : files([](const std::string& path) { return is_code(path) && !is_test(path); })) {
    if (std::regex_search(file.text, pattern)) found.push_back(file.path);
  }
  return found;
}

/// A definition begins in column one (or two inside a class) and ends with a brace in that column.
std::vector<std::string> long_functions(const File& file) {
  std::vector<std::string> found;
  const auto all = lines(file.text);
  for (size_t i = 0; i < all.size(); ++i) {
    const bool opens = all[i].ends_with("{") && all[i].find('(') != std::string::npos;
    const size_t indent = all[i].find_first_not_of(' ');
    if (!opens || indent == std::string::npos || indent > 2) continue;
    const std::string close(indent, ' ');
    for (size_t j = i + 1; j < all.size(); ++j) {
      if (!all[j].starts_with(close + "}")) continue;
      if (j - i > kMaxFunctionLines) found.push_back(file.path + ":" + std::to_string(i + 1) + ": " + std::to_string(j - i) + " lines");
      break;
    }
  }
  return found;
}

/// Types that two headers define under one full name: the linker takes the constructor of either, and only sanitizers tell.
std::vector<std::string> defined_twice(const std::vector<File>& headers) {
  static const std::regex opens("^namespace ([\\w:]+) \\{"), closes("^\\}  // namespace"),
      type("^(?:struct|class|enum class) (\\w+)(?: final)?(?: : [^{]*)? \\{");
  std::map<std::string, std::string> first;
  std::vector<std::string> found;
  for (const File& header : headers) {
    std::string space;
    for (const std::string& line : lines(header.text)) {
      std::smatch named;
      if (std::regex_search(line, closes)) space.clear();
      if (std::regex_search(line, named, opens)) space = named[1];
      if (!std::regex_search(line, named, type)) continue;
      const std::string name = space + "::" + named[1].str();
      const auto [at, is_new] = first.try_emplace(name, header.path);
      if (!is_new) found.push_back(name + ": " + at->second + ", " + header.path);
    }
  }
  return found;
}

TEST(Style, TypesAreDefinedOnce) {
  EXPECT_THAT(defined_twice(files([](const std::string& path) { return path.ends_with(".h"); })), testing::IsEmpty());
}

TEST(Style, FilesAreShort) {
  std::vector<std::string> found;
  for (const File& file : files([](const std::string& path) { return is_code(path) || path.ends_with(".zan"); })) {
    if (lines(file.text).size() > kMaxFileLines) found.push_back(file.path);
  }
  EXPECT_THAT(found, testing::IsEmpty()) << "split files of more than " << kMaxFileLines << " lines";
}

TEST(Style, FunctionsAreShort) {
  std::vector<std::string> found;
  for (const File& file : files([](const std::string& path) { return ends_with_any(path, {".h", ".cc"}); })) {
    for (std::string& entry : long_functions(file)) found.push_back(std::move(entry));
  }
  EXPECT_THAT(found, testing::IsEmpty()) << "functions of more than " << kMaxFunctionLines << " lines";
}

/// In characters, not bytes. Expected texts in tests may be as long as they are.
TEST(Style, LinesAreReadable) {
  std::vector<std::string> found;
  for (const File& file : files([](const std::string& path) { return is_code(path) && !is_test(path); })) {
    int number = 0;
    for (const std::string& line : lines(file.text)) {
      ++number;
      const auto characters = std::ranges::count_if(line, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
      if (characters > static_cast<std::ptrdiff_t>(kMaxLineLength)) found.push_back(file.path + ":" + std::to_string(number));
    }
  }
  EXPECT_THAT(found, testing::IsEmpty()) << "lines of more than " << kMaxLineLength << " characters";
}

TEST(Style, HeadersAreGuarded) {
  std::vector<std::string> found;
  for (const File& file : files([](const std::string& path) { return path.ends_with(".h"); })) {
    if (!file.text.starts_with("#pragma once\n")) found.push_back(file.path);
  }
  EXPECT_THAT(found, testing::IsEmpty());
}

TEST(Style, NothingIsLeftUnsaid) {
  EXPECT_THAT(matches(is_code, std::regex(R"(\b(TODO|FIXME|XXX|HACK)\b)")), testing::IsEmpty())
      << "finish it, or say in docs/ what is missing";
}

TEST(Style, NoPathOfAMachine) {
  EXPECT_THAT(matches(is_text, std::regex(R"((^|[^A-Za-z0-9_.])/(work|farm|root|home)/[A-Za-z.])")), testing::IsEmpty());
}

TEST(Style, NoRegistryAddressInLockFiles) {
  const auto is_lock = [](const std::string& path) { return path.ends_with("package-lock.json"); };
  EXPECT_THAT(matches(is_lock, std::regex(R"("resolved": *"https?://)")), testing::IsEmpty());
}

TEST(Style, NoFloatingPointInLawOrMoney) {
  const auto is_exact = [](const std::string& path) {
    return (path.starts_with("src/base/") || path.starts_with("src/zan/") || path.starts_with("src/ask/")) &&
           ends_with_any(path, {".h", ".cc"});
  };
  EXPECT_THAT(matches(is_exact, std::regex(R"(^[^/"]*\b(double|float)\b)")), testing::IsEmpty());
}

TEST(Style, HeavyHeadersStayInOneFile) {
  for (const std::string header : {"restinio/", "toml\\+\\+", "kainjow/", "CLI/", "boost/json"}) {
    EXPECT_LE(includers(header).size(), 2u) << header << " is included in " << testing::PrintToString(includers(header));
  }
}

/// The checkers check: each finds its fault when one is planted.
TEST(Style, PlantedFaultsAreFound) {
  const std::string deed = "namespace koshi::a {\nstruct Deed {\n};\n}  // namespace koshi::a\n";
  EXPECT_THAT(defined_twice({{"a.h", deed}, {"b.h", deed}}), testing::ElementsAre("koshi::a::Deed: a.h, b.h"));
  EXPECT_THAT(defined_twice({{"a.h", deed}, {"b.h", "namespace koshi::b {\nstruct Deed {\n};\n}  // namespace koshi::b\n"}}),
              testing::IsEmpty());
  std::string body;
  for (size_t i = 0; i < kMaxFunctionLines + 1; ++i) body += "  step();\n";
  EXPECT_EQ(long_functions({"x.cc", "void f() {\n" + body + "}\n"}).size(), 1u);
  EXPECT_EQ(long_functions({"x.cc", "void f() {\n  step();\n}\n"}).size(), 0u);
}

}  // namespace
