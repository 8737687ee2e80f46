#include "office/people/sign_in.h"

#include <arpa/inet.h>

#include <algorithm>

#include "base/result.h"
#include "office/people/account_changes.h"
#include "office/people/account_rows.h"
#include "office/people/device.h"
#include "office/people/session_rows.h"
#include "office/people/token.h"

namespace koshi::people {
namespace {

using store::StoreResult;

Refused wrong_password() {
  return {Refusal::kWrongPassword, "the login or the password is wrong", 0};
}
Refused is_over() {
  return {Refusal::kPasswordEnded, "the term of this password is over; the keeper of the office gives another", 0};
}
Refused is_disabled() {
  return {Refusal::kDisabled, "this account is disabled", 0};
}

/// Failures of who is signed in already stand under this in the place of a device.
constexpr std::string_view kSignedIn = "signed in";

/// When the login may be tried again from this device (empty: from those that are not known), if it may not now. What lies outside the
/// window on either side, as after a clock that was wrong, does not count.
StoreResult<std::optional<int64_t>> blocked_until(store::Reader& reader, std::string_view login, std::string_view device, int64_t now_ms) {
  TRY(rows, reader.query("SELECT failed_at FROM people_sign_in_failure WHERE login = $1 AND device = $2 AND failed_at > $3"
                         " AND failed_at <= $4 ORDER BY failed_at DESC LIMIT $5",
                         {login, device, now_ms - kFailureWindowMs, now_ms + kFailureWindowMs, kFailuresMax}));
  if (rows.size() < kFailuresMax) return std::nullopt;
  return rows[kFailuresMax - 1].integer(0) + kFailureWindowMs;
}

/// The same for the address.
StoreResult<std::optional<int64_t>> address_blocked_until(store::Reader& reader, std::string_view address, int64_t now_ms) {
  if (address.empty()) return std::nullopt;
  TRY(rows, reader.query("SELECT failed_at FROM people_sign_in_failure WHERE address = $1 AND failed_at > $2 AND failed_at <= $3"
                         " ORDER BY failed_at DESC LIMIT $4",
                         {address, now_ms - kFailureWindowMs, now_ms + kFailureWindowMs, kAddressFailuresMax}));
  if (rows.size() < kAddressFailuresMax) return std::nullopt;
  return rows[kAddressFailuresMax - 1].integer(0) + kFailureWindowMs;
}

/// The row that counts the attempt. Ids ascend, so those far behind are the oldest.
StoreResult<int64_t> count_failure(store::Transaction& transaction, std::string_view login, std::string_view address,
                                   std::string_view device, int64_t now_ms) {
  TRY(counted,
      transaction.query("INSERT INTO people_sign_in_failure (login, failed_at, address, device) VALUES ($1, $2, $3, $4) RETURNING id",
                        {login, now_ms, address, device}));
  const int64_t id = counted[0].integer(0);
  TRY_DO(transaction.execute("DELETE FROM people_sign_in_failure WHERE id <= $1", {id - kFailuresKept}));
  return id;
}

StoreResult<void> forget(store::Transaction& transaction, int64_t failure) {
  TRY_DO(transaction.execute("DELETE FROM people_sign_in_failure WHERE id = $1", {failure}));
  return {};
}

/// Of one device: what its owner enters well does not give strangers further tries.
StoreResult<void> forget_all(store::Transaction& transaction, std::string_view login, std::string_view device) {
  TRY_DO(transaction.execute("DELETE FROM people_sign_in_failure WHERE login = $1 AND device = $2", {login, device}));
  return {};
}

}  // namespace

std::string actor_name(int64_t account) {
  return "account:" + std::to_string(account);
}

std::string fold_address(std::string_view peer) {
  const std::string text(peer.substr(0, kAddressMaxBytes));
  in_addr four{};
  in6_addr six{};
  if (::inet_pton(AF_INET, text.c_str(), &four) == 1) return text;
  if (::inet_pton(AF_INET6, text.c_str(), &six) != 1) return {};
  if (IN6_IS_ADDR_V4MAPPED(&six)) {
    char out[INET_ADDRSTRLEN];
    return ::inet_ntop(AF_INET, &six.s6_addr[12], out, sizeof out);
  }
  std::fill(std::begin(six.s6_addr) + 8, std::end(six.s6_addr), uint8_t{0});
  char out[INET6_ADDRSTRLEN];
  return std::string(::inet_ntop(AF_INET6, &six, out, sizeof out)) + "/64";
}

struct SignIns::Attempt {
  int64_t failure = 0;  ///< the row that counts it
  std::string login;
  std::string device;  ///< by which it was counted
  std::optional<Credentials> known;
};

SignIns::SignIns(store::Store& store, Passwords& passwords, const SecondFactor& factor, RandomBytes random)
    : store_(store), passwords_(passwords), factor_(factor), random_(std::move(random)) {}

Decided<SignIns::Attempt> SignIns::begin(std::string_view login, const Whence& whence, int64_t now_ms) {
  const std::string_view address = whence.address.substr(0, kAddressMaxBytes);
  return store_.write([&](store::Transaction& transaction) -> Decided<Attempt> {
    TRY(known, credentials_of(transaction, login));
    std::string device(whence.is_signed_in ? kSignedIn : std::string_view());
    if (known && !whence.is_signed_in) {
      TRY(is_known, device_of(transaction, known->account, whence.device));
      device = std::move(is_known);
    }
    TRY(until, blocked_until(transaction, login, device, now_ms));
    if (until) return refused<Attempt>(Refused{Refusal::kTooManyFailures, "too many attempts failed for this login", *until});
    // A device that is known is no stranger behind a wall that it shares with one.
    TRY(from_there, address_blocked_until(transaction, device.empty() ? address : std::string_view(), now_ms));
    if (from_there) return refused<Attempt>(Refused{Refusal::kTooManyFailures, "too many attempts failed from this address", *from_there});
    TRY(counted, count_failure(transaction, login, address, device, now_ms));
    return Attempt{counted, std::string(login), std::move(device), std::move(known)};
  });
}

Decided<Passwords::Verdict> SignIns::verify(const Attempt& attempt, std::string_view password) {
  const auto verdict = passwords_.verify(attempt.known ? attempt.known->password_hash : "", password);
  if (verdict && verdict->right) return *verdict;
  if (verdict) return refused<Passwords::Verdict>(wrong_password());
  TRY_DO(store_.write([&](store::Transaction& transaction) { return forget(transaction, attempt.failure); }));
  return refused<Passwords::Verdict>(verdict.error());
}

Decided<SignedIn> SignIns::finish(const Attempt& attempt, std::string_view code, std::string_view new_hash, int64_t now_ms) {
  return store_.write([&](store::Transaction& transaction) -> Decided<SignedIn> {
    TRY(now_known, credentials_of(transaction, attempt.login));
    // Since the password was looked at, somebody may have changed it.
    if (!now_known || now_known->password_hash != attempt.known->password_hash) return refused<SignedIn>(wrong_password());
    const bool without_code = now_known->code_enrolled && code.empty();
    const bool over = now_known->password_until_ms > 0 && now_ms >= now_known->password_until_ms;
    if (now_known->disabled || over || without_code) {
      TRY_DO(forget(transaction, attempt.failure));
      if (now_known->disabled) return refused<SignedIn>(is_disabled());
      if (over) return refused<SignedIn>(is_over());
      return refused<SignedIn>(Refusal::kCodeNeeded, "the code of the second factor is needed");
    }
    if (now_known->code_enrolled) {
      TRY(used, factor_.use(transaction, now_known->account, code, now_ms));
      if (!used) return refused<SignedIn>(used.error());
    }
    if (!new_hash.empty()) {
      TRY_DO(transaction.execute("UPDATE people_account SET password_hash = $1 WHERE id = $2", {new_hash, now_known->account}));
    }
    TRY_DO(forget_all(transaction, attempt.login, attempt.device));
    return start(transaction, *now_known, {now_known->code_enrolled ? SignInWay::kPasswordAndCode : SignInWay::kPassword}, now_ms);
  });
}

StoreResult<SignedIn> SignIns::start(store::Transaction& transaction, const Credentials& known, Entry entry, int64_t now_ms) const {
  const std::string token = make_token(random_);
  TRY_DO(insert_session(transaction, *token_hash(token), known.account, entry, now_ms));
  TRY_DO(note_sign_in(transaction, known.account, entry.way, now_ms));
  TRY(roles, roles_of(transaction, known.account));
  return SignedIn{token, csrf_token(token), session_of(known, std::move(roles), entry, now_ms, now_ms)};
}

Decided<SignedIn> SignIns::sign_in(std::string_view login, std::string_view password, std::string_view code, int64_t now_ms,
                                   std::string_view address, std::string_view device) {
  const auto folded = fold_login(login);
  // No account can have such a login, so nothing is learned from how fast this is.
  if (!folded) return refused<SignedIn>(wrong_password());
  TRY(attempt, begin(*folded, {address, device}, now_ms));
  if (!attempt) return refused<SignedIn>(attempt.error());
  TRY(verdict, verify(*attempt, password));
  if (!verdict) return refused<SignedIn>(verdict.error());
  std::string new_hash;
  if (verdict->outdated) new_hash = passwords_.hash(password).value_or("");
  return finish(*attempt, code, new_hash, now_ms);
}

Decided<void> SignIns::try_password(int64_t account, std::string_view password, int64_t now_ms) {
  TRY(known, store_.read([&](store::Reader& reader) { return credentials_of(reader, account); }));
  if (!known) return refused<void>(no_account());
  if (known->disabled) return refused<void>(is_disabled());
  TRY(attempt, begin(known->login, {{}, {}, true}, now_ms));
  if (!attempt) return refused<void>(attempt.error());
  TRY(verdict, verify(*attempt, password));
  if (!verdict) return refused<void>(verdict.error());
  return {};
}

Decided<void> SignIns::confirm_password(int64_t account, std::string_view password, int64_t now_ms) {
  TRY(right, try_password(account, password, now_ms));
  if (right) TRY_DO(forgive(account));
  return right;
}

Decided<void> SignIns::count_try(int64_t account, int64_t now_ms) {
  TRY(known, store_.read([&](store::Reader& reader) { return credentials_of(reader, account); }));
  if (!known) return refused<void>(no_account());
  if (known->disabled) return refused<void>(is_disabled());
  TRY(attempt, begin(known->login, {{}, {}, true}, now_ms));
  if (!attempt) return refused<void>(attempt.error());
  return {};
}

StoreResult<void> SignIns::forgive(int64_t account) {
  return store_.write([&](store::Transaction& transaction) -> StoreResult<void> {
    TRY(known, credentials_of(transaction, account));
    if (known) TRY_DO(forget_all(transaction, known->login, kSignedIn));
    return {};
  });
}

StoreResult<std::string> SignIns::remember_device(int64_t account, std::string_view token, int64_t now_ms) {
  return store_.write(
      [&](store::Transaction& transaction) { return people::remember_device(transaction, account, token, now_ms, random_); });
}

Decided<SignedIn> SignIns::open_session(int64_t account, Proof proof, int64_t now_ms) {
  return store_.write([&](store::Transaction& transaction) -> Decided<SignedIn> {
    TRY(known, credentials_of(transaction, account));
    if (!known) return refused<SignedIn>(no_account());
    if (known->disabled) return refused<SignedIn>(is_disabled());
    if (known->code_enrolled && proof == Proof::kOneFactor) {
      return refused<SignedIn>(Refusal::kCodeNeeded, "this account has a second factor, and who proved the first asked for no other");
    }
    return start(transaction, *known, {SignInWay::kProvider, proof == Proof::kSeveralFactors}, now_ms);
  });
}

}  // namespace koshi::people
