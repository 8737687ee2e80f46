#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "office/oidc/public_key.h"

/// The token by which a provider says who somebody is (OpenID Connect Core 1.0, sections 2 and 3.1.3.7). Pure; any thread.
namespace koshi::oidc {

/// By how much the provider's clock may differ from ours, either way.
inline constexpr int64_t kClockSkewMs = 60'000;
/// A token that was issued longer ago was not issued for this sign-in.
inline constexpr int64_t kIssuedAgoMaxMs = 10 * 60'000;
inline constexpr size_t kIdTokenMaxBytes = 32 * 1024;
inline constexpr size_t kKeysMax = 50;

struct NamedKey {
  std::string id;  ///< may be empty
  PublicKey key;
};
using KeySet = std::vector<NamedKey>;

/// A JSON Web Key Set (RFC 7517). Keys of other kinds, for other uses or other algorithms are passed over, the first kKeysMax are taken.
/// No value when it is no key set.
std::optional<KeySet> read_key_set(std::string_view json);

struct Expected {
  std::string_view issuer, client_id, nonce;
  int64_t now_ms = 0;
};

enum class IdTokenFault : uint8_t {
  kForm,       ///< not three parts of base64url, no JSON, a claim that is missing or of another kind
  kAlgorithm,  ///< neither RS256 nor ES256
  kNoKey,      ///< signed with a key that is not in the set: fetch it anew
  kSignature,
  kIssuer,
  kAudience,
  kExpired,
  kTooEarly,  ///< issued in the future, or not valid yet
  kTooOld,
  kNonce,
};
/// "the signature is wrong"-like English; never the token itself.
std::string_view describe(IdTokenFault fault);

struct IdToken {
  std::string subject;
  std::string acr = {};  ///< by which class of means the provider knew him; empty: it does not say
};

/// Everything is held against `expected`; the signature before any claim is believed.
std::expected<IdToken, IdTokenFault> verify_id_token(std::string_view token, const KeySet& keys, const Expected& expected);

}  // namespace koshi::oidc
