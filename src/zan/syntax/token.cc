#include "zan/syntax/token.h"

#include <algorithm>
#include <array>
#include <utility>

namespace koshi::zan {
namespace {

constexpr std::array<std::string_view, 53> kReserved = {
    "act",       "amend",  "and",     "because", "by",   "calendar", "case",    "define",   "down",   "else", "entity",
    "enum",      "except", "expect",  "from",    "half", "if",       "in",      "includes", "insert", "is",   "known",
    "link",      "many",   "must",    "no",      "none", "norm",     "not",     "of",       "on",     "or",   "reform",
    "reinstate", "repeal", "replace", "rounded", "set",  "source",   "suspend", "table",    "then",   "to",   "today",
    "topic",     "treaty", "under",   "until",   "up",   "when",     "where",   "with",     "yes",
};

constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kUnits = {{
    {"day", "days"},
    {"days", "days"},
    {"month", "months"},
    {"months", "months"},
    {"year", "years"},
    {"years", "years"},
    {"tenge", "tenge"},
    {"tiyn", "tiyn"},
}};

}  // namespace

bool is_reserved(std::string_view word) {
  return std::find(kReserved.begin(), kReserved.end(), word) != kReserved.end();
}

bool is_declaration_word(std::string_view word) {
  return std::find(kDeclarationWords.begin(), kDeclarationWords.end(), word) != kDeclarationWords.end();
}

bool is_name(std::string_view text) {
  if (text.empty() || is_digit(text[0]) || is_reserved(text)) return false;
  return std::all_of(text.begin(), text.end(), [](char c) { return is_letter(c) || is_digit(c); });
}

std::string_view unit_word(std::string_view word) {
  for (const auto& [spelt, stored] : kUnits) {
    if (spelt == word) return stored;
  }
  return {};
}

}  // namespace koshi::zan
