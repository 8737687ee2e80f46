#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "office/people/random.h"

/// The secrets that a browser holds. All functions are callable from any thread.
namespace koshi::people {

inline constexpr size_t kTokenBytes = 32;
inline constexpr size_t kTokenLength = 43;  ///< as base64url without padding

/// 32 random bytes as base64url.
std::string make_token(const RandomBytes& random);

/// What is stored of a token: 32 bytes of SHA-256, so a copy of the database opens no session. No value when the text
/// is not the one spelling of 32 bytes.
std::optional<std::string> token_hash(std::string_view token);

/// The session's token against forged requests, put into each form. It follows from the session token (HMAC-SHA-256)
/// and is stored nowhere. CHECKs the form of `session_token`: call it only for a session that was found.
std::string csrf_token(std::string_view session_token);
/// In constant time.
bool csrf_fits(std::string_view session_token, std::string_view given);

}  // namespace koshi::people
