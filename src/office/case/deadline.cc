#include "office/case/deadline.h"

#include <algorithm>

#include "base/check.h"
#include "office/case/event_json.h"
#include "office/case/finish.h"

namespace koshi::office {
namespace {

struct Place {
  const zan::Procedure* procedure;
  const zan::ProcedureState* state;
};

std::optional<Place> place_of(const zan::Corpus& corpus, const Case& item) {
  const int32_t id = corpus.find_procedure(item.procedure);
  if (id == zan::kNoId) return std::nullopt;
  const zan::Procedure& procedure = corpus.procedures[static_cast<size_t>(id)];
  const int32_t state = procedure.find_state(item.state);
  if (state == zan::kNoId) return std::nullopt;
  return Place{&procedure, &procedure.states[static_cast<size_t>(state)]};
}

std::optional<Date> after(const zan::Corpus& corpus, Date entered, zan::DeadlineUnit unit, int64_t count) {
  constexpr int64_t kMonthsMax = 120'000;  // ten thousand years
  if (count < 0 || count > kMonthsMax) return std::nullopt;
  switch (unit) {
    case zan::DeadlineUnit::kWorkingDays: return corpus.calendar ? corpus.calendar->add_working_days(entered, count) : std::nullopt;
    case zan::DeadlineUnit::kDays: return add_days(entered, count);
    case zan::DeadlineUnit::kMonths: return add_months(entered, count, MonthEnd::kDown);
    case zan::DeadlineUnit::kYears: return add_months(entered, count * 12, MonthEnd::kDown);
  }
  return std::nullopt;
}

/// No value while the day is none, unknown or unclear, or the calendar does not reach so far.
std::optional<Date> last_day(const Look& look, Date entered, const zan::Deadline& deadline) {
  const auto value = look.value_of(deadline.count != zan::kNoId ? deadline.count : deadline.day);
  if (!value || value->is_none()) return std::nullopt;
  if (deadline.count == zan::kNoId) return value->as_date();
  return after(look.law().corpus, entered, deadline.unit, value->number());
}

/// Since when a case is in the state, and whether it is late there already.
struct Stay {
  const zan::ProcedureState& state;
  Date entered;
  bool late = false;
};

/// Calls `visit` with each deadline that may still do something, and its last day.
template <typename Visit>
void for_each_deadline(const Look& look, const Stay& stay, Visit visit) {
  for (const zan::Deadline& deadline : stay.state.deadlines) {
    if (!look.in_force(deadline.in_force)) continue;
    const zan::Action* action = deadline.action == zan::kNoId ? nullptr : &stay.state.actions[static_cast<size_t>(deadline.action)];
    if (action == nullptr && stay.late) continue;
    // An action that is not in force, or whose condition does not hold, is not waited for.
    if (action != nullptr && (!look.in_force(action->in_force) || look.holds(action->when) == false)) continue;
    if (const auto day = last_day(look, stay.entered, deadline)) visit(deadline, action, *day);
  }
}

template <typename Visit>
void for_each_deadline(const Law& law, const Case& item, const Surroundings& around, Date today, Visit visit) {
  const auto place = place_of(law.corpus, item);
  if (!place || place->state->deadlines.empty()) return;
  for_each_deadline(Look(law, *place->procedure, item, around, today), Stay{*place->state, item.entered, item.late.has_value()}, visit);
}

/// Of two on one day the act comes before the mere mark.
void keep_first(std::optional<Due>& first, const zan::Deadline& deadline, const zan::Action* action, Date day) {
  const bool is_first = !first || day < first->last_day || (day == first->last_day && first->action.empty() && action != nullptr);
  if (is_first) first = Due{day, action != nullptr ? action->name : std::string(), deadline.by};
}

Decided mark_late(const Refuser& refuser, const Case& item, Date since, Date today) {
  return finish_or_refuse(refuser, item, "late", journal::object({{"state", item.state}, {"since", date_json(since)}}), today);
}

}  // namespace

bool is_due(const Law& law, const Case& item, const Surroundings& around, const zan::Action& action, Date today) {
  bool due = false;
  for_each_deadline(law, item, around, today, [&](const zan::Deadline&, const zan::Action* leads_to, Date day) {
    due = due || (leads_to == &action && today > day);
  });
  return due;
}

std::optional<Due> next_due(const Law& law, const Case& item, const Surroundings& around, Date today) {
  std::optional<Due> next;
  for_each_deadline(law, item, around, today,
                    [&](const zan::Deadline& deadline, const zan::Action* action, Date day) { keep_first(next, deadline, action, day); });
  return next;
}

std::optional<Due> due_from_today(const Look& look, const zan::ProcedureState& state) {
  std::optional<Due> next;
  for_each_deadline(look, Stay{state, look.today()},
                    [&](const zan::Deadline& deadline, const zan::Action* action, Date day) { keep_first(next, deadline, action, day); });
  return next;
}

std::optional<Decided> sweep(const Law& law, const Case& item, const Surroundings& around, Date today) {
  const auto due = next_due(law, item, around, today);
  if (!due || today <= due->last_day) return std::nullopt;
  const Actor clock{"clock", "clock", std::nullopt, words::Language::kEn};
  if (!due->action.empty()) return decide(law, item, clock, item.version, due->action, "{}", around, today);
  const auto since = add_days(due->last_day, 1);
  CHECK(since.has_value());
  return mark_late(Refuser(law, clock, item), item, *since, today);
}

}  // namespace koshi::office
