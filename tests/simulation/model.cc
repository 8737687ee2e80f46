#include "model.h"

#include <algorithm>
#include <array>
#include <variant>

#include "office/desk/desk.h"
#include "office/journal/canonical_json.h"

namespace koshi::simulation {
namespace {

using Broken = std::optional<std::string>;

struct Way {
  std::string_view procedure, from, action, role, to;
};
constexpr std::array kWays{Way{"work_permit", "draft", "submit", "employer", "examined"},
                           Way{"work_permit", "draft", "withdraw", "employer", "withdrawn"},
                           Way{"work_permit", "examined", "grant", "akimat", "granted"},
                           Way{"work_permit", "examined", "refuse", "akimat", "refused"},
                           Way{"work_permit", "granted", "pay", "treasury", "in_force"},
                           Way{"work_permit", "granted", "lapse", "clock", "lapsed"},
                           Way{"work_permit", "in_force", "expire", "clock", "ended"},
                           Way{"work_permit", "ended", "archive", "clock", "expired"},
                           Way{"levy", "draft", "send", "employer", "waiting"},
                           Way{"levy", "waiting", "take", "clock", "taken"},
                           Way{"complaint", "draft", "send", "complainant", "received"},
                           Way{"complaint", "received", "answer", "inspection", "answered"},
                           Way{"complaint", "received", "tell_police", "complainant", "with_police"},
                           Way{"complaint", "received", "close", "clock", "answered"},
                           Way{"complaint", "with_police", "answer_police", "police", "answered"}};

struct Term {
  std::string_view procedure, state;
  int days;
};
constexpr std::array kTerms{Term{"work_permit", "examined", 7}, Term{"work_permit", "granted", 10}, Term{"levy", "waiting", 1},
                            Term{"complaint", "received", 7}};

/// The account's name up to its order's number: "e111.o57/employer".
int order_number(std::string_view actor) {
  const size_t dot = actor.rfind(".o");
  return dot == std::string_view::npos ? 0 : std::atoi(std::string(actor.substr(dot + 2)).c_str());
}

std::string quota(Date day, const std::string& region) {
  return "permits/" + format_date(day).substr(0, 4) + "/" + region;
}

const journal::Json* member(const journal::Json& json, std::string_view name) {
  const auto* object = std::get_if<journal::Json::Object>(&json.value);
  if (object == nullptr) return nullptr;
  const auto found = std::ranges::find(*object, name, &journal::JsonMember::name);
  return found == object->end() ? nullptr : &found->value;
}

}  // namespace

std::optional<Date> ModelCase::due() const {
  if (procedure == "work_permit" && state == "examined" && late) return std::nullopt;
  if (state == "in_force") return valid_until;
  if (state == "ended") return add_days(valid_until, 30);
  const auto term = std::ranges::find_if(kTerms, [&](const Term& one) { return one.procedure == procedure && one.state == state; });
  return term == kTerms.end() ? std::nullopt : std::optional(add_days(entered, term->days).value_or(entered));
}

Order& Model::add(Order order) {
  order.number = static_cast<int>(orders_.size()) + 1;
  return orders_.emplace_back(std::move(order));
}

std::optional<std::string> Model::go(ModelCase& item, std::string_view action, std::string_view role, Date day) {
  const auto way = std::ranges::find_if(kWays, [&](const Way& one) {
    return one.procedure == item.procedure && one.from == item.state && one.action == action && one.role == role;
  });
  if (way == kWays.end()) return "no way leads from " + item.state + " by " + std::string(action) + " of " + std::string(role);
  const std::string code = quota(day, item.region);
  if (action == "submit") item.hold = ModelHold{code, item.headcount, add_days(day, 60).value_or(day)};
  if (item.hold && item.hold->state == ModelHold::State::kHeld) {
    if (action == "refuse" || action == "lapse") item.hold->state = ModelHold::State::kGone;
    if (action == "pay") item.hold->state = ModelHold::State::kCommitted;
  } else if (action == "pay") {
    return "paid for places that are not held";
  }
  if (action == "pay") item.valid_until = add_months(day, 12, MonthEnd::kDown).value_or(day);
  if (action == "take") limits_[code] -= item.headcount;
  item.state = way->to;
  item.entered = day;
  item.late = false;
  return std::nullopt;
}

Broken Model::learn_clock(ModelCase& item, std::string_view action, Date day) {
  ++clock_events_;
  const auto due = item.due();
  if (!due) return "the clock has acted a second time, or on nothing";
  if (day <= *due) return "the clock has acted on " + format_date(day) + ", but the last day is " + format_date(*due);
  if (action == "late") {
    item.late = true;
    return std::nullopt;
  }
  return go(item, action.substr(action.find(':') + 1), "clock", day);
}

Broken Model::learn_order(ModelCase& item, Order& order, std::string_view action, Date day) {
  if (order.sent == 0) return "nobody has sent this order yet";
  if (order.event != 0) return "the order was done already, by event " + std::to_string(order.event);
  order.event = learnt_;
  if (order.kind == OrderKind::kView) {
    const bool fits = action == "viewed" && item.id == "seen/" + order.case_id;
    return fits ? Broken() : "not the look that was journalled";
  }
  if (order.kind == OrderKind::kOpen) {
    if (item.version != 0 || action != "opened") return "not the opening that was ordered";
    item.procedure = order.procedure;
    item.state = "draft";
    item.who = order.who;
    item.scope = order.scope;
    item.entered = day;
    return std::nullopt;
  }
  if (order.case_id != item.id) return "another case than ordered";
  if (order.version != item.version) return "done on another version than ordered: " + std::to_string(item.version);
  if (order.kind == OrderKind::kAttach) {
    item.has_passport = true;
    return action == "document" ? Broken() : "not a document";
  }
  if (order.kind == OrderKind::kFacts) {
    item.has_facts = true;
    item.region = order.region;
    item.headcount = order.headcount;
    return action == "facts" ? Broken() : "not facts";
  }
  if (action != "acted:" + order.action) return "another action than ordered";
  return go(item, order.action, order.role, day);
}

void Model::note_notices(const journal::Event& event) {
  const auto payload = journal::read_canonical_json(event.entry.payload);
  const journal::Json* list = payload ? member(*payload, "notices") : nullptr;
  const auto* notices = list == nullptr ? nullptr : std::get_if<journal::Json::Array>(&list->value);
  if (notices == nullptr) return;
  int64_t number = static_cast<int64_t>(event.sequence) * 256;
  for (const journal::Json& notice : *notices) {
    const journal::Json* role = member(notice, "role");
    notices_[number++] = role == nullptr ? "" : std::get<std::string>(role->value);
  }
}

Broken Model::learn(const journal::Event& event) {
  ++learnt_;
  const journal::Entry& entry = event.entry;
  const auto wrong = [&](const std::string& what) {
    return "event " + std::to_string(event.sequence) + " (" + entry.action + " of " + entry.actor + " in " + entry.case_id + "): " + what;
  };
  if (event.sequence != learnt_) return wrong("expected number " + std::to_string(learnt_));
  const Date day = office::office_day(entry.recorded_at_ms);
  ModelCase& item = cases_[entry.case_id];
  item.id = entry.case_id;
  Broken broken;
  if (entry.actor == "clock/clock") {
    broken = learn_clock(item, entry.action, day);
  } else {
    const int number = order_number(entry.actor);
    if (number < 1 || number > static_cast<int>(orders_.size())) return wrong("nobody ordered it");
    Order& from = order(number);
    if (entry.actor != from.account() + "/" + from.role) return wrong("another has done it");
    broken = learn_order(item, from, entry.action, day);
  }
  ++item.version;
  note_notices(event);
  return broken.transform(wrong);
}

std::map<std::string, Model::Sums> Model::sums(Date latest) const {
  std::map<std::string, Sums> sums;
  for (const auto& [account, limit] : limits_) sums[account];
  for (const auto& [id, item] : cases_) {
    if (!item.hold || item.hold->state == ModelHold::State::kGone) continue;
    Sums& sum = sums[item.hold->account];
    if (item.hold->state == ModelHold::State::kCommitted) {
      sum.committed += item.hold->amount;
      continue;
    }
    sum.held_most += item.hold->amount;
    if (item.hold->until >= latest) sum.held_least += item.hold->amount;
  }
  return sums;
}

void Model::end_holds(Date today) {
  for (auto& [id, item] : cases_) {
    if (item.hold && item.hold->state == ModelHold::State::kHeld && item.hold->until < today) item.hold->state = ModelHold::State::kGone;
  }
}

}  // namespace koshi::simulation
