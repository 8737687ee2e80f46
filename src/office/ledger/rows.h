#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "office/ledger/ledger.h"
#include "store/transaction.h"

/// The statements of the ledger: what stands in its tables, read and written row by row. Of what is written nothing is
/// checked here but what the database checks. The functions of ledger.h that only read are in rows.cc too.
namespace koshi::ledger {

/// What a posting adds to its account.
struct Effect {
  int64_t limit = 0;
  int64_t held = 0;
  int64_t committed = 0;
};
Effect effect_of(Kind kind, int64_t amount);

/// An account without places, if there is none of this name yet.
store::StoreResult<void> open_account(store::Transaction& transaction, std::string_view account);

/// Gives the posting the next number and its account the effect; a kHold makes its hold. Returns it with its number and the balance after
/// it. No value, and nothing changed, if the account would break a rule or does not exist. The statements travel together: each looks at
/// the account before it is changed, and does nothing where there is no room.
store::StoreResult<std::optional<Posting>> write_posting(store::Transaction& transaction, Posting posting);
/// Waits for what comes next. kCorrupt unless it was in the state that `hold` says.
store::StoreResult<void> change_hold(store::Transaction& transaction, const Hold& hold, HoldState state);

store::StoreResult<std::vector<Hold>> holds_of_case(store::Reader& reader, std::string_view case_id, const AccountRange& range,
                                                    HoldState state);
store::StoreResult<std::vector<Hold>> ended_holds(store::Reader& reader, Date today, int64_t count);
/// Places of the account that committed holds stand for.
store::StoreResult<int64_t> committed_by_holds(store::Reader& reader, std::string_view account);

using PostingWork = std::function<store::StoreResult<void>(const Posting&)>;
using HoldWork = std::function<store::StoreResult<void>(const Hold&)>;
/// Of an account in the order of their numbers.
store::StoreResult<void> each_posting(store::Reader& reader, std::string_view account, const PostingWork& work);
store::StoreResult<void> each_hold(store::Reader& reader, std::string_view account, const HoldWork& work);

}  // namespace koshi::ledger
