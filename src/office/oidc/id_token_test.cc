#include "office/oidc/id_token.h"

#include <gmock/gmock.h>

#include "office/oidc/test_provider.h"

namespace koshi::oidc {
namespace {

constexpr int64_t kNowMs = 1'700'000'000'000;
constexpr char kNonceText[] = "n-0S6_WzA2Mj";

std::string claims(const std::string& changed = {}) {
  const std::map<std::string, std::string> all = {
      {"iss", R"("https://id.example")"}, {"sub", R"("2482")"}, {"aud", R"("koshi")"}, {"exp", "1700000300"}, {"iat", "1700000000"},
      {"nonce", R"("n-0S6_WzA2Mj")"}};
  std::string text;
  for (const auto& [name, value] : all) {
    if (!changed.empty() && changed.find("\"" + name + "\"") != std::string::npos) continue;
    text += (text.empty() ? "" : ",") + ("\"" + name + "\":" + value);
  }
  return "{" + text + (changed.empty() || changed == "\"sub\"" ? "" : "," + changed) + "}";
}

class IdTokens : public testing::Test {
 protected:
  static const TestKey& rsa() {
    static const TestKey key("r1", 2048);
    return key;
  }
  static const TestKey& ec() {
    static const TestKey key("e1");
    return key;
  }
  static std::optional<IdTokenFault> fault(const std::string& token, const std::string& keys, int64_t now_ms = kNowMs) {
    const auto set = read_key_set(keys);
    EXPECT_TRUE(set);
    const auto read = verify_id_token(token, *set, {kIssuer, kClient, kNonceText, now_ms});
    if (read) {
      EXPECT_EQ(read->subject, "2482");
      return std::nullopt;
    }
    EXPECT_NE(describe(read.error()), "");
    return read.error();
  }
  static std::optional<IdTokenFault> of_claims(const std::string& changed) { return fault(ec().sign(claims(changed)), ec().key_set()); }
};

TEST_F(IdTokens, BothAlgorithmsAreTaken) {
  EXPECT_EQ(fault(rsa().sign(claims()), rsa().key_set()), std::nullopt);
  EXPECT_EQ(fault(ec().sign(claims()), ec().key_set()), std::nullopt);
  const std::string both = R"({"keys":[)" + rsa().jwk() + "," + ec().jwk() + "]}";
  EXPECT_EQ(fault(ec().sign_with(R"({"alg":"ES256"})", claims()), both), std::nullopt) << "without a key's name, each of its kind is tried";
}

TEST_F(IdTokens, AnotherSignatureIsNone) {
  const TestKey other("e1");
  EXPECT_EQ(fault(other.sign(claims()), ec().key_set()), IdTokenFault::kSignature);
  EXPECT_EQ(fault(TestKey("e2").sign(claims()), ec().key_set()), IdTokenFault::kNoKey);
  std::string token = ec().sign(claims());
  const std::string altered = ec().sign(claims(R"("sub":"1")"));
  const auto part = [](const std::string& text, int n) { return std::string(split(text, '.')[static_cast<size_t>(n)]); };
  EXPECT_EQ(fault(part(token, 0) + "." + part(altered, 1) + "." + part(token, 2), ec().key_set()), IdTokenFault::kSignature);
  EXPECT_EQ(fault(part(token, 0) + "." + part(token, 1) + ".", ec().key_set()), IdTokenFault::kSignature);
  for (size_t i = token.rfind('.') + 1; i < token.size() - 1; i += 7) {
    std::string broken = token;
    broken[i] = broken[i] == 'A' ? 'B' : 'A';
    EXPECT_NE(fault(broken, ec().key_set()), std::nullopt) << i;
  }
}

TEST_F(IdTokens, OtherAlgorithmsAreNone) {
  for (const char* header : {R"({"alg":"none"})", R"({"alg":"HS256","kid":"e1"})", R"({"alg":"es256","kid":"e1"})", R"({"kid":"e1"})",
                             R"({"alg":7})", R"({"alg":"PS256"})"}) {
    EXPECT_EQ(fault(ec().sign_with(header, claims()), ec().key_set()), IdTokenFault::kAlgorithm) << header;
  }
  EXPECT_EQ(fault(ec().sign_with(R"({"alg":"RS256","kid":"e1"})", claims()), ec().key_set()), IdTokenFault::kNoKey);
  EXPECT_EQ(fault(ec().sign_with(R"({"alg":"ES256","kid":"e1","crit":["x"]})", claims()), ec().key_set()), IdTokenFault::kForm);
}

TEST_F(IdTokens, EachClaimIsHeldAgainstWhatWasAsked) {
  EXPECT_EQ(of_claims(R"("iss":"https://id.example/")"), IdTokenFault::kIssuer);
  EXPECT_EQ(of_claims(R"("iss":["https://id.example"])"), IdTokenFault::kIssuer);
  EXPECT_EQ(of_claims(R"("aud":"other")"), IdTokenFault::kAudience);
  EXPECT_EQ(of_claims(R"("aud":["other"])"), IdTokenFault::kAudience);
  EXPECT_EQ(of_claims(R"("aud":["koshi","other"])"), IdTokenFault::kAudience) << "for whom of them it does not say";
  EXPECT_EQ(of_claims(R"("aud":["koshi","other"],"azp":"koshi")"), std::nullopt);
  EXPECT_EQ(of_claims(R"("aud":["koshi"])"), std::nullopt);
  EXPECT_EQ(of_claims(R"("azp":"other","aud":"koshi")"), IdTokenFault::kAudience);
  EXPECT_EQ(of_claims(R"("aud":7)"), IdTokenFault::kForm);
  EXPECT_EQ(of_claims(R"("nonce":"another")"), IdTokenFault::kNonce);
  EXPECT_EQ(of_claims(R"("nonce":"")"), IdTokenFault::kNonce);
  EXPECT_EQ(of_claims("\"sub\""), IdTokenFault::kForm) << "no subject";
  EXPECT_EQ(of_claims(R"("sub":"")"), IdTokenFault::kForm);
  EXPECT_EQ(of_claims(R"("sub":")" + std::string(256, 'a') + "\""), IdTokenFault::kForm);
  EXPECT_EQ(of_claims(R"("exp":"soon")"), IdTokenFault::kForm);
  EXPECT_EQ(of_claims(R"("iat":-1)"), IdTokenFault::kForm);
  EXPECT_EQ(of_claims(R"("exp":1e30)"), IdTokenFault::kForm);
  EXPECT_EQ(of_claims(R"("x":1,"x":2)"), IdTokenFault::kForm) << "a name given twice";
}

TEST_F(IdTokens, ClocksMayDifferByTheSkewAndNoMore) {
  const std::string token = ec().sign(claims());
  const auto at = [&](int64_t now_ms) { return fault(token, ec().key_set(), now_ms); };
  EXPECT_EQ(at(kNowMs + 300'000 + kClockSkewMs - 1), std::nullopt);
  EXPECT_EQ(at(kNowMs + 300'000 + kClockSkewMs), IdTokenFault::kExpired);
  EXPECT_EQ(at(kNowMs - kClockSkewMs), std::nullopt);
  EXPECT_EQ(at(kNowMs - kClockSkewMs - 1), IdTokenFault::kTooEarly);
  EXPECT_EQ(of_claims(R"("nbf":1700000061)"), IdTokenFault::kTooEarly);
  EXPECT_EQ(of_claims(R"("nbf":1700000060)"), std::nullopt);
  EXPECT_EQ(of_claims(R"("iat":1699999339,"exp":1800000000)"), IdTokenFault::kTooOld);
}

TEST_F(IdTokens, WhatIsNoTokenIsTold) {
  for (const std::string token : {"", "a.b", "a.b.c.d", "!!.!!.!!", "e30.e30.e30=", "e30.W10.AAAA"}) {
    EXPECT_EQ(fault(token, ec().key_set()), IdTokenFault::kForm) << token;
  }
  EXPECT_EQ(fault(std::string(kIdTokenMaxBytes + 1, 'a'), ec().key_set()), IdTokenFault::kForm);
}

TEST_F(IdTokens, WeakAndStrangeKeysArePassedOver) {
  const TestKey weak("w", 1024);
  EXPECT_EQ(fault(weak.sign(claims()), weak.key_set()), IdTokenFault::kNoKey);
  EXPECT_FALSE(read_key_set("[]"));
  EXPECT_FALSE(read_key_set(R"({"keys":7})"));
  for (const char* entry : {R"({"kty":"oct","k":"AAAA"})", R"({"kty":"EC","crv":"P-256","x":"AAAA","y":"AAAA"})",
                            R"({"kty":"RSA","n":"","e":"AQAB"})", R"({"kty":"EC","crv":"P-384","x":"AAAA","y":"AAAA"})", R"({})"}) {
    const auto set = read_key_set(R"({"keys":[)" + std::string(entry) + "]}");
    ASSERT_TRUE(set) << entry;
    EXPECT_TRUE(set->empty()) << entry;
  }
  std::string for_sealing = ec().jwk();
  for_sealing.replace(for_sealing.find("\"sig\""), 5, "\"enc\"");
  EXPECT_EQ(fault(ec().sign(claims()), R"({"keys":[)" + for_sealing + "]}"), IdTokenFault::kNoKey);
  std::string many;
  for (size_t i = 0; i < kKeysMax + 5; ++i) many += (many.empty() ? "" : ",") + ec().jwk();
  EXPECT_EQ(read_key_set(R"({"keys":[)" + many + "]}")->size(), kKeysMax);
}

TEST(Base64url, HasOneSpelling) {
  EXPECT_EQ(base64url_decode(""), "");
  EXPECT_EQ(base64url_decode("_-8"), "\xff\xef");
  EXPECT_EQ(base64url_encode("\xff\xef"), "_-8");
  for (const char* bad : {"A", "AB=", "+/8", "_-9", "A A", "AAAAA"}) EXPECT_FALSE(base64url_decode(bad)) << bad;
  for (size_t size = 0; size < 20; ++size) {
    const std::string bytes(size, '\xA5');
    EXPECT_EQ(base64url_decode(base64url_encode(bytes)), bytes);
  }
}

}  // namespace
}  // namespace koshi::oidc
