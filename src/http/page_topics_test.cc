#include <set>

#include "base/text.h"
#include "http/test_app.h"

namespace koshi::http {
namespace {

using testing::HasSubstr;
using testing::Not;

class PageTopicsTest : public AppTest {};

TEST_F(PageTopicsTest, BothPagesAreWholeDocumentsInTheirLanguage) {
  for (const char* target : {"/topics", "/topics/stay"}) {
    for (const char* language : {"en", "ru", "kk", "uz", "ky", "tg"}) {
      const Response response = get(target, {{"Accept-Language", language}});
      EXPECT_EQ(response.status, 200) << target;
      EXPECT_THAT(response.body, HasSubstr("<html lang=\"" + std::string(language) + "\">")) << target;
      EXPECT_THAT(response.body, Not(HasSubstr(">page."))) << target << ": a phrase is missing";
      EXPECT_THAT(response.body, Not(HasSubstr(">guide."))) << target << ": a phrase is missing";
    }
  }
}

TEST_F(PageTopicsTest, TopicsStandUnderTheirHeadings) {
  EXPECT_THAT(get("/").body, HasSubstr("href=\"/topics\""));
  const std::string page = get("/topics").body;
  EXPECT_THAT(page, HasSubstr("<h2 id=\"staying\">Staying</h2>"));
  EXPECT_THAT(page, HasSubstr("<a href=\"/topics/stay\">Staying in the country</a>"));
  EXPECT_THAT(page, Not(HasSubstr("id=\"family\""))) << "a heading without a topic";
  EXPECT_THAT(get("/topics?lang=kk").body, HasSubstr("<h2 id=\"staying\">Елде болу</h2>"));
}

TEST_F(PageTopicsTest, ATopicExplainsItsQuestionsAndLeadsToThem) {
  const std::string page = get("/topics/stay").body;
  EXPECT_THAT(page, HasSubstr("<h2 class=\"question\">Last day to register</h2>"));
  EXPECT_THAT(page, HasSubstr("In calendar days."));
  EXPECT_THAT(page, HasSubstr("href=\"/ask?norm=person.due\""));
  EXPECT_THAT(page, HasSubstr("href=\"/law/norms/person.due\""));
  EXPECT_THAT(page, HasSubstr("href=\"/compare?norm=person.worker\"")) << "two instruments answer it";
  EXPECT_THAT(page, Not(HasSubstr("/compare?norm=person.due")));
  EXPECT_EQ(get("/topics/none").status, 404);
  EXPECT_THAT(get("/topics/%3Cscript%3E").body, Not(HasSubstr("<script")));
}

/// The lists of headings and topics are kept in the words of each language; they must say the same.
TEST_F(PageTopicsTest, TheListsAreTheSameInEveryLanguage) {
  auto words = words::Words::load(KOSHI_SOURCE_DIR "/words", KOSHI_SOURCE_DIR "/words/none", app_->corpus());
  ASSERT_TRUE(words.has_value()) << words.error().message;
  const std::string headings = words->phrase(words::Language::kEn, "guide.headings");
  for (const words::Language language : words::kLanguages) {
    EXPECT_EQ(words->phrase(language, "guide.headings"), headings);
    for (const std::string_view heading : split(headings, ' ')) {
      const std::string key = "guide." + std::string(heading) + ".topics";
      EXPECT_EQ(words->phrase(language, key), words->phrase(words::Language::kEn, key)) << key;
    }
  }
}

/// Each topic of the law of Kazakhstan with a question stands under some heading, and no heading names what the law does not have.
TEST_F(PageTopicsTest, EveryTopicOfTheLawHasAHeading) {
  auto compiled = zan::compile_folder(KOSHI_SOURCE_DIR "/law/kz");
  ASSERT_TRUE(compiled.has_value()) << compiled.error().message;
  std::set<std::string> wanted;
  for (const zan::Norm& norm : compiled->corpus.norms) {
    if (!norm.is_definition && !norm.is_table && norm.entity != zan::kNoId && !norm.topic.empty()) wanted.insert(norm.topic);
  }
  auto words = words::Words::load(KOSHI_SOURCE_DIR "/words", KOSHI_SOURCE_DIR "/words/none", compiled->corpus);
  ASSERT_TRUE(words.has_value()) << words.error().message;
  std::set<std::string> named;
  const std::string headings = words->phrase(words::Language::kEn, "guide.headings");
  for (const std::string_view heading : split(headings, ' ')) {
    const std::string topics = words->phrase(words::Language::kEn, "guide." + std::string(heading) + ".topics");
    for (const std::string_view topic : split(topics, ' ')) named.insert(std::string(topic));
  }
  EXPECT_EQ(named, wanted);
}

}  // namespace
}  // namespace koshi::http
