#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "store/transaction.h"

/// The book of those who signed in: who, when and by what, in the same write as the session. From where is not kept. Those who failed stand
/// among the vain tries (denials.h).
namespace koshi::people {

inline constexpr int64_t kSignInDays = 400;  ///< kept
inline constexpr int64_t kSignInsPageMax = 1000;

enum class SignInWay : uint8_t { kPassword = 0, kPasswordAndCode = 1, kProvider = 2 };
std::string_view name_of(SignInWay way);

struct SignInNote {
  int64_t at_ms = 0;
  SignInWay way = SignInWay::kPassword;
  bool operator==(const SignInNote&) const = default;
};

store::StoreResult<void> note_sign_in(store::Transaction& transaction, int64_t account, SignInWay way, int64_t now_ms);
/// The latest first, at most min(count, kSignInsPageMax).
store::StoreResult<std::vector<SignInNote>> sign_ins_of(store::Reader& reader, int64_t account, int64_t count = kSignInsPageMax);
/// Forgets what is older than kSignInDays, at most `count` rows; how many there were.
store::StoreResult<int64_t> forget_sign_ins(store::Transaction& transaction, int64_t now_ms, int64_t count);

}  // namespace koshi::people
