#include "office/desk/title.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "zan/corpus/corpus.h"

namespace koshi::office {
namespace {

constexpr const char* kLaw = R"(act LMP "Law on Migration" adopted 2011-07-22 in force from 2011-08-17

enum region "Region"
  'KZ-75' "Almaty"

enum country "Country"
  UZ "Uzbekistan"

entity person "Person"
  identity person iin, passport_number of nationality named full_name
  iin : text "IIN"
  passport_number : text "Passport"
  nationality : country "Citizenship"
  full_name : text "Name"

entity employer "Employer"
  identity employer bin named name
  bin : text "BIN"
  name : text "Name"

entity permit "Permit"
  link employer : employer "Employer"
  link worker : person "Worker"
  region : region "Region"

procedure work_permit of permit "Permit"
  by LMP art. 37 [read]
  from 2011-08-17
  party employer "Employer" within employer.bin
  state draft "Draft"
    discard: "Throw away" by employer -> gone
  final gone "Gone"

procedure offence of permit "Offence"
  by LMP art. 37 [read]
  from 2011-08-17
  party police "Police" within region
  state draft "Draft"
    discard: "Throw away" by police -> gone
  final gone "Gone"

procedure arrival of person "Arrival"
  by LMP art. 37 [read]
  from 2011-08-17
  party host "Host"
  state draft "Draft"
    discard: "Throw away" by host -> gone
  final gone "Gone"
)";

class TitleTest : public testing::Test {
 protected:
  TitleTest() : compiled_(zan::compile({{"law.zan", kLaw}}, {})), library_(compiled_.corpus) {
    EXPECT_EQ(zan::render(compiled_.corpus.sources, compiled_.diagnostics), "");
    auto loaded = words::Words::load(KOSHI_SOURCE_DIR "/words", KOSHI_SOURCE_DIR "/words/none", compiled_.corpus);
    EXPECT_TRUE(loaded.has_value());
    words_.emplace(std::move(*loaded));
    law_ = std::make_unique<Law>(Law{compiled_.corpus, library_, *words_});
    around_.register_facts = [this](const std::string&, const std::string&) { return register_; };
  }

  std::string title(const std::string& procedure, const std::vector<std::pair<std::string, std::string>>& facts,
                    const std::vector<std::string>& others = {}) {
    Case item;
    item.procedure = procedure;
    item.opened_by = "somebody";
    for (const auto& [path, json] : facts) item.facts.push_back({path, json, Source::kDeclared, "employer", Date{}});
    std::ranges::sort(item.facts, {}, &FactEntry::path);
    std::vector<Subject> subjects;
    for (const std::string& name : others) subjects.emplace_back().name = name;
    const int32_t index = compiled_.corpus.find_procedure(procedure);
    EXPECT_NE(index, zan::kNoId);
    return title_of(*law_, compiled_.corpus.procedures[static_cast<size_t>(index)], item, subjects, around_);
  }

  zan::Compilation compiled_;
  zan::ProgramLibrary library_;
  std::optional<words::Words> words_;
  std::unique_ptr<Law> law_;
  Surroundings around_;
  std::vector<std::pair<std::string, std::string>> register_;
};

TEST_F(TitleTest, TheNameStandsWhereTheLawIdentifiesTheParty) {
  EXPECT_EQ(title("work_permit", {{"employer.bin", "\"111\""}, {"employer.name", "\"Zher LLP\""}}), "Zher LLP");
  EXPECT_EQ(title("arrival", {{"full_name", "\"Aziz Usmonov\""}, {"passport_number", "\"FA1\""}}), "Aziz Usmonov");
}

TEST_F(TitleTest, WhomTheCaseNamesBesidesFollowsOnceAndAFewOnly) {
  const std::vector<std::pair<std::string, std::string>> facts = {{"employer.bin", "\"111\""}, {"employer.name", "\"Zher LLP\""}};
  EXPECT_EQ(title("work_permit", facts, {"Zher LLP", "Ali Veli", "Ali Veli"}), "Zher LLP · Ali Veli");
  EXPECT_EQ(title("work_permit", facts, {"A", "B", "C", "D"}), "Zher LLP · A, B +2");
  EXPECT_EQ(title("offence", {{"region", "\"KZ-75\""}}, {"Ali Veli"}), "Ali Veli") << "an office in its region gives way";
}

TEST_F(TitleTest, WithoutANameTheRegisterThenTheKeyThenTheAccount) {
  EXPECT_EQ(title("work_permit", {{"employer.bin", "\"111\""}}), "111");
  EXPECT_EQ(title("work_permit", {{"employer.bin", "\"111\""}, {"employer.name", "null"}}), "111");
  register_ = {{"employer.name", "\"Zher LLP\""}};
  EXPECT_EQ(title("work_permit", {{"employer.bin", "\"111\""}}), "Zher LLP");
  EXPECT_EQ(title("offence", {{"region", "\"KZ-75\""}}), "KZ-75");
  EXPECT_EQ(title("arrival", {}), "somebody");
}

TEST_F(TitleTest, ALongTitleIsCutBetweenCharacters) {
  EXPECT_EQ(cut_title(std::string(kTitleMaxBytes + 5, 'a')).size(), kTitleMaxBytes);
  EXPECT_EQ(cut_title(std::string(kTitleMaxBytes - 1, 'a') + "ж").size(), kTitleMaxBytes - 1);
}

}  // namespace
}  // namespace koshi::office
