#include "http/office/test_office.h"
#include "office/people/token.h"

/// Who may ask at all.
namespace koshi::http {
namespace {

using testing::HasSubstr;
using testing::Not;

class Sessions : public OfficeTest {
 protected:
  Answer by_cookie(const std::string& method, const std::string& target, const std::string& token, const std::string& csrf,
                   const std::string& body = {}) {
    std::vector<Header> headers{{"Cookie", "theme=dark; koshi_session=" + token}, {"Content-Type", "application/json"}};
    if (!csrf.empty()) headers.push_back({"X-CSRF-Token", csrf});
    return send(method, target, std::move(headers), body);
  }
  Answer with_bearer(const std::string& token) { return send("GET", "/api/v1/session", {{"Authorization", "Bearer " + token}}, {}); }

  /// The secret of a second factor that is confirmed.
  people::TotpSecret enrolled(int64_t account) {
    const auto begun =
        people::allowed(house_->store().write([&](store::Transaction& t) { return house_->second_factor().enrol(t, account); }));
    constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    people::TotpSecret secret{};
    for (size_t bit = 0; bit < 8 * people::kTotpSecretBytes; ++bit) {
      const size_t value = kLetters.find(begun.secret[bit / 5]);
      if ((value >> (4 - bit % 5) & 1) != 0) secret[bit / 8] |= std::byte{1} << (7 - bit % 8);
    }
    people::allowed(house_->store().write(
        [&](store::Transaction& t) { return house_->second_factor().confirm(t, account, code_now(secret), now_ms_); }));
    return secret;
  }
  std::string code_now(const people::TotpSecret& secret) const { return people::totp_code(secret, people::totp_step(now_ms_)); }
};

TEST_F(Sessions, SigningInGivesATokenForProgramsAndACookieForBrowsers) {
  const Answer answer = must(sign_in("zher", kPassword));
  const std::string token = answer.text("token");
  EXPECT_EQ(answer.text("login"), "zher");
  EXPECT_EQ(answer.text("name"), "Name of zher");
  EXPECT_EQ(json::serialize(answer.value.at("roles")), R"([{"role":"employer","everywhere":false,"scope":"111","queue":false}])");
  EXPECT_EQ(answer.header("Set-Cookie"), "koshi_session=" + token + "; Path=/; HttpOnly; SameSite=Lax");
  EXPECT_EQ(answer.header("Cache-Control"), "no-store");
  EXPECT_EQ(must(with_bearer(token)).text("login"), "zher");
  const Answer seen = must(by_cookie("GET", "/api/v1/session", token, ""));
  EXPECT_EQ(seen.text("csrf"), answer.text("csrf"));
  EXPECT_EQ(seen.text("token"), "") << "a page that reads its session must not learn the token";
}

TEST_F(Sessions, BehindTlsTheCookieIsForThisHostAndNeverInTheClear) {
  const OfficeSite behind{office_->site, *house_, office_->law, true};
  const std::string cookie = session_cookie(behind, "t").value;
  EXPECT_EQ(cookie, "__Host-koshi_session=t; Path=/; HttpOnly; SameSite=Lax; Secure");
  EXPECT_THAT(session_cookie(behind, "").value, HasSubstr("Max-Age=0"));
}

TEST_F(Sessions, AWrongPasswordAndAnUnknownLoginAreToldAlike) {
  const Answer wrong = must(sign_in("zher", "not the password"), 401);
  const Answer unknown = must(sign_in("nobody", "not the password"), 401);
  EXPECT_EQ(wrong.body, unknown.body);
  EXPECT_EQ(wrong.header("Set-Cookie"), "");
}

TEST_F(Sessions, ADisabledAccountIsToldOnlyToWhoKnowsThePassword) {
  const int64_t gone = add_account("gone", {{"employer", "333", false}});
  const std::string before = token("gone");
  people::allowed(house_->store().write([&](store::Transaction& t) { return people::set_disabled(t, gone, true); }));
  must(sign_in("gone", kPassword), 403);
  must(sign_in("gone", "not the password"), 401);
  must(with_bearer(before), 401);
}

TEST_F(Sessions, TooManyFailuresMustWait) {
  for (int i = 0; i < people::kFailuresMax; ++i) must(sign_in("zher", "not the password"), 401);
  const Answer refused = must(sign_in("zher", kPassword), 429);
  const int seconds = std::stoi(refused.header("Retry-After"));
  EXPECT_GT(seconds, 0);
  EXPECT_LE(seconds, people::kFailureWindowMs / 1000 + 1);
  must(sign_in("other", kPassword));
  now_ms_ += seconds * 1000;
  must(sign_in("zher", kPassword));
}

TEST_F(Sessions, TheSecondFactorIsAskedForAndTakenOnce) {
  const auto secret = enrolled(add_account("careful", {{"employer", "333", false}}));
  now_ms_ += kMinuteMs;
  const Answer asked = must(sign_in("careful", kPassword), 401);
  const Answer wrong = must(sign_in("careful", kPassword, "12345x"), 401);
  EXPECT_NE(asked.text("detail"), wrong.text("detail"));
  EXPECT_NE(asked.text("detail"), sign_in("careful", "not the password").text("detail"));
  const std::string code = code_now(secret);
  must(sign_in("careful", kPassword, code));
  must(sign_in("careful", kPassword, code), 401);
}

TEST_F(Sessions, NobodyIsToldAnything) {
  for (const char* target : {"/api/v1/session", "/api/v1/cases", "/api/v1/cases/X", "/api/v1/cases/X/timeline",
                             "/api/v1/cases/X/receipts/1", "/api/v1/cases/X/papers/1", "/api/v1/drafts/x"}) {
    EXPECT_EQ(must(send("GET", target, {}, {}), 401).header("WWW-Authenticate"), "Bearer") << target;
    must(send("GET", target, {{"Authorization", "Bearer none"}}, {}), 401);
    must(send("GET", target, {{"Authorization", "Basic emhlcjp4"}}, {}), 401);
    must(send("GET", target, {{"Cookie", "koshi_session="}}, {}), 401);
  }
  must(send("POST", "/api/v1/cases", {{"Content-Type", "application/json"}}, R"({"procedure":"work_permit"})"), 401);
}

TEST_F(Sessions, WithTheCookieAChangeNeedsTheTokenOfThePage) {
  const Answer session = must(sign_in("zher", kPassword));
  const std::string token = session.text("token");
  const std::string wanted = R"({"procedure":"work_permit"})";
  must(by_cookie("POST", "/api/v1/cases", token, "", wanted), 403);
  must(by_cookie("POST", "/api/v1/cases", token, "forged", wanted), 403);
  must(by_cookie("POST", "/api/v1/cases", token, must(sign_in("zher", kPassword)).text("csrf"), wanted), 403);
  must(by_cookie("DELETE", "/api/v1/session", token, ""), 403);
  EXPECT_THAT(get("zher", "/api/v1/cases").value.at("cases").as_array(), testing::IsEmpty());
  must(by_cookie("POST", "/api/v1/cases", token, session.text("csrf"), wanted), 201);
}

TEST_F(Sessions, SessionsEnd) {
  const std::string token = must(sign_in("zher", kPassword)).text("token");
  const std::string idle = must(sign_in("zher", kPassword)).text("token");
  const Answer out = must(send("DELETE", "/api/v1/session", {{"Authorization", "Bearer " + token}}, {}), 204);
  EXPECT_EQ(out.header("Set-Cookie"), "koshi_session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
  must(with_bearer(token), 401);
  must(with_bearer(idle));
  now_ms_ += people::kIdleMaxMs + 1;
  must(with_bearer(idle), 401);
}

TEST_F(Sessions, WhatIsNoSignInIsAProblem) {
  const auto sent = [&](const std::string& body, const std::string& type = "application/json") {
    return send("POST", "/api/v1/session", {{"Content-Type", type}}, body);
  };
  for (const char* body :
       {"", "{", "[]", "null", R"({"login":"zher"})", R"({"login":"zher","password":7})",
        R"({"login":"zher","password":"a","remember":true})", R"({"login":"a","login":"b","password":"c"})", "{\"login\":\"\xff\"}"}) {
    must(sent(body), 400);
  }
  must(sent(R"({"login":"zher","password":"x"})", "text/plain"), 415);
  must(sent(std::string(kMaxBodyBytes + 1, ' ')), 413);
  must(sent(R"({"login":")" + std::string(100'000, 'z') + R"(","password":"x"})"), 401);
}

}  // namespace
}  // namespace koshi::http
