#pragma once

#include <optional>
#include <string>
#include <vector>

#include "office/case/decide.h"

/// What can be told of a procedure's way before anything is known of the case: its days, what is charged on it, the papers that may be
/// asked. For whoever thinks of beginning.
namespace koshi::office {

/// An act of the procedure: indices into its states and their actions.
struct ActPlace {
  int32_t state = zan::kNoId, action = zan::kNoId;
};

/// A step of the way, as if each before it had been done on the first day possible.
struct OutlookStep {
  std::optional<Date> from;             ///< the first day possible, where that is later than the day on which the step before it is done
  std::optional<Date> until;            ///< the last day of its state
  std::optional<int64_t> working_days;  ///< that it has, counted from the day after the step before it
  std::vector<int32_t> charges;         ///< effects of the act that charge something
};

struct Outlook {
  std::vector<OutlookStep> steps;  ///< of the way, one for each
  std::vector<int32_t>
      documents;  ///< members of the enum of the procedure's documents that some rule of the day may ask for, in their order
};

/// The way is one of the procedure's own, from its first state on; it is begun today. A day that depends on an answer is not told.
/// Cost: that of asking the law some hundred times at most (first_day.h).
Outlook outlook_of(const Law& law, const zan::Procedure& procedure, const std::vector<ActPlace>& way, Date today);

}  // namespace koshi::office
