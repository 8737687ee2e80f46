#include "office/oidc/sign_on.h"

#include <gmock/gmock.h>

#include <atomic>
#include <fstream>

#include "office/oidc/test_provider.h"
#include "store/test_store.h"

namespace koshi::oidc {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr int64_t kNowMs = 1'700'000'000'000;

people::RandomBytes counting_random() {
  auto next = std::make_shared<std::atomic<int>>(1);
  return [next](std::span<std::byte> bytes) {
    for (std::byte& byte : bytes) byte = static_cast<std::byte>((*next)++);
  };
}

class SignOns : public testing::Test {
 protected:
  SignOns() : key_("e1"), provider_(key_), sign_on_(config(), provider_, counting_random(), [this] { return now_ms_; }) {}

  static Config config(std::string secret = "s3cret") {
    return {.issuer = kIssuer,
            .client_id = kClient,
            .client_secret = std::move(secret),
            .redirect = "https://koshi.example/sign-in/callback",
            .name = "ID"};
  }
  static std::string parameter(const std::string& url, const std::string& name) {
    const size_t at = url.find("&" + name + "=");
    if (at == std::string::npos) return {};
    const size_t begin = at + name.size() + 2;
    return url.substr(begin, url.find('&', begin) - begin);
  }
  /// As far as the provider, which then has a token for whoever brings the right verifier.
  Begun begun(SignOn& sign_on, const std::string& next = "/desk") {
    auto made = sign_on.begin(next);
    EXPECT_TRUE(made) << made.error().message;
    provider_.challenge = parameter(made->location, "code_challenge");
    provider_.id_token = token(parameter(made->location, "nonce"));
    return *made;
  }
  /// `more`: further claims, such as R"(,"acr":"mfa")".
  std::string token(const std::string& nonce, const TestKey* key = nullptr, const std::string& more = {}) const {
    const std::string now = std::to_string(now_ms_ / 1000);
    return (key == nullptr ? key_ : *key)
        .sign(R"({"iss":"https://id.example","sub":"2482","aud":"koshi","iat":)" + now + R"(,"exp":)" + now + "9" + R"(,"nonce":")" +
              nonce + "\"" + more + "}");
  }
  static Callback good(const Begun& begun) { return {"good", parameter(begun.location, "state"), "", ""}; }
  static SignOnFault fault(const std::expected<Proven, SignOnProblem>& done) {
    EXPECT_FALSE(done);
    return done.error().fault;
  }

