#pragma once

#include <gtest/gtest.h>

#include "words/words.h"

/// A small law for the tests of this folder, with the program's own phrases.
namespace koshi::words {

inline constexpr const char* kTestLaw = R"(act LMP "Law on Migration" adopted 2011-07-22 in force from 2011-08-17
treaty TEAEU "Treaty on the Union" signed 2014-05-29 in force from 2015-01-01
treaty ICRMW "Convention" signed 1990-12-18 not ratified

enum country "Country"
  BY "Belarus"
  KZ "Kazakhstan"
  RU "Russia"
  UZ "Uzbekistan"

enum document "Document"
  form "Application form"
  passport "Passport"
  diploma "Diploma"

set EAEU of country "Member states of the Union"
  by TEAEU art. 1 [read]
  BY, KZ, RU from 2015-01-01

topic stay "Staying in the country"

entity job "Job"
  link person : person "Worker"
  wage : money "Monthly wage"
  household : yes/no "Household work"

entity stay "Stay"
  entered : date "Entered on"
  left : date or none "Left on"

entity person "Person"
  link stays : many stay "Stays"
  link jobs : many job "Jobs"
  nationality : country "Citizenship"
    ask "Which citizenship do you hold?"
  arrived : date "Arrived on"
    ask "When did you arrive?"
    help "The last time."
  registered : date or none "Registered on"
  ethnic_kazakh : yes/no "Ethnic Kazakh"
  note : text "Note"
  must registered is none or registered >= arrived "Registered before arriving"

norm mci : money
  "Monthly calculation index"
  2121 tenge from 2016-01-01 until 2016-12-31 by LMP art. 99 [sample]

norm due of person : date
  "Last day to register"
  help "In calendar days."
  arrived + 5 days from 2011-08-17 until 2020-01-10 by LMP art. 6(4) [read]
  longer: arrived + 10 days from 2020-01-11 by LMP art. 6(4), cl. 2 [read]
  except
    eaeu: arrived + 30 days when nationality in EAEU from 2015-01-01 by TEAEU art. 97(6) [reported]

norm breached of person : yes/no
  "Past the day"
  registered is none and today > due or registered > due by LMP art. 6 [read]

norm is_worker of person under ICRMW : yes/no
  "Migrant worker"
  yes by ICRMW art. 2 [read]

norm papers of person : set of document
  "Documents to file"
  {form, passport} by LMP art. 7 [read]
  {diploma} when not ethnic_kazakh by LMP art. 8 [read]
  except
    {passport} when nationality = KZ by LMP art. 9 [unverified]

norm clash of person : yes/no
  "A clash"
  first: yes when arrived > 2016-01-01 by LMP art. 10 [read]
  second: no when ethnic_kazakh by TEAEU art. 11 [read]

norm fee of job : money
  "Fee"
  2 mci when wage < 100 mci by LMP art. 12 [read]
  wage * 0.1 rounded half up to tenge when wage >= 100 mci and not household by LMP art. 13 [read]

norm stay_ends of person : date
  "Stay ends"
  arrived + 1 year rounded down when ethnic_kazakh by LMP art. 14 [read]
  arrived + 3 months rounded up when not ethnic_kazakh and (nationality = UZ or nationality = RU) by LMP art. 15 [read]

norm visits of person : whole
  "Visits"
  count of stays where left is none or left > entered + 2 days by LMP art. 16 [read]

reform shorter "Two days only" by LMP art. 17 [sample]
  amend due of person
    arrived + 2 days when nationality = UZ
)";

class WordsTest : public testing::Test {
 protected:
  WordsTest() : compiled_(zan::compile({{"law.zan", kTestLaw}}, {})), library_(compiled_.corpus) {
    EXPECT_EQ(zan::render(compiled_.corpus.sources, compiled_.diagnostics), "");
    auto loaded = Words::load(KOSHI_SOURCE_DIR "/words", KOSHI_SOURCE_DIR "/src/words/test_labels", compiled_.corpus);
    EXPECT_TRUE(loaded.has_value()) << loaded.error().message;
    words_.emplace(std::move(*loaded));
  }

  zan::Record person() const { return zan::Record::blank(compiled_.corpus, compiled_.corpus.find_entity("person")); }
  void give(zan::Record& record, std::string_view fact, std::string_view text) const {
    const zan::Entity& entity = compiled_.corpus.entities[static_cast<size_t>(record.entity)];
    const auto index = static_cast<size_t>(entity.find_fact(fact));
    record.facts[index] = zan::parse_value(compiled_.corpus, entity.facts[index].type, text).value();
  }
  std::string text(std::string_view norm, const zan::Record& record, std::string_view on, Language language = Language::kEn,
                   std::vector<zan::ReformId> reforms = {}) {
    const Date date = *parse_date(on);
    const auto answer = zan::ask(library_, compiled_.corpus.find_norm(norm), record, date, reforms);
    if (!answer) return answer.error().message;
    return answer_text(*words_, language, **library_.on(date, reforms), *answer);
  }

  zan::Compilation compiled_;
  zan::ProgramLibrary library_;
  std::optional<Words> words_;
};

}  // namespace koshi::words
