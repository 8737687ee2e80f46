#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "office/people/account.h"
#include "store/transaction.h"

/// The statements that accounts and sessions share. Private to this folder.
namespace koshi::people {

/// What signing in must know of an account.
struct Credentials {
  int64_t account = 0;
  std::string login;
  std::string display_name;
  std::string language;
  std::string password_hash;
  bool disabled = false;
  bool code_required = false;
  bool code_enrolled = false;
  int64_t password_until_ms = 0;
};

store::StoreResult<std::optional<Credentials>> credentials_of(store::Reader& reader, std::string_view login);
store::StoreResult<std::optional<Credentials>> credentials_of(store::Reader& reader, int64_t account);

/// Ascending.
store::StoreResult<std::vector<RoleGrant>> roles_of(store::Reader& reader, int64_t account);

/// All but the one with this hash (empty: all).
store::StoreResult<void> end_sessions(store::Transaction& transaction, int64_t account, std::string_view kept_hash = {});

/// A value when one row was changed, kNoAccount when none was.
Decided<void> one_account(store::StoreResult<int64_t> changed);
Refused no_account();

}  // namespace koshi::people
