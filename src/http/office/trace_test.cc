#include "http/office/trace.h"

#include "http/office/pace.h"
#include "http/office/test_office.h"

/// What is left of tries by who is not signed in, or signs in wrongly: that there were some, at what, and never what they wrote.
namespace koshi::http {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr char kTyped[] = "AIGERIM1990";

class Trace : public OfficeTest {
 protected:
  /// "account thing times" of each, the last account and thing first.
  std::vector<std::string> kept() {
    store::must(house_->denials().keep(house_->store(), now_ms_));
    std::vector<std::string> lines;
    for (const people::Denial& one : store::must(house_->store().read([](store::Reader& reader) { return people::denials(reader); }))) {
      lines.push_back(one.account + " " + one.thing + " " + std::to_string(one.times));
    }
    return lines;
  }
  Answer bare(const std::string& target, std::vector<Header> headers = {}) { return send("GET", target, std::move(headers), {}); }
};

TEST_F(Trace, OfWhoIsNotSignedInIsTheRouteAndNothingThatHeWrote) {
  const std::string path = std::string("/cases/") + kTyped;
  must(bare("/api/v1" + path), 401);
  must(bare("/api/v1" + path + "?purpose=" + kTyped), 401);
  must(bare("/api/v1/session", {{"Authorization", std::string("Bearer ") + kTyped}}), 401);
  must(bare(path), 303);
  must(bare("/desk", {{"Cookie", std::string("koshi_session=") + kTyped}}), 303);
  const std::vector<std::string> lines = kept();
  EXPECT_THAT(lines, ElementsAre("(nobody) casePage 1", "(nobody) case 2", "(no-session) session 1", "(no-session) deskPage 1"));
  for (const std::string& line : lines) EXPECT_THAT(line, Not(HasSubstr(kTyped)));
}

TEST_F(Trace, WhatEverybodyMaySeeIsNotCounted) {
  for (const char* target : {"/api/v1/procedures", "/sign-in", "/quota", "/api/v1/journal/checkpoint"}) bare(target);
  EXPECT_THAT(kept(), IsEmpty());
}

TEST_F(Trace, OfASessionThatEndedIsThatItIsNone) {
  must(get("zher", "/api/v1/session"));
  now_ms_ += people::kIdleMaxMs + kMinuteMs;
  must(get("zher", "/api/v1/session"), 401);
  EXPECT_THAT(kept(), ElementsAre("(no-session) session 1"));
}

TEST_F(Trace, OfAWrongPasswordIsTheLoginWhenThereIsOne) {
  must(sign_in("Zher", "not the password"), 401);
  must(sign_in(kTyped, "not the password"), 401);
  must(sign_in("correct horse", "not the password"), 401);
  EXPECT_THAT(kept(), ElementsAre("zher (wrong-password) 1", "(no-account) (wrong-password) 2"));
  for (int i = 1; i < people::kFailuresMax; ++i) must(sign_in("zher", "not the password"), 401);
  must(sign_in("zher", kPassword), 429);
  EXPECT_THAT(kept(), ElementsAre("zher (wrong-password) 10", "zher (too-many-tries) 1", "(no-account) (wrong-password) 2"));
}

TEST_F(Trace, OfAForgedChangeIsWhoseBrowserSentIt) {
  const std::string token = this->token("zher");
  const std::vector<Header> headers{{"Cookie", "koshi_session=" + token}, {"Content-Type", "application/json"}};
  must(send("POST", "/api/v1/cases", headers, R"({"procedure":"work_permit"})"), 403);
  EXPECT_THAT(kept(), ElementsAre("zher (forged) 1"));
}

TEST_F(Trace, OfAMalformedRequestIsWhoseItWas) {
  must(post("zher", "/api/v1/cases", R"({"procedure":)"), 400);
  must(send("POST", "/api/v1/session", {{"Content-Type", "application/json"}}, "{"), 400);
  EXPECT_THAT(kept(), ElementsAre("zher (malformed) 1", "(nobody) (malformed) 1"));
}

TEST_F(Trace, OfTooManyRequestsIsWhoseTheyWere) {
  office_->pace = std::make_shared<Pace>(PaceLimits{60, 1, 1, 1});
  must(get("zher", "/api/v1/session"));
  must(get("zher", "/api/v1/session"), 429);
  EXPECT_THAT(kept(), ElementsAre("zher (too-fast) 1"));
}

/// Keys are made up faster than accounts: whoever tries many must not fill the book of the day.
TEST_F(Trace, OfMadeUpKeysIsThatTheyWereTried) {
  for (const char digit : {'2', '3', '4', '5'}) {
    const std::string key = "7777-7777-7777-7777-777" + std::string(1, digit);
    must(bare("/api/v1/cases/NOSUCHCASE", {{"Authorization", "Key " + key}}), 404);
  }
  EXPECT_THAT(kept(), ElementsAre("(key) NOSUCHCASE 4"));
}

}  // namespace
}  // namespace koshi::http
