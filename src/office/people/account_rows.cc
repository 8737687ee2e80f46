#include "office/people/account_rows.h"

#include "base/result.h"

namespace koshi::people {
namespace {

using store::StoreResult;

#define PEOPLE_CREDENTIALS                                                                                \
  "SELECT id, login, display_name, language, password_hash, disabled, factor_required, factor_confirmed," \
  " password_until FROM people_account WHERE "

StoreResult<std::optional<Credentials>> first(StoreResult<store::Rows> rows) {
  if (!rows) return std::unexpected(rows.error());
  if (rows->empty()) return std::nullopt;
  const store::Row row = (*rows)[0];
  return Credentials{.account = row.integer(0),
                     .login = std::string(row.text(1)),
                     .display_name = std::string(row.text(2)),
                     .language = std::string(row.text(3)),
                     .password_hash = std::string(row.text(4)),
                     .disabled = row.integer(5) == 1,
                     .code_required = row.integer(6) == 1,
                     .code_enrolled = row.integer(7) == 1,
                     .password_until_ms = row.integer(8)};
}

}  // namespace

StoreResult<std::optional<Credentials>> credentials_of(store::Reader& reader, std::string_view login) {
  return first(reader.query(PEOPLE_CREDENTIALS "login = $1", {login}));
}

StoreResult<std::optional<Credentials>> credentials_of(store::Reader& reader, int64_t account) {
  return first(reader.query(PEOPLE_CREDENTIALS "id = $1", {account}));
}

StoreResult<std::vector<RoleGrant>> roles_of(store::Reader& reader, int64_t account) {
  TRY(rows, reader.query("SELECT role, scope, everywhere FROM people_account_role WHERE account_id = $1 ORDER BY role, scope", {account}));
  std::vector<RoleGrant> roles;
  for (const store::Row row : rows) roles.push_back({std::string(row.text(0)), std::string(row.text(1)), row.integer(2) == 1});
  return roles;
}

StoreResult<void> end_sessions(store::Transaction& transaction, int64_t account, std::string_view kept_hash) {
  TRY_DO(transaction.execute("DELETE FROM people_session WHERE account_id = $1 AND token_hash <> $2", {account, store::Blob{kept_hash}}));
  return {};
}

Decided<void> one_account(StoreResult<int64_t> changed) {
  if (!changed) return std::unexpected(changed.error());
  if (*changed == 0) return refused<void>(no_account());
  return {};
}

Refused no_account() {
  return {Refusal::kNoAccount, "there is no such account", 0};
}

}  // namespace koshi::people
