#include <algorithm>

#include "base/result.h"
#include "office/people/account_changes.h"
#include "office/people/device.h"
#include "office/people/session_rows.h"
#include "office/people/sign_in.h"
#include "office/people/token.h"

namespace koshi::people {
namespace {

using store::Blob;
using store::StoreResult;

struct Found {
  Session session;
  int64_t seen_at_ms;
};

StoreResult<std::optional<Found>> find(store::Reader& reader, std::string_view hash, int64_t now_ms) {
  TRY(rows, reader.query("SELECT account_id, created_at, seen_at, way, factor_elsewhere FROM people_session WHERE token_hash = $1",
                         {Blob{hash}}));
  if (rows.empty()) return std::nullopt;
  const int64_t created = rows[0].integer(1);
  const int64_t seen = rows[0].integer(2);
  if (session_has_ended(created, seen, now_ms)) return std::nullopt;
  TRY(known, credentials_of(reader, rows[0].integer(0)));
  if (!known || known->disabled) return std::nullopt;
  TRY(roles, roles_of(reader, known->account));
  const Entry entry{static_cast<SignInWay>(rows[0].integer(3)), rows[0].integer(4) == 1};
  return Found{session_of(*known, std::move(roles), entry, created, seen), seen};
}

}  // namespace

bool session_has_ended(int64_t created_at_ms, int64_t seen_at_ms, int64_t now_ms) {
  return created_at_ms > now_ms + kClockSkewMaxMs || now_ms >= created_at_ms + kSessionMaxMs || now_ms >= seen_at_ms + kIdleMaxMs;
}

StoreResult<void> insert_session(store::Transaction& transaction, std::string_view token_hash, int64_t account, Entry entry,
                                 int64_t now_ms) {
  TRY_DO(
      transaction.execute("DELETE FROM people_session WHERE account_id = $1 AND token_hash NOT IN"
                          " (SELECT token_hash FROM people_session WHERE account_id = $1 ORDER BY created_at DESC, token_hash LIMIT $2)",
                          {account, kSessionsMax - 1}));
  TRY_DO(
      transaction.execute("INSERT INTO people_session (token_hash, account_id, created_at, seen_at, way, factor_elsewhere)"
                          " VALUES ($1, $2, $3, $3, $4, $5)",
                          {Blob{token_hash}, account, now_ms, static_cast<int64_t>(entry.way), entry.factor_elsewhere ? 1 : 0}));
  return {};
}

Session session_of(const Credentials& known, std::vector<RoleGrant> roles, Entry entry, int64_t created_at_ms, int64_t seen_at_ms) {
  const bool must_choose = known.password_until_ms > 0 && entry.way != SignInWay::kProvider;
  const bool must_enrol = known.code_required && !known.code_enrolled && !entry.factor_elsewhere;
  if (must_enrol || must_choose) roles.clear();
  return {.account = known.account,
          .login = known.login,
          .display_name = known.display_name,
          .language = known.language,
          .roles = std::move(roles),
          .must_enrol = must_enrol,
          .must_choose = must_choose,
          .signed_in_at_ms = created_at_ms,
          .ends_at_ms = std::min(created_at_ms + kSessionMaxMs, seen_at_ms + kIdleMaxMs)};
}

StoreResult<std::optional<Session>> SignIns::session(std::string_view token, int64_t now_ms) {
  const auto hash = token_hash(token);
  if (!hash) return std::nullopt;
  TRY(found, store_.read([&](store::Reader& reader) { return find(reader, *hash, now_ms); }));
  if (!found) return std::nullopt;
  if (now_ms - found->seen_at_ms >= kSeenEveryMs) {
    // That the use could not be noted is no reason to refuse it: what the request writes itself will fail soon enough.
    const auto noted = store_.write([&](store::Transaction& transaction) {
      return transaction.execute("UPDATE people_session SET seen_at = $1 WHERE token_hash = $2 AND seen_at < $1", {now_ms, Blob{*hash}});
    });
    if (noted) found->session.ends_at_ms = std::min(found->session.signed_in_at_ms + kSessionMaxMs, now_ms + kIdleMaxMs);
  }
  return std::move(found->session);
}

StoreResult<void> SignIns::sign_out(std::string_view token) {
  const auto hash = token_hash(token);
  if (!hash) return {};
  TRY_DO(store_.write([&](store::Transaction& transaction) {
    return transaction.execute("DELETE FROM people_session WHERE token_hash = $1", {Blob{*hash}});
  }));
  return {};
}

StoreResult<void> SignIns::sign_out_everywhere(int64_t account) {
  return store_.write([&](store::Transaction& transaction) { return end_sessions(transaction, account); });
}

StoreResult<int64_t> SignIns::sweep(int64_t now_ms) {
  return store_.write([&](store::Transaction& transaction) -> StoreResult<int64_t> {
    TRY(sessions, transaction.execute("DELETE FROM people_session WHERE token_hash IN"
                                      " (SELECT token_hash FROM people_session WHERE created_at <= $1 OR seen_at <= $2 LIMIT $3)",
                                      {now_ms - kSessionMaxMs, now_ms - kIdleMaxMs, kSweepMax}));
    TRY(failures, transaction.execute("DELETE FROM people_sign_in_failure WHERE id IN"
                                      " (SELECT id FROM people_sign_in_failure WHERE failed_at <= $1 LIMIT $2)",
                                      {now_ms - kFailureWindowMs, kSweepMax}));
    TRY(notes, forget_sign_ins(transaction, now_ms, kSweepMax));
    TRY(changes, forget_changes(transaction, now_ms, kSweepMax));
    TRY(devices, forget_devices(transaction, now_ms, kSweepMax));
    return sessions + failures + notes + changes + devices;
  });
}

}  // namespace koshi::people
