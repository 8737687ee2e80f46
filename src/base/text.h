#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Small text tools. All text is UTF-8.
namespace koshi {

/// Bytes before the first invalid one (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF).
size_t valid_utf8_prefix(std::string_view text);
bool is_valid_utf8(std::string_view text);
/// Code points, for placing a caret. Invalid bytes count one each.
size_t utf8_length(std::string_view text);

/// Without the ASCII white space at both ends.
std::string_view trim(std::string_view text);
/// One part more than there are separators: "" gives one empty part.
std::vector<std::string_view> split(std::string_view text, char separator);
std::string join(std::span<const std::string> parts, std::string_view separator);

/// Decimal digits with an optional minus; no value on anything else or on overflow.
std::optional<int64_t> parse_whole(std::string_view text);

/// Optimal-string-alignment distance over bytes; cost |a|·|b|.
size_t edit_distance(std::string_view a, std::string_view b);
/// The known name nearest to `name`, if it is near enough to be meant (distance <= 1 + length of `name` / 4); ties go
/// to the first.
std::optional<std::string> nearest(std::string_view name, std::span<const std::string> known);

/// The text as a JSON string, with its quotes. Control characters, quotes and backslashes are escaped; UTF-8 stays;
/// an invalid byte becomes U+FFFD, so that the output is always JSON.
void append_json_string(std::string& out, std::string_view text);
std::string json_string(std::string_view text);

/// Escapes & < > " ' for HTML text and attributes.
std::string html_escape(std::string_view text);

}  // namespace koshi
