#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// SHA-256 and the two ways its bytes are written. All functions are pure and callable from any thread.
namespace koshi::journal {

inline constexpr size_t kHashBytes = 32;
using Hash = std::array<uint8_t, kHashBytes>;

Hash sha256(std::string_view bytes);

/// The raw bytes, for hashing and for storage.
std::string_view bytes_of(const Hash& hash);
/// No value unless there are exactly 32 bytes.
std::optional<Hash> hash_from_bytes(std::string_view bytes);

/// 64 lower-case digits. Reading takes no other form, so that a text has one spelling only.
std::string hex(const Hash& hash);
std::optional<Hash> hash_from_hex(std::string_view text);

/// RFC 4648 section 4, with padding. Reading rejects white space, missing padding and stray bits.
std::string base64(std::string_view bytes);
std::optional<std::string> from_base64(std::string_view text);
std::optional<Hash> hash_from_base64(std::string_view text);

}  // namespace koshi::journal
