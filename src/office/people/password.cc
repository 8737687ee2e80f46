#include "office/people/password.h"

#include <sodium.h>

#include <array>

#include "base/check.h"
#include "base/text.h"
#include "office/people/password_words.h"

namespace koshi::people {
namespace {

constexpr size_t kHashBytes = 32;

std::string base64(std::span<const unsigned char> bytes) {
  std::string out(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL_NO_PADDING), '\0');
  sodium_bin2base64(out.data(), out.size(), bytes.data(), bytes.size(), sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
  out.pop_back();  // the terminating zero
  return out;
}

/// What crypto_pwhash_str() writes.
std::string text_of(const PasswordCost& cost, std::span<const unsigned char> salt, std::span<const unsigned char> hash) {
  return "$argon2id$v=19$m=" + std::to_string(cost.memory_bytes / 1024) + ",t=" + std::to_string(cost.operations) + ",p=1$" + base64(salt) +
         "$" + base64(hash);
}

bool is_too_long(std::string_view password) {
  return password.size() > kPasswordMaxBytes;
}

std::unexpected<Refused> too_busy() {
  return refuse(Refusal::kTooBusy, "too many passwords are being checked at once");
}

}  // namespace

/// Not std::counting_semaphore: that of GCC 12.2 may sleep although there is a free turn (its bug 104928).
class Passwords::Turn {
 public:
  explicit Turn(Passwords& house) : house_(house) {
    std::unique_lock lock(house_.mutex_);
    taken_ = house_.turn_is_free_.wait_for(lock, house_.options_.wait_max, [this] { return house_.free_turns_ > 0; });
    if (taken_) --house_.free_turns_;
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  ~Turn() {
    if (!taken_) return;
    {
      const std::lock_guard lock(house_.mutex_);
      ++house_.free_turns_;
    }
    house_.turn_is_free_.notify_one();
  }
  bool taken() const { return taken_; }

 private:
  Passwords& house_;
  bool taken_ = false;
};

Passwords::Passwords(PasswordOptions options, RandomBytes random)
    : options_(options), random_(std::move(random)), free_turns_(options.hashes_at_once) {}

Result<std::unique_ptr<Passwords>> Passwords::create(PasswordOptions options, RandomBytes random) {
  if (sodium_init() < 0) return fail("libsodium cannot start: there is no source of randomness");
  if (options.hashes_at_once < 1 || options.hashes_at_once > kHashesAtOnceMax) {
    return fail("hashes_at_once is 1 to " + std::to_string(kHashesAtOnceMax));
  }
  const PasswordCost& cost = options.cost;
  if (cost.operations < crypto_pwhash_OPSLIMIT_MIN || cost.operations > crypto_pwhash_OPSLIMIT_MAX ||
      cost.memory_bytes < crypto_pwhash_MEMLIMIT_MIN || cost.memory_bytes > crypto_pwhash_MEMLIMIT_MAX) {
    return fail("argon2id cannot have this cost");
  }
  std::unique_ptr<Passwords> passwords(new Passwords(options, std::move(random)));
  // Of no password: to verify against it costs what any other costs, and to make it costs nothing, however often an office opens.
  std::array<unsigned char, kHashBytes> nobody{};
  passwords->random_(std::as_writable_bytes(std::span(nobody)));
  passwords->dummy_ = text_of(cost, passwords->make_salt(), nobody);
  return passwords;
}

Passwords::Salt Passwords::make_salt() {
  static_assert(std::tuple_size_v<Salt> == crypto_pwhash_SALTBYTES);
  Salt salt{};
  random_(std::as_writable_bytes(std::span(salt)));
  return salt;
}

/// The caller's randomness is the salt. Empty when there is no memory.
std::string Passwords::compute(std::string_view password) {
  const Salt salt = make_salt();
  std::array<unsigned char, kHashBytes> hash{};
  ++hash_count_;
  const PasswordCost& cost = options_.cost;
  if (crypto_pwhash(hash.data(), hash.size(), password.data(), password.size(), salt.data(), cost.operations, cost.memory_bytes,
                    crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return "";
  }
  return text_of(cost, salt, hash);
}

std::expected<std::string, Refused> Passwords::hash(std::string_view password, std::span<const std::string> own_words) {
  // The length first, which is told more plainly.
  if (is_too_long(password) || utf8_length(password) < kPasswordMinLength) return hash(password);
  if (auto checked = check_password_words(password, own_words); !checked) return std::unexpected(checked.error());
  return hash(password);
}

std::expected<std::string, Refused> Passwords::hash(std::string_view password) {
  if (is_too_long(password)) return refuse(Refusal::kPasswordTooLong, "a password has at most 256 bytes");
  if (utf8_length(password) < kPasswordMinLength) return refuse(Refusal::kPasswordTooShort, "a password has at least 12 characters");
  const Turn turn(*this);
  if (!turn.taken()) return too_busy();
  std::string hash = compute(password);
  if (hash.empty()) return too_busy();
  return hash;
}

std::expected<Passwords::Verdict, Refused> Passwords::verify(std::string_view stored, std::string_view password) {
  // Says nothing about an account: it depends on what was entered alone.
  if (is_too_long(password)) return Verdict{};
  const Turn turn(*this);
  if (!turn.taken()) return too_busy();
  const std::string against(stored.empty() ? std::string_view(dummy_) : stored);
  ++hash_count_;
  const bool fits = crypto_pwhash_str_verify(against.c_str(), password.data(), password.size()) == 0;
  if (!fits || stored.empty()) return Verdict{};
  const int other = crypto_pwhash_str_needs_rehash(against.c_str(), options_.cost.operations, options_.cost.memory_bytes);
  return Verdict{.right = true, .outdated = other != 0};
}

}  // namespace koshi::people
