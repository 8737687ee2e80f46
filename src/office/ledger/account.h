#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

/// The names of accounts: a quota's name and its key values, as in "permits/2026/KZ-75/second".
///
///   account = part *( "/" part )
///   part    = 1..64 bytes of UTF-8 without "/" and control characters
///
/// All functions are pure and callable from any thread.
namespace koshi::ledger {

inline constexpr size_t kAccountMaxBytes = 256;
inline constexpr size_t kPartMaxBytes = 64;

/// Errors name the part.
Result<void> check_account(std::string_view account);
Result<std::string> make_account(std::span<const std::string> parts);

/// The accounts below a prefix, as texts ordered by their bytes: from <= account < end, and either account == self or
/// below <= account.
struct AccountRange {
  std::string self;
  std::string below;
  std::string end;
};

/// A prefix ends where a part ends: "permits/2026" covers the account of this name and those below it, "permits/2026/"
/// only those below it, and "" all accounts. "permits/2" covers nothing of "permits/2026". Errors: no account, and not
/// an account and "/".
Result<AccountRange> account_range(std::string_view prefix);

}  // namespace koshi::ledger
