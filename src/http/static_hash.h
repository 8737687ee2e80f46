#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace koshi::http {

/// FNV-1a in 16 hexadecimal digits: tells versions of a file apart; no secret hangs on it.
inline std::string hash_of(std::string_view text) {
  uint64_t hash = 14695981039346656037u;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
  static constexpr std::string_view kHex = "0123456789abcdef";
  std::string out;
  for (int shift = 60; shift >= 0; shift -= 4) out.push_back(kHex[(hash >> shift) & 15]);
  return out;
}

}  // namespace koshi::http
