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
  EXPECT_EQ(words_->date(Language::kUz, date), "2016-yil 6-mart");
  EXPECT_EQ(words_->date(Language::kKy, date), "2016-жылдын 6-марты");
  EXPECT_EQ(words_->date(Language::kTg, date), "6 марти соли 2016");
}

TEST_F(WordsTest, NumbersHaveTheSeparatorsOfTheLanguage) {
  const Value fee = Value::money({123456750});
  EXPECT_EQ(words_->value(Language::kEn, fee), "1,234,567.50 tenge");
  EXPECT_EQ(words_->value(Language::kRu, fee), "1\u00a0234\u00a0567,50 тенге");
  EXPECT_EQ(words_->value(Language::kKk, fee), "1\u00a0234\u00a0567,50 теңге");
  EXPECT_EQ(words_->value(Language::kUz, fee), "1\u00a0234\u00a0567,50 tenge");
  EXPECT_EQ(words_->value(Language::kTg, fee), "1\u00a0234\u00a0567,50 тенге");
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
  EXPECT_EQ(days(Language::kUz, 3), "3 kun");
  EXPECT_EQ(days(Language::kKy, 21), "21 күн");
  EXPECT_EQ(days(Language::kTg, 1), "1 рӯз");
}

TEST_F(WordsTest, CountsHaveTheFormsOfTheLanguage) {
  const auto count = [&](Language language, std::string n) {
    return words_->phrase(language, "compare.count", {{"n", std::move(n)}, {"asked", "7"}});
  };
  EXPECT_EQ(count(Language::kUz, "0"), "farq yoʻq (berilgan savollar: 7)");
  EXPECT_EQ(count(Language::kUz, "1"), "1 ta farq (berilgan savollar: 7)");
  EXPECT_EQ(count(Language::kKy, "1234"), "1\u00a0234 айырма (берилген суроолор: 7)") << "ICU knows the locale";
  EXPECT_EQ(count(Language::kTg, "5"), "5 фарқ (саволҳои додашуда: 7)");
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

TEST_F(WordsTest, LabelsFallBackToRussianInItsNeighboursLanguages) {
  EXPECT_EQ(words_->label(Language::kUz, "country.UZ"), "Oʻzbekiston");
  EXPECT_EQ(words_->label(Language::kUz, "person.arrived"), "Дата въезда");
  EXPECT_EQ(words_->label(Language::kTg, "country.UZ"), "Узбекистан");
  EXPECT_EQ(words_->label(Language::kKy, "country.RU"), "Russia") << "the Russian catalogue lacks it as well";
  EXPECT_FALSE(words_->has_label(Language::kUz, "person.arrived")) << "borrowed, not had";
}

TEST_F(WordsTest, MarksSayWhoseTextIsBorrowed) {
  const Words marking = words_->with_marks();
  const auto marked = [](std::string text) { return std::string(kMarkBegin) + std::move(text) + std::string(kMarkEnd); };
  EXPECT_EQ(marking.label(Language::kUz, "country.UZ"), "Oʻzbekiston");
  EXPECT_EQ(marking.label(Language::kUz, "person.arrived"), marked("ruДата въезда"));
  EXPECT_EQ(marking.value(Language::kKy, Value::member(0, 2)), marked("enRussia"));
  EXPECT_EQ(marking.label(Language::kEn, "person.arrived"), "Arrived on");
  EXPECT_EQ(marking.label(Language::kUz, "no such key"), "no such key");
  EXPECT_EQ(words_->label(Language::kUz, "person.arrived"), "Дата въезда") << "the words themselves make none";
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
  EXPECT_EQ(language_codes(), "en, ru, kk, uz, ky, tg");
  EXPECT_EQ(parse_language("de"), std::nullopt);
}

TEST_F(WordsTest, AFolderWithoutPhrasesIsAnError) {
  const auto loaded = Words::load(KOSHI_SOURCE_DIR "/src/base", "no such folder", compiled_.corpus);
  ASSERT_FALSE(loaded.has_value());
  EXPECT_THAT(loaded.error().message, testing::HasSubstr("no phrases"));
}

}  // namespace
}  // namespace koshi::words
