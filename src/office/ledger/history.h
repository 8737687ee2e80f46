#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "office/ledger/ledger.h"

/// How the balance of many accounts came about in time: what a burn-up draws. Reads postings alone, so that it is the truth even where an
/// account was put right later.
namespace koshi::ledger {

inline constexpr size_t kWeeksMax = 1'600;  ///< thirty years; of more, the earliest are dropped
inline constexpr size_t kOpenHoldsMax = 1000;

/// The sum over all accounts below a prefix as it stood at the end of a week.
struct WeekTotal {
  Date monday;
  int64_t limit = 0;
  int64_t held = 0;
  int64_t committed = 0;
  bool operator==(const WeekTotal&) const = default;
};

/// One entry for each week in which something was posted, in their order; a week without postings stands as the one before it. `day_of`
/// says on which day of the office a time falls. Cost: one pass over the postings; memory: one balance for each account.
store::StoreResult<std::vector<WeekTotal>> week_totals(store::Reader& reader, std::string_view prefix,
                                                       const std::function<Date(int64_t)>& day_of);

/// Places of the account that are held now, by their last day; those without one come last. At most kOpenHoldsMax.
store::StoreResult<std::vector<Hold>> open_holds(store::Reader& reader, std::string_view account);

}  // namespace koshi::ledger
