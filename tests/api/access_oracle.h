#pragma once

#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "zan/corpus/corpus.h"

/// Who may see and do what, read from the text of a procedure a second time and in another way than the office reads it: what the matrix of
/// office_matrix_test.cc is held against. It knows the rules as they are told to people (docs/zan.md, Procedures), none of the office's
/// code.
namespace koshi::access {

using Kind = zan::Role::Kind;

inline bool does(const zan::Action& action, int32_t role) {
  return std::ranges::find(action.roles, role) != action.roles.end();
}

/// A case that stands somewhere in its procedure, by the shortest way through the text.
struct Stand {
  const zan::Procedure* procedure = nullptr;
  std::vector<std::pair<size_t, size_t>> way;  ///< the acts that led here: state, action
  size_t state = 0;
  bool filed = false;
  std::string id, opened_by;
  int64_t version = 0;
  uint64_t sequence = 0;  ///< in the journal, of its first event
  bool has_paper = false;

  const zan::ProcedureState& here() const { return procedure->states[state]; }
  std::string place() const { return procedure->name + " " + here().name + (filed ? "" : " (not filed)"); }
};

/// Every state that acts lead to from the first one, filed and not filed, each once. What is in force on another day only is no way.
inline std::vector<Stand> stands_of(const zan::Procedure& procedure, Date today) {
  std::map<std::pair<size_t, bool>, Stand> found;
  Stand first;
  first.procedure = &procedure;
  std::deque<Stand> open{first};
  while (!open.empty()) {
    const Stand stand = open.front();
    open.pop_front();
    if (!found.emplace(std::pair(stand.state, stand.filed), stand).second) continue;
    const auto& actions = stand.here().actions;
    for (size_t i = 0; i < actions.size(); ++i) {
      if (!actions[i].in_force.contains(today)) continue;
      Stand next = stand;
      next.way.emplace_back(stand.state, i);
      next.state = static_cast<size_t>(actions[i].target);
      next.filed =
          stand.filed || std::ranges::find(actions[i].effects, zan::Effect::Kind::kFiles, &zan::Effect::kind) != actions[i].effects.end();
      open.push_back(std::move(next));
    }
  }
  std::vector<Stand> stands;
  for (auto& [key, stand] : found) stands.push_back(std::move(stand));
  return stands;
}

/// The value to which a fact of `within` is set in every case of the matrix, and another one.
struct Homes {
  std::string region = "KZ-75", other_region = "KZ-71";
  std::string number = "120340000718", other_number = "050640005358";
  std::string key, other_key;  ///< marks of keys of cases

  const std::string& of(const zan::Corpus& corpus, const zan::Role& role, bool home) const {
    if (role.without_account) return home ? key : other_key;
    return is_region(corpus, role) ? (home ? region : other_region) : (home ? number : other_number);
  }
  static bool is_region(const zan::Corpus& corpus, const zan::Role& role) {
    const zan::Entity& entity = corpus.entities[static_cast<size_t>(role.within->entity)];
    return entity.facts[static_cast<size_t>(role.within->fact)].type.kind == zan::Kind::kEnum;
  }
};

/// A role of somebody, as people tell it: with the region or number that it is bound to, or everywhere.
struct Grant {
  std::string role, scope;
  bool everywhere = false;
  auto operator<=>(const Grant&) const = default;
};

struct Person {
  std::string scope;  ///< "home", "away", "all" or "key"
  std::string login;
  std::vector<Grant> roles;
  std::string headers = {};  ///< by which requests are theirs
};

/// A wrong word of the oracle, put in by a test of the test. Statuses: 0 leaves it as it is.
struct Planted {
  const Person* person = nullptr;
  std::string procedure, state, action;
  bool turns_seeing = false;
  int status = 0;
};

class Oracle {
 public:
  Oracle(const zan::Corpus& corpus, const Homes& homes, Date today, Planted planted = {})
      : corpus_(corpus), homes_(homes), today_(today), planted_(std::move(planted)) {}

  bool sees(const Person& person, const Stand& stand) const {
    return seeing_roles(person, stand).empty() == (planted_.turns_seeing && is_planted(person, stand));
  }

