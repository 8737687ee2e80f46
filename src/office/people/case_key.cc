#include "office/people/case_key.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>

#include "base/check.h"
#include "office/people/token.h"
#include "office/people/written_code.h"

namespace koshi::people {
namespace {

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

}  // namespace

std::string make_case_key(const RandomBytes& random) {
  return make_written_code(random, kCaseKeyLength);
}

std::optional<std::string> read_case_key(std::string_view text) {
  auto key = read_written_code(text, kCaseKeyLength);
  return key ? key : read_written_code(text, kOldCaseKeyLength);
}

CaseKeyNames names_of_case_key(std::string_view key) {
  const Digest token = digest("token", key);
  return {hex(digest("scope", key)), "key:" + hex(digest("account", key)), make_token([&](std::span<std::byte> bytes) {
            CHECK(bytes.size() == token.size());
            std::ranges::transform(token, bytes.begin(), [](unsigned char c) { return std::byte{c}; });
          })};
}

}  // namespace koshi::people
