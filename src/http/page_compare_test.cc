#include "http/test_app.h"

namespace koshi::http {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kAsked = "/compare?norm=person.worker&a=national&b=CONV&on=2016-02-01";

class PageCompareTest : public AppTest {};

TEST_F(PageCompareTest, EveryStepIsAWholeDocumentInItsLanguage) {
  for (const char* target : {"/compare", "/compare?norm=person.worker", kAsked}) {
    for (const char* language : {"en", "ru", "kk", "uz", "ky", "tg"}) {
      const Response response = get(target, {{"Accept-Language", language}});
      EXPECT_EQ(response.status, 200) << target;
      EXPECT_THAT(response.body, HasSubstr("<html lang=\"" + std::string(language) + "\">")) << target;
      EXPECT_THAT(response.body, HasSubstr("</html>")) << target;
      EXPECT_THAT(response.body, Not(HasSubstr(">page."))) << target << ": a phrase is missing";
    }
  }
}

TEST_F(PageCompareTest, IsReachedFromHomeAndTheLaw) {
  EXPECT_THAT(get("/").body, HasSubstr("href=\"/compare\""));
  EXPECT_THAT(get("/law").body, HasSubstr("href=\"/compare\""));
}

TEST_F(PageCompareTest, OffersOnlyQuestionsThatSeveralInstrumentsAnswer) {
  const Response response = get("/compare");
  EXPECT_THAT(response.body, HasSubstr("href=\"/compare?norm=person.worker\""));
  EXPECT_THAT(response.body, HasSubstr("2 instruments"));
  EXPECT_THAT(response.body, Not(HasSubstr("person.due")));
  EXPECT_EQ(get("/compare?norm=person.due").status, 404);
  EXPECT_EQ(get("/compare?norm=nothing").status, 404);
}

TEST_F(PageCompareTest, InstrumentsAndTheDayAreChosenThenStandInTheAddress) {
  const Response start = get("/compare?norm=person.worker");
  EXPECT_THAT(start.body, HasSubstr("<option value=\"national\" selected>"));
  EXPECT_THAT(start.body, HasSubstr("<option value=\"CONV\" selected>Convention"));
  EXPECT_THAT(start.body, HasSubstr("value=\"2026\"")) << "today is offered";
  const Response sent = get("/compare?norm=person.worker&a=national&b=CONV&on-day=1&on-month=2&on-year=2016&lang=kk");
  EXPECT_EQ(sent.status, 303);
  EXPECT_EQ(header(sent, "Location"), std::string(kAsked) + "&lang=kk");
}

TEST_F(PageCompareTest, ListsForWhomTheAnswersDifferWithBothProofs) {
  const Response response = get(kAsked);
  EXPECT_EQ(response.status, 200);
  EXPECT_THAT(response.body, HasSubstr("2 differences"));
  EXPECT_THAT(response.body, HasSubstr("Citizenship: Kazakhstan"));
  EXPECT_THAT(response.body, HasSubstr("Adult: yes"));
  EXPECT_THAT(response.body, HasSubstr("not ratified: does not bind"));
  const std::string facts = "on=2016-02-01&amp;adult=yes&amp;nationality=KZ\"";
  EXPECT_THAT(response.body, HasSubstr("href=\"/ask?norm=person.worker&amp;" + facts));
  EXPECT_THAT(response.body, HasSubstr("href=\"/ask?norm=person.worker&amp;under=CONV&amp;" + facts));
  EXPECT_THAT(response.body, HasSubstr("href=\"/compare?norm=person.worker&amp;a=national&amp;b=CONV&amp;on=2016-02-01\""));
}

TEST_F(PageCompareTest, TheProofsOnAskGiveTheAnswersOfTheTable) {
  const std::string facts = "&on=2016-02-01&adult=yes&nationality=KZ";
  EXPECT_THAT(get("/ask?norm=person.worker" + facts).body, HasSubstr("<span class=\"value\">yes</span>"));
  EXPECT_THAT(get("/ask?norm=person.worker&under=CONV" + facts).body, HasSubstr("<span class=\"value\">no</span>"));
}

TEST_F(PageCompareTest, WhatCannotBeTakenIsSaidAndTheFormIsKept) {
  const std::string asked = "/compare?norm=person.worker&a=national&b=";
  for (const auto& [target, text] : std::vector<std::pair<std::string, std::string>>{
           {asked + "national&on=2016-02-01", "Choose two different instruments"},
           {asked + "NONE&on=2016-02-01", "Choose instruments that answer this question"},
           {asked + "CONV&on=never", "Enter a date"},
           {asked + "CONV&on-day=30&on-month=2&on-year=2016", "does not exist in the calendar"}}) {
    const Response response = get(target);
    EXPECT_EQ(response.status, 422) << target;
    EXPECT_THAT(response.body, HasSubstr("class=\"summary\" role=\"alert\"")) << target;
    EXPECT_THAT(response.body, HasSubstr(text)) << target;
    EXPECT_THAT(response.body, HasSubstr("<option value=\"national\" selected>")) << target;
  }
}

TEST_F(PageCompareTest, NothingThatIsTypedBecomesMarkup) {
  const std::string evil = "%3Cscript%3Ealert(1)%3C%2Fscript%3E%22";
  for (const std::string& target : std::vector<std::string>{"/compare?norm=" + evil, "/compare?norm=person.worker&a=" + evil + "&b=" + evil,
                                                            "/compare?norm=person.worker&a=national&b=" + evil + "&on=2016-02-01",
                                                            "/compare?norm=person.worker&a=national&b=CONV&on=" + evil}) {
    const Response response = get(target);
    EXPECT_THAT(response.body, Not(HasSubstr("<script"))) << target;
    EXPECT_LT(response.status, 500) << target;
  }
}

}  // namespace
}  // namespace koshi::http
