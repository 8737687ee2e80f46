#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "office/journal/event.h"

/// What the office should be, told again in as few words as possible and by none of the office's code: which orders were given and what
/// their senders were told, and how a case of the test law (office/desk/test_law.h) goes from state to state. It learns from the journal,
/// event by event, and says where an event is one that should not be there.
namespace koshi::simulation {

enum class OrderKind : uint8_t { kOpen, kFacts, kAttach, kAct, kView };

/// One thing that somebody wants, however often it is sent. Its sender's account bears the order's number, so that each event tells which
/// order it comes from.
struct Order {
  int number = 0;
  OrderKind kind = OrderKind::kAct;
  std::string who, role, scope;  ///< "e111", "employer", JSON
  bool has_key = true;
  std::string procedure;  ///< to open; else of the case
  std::string case_id;
  int64_t version = 0;
  std::string action;
  std::string facts = "{}";
  std::string region;  ///< as in `facts`
  int64_t headcount = 0;

  // What its sender was told.
  Date earliest{INT32_MAX};  ///< the earliest day on the clocks of the servers that it was sent to
  int sent = 0;
  int unknown = 0;            ///< answers that never came, or said that nobody knows
  uint64_t acknowledged = 0;  ///< sequence; 0: never
  std::string acknowledged_case;
  bool refused_after_done = false;

  uint64_t event = 0;  ///< what the journal says it led to; 0: nothing

  std::string account() const { return who + ".o" + std::to_string(number); }
};

struct ModelHold {
  enum class State : uint8_t { kHeld, kCommitted, kGone };
  std::string account;
  int64_t amount = 0;
  Date until;
  State state = State::kHeld;
};

struct ModelCase {
  std::string id, procedure, state, who, scope, region;
  int64_t version = 0, headcount = 0;
  bool has_facts = false, has_passport = false, late = false;
  Date entered, valid_until;
  std::optional<ModelHold> hold;

  /// The last day of what the clock waits for; none: it does not wait.
  std::optional<Date> due() const;
};

class Model {
 public:
  Order& add(Order order);
  Order& order(int number) { return orders_[static_cast<size_t>(number - 1)]; }
  std::deque<Order>& orders() { return orders_; }
  const std::map<std::string, ModelCase>& cases() const { return cases_; }
  void allot(const std::string& account, int64_t places) { limits_[account] += places; }
  const std::map<std::string, int64_t>& limits() const { return limits_; }

  /// The next event of the journal. A sentence when it should not be there.
  std::optional<std::string> learn(const journal::Event& event);
  uint64_t learnt() const { return learnt_; }
  int64_t clock_events() const { return clock_events_; }

  /// Notices that stand in the events so far: number, and role.
  const std::map<int64_t, std::string>& notices() const { return notices_; }

  struct Sums {
    int64_t held_most = 0;   ///< of holds that may or may not have ended
    int64_t held_least = 0;  ///< of those that cannot have
    int64_t committed = 0;
  };
  /// By account. `latest`: no clock has been beyond that day.
  std::map<std::string, Sums> sums(Date latest) const;
  /// Holds of days before have ended for good: the office has said so.
  void end_holds(Date today);

 private:
  std::optional<std::string> learn_order(ModelCase& item, Order& order, std::string_view action, Date day);
  std::optional<std::string> learn_clock(ModelCase& item, std::string_view action, Date day);
  std::optional<std::string> go(ModelCase& item, std::string_view action, std::string_view role, Date day);
  void note_notices(const journal::Event& event);

  std::deque<Order> orders_;
  std::map<std::string, ModelCase> cases_;
  std::map<std::string, int64_t> limits_;
  std::map<int64_t, std::string> notices_;
  uint64_t learnt_ = 0;
  int64_t clock_events_ = 0;
};

}  // namespace koshi::simulation
