#pragma once

#include <string_view>

#include "ask/ask.h"
#include "http/http.h"

/// Errors as RFC 9457 problem details: {"type":"about:blank","title":…,"status":…,"detail":…,"problems":[{"pointer","message"}]}.
namespace koshi::http {

inline constexpr std::string_view kProblemType = "application/problem+json";

/// `problems` is left out when there are none. Nothing in it may come from the inside of the machine: no paths, no exception texts.
Response problem(int status, std::string_view detail, const ask::Problems& problems = {});

}  // namespace koshi::http
