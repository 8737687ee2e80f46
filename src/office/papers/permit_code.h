#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "base/date.h"
#include "base/result.h"

/// The signed text in the QR code of a permit: anybody who holds the office's public key can tell without a network
/// that the office issued it. It does not tell whether the permit was revoked since; the register does.
///
///   code   = "KOSHI1." base64url(fields) "." base64url(signature)        without padding, at most 350 bytes
///   fields = number LF holder LF category LF region LF from LF until LF office LF key     UTF-8
///   from, until = YYYYMMDD           key = which of the office's keys signed
///   signature = Ed25519 over the code up to its second "."
///
/// A code has one spelling: whatever is not exactly what make_permit_code writes is refused. Pure functions.
namespace koshi::papers {

inline constexpr size_t kPermitCodeMaxBytes = 350;
inline constexpr size_t kPermitFieldsMaxBytes = 192;  ///< what the signature leaves of the 350, unpacked
inline constexpr size_t kCodeKeyIdMaxBytes = 16;
inline constexpr size_t kCodeSignatureBytes = 64;

struct PermitFacts {
  std::string number;
  std::string holder;    ///< a person's or an employer's short name; shorten() (shorten.h) makes it fit
  std::string category;  ///< as the law's table writes it
  std::string region;    ///< a code of the regions' table rather than a name
  Date from;
  Date until;          ///< the last day, not before `from`
  std::string office;  ///< a code or short name
  std::string key;     ///< 1 to 16 ASCII letters, digits, "-", "_"
  bool operator==(const PermitFacts&) const = default;
};

/// Returns the 64 bytes of an Ed25519 signature. The secret stays with the caller.
using SignMessage = std::function<std::string(std::string_view message)>;

struct CodeKey {
  std::string id;
  std::array<uint8_t, 32> public_key{};
};

/// Signs with the key of this 32-byte seed (RFC 8032).
SignMessage ed25519_signer(const std::array<uint8_t, 32>& seed);
std::array<uint8_t, 32> ed25519_public_key(const std::array<uint8_t, 32>& seed);

/// Errors: an empty field, a control character, invalid UTF-8, `until` before `from`, a bad key id, too long (the
/// message says by how much).
Result<std::string> make_permit_code(const PermitFacts& facts, const SignMessage& sign);

/// Reads and believes: the signature must be of the key that the code names. Errors: not a code, an unknown key, a
/// signature that is not good.
Result<PermitFacts> verify_permit_code(std::string_view code, std::span<const CodeKey> keys);

}  // namespace koshi::papers
