#include "office/people/case_key.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>

#include "base/check.h"
#include "office/people/token.h"

namespace koshi::people {
namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr size_t kGroup = 4;
constexpr size_t kTextMaxBytes = 80;  ///< with all strokes and gaps
constexpr size_t kScopeBytes = 16;

using Digest = std::array<unsigned char, 32>;

Digest digest(std::string_view what, std::string_view key) {
  const std::string text = "koshi/case key/" + std::string(what) + "\n" + std::string(key);
  Digest out{};
  CHECK(EVP_Digest(text.data(), text.size(), out.data(), nullptr, EVP_sha256(), nullptr) == 1);
  return out;
}

std::string hex(const Digest& bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  for (size_t i = 0; i < kScopeBytes; ++i) {
    out.push_back(kDigits[bytes[i] >> 4]);
    out.push_back(kDigits[bytes[i] & 15]);
  }
  return out;
}

char folded(char c) {
  if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  if (c == 'O') return '0';
  return c == 'I' || c == 'L' ? '1' : c;
}

}  // namespace

std::string make_case_key(const RandomBytes& random) {
  std::array<std::byte, kCaseKeyLength> bytes{};
  random(bytes);
  std::string key;
  for (size_t i = 0; i < bytes.size(); ++i) {
    if (i > 0 && i % kGroup == 0) key.push_back('-');
    key.push_back(kAlphabet[std::to_integer<size_t>(bytes[i]) % kAlphabet.size()]);
  }
  return key;
}

std::optional<std::string> read_case_key(std::string_view text) {
  std::string key;
  if (text.size() > kTextMaxBytes) return std::nullopt;
  for (const char c : text) {
    if (c == '-' || c == ' ' || c == '\t' || c == '\r' || c == '\n') continue;
    key.push_back(folded(c));
  }
  if (key.size() != kCaseKeyLength || key.find_first_not_of(kAlphabet) != std::string::npos) return std::nullopt;
  return key;
}

CaseKeyNames names_of_case_key(std::string_view key) {
  const Digest token = digest("token", key);
  return {hex(digest("scope", key)), "key:" + hex(digest("account", key)), make_token([&](std::span<std::byte> bytes) {
            CHECK(bytes.size() == token.size());
            std::ranges::transform(token, bytes.begin(), [](unsigned char c) { return std::byte{c}; });
          })};
}

}  // namespace koshi::people
