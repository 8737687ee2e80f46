#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "office/people/random.h"
#include "office/people/refusal.h"

/// Passwords by argon2id (RFC 9106), as libsodium's crypto_pwhash_str writes them.
namespace koshi::people {

inline constexpr size_t kPasswordMinLength = 12;  ///< characters; no rules of composition (NIST SP 800-63B)
inline constexpr size_t kPasswordMaxBytes = 256;

struct PasswordCost {
  uint64_t operations;
  size_t memory_bytes;
};
inline constexpr PasswordCost kInteractiveCost{2, 64u << 20};  ///< about 0.1 s
inline constexpr PasswordCost kModerateCost{3, 256u << 20};    ///< about 0.7 s
inline constexpr PasswordCost kCheapCost{1, 8u << 10};         ///< for tests and demonstrations only

inline constexpr int kHashesAtOnceMax = 64;

struct PasswordOptions {
  PasswordCost cost = kModerateCost;
  int hashes_at_once = 4;                    ///< bounds memory: 4 × 256 MiB
  std::chrono::milliseconds wait_max{3000};  ///< for a turn, then kTooBusy
};

/// Thread contract: any thread may call; at most `hashes_at_once` compute, the others wait. Never call inside
/// Store::write: the writer must not wait for a hash.
class Passwords {
 public:
  /// Errors: libsodium cannot start, or does not take the cost. Computes no hash.
  static Result<std::unique_ptr<Passwords>> create(PasswordOptions options, RandomBytes random);

  /// A text to store. Refusals: kPasswordTooShort, kPasswordTooLong, kTooBusy.
  std::expected<std::string, Refused> hash(std::string_view password);
  /// The same for one that somebody chose, who has words of his own (password_words.h). Refusal besides: kPasswordCommon.
  std::expected<std::string, Refused> hash(std::string_view password, std::span<const std::string> own_words);

  struct Verdict {
    bool right = false;
    bool outdated = false;  ///< right, but stored at another cost: hash it anew
  };
  /// An empty `stored` (no such login, or an account without password) costs the same time and is never right.
  /// Refusal: kTooBusy.
  std::expected<Verdict, Refused> verify(std::string_view stored, std::string_view password);

  /// How many hashes were computed since create(): for monitoring, and to test that none is saved on unknown logins.
  uint64_t hash_count() const { return hash_count_; }

 private:
  Passwords(PasswordOptions options, RandomBytes random);
  using Salt = std::array<unsigned char, 16>;
  Salt make_salt();
  std::string compute(std::string_view password);

  class Turn;

  const PasswordOptions options_;
  const RandomBytes random_;
  std::mutex mutex_;
  std::condition_variable turn_is_free_;
  int free_turns_;  ///< under mutex_
  std::atomic<uint64_t> hash_count_ = 0;
  std::string dummy_;  ///< a hash of no password, for logins that are not there
};

}  // namespace koshi::people
