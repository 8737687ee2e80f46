#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "store/transaction.h"

/// Whether accounts and holds are what the postings add up to.
namespace koshi::ledger {

inline constexpr size_t kDifferencesMax = 1000;  ///< then check() has seen enough

struct Difference {
  std::string account;
  std::string place;     ///< "limit", "held", "committed", "posting 17", "hold 12", "numbers"
  std::string stored;    ///< what stands in the database
  std::string computed;  ///< what the postings say
  bool operator==(const Difference&) const = default;
};

/// "permits/2026/KZ-75: held is 4, but the postings make 3"
std::string describe(const Difference& difference);

/// Reads every posting, account and hold, account by account; empty when all is well. Each posting must follow from the
/// one before it in its account, and the numbers of all must be without gaps. Memory: the holds of one account.
///
/// What it cannot show: that all rows were altered together so that they fit again. The journal does.
store::StoreResult<std::vector<Difference>> check(store::Reader& reader);

}  // namespace koshi::ledger
