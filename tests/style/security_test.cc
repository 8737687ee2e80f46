/// docs/security.md: each requirement of OWASP ASVS 5.0 of the levels 1 and 2 once, and nothing named there that is not there.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

namespace fs = std::filesystem;

namespace {

const fs::path kRoot = KOSHI_SOURCE_DIR;

/// The numbers of the standard: of each section which requirements are of level 1, and which of level 2.
struct Section {
  const char* name;
  std::vector<int> first, second;
};
const std::vector<Section> kSections = {{"1.1", {}, {1, 2}},
                                        {"1.2", {1, 2, 3, 4, 5}, {6, 7, 8, 9}},
                                        {"1.3", {1, 2}, {3, 4, 5, 6, 7, 8, 9, 10, 11}},
                                        {"1.4", {}, {1, 2, 3}},
                                        {"1.5", {1}, {2}},
                                        {"2.1", {1}, {2, 3}},
                                        {"2.2", {1, 2}, {3}},
                                        {"2.3", {1}, {2, 3, 4}},
                                        {"2.4", {}, {1}},
                                        {"3.2", {1, 2}, {}},
                                        {"3.3", {1}, {2, 3, 4}},
                                        {"3.4", {1, 2}, {3, 4, 5, 6}},
                                        {"3.5", {1, 2, 3}, {4, 5}},
                                        {"3.7", {}, {1, 2}},
                                        {"4.1", {1}, {2, 3}},
                                        {"4.2", {}, {1}},
                                        {"4.3", {}, {1, 2}},
                                        {"4.4", {1}, {2, 3, 4}},
                                        {"5.1", {}, {1}},
                                        {"5.2", {1, 2}, {3}},
                                        {"5.3", {1, 2}, {}},
                                        {"5.4", {}, {1, 2, 3}},
                                        {"6.1", {1}, {2, 3}},
                                        {"6.2", {1, 2, 3, 4, 5, 6, 7, 8}, {9, 10, 11, 12}},
                                        {"6.3", {1, 2}, {3, 4}},
                                        {"6.4", {1, 2}, {3, 4}},
                                        {"6.5", {}, {1, 2, 3, 4, 5}},
                                        {"6.6", {}, {1, 2, 3}},
                                        {"6.8", {}, {1, 2, 3, 4}},
                                        {"7.1", {}, {1, 2, 3}},
                                        {"7.2", {1, 2, 3, 4}, {}},
                                        {"7.3", {}, {1, 2}},
                                        {"7.4", {1, 2}, {3, 4, 5}},
                                        {"7.5", {}, {1, 2}},
                                        {"7.6", {}, {1, 2}},
                                        {"8.1", {1}, {2}},
                                        {"8.2", {1, 2}, {3}},
                                        {"8.3", {1}, {}},
                                        {"8.4", {}, {1}},
                                        {"9.1", {1, 2, 3}, {}},
                                        {"9.2", {1}, {2, 3, 4}},
                                        {"10.1", {}, {1, 2}},
                                        {"10.2", {}, {1, 2}},
                                        {"10.3", {}, {1, 2, 3, 4}},
                                        {"10.4", {1, 2, 3, 4, 5}, {6, 7, 8, 9, 10, 11}},
                                        {"10.5", {}, {1, 2, 3, 4, 5}},
                                        {"10.6", {}, {1, 2}},
                                        {"10.7", {}, {1, 2, 3}},
                                        {"11.1", {}, {1, 2}},
                                        {"11.2", {}, {1, 2, 3}},
                                        {"11.3", {1, 2}, {3}},
                                        {"11.4", {1}, {2, 3, 4}},
                                        {"11.5", {}, {1}},
                                        {"11.6", {}, {1}},
                                        {"12.1", {1}, {2, 3}},
                                        {"12.2", {1, 2}, {}},
                                        {"12.3", {}, {1, 2, 3, 4}},
                                        {"13.1", {}, {1}},
                                        {"13.2", {}, {1, 2, 3, 4, 5}},
                                        {"13.3", {}, {1, 2}},
                                        {"13.4", {1}, {2, 3, 4, 5}},
                                        {"14.1", {}, {1, 2}},
                                        {"14.2", {1}, {2, 3, 4}},
                                        {"14.3", {1}, {2, 3}},
                                        {"15.1", {1}, {2, 3}},
                                        {"15.2", {1}, {2, 3}},
                                        {"15.3", {1}, {2, 3, 4, 5, 6, 7}},
                                        {"16.1", {}, {1}},
                                        {"16.2", {}, {1, 2, 3, 4, 5}},
                                        {"16.3", {}, {1, 2, 3, 4}},
                                        {"16.4", {}, {1, 2, 3}},
                                        {"16.5", {}, {1, 2, 3}},
                                        {"17.1", {}, {1}},
                                        {"17.2", {}, {1, 2, 3, 4}},
                                        {"17.3", {}, {1, 2}}};
constexpr size_t kFirstLevel = 70;  ///< as the standard counts them
constexpr size_t kSecondLevel = 183;

std::string text_of(const fs::path& path) {
  std::ifstream in(path);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

struct Row {
  std::string number, level, what, state, shown;
};

/// "| 1.2.3 | 1 | … | met | … |"
std::vector<Row> rows() {
  static const std::regex kRow(R"(^\| (\d+\.\d+\.\d+) \| (\d) \| ([^|]+) \| ([^|]+) \| (.+) \|$)");
  std::vector<Row> found;
  std::stringstream in(text_of(kRoot / "docs/security.md"));
  std::smatch match;
  for (std::string line; std::getline(in, line);) {
    if (std::regex_match(line, match, kRow)) found.push_back({match[1], match[2], match[3], match[4], match[5]});
  }
  return found;
}

/// What stands between backticks.
std::vector<std::string> named(const std::string& text) {
  static const std::regex kName("`([^`]+)`");
  std::vector<std::string> found;
  for (auto it = std::sregex_iterator(text.begin(), text.end(), kName); it != std::sregex_iterator(); ++it) found.push_back((*it)[1]);
  return found;
}

/// "Suite.Name" of every test of the tree.
const std::set<std::string>& all_tests() {
  static const std::set<std::string> kTests = [] {
    static const std::regex kTest(R"((?:TEST|TEST_F|TEST_P|RC_GTEST_PROP|RC_GTEST_FIXTURE_PROP)\((\w+), (\w+)[,)])");
    std::set<std::string> tests;
    for (const char* folder : {"src", "tests"}) {
      for (auto it = fs::recursive_directory_iterator(kRoot / folder); it != fs::recursive_directory_iterator(); ++it) {
        if (it->path().filename() == "node_modules") it.disable_recursion_pending();
        if (!it->path().string().ends_with("_test.cc")) continue;
        const std::string text = text_of(it->path());
        for (auto at = std::sregex_iterator(text.begin(), text.end(), kTest); at != std::sregex_iterator(); ++at) {
          tests.insert((*at)[1].str() + "." + (*at)[2].str());
        }
      }
    }
    return tests;
  }();
  return kTests;
}

/// A flag of the program is passed; anything else is a test or a file.
bool is_there(const std::string& name) {
  if (name.starts_with("--") || name == "ca_file") return true;
  return all_tests().contains(name) || fs::exists(kRoot / name);
}

TEST(Security, EachRequirementStandsOnce) {
  std::map<std::string, std::string> wanted;
  std::map<std::string, size_t> levels;
  for (const Section& section : kSections) {
    for (const int number : section.first) wanted[std::string(section.name) + "." + std::to_string(number)] = "1";
    for (const int number : section.second) wanted[std::string(section.name) + "." + std::to_string(number)] = "2";
  }
  for (const auto& [number, level] : wanted) ++levels[level];
  EXPECT_EQ(levels["1"], kFirstLevel);
  EXPECT_EQ(levels["2"], kSecondLevel);
  std::map<std::string, std::string> found;
  for (const Row& row : rows()) EXPECT_TRUE(found.emplace(row.number, row.level).second) << row.number << " stands twice";
  EXPECT_EQ(found, wanted);
}

TEST(Security, WhatIsMetNamesATestOrAFile) {
  std::map<std::string, int> counts;
  for (const Row& row : rows()) {
    ++counts[row.state];
    EXPECT_TRUE(row.state == "met" || row.state == "n/a" || row.state == "open") << row.number << ": " << row.state;
    const bool shows = !named(row.shown).empty() || row.shown.find("\" above") != std::string::npos;
    EXPECT_TRUE(row.state != "met" || shows) << row.number << " is met, and nothing shows it";
  }
  const std::string told = std::to_string(counts["met"]) + " met, " + std::to_string(counts["n/a"]) + " not applicable, " +
                           std::to_string(counts["open"]) + " open";
  EXPECT_THAT(text_of(kRoot / "docs/security.md"), testing::HasSubstr(told));
}

TEST(Security, WhatIsNamedIsThere) {
  for (const Row& row : rows()) {
    for (const std::string& name : named(row.shown)) EXPECT_TRUE(is_there(name)) << row.number << " names " << name;
  }
  EXPECT_FALSE(is_there("Security.NoSuchTest"));
  EXPECT_FALSE(is_there("docs/no_such_file.md"));
}

/// What would let a key that somebody chose reach the object from which all others inherit: a value set two keys deep, an object poured
/// over another. A text set by one key reaches nothing, even if the key is `__proto__`.
TEST(Security, ThePortalReachesNoAncestorOfItsObjects) {
  static const std::regex kForbidden(R"(__proto__|setPrototypeOf|\]\s*\[[^\]]+\]\s*=[^=>]|Object\.assign|\bmerge\()");
  EXPECT_TRUE(std::regex_search(std::string("a[key][name] = value"), kForbidden));
  EXPECT_FALSE(std::regex_search(std::string("if (a[key][name] === value)"), kForbidden));
  size_t files = 0;
  for (auto it = fs::recursive_directory_iterator(kRoot / "web/src"); it != fs::recursive_directory_iterator(); ++it) {
    const std::string path = it->path().string();
    // The portal's own phrases are poured together, file by file.
    if ((!path.ends_with(".ts") && !path.ends_with(".tsx")) || it->path().parent_path() == kRoot / "web/src/words") continue;
    ++files;
    EXPECT_FALSE(std::regex_search(text_of(it->path()), kForbidden)) << path;
  }
  EXPECT_GT(files, 50u);
}

/// Words of scripts that would let a text become markup or code, or leave something in the browser.
TEST(Security, ThePortalWritesNoMarkupAndKeepsNothing) {
  static const std::regex kForbidden(
      R"(innerHTML|outerHTML|insertAdjacentHTML|dangerouslySet|document\.write|\beval\(|new Function|postMessage|addEventListener\('message'|sessionStorage|indexedDB|document\.cookie)");
  static const std::regex kKept(R"(localStorage\.\w+\('([^']*)')");
  EXPECT_TRUE(std::regex_search(std::string("a.innerHTML = b"), kForbidden));
  size_t files = 0;
  for (auto it = fs::recursive_directory_iterator(kRoot / "web/src"); it != fs::recursive_directory_iterator(); ++it) {
    const std::string path = it->path().string();
    if (!path.ends_with(".ts") && !path.ends_with(".tsx")) continue;
    ++files;
    const std::string text = text_of(it->path());
    EXPECT_FALSE(std::regex_search(text, kForbidden)) << path;
    for (auto at = std::sregex_iterator(text.begin(), text.end(), kKept); at != std::sregex_iterator(); ++at) {
      EXPECT_EQ((*at)[1], "koshi.language") << path;
    }
  }
  EXPECT_GT(files, 20u);
}

}  // namespace
