#include "office/people/password_words.h"

#include <gmock/gmock.h>

#include "base/text.h"
#include "office/people/password.h"

namespace koshi::people {
namespace {

using testing::ElementsAre;

bool is_taken(std::string_view password, const std::vector<std::string>& own = {}) {
  const auto checked = check_password_words(password, own);
  EXPECT_TRUE(checked || checked.error().why == Refusal::kPasswordCommon);
  return checked.has_value();
}

TEST(PasswordWords, WhatEverybodyTriesFirstIsRefused) {
  for (const std::string_view common :
       {"password1234",     "Password123!",   "passwordpassword", "qwertyuiop123", "123456789012",   "1234567890123",
        "iloveyou1234",     "letmeinletmein", "football2024",     "sunshine2023!", "monkeydragon12", "aaaaaaaaaaaa",
        "abcdefghijkl",     "qazwsxedcrfv",   "1q2w3e4r5t6y",     "1qaz2wsx3edc",  "qwertyqwerty",   "asdfghjkl123",
        "p4ssw0rdp4ssw0rd", "dragondragon",   "baseball1234",     "superman1234",  "michael12345"}) {
    EXPECT_GE(utf8_length(common), kPasswordMinLength) << common << " is refused for its length";
    EXPECT_FALSE(is_taken(common)) << common;
  }
}

TEST(PasswordWords, TheOfficesOwnWordsAreRefused) {
  for (const std::string_view own :
       {"koshi2026koshi", "migration2026", "Almaty-2026!!", "kazakhstan01", "officer-password", "akimatakimat"}) {
    EXPECT_FALSE(is_taken(own)) << own;
  }
  for (const std::string_view word : office_words()) EXPECT_FALSE(is_taken(std::string(word) + std::string(word) + "2026")) << word;
}

TEST(PasswordWords, CyrillicIsJudgedByItsKeys) {
  for (const std::string_view common : {"йцукенгшщзхъ", "пароль123456", "Пароль2026!!", "қазақстан2026", "ЙЦУКЕНйцукен", "фывапролджэ1"}) {
    EXPECT_FALSE(is_taken(common)) << common;
  }
  EXPECT_TRUE(is_taken("верблюд читает под дождём"));
  EXPECT_TRUE(is_taken("түйе жаңбырда кітап оқиды"));
}

TEST(PasswordWords, SoAreThoseOfWhoeverChooses) {
  const auto own = words_of_person("a.serikova@org", "Aigerim Serikova");
  EXPECT_THAT(own, ElementsAre("serikova", "org", "Aigerim", "Serikova"));
  EXPECT_TRUE(is_taken("serikova aigerim tulip"));
  EXPECT_FALSE(is_taken("serikova2026!", own));
  EXPECT_FALSE(is_taken("aigerimserikova", own));
  EXPECT_FALSE(is_taken("аккенжебаева1", {"Аккенжебаева"}));
}

TEST(PasswordWords, OthersAreTakenWhateverTheyAreMadeOf) {
  for (const std::string_view good : {"correct horse battery", "another horse battery", "tulip under seven bridges", "K7#mQ9x2!pLw",
                                      "7k2q-m9tx-04bd", "zebra spoon violet", "эуыдлоьтцзщ"}) {
    EXPECT_TRUE(is_taken(good)) << good;
  }
  EXPECT_TRUE(is_taken("correct horse battery" + std::string(kPasswordMaxBytes - 21, 'x'))) << "the longest one takes no harm";
  EXPECT_FALSE(is_taken(std::string(kPasswordMaxBytes, 'a')));
  EXPECT_FALSE(is_taken(""));
}

}  // namespace
}  // namespace koshi::people
