#include <algorithm>
#include <set>

#include "zan/corpus/builder.h"

/// A procedure as a whole: its states, its clock and its holds, in each stretch of time in which it is in force.
///
/// A state may lose or gain its actions with the law, so it must be reached in some stretch; whoever reaches it must be able to leave it in
/// the same one, because a case keeps the law of the day on which it was filed.
namespace koshi::zan {
namespace {

/// Of an account kind: whether a case may have nothing reserved (kFree), or something (kHeld).
constexpr uint8_t kFree = 1;
constexpr uint8_t kHeld = 2;

class ProcedureCheck {
 public:
  ProcedureCheck(Builder& builder, const Procedure& procedure)
      : b_(builder), p_(procedure), reached_ever_(procedure.states.size(), false) {}

  void run() {
    roles();
    papers();
    if (p_.sealed) seal();
    for (const ProcedureState& state : p_.states) clock(state);
    for (const Date day : stretches()) stretch(day);
    for (size_t i = 0; i < p_.states.size(); ++i) {
      if (!reached_ever_[i]) b_.error(p_.states[i].span, "state `" + p_.states[i].name + "` is never reached");
    }
  }

 private:
  int32_t clock_role() const { return static_cast<int32_t>(p_.roles.size()) - 1; }
  bool by_clock(const Action& action) const { return std::ranges::find(action.roles, clock_role()) != action.roles.end(); }
  /// Somebody other than the clock acts.
  bool by_person(const Action& action) const { return action.roles.size() > (by_clock(action) ? 1u : 0u); }

  /// One report for each place, however many stretches it stands in.
  void error(Span span, std::string message, std::vector<Note> notes = {}) {
    if (!reported_.insert({span.begin, message}).second) return;
    if (p_.in_force.from < day_) notes.push_back({{}, "in the text in force from " + format_date(day_)});
    b_.error(span, std::move(message), std::move(notes));
  }

  void roles() {
    std::vector<bool> used(p_.roles.size(), false);
    for (const ProcedureState& state : p_.states) {
      for (const Action& action : state.actions) {
        for (const int32_t role : action.roles) used[static_cast<size_t>(role)] = true;
      }
    }
    for (size_t i = 0; i < p_.roles.size(); ++i) {
      if (!used[i] && p_.roles[i].kind != Role::Kind::kClock)
        b_.error(p_.roles[i].span, "`" + p_.roles[i].name + "` takes no part: no action is done by it");
    }
  }

  /// One paper has one title.
  void papers() {
    std::map<std::string, const Effect*> seen;
    for (const ProcedureState& state : p_.states) {
      for (const Action& action : state.actions) {
        for (const Effect& effect : action.effects) {
          if (effect.kind != Effect::Kind::kIssues) continue;
          const auto [it, first] = seen.emplace(effect.name, &effect);
          if (!first && it->second->label != effect.label)
            b_.error(effect.span, "`" + effect.name + "` has another title elsewhere: \"" + it->second->label + "\"",
                     {{it->second->span, "issued here, too"}});
        }
      }
    }
  }

  /// What would tell others that a case exists. Balances of the quota are public, and the register of a party is read in its other cases.
  void seal() {
    for (const Role& role : p_.roles) {
      const bool is_authority = role.kind == Role::Kind::kOffice || role.kind == Role::Kind::kOther;
      if (is_authority && !role.within)
        b_.error(role.span, "in a sealed procedure `" + role.name + "` would see the cases of all",
                 {{{}, "say `within` which fact it sees them"}});
    }
    for (const ProcedureState& state : p_.states) {
      for (const Action& action : state.actions) {
        for (const Effect& effect : action.effects) {
          const bool posts = effect.account.account != kNoId;
          if (posts) b_.error(effect.span, "a sealed procedure touches no quota: its balances are public");
          if (effect.kind == Effect::Kind::kRecords)
            b_.error(effect.span, "a sealed procedure records nothing: a register is read in other cases",
                     {{{}, "`sets` stays in the case"}});
        }
      }
    }
  }

  void clock(const ProcedureState& state) {
    for (size_t i = 0; i < state.actions.size(); ++i) {
      const Action& action = state.actions[i];
      if (!by_clock(action)) continue;
      if (!action.asks.empty() || action.needs_forms || action.needs_documents || !action.requirements.empty())
        b_.error(action.span, "the clock does `" + action.name + "`, and there is nobody to ask",
                 {{{}, "an action of the clock has no `ask`, `needs` or `requires`; `when` is possible"}});
      const bool led =
          std::ranges::any_of(state.deadlines, [&](const Deadline& deadline) { return deadline.action == static_cast<int32_t>(i); });
      if (!led && !by_person(action))
        b_.error(action.span, "the clock never does `" + action.name + "`: no deadline of this state leads to it",
                 {{{}, "add `within … else " + action.name + "` or `until … else " + action.name + "` to the state"}});
    }
  }

  std::vector<Date> stretches() const {
    std::set<Date> days{p_.in_force.from};
    const auto add = [&](const DateRange& range) {
      if (p_.in_force.contains(range.from)) days.insert(range.from);
      if (range.until < p_.in_force.until) days.insert(Date{range.until.days + 1});
    };
    for (const ProcedureState& state : p_.states) {
      for (const Action& action : state.actions) add(action.in_force);
      for (const Deadline& deadline : state.deadlines) add(deadline.in_force);
    }
    return {days.begin(), days.end()};
  }

