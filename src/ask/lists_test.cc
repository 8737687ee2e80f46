#include <gmock/gmock.h>

#include "ask/json.h"
#include "ask/test_law.h"

namespace koshi::ask {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

TEST_F(AskTest, AskedFactsGoThroughNormsLinksAndLists) {
  const auto asked = asked_facts(compiled_.corpus);
  const auto of = [&](std::string_view norm, std::string_view under = {}) {
    std::vector<std::string> paths;
    for (const AskedFact& fact : asked[static_cast<size_t>(compiled_.corpus.find_norm(norm, under))]) paths.push_back(fact.path);
    return paths;
  };
  EXPECT_THAT(of("person.due"), ElementsAre("arrived", "nationality"));
  EXPECT_THAT(of("person.worker"), ElementsAre("nationality"));
  EXPECT_THAT(of("person.worker", "ICRMW"), ElementsAre("adult"));
  EXPECT_THAT(of("job.permit"), ElementsAre("person.nationality", "employer.size"));
  EXPECT_THAT(of("person.open_stays"), ElementsAre("stays", "stays[].left"));
  EXPECT_THAT(of("employer.staff_wage"), ElementsAre("staff", "staff[].person.nationality", "staff[].wage"));
  EXPECT_THAT(of("mci"), ElementsAre());
}

TEST_F(AskTest, QuestionsAreListedOnceWithTheirInstruments) {
  const std::string list = norms_json(*words_, words::Language::kEn, compiled_.corpus);
  ASSERT_TRUE(read_json(list, {kMaxRequestBytes, 10}).has_value()) << list;
  EXPECT_THAT(
      list,
      HasSubstr(
          R"({"norm":"person.due","entity":"person","type":"date","or_none":false,"label":"Last day to register","help":"In calendar days.",)"
          R"("topic":"stay","table":false,"instruments":[null],"facts":[{"fact":"arrived","type":"date","or_none":false,"label":"Arrived on"},)"));
  EXPECT_THAT(
      list,
      HasSubstr(R"("instruments":[null,"ICRMW"],"facts":[{"fact":"nationality","type":"country","or_none":false,"label":"Citizenship"},)"
                R"({"fact":"adult","type":"yes/no","or_none":false,"label":"Adult"}]})"));
  EXPECT_THAT(list, HasSubstr(R"({"norm":"mci","entity":null,)"));
  EXPECT_THAT(list, HasSubstr(R"("reform":"shorter")"));
  EXPECT_THAT(list, Not(HasSubstr("person.foreigner"))) << "definitions are no questions";
  EXPECT_EQ(list.find("\"norm\":\"person.worker\""), list.rfind("\"norm\":\"person.worker\""));
}

TEST_F(AskTest, ActsCountTheRulesThatCiteThem) {
  const std::string list = acts_json(*words_, words::Language::kEn, compiled_.corpus);
  ASSERT_TRUE(read_json(list, {kMaxRequestBytes, 10}).has_value()) << list;
  EXPECT_THAT(list, HasSubstr(R"("act":"ICRMW","kind":"treaty","title":"Convention","number":"","made":"1990-12-18")"));
  EXPECT_THAT(list, HasSubstr(R"("ratified":false)"));
  const auto uses = act_uses(compiled_.corpus);
  const ActUse& law = uses[static_cast<size_t>(compiled_.corpus.find_act("LMP"))];
  EXPECT_EQ(law.rules[0], 7u);
  EXPECT_EQ(law.rules[1], 1u);
  EXPECT_EQ(law.rules[3], 3u);
  EXPECT_EQ(law.rows[0], 0u);
}

TEST_F(AskTest, ReformsSayWhatTheyChange) {
  EXPECT_EQ(reforms_json(*words_, words::Language::kEn, compiled_.corpus),
            R"([{"reform":"shorter","title":"Two days only","by":[{"act":"LMP","place":"art. 17","confidence":"sample"}],)"
            R"("changes":[{"change":"prevail","norm":"person.due"}]}])");
}

}  // namespace
}  // namespace koshi::ask
