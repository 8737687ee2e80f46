// What the portal asks besides: fields, cases in words, requirements one by one, facts that are only imagined. Every answer is held against
// its schema by the fixture.
#include "http/office/test_office.h"

namespace koshi::http {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class PortalApi : public OfficeTest {
 protected:
  Answer sheet(const std::string& login, const Answer& of) { return must(get(login, "/api/v1/cases/" + id(of) + "/sheet")); }
  Answer imagine(const std::string& login, const Answer& of, const std::string& facts_json) {
    return post(login, "/api/v1/cases/" + id(of) + "/trial", R"({"facts":)" + facts_json + "}");
  }
  static const json::value& check_of(const Answer& sheet, std::string_view action) {
    for (const json::value& check : sheet.value.at("checks").as_array()) {
      if (check.at("action").as_string() == action) return check;
    }
    ADD_FAILURE() << "no check of " << action << " in " << sheet.body;
    return sheet.value;
  }
  static std::string said(const json::value& value, std::string_view name) { return std::string(value.at(name).as_string()); }
};

TEST_F(PortalApi, TheOfficeTellsItsDayAndWhatItsRolesAreCalled) {
  const Answer office = must(send("GET", "/api/v1/office", {}, {}));
  EXPECT_EQ(office.text("today"), "2026-01-15");
  EXPECT_TRUE(office.value.at("demo").as_array().empty());
  const json::value& first = office.value.at("roles").at(0);
  EXPECT_EQ(said(first, "role"), "employer");
  EXPECT_EQ(said(first, "kind"), "party");
  EXPECT_EQ(said(first, "label"), "Employer");
}

TEST_F(PortalApi, FieldsAreWhatFormsAndActionsAskEachOnce) {
  const Answer fields = must(send("GET", "/api/v1/procedures/work_permit/fields", {}, {}));
  EXPECT_THAT(names(fields.value.at("fields"), "fact"),
              ElementsAre("region", "headcount", "employer.name", "employer.barred_until", "fits"));
  EXPECT_THAT(names(fields.value.at("fields"), "kind"), ElementsAre("choice", "whole", "text", "date", "yes_no"));
  EXPECT_TRUE(fields.value.at("fields").at(3).at("or_none").as_bool());
  EXPECT_THAT(names(fields.value.at("choices").at("region"), "label"), ElementsAre("Astana", "Almaty"));
  must(send("GET", "/api/v1/procedures/nothing/fields", {}, {}), 404);
}

TEST_F(PortalApi, ListsSayWhatProceduresAndStatesAreCalledAndWhoOpensThem) {
  const Answer procedures = must(send("GET", "/api/v1/procedures", {}, {}));
  EXPECT_EQ(procedures.value.at(0).at("parties").at(0).as_string(), "employer");
  opened();
  const json::value row = must(get("zher", "/api/v1/cases")).value.at("cases").at(0);
  EXPECT_EQ(said(row, "label"), "Permit to attract foreign labour");
  EXPECT_EQ(said(row, "state_label"), "Draft");
}

TEST_F(PortalApi, ADraftSaysWhatIsMetOpenAndTaken) {
  allot(5);
  const Answer first = opened();
  const json::value unknown = check_of(sheet("zher", first), "submit");
  EXPECT_TRUE(unknown.at("own").as_bool());
  EXPECT_EQ(said(unknown.at("requirements").at(0), "state"), "open");
  EXPECT_FALSE(unknown.at("reserves").at(0).as_object().contains("amount"));

  const Answer filled = give("zher", first, facts(2));
  const json::value known = check_of(sheet("zher", filled), "submit");
  EXPECT_EQ(said(known.at("requirements").at(0), "state"), "met");
  EXPECT_EQ(said(known.at("requirements").at(0), "label"), "The employer must not be barred");
  EXPECT_THAT(said(known.at("requirements").at(0).at("by").at(0), "text"), HasSubstr("art. 8"));
  EXPECT_EQ(known.at("reserves").at(0).at("amount").as_int64(), 2);
  EXPECT_EQ(known.at("reserves").at(0).at("free").as_int64(), 5) << json::serialize(known.at("reserves"));
}

TEST_F(PortalApi, WhatIsNotMetComesWithWhyAndWhatWouldChangeIt) {
  allot(5);
  const Answer barred = give("zher", opened(), facts(2, "KZ-75", R"("2027-01-01")"));
  const json::value requirement = check_of(sheet("zher", barred), "submit").at("requirements").at(0);
  EXPECT_EQ(said(requirement, "state"), "unmet");
  EXPECT_FALSE(requirement.at("why").as_array().empty());
  EXPECT_FALSE(requirement.at("changes").as_array().empty());
}

TEST_F(PortalApi, FactsThatAreOnlyImaginedChangeNothing) {
  allot(5);
  const Answer first = opened();
  const Answer imagined = must(imagine("zher", first, facts(3)));
  EXPECT_EQ(check_of(imagined, "submit").at("reserves").at(0).at("amount").as_int64(), 3);
  const Answer after = must(get("zher", "/api/v1/cases/" + id(first)));
  EXPECT_EQ(version(after), version(first));
  EXPECT_FALSE(check_of(sheet("zher", first), "submit").at("reserves").at(0).as_object().contains("amount"));
  EXPECT_EQ(must(imagine("zher", first, R"({"headcount":"many"})"), 422).text("refusal"), "bad_facts");
}

TEST_F(PortalApi, ADemonstrationGoesOnToALaterDay) {
  allot(9);
  const Answer waits = submitted(2);
  const std::string tomorrow = R"({"until":"2026-01-16"})", weeks = R"({"until":"2026-03-02"})";
  must(post("zher", "/api/v1/office/day", weeks), 404);
  office_->pass_days = [this](int days) -> std::expected<void, std::string> {
    now_ms_ += days * kDayMs;
    return {};
  };
  for (const char* wrong : {"2026-01-15", "2026-01-14", "2028-01-01", "soon"})
    must(post("zher", "/api/v1/office/day", R"({"until":")" + std::string(wrong) + R"("})"), 422);
  EXPECT_EQ(send("POST", "/api/v1/office/day", {{"Content-Type", "application/json"}}, tomorrow).status, 401);
  EXPECT_EQ(must(post("zher", "/api/v1/office/day", tomorrow)).text("today"), "2026-01-16");
  tokens_.clear();
  const Answer passed = must(post("zher", "/api/v1/office/day", weeks));
  EXPECT_EQ(passed.text("today"), "2026-03-02");
  EXPECT_THAT(passed.header("Set-Cookie"), testing::HasSubstr("session=")) << "whoever asked stays signed in";
  EXPECT_EQ(get("zher", "/api/v1/session").status, 401) << "as it would have been";
  tokens_.clear();
  EXPECT_TRUE(must(get("zher", "/api/v1/cases/" + id(waits))).value.at("case").as_object().contains("late"))
      << "what fell due was acted on";
}

TEST_F(PortalApi, AnOfficeSeesTheHoldItsPlaceAndTheQueue) {
  allot(9);
  submitted(2);
  now_ms_ += kDayMs;
  tokens_.clear();  // sessions end within a day
  const Answer second = submitted(3);
  const Answer seen = sheet("officer", second);
  const json::value& hold = seen.value.at("holds").at(0);
  EXPECT_EQ(hold.at("amount").as_int64(), 3);
  EXPECT_EQ(hold.at("limit").as_int64(), 9);
  EXPECT_EQ(hold.at("held").as_int64(), 5);
  EXPECT_EQ(seen.value.at("queue").at("place").as_int64(), 2);
  EXPECT_EQ(seen.value.at("queue").at("of").as_int64(), 2);
  EXPECT_EQ(said(seen.value.at("due"), "last_day"), "2026-01-23");
  EXPECT_TRUE(check_of(seen, "grant").at("own").as_bool());
  EXPECT_FALSE(check_of(sheet("zher", second), "grant").at("own").as_bool());
}

TEST_F(PortalApi, TheDraftOfALetterComesWithTheActionThatIssuesIt) {
  allot(5);
  const Answer before = submitted(2);
  const Answer of_officer = sheet("officer", before);
  const json::value letter = check_of(of_officer, "grant").at("letters").at(0);
  EXPECT_FALSE(letter.at("whole").as_bool()) << "what the officer has to say is not known";
  EXPECT_NE(said(letter, "title"), "");
  EXPECT_THAT(names(letter.at("decided"), "label"), ElementsAre("Decided by", "Act", "The case then stands", "It rests on"));
  EXPECT_EQ(said(letter.at("decided").at(0), "value"), "Local executive body");
  EXPECT_TRUE(check_of(sheet("zher", before), "grant").at("letters").as_array().empty()) << "not theirs to write";
  EXPECT_EQ(state(must(get("officer", "/api/v1/cases/" + id(before)))), "examined") << "nothing was kept";
}

TEST_F(PortalApi, PapersAreInTheReadersLanguageAndFactsHaveTheirSource) {
  allot(5);
  const Answer seen = sheet("zher", in_force(1));
  EXPECT_THAT(names(seen.value.at("papers"), "label"), ElementsAre("Notice of the grant", "Permit"));
  EXPECT_EQ(seen.value.at("papers").at(1).at("place").as_int64(), 2);
  EXPECT_FALSE(seen.value.at("final").as_bool());
  std::map<std::string, std::string> sources;
  for (const json::value& fact : seen.value.at("facts").as_array()) sources[said(fact, "path")] = said(fact, "source");
  EXPECT_EQ(sources["fits"], "office");
  EXPECT_EQ(sources["employer.bin"], "account");
  EXPECT_EQ(sources["valid_until"], "effect");
}

TEST_F(PortalApi, NobodyElseSeesASheet) {
  allot(5);
  const Answer first = draft(1);
  must(get("other", "/api/v1/cases/" + id(first) + "/sheet"), 404);
  must(get("officer", "/api/v1/cases/" + id(first) + "/sheet"), 404);
  must(imagine("other", first, facts(1)), 404);
  must(get("astana", "/api/v1/cases/" + id(act("zher", first, "submit")) + "/sheet"), 404);
}

TEST_F(PortalApi, AnOfficesLookStandsInTheJournalWithItsPurpose) {
  allot(5);
  const Answer first = submitted(1);
  must(get("officer", "/api/v1/cases/" + id(first) + "/sheet?purpose=%20"), 422);
}

}  // namespace
}  // namespace koshi::http
