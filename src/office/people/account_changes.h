#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "store/transaction.h"

/// The book of what was changed of an account: its password, its second factor, its sessions; by its owner or by the keeper of the office.
/// Written in the same transaction as the change. No password, code or address is ever in it.
namespace koshi::people {

inline constexpr int64_t kAccountChangeDays = 400;  ///< kept
inline constexpr int64_t kAccountChangesPageMax = 1000;

/// What the book says, in the words in which it is kept.
inline constexpr std::string_view kPasswordChanged = "password changed";
inline constexpr std::string_view kPasswordGiven = "password given by the keeper";
inline constexpr std::string_view kFactorEnrolled = "second factor enrolled";
inline constexpr std::string_view kFactorRemoved = "second factor removed";
inline constexpr std::string_view kFactorLost = "second factor removed by the keeper";
inline constexpr std::string_view kFactorRequired = "second factor required";
inline constexpr std::string_view kFactorFree = "second factor no longer required";
inline constexpr std::string_view kRecoveryUsed = "recovery code used";
inline constexpr std::string_view kSessionsEnded = "sessions ended";

struct AccountChange {
  int64_t at_ms = 0;
  std::string what;
  std::string remark;  ///< of the keeper: how he knew whose account it is
  bool operator==(const AccountChange&) const = default;
};

store::StoreResult<void> note_change(store::Transaction& transaction, int64_t account, std::string_view what, int64_t now_ms,
                                     std::string_view remark = {});
/// The latest first, at most min(count, kAccountChangesPageMax).
store::StoreResult<std::vector<AccountChange>> changes_of(store::Reader& reader, int64_t account, int64_t count = kAccountChangesPageMax);
/// Forgets what is older than kAccountChangeDays, at most `count` rows; how many there were.
store::StoreResult<int64_t> forget_changes(store::Transaction& transaction, int64_t now_ms, int64_t count);

}  // namespace koshi::people
