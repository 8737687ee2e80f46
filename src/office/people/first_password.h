#pragma once

#include <cstdint>
#include <string>

#include "office/people/random.h"
#include "office/people/refusal.h"
#include "store/transaction.h"

/// Passwords that the keeper of the office gives: the first one, and one in the place of one that was lost. Made by chance, shown once;
/// they end when their term is over, and sign in to nothing but choosing another. A second factor stays as it is.
namespace koshi::people {

inline constexpr size_t kFirstPasswordLength = 16;  ///< characters of five bits
inline constexpr int64_t kFirstPasswordDays = 3;

/// "7k2q-m9tx-04bd-wj6e"
std::string make_first_password(const RandomBytes& random);
/// The hash of such a one. Ends all sessions; noted among the account's changes, with how the keeper knew whose it is.
Decided<void> give_password(store::Transaction& transaction, int64_t account, std::string_view password_hash, int64_t now_ms,
                            std::string_view remark);

}  // namespace koshi::people
