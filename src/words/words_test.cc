#include "words/words.h"

#include <gmock/gmock.h>

#include "words/test_law.h"

namespace koshi::words {
namespace {

using testing::ElementsAre;
using zan::Value;

TEST_F(WordsTest, DatesAreWrittenAsOfficesWriteThem) {
  const Date date = *make_date(2016, 3, 6);
  EXPECT_EQ(words_->date(Language::kEn, date), "6 March 2016");
  EXPECT_EQ(words_->date(Language::kRu, date), "6 марта 2016 г.");
  EXPECT_EQ(words_->date(Language::kKk, date), "2016 жылғы 6 наурыз");
}

TEST_F(WordsTest, NumbersHaveTheSeparatorsOfTheLanguage) {
  const Value fee = Value::money({123456750});
  EXPECT_EQ(words_->value(Language::kEn, fee), "1,234,567.50 tenge");
  EXPECT_EQ(words_->value(Language::kRu, fee), "1\u00a0234\u00a0567,50 тенге");
  EXPECT_EQ(words_->value(Language::kKk, fee), "1\u00a0234\u00a0567,50 теңге");
  EXPECT_EQ(words_->value(Language::kEn, Value::money({-369200})), "−3,692 tenge");
  EXPECT_EQ(words_->value(Language::kEn, Value::whole(2016)), "2016") << "years stay together";
  EXPECT_EQ(words_->value(Language::kEn, Value::whole(29300)), "29,300");
  EXPECT_EQ(words_->value(Language::kRu, Value::decimal({700'000'000})), "0,7");
}

TEST_F(WordsTest, DaysHaveTheirPlurals) {
  const auto days = [&](Language language, int64_t n) { return words_->value(language, Value::days(n)); };
  EXPECT_EQ(days(Language::kEn, 1), "1 day");
  EXPECT_EQ(days(Language::kEn, 5), "5 days");
  EXPECT_EQ(days(Language::kRu, 1), "1 день");
  EXPECT_EQ(days(Language::kRu, 3), "3 дня");
  EXPECT_EQ(days(Language::kRu, 11), "11 дней");
  EXPECT_EQ(days(Language::kRu, 21), "21 день");
  EXPECT_EQ(days(Language::kKk, 3), "3 күн");
}

TEST_F(WordsTest, ValuesAreSaidByTheirLabels) {
  EXPECT_EQ(words_->value(Language::kEn, Value::member(0, 3)), "Uzbekistan");
  EXPECT_EQ(words_->value(Language::kRu, Value::member(0, 3)), "Узбекистан");
  EXPECT_EQ(words_->value(Language::kRu, Value::member(0, 2)), "Russia") << "English where the catalogue has nothing";
  EXPECT_EQ(words_->value(Language::kRu, Value::none()), "отсутствует");
  EXPECT_EQ(words_->value(Language::kKk, Value::yes_no(true)), "иә");
  EXPECT_EQ(words_->value(Language::kEn, Value::set(1, {0b101})), "Application form; Diploma");
  EXPECT_EQ(words_->value(Language::kEn, Value::set(1, {0})), "none of them");
}

TEST_F(WordsTest, LabelsFallBackToTheLawText) {
  EXPECT_EQ(words_->label(Language::kRu, "person.arrived"), "Дата въезда");
  EXPECT_EQ(words_->label(Language::kKk, "person.arrived"), "Arrived on");
  EXPECT_TRUE(words_->has_label(Language::kRu, "person.arrived"));
  EXPECT_FALSE(words_->has_label(Language::kKk, "person.arrived"));
  EXPECT_EQ(words_->label(Language::kEn, "no such key"), "no such key");
}

TEST_F(WordsTest, EveryKindOfLabelHasItsKey) {
  const auto& keys = words_->label_keys();
  for (const char* key :
       {"act.LMP", "act.LMP.short", "country.UZ", "enum country", "set EAEU", "entity person", "person.arrived", "person.arrived.ask",
        "person.arrived.help", "link person.stays", "must person: Registered before arriving", "norm person.due", "norm person.due.help",
        "norm person.is_worker under ICRMW", "norm mci", "topic stay", "reform shorter"}) {
    EXPECT_TRUE(keys.contains(key)) << key;
  }
  EXPECT_FALSE(keys.contains("person.note.ask")) << "what the law leaves out is no key";
  EXPECT_THAT(words_->stale_labels(Language::kRu), ElementsAre("norm person.gone"));
  EXPECT_THAT(words_->stale_labels(Language::kKk), ElementsAre());
}

TEST_F(WordsTest, CitationsAreSaidInTheLanguage) {
  const zan::CitationRef citation{compiled_.corpus.find_act("LMP"), "art. 6(4), cl. 2, annex", zan::Confidence::kRead};
  EXPECT_EQ(words_->cite(Language::kEn, citation), "LMP art. 6(4), cl. 2, annex");
  EXPECT_EQ(words_->cite(Language::kRu, citation), "Закон о миграции ст. 6(4), п. 2, приложение");
  EXPECT_EQ(words_->cite(Language::kKk, citation), "LMP 6(4)-бап, 2-тармақ, қосымша");
  EXPECT_EQ(words_->cite(Language::kRu, {citation.act, "art. 3 and 4", zan::Confidence::kRead}), "Закон о миграции art. 3 and 4")
      << "a place of another form stays as written";
}

TEST_F(WordsTest, RangesSayOnlyTheirBounds) {
  const Date from = *make_date(2015, 1, 1);
  const Date until = *make_date(2020, 1, 10);
  EXPECT_EQ(words_->in_force(Language::kEn, {from, until}), "in force 1 January 2015 – 10 January 2020");
  EXPECT_EQ(words_->in_force(Language::kEn, {from, kLastDate}), "in force from 1 January 2015");
  EXPECT_EQ(words_->in_force(Language::kEn, {kFirstDate, until}), "in force until 10 January 2020");
  EXPECT_EQ(words_->in_force(Language::kEn, {}), "");
}

TEST_F(WordsTest, LanguagesHaveCodes) {
  for (const Language language : kLanguages) EXPECT_EQ(parse_language(code(language)), language);
  EXPECT_EQ(parse_language("de"), std::nullopt);
}

TEST_F(WordsTest, AFolderWithoutPhrasesIsAnError) {
  const auto loaded = Words::load(KOSHI_SOURCE_DIR "/src/base", "no such folder", compiled_.corpus);
  ASSERT_FALSE(loaded.has_value());
  EXPECT_THAT(loaded.error().message, testing::HasSubstr("no phrases"));
}

}  // namespace
}  // namespace koshi::words
