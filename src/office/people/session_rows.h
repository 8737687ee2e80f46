#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "office/people/account_rows.h"
#include "office/people/sign_in.h"
#include "store/transaction.h"

/// What opening and finding a session share. Private to this folder.
namespace koshi::people {

/// How a session was opened.
struct Entry {
  SignInWay way = SignInWay::kPassword;
  bool factor_elsewhere = false;  ///< a provider asked for several factors
};

/// Ends the account's oldest sessions beyond kSessionsMax.
store::StoreResult<void> insert_session(store::Transaction& transaction, std::string_view token_hash, int64_t account, Entry entry,
                                        int64_t now_ms);

/// The one place that decides what a session may do.
Session session_of(const Credentials& known, std::vector<RoleGrant> roles, Entry entry, int64_t created_at_ms, int64_t seen_at_ms);
bool session_has_ended(int64_t created_at_ms, int64_t seen_at_ms, int64_t now_ms);

}  // namespace koshi::people
