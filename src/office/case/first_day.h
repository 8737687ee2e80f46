#pragma once

#include <optional>
#include <vector>

#include "office/case/look.h"

/// From which day on an act would be possible. Internal to this folder.
namespace koshi::office {

inline constexpr int kFirstDayHorizonDays = 400;  ///< after the day of the act; beyond it nothing is promised
inline constexpr int kFirstDayAsksMax = 2'000;    ///< questions to the law in one search; then no day is named

/// What a search came to. No day: none within the horizon, or none that can be told.
struct FirstDays {
  std::optional<Date> all;                        ///< on which no requirement is broken
  std::vector<std::optional<Date>> of_each = {};  ///< of each requirement of the action that is broken today, in their order, by itself
};

/// For an action with at least one requirement that is certainly not met today. Everything but the day stays as it is: facts, register,
/// balances. A requirement that is unknown, then or now, breaks nothing: what is missing is told elsewhere. A day after the last one of
/// the state is none (`last`: after it the clock acts). The law may change meanwhile where the case is not filed.
///
/// Not every requirement that was met once stays met, so that nothing is halved here: the days are asked one after another. What read
/// neither the day nor anything that follows from it is asked again only when the law changes. Cost: some 3 µs a day and requirement that
/// depends on it; nothing where none does.
FirstDays first_days(Look look, const zan::Action& action, std::optional<Date> last);

/// The last day of a state that the clock ends; none where it does not, or the day has passed already.
std::optional<Date> last_day_of(const std::optional<Due>& due, Date today);

}  // namespace koshi::office
