#include "office/oidc/id_token.h"

#include <algorithm>

#include "base/text.h"
#include "office/oidc/json_object.h"

namespace koshi::oidc {
namespace {

constexpr size_t kSubjectMaxBytes = 255;

std::optional<PublicKey> key_of(const JsonObject& entry) {
  const auto number = [&](std::string_view name) { return base64url_decode(entry.text(name).value_or("")).value_or(""); };
  const std::string type = entry.text("kty").value_or("");
  const std::string algorithm = entry.text("alg").value_or("");
  if (entry.has("use") && entry.text("use") != "sig") return std::nullopt;
  if (type == "RSA" && (algorithm.empty() || algorithm == "RS256")) return PublicKey::rsa(number("n"), number("e"));
  if (type == "EC" && entry.text("crv") == "P-256" && (algorithm.empty() || algorithm == "ES256")) {
    return PublicKey::p256(number("x"), number("y"));
  }
  return std::nullopt;
}

struct Parts {
  JsonObject header, claims;
  std::string_view signed_text;
  std::string signature;
};

std::optional<Parts> split_token(std::string_view token) {
  if (token.size() > kIdTokenMaxBytes) return std::nullopt;
  const auto parts = split(token, '.');
  if (parts.size() != 3) return std::nullopt;
  const auto header_text = base64url_decode(parts[0]);
  const auto claims_text = base64url_decode(parts[1]);
  auto signature = base64url_decode(parts[2]);
  if (!header_text || !claims_text || !signature) return std::nullopt;
  auto header = JsonObject::read(*header_text);
  auto claims = JsonObject::read(*claims_text);
  if (!header || !claims) return std::nullopt;
  return Parts{std::move(*header), std::move(*claims), token.substr(0, parts[0].size() + 1 + parts[1].size()), std::move(*signature)};
}

std::optional<IdTokenFault> check_signature(const Parts& parts, const KeySet& keys) {
  const std::string named = parts.header.text("alg").value_or("");
  if (named != "RS256" && named != "ES256") return IdTokenFault::kAlgorithm;
  // What must be understood and is not known makes the token none (RFC 7515, 4.1.11).
  if (parts.header.has("crit")) return IdTokenFault::kForm;
  const Algorithm algorithm = named == "RS256" ? Algorithm::kRs256 : Algorithm::kEs256;
  const auto id = parts.header.text("kid");
  bool found = false;
  for (const NamedKey& each : keys) {
    if (each.key.algorithm() != algorithm || (id && each.id != *id)) continue;
    found = true;
    if (each.key.verifies(parts.signed_text, parts.signature)) return std::nullopt;
  }
  return found ? IdTokenFault::kSignature : IdTokenFault::kNoKey;
}

std::optional<IdTokenFault> check_audience(const JsonObject& claims, std::string_view client) {
  const auto audience = claims.texts("aud");
  if (!audience) return IdTokenFault::kForm;
  if (std::ranges::find(*audience, client) == audience->end()) return IdTokenFault::kAudience;
  // For several audiences, the token says for whom of them it was made.
  if ((audience->size() > 1 || claims.has("azp")) && claims.text("azp") != client) return IdTokenFault::kAudience;
  return std::nullopt;
}

std::optional<IdTokenFault> check_times(const JsonObject& claims, int64_t now_ms) {
  const auto expires = claims.seconds("exp");
  const auto issued = claims.seconds("iat");
  if (!expires || !issued || (claims.has("nbf") && !claims.seconds("nbf"))) return IdTokenFault::kForm;
  if (now_ms >= *expires * 1000 + kClockSkewMs) return IdTokenFault::kExpired;
  if (*issued * 1000 > now_ms + kClockSkewMs) return IdTokenFault::kTooEarly;
  if (claims.seconds("nbf").value_or(0) * 1000 > now_ms + kClockSkewMs) return IdTokenFault::kTooEarly;
  if (*issued * 1000 < now_ms - kIssuedAgoMaxMs - kClockSkewMs) return IdTokenFault::kTooOld;
  return std::nullopt;
}

}  // namespace

std::optional<KeySet> read_key_set(std::string_view json) {
  const auto document = JsonObject::read(json);
  const auto entries = document ? document->objects("keys") : std::nullopt;
  if (!entries) return std::nullopt;
  KeySet keys;
  for (const JsonObject& entry : *entries) {
    if (keys.size() == kKeysMax) break;
    if (auto key = key_of(entry)) keys.push_back({entry.text("kid").value_or(""), std::move(*key)});
  }
  return keys;
}

std::string_view describe(IdTokenFault fault) {
  switch (fault) {
    case IdTokenFault::kForm: return "it is malformed";
    case IdTokenFault::kAlgorithm: return "it is signed by neither RS256 nor ES256";
    case IdTokenFault::kNoKey: return "its key is not among the provider's";
    case IdTokenFault::kSignature: return "its signature is wrong";
    case IdTokenFault::kIssuer: return "it is of another issuer";
    case IdTokenFault::kAudience: return "it is for somebody else";
    case IdTokenFault::kExpired: return "it has expired";
    case IdTokenFault::kTooEarly: return "it is of the future: compare the clocks";
    case IdTokenFault::kTooOld: return "it was issued too long ago";
    case IdTokenFault::kNonce: break;
  }
  return "it was not issued for this sign-in";
}

std::expected<IdToken, IdTokenFault> verify_id_token(std::string_view token, const KeySet& keys, const Expected& expected) {
  const auto parts = split_token(token);
  if (!parts) return std::unexpected(IdTokenFault::kForm);
  if (const auto fault = check_signature(*parts, keys)) return std::unexpected(*fault);
  const JsonObject& claims = parts->claims;
  if (claims.text("iss") != expected.issuer) return std::unexpected(IdTokenFault::kIssuer);
  if (const auto fault = check_audience(claims, expected.client_id)) return std::unexpected(*fault);
  if (const auto fault = check_times(claims, expected.now_ms)) return std::unexpected(*fault);
  if (expected.nonce.empty() || claims.text("nonce") != expected.nonce) return std::unexpected(IdTokenFault::kNonce);
  auto subject = claims.text("sub");
  if (!subject || subject->empty() || subject->size() > kSubjectMaxBytes) return std::unexpected(IdTokenFault::kForm);
  return IdToken{std::move(*subject), claims.text("acr").value_or("")};
}

}  // namespace koshi::oidc
