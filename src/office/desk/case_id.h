#pragma once

#include "base/crockford.h"

namespace koshi::office {

/// Of the id of a case that is not sealed: fifty bits that nobody guesses. A sealed one has journal::kSealedNameBytes.
inline constexpr size_t kCaseIdCharacters = 10;

/// By its look alone, whether there is such a case or not.
constexpr bool is_case_id(std::string_view text) {
  return is_crockford(text, kCaseIdCharacters);
}

}  // namespace koshi::office
