#include "office/oidc/public_key.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/sha.h>

#include "base/check.h"

namespace koshi::oidc {
namespace {

template <typename T, void (*End)(T*)>
struct Ended {
  void operator()(T* one) const { End(one); }
};
using Bignum = std::unique_ptr<BIGNUM, Ended<BIGNUM, BN_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Ended<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free>>;
using Params = std::unique_ptr<OSSL_PARAM, Ended<OSSL_PARAM, OSSL_PARAM_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Ended<EVP_PKEY_CTX, EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Ended<EVP_MD_CTX, EVP_MD_CTX_free>>;
using EcSignature = std::unique_ptr<ECDSA_SIG, Ended<ECDSA_SIG, ECDSA_SIG_free>>;
using Key = std::unique_ptr<EVP_PKEY, Ended<EVP_PKEY, EVP_PKEY_free>>;

constexpr size_t kCoordinateBytes = 32;
constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
Bignum number(std::string_view bytes) {
  return Bignum(BN_bin2bn(bytes_of(bytes), static_cast<int>(bytes.size()), nullptr));
}

Key key_of(const char* type, OSSL_PARAM_BLD* builder) {
  const Params params(OSSL_PARAM_BLD_to_param(builder));
  const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
  EVP_PKEY* key = nullptr;
  if (!params || !context || EVP_PKEY_fromdata_init(context.get()) != 1) return nullptr;
  if (EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params.get()) != 1) return nullptr;
  Key made(key);
  const KeyContext check(EVP_PKEY_CTX_new_from_pkey(nullptr, made.get(), nullptr));
  return check && EVP_PKEY_public_check(check.get()) == 1 ? std::move(made) : nullptr;
}

/// r and s as OpenSSL takes them; empty when they are not of 64 bytes.
std::string der_signature(std::string_view signature) {
  if (signature.size() != 2 * kCoordinateBytes) return {};
  const EcSignature parts(ECDSA_SIG_new());
  CHECK(parts != nullptr);
  CHECK(ECDSA_SIG_set0(parts.get(), number(signature.substr(0, kCoordinateBytes)).release(),
                       number(signature.substr(kCoordinateBytes)).release()) == 1);
  unsigned char* der = nullptr;
  const int size = i2d_ECDSA_SIG(parts.get(), &der);
  if (size <= 0) return {};
  std::string copy(reinterpret_cast<char*>(der), static_cast<size_t>(size));
  OPENSSL_free(der);
  return copy;
}

}  // namespace

struct PublicKey::Impl {
  Key key;
};

std::optional<PublicKey> PublicKey::rsa(std::string_view modulus, std::string_view exponent) {
  if (modulus.empty() || modulus.size() > kRsaBytesMax || exponent.empty() || exponent.size() > sizeof(uint64_t)) return std::nullopt;
  const Bignum n = number(modulus);
  const Bignum e = number(exponent);
  const Builder builder(OSSL_PARAM_BLD_new());
  if (!n || !e || !builder || BN_num_bits(n.get()) < kRsaBitsMin || BN_is_odd(e.get()) == 0 || BN_is_one(e.get()) == 1) return std::nullopt;
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get());
  Key key = key_of("RSA", builder.get());
  if (!key) return std::nullopt;
  return PublicKey(Algorithm::kRs256, std::make_shared<const Impl>(Impl{std::move(key)}));
}

std::optional<PublicKey> PublicKey::p256(std::string_view x, std::string_view y) {
  if (x.size() != kCoordinateBytes || y.size() != kCoordinateBytes) return std::nullopt;
  const std::string point = "\x04" + std::string(x) + std::string(y);
  const Builder builder(OSSL_PARAM_BLD_new());
  CHECK(builder != nullptr);
  OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0);
  OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size());
  Key key = key_of("EC", builder.get());
  if (!key) return std::nullopt;
  return PublicKey(Algorithm::kEs256, std::make_shared<const Impl>(Impl{std::move(key)}));
}

bool PublicKey::verifies(std::string_view signed_text, std::string_view signature) const {
  const std::string der = algorithm_ == Algorithm::kEs256 ? der_signature(signature) : std::string(signature);
  const DigestContext context(EVP_MD_CTX_new());
  CHECK(context != nullptr);
  if (der.empty() || EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, impl_->key.get()) != 1) return false;
  return EVP_DigestVerify(context.get(), bytes_of(der), der.size(), bytes_of(signed_text), signed_text.size()) == 1;
}

std::optional<std::string> base64url_decode(std::string_view text) {
  std::string out;
  uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    const size_t value = kAlphabet.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    bits = bits << 6 | static_cast<uint32_t>(value);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out.push_back(static_cast<char>(bits >> count & 0xFF));
    bits &= (1u << count) - 1;
  }
  // A rest of a whole letter, or of bits that are not zero, is another spelling of the same bytes.
  if (count >= 6 || bits != 0) return std::nullopt;
  return out;
}

std::string base64url_encode(std::string_view bytes) {
  std::string out;
  uint32_t bits = 0;
  int count = 0;
  for (const char c : bytes) {
    bits = bits << 8 | static_cast<unsigned char>(c);
    for (count += 8; count >= 6;) {
      count -= 6;
      out.push_back(kAlphabet[bits >> count & 63]);
    }
    bits &= (1u << count) - 1;
  }
  if (count > 0) out.push_back(kAlphabet[bits << (6 - count) & 63]);
  return out;
}

std::string sha256(std::string_view bytes) {
  std::string hash(SHA256_DIGEST_LENGTH, '\0');
  SHA256(bytes_of(bytes), bytes.size(), reinterpret_cast<unsigned char*>(hash.data()));
  return hash;
}

}  // namespace koshi::oidc
