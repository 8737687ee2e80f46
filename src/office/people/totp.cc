#include "office/people/totp.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>

#include "base/check.h"

namespace koshi::people {
namespace {

constexpr size_t kCodeLength = 6;
constexpr uint32_t kCodeModulus = 1'000'000;

/// RFC 4226 section 5.3: the last half-byte says where the 31 bits of the code lie.
uint32_t truncated_hmac(const TotpSecret& secret, int64_t step) {
  std::array<unsigned char, 8> counter{};
  for (size_t i = 0; i < counter.size(); ++i) counter[i] = static_cast<unsigned char>(step >> (8 * (7 - i)));
  std::array<unsigned char, 20> digest{};
  unsigned int size = 0;
  CHECK(HMAC(EVP_sha1(), secret.data(), static_cast<int>(secret.size()), counter.data(), counter.size(), digest.data(), &size) != nullptr);
  CHECK(size == digest.size());
  const size_t at = digest[19] & 15;
  return static_cast<uint32_t>(digest[at] & 0x7F) << 24 | static_cast<uint32_t>(digest[at + 1]) << 16 |
         static_cast<uint32_t>(digest[at + 2]) << 8 | digest[at + 3];
}

void append_escaped(std::string& out, std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
    if (plain) {
      out += c;
    } else {
      out += '%';
      out += kDigits[byte >> 4];
      out += kDigits[byte & 15];
    }
  }
}

}  // namespace

int64_t totp_step(int64_t now_ms) {
  CHECK(now_ms >= 0);
  return now_ms / kTotpStepMs;
}

std::string totp_code(const TotpSecret& secret, int64_t step) {
  const std::string digits = std::to_string(truncated_hmac(secret, step) % kCodeModulus);
  return std::string(kCodeLength - digits.size(), '0') + digits;
}

std::optional<int64_t> totp_match(const TotpSecret& secret, std::string_view code, int64_t now_ms, int64_t last_used) {
  if (code.size() != kCodeLength) return std::nullopt;
  const int64_t present = totp_step(now_ms);
  std::optional<int64_t> found;
  for (int64_t step = present - kTotpStepsAround; step <= present + kTotpStepsAround; ++step) {
    const std::string right = totp_code(secret, step);
    const bool same = sodium_memcmp(right.data(), code.data(), kCodeLength) == 0;
    if (same && step > last_used && !found) found = step;
  }
  return found;
}

std::string totp_secret_text(const TotpSecret& secret) {
  constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  static_assert(kTotpSecretBytes % 5 == 0, "no padding is written");
  std::string out;
  uint32_t bits = 0;
  unsigned count = 0;
  for (const std::byte byte : secret) {
    bits = (bits << 8 | std::to_integer<uint32_t>(byte)) & 0xFFF;
    for (count += 8; count >= 5; count -= 5) out += kLetters[bits >> (count - 5) & 31];
  }
  return out;
}

std::optional<TotpSecret> read_totp_secret(std::string_view text) {
  constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  if (text.size() != kTotpSecretBytes * 8 / 5) return std::nullopt;
  TotpSecret secret{};
  uint32_t bits = 0;
  unsigned count = 0;
  size_t at = 0;
  for (const char c : text) {
    const size_t value = kLetters.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    bits = (bits << 5 | static_cast<uint32_t>(value)) & 0xFFF;
    count += 5;
    if (count < 8) continue;
    count -= 8;
    secret[at++] = static_cast<std::byte>(bits >> count & 0xFF);
  }
  return secret;
}

std::string totp_uri(const TotpSecret& secret, std::string_view issuer, std::string_view login) {
  std::string out = "otpauth://totp/";
  append_escaped(out, issuer);
  out += ':';
  append_escaped(out, login);
  out += "?secret=" + totp_secret_text(secret) + "&issuer=";
  append_escaped(out, issuer);
  return out;
}

}  // namespace koshi::people
