#pragma once

#include <optional>
#include <string>
#include <string_view>

/// The encoding in which Russian spreadsheets still save CSV. It has no letters of Kazakh but і and І: a program that
/// saves Kazakh in it writes "?" instead.
namespace koshi::papers {

/// As UTF-8. No value when the one byte without a meaning (0x98) occurs.
std::optional<std::string> from_windows1251(std::string_view bytes);

/// Whether a letter was lost: a "?" directly before a Cyrillic letter.
bool has_lost_letter(std::string_view windows1251);

/// How many of the bytes above ASCII are letters of the Russian alphabet, in percent; 100 when there are none.
int cyrillic_percent(std::string_view windows1251);

}  // namespace koshi::papers
