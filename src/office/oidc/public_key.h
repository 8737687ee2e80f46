#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

/// Keys with which a provider signs, as JSON Web Keys name them (RFC 7518). Internal to this folder.
namespace koshi::oidc {

inline constexpr int kRsaBitsMin = 2048;
inline constexpr size_t kRsaBytesMax = 1024;  ///< 8192 bits: larger ones would only cost time

enum class Algorithm : uint8_t { kRs256, kEs256 };

/// Immutable; any thread.
class PublicKey {
 public:
  /// Big-endian numbers. No value: not a key, or one that is too weak or too large.
  static std::optional<PublicKey> rsa(std::string_view modulus, std::string_view exponent);
  /// A point of P-256, 32 bytes each; one that does not lie on the curve is none.
  static std::optional<PublicKey> p256(std::string_view x, std::string_view y);

  Algorithm algorithm() const { return algorithm_; }
  /// RS256: PKCS #1 v1.5 with SHA-256. ES256: r and s, 32 bytes each.
  bool verifies(std::string_view signed_text, std::string_view signature) const;

 private:
  struct Impl;
  PublicKey(Algorithm algorithm, std::shared_ptr<const Impl> impl) : algorithm_(algorithm), impl_(std::move(impl)) {}
  Algorithm algorithm_;
  std::shared_ptr<const Impl> impl_;
};

/// RFC 4648, section 5, without padding; one spelling only. No value for anything else.
std::optional<std::string> base64url_decode(std::string_view text);
std::string base64url_encode(std::string_view bytes);
/// 32 bytes.
std::string sha256(std::string_view bytes);

}  // namespace koshi::oidc
