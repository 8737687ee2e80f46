#include "office/papers/permit_code.h"

#include <sodium.h>

#include <algorithm>
#include <optional>

#include "base/check.h"
#include "base/text.h"

namespace koshi::papers {
namespace {

constexpr std::string_view kPrefix = "KOSHI1.";
constexpr int kBase64 = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
constexpr size_t kFieldCount = 8;

const unsigned char* raw(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string base64url(std::string_view bytes) {
  std::string out(sodium_base64_encoded_len(bytes.size(), kBase64), '\0');
  sodium_bin2base64(out.data(), out.size(), raw(bytes), bytes.size(), kBase64);
  out.pop_back();  // the terminating zero
  return out;
}

std::optional<std::string> from_base64url(std::string_view text) {
  std::string out(text.size(), '\0');
  size_t count = 0;
  const char* end = nullptr;
  const int failed =
      sodium_base642bin(reinterpret_cast<unsigned char*>(out.data()), out.size(), text.data(), text.size(), nullptr, &count, &end, kBase64);
  if (failed != 0 || end != text.data() + text.size()) return std::nullopt;
  out.resize(count);
  // libsodium 1.0.18 takes some bytes above ASCII for letters; one spelling only.
  if (base64url(out) != text) return std::nullopt;
  return out;
}

std::string compact(Date date) {
  std::string text = format_date(date);
  std::erase(text, '-');
  return text;
}

std::optional<Date> from_compact(std::string_view text) {
  if (text.size() != 8) return std::nullopt;
  return parse_date(std::string(text.substr(0, 4)) + "-" + std::string(text.substr(4, 2)) + "-" + std::string(text.substr(6)));
}

bool is_key_id(std::string_view id) {
  return !id.empty() && id.size() <= kCodeKeyIdMaxBytes && std::ranges::all_of(id, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

Result<void> check_text(std::string_view name, std::string_view text) {
  const bool control = std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
  if (text.empty()) return fail("the permit code needs a " + std::string(name));
  if (control || !is_valid_utf8(text)) return fail("the " + std::string(name) + " of the permit code is not plain UTF-8 text");
  return {};
}

Result<void> check_facts(const PermitFacts& facts) {
  TRY_DO(check_text("number", facts.number));
  TRY_DO(check_text("holder", facts.holder));
  TRY_DO(check_text("category", facts.category));
  TRY_DO(check_text("region", facts.region));
  TRY_DO(check_text("office", facts.office));
  if (facts.from < kFirstDate || facts.until > kLastDate || facts.until < facts.from) {
    return fail("the permit code needs a last day that is not before its first");
  }
  if (!is_key_id(facts.key))
    return fail("the key id of a permit code is 1 to 16 letters, digits, \"-\" or \"_\", not " + json_string(facts.key));
  return {};
}

std::string format_fields(const PermitFacts& facts) {
  const std::string fields[kFieldCount] = {facts.number,        facts.holder,         facts.category, facts.region,
                                           compact(facts.from), compact(facts.until), facts.office,   facts.key};
  return join(fields, "\n");
}

std::optional<PermitFacts> parse_fields(std::string_view text) {
  const std::vector<std::string_view> parts = split(text, '\n');
  if (parts.size() != kFieldCount) return std::nullopt;
  const auto from = from_compact(parts[4]);
  const auto until = from_compact(parts[5]);
  if (!from || !until) return std::nullopt;
  PermitFacts facts{.number = std::string(parts[0]),
                    .holder = std::string(parts[1]),
                    .category = std::string(parts[2]),
                    .region = std::string(parts[3]),
                    .from = *from,
                    .until = *until,
                    .office = std::string(parts[6]),
                    .key = std::string(parts[7])};
  if (!check_facts(facts)) return std::nullopt;
  return facts;
}

}  // namespace

SignMessage ed25519_signer(const std::array<uint8_t, 32>& seed) {
  return [seed](std::string_view message) {
    std::array<unsigned char, crypto_sign_PUBLICKEYBYTES> public_key;
    std::array<unsigned char, crypto_sign_SECRETKEYBYTES> secret;
    crypto_sign_seed_keypair(public_key.data(), secret.data(), seed.data());
    std::string signature(kCodeSignatureBytes, '\0');
    crypto_sign_detached(reinterpret_cast<unsigned char*>(signature.data()), nullptr, raw(message), message.size(), secret.data());
    sodium_memzero(secret.data(), secret.size());
    return signature;
  };
}

std::array<uint8_t, 32> ed25519_public_key(const std::array<uint8_t, 32>& seed) {
  std::array<uint8_t, crypto_sign_PUBLICKEYBYTES> public_key;
  std::array<unsigned char, crypto_sign_SECRETKEYBYTES> secret;
  crypto_sign_seed_keypair(public_key.data(), secret.data(), seed.data());
  sodium_memzero(secret.data(), secret.size());
  return public_key;
}

Result<std::string> make_permit_code(const PermitFacts& facts, const SignMessage& sign) {
  TRY_DO(check_facts(facts));
  const std::string fields = format_fields(facts);
  if (fields.size() > kPermitFieldsMaxBytes) {
    return fail("the permit code is " + std::to_string(fields.size() - kPermitFieldsMaxBytes) +
                " bytes too long; shorten the holder's or the office's name");
  }
  const std::string message = std::string(kPrefix) + base64url(fields);
  const std::string signature = sign(message);
  CHECK(signature.size() == kCodeSignatureBytes);
  std::string code = message + "." + base64url(signature);
  CHECK(code.size() <= kPermitCodeMaxBytes);
  return code;
}

Result<PermitFacts> verify_permit_code(std::string_view code, std::span<const CodeKey> keys) {
  const size_t dot = code.rfind('.');
  if (code.size() > kPermitCodeMaxBytes || !code.starts_with(kPrefix) || dot < kPrefix.size()) {
    return fail("this is not a permit code; scan the QR code of the permit again");
  }
  const std::string_view message = code.substr(0, dot);
  const auto fields = from_base64url(message.substr(kPrefix.size()));
  const auto signature = from_base64url(code.substr(dot + 1));
  const auto facts = fields ? parse_fields(*fields) : std::nullopt;
  if (!facts || !signature || signature->size() != kCodeSignatureBytes) {
    return fail("this permit code is damaged; scan the QR code of the permit again");
  }
  const auto key = std::ranges::find(keys, facts->key, &CodeKey::id);
  if (key == keys.end()) return fail("the permit code is signed with a key that is not known here: " + facts->key);
  if (crypto_sign_verify_detached(raw(*signature), raw(message), message.size(), key->public_key.data()) != 0) {
    return fail("the signature of this permit code is not good: the office did not issue it as it stands");
  }
  return *facts;
}

}  // namespace koshi::papers