  /// The status of an act whose facts nobody asks, so that nothing is ever done.
  int act(const Person& person, const Stand& stand, const std::string& action) const {
    if (planted_.status != 0 && planted_.action == action && is_planted(person, stand)) return planted_.status;
    const auto roles = seeing_roles(person, stand);
    if (roles.empty()) return 404;
    const int32_t role = roles.front();
    bool elsewhere = false, exists = false;
    for (const zan::ProcedureState& state : stand.procedure->states) {
      for (const zan::Action& one : state.actions) {
        if (one.name != action) continue;
        exists = true;
        if (!does(one, role)) continue;
        if (&state == &stand.here() && one.in_force.contains(today_)) return 422;
        elsewhere = true;
      }
    }
    return !exists ? 404 : elsewhere ? 409 : 403;
  }
  /// Of facts that nobody asks: refused for that where anything at all is asked, else for the state.
  int facts(const Person& person, const Stand& stand) const {
    const auto roles = seeing_roles(person, stand);
    if (roles.empty()) return 404;
    const bool is_party = role_at(stand, roles.front()).kind == Kind::kParty;
    bool fills = false, asked = false;
    for (const zan::Action& action : stand.here().actions) {
      if (!does(action, roles.front())) continue;
      fills = fills || action.needs_forms;
      asked = asked || (action.in_force.contains(today_) && !action.asks.empty());
    }
    if (is_party && fills) {
      asked = asked || std::ranges::any_of(stand.procedure->forms,
                                           [&](const zan::Form& form) { return form.in_force.contains(today_) && !form.asks.empty(); });
    }
    return asked ? 422 : 409;
  }
  /// Whether a look is kept in the journal: that of everybody but a party. An authority that is the party of a region's cases is one only
  /// in those that it opened itself.
  bool is_noted(const Person& person, const Stand& stand) const {
    const auto roles = seeing_roles(person, stand);
    if (roles.empty()) return false;
    const zan::Role& role = role_at(stand, roles.front());
    return role.kind != Kind::kParty || (role.within && homes_.is_region(corpus_, role) && stand.opened_by != person.login);
  }

 private:
  bool is_planted(const Person& person, const Stand& stand) const {
    return planted_.person == &person && planted_.procedure == stand.procedure->name && planted_.state == stand.here().name && stand.filed;
  }
  static const zan::Role& role_at(const Stand& stand, int32_t role) { return stand.procedure->roles[static_cast<size_t>(role)]; }

  /// Those of the person's roles that see the case, in the order of its grants.
  std::vector<int32_t> seeing_roles(const Person& person, const Stand& stand) const {
    std::vector<int32_t> found;
    for (const Grant& grant : person.roles) {
      const int32_t role = stand.procedure->find_role(grant.role);
      if (role == zan::kNoId || role_at(stand, role).kind == Kind::kClock) continue;
      if (is_bound(person, grant, role_at(stand, role), stand) && is_reached(role, stand)) found.push_back(role);
    }
    return found;
  }
  bool is_bound(const Person& person, const Grant& grant, const zan::Role& role, const Stand& stand) const {
    const bool is_party = role.kind == Kind::kParty;
    if (!role.within) return is_party ? stand.opened_by == person.login : !stand.procedure->sealed;
    if (grant.everywhere) return !is_party && !stand.procedure->sealed;
    return grant.scope == homes_.of(corpus_, role, true);
  }
  bool is_reached(int32_t role, const Stand& stand) const {
    if (role_at(stand, role).kind == Kind::kParty) return true;
    if (acts_in(role, stand.here())) return true;
    if (!stand.procedure->sealed) return stand.filed;
    return std::ranges::any_of(stand.way, [&](const auto& step) { return acts_in(role, stand.procedure->states[step.first]); });
  }
  static bool acts_in(int32_t role, const zan::ProcedureState& state) {
    return std::ranges::any_of(state.actions, [&](const zan::Action& action) { return does(action, role); });
  }

  const zan::Corpus& corpus_;
  const Homes& homes_;
  const Date today_;
  const Planted planted_;
};

}  // namespace koshi::access
