#include "http/test_app.h"

namespace koshi::http {
namespace {

using testing::HasSubstr;
using testing::Not;

class PagesTest : public AppTest {
 protected:
  /// Where a redirect leads, or the status.
  std::string location(const std::string& target) const {
    const Response response = get(target);
    return response.status == 303 ? header(response, "Location") : std::to_string(response.status);
  }
};

TEST_F(PagesTest, EveryPageIsAWholeDocumentInItsLanguage) {
  for (const char* target : {"/", "/ask", "/ask?norm=person.due", "/law", "/law/acts", "/law/acts/LMP", "/law/norms",
                             "/law/norms/person.due", "/law/norms/mci", "/law/reforms", "/law/reforms/shorter"}) {
    for (const char* language : {"en", "ru", "kk", "uz", "ky", "tg"}) {
      const Response response = get(target, {{"Accept-Language", language}});
      EXPECT_EQ(response.status, 200) << target;
      EXPECT_THAT(response.body, HasSubstr("<html lang=\"" + std::string(language) + "\">")) << target;
      EXPECT_THAT(response.body, HasSubstr("</html>")) << target;
      EXPECT_THAT(response.body, Not(HasSubstr(">page."))) << target << ": a phrase is missing";
      EXPECT_THAT(response.body, Not(HasSubstr("<Migration>"))) << target;
    }
  }
}

TEST_F(PagesTest, WhatIsTakenFromAnotherLanguageSaysSo) {
  const Response page = get("/ask?norm=person.due&lang=uz");
  EXPECT_THAT(page.body, HasSubstr(" lang=\"en\">Last day to register</h1>")) << "the small law has no labels but its own";
  for (const char* own : {"Қазақша", "Русский", "English", "Oʻzbekcha", "Кыргызча", "Тоҷикӣ"}) EXPECT_THAT(page.body, HasSubstr(own));
  for (const char* target : {"/ask?norm=person.due&lang=uz", "/ask?norm=person.due&on=2016-03-10&arrived=2016-03-01&nationality=UZ&lang=uz",
                             "/law/norms/person.due?lang=uz", "/api/v1/norms?lang=uz"}) {
    EXPECT_THAT(get(target).body, Not(HasSubstr("\xEE\x80"))) << target << ": a mark is left";
  }
  EXPECT_THAT(get("/ask?norm=person.due").body, Not(HasSubstr("lang=\"en\">Last day")));
}

TEST_F(PagesTest, TheLanguageOfTheAddressIsCarriedOn) {
  EXPECT_THAT(get("/?lang=kk").body, HasSubstr("href=\"/ask?lang=kk\""));
  EXPECT_THAT(get("/").body, HasSubstr("href=\"/ask\""));
  EXPECT_EQ(location("/ask?norm=person.due&on-day=1&on-month=2&on-year=2016&lang=ru"), "/ask?norm=person.due&on=2016-02-01&lang=ru");
}

TEST_F(PagesTest, AsksForWhatIsNeededThenAnswers) {
  EXPECT_THAT(get("/ask").body, HasSubstr("href=\"/ask?norm=person.due\""));
  EXPECT_THAT(get("/ask?norm=person.due").body, HasSubstr("name=\"on-day\""));
  const std::string asked = "/ask?norm=person.due&on=2016-03-10";
  EXPECT_THAT(get(asked).body, HasSubstr("name=\"arrived-day\""));
  EXPECT_EQ(location(asked + "&answer=arrived&arrived-day=1&arrived-month=03&arrived-year=2016"), asked + "&arrived=2016-03-01");
  EXPECT_THAT(get(asked + "&arrived=2016-03-01").body, HasSubstr("Which citizenship do you hold?"));
  EXPECT_EQ(location(asked + "&arrived=2016-03-01&answer=nationality&nationality=UZ"), asked + "&arrived=2016-03-01&nationality=UZ");
  const Response answer = get(asked + "&nationality=UZ&arrived=2016-03-01");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(header(answer, "Cache-Control"), "no-store");
  EXPECT_THAT(answer.body, HasSubstr("<span class=\"value\">6 March 2016</span>"));
  EXPECT_THAT(answer.body, HasSubstr("LMP art. 6(4)</a> <span class=\"sure read\">"));
  EXPECT_THAT(answer.body, HasSubstr("31 March 2016")) << "what would change it";
  EXPECT_THAT(answer.body, HasSubstr("Two days only: </span>Not known yet")) << "under the draft";
  EXPECT_THAT(answer.body, HasSubstr("&quot;norm&quot;:&quot;person.due&quot;")) << "for a program";
}

TEST_F(PagesTest, WhatIsNotKnownIsSkipped) {
  const std::string asked = "/ask?norm=person.due&on=2016-03-10";
  EXPECT_EQ(location(asked + "&answer=nationality&skip=nationality"), asked + "&skip=nationality");
  EXPECT_THAT(get(asked + "&skip=nationality").body, HasSubstr("arrived-day"));
  const Response open = get(asked + "&skip=nationality&skip=arrived");
  EXPECT_THAT(open.body, HasSubstr("Not known yet"));
  EXPECT_THAT(open.body, HasSubstr("change=nationality"));
}

TEST_F(PagesTest, NoneIsAnAnswerWhereTheFactAllowsIt) {
  const std::string asked = "/ask?norm=person.breached&on=2016-03-10";
  EXPECT_THAT(get(asked).body, HasSubstr("name=\"registered\" value=\"none\""));
  EXPECT_EQ(location(asked + "&answer=registered&registered-day=&registered=none"), asked + "&registered=none");
  EXPECT_THAT(get(asked + "&registered=none").body, HasSubstr("<span class=\"value\">yes</span>"));
  EXPECT_THAT(get("/ask?norm=person.due&on=2016-03-10&change=nationality").body, Not(HasSubstr("value=\"none\"")));
}

TEST_F(PagesTest, InputErrorsAreSummedUpAndTheInputIsKept) {
  const std::string person = "/ask?norm=person.due&on=2016-03-10&";
  const std::string job = "/ask?norm=job.dear&on=2016-03-10&";
  for (const auto& [target, text] : std::vector<std::pair<std::string, std::string>>{
           {person + "answer=nationality", "Answer the question"},
           {person + "answer=nationality&nationality=XX", "Choose one of the answers"},
           {person + "answer=arrived&arrived-day=31&arrived-month=2&arrived-year=2016", "does not exist in the calendar"},
           {person + "answer=arrived&arrived-day=&arrived-month=2&arrived-year=2016", "as numbers"},
           {person + "answer=arrived&arrived-day=1&arrived-month=2&arrived-year=16", "four digits"},
           {person + "answer=arrived&arrived-day=99999999999999999999&arrived-month=2&arrived-year=2016", "as numbers"},
           {person + "answer=arrived&arrived=2016-13-01", "Enter a date"},
           {job + "answer=wage&wage=many", "amount in tenge"},
           {job + "answer=heads&heads=1.5", "whole number"},
           {job + "answer=rate&rate=x", "Enter a number"},
           {"/ask?norm=employer.wages&on=2016-03-10&answer=staff&staff=51", "from 0 to 50"},
           {"/ask?norm=person.due&on-day=30&on-month=2&on-year=2016", "does not exist in the calendar"},
           {"/ask?norm=person.due&on=yesterday", "Enter a date"},
           {"/ask?norm=person.due&on=2016-03-10&reform=nonsense", "no draft reform"}}) {
    const Response response = get(target);
    EXPECT_EQ(response.status, 422) << target;
    EXPECT_THAT(response.body, HasSubstr("class=\"summary\" role=\"alert\"")) << target;
    EXPECT_THAT(response.body, HasSubstr(text)) << target;
  }
  EXPECT_THAT(get(person + "answer=arrived&arrived-day=31&arrived-month=2&arrived-year=2016").body, HasSubstr("value=\"31\""));
}

TEST_F(PagesTest, NumbersAreTakenAsPeopleWriteThem) {
  const std::string asked = "/ask?norm=job.dear&on=2016-03-10";
  EXPECT_EQ(location(asked + "&answer=wage&wage=300+000%2C50"), asked + "&wage=300000.50");
  EXPECT_EQ(location(asked + "&answer=wage&wage=300%C2%A0000"), asked + "&wage=300000");
  EXPECT_EQ(location(asked + "&answer=wage&wage=300%E2%80%AF000"), asked + "&wage=300000");
  EXPECT_EQ(location(asked + "&answer=rate&rate=0%2C7"), asked + "&rate=0.7");
}

TEST_F(PagesTest, ListsAreAskedByTheirLengthThenByMember) {
  const std::string asked = "/ask?norm=employer.wages&on=2016-03-10";
  EXPECT_THAT(get(asked).body, HasSubstr("How many are there: Staff?"));
  EXPECT_EQ(location(asked + "&answer=staff&staff=2"), asked + "&staff=2");
  EXPECT_THAT(get(asked + "&staff=2").body, HasSubstr("Staff, number 1"));
  EXPECT_THAT(get(asked + "&staff=2&staff%5B0%5D.wage=1000&staff%5B1%5D.wage=2000").body,
              HasSubstr("<span class=\"value\">3,000 tenge</span>"));
  EXPECT_THAT(get(asked + "&staff=0").body, HasSubstr("<span class=\"value\">0 tenge</span>"));
}

TEST_F(PagesTest, InstrumentsAreChosenAtTheStart) {
  const Response start = get("/ask?norm=person.worker");
  EXPECT_THAT(start.body, HasSubstr("name=\"under\" value=\"CONV\""));
  EXPECT_THAT(get("/ask?norm=person.worker&under=CONV&on=2016-03-10&nationality=UZ").body, HasSubstr("under: Convention"));
  EXPECT_EQ(get("/ask?norm=person.worker&under=LMP&on=2016-03-10").status, 404);
}

TEST_F(PagesTest, AnUnknownQuestionNamesTheNearest) {
  const Response response = get("/ask?norm=person.duee");
  EXPECT_EQ(response.status, 404);
  EXPECT_THAT(response.body, HasSubstr("href=\"/ask?norm=person.due\""));
}

TEST_F(PagesTest, ContradictoryFactsLeadBackToTheAnswers) {
  const Response response = get("/ask?norm=person.breached&on=2016-03-10&nationality=UZ&arrived=2016-03-05&registered=2016-03-01");
  EXPECT_EQ(response.status, 422);
  EXPECT_THAT(response.body, HasSubstr("Registered before arriving"));
  EXPECT_THAT(response.body, HasSubstr("change=registered"));
  EXPECT_EQ(get("/ask?norm=person.due&on=2016-03-10&nobody=1").status, 422);
}

TEST_F(PagesTest, ConflictsAndGapsSaySo) {
  EXPECT_THAT(get("/ask?norm=person.torn&on=2016-03-10&adult=yes&nationality=UZ").body, HasSubstr("The law contradicts itself"));
  EXPECT_THAT(get("/ask?norm=person.silent&on=2016-03-10&adult=no").body, HasSubstr("The law says nothing"));
}

TEST_F(PagesTest, NothingThatIsTypedBecomesMarkup) {
  const std::string evil = "%3Cscript%3Ealert(1)%3C%2Fscript%3E%22%27%7B%7B%7Bx%7D%7D%7D";
  for (const std::string& target : std::vector<std::string>{
           "/ask?norm=" + evil, "/ask?norm=person.due&on=" + evil, "/ask?norm=person.due&on=2016-03-10&" + evil + "=1",
           "/ask?norm=person.due&on=2016-03-10&nationality=" + evil,
           "/ask?norm=person.due&on=2016-03-10&answer=nationality&nationality=" + evil, "/ask?norm=person.due&on=2016-03-10&skip=" + evil,
           "/ask?norm=person.due&on=2016-03-10&reform=" + evil, "/ask?norm=person.due&on=2016-03-10&answer=arrived&arrived-day=" + evil,
           "/law/norms/person.due?on=" + evil, "/law/acts/LMP?x=" + evil, "/" + evil, "/law/norms/person.worker?under=" + evil}) {
    const Response response = get(target);
    EXPECT_THAT(response.body, Not(HasSubstr("<script"))) << target;
    EXPECT_THAT(response.body, Not(HasSubstr("\"'{"))) << target;
    EXPECT_LT(response.status, 500) << target;
  }
}

TEST_F(PagesTest, TheLawIsShownWithDatesConditionsAndConfidence) {
  const std::string norm = get("/law/norms/person.due").body;
  EXPECT_THAT(norm, HasSubstr("Arrived on + 5 days"));
  EXPECT_THAT(norm, HasSubstr("Citizenship is Russia"));
  EXPECT_THAT(norm, HasSubstr("class=\"sure reported\""));
  EXPECT_THAT(norm, HasSubstr("class=\"timeline\""));
  EXPECT_THAT(norm, HasSubstr("href=\"/ask?norm=person.due&amp;on=2016-03-10&amp;nationality=UZ&amp;arrived=2016-03-01\""))
      << "the example";
  EXPECT_THAT(get("/law/norms/person.due?on=2021-01-01").body, HasSubstr("not in force on this day"));
  EXPECT_EQ(get("/law/norms/person.due?on-day=30&on-month=2&on-year=2020").status, 422);
  EXPECT_EQ(get("/law/norms/person.nothing").status, 404);
  EXPECT_EQ(get("/law/norms/person.worker?under=BOOK").status, 404);
  EXPECT_THAT(get("/law/acts/LMP").body, HasSubstr("https://law.example/1"));
  EXPECT_EQ(get("/law/acts/NONE").status, 404);
}

TEST_F(PagesTest, DraftsAreShownAsDifferences) {
  const std::string reform = get("/law/reforms/shorter").body;
  EXPECT_THAT(reform, HasSubstr("<del>"));
  EXPECT_THAT(reform, HasSubstr("<ins>"));
  EXPECT_THAT(reform, HasSubstr("Arrived on + 2 days"));
  EXPECT_THAT(reform, HasSubstr("A rule is repealed"));
  EXPECT_EQ(get("/law/reforms/none").status, 404);
}

TEST_F(PagesTest, AskedUnderADraftTheAnswerSaysSo) {
  const std::string page = get("/ask?norm=person.due&on=2016-03-10&reform=shorter&nationality=UZ&arrived=2016-03-01&adult=no").body;
  EXPECT_THAT(page, HasSubstr("<span class=\"value\">3 March 2016</span>"));
  EXPECT_THAT(page, HasSubstr("as if this draft were law: Two days only"));
}

TEST_F(PagesTest, RefusalsArePagesForPeopleAndProblemsForPrograms) {
  EXPECT_THAT(header(get("/nothing"), "Content-Type"), HasSubstr("text/html"));
  EXPECT_THAT(get("/nothing?lang=kk").body, HasSubstr("<html lang=\"kk\">"));
  EXPECT_THAT(header(get("/nothing", {{"Accept", "application/json"}}), "Content-Type"), HasSubstr("problem+json"));
}

}  // namespace
}  // namespace koshi::http
