#include "office/people/totp.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace koshi::people {
namespace {

TotpSecret secret_of(std::string_view text) {
  TotpSecret secret{};
  std::ranges::transform(text.substr(0, kTotpSecretBytes), secret.begin(), [](char c) { return static_cast<std::byte>(c); });
  return secret;
}

const TotpSecret kRfc = secret_of("12345678901234567890");

/// RFC 6238 appendix B, SHA-1; it prints eight digits, of which a code of six is the end.
TEST(Totp, VectorsOfTheRfc) {
  struct Vector {
    int64_t seconds;
    const char* code;
  };
  for (const Vector& vector : {Vector{59, "94287082"}, Vector{1111111109, "07081804"}, Vector{1111111111, "14050471"},
                               Vector{1234567890, "89005924"}, Vector{2000000000, "69279037"}, Vector{20000000000, "65353130"}}) {
    EXPECT_EQ(totp_code(kRfc, totp_step(vector.seconds * 1000)), std::string_view(vector.code).substr(2)) << vector.seconds;
  }
}

/// RFC 4226 appendix D.
TEST(Totp, VectorsOfTheCounter) {
  const char* const codes[] = {"755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"};
  for (int64_t i = 0; i < 10; ++i) EXPECT_EQ(totp_code(kRfc, i), codes[i]);
}

TEST(Totp, OneStepAroundAndNoneTwice) {
  const int64_t now = 1'700'000'000'000;
  const int64_t step = totp_step(now);
  EXPECT_EQ(totp_match(kRfc, totp_code(kRfc, step), now, 0), step);
  EXPECT_EQ(totp_match(kRfc, totp_code(kRfc, step - 1), now, 0), step - 1);
  EXPECT_EQ(totp_match(kRfc, totp_code(kRfc, step + 1), now, 0), step + 1);
  EXPECT_EQ(totp_match(kRfc, totp_code(kRfc, step - 2), now, 0), std::nullopt);
  EXPECT_EQ(totp_match(kRfc, totp_code(kRfc, step + 2), now, 0), std::nullopt);
  EXPECT_EQ(totp_match(kRfc, totp_code(kRfc, step), now, step), std::nullopt);
  EXPECT_EQ(totp_match(kRfc, totp_code(kRfc, step - 1), now, step), std::nullopt);  // older than one that was used
  EXPECT_EQ(totp_match(kRfc, totp_code(kRfc, step + 1), now, step), step + 1);
}

TEST(Totp, OnlySixDigitsAreACode) {
  const int64_t now = 59'000;
  EXPECT_EQ(totp_match(kRfc, "287082", now, 0), 1);
  for (const char* bad : {"", "28708", "2870820", " 287082", "28708 ", "287083"})
    EXPECT_EQ(totp_match(kRfc, bad, now, 0), std::nullopt) << bad;
}

TEST(Totp, TheSecretIsShownAsTheProgramsReadIt) {
  EXPECT_EQ(totp_secret_text(kRfc), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
  EXPECT_EQ(totp_uri(kRfc, "Köshi", "a.b@c"),
            "otpauth://totp/K%C3%B6shi:a.b%40c?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=K%C3%B6shi");
}

RC_GTEST_PROP(TotpProperty, ACodeIsTakenAtMostOnce, ()) {
  const int64_t now = *rc::gen::inRange<int64_t>(60'000, 4'000'000'000'000);
  const int64_t around = *rc::gen::inRange<int64_t>(-4, 5);
  const std::string code = totp_code(kRfc, totp_step(now) + around);
  RC_ASSERT(code.size() == 6u);
  const auto first = totp_match(kRfc, code, now, 0);
  if (around >= -1 && around <= 1) RC_ASSERT(first.has_value());
  if (first) RC_ASSERT(totp_match(kRfc, code, now, *first).value_or(*first + 1) > *first);
}

}  // namespace
}  // namespace koshi::people
