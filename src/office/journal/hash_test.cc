#include "office/journal/hash.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace koshi::journal {
namespace {

// FIPS 180-4, appendix examples.
TEST(Hash, KnownValues) {
  EXPECT_EQ(hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hex(sha256(std::string(1'000'000, 'a'))), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

// RFC 4648, section 10.
TEST(Hash, Base64KnownValues) {
  EXPECT_EQ(base64(""), "");
  EXPECT_EQ(base64("f"), "Zg==");
  EXPECT_EQ(base64("fo"), "Zm8=");
  EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
}

TEST(Hash, OneSpellingOnly) {
  const std::string digits(64, 'a');
  EXPECT_TRUE(hash_from_hex(digits));
  for (const std::string& bad : {std::string(64, 'A'), std::string(63, 'a'), digits + "a", std::string(64, 'g'), std::string()}) {
    EXPECT_FALSE(hash_from_hex(bad)) << bad;
  }
  for (const char* bad :
       {"Zg", "Zg=", "Zg===", "Zh==", "Zm9=", " Zg==", "Zg==\n", "Zm9v!", "Z-8=", "=", "Zg==Zg==", "AAA\xAF", "AAA\xAB"}) {
    EXPECT_FALSE(from_base64(bad)) << bad;
  }
  EXPECT_TRUE(from_base64("AAA/"));
  EXPECT_FALSE(hash_from_base64("Zg=="));
}

RC_GTEST_PROP(Hash, ReadsBackWhatItWrote, (const std::string& bytes)) {
  RC_ASSERT(from_base64(base64(bytes)) == bytes);
  const Hash hash = sha256(bytes);
  RC_ASSERT(hash_from_hex(hex(hash)) == hash);
  RC_ASSERT(hash_from_bytes(bytes_of(hash)) == hash);
}

}  // namespace
}  // namespace koshi::journal
