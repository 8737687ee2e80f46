#include "office/papers/permit_code.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "office/papers/shorten.h"

namespace koshi::papers {
namespace {

using testing::HasSubstr;

std::array<uint8_t, 32> seed_of(uint8_t first) {
  std::array<uint8_t, 32> seed{};
  seed[0] = first;
  return seed;
}

const auto kSeed = seed_of(7);
const std::array kKeys{CodeKey{"other", ed25519_public_key(seed_of(8))}, CodeKey{"2026a", ed25519_public_key(kSeed)}};

PermitFacts facts() {
  return {.number = "KZ-75-2026-000123",
          .holder = "ТОО «Ақ Жол Құрылыс»",
          .category = "3",
          .region = "KZ-75",
          .from = *make_date(2026, 1, 15),
          .until = *make_date(2026, 12, 31),
          .office = "Алматы ЖҚБ",
          .key = "2026a"};
}

std::string code() {
  return make_permit_code(facts(), ed25519_signer(kSeed)).value();
}

TEST(PermitCode, IsReadBack) {
  EXPECT_EQ(verify_permit_code(code(), kKeys).value(), facts());
  EXPECT_LE(code().size(), kPermitCodeMaxBytes);
  EXPECT_TRUE(code().starts_with("KOSHI1."));
}

TEST(PermitCode, IsTheSameEveryTime) {
  EXPECT_EQ(code(), code());
}

TEST(PermitCode, NoChangedBitIsAccepted) {
  const std::string good = code();
  for (size_t i = 0; i < good.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string changed = good;
      changed[i] = static_cast<char>(changed[i] ^ 1 << bit);
      EXPECT_FALSE(verify_permit_code(changed, kKeys)) << i << " " << bit;
    }
    std::string changed = good;
    changed.erase(i, 1);
    EXPECT_FALSE(verify_permit_code(changed, kKeys)) << i;
    EXPECT_FALSE(verify_permit_code(good.substr(0, i), kKeys)) << i;
    changed = good;
    changed.insert(i, 1, '=');
    EXPECT_FALSE(verify_permit_code(changed, kKeys)) << i;
  }
  EXPECT_FALSE(verify_permit_code(good + "A", kKeys));
  EXPECT_FALSE(verify_permit_code(good + "\n", kKeys));
}

TEST(PermitCode, OtherKeys) {
  EXPECT_THAT(verify_permit_code(code(), {}).error().message, HasSubstr("key that is not known here: 2026a"));
  const std::array wrong{CodeKey{"2026a", ed25519_public_key(seed_of(9))}};
  EXPECT_THAT(verify_permit_code(code(), wrong).error().message, HasSubstr("signature of this permit code is not good"));
  EXPECT_THAT(verify_permit_code("https://example.org", kKeys).error().message, HasSubstr("not a permit code"));
}

/// RFC 8032, section 7.1, test 1.
TEST(PermitCode, SignsByTheStandard) {
  const std::array<uint8_t, 32> seed{0x9d, 0x61, 0xb1, 0x9d, 0xef, 0xfd, 0x5a, 0x60, 0xba, 0x84, 0x4a, 0xf4, 0x92, 0xec, 0x2c, 0xc4,
                                     0x44, 0x49, 0xc5, 0x69, 0x7b, 0x32, 0x69, 0x19, 0x70, 0x3b, 0xac, 0x03, 0x1c, 0xae, 0x7f, 0x60};
  EXPECT_EQ(ed25519_public_key(seed)[0], 0xd7);
  EXPECT_EQ(ed25519_public_key(seed)[31], 0x1a);
  const std::string signature = ed25519_signer(seed)("");
  EXPECT_TRUE(signature.starts_with("\xe5\x56\x43\x00\xc3\x60\xac\x72"));
}

TEST(PermitCode, WhatItCannotHold) {
  const auto error = [](auto change) {
    PermitFacts changed = facts();
    change(changed);
    return make_permit_code(changed, ed25519_signer(kSeed)).error().message;
  };
  EXPECT_THAT(error([](PermitFacts& f) { f.number.clear(); }), HasSubstr("needs a number"));
  EXPECT_THAT(error([](PermitFacts& f) { f.holder = "a\nb"; }), HasSubstr("holder of the permit code is not plain"));
  EXPECT_THAT(error([](PermitFacts& f) { f.office = "\xFF"; }), HasSubstr("office of the permit code is not plain"));
  EXPECT_THAT(error([](PermitFacts& f) { f.until.days = f.from.days - 1; }), HasSubstr("not before its first"));
  EXPECT_THAT(error([](PermitFacts& f) { f.key = "a key"; }), HasSubstr("key id"));
  EXPECT_THAT(error([](PermitFacts& f) { f.key = std::string(17, 'a'); }), HasSubstr("key id"));
  EXPECT_THAT(error([](PermitFacts& f) { f.holder = std::string(192, 'a'); }), HasSubstr("bytes too long"));
}

/// The longest fields that are taken give a code within 350 bytes; one more byte is refused with its surplus.
TEST(PermitCode, TheLongest) {
  PermitFacts most = facts();
  while (make_permit_code(most, ed25519_signer(kSeed))) most.holder += 'a';
  EXPECT_EQ(make_permit_code(most, ed25519_signer(kSeed)).error().message,
            "the permit code is 1 bytes too long; shorten the holder's or the office's name");
  most.holder.pop_back();
  const std::string longest = make_permit_code(most, ed25519_signer(kSeed)).value();
  EXPECT_LE(longest.size(), kPermitCodeMaxBytes);
  EXPECT_EQ(verify_permit_code(longest, kKeys).value(), most);
}

RC_GTEST_PROP(PermitCode, AnyNamesAreReadBackOrRefused, (const std::string& holder, const std::string& office)) {
  PermitFacts any = facts();
  any.holder = holder;
  any.office = office;
  const auto made = make_permit_code(any, ed25519_signer(kSeed));
  if (made) RC_ASSERT(verify_permit_code(*made, kKeys).value() == any);
}

TEST(Shorten, AtACharacter) {
  EXPECT_EQ(shorten("Құрылыс", 100), "Құрылыс");
  EXPECT_EQ(shorten("Құрылыс", 14), "Құрылыс");
  EXPECT_EQ(shorten("Құрылыс", 13), "Құрыл…");
  EXPECT_EQ(shorten("Құрылыс", 12), "Құры…");
  EXPECT_EQ(shorten("Құрылыс", 3), "…");
}

}  // namespace
}  // namespace koshi::papers
