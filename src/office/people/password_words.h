#pragma once

#include <expected>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "office/people/refusal.h"

/// Which passwords everybody tries first, and so nobody may choose: those of lists that were stolen and published, words of a dictionary,
/// names, rows of the keyboard, years, and the office's own words, also with digits behind them, letters swapped for digits, or said twice.
/// There is no rule of composition: how many guesses it takes is what counts (zxcvbn, docs/decisions/0008-password-words.md).
namespace koshi::people {

/// In bits: a password is refused when somebody who knows how people choose finds it in fewer guesses than two to this power.
inline constexpr int kGuessBitsMin = 30;
inline constexpr size_t kOwnWordsMax = 64;  ///< further ones are passed over

/// Words that stand for this office and its work, in the languages of its people; no password may be made of them alone.
std::span<const std::string_view> office_words();

/// `own` are words of who chooses: login, parts of the name. Cyrillic is judged by the keys on which it is typed, so that a Russian or
/// Kazakh word typed with the other layout is the same word. Refusal: kPasswordCommon. Takes a millisecond or so; any thread may call.
std::expected<void, Refused> check_password_words(std::string_view password, std::span<const std::string> own);

/// The words of one person: of the login and the name, from three characters on.
std::vector<std::string> words_of_person(std::string_view login, std::string_view display_name);

}  // namespace koshi::people
