#include "http/office/account_pages.h"

#include "http/office/pace.h"
#include "http/office/test_pages.h"
#include "office/people/account_changes.h"
#include "office/people/first_password.h"
#include "office/people/password_words.h"
#include "office/people/recovery.h"
#include "office/people/totp.h"

/// Everybody's own account, as a person meets it in a browser.
namespace koshi::http {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

constexpr char kChosen[] = "tulip under seven bridges";

class AccountPages : public PagesOfOffice {
 protected:
  void SetUp() override {
    browser_.sign_in("acme");
    browser_.get("/account");
  }
  std::string form(const std::vector<std::pair<std::string, std::string>>& fields) const {
    std::string body = "csrf=" + browser_.hidden("csrf");
    for (const auto& [name, value] : fields) body += "&" + name + "=" + percent_encode(value);
    return body;
  }
  Response change(const std::string& old, const std::string& chosen, const std::string& again) {
    browser_.get("/account");
    return browser_.post("/account/password", form({{"old", old}, {"new", chosen}, {"again", again}}));
  }
  std::string code_of(const std::string& secret) const {
    return people::totp_code(*people::read_totp_secret(secret), people::totp_step(now_ms_));
  }
  /// Enrols a factor; the secret. `codes_` are those for a lost telephone.
  std::string enrol() {
    browser_.get("/account");
    const Response begun = browser_.post("/account/factor", form({{"password", kTestPassword}}));
    EXPECT_EQ(begun.status, 200) << begun.body;
    const std::string secret = browser_.hidden("secret");
    const Response told = browser_.post("/account/factor/confirm", form({{"secret", secret}, {"code", code_of(secret)}}));
    EXPECT_EQ(told.status, 200) << told.body;
    const std::regex item("<li class=\"code\">([^<]+)</li>");
    codes_.clear();
    for (auto it = std::sregex_iterator(told.body.begin(), told.body.end(), item); it != std::sregex_iterator(); ++it)
      codes_.push_back((*it)[1]);
    EXPECT_EQ(Browser::header(told, "Cache-Control"), "no-store");
    return secret;
  }
  int signs_in(const std::string& password, const std::string& code = {}) {
    Browser other(*app_);
    return other.post("/sign-in", "login=acme&password=" + percent_encode(password) + "&code=" + percent_encode(code)).status;
  }

