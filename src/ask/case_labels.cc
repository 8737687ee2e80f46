#include "ask/case_labels.h"

#include <algorithm>

#include "base/text.h"
#include "words/procedures.h"

namespace koshi::ask {
namespace {

using zan::Effect;
using zan::kNoId;
using zan::Procedure;
using zan::Role;

class CaseLabels {
 public:
  CaseLabels(const zan::Corpus& corpus, const Procedure& procedure) : corpus_(corpus), procedure_(procedure) {}

  std::set<std::string> all() {
    add(words::procedure_key(procedure_), procedure_.label);
    add(words::procedure_key(procedure_) + ".help", procedure_.help);
    for (size_t i = 0; i < procedure_.roles.size(); ++i) {
      if (procedure_.roles[i].kind != Role::Kind::kClock)
        add(words::role_key(procedure_, static_cast<int32_t>(i)), procedure_.roles[i].label);
    }
    for (size_t i = 0; i < procedure_.forms.size(); ++i) {
      add(words::form_key(procedure_, static_cast<int32_t>(i)), procedure_.forms[i].label);
      for (const zan::FactPath& path : procedure_.forms[i].asks) fact(path, true);
    }
    if (procedure_.documents != kNoId) norm(procedure_.documents);
    for (size_t i = 0; i < procedure_.states.size(); ++i) state(static_cast<int32_t>(i));
    return std::move(keys_);
  }

 private:
  void add(std::string key, const std::string& english) {
    if (!english.empty()) keys_.insert(std::move(key));
  }

  bool is_reader(int32_t id) const {
    const Role& role = procedure_.roles[static_cast<size_t>(id)];
    return role.kind == Role::Kind::kParty || (role.kind == Role::Kind::kOther && role.within);
  }

  void members(const zan::Type& type) {
    if (type.kind != zan::Kind::kEnum && type.kind != zan::Kind::kSet) return;
    const auto& list = corpus_.enums[static_cast<size_t>(type.of)].members;
    if (list.size() > kListMax) return;
    for (size_t i = 0; i < list.size(); ++i) add(words::member_key(corpus_, type.of, static_cast<int64_t>(i)), list[i].label);
  }

  /// What others record shows in the case as well, under its name.
  void fact(const zan::FactPath& path, bool is_asked) {
    const zan::Fact& found = corpus_.entities[static_cast<size_t>(path.entity)].facts[static_cast<size_t>(path.fact)];
    const std::string key = words::fact_key(corpus_, path.entity, path.fact);
    add(key, found.label);
    members(found.type);
    if (!is_asked) return;
    add(key + ".ask", found.ask);
    add(key + ".help", found.help);
  }

  void norm(zan::NormId id) {
    const zan::Norm& found = corpus_.norms[static_cast<size_t>(id)];
    add(words::norm_key(corpus_, id), found.label);
    members(found.type);
  }

  void state(int32_t id) {
    const zan::ProcedureState& state = procedure_.states[static_cast<size_t>(id)];
    add(words::state_key(procedure_, id), state.label);
    for (size_t i = 0; i < state.actions.size(); ++i) action(id, static_cast<int32_t>(i));
  }

  void action(int32_t state, int32_t id) {
    const zan::Action& action = procedure_.states[static_cast<size_t>(state)].actions[static_cast<size_t>(id)];
    const bool is_theirs = std::ranges::any_of(action.roles, [&](int32_t role) { return is_reader(role); });
    const std::string key = words::action_key(procedure_, state, id);
    add(key, action.label);
    if (is_theirs) add(key + ".help", action.help);
    for (size_t i = 0; is_theirs && i < action.requirements.size(); ++i)
      add(words::requirement_key(procedure_, state, id, static_cast<int32_t>(i)), action.requirements[i].label);
    for (const zan::FactPath& path : action.asks) fact(path, is_theirs);
    for (size_t i = 0; i < action.effects.size(); ++i)
      effect(action.effects[i], words::effect_key(procedure_, state, id, static_cast<int32_t>(i)));
  }

  void effect(const Effect& effect, const std::string& key) {
    switch (effect.kind) {
      case Effect::Kind::kSets: fact(*effect.path, false); break;
      case Effect::Kind::kGrounds: norm(effect.value); break;
      case Effect::Kind::kCharges: add(key, effect.label); break;
      case Effect::Kind::kNotice:
        if (is_reader(effect.role)) add(key, effect.label);
        break;
      case Effect::Kind::kIssues:
        add(key, effect.label);
        for (size_t i = 0; i < effect.letter.size(); ++i) add(key + ".letter." + std::to_string(i + 1), effect.letter[i]);
        break;
      default: break;
    }
  }

  const zan::Corpus& corpus_;
  const Procedure& procedure_;
  std::set<std::string> keys_;
};

}  // namespace

std::set<std::string> labels_of_cases(const zan::Corpus& corpus, const Procedure& procedure) {
  return CaseLabels(corpus, procedure).all();
}

std::set<std::string> migrant_case_labels(const words::Words& words) {
  const zan::Corpus& corpus = words.corpus();
  const std::string list = words.phrase(words::Language::kEn, "guide.migrant_procedures");
  std::set<std::string> keys;
  for (const std::string_view name : split(list, ' ')) {
    const int32_t found = corpus.find_procedure(name);
    // A law of another country has procedures of its own.
    if (found != kNoId) keys.merge(labels_of_cases(corpus, corpus.procedures[static_cast<size_t>(found)]));
  }
  return keys;
}

}  // namespace koshi::ask
