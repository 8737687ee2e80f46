#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "base/result.h"

namespace koshi::words {

using Texts = std::map<std::string, std::string, std::less<>>;

/// A catalogue is a TOML file whose values are all strings. Tables are for people: a key `yes` in the table `[value]` is "value.yes", and
/// a quoted key stands for itself ("person.nationality" = "…").
/// Errors: not TOML (with line and column), a value that is no string, a key that is given twice.
Result<Texts> parse_catalogue(std::string_view toml, std::string_view path);

/// Reads `<language>.toml` and every `<name>.<language>.toml` of the folder, in the order of their names. A key in two files is an error.
Result<Texts> read_catalogues(const std::filesystem::path& folder, std::string_view language);

}  // namespace koshi::words
