#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "office/people/access.h"
#include "office/people/refusal.h"
#include "store/transaction.h"

/// Accounts: who may sign in, and in which roles. Functions over one transaction of the caller, so that an act and its
/// entry in the journal are kept or lost together. Times are milliseconds since 1970, UTC.
namespace koshi::people {

inline constexpr size_t kLoginMaxLength = 64;
inline constexpr size_t kNameMaxLength = 200;     ///< characters
inline constexpr size_t kRoleNameMaxLength = 64;  ///< characters
inline constexpr size_t kScopeMaxLength = 200;    ///< characters
inline constexpr size_t kRolesMax = 32;           ///< of one account
inline constexpr int64_t kPageMax = 200;          ///< rows of a page; more are not given

struct NewAccount {
  std::string login;          ///< see fold_login()
  std::string display_name;   ///< 1..200 characters
  std::string password_hash;  ///< of Passwords::hash(); empty: no sign-in by password (OIDC only)
  std::string language;       ///< "kk", "ru", "en", …
  std::vector<RoleGrant> roles;
};

struct Account {
  int64_t id = 0;
  std::string login;
  std::string display_name;
  std::string language;
  bool disabled = false;
  bool has_password = false;
  bool code_required = false;  ///< a second factor must be used
  bool code_enrolled = false;  ///< and there is one
  int64_t created_at_ms = 0;
  int64_t password_until_ms = 0;  ///< the keeper gave the password, and it ends then; 0: its owner chose it
  std::vector<RoleGrant> roles;   ///< ascending
};

/// 1..64 of a-z 0-9 . _ @ + -; capitals of ASCII are folded. No value for anything else.
std::optional<std::string> fold_login(std::string_view login);

/// The id. Refusals: kLoginForm, kLoginTaken, kNameForm, kLanguageForm, kRoleForm.
Decided<int64_t> create_account(store::Transaction& transaction, const NewAccount& account, int64_t now_ms);

/// Each of these: refusal kNoAccount, and that of the value.
/// Ends all sessions of the account, except the one whose token is given. With `until_ms` it is a password that its owner has not chosen:
/// it signs in until then, into sessions in which nothing can be done but choosing another.
Decided<void> set_password(store::Transaction& transaction, int64_t account, std::string_view password_hash,
                           std::string_view kept_token = {}, int64_t until_ms = 0);
/// Replaces all. Works at once, in open sessions too.
Decided<void> set_roles(store::Transaction& transaction, int64_t account, const std::vector<RoleGrant>& roles);
/// Disabling ends all sessions.
Decided<void> set_disabled(store::Transaction& transaction, int64_t account, bool disabled);
Decided<void> set_language(store::Transaction& transaction, int64_t account, std::string_view language);
Decided<void> set_display_name(store::Transaction& transaction, int64_t account, std::string_view name);

store::StoreResult<std::optional<Account>> find_account(store::Reader& reader, int64_t account);
store::StoreResult<std::optional<Account>> find_account(store::Reader& reader, std::string_view login);
/// Whether an account has this login; takes the same work for all that have the form of one.
store::StoreResult<bool> is_login(store::Reader& reader, std::string_view login);
/// By login, those after `after` (empty: from the first), at most min(count, kPageMax).
store::StoreResult<std::vector<Account>> accounts_after(store::Reader& reader, std::string_view after, int64_t count);

}  // namespace koshi::people
