#include "office/journal/note_key.h"

#include <sodium.h>

#include <algorithm>

#include "base/check.h"
#include "base/text.h"
#include "office/journal/hash.h"

namespace koshi::journal {
namespace {

constexpr char kEd25519 = '\x01';
constexpr std::string_view kSecretPrefix = "PRIVATE+KEY+";

const unsigned char* raw(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

uint32_t key_id(std::string_view name, const PublicKey& key) {
  std::string bytes(name);
  bytes += '\n';
  bytes += kEd25519;
  bytes.append(reinterpret_cast<const char*>(key.data()), key.size());
  const Hash hash = sha256(bytes);
  return uint32_t{hash[0]} << 24 | uint32_t{hash[1]} << 16 | uint32_t{hash[2]} << 8 | hash[3];
}

std::string id_text(uint32_t id) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  for (int shift = 28; shift >= 0; shift -= 4) out += kDigits[id >> shift & 15];
  return out;
}

template <typename Bytes>
std::string key_text(std::string_view name, uint32_t id, const Bytes& key) {
  std::string bytes(1, kEd25519);
  bytes.append(reinterpret_cast<const char*>(key.data()), key.size());
  std::string out = std::string(name) + "+" + id_text(id) + "+" + base64(bytes);
  sodium_memzero(bytes.data(), bytes.size());
  return out;
}

struct KeyParts {
  std::string_view name;
  std::string_view id;
  std::array<uint8_t, 32> key;
};

/// name "+" id "+" base64(0x01 32 bytes); base64 itself may hold "+".
std::optional<KeyParts> split_key(std::string_view text) {
  const size_t first = text.find('+');
  if (first == std::string_view::npos) return std::nullopt;
  const size_t second = text.find('+', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  auto bytes = from_base64(text.substr(second + 1));
  if (!bytes || bytes->size() != 33 || bytes->front() != kEd25519) return std::nullopt;
  KeyParts parts{text.substr(0, first), text.substr(first + 1, second - first - 1), {}};
  std::ranges::copy(bytes->substr(1), parts.key.begin());
  sodium_memzero(bytes->data(), bytes->size());
  return parts;
}

/// The white space of Unicode outside ASCII, as UTF-8.
constexpr std::string_view kSpaces[] = {"\u0085", "\u00A0", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003", "\u2004", "\u2005", "\u2006",
                                        "\u2007", "\u2008", "\u2009", "\u200A", "\u2028", "\u2029", "\u202F", "\u205F", "\u3000"};

}  // namespace

Seed random_seed() {
  CHECK(sodium_init() >= 0);
  Seed seed;
  randombytes_buf(seed.data(), seed.size());
  return seed;
}

Result<void> check_key_name(std::string_view name) {
  const bool bad_byte = std::ranges::any_of(name, [](char c) { return static_cast<uint8_t>(c) <= 0x20 || c == '+' || c == 0x7F; });
  const bool has_space = std::ranges::any_of(kSpaces, [&](std::string_view space) { return name.contains(space); });
  if (name.empty() || name.size() > kKeyNameMaxBytes || bad_byte || has_space || !is_valid_utf8(name)) {
    return fail("a key needs a name of 1 to " + std::to_string(kKeyNameMaxBytes) +
                " bytes without spaces and \"+\", such as migration.example/office; not " + json_string(name));
  }
  return {};
}

Result<VerifyingKey> VerifyingKey::create(std::string name, const PublicKey& key) {
  TRY_DO(check_key_name(name));
  VerifyingKey out;
  out.id_ = key_id(name, key);
  out.name_ = std::move(name);
  out.key_ = key;
  return out;
}

Result<VerifyingKey> VerifyingKey::parse(std::string_view text) {
  const auto parts = split_key(text);
  if (!parts) return fail("a verifying key has the form name+id+base64, not " + json_string(text));
  TRY(key, create(std::string(parts->name), parts->key));
  if (id_text(key.id_) != parts->id) return fail("the key id in " + json_string(text) + " does not belong to the key");
  return key;
}

std::string VerifyingKey::text() const {
  return key_text(name_, id_, key_);
}

bool VerifyingKey::verify(std::string_view message, std::string_view signature) const {
  if (signature.size() != kSignatureBytes) return false;
  return crypto_sign_verify_detached(raw(signature), raw(message), message.size(), key_.data()) == 0;
}

SigningKey::SigningKey(VerifyingKey verifying, const Seed& seed) : verifying_(std::move(verifying)), seed_(seed) {
  PublicKey key;
  crypto_sign_seed_keypair(key.data(), secret_.data(), seed_.data());
}

SigningKey::SigningKey(SigningKey&& other) noexcept : verifying_(std::move(other.verifying_)), seed_(other.seed_), secret_(other.secret_) {
  other.wipe();
}

SigningKey& SigningKey::operator=(SigningKey&& other) noexcept {
  if (this == &other) return *this;
  verifying_ = std::move(other.verifying_);
  seed_ = other.seed_;
  secret_ = other.secret_;
  other.wipe();
  return *this;
}

SigningKey::~SigningKey() {
  wipe();
}

void SigningKey::wipe() {
  sodium_memzero(seed_.data(), seed_.size());
  sodium_memzero(secret_.data(), secret_.size());
}

Result<SigningKey> SigningKey::create(std::string name, const Seed& seed) {
  CHECK(sodium_init() >= 0);
  PublicKey key;
  std::array<uint8_t, 64> secret;
  crypto_sign_seed_keypair(key.data(), secret.data(), seed.data());
  sodium_memzero(secret.data(), secret.size());
  TRY(verifying, VerifyingKey::create(std::move(name), key));
  return SigningKey(std::move(verifying), seed);
}

Result<SigningKey> SigningKey::parse(std::string_view text) {
  text = trim(text);
  auto parts = text.starts_with(kSecretPrefix) ? split_key(text.substr(kSecretPrefix.size())) : std::nullopt;
  if (!parts) return fail("a signing key has the form PRIVATE+KEY+name+id+base64");
  auto key = create(std::string(parts->name), parts->key);
  sodium_memzero(parts->key.data(), parts->key.size());
  if (!key) return key;
  if (id_text(key->verifying_.id()) != parts->id) return fail("the id of the signing key does not belong to the key");
  return key;
}

std::string SigningKey::secret_text() const {
  return std::string(kSecretPrefix) + key_text(verifying_.name(), verifying_.id(), seed_);
}

std::string SigningKey::sign(std::string_view message) const {
  std::string signature(kSignatureBytes, '\0');
  crypto_sign_detached(reinterpret_cast<unsigned char*>(signature.data()), nullptr, raw(message), message.size(), secret_.data());
  return signature;
}

}  // namespace koshi::journal
