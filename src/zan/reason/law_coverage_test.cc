#include <gmock/gmock.h>

#include <filesystem>
#include <map>
#include <regex>
#include <set>

#include "base/file.h"
#include "base/text.h"

/// docs/coverage.md says of every numbered rule of the dossier, and of every measure of the sources, which norm carries it and which cases
/// exercise it. The numbers are all there, and what a row names exists where it says.
namespace koshi::zan {
namespace {

namespace fs = std::filesystem;

/// The last number of each chapter of the dossier, which is not in this repository.
const std::map<std::string, int> kChapters = {
    {"A", 10},   {"B", 16},   {"C", 21},   {"D", 9},     {"Ea", 9},   {"Eb", 6},   {"Ec", 9},    {"Ed", 5},   {"Ee", 2},
    {"F", 7},    {"G", 9},    {"H", 6},    {"I", 10},    {"J", 3},    {"K", 6},    {"L", 10},    {"M", 6},    {"N", 4},
    {"Z", 20},   {"P", 62},   {"Y", 8},    {"RS-A", 11}, {"RS-B", 4}, {"RS-C", 8}, {"RS-D", 10}, {"RS-E", 9}, {"RS-F", 5},
    {"RS-G", 4}, {"RS-H", 5}, {"RS-I", 8}, {"RS-J", 4},  {"RS-K", 3}, {"RS-L", 3}, {"RS-M", 4},  {"RS-N", 1}, {"RS-Z", 15}};

struct Row {
  std::string key, carries, exercised;
};

/// The rows of three columns under the headings of rules and measures.
std::vector<Row> rows() {
  const std::string text = read_file(KOSHI_SOURCE_DIR "/docs/coverage.md").value_or("");
  std::vector<Row> out;
  bool mapped = false;
  for (const std::string_view line : split(text, '\n')) {
    if (line.starts_with("## ")) mapped = line.find(".md") != std::string_view::npos || line.starts_with("## Measures");
    if (!mapped || !line.starts_with("| ") || line.starts_with("| rule |") || line.starts_with("| ---")) continue;
    const auto cells = split(line, '|');
    EXPECT_EQ(cells.size(), 5u) << line;
    if (cells.size() == 5) out.push_back({std::string(trim(cells[1])), std::string(trim(cells[2])), std::string(trim(cells[3]))});
  }
  return out;
}

std::string law_file(const std::string& path) {
  return read_file(fs::path(KOSHI_SOURCE_DIR) / "law/kz" / path).value_or("");
}

TEST(LawCoverage, EveryNumberedRuleOfTheDossierHasOneRow) {
  std::map<std::string, int> times;
  for (const Row& row : rows()) ++times[row.key];
  EXPECT_EQ(times["E0.1"], 1);
  size_t rules = 1;
  for (const auto& [chapter, last] : kChapters) {
    for (int number = 1; number <= last; ++number, ++rules) EXPECT_EQ(times[chapter + std::to_string(number)], 1) << chapter << number;
    EXPECT_EQ(times[chapter + std::to_string(last + 1)], 0) << chapter << ": is there another rule?";
  }
  EXPECT_EQ(rules, 333u);
  EXPECT_GT(rows().size(), 380u) << "and the measures of the sources";
}

TEST(LawCoverage, WhatARowNamesIsDeclaredInTheFileThatItNames) {
  static const std::regex kNamed(R"(((?:`[a-z_0-9]+`(?:, )?)+) \(([a-z_0-9/]+\.zan)\))");
  static const std::regex kName("`([a-z_0-9]+)`");
  size_t names = 0;
  for (const Row& row : rows()) {
    for (std::sregex_iterator found(row.carries.begin(), row.carries.end(), kNamed), end; found != end; ++found) {
      const std::string text = law_file((*found)[2]);
      EXPECT_FALSE(text.empty()) << row.key << ": " << (*found)[2];
      const std::string group = (*found)[1];
      for (std::sregex_iterator name(group.begin(), group.end(), kName); name != end; ++name, ++names) {
        const std::regex declared("(^|\n)(norm|define|table|procedure|reform|set|return|account) " + (*name)[1].str() + "\\b");
        EXPECT_TRUE(std::regex_search(text, declared)) << row.key << ": " << (*name)[1] << " in " << (*found)[2];
      }
    }
  }
  EXPECT_GT(names, 500u);
}

TEST(LawCoverage, ARowHasCasesOrSaysWhyNot) {
  static const std::regex kFile(R"([a-z_0-9/]+_cases\.zan)");
  static const std::regex kWalk(R"(([a-z_0-9]+)\.steps)");
  for (const Row& row : rows()) {
    const bool carried = row.carries.find('`') != std::string::npos;
    const bool why = row.exercised.find("no rule of its own") != std::string::npos || row.exercised.find("missing") != std::string::npos ||
                     row.exercised.find("later: procedure or office") != std::string::npos;
    EXPECT_TRUE(carried || why) << row.key << " is carried by nothing, and nothing says why";
    EXPECT_TRUE(why || std::regex_search(row.exercised, kFile) || std::regex_search(row.exercised, kWalk)) << row.key << " has no case";
    for (std::sregex_iterator found(row.exercised.begin(), row.exercised.end(), kFile), end; found != end; ++found) {
      EXPECT_FALSE(law_file(found->str()).empty()) << row.key << ": " << found->str();
    }
    for (std::sregex_iterator found(row.exercised.begin(), row.exercised.end(), kWalk), end; found != end; ++found) {
      EXPECT_TRUE(fs::exists(fs::path(KOSHI_SOURCE_DIR) / "tests/api/procedures" / found->str())) << row.key << ": " << found->str();
    }
  }
}

}  // namespace
}  // namespace koshi::zan
