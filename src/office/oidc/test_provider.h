#pragma once

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <map>
#include <memory>
#include <string>

#include "base/text.h"
#include "net/http_client.h"
#include "office/oidc/public_key.h"

/// For tests only: a signer, and a provider without a network.
namespace koshi::oidc {

/// A key pair that signs as a provider does; its public half as JSON Web Key.
class TestKey {
 public:
  explicit TestKey(std::string id, unsigned rsa_bits = 0) : id_(std::move(id)) {
    key_ = rsa_bits > 0 ? EVP_RSA_gen(rsa_bits) : EVP_EC_gen("P-256");
    if (key_ == nullptr) ::abort();
  }
  ~TestKey() { EVP_PKEY_free(key_); }
  TestKey(const TestKey&) = delete;
  TestKey& operator=(const TestKey&) = delete;

  bool is_rsa() const { return EVP_PKEY_get_base_id(key_) == EVP_PKEY_RSA; }
  std::string algorithm() const { return is_rsa() ? "RS256" : "ES256"; }
  std::string jwk() const {
    const std::string head = R"({"kid":")" + id_ + R"(","use":"sig",)";
    if (is_rsa()) {
      return head + R"("kty":"RSA","n":")" + number(OSSL_PKEY_PARAM_RSA_N) + R"(","e":")" + number(OSSL_PKEY_PARAM_RSA_E) + "\"}";
    }
    return head + R"("kty":"EC","crv":"P-256","x":")" + number(OSSL_PKEY_PARAM_EC_PUB_X, 32) + R"(","y":")" +
           number(OSSL_PKEY_PARAM_EC_PUB_Y, 32) + "\"}";
  }
  std::string key_set() const { return R"({"keys":[)" + jwk() + "]}"; }

  std::string sign(const std::string& claims) const {
    return sign_with(R"({"alg":")" + algorithm() + R"(","kid":")" + id_ + "\"}", claims);
  }
  std::string sign_with(const std::string& header, const std::string& claims) const {
    const std::string text = base64url_encode(header) + "." + base64url_encode(claims);
    return text + "." + base64url_encode(signature(text));
  }

 private:
  std::string number(const char* name, int width = 0) const {
    BIGNUM* value = nullptr;
    if (EVP_PKEY_get_bn_param(key_, name, &value) != 1) ::abort();
    std::string bytes(static_cast<size_t>(width > 0 ? width : BN_num_bytes(value)), '\0');
    BN_bn2binpad(value, reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
    BN_free(value);
    return base64url_encode(bytes);
  }
  std::string signature(const std::string& text) const {
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    std::string out(1024, '\0');
    size_t size = out.size();
    const bool signed_well = EVP_DigestSignInit(context, nullptr, EVP_sha256(), nullptr, key_) == 1 &&
                             EVP_DigestSign(context, reinterpret_cast<unsigned char*>(out.data()), &size,
                                            reinterpret_cast<const unsigned char*>(text.data()), text.size()) == 1;
    EVP_MD_CTX_free(context);
    if (!signed_well) ::abort();
    out.resize(size);
    return is_rsa() ? out : raw(out);
  }
  static std::string raw(const std::string& der) {
    const auto* at = reinterpret_cast<const unsigned char*>(der.data());
    ECDSA_SIG* parts = d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size()));
    std::string out(64, '\0');
    BN_bn2binpad(ECDSA_SIG_get0_r(parts), reinterpret_cast<unsigned char*>(out.data()), 32);
    BN_bn2binpad(ECDSA_SIG_get0_s(parts), reinterpret_cast<unsigned char*>(out.data()) + 32, 32);
    ECDSA_SIG_free(parts);
    return out;
  }

  std::string id_;
  EVP_PKEY* key_ = nullptr;
};

inline constexpr char kIssuer[] = "https://id.example";
inline constexpr char kClient[] = "koshi";

/// Answers by address; counts what it was asked. The token endpoint checks the verifier against the challenge.
class TestProvider : public net::HttpClient {
 public:
  explicit TestProvider(const TestKey& key) {
    answers[std::string(kIssuer) + "/.well-known/openid-configuration"] =
        R"({"issuer":"https://id.example","authorization_endpoint":"https://id.example/auth?tenant=1",)"
        R"("token_endpoint":"https://id.example/token","jwks_uri":"https://id.example/keys"})";
    answers["https://id.example/keys"] = key.key_set();
  }

  Result<net::HttpAnswer> get(const std::string& url) override {
    ++asked[url];
    const auto found = answers.find(url);
    if (found == answers.end()) return fail("nobody answers");
    return net::HttpAnswer{200, "application/json", found->second};
  }
  Result<net::HttpAnswer> post_form(const std::string& url, const std::vector<net::HttpField>& fields, const std::string& user,
                                    const std::string& password) override {
    ++asked[url];
    sent.clear();
    for (const net::HttpField& field : fields) sent[field.name] = field.value;
    sent["user"] = user;
    sent["password"] = password;
    const bool proves = base64url_encode(sha256(sent["code_verifier"])) == challenge && sent["code"] == "good";
    if (!proves) return net::HttpAnswer{400, "application/json", R"({"error":"invalid_grant"})"};
    return net::HttpAnswer{200, "application/json", R"({"access_token":"a","token_type":"Bearer","id_token":")" + id_token + "\"}"};
  }

  std::map<std::string, std::string> answers, sent;
  std::map<std::string, int> asked;
  std::string challenge, id_token;
};

}  // namespace koshi::oidc
