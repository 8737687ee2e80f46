#include "office/people/password_words.h"

#include <zxcvbn.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "base/text.h"

namespace koshi::people {
namespace {

constexpr std::array<std::string_view, 60> kOfficeWords = {
    "koshi",     "көші",      "көші-қон", "migration", "migrant",   "миграция", "мигрант",      "permit",   "разрешение", "рұқсат",
    "quota",     "квота",     "akimat",   "акимат",    "әкімдік",   "ministry", "министерство", "police",   "полиция",    "employer",
    "officer",   "inspector", "admin",    "keeper",    "office",    "enbek",    "еңбек",        "egov",     "salem",      "сәлем",
    "password",  "пароль",    "құпиясөз", "parol",     "сырсөз",    "login",    "логин",        "welcome",  "qazaqstan",  "kazakhstan",
    "казахстан", "қазақстан", "astana",   "астана",    "nursultan", "almaty",   "алматы",       "shymkent", "шымкент",    "karaganda",
    "караганда", "қарағанды", "aktobe",   "ақтөбе",    "atyrau",    "атырау",   "pavlodar",     "павлодар", "turkistan",  "turkestan"};

/// The key of a Russian or Kazakh keyboard on which each letter stands, small and capital alike.
constexpr std::pair<std::string_view, char> kKeys[] = {
    {"й", 'q'},  {"ц", 'w'}, {"у", 'e'}, {"к", 'r'}, {"е", 't'}, {"н", 'y'}, {"г", 'u'}, {"ш", 'i'}, {"щ", 'o'}, {"з", 'p'},  {"х", '['},
    {"ъ", ']'},  {"ф", 'a'}, {"ы", 's'}, {"в", 'd'}, {"а", 'f'}, {"п", 'g'}, {"р", 'h'}, {"о", 'j'}, {"л", 'k'}, {"д", 'l'},  {"ж", ';'},
    {"э", '\''}, {"я", 'z'}, {"ч", 'x'}, {"с", 'c'}, {"м", 'v'}, {"и", 'b'}, {"т", 'n'}, {"ь", 'm'}, {"б", ','}, {"ю", '.'},  {"ё", '`'},
    {"ә", '2'},  {"і", '3'}, {"ң", '4'}, {"ғ", '5'}, {"ү", '8'}, {"ұ", '9'}, {"қ", '0'}, {"ө", '-'}, {"һ", '='}, {"Й", 'q'},  {"Ц", 'w'},
    {"У", 'e'},  {"К", 'r'}, {"Е", 't'}, {"Н", 'y'}, {"Г", 'u'}, {"Ш", 'i'}, {"Щ", 'o'}, {"З", 'p'}, {"Х", '['}, {"Ъ", ']'},  {"Ф", 'a'},
    {"Ы", 's'},  {"В", 'd'}, {"А", 'f'}, {"П", 'g'}, {"Р", 'h'}, {"О", 'j'}, {"Л", 'k'}, {"Д", 'l'}, {"Ж", ';'}, {"Э", '\''}, {"Я", 'z'},
    {"Ч", 'x'},  {"С", 'c'}, {"М", 'v'}, {"И", 'b'}, {"Т", 'n'}, {"Ь", 'm'}, {"Б", ','}, {"Ю", '.'}, {"Ё", '`'}, {"Ә", '2'},  {"І", '3'},
    {"Ң", '4'},  {"Ғ", '5'}, {"Ү", '8'}, {"Ұ", '9'}, {"Қ", '0'}, {"Ө", '-'}, {"Һ", '='}};

constexpr size_t kPersonWordMinBytes = 3;

/// All Cyrillic of these languages is two bytes a letter.
std::string by_keys(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    const std::string_view letter = text.substr(i, 2);
    const auto* key = std::ranges::find(kKeys, letter, &std::pair<std::string_view, char>::first);
    if (key == std::end(kKeys)) {
      out.push_back(text[i]);
      continue;
    }
    out.push_back(key->second);
    ++i;
  }
  return out;
}

}  // namespace

std::span<const std::string_view> office_words() {
  return kOfficeWords;
}

std::expected<void, Refused> check_password_words(std::string_view password, std::span<const std::string> own) {
  std::vector<std::string> words;
  for (const std::string_view word : kOfficeWords) words.push_back(by_keys(word));
  for (const std::string& word : own.first(std::min(own.size(), kOwnWordsMax))) words.push_back(by_keys(word));
  std::vector<const char*> list;
  for (const std::string& word : words) list.push_back(word.c_str());
  list.push_back(nullptr);
  // A zero would end it early for the library; none can be typed.
  const std::string typed = by_keys(password.substr(0, password.find('\0')));
  if (ZxcvbnMatch(typed.c_str(), list.data(), nullptr) >= kGuessBitsMin) return {};
  return refuse(Refusal::kPasswordCommon,
                "this password is made of words that everybody tries first; take several words that have nothing to do"
                " with each other, the office or you");
}

std::vector<std::string> words_of_person(std::string_view login, std::string_view display_name) {
  std::vector<std::string> words;
  std::string word;
  const auto end_word = [&] {
    if (word.size() >= kPersonWordMinBytes) words.push_back(word);
    word.clear();
  };
  for (const std::string_view text : {login, display_name}) {
    for (const char c : text) {
      if (std::string_view(" ._@+-,\"'").find(c) == std::string_view::npos) {
        word.push_back(c);
      } else {
        end_word();
      }
    }
    end_word();
  }
  return words;
}

}  // namespace koshi::people
