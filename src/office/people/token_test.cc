#include "office/people/token.h"

#include <gmock/gmock.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace koshi::people {
namespace {

RandomBytes counting(int start) {
  return [start](std::span<std::byte> bytes) {
    int next = start;
    for (std::byte& byte : bytes) byte = static_cast<std::byte>(next++);
  };
}

constexpr std::string_view kFromZero = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

TEST(Token, ItIsBase64UrlOfTheRandomBytes) {
  EXPECT_EQ(make_token(counting(0)), kFromZero);
  EXPECT_EQ(make_token(counting(0xF8)).size(), kTokenLength);
  EXPECT_THAT(make_token(counting(0xF8)), testing::Not(testing::AnyOf(testing::HasSubstr("+"), testing::HasSubstr("/"))));
}

TEST(Token, ItsHashIsTheSha256OfTheBytes) {
  std::string bytes;
  for (int i = 0; i < 32; ++i) bytes += static_cast<char>(i);
  std::string expected(32, '\0');
  EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(expected.data()), nullptr, EVP_sha256(), nullptr);
  EXPECT_EQ(token_hash(kFromZero), expected);
}

TEST(Token, OnlyOneSpellingIsATokenAtAll) {
  const std::string good(kFromZero);
  EXPECT_EQ(token_hash(""), std::nullopt);
  EXPECT_EQ(token_hash(good + "="), std::nullopt);
  EXPECT_EQ(token_hash(good.substr(1)), std::nullopt);
  EXPECT_EQ(token_hash(good + "A"), std::nullopt);
  EXPECT_EQ(token_hash(good.substr(0, 42) + "9"), std::nullopt);  // bits beyond the 32 bytes
  EXPECT_EQ(token_hash(good.substr(0, 42) + "+"), std::nullopt);
  for (size_t i = 0; i < good.size(); ++i) {
    std::string changed = good;
    changed[i] = static_cast<char>(changed[i] ^ 0x80);
    EXPECT_EQ(token_hash(changed), std::nullopt) << i;
  }
}

TEST(Token, TheCsrfTokenFollowsFromTheSessionsAlone) {
  std::string key;
  for (int i = 0; i < 32; ++i) key += static_cast<char>(i);
  std::array<unsigned char, 32> mac{};
  const std::string_view purpose = "koshi csrf 1";
  HMAC(EVP_sha256(), key.data(), 32, reinterpret_cast<const unsigned char*>(purpose.data()), purpose.size(), mac.data(), nullptr);
  const std::string expected = make_token([&](std::span<std::byte> bytes) {
    for (size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::byte>(mac[i]);
  });
  EXPECT_EQ(csrf_token(kFromZero), expected);
  EXPECT_TRUE(csrf_fits(kFromZero, expected));
  EXPECT_FALSE(csrf_fits(kFromZero, ""));
  EXPECT_FALSE(csrf_fits(kFromZero, kFromZero));
  EXPECT_FALSE(csrf_fits(make_token(counting(1)), expected));
}

}  // namespace
}  // namespace koshi::people
