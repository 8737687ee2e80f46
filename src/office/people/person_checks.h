#pragma once

#include <string>
#include <string_view>

#include "office/people/refusal.h"

/// What both registers ask of their fields. Private to this folder.
namespace koshi::people {

std::expected<void, Refused> check_register_name(std::string_view name, size_t min, std::string_view what);
std::expected<void, Refused> check_search(std::string_view search);

/// The end of the range of texts that begin with `prefix`: texts are ordered by bytes, and no character is greater than
/// U+10FFFF, which is assigned to nothing and stands in no folded text.
std::string prefix_end(std::string_view prefix);

}  // namespace koshi::people
