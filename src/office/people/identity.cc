#include "office/people/identity.h"

#include "base/result.h"
#include "office/people/account_rows.h"
#include "office/people/text_check.h"

namespace koshi::people {
namespace {

using store::StoreResult;

bool is_identity(const Identity& identity) {
  return identity.issuer.size() <= kIssuerMaxBytes && identity.subject.size() <= kSubjectMaxBytes &&
         is_line(identity.issuer, 1, kIssuerMaxBytes) && is_line(identity.subject, 1, kSubjectMaxBytes);
}

}  // namespace

Decided<void> link_identity(store::Transaction& transaction, int64_t account, const Identity& identity, int64_t now_ms) {
  if (!is_identity(identity))
    return refused<void>(Refusal::kIdentityForm, "an identity is one line for its issuer and one for its subject");
  TRY(known, credentials_of(transaction, account));
  if (!known) return refused<void>(no_account());
  TRY(before, account_of(transaction, identity));
  if (before && *before != account) return refused<void>(Refusal::kIdentityTaken, "this identity leads to another account");
  if (before) return {};
  TRY(count, transaction.query("SELECT count(*) FROM people_identity WHERE account_id = $1", {account}));
  if (count[0].integer(0) >= kIdentitiesMax) return refused<void>(Refusal::kIdentityForm, "an account has at most 20 identities");
  TRY_DO(transaction.execute("INSERT INTO people_identity (issuer, subject, account_id, linked_at) VALUES ($1, $2, $3, $4)",
                             {identity.issuer, identity.subject, account, now_ms}));
  return {};
}

Decided<void> unlink_identity(store::Transaction& transaction, int64_t account, const Identity& identity) {
  if (!is_identity(identity)) return refused<void>(no_account());
  TRY(gone, transaction.execute("DELETE FROM people_identity WHERE issuer = $1 AND subject = $2 AND account_id = $3",
                                {identity.issuer, identity.subject, account}));
  if (gone == 0) return refused<void>(no_account());
  TRY_DO(end_sessions(transaction, account));
  return {};
}

StoreResult<std::optional<int64_t>> account_of(store::Reader& reader, const Identity& identity) {
  if (!is_identity(identity)) return std::nullopt;
  TRY(rows, reader.query("SELECT account_id FROM people_identity WHERE issuer = $1 AND subject = $2", {identity.issuer, identity.subject}));
  if (rows.empty()) return std::nullopt;
  return rows[0].integer(0);
}

StoreResult<std::vector<Identity>> identities_of(store::Reader& reader, int64_t account) {
  TRY(rows, reader.query("SELECT issuer, subject FROM people_identity WHERE account_id = $1 ORDER BY issuer, subject", {account}));
  std::vector<Identity> all;
  for (const store::Row row : rows) all.push_back({std::string(row.text(0)), std::string(row.text(1))});
  return all;
}

}  // namespace koshi::people
