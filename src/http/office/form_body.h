#pragma once

#include "http/http.h"

namespace koshi::http {

inline constexpr size_t kMaxFormBytes = 512 * 1024;
inline constexpr size_t kMaxFormItems = 4000;

/// The fields of an application/x-www-form-urlencoded body, in their order. Errors: too long, too many, a broken escape, a control
/// character, not UTF-8.
Result<Query> read_form(std::string_view body);

}  // namespace koshi::http