  /// The actions by which a case can leave the state under the law of the day.
  std::vector<const Action*> open_actions(const ProcedureState& state) const {
    std::vector<const Action*> out;
    for (size_t i = 0; i < state.actions.size(); ++i) {
      const Action& action = state.actions[i];
      if (action.target == kNoId || !action.in_force.contains(day_)) continue;
      const bool led = std::ranges::any_of(state.deadlines, [&](const Deadline& deadline) {
        return deadline.action == static_cast<int32_t>(i) && deadline.in_force.contains(day_);
      });
      if (by_person(action) || led) out.push_back(&action);
    }
    return out;
  }

  void stretch(Date day) {
    day_ = day;
    edges_.clear();
    for (const ProcedureState& state : p_.states) edges_.push_back(open_actions(state));
    const std::vector<bool> reached = reachable();
    const std::vector<bool> ending = reaches_end();
    for (size_t i = 0; i < p_.states.size(); ++i) {
      reached_ever_[i] = reached_ever_[i] || reached[i];
      if (!reached[i] || ending[i]) continue;
      const ProcedureState& state = p_.states[i];
      if (edges_[i].empty()) {
        error(state.span, "nothing leads out of state `" + state.name + "`", {{{}, "add an action, or make it `final`"}});
      } else {
        error(state.span, "from state `" + state.name + "` no final state can be reached");
      }
    }
    for (size_t i = 0; i < p_.states.size(); ++i) deadlines(p_.states[i]);
    for (size_t account = 0; account < b_.corpus.accounts.size(); ++account) holds(static_cast<int32_t>(account));
  }

  void deadlines(const ProcedureState& state) {
    for (const Deadline& deadline : state.deadlines) {
      if (deadline.action == kNoId || !deadline.in_force.contains(day_)) continue;
      const Action& action = state.actions[static_cast<size_t>(deadline.action)];
      if (!action.in_force.contains(day_))
        error(deadline.span, "this deadline leads to `" + action.name + "`, which is not in force", {{action.span, "the action"}});
    }
  }

  std::vector<bool> reachable() const {
    std::vector<bool> reached(p_.states.size(), false);
    std::vector<size_t> open{0};
    reached[0] = true;
    while (!open.empty()) {
      const size_t at = open.back();
      open.pop_back();
      for (const Action* action : edges_[at]) {
        const size_t target = static_cast<size_t>(action->target);
        if (!reached[target]) open.push_back(target);
        reached[target] = true;
      }
    }
    return reached;
  }

  std::vector<bool> reaches_end() const {
    std::vector<bool> ending(p_.states.size(), false);
    for (bool changed = true; changed;) {
      changed = false;
      for (size_t i = 0; i < p_.states.size(); ++i) {
        const bool ends = p_.states[i].is_final ||
                          std::ranges::any_of(edges_[i], [&](const Action* a) { return ending[static_cast<size_t>(a->target)]; });
        changed = changed || ends != ending[i];
        ending[i] = ends;
      }
    }
    return ending;
  }

  /// What may be held in each state, from the start on, until nothing changes; then the final states are looked at.
  void holds(int32_t account) {
    std::vector<uint8_t> may(p_.states.size(), 0);
    may[0] = kFree;
    for (bool changed = true; changed;) {
      changed = false;
      for (size_t i = 0; i < p_.states.size(); ++i) {
        if (may[i] == 0) continue;
        for (const Action* action : edges_[i]) {
          uint8_t& target = may[static_cast<size_t>(action->target)];
          const uint8_t after = after_effects(*action, account, may[i]);
          changed = changed || (target | after) != target;
          target |= after;
        }
      }
    }
    for (size_t i = 0; i < p_.states.size(); ++i) {
      if (!p_.states[i].is_final || (may[i] & kHeld) == 0) continue;
      error(p_.states[i].span, "a case may end in `" + p_.states[i].name + "` with something still reserved from `" + name(account) + "`",
            {{{}, "`commit` or `release` it on each way here"}});
    }
  }

  uint8_t after_effects(const Action& action, int32_t account, uint8_t before) {
    uint8_t may = before;
    for (const Effect& effect : action.effects) {
      if (effect.account.account != account) continue;
      const bool settles = effect.kind == Effect::Kind::kCommit || effect.kind == Effect::Kind::kRelease;
      if (settles && (may & kFree) != 0) {
        error(effect.span, "here nothing may be reserved from `" + name(account) + "`",
              {{{}, "on some way here it was not reserved, or was committed or released already"}});
      }
      if (effect.kind == Effect::Kind::kReserve && (may & kHeld) != 0)
        error(effect.span, "here something may be reserved from `" + name(account) + "` already", {{{}, "`release` it first"}});
      if (settles) may = kFree;
      if (effect.kind == Effect::Kind::kReserve) may = kHeld;
    }
    return may;
  }

  const std::string& name(int32_t account) const { return b_.corpus.accounts[static_cast<size_t>(account)].name; }

  Builder& b_;
  const Procedure& p_;
  Date day_;
  std::vector<std::vector<const Action*>> edges_;  ///< of each state, on day_
  std::vector<bool> reached_ever_;
  std::set<std::pair<uint32_t, std::string>> reported_;
};

}  // namespace

void check_procedure(Builder& builder, const Procedure& procedure) {
  ProcedureCheck(builder, procedure).run();
}

}  // namespace koshi::zan
