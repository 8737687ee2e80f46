#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "office/people/access.h"
#include "office/people/password.h"
#include "office/people/proof.h"
#include "office/people/refusal.h"
#include "office/people/second_factor.h"
#include "office/people/sign_in_book.h"
#include "store/store.h"

/// Signing in and what follows from it.
namespace koshi::people {

inline constexpr int64_t kIdleMaxMs = 30LL * 60 * 1000;
inline constexpr int64_t kSessionMaxMs = 12LL * 60 * 60 * 1000;
/// Use of a session is noted this often, not at each request: it may end by idleness so much too early, never late.
inline constexpr int64_t kSeenEveryMs = 60LL * 1000;
/// A session that seems to begin later than this from now was made under another clock and is refused.
inline constexpr int64_t kClockSkewMaxMs = 5LL * 60 * 1000;
inline constexpr int64_t kSessionsMax = 20;  ///< of one account; one more ends the oldest
inline constexpr int kFailuresMax = 10;
inline constexpr int64_t kFailureWindowMs = 15LL * 60 * 1000;
/// From one address, for all logins together: people behind one wall share it, so it is more. What somebody enters well clears the failures
/// of his login alone, so an own account does not open the way to guess at others.
inline constexpr int kAddressFailuresMax = 100;
inline constexpr size_t kAddressMaxBytes = 64;
/// Rows of failures that are kept at most. More attempts drop the oldest: to outrun the limits so takes more attempts within the window
/// than passwords can be checked in it.
inline constexpr int64_t kFailuresKept = 100'000;
inline constexpr int64_t kSweepMax = 10'000;  ///< rows of each kind in one sweep

struct Credentials;  // account_rows.h
struct Entry;        // session_rows.h

struct Session {
  int64_t account = 0;
  std::string login;
  std::string display_name;
  std::string language;
  std::vector<RoleGrant> roles;  ///< empty while must_enrol: nothing is allowed but enrolling
  bool must_enrol = false;       ///< a second factor is required and missing
  bool must_choose = false;      ///< the keeper gave the password: nothing is allowed but choosing another; `roles` is empty
  int64_t signed_in_at_ms = 0;
  int64_t ends_at_ms = 0;  ///< if it is not used until then
};

struct SignedIn {
  std::string token;  ///< for the cookie (Secure, HttpOnly, SameSite=Lax); not stored
  std::string csrf;   ///< csrf_token(token)
  Session session;
};

/// "account:7", as the journal names who acted.
std::string actor_name(int64_t account);

/// What attempts from one place are counted by: an address of four numbers as it is, of IPv6 the first 64 bits, which one place has whole.
/// Empty for anything else.
std::string fold_address(std::string_view peer);

/// Thread contract: any thread may call; Store, Passwords and SecondFactor must outlive it. Waits for a password hash
/// on the caller's thread and for two short writes.
class SignIns {
 public:
  SignIns(store::Store& store, Passwords& passwords, const SecondFactor& factor, RandomBytes random);

  /// `code` is empty when none was entered. Each attempt counts as failed before the password is looked at, so attempts
  /// at the same time do not outrun the limit; a success clears the login's failures. Unknown logins are counted and
  /// cost the same time. `address` is whence the attempt comes, as fold_address() writes it; empty: nobody knows, and only the login is
  /// counted. `device` is the token of a browser in which somebody has signed in before (device.h): failures of one that the account knows
  /// are counted apart from those of strangers, and theirs do not close it. The session is always a new one, whatever the browser had
  /// before. Refusals: kWrongPassword, kTooManyFailures, kTooBusy, kDisabled, kPasswordEnded, kCodeNeeded, kCodeWrong.
  Decided<SignedIn> sign_in(std::string_view login, std::string_view password, std::string_view code, int64_t now_ms,
                            std::string_view address = {}, std::string_view device = {});

  /// The token that this browser is to keep from now on; after a sign-in.
  store::StoreResult<std::string> remember_device(int64_t account, std::string_view token, int64_t now_ms);

  /// The same check for who is signed in already, before an act that asks for the password again. Refusals as above,
  /// but those of codes. What fails is counted apart from sign-ins: whoever is signed in is not shut out by strangers.
  Decided<void> confirm_password(int64_t account, std::string_view password, int64_t now_ms);
  /// The same for a part of an act that may still fail: a try stays counted until forgive().
  Decided<void> try_password(int64_t account, std::string_view password, int64_t now_ms);
  /// Counts a try of who is signed in, such as a code. Refusals: kNoAccount, kDisabled, kTooManyFailures.
  Decided<void> count_try(int64_t account, int64_t now_ms);
  store::StoreResult<void> forgive(int64_t account);

  /// For an identity that somebody else proved (OIDC). Whose account has a second factor does not come in by one factor of another's, or
  /// the factor would protect nothing; several of another's count as his own. Refusals: kNoAccount, kDisabled, kCodeNeeded.
  Decided<SignedIn> open_session(int64_t account, Proof proof, int64_t now_ms);

  /// No value when there is no such session, it has ended, or the account is disabled.
  store::StoreResult<std::optional<Session>> session(std::string_view token, int64_t now_ms);

  store::StoreResult<void> sign_out(std::string_view token);
  store::StoreResult<void> sign_out_everywhere(int64_t account);

  /// Deletes what has ended: sessions, failures outside the window. Call it every few minutes. Rows deleted.
  store::StoreResult<int64_t> sweep(int64_t now_ms);

 private:
  struct Attempt;
  /// Whose failures are counted together, of one login: strangers', those of one device, or of who is signed in.
  struct Whence {
    std::string_view address;
    std::string_view device;
    bool is_signed_in = false;
  };
  Decided<Attempt> begin(std::string_view login, const Whence& whence, int64_t now_ms);
  Decided<Passwords::Verdict> verify(const Attempt& attempt, std::string_view password);
  Decided<SignedIn> finish(const Attempt& attempt, std::string_view code, std::string_view new_hash, int64_t now_ms);
  store::StoreResult<SignedIn> start(store::Transaction& transaction, const Credentials& known, Entry entry, int64_t now_ms) const;

  store::Store& store_;
  Passwords& passwords_;
  const SecondFactor& factor_;
  RandomBytes random_;
};

}  // namespace koshi::people
