#include "office/people/account.h"

#include <algorithm>

#include "base/result.h"
#include "office/people/account_rows.h"
#include "office/people/text_check.h"
#include "office/people/token.h"

namespace koshi::people {
namespace {

using store::StoreResult;
using Check = std::expected<void, Refused>;

Check check_name(std::string_view name) {
  if (is_line(name, 1, kNameMaxLength)) return {};
  return refuse(Refusal::kNameForm, "a display name is one line of 1 to 200 characters");
}

Check check_language(std::string_view language) {
  const bool small = std::ranges::all_of(language, [](char c) { return c >= 'a' && c <= 'z'; });
  if (small && (language.size() == 2 || language.size() == 3)) return {};
  return refuse(Refusal::kLanguageForm, "a language is its code of two or three small letters");
}

/// Ascending, each once.
std::expected<std::vector<RoleGrant>, Refused> check_roles(std::vector<RoleGrant> roles) {
  if (roles.size() > kRolesMax) return refuse(Refusal::kRoleForm, "an account has at most 32 roles");
  for (const RoleGrant& grant : roles) {
    if (!is_line(grant.role, 1, kRoleNameMaxLength))
      return refuse(Refusal::kRoleForm, "the name of a role is one line of 1 to 64 characters");
    if (!is_line(grant.scope, 0, kScopeMaxLength)) return refuse(Refusal::kRoleForm, "a scope is one line of at most 200 characters");
    if (grant.everywhere == grant.scope.empty()) continue;
    return refuse(Refusal::kRoleForm, grant.everywhere ? "a role is granted everywhere or in one scope, not both"
                                                       : "a role is granted in a scope, or everywhere if it is said so");
  }
  std::ranges::sort(roles);
  const auto [from, to] = std::ranges::unique(roles);
  roles.erase(from, to);
  return roles;
}

StoreResult<void> insert_roles(store::Transaction& transaction, int64_t account, const std::vector<RoleGrant>& roles) {
  for (const RoleGrant& grant : roles) {
    TRY_DO(transaction.execute("INSERT INTO people_account_role (account_id, role, scope, everywhere) VALUES ($1, $2, $3, $4)",
                               {account, grant.role, grant.scope, grant.everywhere ? 1 : 0}));
  }
  return {};
}

#define PEOPLE_ACCOUNT                                                                                                \
  "SELECT id, login, display_name, language, disabled, password_hash, factor_required, factor_confirmed, created_at," \
  " password_until FROM people_account "

StoreResult<std::vector<Account>> accounts_of(store::Reader& reader, StoreResult<store::Rows> rows) {
  if (!rows) return std::unexpected(rows.error());
  std::vector<Account> accounts;
  for (const store::Row row : *rows) {
    TRY(roles, roles_of(reader, row.integer(0)));
    accounts.push_back({.id = row.integer(0),
                        .login = std::string(row.text(1)),
                        .display_name = std::string(row.text(2)),
                        .language = std::string(row.text(3)),
                        .disabled = row.integer(4) == 1,
                        .has_password = !row.text(5).empty(),
                        .code_required = row.integer(6) == 1,
                        .code_enrolled = row.integer(7) == 1,
                        .created_at_ms = row.integer(8),
                        .password_until_ms = row.integer(9),
                        .roles = std::move(roles)});
  }
  return accounts;
}

StoreResult<std::optional<Account>> one_of(StoreResult<std::vector<Account>> accounts) {
  if (!accounts) return std::unexpected(accounts.error());
  if (accounts->empty()) return std::nullopt;
  return std::move(accounts->front());
}

}  // namespace

std::optional<std::string> fold_login(std::string_view login) {
  if (login.empty() || login.size() > kLoginMaxLength) return std::nullopt;
  std::string folded(login);
  for (char& c : folded) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (!plain && std::string_view("._@+-").find(c) == std::string_view::npos) return std::nullopt;
  }
  return folded;
}

