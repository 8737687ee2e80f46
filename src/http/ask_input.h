#pragma once

#include <expected>
#include <string>

#include "http/ask_form.h"
#include "http/page.h"

/// One fact as people fill it in: its question, its input, what they typed and what is wrong with it.
namespace koshi::http {

inline constexpr size_t kMaxRadios = 12;    ///< more choices become a list to pick from
inline constexpr size_t kMaxOptions = 320;  ///< more become a code to type: a longer list would be heavier than the page may be

/// Why an input cannot be taken: the key of a phrase.
struct InputError {
  std::string key;
};

/// What was typed, in the written form of the law ("2016-03-01", "300000", "UZ", "none"); empty when nothing was.
std::expected<std::string, InputError> read_input(const Site& site, const AskForm& form, const std::string& path, const Place& place);
/// A date given as one text or in three parts named `name-day` …; empty when nothing was typed.
std::expected<std::string, InputError> read_date_input(const AskForm& form, const std::string& name, const std::string& value);

/// The question as a person reads it, and where in the case it belongs ("Employer, Staff 2 of 3").
std::string place_question(const Site& site, const Context& context, const Place& place);
std::string place_help(const Site& site, const Context& context, const Place& place);
std::string place_owner(const Site& site, const Context& context, const Place& place);
/// Label and value of a fact already given.
std::string place_label(const Site& site, const Context& context, const Place& place);
std::string shown_value(const Site& site, const Context& context, const Place& place, const std::string& value);

/// For the template `input`: exactly one of is_date, is_radios, is_select, is_text is set.
View input_view(const Site& site, const Context& context, const AskForm& form, const std::string& path, const Place& place);
/// {date_name, day, month, year}: three parts, as typed or from the ISO date.
View date_view(const AskForm& form, const std::string& name, const std::string& value);

/// Sorted as people of the language look things up.
void sort_by_label(words::Language language, std::vector<std::pair<std::string, std::string>>& labelled);

}  // namespace koshi::http
