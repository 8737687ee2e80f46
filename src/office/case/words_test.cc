#include <gmock/gmock.h>

#include <regex>
#include <set>

#include "base/file.h"
#include "words/catalogue.h"

/// The phrases of refusals: those that the code names, and no others.
namespace koshi::office {
namespace {

std::set<std::string> named_in_code() {
  const std::string folder = KOSHI_SOURCE_DIR "/src/office/case";
  const std::regex call(R"re(\b(?:refuse|bad_fact|text|problem)\((?:[^";]*, )?"([a-z_]+)"|\? text\("([a-z_]+)"|: text\("([a-z_]+)")re");
  std::set<std::string> keys;
  const auto files = list_files(folder, ".cc").value();
  for (const auto& file : files) {
    if (file.string().ends_with("_test.cc") || file.string().starts_with("event") || file == "replay.cc" || file == "case.cc") continue;
    const std::string code = read_file(folder / file).value();
    for (std::sregex_iterator it(code.begin(), code.end(), call), end; it != end; ++it) {
      for (size_t group = 1; group < it->size(); ++group) {
        if ((*it)[group].matched) keys.insert((*it)[group].str());
      }
    }
  }
  return keys;
}

TEST(CasePhrases, AreThoseThatTheCodeNames) {
  const auto english = words::parse_catalogue(read_file(KOSHI_SOURCE_DIR "/words/case.en.toml").value(), "case.en.toml");
  ASSERT_TRUE(english.has_value()) << english.error().message;
  std::set<std::string> written;
  for (const auto& [key, text] : *english) written.insert(key.substr(key.find('.') + 1));
  EXPECT_EQ(named_in_code(), written);
}

}  // namespace
}  // namespace koshi::office
