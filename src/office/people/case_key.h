#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "office/people/random.h"

/// Keys of cases that somebody opened without an account: whoever has the key is the party, and nothing else is known of him. The office
/// keeps what follows from a key, never the key, so a copy of the database opens no case. All functions are callable from any thread.
namespace koshi::people {

inline constexpr size_t kCaseKeyLength = 24;     ///< characters of five bits: 120 bits, which need no slow hash (ASVS 5.0, 6.5.2: from 112)
inline constexpr size_t kOldCaseKeyLength = 20;  ///< of keys that were given before; they keep opening their cases

/// "7K2Q-M9TX-04BD-WJ6E-RZ1C-H8SV": Crockford's alphabet, in which no letter is taken for a digit.
std::string make_case_key(const RandomBytes& random);

/// Its characters, whatever case, gaps and strokes somebody wrote; O is read as 0, I and L as 1. No value for anything else.
std::optional<std::string> read_case_key(std::string_view text);

/// What follows from a key that read_case_key() gave: what the case keeps (the scope of its party), the name under which its holder acts,
/// and a token of the form of token.h for his forms. None leads back to the key, nor from one to another.
struct CaseKeyNames {
  std::string scope;    ///< 32 hexadecimal digits
  std::string account;  ///< "key:…"; no login has a colon
  std::string token;
};
CaseKeyNames names_of_case_key(std::string_view key);

}  // namespace koshi::people