Decided<int64_t> create_account(store::Transaction& transaction, const NewAccount& account, int64_t now_ms) {
  const auto login = fold_login(account.login);
  if (!login) return refused<int64_t>(Refusal::kLoginForm, "a login has 1 to 64 of a-z, 0-9 and . _ @ + -");
  if (auto checked = check_name(account.display_name); !checked) return refused<int64_t>(checked.error());
  if (auto checked = check_language(account.language); !checked) return refused<int64_t>(checked.error());
  const auto roles = check_roles(account.roles);
  if (!roles) return refused<int64_t>(roles.error());
  // Writes follow one another, so what is free here stays free until the insert.
  TRY(taken, transaction.query("SELECT id FROM people_account WHERE login = $1", {*login}));
  if (!taken.empty()) return refused<int64_t>(Refusal::kLoginTaken, "another account has this login");
  TRY(created, transaction.query("INSERT INTO people_account (login, display_name, password_hash, language, disabled, factor_required,"
                                 " factor_confirmed, factor_step, created_at) VALUES ($1, $2, $3, $4, 0, 0, 0, 0, $5) RETURNING id",
                                 {*login, account.display_name, account.password_hash, account.language, now_ms}));
  const int64_t id = created[0].integer(0);
  TRY_DO(insert_roles(transaction, id, *roles));
  return id;
}

Decided<void> set_password(store::Transaction& transaction, int64_t account, std::string_view password_hash, std::string_view kept_token,
                           int64_t until_ms) {
  TRY(done, one_account(transaction.execute("UPDATE people_account SET password_hash = $1, password_until = $2 WHERE id = $3",
                                            {password_hash, until_ms, account})));
  if (done) TRY_DO(end_sessions(transaction, account, token_hash(kept_token).value_or("")));
  return done;
}

Decided<void> set_roles(store::Transaction& transaction, int64_t account, const std::vector<RoleGrant>& roles) {
  const auto checked = check_roles(roles);
  if (!checked) return refused<void>(checked.error());
  TRY(known, transaction.query("SELECT id FROM people_account WHERE id = $1", {account}));
  if (known.empty()) return refused<void>(no_account());
  TRY_DO(transaction.execute("DELETE FROM people_account_role WHERE account_id = $1", {account}));
  TRY_DO(insert_roles(transaction, account, *checked));
  return {};
}

Decided<void> set_disabled(store::Transaction& transaction, int64_t account, bool disabled) {
  TRY(done, one_account(transaction.execute("UPDATE people_account SET disabled = $1 WHERE id = $2", {disabled ? 1 : 0, account})));
  if (done && disabled) TRY_DO(end_sessions(transaction, account));
  return done;
}

Decided<void> set_language(store::Transaction& transaction, int64_t account, std::string_view language) {
  if (auto checked = check_language(language); !checked) return refused<void>(checked.error());
  return one_account(transaction.execute("UPDATE people_account SET language = $1 WHERE id = $2", {language, account}));
}

Decided<void> set_display_name(store::Transaction& transaction, int64_t account, std::string_view name) {
  if (auto checked = check_name(name); !checked) return refused<void>(checked.error());
  return one_account(transaction.execute("UPDATE people_account SET display_name = $1 WHERE id = $2", {name, account}));
}

StoreResult<std::optional<Account>> find_account(store::Reader& reader, int64_t account) {
  return one_of(accounts_of(reader, reader.query(PEOPLE_ACCOUNT "WHERE id = $1", {account})));
}

StoreResult<std::optional<Account>> find_account(store::Reader& reader, std::string_view login) {
  const auto folded = fold_login(login);
  if (!folded) return std::nullopt;
  return one_of(accounts_of(reader, reader.query(PEOPLE_ACCOUNT "WHERE login = $1", {*folded})));
}

StoreResult<bool> is_login(store::Reader& reader, std::string_view login) {
  const auto folded = fold_login(login);
  if (!folded) return false;
  TRY(rows, reader.query("SELECT 1 FROM people_account WHERE login = $1", {*folded}));
  return !rows.empty();
}

StoreResult<std::vector<Account>> accounts_after(store::Reader& reader, std::string_view after, int64_t count) {
  const int64_t limit = std::clamp<int64_t>(count, 0, kPageMax);
  return accounts_of(reader, reader.query(PEOPLE_ACCOUNT "WHERE login > $1 ORDER BY login LIMIT $2", {after, limit}));
}

}  // namespace koshi::people
