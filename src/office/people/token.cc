#include "office/people/token.h"

#include <sodium.h>

#include "base/check.h"

namespace koshi::people {
namespace {

constexpr int kVariant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
constexpr std::string_view kCsrfPurpose = "koshi csrf 1";

static_assert(sodium_base64_ENCODED_LEN(kTokenBytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING) == kTokenLength + 1);
static_assert(crypto_hash_sha256_BYTES == 32 && crypto_auth_hmacsha256_BYTES == kTokenBytes &&
              crypto_auth_hmacsha256_KEYBYTES == kTokenBytes);

using Bytes = std::array<unsigned char, kTokenBytes>;

std::string written(const Bytes& bytes) {
  std::string out(kTokenLength + 1, '\0');
  sodium_bin2base64(out.data(), out.size(), bytes.data(), bytes.size(), kVariant);
  out.pop_back();  // the terminating zero
  return out;
}

std::optional<Bytes> read(std::string_view text) {
  Bytes bytes{};
  size_t count = 0;
  const char* end = nullptr;
  const int failed = sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &count, &end, kVariant);
  if (failed != 0 || count != bytes.size() || end != text.data() + text.size()) return std::nullopt;
  // libsodium 1.0.18 takes some bytes above 127 for letters, and ignores them nowhere else: one spelling only.
  if (written(bytes) != text) return std::nullopt;
  return bytes;
}

}  // namespace

std::string make_token(const RandomBytes& random) {
  Bytes bytes{};
  random(std::as_writable_bytes(std::span(bytes)));
  return written(bytes);
}

std::optional<std::string> token_hash(std::string_view token) {
  const auto bytes = read(token);
  if (!bytes) return std::nullopt;
  std::string hash(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256(reinterpret_cast<unsigned char*>(hash.data()), bytes->data(), bytes->size());
  return hash;
}

std::string csrf_token(std::string_view session_token) {
  const auto key = read(session_token);
  CHECK(key.has_value());
  Bytes mac{};
  crypto_auth_hmacsha256(mac.data(), reinterpret_cast<const unsigned char*>(kCsrfPurpose.data()), kCsrfPurpose.size(), key->data());
  return written(mac);
}

bool csrf_fits(std::string_view session_token, std::string_view given) {
  const std::string right = csrf_token(session_token);
  return given.size() == right.size() && sodium_memcmp(given.data(), right.data(), right.size()) == 0;
}

}  // namespace koshi::people
