#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "office/people/password.h"
#include "office/people/second_factor.h"
#include "office/people/sign_in.h"
#include "store/store.h"

/// How long after signing in an account without a password need not prove again whose it is.
inline constexpr int64_t kFreshMs = 5LL * 60 * 1000;

/// What somebody does to his own account. Each act asks for the password again, so that a session that somebody else got hold of changes
/// nothing for good; wrong ones are counted like those of sign-ins. Each is noted among the account's changes (account_changes.h).
namespace koshi::people {

struct OpenSession {
  std::string name;  ///< to end it by: 32 hexadecimal digits that open nothing
  int64_t signed_in_at_ms = 0;
  int64_t seen_at_ms = 0;  ///< to the minute
  SignInWay way = SignInWay::kPassword;
  bool is_this = false;
};

/// Thread contract: any thread may call; what it is made of must outlive it.
class OwnAccount {
 public:
  OwnAccount(store::Store& store, Passwords& passwords, const SecondFactor& factor, SignIns& sign_ins, RandomBytes random)
      : store_(store), passwords_(passwords), factor_(factor), sign_ins_(sign_ins), random_(std::move(random)) {}

  /// Who acts: an open session and its token. Every act: refusals kWrongPassword, kTooManyFailures, kTooBusy, kDisabled.
  struct Self {
    const Session& session;
    std::string_view token;
  };

  /// Ends the other sessions. Refusals besides: kPasswordTooShort, kPasswordTooLong, kPasswordCommon, kPasswordSame.
  Decided<void> change_password(const Self& self, std::string_view old_password, std::string_view new_password, int64_t now_ms);

  /// Refusal besides: kCodeEnrolled.
  Decided<Enrolment> begin_factor(const Self& self, std::string_view password, int64_t now_ms);
  /// Ends the other sessions. The recovery codes, to be shown once. Refusals: kTooManyFailures, kDisabled, kCodeNotBegun, kCodeWrong.
  Decided<std::vector<std::string>> confirm_factor(const Self& self, std::string_view code, int64_t now_ms);
  /// `code` may be a recovery code. Ends the other sessions. Refusals besides: kCodeNotBegun, kCodeWrong.
  Decided<void> remove_factor(const Self& self, std::string_view password, std::string_view code, int64_t now_ms);

  /// The latest first; at most kSessionsMax.
  store::StoreResult<std::vector<OpenSession>> sessions(const Self& self, int64_t now_ms);
  /// Those of these names, also this one; what is not there is passed over. How many were ended. An account that has no password must have
  /// signed in within kFreshMs instead. Refusal besides: kNotFresh.
  Decided<int64_t> end_sessions(const Self& self, std::string_view password, const std::vector<std::string>& names, int64_t now_ms);

 private:
  store::Store& store_;
  Passwords& passwords_;
  const SecondFactor& factor_;
  SignIns& sign_ins_;
  RandomBytes random_;
};

}  // namespace koshi::people
