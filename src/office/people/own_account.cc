#include "office/people/own_account.h"

#include <algorithm>

#include "base/result.h"
#include "office/people/account.h"
#include "office/people/account_changes.h"
#include "office/people/account_rows.h"
#include "office/people/password_words.h"
#include "office/people/recovery.h"
#include "office/people/session_rows.h"
#include "office/people/token.h"

namespace koshi::people {
namespace {

using store::Blob;
using store::StoreResult;

constexpr size_t kNameBytes = 16;

/// Half of the hash: what it is the hash of does not follow from it, nor the other half.
std::string name_of_session(std::string_view token_hash) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  for (const char byte : token_hash.substr(0, kNameBytes)) {
    out.push_back(kDigits[static_cast<unsigned char>(byte) >> 4]);
    out.push_back(kDigits[static_cast<unsigned char>(byte) & 15]);
  }
  return out;
}

}  // namespace

Decided<void> OwnAccount::change_password(const Self& self, std::string_view old_password, std::string_view new_password, int64_t now_ms) {
  const int64_t account = self.session.account;
  TRY(right, sign_ins_.confirm_password(account, old_password, now_ms));
  if (!right) return right;
  if (old_password == new_password) return refused<void>(Refusal::kPasswordSame, "the new password is the old one");
  const auto hash = passwords_.hash(new_password, words_of_person(self.session.login, self.session.display_name));
  if (!hash) return refused<void>(hash.error());
  return store_.write([&](store::Transaction& transaction) -> Decided<void> {
    TRY(done, set_password(transaction, account, *hash, self.token));
    if (done) TRY_DO(note_change(transaction, account, kPasswordChanged, now_ms));
    return done;
  });
}

Decided<Enrolment> OwnAccount::begin_factor(const Self& self, std::string_view password, int64_t now_ms) {
  TRY(right, sign_ins_.confirm_password(self.session.account, password, now_ms));
  if (!right) return refused<Enrolment>(right.error());
  return store_.write([&](store::Transaction& transaction) { return factor_.enrol(transaction, self.session.account); });
}

Decided<std::vector<std::string>> OwnAccount::confirm_factor(const Self& self, std::string_view code, int64_t now_ms) {
  using Codes = std::vector<std::string>;
  const int64_t account = self.session.account;
  TRY(counted, sign_ins_.count_try(account, now_ms));
  if (!counted) return refused<Codes>(counted.error());
  TRY(codes, store_.write([&](store::Transaction& transaction) -> Decided<Codes> {
    TRY(right, factor_.confirm(transaction, account, code, now_ms));
    if (!right) return refused<Codes>(right.error());
    TRY_DO(people::end_sessions(transaction, account, token_hash(self.token).value_or("")));
    TRY_DO(note_change(transaction, account, kFactorEnrolled, now_ms));
    TRY(made, make_recovery_codes(transaction, account, random_));
    return made;
  }));
  if (codes) TRY_DO(sign_ins_.forgive(account));
  return codes;
}

Decided<void> OwnAccount::remove_factor(const Self& self, std::string_view password, std::string_view code, int64_t now_ms) {
  const int64_t account = self.session.account;
  TRY(right, sign_ins_.try_password(account, password, now_ms));
  if (!right) return right;
  TRY(done, store_.write([&](store::Transaction& transaction) -> Decided<void> {
    TRY(fits, factor_.use(transaction, account, code, now_ms));
    if (!fits) return fits;
    TRY(removed, factor_.remove(transaction, account, self.token));
    if (removed) TRY_DO(note_change(transaction, account, kFactorRemoved, now_ms));
    return removed;
  }));
  if (done) TRY_DO(sign_ins_.forgive(account));
  return done;
}

StoreResult<std::vector<OpenSession>> OwnAccount::sessions(const Self& self, int64_t now_ms) {
  return store_.read([&](store::Reader& reader) -> StoreResult<std::vector<OpenSession>> {
    TRY(rows, reader.query("SELECT token_hash, created_at, seen_at, way FROM people_session WHERE account_id = $1"
                           " ORDER BY created_at DESC, token_hash LIMIT $2",
                           {self.session.account, kSessionsMax}));
    const std::string own = token_hash(self.token).value_or("");
    std::vector<OpenSession> open;
    for (const store::Row row : rows) {
      if (session_has_ended(row.integer(1), row.integer(2), now_ms)) continue;
      const std::string hash(row.blob(0));
      open.push_back({name_of_session(hash), row.integer(1), row.integer(2), static_cast<SignInWay>(row.integer(3)), hash == own});
    }
    return open;
  });
}

Decided<int64_t> OwnAccount::end_sessions(const Self& self, std::string_view password, const std::vector<std::string>& names,
                                          int64_t now_ms) {
  const int64_t account = self.session.account;
  TRY(known, store_.read([&](store::Reader& reader) { return credentials_of(reader, account); }));
  if (known && known->password_hash.empty()) {
    if (now_ms - self.session.signed_in_at_ms >= kFreshMs) return refused<int64_t>(Refusal::kNotFresh, "sign in again first");
  } else {
    TRY(right, sign_ins_.confirm_password(account, password, now_ms));
    if (!right) return refused<int64_t>(right.error());
  }
  return store_.write([&](store::Transaction& transaction) -> Decided<int64_t> {
    TRY(rows, transaction.query("SELECT token_hash FROM people_session WHERE account_id = $1", {account}));
    int64_t ended = 0;
    for (const store::Row row : rows) {
      const std::string hash(row.blob(0));
      if (std::ranges::find(names, name_of_session(hash)) == names.end()) continue;
      TRY(gone, transaction.execute("DELETE FROM people_session WHERE token_hash = $1", {Blob{hash}}));
      ended += gone;
    }
    if (ended > 0) TRY_DO(note_change(transaction, account, kSessionsEnded, now_ms));
    return ended;
  });
}

}  // namespace koshi::people
