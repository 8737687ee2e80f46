#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "office/case/decide.h"
#include "office/journal/journal.h"
#include "store/store.h"

/// Returns of authorities, as the law declares them (docs/zan.md, Returns): counted from the journal, never typed.
///
/// A return tells a period by rows. Each case is taken as it stood at the end of the period, so the same return made later tells the same
/// figures, whatever became of the cases since. Sealed cases are never counted.
namespace koshi::office {

inline constexpr size_t kReturnCasesMax = 500'000;  ///< looked at for one return
inline constexpr size_t kReturnLinesMax = 20'000;

/// A month, a quarter or a year: "2026-05", "2026-Q2", "2026".
struct Period {
  zan::Return::Period kind = zan::Return::Period::kMonth;
  Date first, last;
  bool operator==(const Period&) const = default;
};
/// None for what is no such period.
std::optional<Period> parse_period(zan::Return::Period kind, std::string_view text);
std::string format_period(const Period& period);
Period period_of(zan::Return::Period kind, Date day);
Period period_before(const Period& period);

/// One line: for each row a value, none where the cases do not tell it; for each figure an amount.
struct ReturnLine {
  std::vector<std::optional<zan::Value>> keys;
  std::vector<int64_t> figures;  ///< counts, sums of whole numbers, or of money in tiyn
};

struct ReturnTable {
  Period period;
  std::vector<ReturnLine> lines;  ///< by keys, in the order of the law's codes; what is not told comes last
  ReturnLine total;               ///< no keys
  int64_t cases = 0;              ///< that were counted somewhere
  int64_t unclear = 0;            ///< that a figure passes over, because its condition or its amount cannot be told
};

struct ReturnAsk {
  const zan::Return& item;
  Period period;
  int32_t within = zan::kNoId;  ///< row that must have this value: what binds whoever asks
  std::optional<zan::Value> scope;
};

/// Errors of the machine: kTooLarge-like faults are told as kUnfit with a sentence. One snapshot; cost: the cases of the period, and for
/// figures of what stands, all cases that were ever filed.
store::StoreResult<ReturnTable> make_return(store::Store& store, const journal::Journal& journal, const Law& law, const ReturnAsk& ask);

}  // namespace koshi::office
