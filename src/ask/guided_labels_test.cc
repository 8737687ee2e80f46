#include "ask/guided_labels.h"

#include <gmock/gmock.h>

#include "ask/test_law.h"

namespace koshi::ask {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

using words::Language;

std::set<std::string> met(const zan::Corpus& corpus, std::string_view norm) {
  return labels_met(corpus, {corpus.find_norm(norm)});
}

TEST(LabelsMet, AreThoseOnTheWayToTheAnswer) {
  const auto compiled = zan::compile({{"law.zan", kTestLaw}}, {});
  EXPECT_THAT(met(compiled.corpus, "person.due"),
              ElementsAre("country.KZ", "country.RU", "country.UZ", "norm person.due", "norm person.due.help", "person.arrived",
                          "person.nationality", "person.nationality.ask", "person.nationality.help"));
}

TEST(LabelsMet, FollowTheNormsThatANormUses) {
  const auto compiled = zan::compile({{"law.zan", kTestLaw}}, {});
  const auto labels = met(compiled.corpus, "job.permit");
  for (const char* key : {"norm job.permit", "norm person.worker", "norm person.foreigner", "employer.size", "person.nationality"}) {
    EXPECT_THAT(labels, Contains(key));
  }
  EXPECT_THAT(labels, Not(Contains("job.wage")));
  EXPECT_THAT(labels, Not(Contains("norm person.worker under ICRMW")));
}

TEST(LabelsMet, HoldContradictionsOfWhatIsAskedOnly) {
  const auto compiled = zan::compile({{"law.zan", kTestLaw}}, {});
  const std::string broken = "must person: Registered before arriving";
  EXPECT_THAT(met(compiled.corpus, "person.due"), Not(Contains(broken))) << "nobody is asked for the registration";
  EXPECT_THAT(labels_met(compiled.corpus, {}), IsEmpty());
}

class RealWords : public testing::Test {
 protected:
  RealWords() : compiled_(zan::compile_folder(KOSHI_SOURCE_DIR "/law/kz").value()) {
    auto loaded = words::Words::load(KOSHI_SOURCE_DIR "/words", KOSHI_SOURCE_DIR "/law/kz/words", compiled_.corpus);
    EXPECT_TRUE(loaded.has_value()) << loaded.error().message;
    if (loaded) words_.emplace(std::move(*loaded));
  }
  std::vector<std::string> missing(Language language, const std::set<std::string>& keys) const {
    std::vector<std::string> lacking;
    for (const std::string& key : keys) {
      if (!words_->has_label(language, key)) lacking.push_back(key);
    }
    return lacking;
  }
  zan::Compilation compiled_;
  std::optional<words::Words> words_;
};

TEST_F(RealWords, WhatMigrantsAskIsCompleteInTheirLanguages) {
  for (const Language language : {Language::kUz, Language::kKy, Language::kTg}) {
    EXPECT_THAT(missing(language, labels_wanted(*words_, language)), IsEmpty()) << words::code(language);
    EXPECT_THAT(words_->stale_labels(language), IsEmpty()) << words::code(language);
  }
}

TEST_F(RealWords, RussianAndKazakhAreHeldToTheWholeLaw) {
  for (const Language language : {Language::kRu, Language::kKk}) {
    EXPECT_EQ(labels_wanted(*words_, language).size(), words_->label_keys().size());
  }
}

TEST_F(RealWords, MigrantsMeetLabelsOfEveryKind) {
  const auto labels = migrant_labels(*words_);
  for (const char* key :
       {"norm person.may_work", "norm person.registration_due", "norm job.permit_required", "norm family.member_eligible",
        "norm person.irregular_rights.help", "norm household_permit.allowed", "person.nationality.ask", "country.UZ", "purpose.work",
        "link person.stays", "set EAEU", "topic stay", "topic quota", "must person: Registered before arriving"}) {
    EXPECT_THAT(labels, Contains(key));
  }
  EXPECT_THAT(labels, Not(Contains("act.LMP"))) << "an act is looked up under its official title";
  EXPECT_THAT(labels, Not(Contains("norm employer.vacancy_report_due")));
  EXPECT_LT(labels.size(), words_->label_keys().size() / 2);
}

TEST_F(RealWords, ThePlantedGapIsFound) {
  EXPECT_THAT(missing(Language::kUz, {"norm person.may_work", "norm employer.vacancy_report_due"}),
              ElementsAre("norm employer.vacancy_report_due"));
}

}  // namespace
}  // namespace koshi::ask