  int64_t now_ms_ = kNowMs;
  TestKey key_;
  TestProvider provider_;
  SignOn sign_on_;
};

TEST_F(SignOns, LeadToAnIdentity) {
  const Begun begun = this->begun(sign_on_, "/cases/1?lang=ru");
  EXPECT_THAT(begun.location, testing::StartsWith("https://id.example/auth?tenant=1&response_type=code&client_id=koshi&redirect_uri="
                                                  "https%3A%2F%2Fkoshi.example%2Fsign-in%2Fcallback&scope=openid&state="));
  EXPECT_EQ(parameter(begun.location, "code_challenge_method"), "S256");
  const auto done = sign_on_.finish(begun.cookie, good(begun));
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(done->identity, (people::Identity{kIssuer, "2482"}));
  EXPECT_EQ(done->next, "/cases/1?lang=ru");
  EXPECT_EQ(provider_.sent["user"], "koshi");
  EXPECT_EQ(provider_.sent["password"], "s3cret");
  EXPECT_EQ(provider_.sent["client_id"], "");
  EXPECT_EQ(provider_.sent["code_verifier"].size(), 43u);
  EXPECT_THAT(begun.location, Not(HasSubstr(provider_.sent["code_verifier"]))) << "the verifier never passes the browser's address";
}

TEST_F(SignOns, SeveralFactorsAreBelievedOnlyOfTheClassesThatWereAgreed) {
  Config agreed = config();
  agreed.strong_acr = {"phr", "urn:mfa"};
  SignOn strong(std::move(agreed), provider_, counting_random(), [this] { return now_ms_; });
  const auto proof = [&](SignOn& sign_on, const std::string& claim) {
    const Begun begun = this->begun(sign_on);
    provider_.id_token = token(parameter(begun.location, "nonce"), nullptr, claim);
    const auto done = sign_on.finish(begun.cookie, good(begun));
    EXPECT_TRUE(done) << done.error().message;
    return done ? done->proof : people::Proof::kOneFactor;
  };
  EXPECT_EQ(parameter(begun(strong).location, "acr_values"), "phr%20urn%3Amfa");
  EXPECT_EQ(parameter(begun(sign_on_).location, "acr_values"), "") << "nothing was agreed";
  EXPECT_EQ(proof(strong, R"(,"acr":"phr")"), people::Proof::kSeveralFactors);
  for (const char* weak : {"", R"(,"acr":"0")", R"(,"acr":"")", R"(,"acr":["phr"])", R"(,"amr":["phr"])", R"(,"acr":"phr ")"}) {
    EXPECT_EQ(proof(strong, weak), people::Proof::kOneFactor) << weak;
  }
  EXPECT_EQ(proof(sign_on_, R"(,"acr":"phr")"), people::Proof::kOneFactor) << "what it means was not agreed";
}

TEST_F(SignOns, APublicClientNamesItself) {
  SignOn open(config(""), provider_, counting_random(), [this] { return now_ms_; });
  const Begun begun = this->begun(open);
  ASSERT_TRUE(open.finish(begun.cookie, good(begun)));
  EXPECT_EQ(provider_.sent["client_id"], "koshi");
  EXPECT_EQ(provider_.sent["user"], "");
}

TEST_F(SignOns, AStateFitsOnlyTheBrowserThatAskedForIt) {
  const Begun victim = begun(sign_on_);
  const Begun attacker = begun(sign_on_);
  EXPECT_EQ(fault(sign_on_.finish(victim.cookie, good(attacker))), SignOnFault::kNotBegun);
  EXPECT_EQ(fault(sign_on_.finish("", good(attacker))), SignOnFault::kNotBegun);
  EXPECT_EQ(fault(sign_on_.finish("x.y.z", good(attacker))), SignOnFault::kNotBegun);
  Callback no_state = good(attacker);
  no_state.state.clear();
  EXPECT_EQ(fault(sign_on_.finish(attacker.cookie, no_state)), SignOnFault::kNotBegun);
  EXPECT_EQ(provider_.asked["https://id.example/token"], 0);
}

TEST_F(SignOns, AnAttemptEnds) {
  const Begun begun = this->begun(sign_on_);
  now_ms_ += kAttemptMaxMs - 1;
  provider_.id_token = token(parameter(begun.location, "nonce"));
  EXPECT_TRUE(sign_on_.finish(begun.cookie, good(begun)));
  now_ms_ += 1;
  EXPECT_EQ(fault(sign_on_.finish(begun.cookie, good(begun))), SignOnFault::kNotBegun);
  std::string later = begun.cookie;
  later[later.find('.') + 1] = '2';
  EXPECT_EQ(fault(sign_on_.finish(later, good(begun))), SignOnFault::kNotBegun) << "the time cannot be moved";
}

TEST_F(SignOns, WhatTheProviderSaysIsNotBelievedBlindly) {
  const Begun begun = this->begun(sign_on_);
  Callback wrong_code = good(begun);
  wrong_code.code = "stolen";
  EXPECT_EQ(fault(sign_on_.finish(begun.cookie, wrong_code)), SignOnFault::kRefused);
  Callback other_issuer = good(begun);
  other_issuer.issuer = "https://evil.example";
  EXPECT_EQ(fault(sign_on_.finish(begun.cookie, other_issuer)), SignOnFault::kRefused);
  Callback denied = good(begun);
  denied.error = "access_denied";
  EXPECT_EQ(fault(sign_on_.finish(begun.cookie, denied)), SignOnFault::kDenied);
  provider_.id_token = token("another nonce");
  const auto refused = sign_on_.finish(begun.cookie, good(begun));
  EXPECT_EQ(fault(refused), SignOnFault::kRefused);
  EXPECT_THAT(refused.error().message, Not(HasSubstr(provider_.id_token.substr(0, 20))));
  provider_.challenge = "of another verifier";
  provider_.id_token = token(parameter(begun.location, "nonce"));
  EXPECT_EQ(fault(sign_on_.finish(begun.cookie, good(begun))), SignOnFault::kRefused);
}

TEST_F(SignOns, KeysThatTurnOverAreFetchedButNotOften) {
  const TestKey next("e2");
  Begun begun = this->begun(sign_on_);
  provider_.id_token = token(parameter(begun.location, "nonce"), &next);
  provider_.answers["https://id.example/keys"] = next.key_set();
  EXPECT_EQ(fault(sign_on_.finish(begun.cookie, good(begun))), SignOnFault::kRefused);
  EXPECT_EQ(provider_.asked["https://id.example/keys"], 1);
  now_ms_ += kKeysAnewMs;
  begun = this->begun(sign_on_);
  provider_.id_token = token(parameter(begun.location, "nonce"), &next);
  EXPECT_TRUE(sign_on_.finish(begun.cookie, good(begun)));
  EXPECT_EQ(provider_.asked["https://id.example/keys"], 2);
  EXPECT_EQ(provider_.asked["https://id.example/.well-known/openid-configuration"], 1);
  now_ms_ += kDiscoveryMaxMs;
  (void)this->begun(sign_on_);
  EXPECT_EQ(provider_.asked["https://id.example/.well-known/openid-configuration"], 2);
}

TEST_F(SignOns, AProviderThatIsAwayOrAnotherIsTold) {
  const std::string description = std::string(kIssuer) + "/.well-known/openid-configuration";
  const std::string right = provider_.answers[description];
  const auto with = [&](const std::string& text) {
    provider_.answers[description] = text;
    const auto made = sign_on_.begin("/");
    EXPECT_FALSE(made);
    return made.error().fault;
  };
  EXPECT_EQ(with("not JSON"), SignOnFault::kUnavailable);
  std::string other = right;
  EXPECT_EQ(with(other.replace(other.find("https://id.example"), 18, "https://id.example/")), SignOnFault::kRefused);
  std::string plain = right;
  EXPECT_EQ(with(plain.replace(plain.find("https://id.example/token"), 8, "http://")), SignOnFault::kRefused);
  provider_.answers[description] = right;
  provider_.answers.erase("https://id.example/keys");
  EXPECT_FALSE(sign_on_.begin("/"));
}

class Configs : public testing::Test {
 protected:
  Result<Config> read(const std::string& text) {
    std::ofstream(folder_ / "oidc.toml") << text;
    return read_config(folder_ / "oidc.toml");
  }
  static constexpr char kGood[] =
      "issuer = 'https://id.example'\nclient_id = 'koshi'\nredirect = 'https://koshi.example/sign-in/callback'\nname = 'ID'\n";
  store::TestFolder folder_;
};

TEST_F(Configs, AreReadWithTheirSecret) {
  std::ofstream(folder_ / "secret") << "s3cret\n";
  const auto config = read(std::string(kGood) + "client_secret_file = 'secret'\n");
  ASSERT_TRUE(config) << config.error().message;
  EXPECT_EQ(config->client_secret, "s3cret");
  EXPECT_EQ(read(kGood)->client_secret, "");
  EXPECT_THAT(read(kGood)->strong_acr, testing::IsEmpty());
  EXPECT_THAT(read(std::string(kGood) + "strong_acr = 'phr  mfa'\n")->strong_acr, testing::ElementsAre("phr", "mfa"));
}

TEST_F(Configs, SayWhatIsWrong) {
  const auto why = [&](const std::string& text) {
    const auto config = read(text);
    return config ? "" : config.error().message;
  };
  EXPECT_THAT(why("client_id = 'koshi'\n"), HasSubstr("issuer"));
  EXPECT_THAT(why(std::string(kGood) + "isuer = 'x'\n"), HasSubstr("isuer"));
  EXPECT_THAT(why(std::string(kGood) + "client_secret_file = 'nowhere'\n"), HasSubstr("nowhere"));
  std::string plain = kGood;
  EXPECT_THAT(why(plain.replace(plain.find("https"), 5, "http")), HasSubstr("https"));
  EXPECT_NE(why("issuer = 7"), "");
}

}  // namespace
}  // namespace koshi::oidc
