#include "http/law_api.h"

#include <boost/json.hpp>

#include "http/test_app.h"

namespace koshi::http {
namespace {

namespace json = boost::json;

using testing::HasSubstr;

class LawApiTest : public AppTest {
 protected:
  json::value read(const std::string& target, int status = 200) {
    const Response response = get(target);
    EXPECT_EQ(response.status, status) << response.body;
    return json::parse(response.body);
  }
  static const json::object& named(const json::value& list, std::string_view norm) {
    for (const json::value& one : list.as_array()) {
      if (one.at("norm").as_string() == norm) return one.as_object();
    }
    ADD_FAILURE() << norm;
    return list.as_array().front().as_object();
  }
};

TEST_F(LawApiTest, TheOutlineCountsRulesByTheirStretchOfTime) {
  const json::value law = read("/api/v1/law");
  EXPECT_EQ(law.at("today").as_string(), "2026-01-15");
  EXPECT_EQ(json::serialize(law.at("topics")), R"([{"topic":"stay","label":"Staying in the country"}])");
  const json::object& due = named(law.at("norms"), "person.due");
  EXPECT_EQ(due.at("label").as_string(), "Last day to register");
  EXPECT_EQ(json::serialize(due.at("ranges")),
            R"([{"from":"2011-08-17","until":"2020-01-10","rules":1},{"from":"2015-01-01","rules":1},{"from":"2020-01-11","rules":1}])");
  EXPECT_EQ(json::serialize(due.at("confidence")), R"({"read":1,"reported":1,"unverified":1,"sample":0})");
  EXPECT_EQ(named(law.at("norms"), "mci").at("definition").as_bool(), false);
}

TEST_F(LawApiTest, WhatADraftBringsIsNotInTheOutline) {
  int64_t rules = 0;
  const json::value law = read("/api/v1/law");
  for (const json::value& range : named(law.at("norms"), "person.due").at("ranges").as_array()) {
    rules += range.at("rules").as_int64();
  }
  EXPECT_EQ(rules, 3);
}

TEST_F(LawApiTest, ANormTellsItsRulesWithTheirExceptions) {
  const json::value norm = read("/api/v1/law/norms/person.due");
  const json::array& rules = norm.at("rules").as_array();
  ASSERT_EQ(rules.size(), 3u);
  EXPECT_EQ(rules[0].at("value").as_string(), "Arrived on + 5 days");
  EXPECT_EQ(rules[0].at("until").as_string(), "2020-01-10");
  EXPECT_EQ(rules[2].at("depth").as_int64(), 1);
  EXPECT_THAT(std::string(rules[2].at("when").as_string()), HasSubstr("Russia"));
  EXPECT_EQ(rules[2].at("by").at(0).at("confidence").as_string(), "reported");
  EXPECT_THAT(std::string(rules[2].at("by").at(0).at("text").as_string()), HasSubstr("6(5)"));
  EXPECT_FALSE(norm.at("cut").as_bool());
}

TEST_F(LawApiTest, ANormUnderAnInstrumentSaysWhich) {
  const json::value norm = read("/api/v1/law/norms/person.worker?under=CONV");
  EXPECT_EQ(norm.at("under").as_string(), "CONV");
  EXPECT_EQ(read("/api/v1/law/norms/person.worker").as_object().contains("under"), false);
}

TEST_F(LawApiTest, ADraftIsToldAsDifferences) {
  const json::value reform = read("/api/v1/law/reforms/shorter");
  const json::array& changes = reform.at("changes").as_array();
  ASSERT_EQ(changes.size(), 3u);
  EXPECT_EQ(changes[0].at("change").as_string(), "replace");
  EXPECT_EQ(changes[0].at("removed").at("value").as_string(), "Arrived on + 5 days");
  EXPECT_EQ(changes[0].at("added").at("value").as_string(), "Arrived on + 2 days");
  EXPECT_EQ(changes[1].at("change").as_string(), "repeal");
  EXPECT_FALSE(changes[1].as_object().contains("added"));
  EXPECT_EQ(changes[2].at("change").as_string(), "insert");
  EXPECT_FALSE(changes[2].as_object().contains("removed"));
}

TEST_F(LawApiTest, CoverageNamesTheRulesThatNoExampleTries) {
  const json::value coverage = read("/api/v1/law/coverage");
  EXPECT_EQ(coverage.at("cases").as_int64(), 1);
  EXPECT_EQ(coverage.at("exercised").as_int64(), 1);
  EXPECT_EQ(coverage.at("missing").as_array().size(), static_cast<size_t>(coverage.at("rules").as_int64() - 1));
  EXPECT_EQ(get("/api/v1/law/coverage").body, get("/api/v1/law/coverage").body);
}

TEST_F(LawApiTest, WhatIsNotInTheLawIsNotFound) {
  for (const char* target : {"/api/v1/law/norms/person.nothing", "/api/v1/law/norms/person.due?under=NONE", "/api/v1/law/reforms/none"}) {
    const Response response = get(target);
    EXPECT_EQ(response.status, 404) << target;
    EXPECT_EQ(header(response, "Content-Type"), "application/problem+json");
  }
}

}  // namespace
}  // namespace koshi::http
