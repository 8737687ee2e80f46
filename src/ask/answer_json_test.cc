#include <gmock/gmock.h>

#include "ask/json.h"
#include "ask/test_law.h"

namespace koshi::ask {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TEST_F(AskTest, AnAnswerHasValueRulesAndProof) {
  EXPECT_EQ(
      answer(R"({"norm":"person.due","on":"2016-03-10","facts":{"nationality":"UZ","arrived":"2016-03-01"}})"),
      R"j({"norm":"person.due","on":"2016-03-10","reforms":[],"type":"date","or_none":false,"outcome":"value","value":"2016-03-06",)j"
      R"j("unknown":false,"needs":[],"rules":[{"rule":"general","number":1,"by":[{"act":"LMP","place":"art. 6(4)","confidence":"read"}]}],)j"
      R"j("why":{"kind":"norm","norm":"person.due","on":"2016-03-10","value":"2016-03-06","children":[)j"
      R"j({"kind":"rule","state":"decides","rule":"general","number":1,"from":"2011-08-17","value":"2016-03-06",)j"
      R"j("by":[{"act":"LMP","place":"art. 6(4)","confidence":"read"}],"children":[{"kind":"fact","state":"given","fact":"arrived","value":"2016-03-01"}]},)j"
      R"j({"kind":"rule","state":"silent","rule":null,"number":2,"exception":true,"from":"2015-01-01",)j"
      R"j("by":[{"act":"LMP","place":"art. 6(5)","confidence":"reported"}],"children":[{"kind":"fact","state":"given","fact":"nationality","value":"UZ"}]}]}})j");
}

TEST_F(AskTest, NeedsComeWithQuestionAndChoices) {
  const std::string told = answer(R"({"norm":"person.due","on":"2016-03-10","facts":{"arrived":"2016-03-01"}})");
  EXPECT_THAT(
      told,
      HasSubstr(R"("outcome":"unknown","value":null,"unknown":true,"needs":[{"fact":"nationality","type":"country","or_none":false,)"
                R"("label":"Citizenship","help":"XX for a stateless person.","ask":"Which citizenship do you hold?",)"
                R"("choices":[{"code":"KZ","label":"Kazakhstan"},{"code":"RU","label":"Russia"},{"code":"UZ","label":"Uzbekistan"}]}])"));
  EXPECT_THAT(answer(R"({"norm":"person.open_stays"})"),
              HasSubstr(R"("needs":[{"fact":"stays","type":"list of stay","or_none":false,"label":"Stays","ask":"Stays"}])"));
}

TEST_F(AskTest, ValuesAreSpeltAsFactsAre) {
  EXPECT_THAT(answer(R"({"norm":"mci"})"), HasSubstr(R"("type":"money","or_none":false,"outcome":"value","value":2121,)"));
  EXPECT_THAT(answer(R"({"norm":"employer.staff_wage","facts":{"staff":[{"wage":7.5,"person":{"nationality":"KZ"}}]}})"),
              HasSubstr(R"("value":7.50,)"));
  EXPECT_THAT(answer(R"({"norm":"person.open_stays","facts":{"stays":[{"left":null}]}})"), HasSubstr(R"("value":1,)"));
  std::string out;
  append_value_json(out, compiled_.corpus, zan::Value::set(0, {0b101}));
  append_value_json(out, compiled_.corpus, zan::Value::text("a\"б"));
  append_value_json(out, compiled_.corpus, zan::Value::decimal({100'000'000}));
  EXPECT_EQ(out, "[\"KZ\",\"UZ\"]\"a\\\"б\"0.1");
}

TEST_F(AskTest, InstrumentsAndReformsAreNamed) {
  EXPECT_THAT(answer(R"({"norm":"person.worker","under":"ICRMW","facts":{"adult":true}})"),
              StartsWith(R"({"norm":"person.worker","under":"ICRMW","on":)"));
  const std::string told = answer(R"({"norm":"person.due","reforms":["shorter"],"facts":{"nationality":"UZ","arrived":"2016-03-01"}})");
  EXPECT_THAT(told, HasSubstr(R"("reforms":["shorter"],)"));
  EXPECT_THAT(told, HasSubstr(R"("value":"2016-03-03")"));
  EXPECT_THAT(told, HasSubstr(R"("reform":"shorter")"));
}

TEST_F(AskTest, RecordsAreNamedByTheirPath) {
  const std::string told = answer(R"({"norm":"job.permit","facts":{"person.nationality":"UZ","employer":{"size":9}}})");
  EXPECT_THAT(told, HasSubstr(R"({"kind":"norm","norm":"person.worker","record":"person",)"));
  EXPECT_THAT(told, HasSubstr(R"({"kind":"fact","state":"given","fact":"size","record":"employer","value":9})"));
}

TEST_F(AskTest, WordsAndChangesComeWhenAskedFor) {
  constexpr const char* kPlain = R"({"norm":"person.due","on":"2016-03-10","facts":{"nationality":"UZ","arrived":"2016-03-01"}})";
  EXPECT_THAT(answer(kPlain), Not(HasSubstr("\"text\"")));
  EXPECT_THAT(answer(kPlain), Not(HasSubstr("\"changes\"")));
  const std::string told = answer(kPlain, {.changes = true, .words = true});
  EXPECT_THAT(told, HasSubstr(R"("text":"Last day to register: 6 March 2016","why")"));
  EXPECT_THAT(told, HasSubstr(R"j("text":"Citizenship: Uzbekistan (given)")j"));
  EXPECT_THAT(told, HasSubstr(R"({"fact":"nationality","from":"UZ","to":["RU"],"outcome":"value","value":"2016-03-31","text":")"));
  const std::string request =
      R"({"norm":"person.due","on":"2016-03-10","words":true,"changes":true,"facts":{"nationality":"UZ","arrived":"2016-03-01"}})";
  EXPECT_EQ(answer(request), told) << "the request asks as the options do";
}

TEST_F(AskTest, EveryAnswerIsJsonAndTheSameTwice) {
  for (const char* body :
       {R"({"norm":"person.due"})", R"({"norm":"job.permit","words":true,"lang":"ru","facts":{"note":"\"\u0000ё\n"}})",
        R"({"norm":"employer.staff_wage","changes":true,"facts":{"staff":[]}})", R"({"norm":"mci","on":"2001-01-01"})"}) {
    const std::string told = answer(body);
    EXPECT_TRUE(read_json(told, {kMaxRequestBytes, 200}).has_value()) << told;
    EXPECT_EQ(answer(body), told);
  }
}

TEST_F(AskTest, AGapNamesItsNorm) {
  EXPECT_THAT(answer(R"({"norm":"mci","on":"2001-01-01"})"), HasSubstr(R"("outcome":"gap","value":null,"at":{"norm":"mci"},)"));
}

TEST_F(AskTest, OutcomesHaveTheirExitStatus) {
  zan::Answer answer;
  for (const auto& [outcome, status] : {std::pair{zan::Outcome::kValue, 0},
                                        {zan::Outcome::kUnknown, 3},
                                        {zan::Outcome::kConflict, 4},
                                        {zan::Outcome::kGap, 4},
                                        {zan::Outcome::kFault, 4}}) {
    answer.outcome = outcome;
    EXPECT_EQ(exit_status(answer), status);
  }
}

}  // namespace
}  // namespace koshi::ask
