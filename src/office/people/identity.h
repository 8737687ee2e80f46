#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "office/people/refusal.h"
#include "store/transaction.h"

/// Accounts that somebody may enter by another provider's word (OIDC). What links the two is the provider's name for the person, which the
/// provider never gives to another; a name or an address that may change hands links nothing.
namespace koshi::people {

inline constexpr size_t kIssuerMaxBytes = 500;
inline constexpr size_t kSubjectMaxBytes = 255;  ///< OpenID Connect Core 1.0, section 2
inline constexpr int64_t kIdentitiesMax = 20;    ///< of one account

struct Identity {
  std::string issuer;   ///< compared byte by byte
  std::string subject;  ///< the same
  bool operator==(const Identity&) const = default;
};

/// Refusals: kNoAccount; kIdentityForm; kIdentityTaken, when it leads to another account.
Decided<void> link_identity(store::Transaction& transaction, int64_t account, const Identity& identity, int64_t now_ms);
/// Ends all sessions of the account: nobody knows which of them it opened. Refusal: kNoAccount, when it was not linked to this one.
Decided<void> unlink_identity(store::Transaction& transaction, int64_t account, const Identity& identity);

store::StoreResult<std::optional<int64_t>> account_of(store::Reader& reader, const Identity& identity);
/// By issuer, then subject.
store::StoreResult<std::vector<Identity>> identities_of(store::Reader& reader, int64_t account);

}  // namespace koshi::people
