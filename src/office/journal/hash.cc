#include "office/journal/hash.h"

#include <openssl/evp.h>
#include <sodium.h>

#include <algorithm>
#include <memory>

#include "base/check.h"

namespace koshi::journal {
namespace {

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_MD_CTX, FreeContext>;

Context make_context() {
  Context context(EVP_MD_CTX_new());
  CHECK(context != nullptr);
  CHECK(EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) == 1);
  return context;
}

std::optional<uint8_t> nibble(char c) {
  if (c >= '0' && c <= '9') return static_cast<uint8_t>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<uint8_t>(c - 'a' + 10);
  return std::nullopt;
}

}  // namespace

Hash sha256(std::string_view bytes) {
  // Looking the algorithm up costs more than hashing a short text with it, so each thread looks once.
  thread_local const Context context = make_context();
  Hash hash;
  CHECK(EVP_DigestInit_ex(context.get(), nullptr, nullptr) == 1);
  CHECK(EVP_DigestUpdate(context.get(), bytes.data(), bytes.size()) == 1);
  CHECK(EVP_DigestFinal_ex(context.get(), hash.data(), nullptr) == 1);
  return hash;
}

std::string_view bytes_of(const Hash& hash) {
  return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

std::optional<Hash> hash_from_bytes(std::string_view bytes) {
  if (bytes.size() != kHashBytes) return std::nullopt;
  Hash hash;
  std::ranges::copy(bytes, hash.begin());
  return hash;
}

std::string hex(const Hash& hash) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  out.reserve(2 * kHashBytes);
  for (const uint8_t byte : hash) {
    out += kDigits[byte >> 4];
    out += kDigits[byte & 15];
  }
  return out;
}

std::optional<Hash> hash_from_hex(std::string_view text) {
  if (text.size() != 2 * kHashBytes) return std::nullopt;
  Hash hash;
  for (size_t i = 0; i < kHashBytes; ++i) {
    const auto high = nibble(text[2 * i]);
    const auto low = nibble(text[2 * i + 1]);
    if (!high || !low) return std::nullopt;
    hash[i] = static_cast<uint8_t>(*high << 4 | *low);
  }
  return hash;
}

std::string base64(std::string_view bytes) {
  std::string out(sodium_base64_ENCODED_LEN(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(out.data(), out.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                    sodium_base64_VARIANT_ORIGINAL);
  out.pop_back();  // the terminating zero
  return out;
}

std::optional<std::string> from_base64(std::string_view text) {
  std::string out(text.size(), '\0');
  size_t count = 0;
  const char* end = nullptr;
  const int failed = sodium_base642bin(reinterpret_cast<unsigned char*>(out.data()), out.size(), text.data(), text.size(), nullptr, &count,
                                       &end, sodium_base64_VARIANT_ORIGINAL);
  if (failed != 0 || end != text.data() + text.size()) return std::nullopt;
  out.resize(count);
  // libsodium 1.0.18 takes "/" and "+" with their highest bit turned for the same letters.
  if (base64(out) != text) return std::nullopt;
  return out;
}

std::optional<Hash> hash_from_base64(std::string_view text) {
  const auto bytes = from_base64(text);
  return bytes ? hash_from_bytes(*bytes) : std::nullopt;
}

}  // namespace koshi::journal
