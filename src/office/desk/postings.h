#pragma once

#include <optional>
#include <span>
#include <string>
#include <variant>

#include "office/case/decide.h"
#include "office/ledger/ledger.h"
#include "store/transaction.h"

/// What an act does to the quota.
namespace koshi::office {

/// Why the postings cannot be made: an account has not that many places, or what was held for the case has ended meanwhile.
struct HoldEnded {
  std::string account;
};
/// What the ledger has no room for: not 1 to kAmountMax places, or a code that is none.
struct NoPosting {
  std::string account;
};
using PostingHindrance = std::variant<ledger::Insufficient, HoldEnded, NoPosting>;

/// Makes the postings in their order. No value: all were made. After a hindrance the
/// transaction is to be abandoned. `after` is the case as it will stand.
store::StoreResult<std::optional<PostingHindrance>> post(store::Transaction& transaction, const Case& after,
                                                         std::span<const LedgerPosting> postings, const ledger::Why& why);

/// Ends the holds whose last day lies before today, at most ledger::kPageMax. False: there may be more.
store::StoreResult<bool> end_passed_holds(store::Transaction& transaction, Date today, int64_t now_ms);

}  // namespace koshi::office
