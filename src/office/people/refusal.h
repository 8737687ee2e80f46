#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <utility>

#include "store/error.h"

/// What people and access refuse: a value of the domain, told apart from errors of the machine (store::StoreError).
namespace koshi::people {

enum class Refusal : uint8_t {
  kLoginForm,         ///< not a login (account.h)
  kLoginTaken,        ///< another account has it
  kNameForm,          ///< a display name, a person's or employer's name, a region: empty, too long or with control characters
  kLanguageForm,      ///< not two or three small letters
  kRoleForm,          ///< a grant without scope and not everywhere, or with both; a name that is none; too many grants
  kPasswordTooShort,  ///< fewer than kPasswordMinLength characters
  kPasswordTooLong,   ///< more than kPasswordMaxBytes
  kPasswordCommon,    ///< of words that everybody tries first (password_words.h)
  kPasswordSame,      ///< the new one is the old one
  kNotFresh,          ///< an account without password: sign in by the provider again first
  kPasswordEnded,     ///< the keeper gave it, and its term is over; said only to who knew it
  kNoAccount,
  kWrongPassword,    ///< also: there is no such login. Callers must not tell the two apart
  kTooManyFailures,  ///< try again at retry_at_ms
  kTooBusy,          ///< too many passwords are being checked; nothing was counted; 503
  kDisabled,         ///< said only to who knew the password
  kCodeNeeded,       ///< the password is right, a second factor is asked for
  kCodeWrong,        ///< also: this code was used already
  kCodeEnrolled,     ///< there is a confirmed second factor already; remove it first
  kCodeNotBegun,     ///< there is nothing to confirm
  kPurpose,          ///< a purpose of 3..200 characters is required
  kIdentityForm,     ///< an issuer or subject that is no line, or too many of one account
  kIdentityTaken,    ///< the identity leads to another account
  kContactForm,      ///< not an address of this way
  kIdentifier,       ///< a malformed IIN, BIN or passport
  kContradiction,    ///< the IIN belongs to one person of the register, the passport to another
};

struct Refused {
  Refusal why;
  std::string message;      ///< one English sentence for logs and developers; pages have words of their own by `why`
  int64_t retry_at_ms = 0;  ///< with kTooManyFailures
};

/// Outside: the machine failed. Inside: the value, or why it is refused; then nothing was changed, but that failed
/// sign-ins are counted.
template <typename T>
using Decided = store::StoreResult<std::expected<T, Refused>>;

template <typename T>
Decided<T> refused(Refused refusal) {
  return std::expected<T, Refused>(std::unexpected(std::move(refusal)));
}
template <typename T>
Decided<T> refused(Refusal why, std::string message) {
  return refused<T>(Refused{why, std::move(message), 0});
}

/// Where the machine cannot fail.
inline std::unexpected<Refused> refuse(Refusal why, std::string message) {
  return std::unexpected(Refused{why, std::move(message), 0});
}

}  // namespace koshi::people
