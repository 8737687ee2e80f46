#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

/// Ed25519 keys in the text forms of C2SP signed notes and of Go's sumdb/note, so that other tools read them.
///
///   verifying key = name "+" key-id "+" base64(0x01 public-key)               for everybody
///   signing key   = "PRIVATE+KEY+" name "+" key-id "+" base64(0x01 seed)      a secret: mode 0600, one line
///   key-id        = 8 hex digits: SHA-256(name 0x0A 0x01 public-key)[0..4]
namespace koshi::journal {

inline constexpr size_t kSeedBytes = 32;
inline constexpr size_t kPublicKeyBytes = 32;
inline constexpr size_t kSignatureBytes = 64;
inline constexpr size_t kKeyNameMaxBytes = 200;

using Seed = std::array<uint8_t, kSeedBytes>;
using PublicKey = std::array<uint8_t, kPublicKeyBytes>;

/// From the operating system. The one place of this library that is not a function of its arguments.
Seed random_seed();

/// UTF-8 without white space, controls and "+"; best a URL without scheme, such as "migration.example/office".
Result<void> check_key_name(std::string_view name);

class VerifyingKey {
 public:
  static Result<VerifyingKey> create(std::string name, const PublicKey& key);
  static Result<VerifyingKey> parse(std::string_view text);
  std::string text() const;

  const std::string& name() const { return name_; }
  uint32_t id() const { return id_; }
  /// False for a signature of any other length.
  bool verify(std::string_view message, std::string_view signature) const;
  bool operator==(const VerifyingKey&) const = default;

 private:
  VerifyingKey() = default;
  std::string name_;
  uint32_t id_ = 0;
  PublicKey key_{};
};

/// Wipes its memory when destroyed. Movable only, so that copies of the secret do not multiply.
class SigningKey {
 public:
  static Result<SigningKey> create(std::string name, const Seed& seed);
  /// Trailing white space is allowed, as in a file of one line. The error never repeats the text.
  static Result<SigningKey> parse(std::string_view text);
  SigningKey(SigningKey&& other) noexcept;
  SigningKey& operator=(SigningKey&& other) noexcept;
  ~SigningKey();

  std::string secret_text() const;
  const VerifyingKey& verifying_key() const { return verifying_; }
  /// 64 bytes; the same for the same message (RFC 8032).
  std::string sign(std::string_view message) const;

 private:
  SigningKey(VerifyingKey verifying, const Seed& seed);
  void wipe();

  VerifyingKey verifying_;
  Seed seed_;
  std::array<uint8_t, 64> secret_;
};

}  // namespace koshi::journal
