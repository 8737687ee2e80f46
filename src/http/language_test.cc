#include "http/language.h"

#include <gtest/gtest.h>

namespace koshi::http {
namespace {

using words::Language;

TEST(NegotiateLanguage, TakesTheHeaviestThatIsOurs) {
  EXPECT_EQ(negotiate_language("kk-KZ,kk;q=0.9,ru;q=0.8,en;q=0.7"), Language::kKk);
  EXPECT_EQ(negotiate_language("de, ru;q=0.3, kk;q=0.25"), Language::kRu);
  EXPECT_EQ(negotiate_language("uz-Latn-UZ, ru;q=0.9"), Language::kUz);
  EXPECT_EQ(negotiate_language("tg, ky;q=0.9"), Language::kTg);
  EXPECT_EQ(negotiate_language("ru;q=0.5, kk;q=0.75"), Language::kKk);
  EXPECT_EQ(negotiate_language("RU"), Language::kRu);
  EXPECT_EQ(negotiate_language("ru, kk"), Language::kRu);
}

TEST(NegotiateLanguage, FallsBackToEnglish) {
  EXPECT_EQ(negotiate_language(""), Language::kEn);
  EXPECT_EQ(negotiate_language("*"), Language::kEn);
  EXPECT_EQ(negotiate_language("de, fr"), Language::kEn);
  EXPECT_EQ(negotiate_language("ru;q=0"), Language::kEn);
  EXPECT_EQ(negotiate_language(",,;;q=,=-"), Language::kEn);
}

TEST(NegotiateLanguage, ReadsNoMoreThanItsLimit) {
  std::string header;
  for (int i = 0; i < kMaxLanguageRanges; ++i) header += "de,";
  EXPECT_EQ(negotiate_language(header + "ru"), Language::kEn);
  EXPECT_EQ(negotiate_language(header.substr(3) + "ru"), Language::kRu);
}

}  // namespace
}  // namespace koshi::http
