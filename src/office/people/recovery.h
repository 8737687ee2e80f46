#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "office/people/random.h"
#include "store/transaction.h"

/// Recovery codes: what is entered in place of a one-time code when the telephone is lost. Each opens once. They are shown when the second
/// factor is confirmed and never again; kept is what follows from them by SHA-256, which needs no slow hash since each has 120 bits of
/// chance (ASVS 5.0, 6.5.2 asks for one below 112).
namespace koshi::people {

inline constexpr int kRecoveryCodes = 8;           ///< of one account
inline constexpr size_t kRecoveryCodeLength = 24;  ///< characters of five bits

/// New ones in the place of all that there were.
store::StoreResult<std::vector<std::string>> make_recovery_codes(store::Transaction& transaction, int64_t account,
                                                                 const RandomBytes& random);
/// Whether a text has the form of one; a one-time code never has.
bool is_recovery_code(std::string_view text);
/// Takes the code, once. False: it is none of this account's, or was used.
store::StoreResult<bool> use_recovery_code(store::Transaction& transaction, int64_t account, std::string_view text);
store::StoreResult<void> drop_recovery_codes(store::Transaction& transaction, int64_t account);
store::StoreResult<int64_t> recovery_codes_left(store::Reader& reader, int64_t account);

}  // namespace koshi::people
