#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "office/people/random.h"
#include "office/people/refusal.h"
#include "office/people/totp.h"
#include "store/transaction.h"

/// One-time codes of accounts. Secrets are kept encrypted (XChaCha20-Poly1305, bound to the account), so a copy of the
/// database without the key is no second factor.
namespace koshi::people {

inline constexpr size_t kFactorKeyBytes = 32;
using FactorKey = std::array<std::byte, kFactorKeyBytes>;  ///< kept outside the database; without it all enrol anew

struct Enrolment {
  std::string secret;  ///< to be typed
  std::string uri;     ///< to be shown as a QR code
};

/// Immutable; any thread. Every function: refusal kNoAccount; error kCorrupt when a secret does not open.
class SecondFactor {
 public:
  /// `issuer` is the name that telephones show beside the login. What the key does not open, one of the retired keys may.
  SecondFactor(const FactorKey& key, RandomBytes random, std::string issuer, std::vector<FactorKey> retired = {});

  /// A new secret, which counts only once it is confirmed. Refusal: kCodeEnrolled.
  Decided<Enrolment> enrol(store::Transaction& transaction, int64_t account) const;
  /// Refusals: kCodeNotBegun, kCodeWrong. Guesses are limited by who calls: the account is signed in.
  Decided<void> confirm(store::Transaction& transaction, int64_t account, std::string_view code, int64_t now_ms) const;
  /// An account that must have one and has none gets sessions without roles, in which it can only enrol.
  Decided<void> require(store::Transaction& transaction, int64_t account, bool required) const;
  /// For a lost telephone; its recovery codes go with it. Ends all sessions but the one whose token is given.
  Decided<void> remove(store::Transaction& transaction, int64_t account, std::string_view kept_token = {}) const;
  /// What enrol() told, from the secret's text alone, so that a page can show it again. No value when it is none.
  std::optional<Enrolment> told_again(std::string_view secret_text, std::string_view login) const;
  /// Takes the code of a confirmed factor, or a recovery code, once. Refusals: kCodeNotBegun, kCodeWrong.
  Decided<void> use(store::Transaction& transaction, int64_t account, std::string_view code, int64_t now_ms) const;
  /// Seals every secret under the key that is not sealed under it yet; afterwards the retired keys open nothing that the key does not. How
  /// many it were. Nobody notices: secrets and codes stay. Error kCorrupt: one opens under none of the keys, and nothing was changed.
  store::StoreResult<int64_t> seal_anew(store::Transaction& transaction) const;

 private:
  Decided<void> take(store::Transaction& transaction, int64_t account, std::string_view code, int64_t now_ms, bool confirmed) const;
  std::string seal(const TotpSecret& secret, int64_t account) const;
  store::StoreResult<TotpSecret> open(std::string_view sealed, int64_t account) const;

  FactorKey key_;
  std::vector<FactorKey> retired_;
  RandomBytes random_;
  std::string issuer_;
};

}  // namespace koshi::people