  Browser browser_{*app_};
  std::vector<std::string> codes_;
};

TEST_F(AccountPages, EveryPageOfWhoIsSignedInLeadsThere) {
  for (const char* page : {"/desk", "/account", "/returns"}) EXPECT_THAT(browser_.get(page).body, HasSubstr("href=\"/account\"")) << page;
  Browser stranger(*app_);
  EXPECT_EQ(stranger.get("/account").status, 303);
  EXPECT_EQ(stranger.post("/account/password", "old=a&new=b&again=b").status, 303);
  EXPECT_THAT(browser_.get("/account?done=%3Cscript%3E").body, Not(HasSubstr("<script")));
}

TEST_F(AccountPages, APasswordIsChangedByItsOwner) {
  Browser elsewhere(*app_);
  elsewhere.sign_in("acme");
  EXPECT_EQ(elsewhere.get("/desk").status, 200);
  const Response done = change(kTestPassword, kChosen, kChosen);
  EXPECT_EQ(Browser::header(done, "Location"), "/account?done=password");
  EXPECT_THAT(browser_.get("/account?done=password").body, HasSubstr("Your password is changed"));
  EXPECT_EQ(elsewhere.get("/desk").status, 303) << "the other session has ended";
  EXPECT_EQ(signs_in(kTestPassword), 422);
  EXPECT_EQ(signs_in(kChosen), 303);
}

TEST_F(AccountPages, WhatIsWrongWithAPasswordIsTold) {
  EXPECT_THAT(change("not the password", kChosen, kChosen).body, HasSubstr("href=\"#old\">The password that you have now is wrong"));
  EXPECT_THAT(change(kTestPassword, kChosen, "tulip").body, HasSubstr("href=\"#again\">The two new passwords differ"));
  EXPECT_THAT(change(kTestPassword, "short", "short").body, HasSubstr("fewer than 12"));
  EXPECT_THAT(change(kTestPassword, "password1234", "password1234").body, HasSubstr("Others try this password first"));
  EXPECT_THAT(change(kTestPassword, kTestPassword, kTestPassword).body, HasSubstr("is the one that you have"));
  const std::string longest(people::kPasswordMaxBytes + 1, 'x');
  const Response page = change(kTestPassword, longest, longest);
  EXPECT_EQ(page.status, 422);
  EXPECT_THAT(page.body, HasSubstr("too long"));
  EXPECT_THAT(page.body, Not(HasSubstr("xxxxxxx"))) << "what was typed is not sent back";
  EXPECT_EQ(signs_in(kTestPassword), 303);
}

TEST_F(AccountPages, AForgedFormChangesNothing) {
  for (const char* path :
       {"/account/password", "/account/sessions", "/account/factor", "/account/factor/confirm", "/account/factor/remove"}) {
    EXPECT_EQ(browser_.post(path, "csrf=forged&old=" + percent_encode(kTestPassword) + "&new=x&again=x").status, 403) << path;
  }
  EXPECT_EQ(signs_in(kTestPassword), 303);
}

TEST_F(AccountPages, GuessingHereIsLimitedAndLeavesATrace) {
  for (int i = 0; i < people::kFailuresMax; ++i) EXPECT_EQ(change("not the password", kChosen, kChosen).status, 422);
  const Response held = change(kTestPassword, kChosen, kChosen);
  EXPECT_EQ(held.status, 429);
  EXPECT_NE(Browser::header(held, "Retry-After"), "");
  EXPECT_EQ(signs_in(kTestPassword), 303) << "it shuts nobody out";
  ASSERT_TRUE(house_->denials().keep(house_->store(), now_ms_));
  const auto book = house_->store().read([](store::Reader& reader) { return people::denials(reader, {.account = "acme"}); });
  ASSERT_TRUE(book);
  ASSERT_THAT(*book, SizeIs(2));
  EXPECT_EQ((*book)[0].thing, people::kWrongWord);
  EXPECT_EQ((*book)[0].times, people::kFailuresMax);
  EXPECT_EQ((*book)[1].thing, people::kTooManyTries);
}

TEST_F(AccountPages, AFactorIsEnrolledByItsOwner) {
  EXPECT_THAT(browser_.post("/account/factor", form({{"password", "not the password"}})).body, HasSubstr("href=\"#factor-password\""));
  const Response begun = browser_.post("/account/factor", form({{"password", kTestPassword}}));
  EXPECT_THAT(begun.body, HasSubstr("<svg class=\"qr\""));
  EXPECT_THAT(begun.body, HasSubstr("<path d=\"M4 4h7v1h-7z"));
  const std::string secret = browser_.hidden("secret");
  EXPECT_THAT(secret, SizeIs(32));
  const Response wrong = browser_.post("/account/factor/confirm", form({{"secret", secret}, {"code", "12"}}));
  EXPECT_EQ(wrong.status, 422);
  EXPECT_EQ(browser_.hidden("secret"), secret) << "the same may be tried again";
  EXPECT_THAT(browser_.post("/account/factor/confirm", form({{"secret", "<script>"}, {"code", "12"}})).body, Not(HasSubstr("<script")));
  browser_.get("/account");
  EXPECT_EQ(browser_.post("/account/factor/confirm", form({{"code", code_of(secret)}})).status, 200);
  EXPECT_EQ(signs_in(kTestPassword), 422);
  now_ms_ += people::kTotpStepMs;
  EXPECT_EQ(signs_in(kTestPassword, code_of(secret)), 303);
  EXPECT_THAT(browser_.get("/account").body, HasSubstr("Recovery codes left: 8"));
}

TEST_F(AccountPages, RecoveryCodesAreShownOnceAndOpenOnce) {
  enrol();
  ASSERT_THAT(codes_, SizeIs(people::kRecoveryCodes));
  EXPECT_EQ(signs_in(kTestPassword, codes_[0]), 303);
  EXPECT_EQ(signs_in(kTestPassword, codes_[0]), 422);
  const std::string page = browser_.get("/account").body;
  EXPECT_THAT(page, HasSubstr("Recovery codes left: 7"));
  for (const std::string& code : codes_) EXPECT_THAT(page, Not(HasSubstr(code)));
}

TEST_F(AccountPages, AFactorIsRemovedWithPasswordAndCode) {
  enrol();
  const auto remove = [&](const std::string& password, const std::string& code) {
    browser_.get("/account");
    return browser_.post("/account/factor/remove", form({{"password", password}, {"code", code}}));
  };
  EXPECT_THAT(remove("not the password", codes_[0]).body, HasSubstr("href=\"#remove-password\""));
  EXPECT_THAT(remove(kTestPassword, "000000").body, HasSubstr("href=\"#remove-code\""));
  EXPECT_EQ(signs_in(kTestPassword), 422);
  EXPECT_EQ(Browser::header(remove(kTestPassword, codes_[0]), "Location"), "/account?done=removed");
  EXPECT_EQ(signs_in(kTestPassword), 303);
}

TEST_F(AccountPages, SessionsAreSeenAndEnded) {
  Browser elsewhere(*app_);
  elsewhere.sign_in("acme");
  const std::string page = browser_.get("/account").body;
  const std::regex box("name=\"session\" value=\"([0-9a-f]{32})\"");
  std::vector<std::string> names;
  for (auto it = std::sregex_iterator(page.begin(), page.end(), box); it != std::sregex_iterator(); ++it) names.push_back((*it)[1]);
  ASSERT_THAT(names, SizeIs(2));
  const auto end = [&](const std::string& password, const std::vector<std::string>& which) {
    browser_.get("/account");
    std::vector<std::pair<std::string, std::string>> fields{{"password", password}};
    for (const std::string& name : which) fields.emplace_back("session", name);
    return browser_.post("/account/sessions", form(fields));
  };
  EXPECT_THAT(end(kTestPassword, {}).body, HasSubstr("Choose at least one"));
  EXPECT_THAT(end("not the password", names).body, HasSubstr("href=\"#end-password\""));
  EXPECT_EQ(elsewhere.get("/desk").status, 200);
  const bool first_is_this = page.find(names[0]) < page.find("This one") && page.find("This one") < page.find(names[1]);
  EXPECT_EQ(Browser::header(end(kTestPassword, {names[first_is_this ? 1 : 0]}), "Location"), "/account?done=sessions");
  EXPECT_EQ(elsewhere.get("/desk").status, 303);
  EXPECT_EQ(browser_.get("/desk").status, 200);
}

TEST_F(AccountPages, AGivenPasswordLeadsHereAndNowhereElse) {
  const std::string given = people::make_first_password(people::system_random());
  const std::string hash = house_->passwords().hash(given).value();
  const auto done = house_->store().write([&](store::Transaction& t) -> store::StoreResult<void> {
    auto account = people::find_account(t, "acme");
    if (!account) return std::unexpected(account.error());
    auto said = people::give_password(t, (**account).id, hash, now_ms_, "");
    if (!said) return std::unexpected(said.error());
    return {};
  });
  ASSERT_TRUE(done);
  EXPECT_EQ(browser_.sign_in("acme", given).status, 303);
  for (const char* page : {"/desk", "/cases", "/returns"}) EXPECT_EQ(Browser::header(browser_.get(page), "Location"), "/account") << page;
  EXPECT_THAT(browser_.get("/account").body, HasSubstr("Choose one of your own"));
  EXPECT_EQ(change(given, kChosen, kChosen).status, 303);
  EXPECT_EQ(browser_.get("/desk").status, 200);
  EXPECT_THAT(browser_.get("/account").body, Not(HasSubstr("Choose one of your own")));
}

TEST_F(AccountPages, AnAccountThatMustHaveAFactorIsLedToIt) {
  const auto done = house_->store().write([&](store::Transaction& t) -> store::StoreResult<void> {
    auto account = people::find_account(t, "acme");
    if (!account) return std::unexpected(account.error());
    auto said = house_->second_factor().require(t, (**account).id, true);
    if (!said) return std::unexpected(said.error());
    return {};
  });
  ASSERT_TRUE(done);
  EXPECT_EQ(Browser::header(browser_.get("/desk"), "Location"), "/account");
  EXPECT_THAT(browser_.get("/account").body, HasSubstr("needs a second factor"));
  enrol();
  EXPECT_EQ(browser_.get("/desk").status, 200);
}

TEST_F(AccountPages, ArePagesInEveryLanguage) {
  for (const char* language : {"en", "ru", "kk", "uz", "ky", "tg"}) {
    const std::string lang = std::string("?lang=") + language;
    EXPECT_THAT(browser_.get("/account" + lang).body, Not(HasSubstr(">office."))) << language;
    const Response begun = browser_.post("/account/factor" + lang, form({{"password", kTestPassword}}));
    EXPECT_THAT(begun.body, HasSubstr("<html lang=\"" + std::string(language) + "\">"));
    EXPECT_THAT(begun.body, Not(HasSubstr(">office.")));
  }
}

TEST(Pace, AnAccountAsksNoFasterThanItsLimit) {
  Pace pace(PaceLimits{60, 3, 1, 1});
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(pace.take("a", Pace::Kind::kRequest, 0));
  EXPECT_EQ(pace.take("a", Pace::Kind::kRequest, 0), 2);
  EXPECT_FALSE(pace.take("b", Pace::Kind::kRequest, 0)) << "others are not held up";
  EXPECT_TRUE(pace.take("a", Pace::Kind::kRequest, 999));
  EXPECT_FALSE(pace.take("a", Pace::Kind::kRequest, 1000));
  EXPECT_TRUE(pace.take("a", Pace::Kind::kRequest, 1000));
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(pace.take("a", Pace::Kind::kRequest, 1'000'000)) << "a rest gives no more than the most at once";
  EXPECT_TRUE(pace.take("a", Pace::Kind::kRequest, 1'000'000));
  EXPECT_TRUE(pace.take("a", Pace::Kind::kRequest, 0)) << "a clock that was set back gives nothing";
}

TEST(Pace, OpeningCasesIsLimitedBesides) {
  Pace pace(PaceLimits{});
  for (int64_t i = 0; i < kOpeningsAtOnce; ++i) EXPECT_FALSE(pace.take("a", Pace::Kind::kOpening, 0));
  EXPECT_EQ(pace.take("a", Pace::Kind::kOpening, 0), 60 / kOpeningsPerMinute + 1);
  EXPECT_FALSE(pace.take("a", Pace::Kind::kRequest, 0)) << "looking goes on";
  EXPECT_FALSE(pace.take("a", Pace::Kind::kOpening, 60'000 / kOpeningsPerMinute));
}

TEST(Pace, HasTheSameSharesAtAnyPace) {
  const PaceLimits same = PaceLimits::of(kRequestsPerMinute);
  EXPECT_EQ(same.requests_at_once, kRequestsAtOnce);
  EXPECT_EQ(same.openings_per_minute, kOpeningsPerMinute);
  EXPECT_EQ(same.openings_at_once, kOpeningsAtOnce);
}

TEST(Pace, CountsSoManyAccounts) {
  Pace pace(PaceLimits{1, 1, 1, 1});
  EXPECT_FALSE(pace.take("first", Pace::Kind::kRequest, 0));
  for (size_t i = 1; i < kPacedMax; ++i) pace.take(std::to_string(i), Pace::Kind::kRequest, 0);
  EXPECT_TRUE(pace.take("first", Pace::Kind::kRequest, 0));
  EXPECT_FALSE(pace.take("one more", Pace::Kind::kRequest, 0));
  EXPECT_FALSE(pace.take("first", Pace::Kind::kRequest, 0)) << "counting began anew";
}

TEST_F(AccountPages, WhoAsksFasterThanPeopleDoMustWait) {
  office_->pace = std::make_shared<Pace>(PaceLimits{60, 2, 1, 1});
  EXPECT_EQ(browser_.get("/desk").status, 200);
  EXPECT_EQ(browser_.get("/desk").status, 200);
  const Response held = browser_.get("/desk");
  EXPECT_EQ(held.status, 429);
  EXPECT_EQ(Browser::header(held, "Retry-After"), "2");
  EXPECT_EQ(browser_.get("/verify").status, 200) << "what is public is not counted";
  now_ms_ += 1000;
  EXPECT_EQ(browser_.get("/desk").status, 200);
}

TEST_F(AccountPages, OpeningManyCasesMustWait) {
  browser_.get("/desk");
  for (int64_t i = 0; i < kOpeningsAtOnce; ++i) {
    const auto opened = browser_.post("/cases", "csrf=" + browser_.hidden("csrf") + "&procedure=work_permit&key=k" + std::to_string(i));
    ASSERT_EQ(opened.status, 303) << i;
  }
  const Response held = browser_.post("/cases", "csrf=" + browser_.hidden("csrf") + "&procedure=work_permit&key=more");
  EXPECT_EQ(held.status, 429);
  EXPECT_NE(Browser::header(held, "Retry-After"), "");
}

}  // namespace
}  // namespace koshi::http
