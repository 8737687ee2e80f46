#include "words/catalogue.h"

#include <gmock/gmock.h>

#include <fstream>
#include <regex>

#include "base/file.h"
#include "words/template.h"

namespace koshi::words {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

TEST(Catalogue, TablesArePrefixes) {
  const auto texts = parse_catalogue("top = 'x'\n[value]\nyes = 'ja'\nday.one = 'Tag'\n[a.b]\n\"c d\" = \"e\"\n", "de.toml");
  ASSERT_TRUE(texts.has_value()) << texts.error().message;
  EXPECT_THAT(*texts, ElementsAre(Pair("a.b.c d", "e"), Pair("top", "x"), Pair("value.day.one", "Tag"), Pair("value.yes", "ja")));
}

TEST(Catalogue, FaultsHaveTheirPlace) {
  EXPECT_THAT(parse_catalogue("a = 'x'\nb = \n", "de.toml").error().message, HasSubstr("de.toml:2"));
  EXPECT_THAT(parse_catalogue("a = 'x'\nb = 5\n", "de.toml").error().message, HasSubstr("de.toml:2: the value of `b`"));
  EXPECT_THAT(parse_catalogue("\"a.b\" = 'x'\n[a]\nb = 'y'\n", "de.toml").error().message, HasSubstr("`a.b` is given twice"));
}

Texts phrases(const std::string& language) {
  auto texts = read_catalogues(KOSHI_SOURCE_DIR "/words", language);
  EXPECT_TRUE(texts.has_value()) << texts.error().message;
  return texts ? *texts : Texts();
}

/// What a reader of the language would see in English, or see wrongly filled.
std::vector<std::string> faults(const Texts& english, const Texts& other, const std::string& language) {
  std::vector<std::string> found;
  for (const auto& [key, text] : english) {
    const auto translated = other.find(key);
    if (translated == other.end()) {
      found.push_back(language + " lacks " + key);
      continue;
    }
    const auto own = Template::parse(text, "en");
    const auto theirs = Template::parse(translated->second, language);
    if (!own || !theirs) {
      found.push_back(language + " cannot read " + key);
    } else if (own->holes() != theirs->holes()) {
      found.push_back(language + " has other holes in " + key);
    }
  }
  for (const auto& [key, text] : other) {
    if (!english.contains(key)) found.push_back(language + " has " + key + ", which English has not");
  }
  return found;
}

TEST(Phrases, AreCompleteInEveryLanguage) {
  const Texts english = phrases("en");
  EXPECT_GT(english.size(), 100u);
  for (const std::string language : {"ru", "kk", "uz", "ky", "tg"}) {
    EXPECT_THAT(faults(english, phrases(language), language), IsEmpty());
  }
}

TEST(Phrases, PlantedFaultsAreFound) {
  const Texts english = {{"a", "{n} days"}, {"b", "x"}};
  EXPECT_THAT(faults(english, {{"a", "{m} күн"}, {"c", "y"}}, "kk"),
              ElementsAre("kk has other holes in a", "kk lacks b", "kk has c, which English has not"));
}

/// Every key that the code names as a whole exists.
TEST(Phrases, AreThereWhereTheCodeAsksForThem) {
  const Texts english = phrases("en");
  const std::regex call(R"re(phrase\((?:[^";()]*, )?"([a-z0-9_.]+)"[,)])re");
  size_t calls = 0;
  for (const std::string folder : {"words", "ask", "cli", "http"}) {
    const std::string root = std::string(KOSHI_SOURCE_DIR "/src/") + folder;
    const auto sources = list_files(root, ".cc").value();
    for (const auto& file : sources) {
      if (file.string().ends_with("_test.cc")) continue;
      const std::string code = read_file(root / file).value();
      for (std::sregex_iterator it(code.begin(), code.end(), call), end; it != end; ++it, ++calls) {
        EXPECT_TRUE(english.contains((*it)[1].str())) << file << " asks for " << (*it)[1];
      }
    }
  }
  EXPECT_GT(calls, 30u);
}

}  // namespace
}  // namespace koshi::words
