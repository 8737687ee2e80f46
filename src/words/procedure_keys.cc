#include "base/text.h"
#include "words/keys.h"
#include "words/procedures.h"

/// How the labels of procedures are found.
namespace koshi::words {
namespace {

using zan::Corpus;
using zan::Effect;
using zan::Procedure;

const zan::ProcedureState& state_at(const Procedure& procedure, int32_t state) {
  return procedure.states[static_cast<size_t>(state)];
}

const zan::Action& action_at(const Procedure& procedure, int32_t state, int32_t action) {
  return state_at(procedure, state).actions[static_cast<size_t>(action)];
}

bool has_title(const Effect& effect) {
  return effect.kind == Effect::Kind::kCharges || effect.kind == Effect::Kind::kIssues || effect.kind == Effect::Kind::kNotice;
}

template <typename T>
int32_t index_of(const std::vector<T>& items, std::string_view name) {
  for (size_t i = 0; i < items.size(); ++i) {
    if (items[i].name == name) return static_cast<int32_t>(i);
  }
  return zan::kNoId;
}

/// "3" as written in the name of a norm: the third, 2.
int32_t index_in(std::string_view number) {
  const auto whole = parse_whole(number);
  return whole ? static_cast<int32_t>(*whole - 1) : zan::kNoId;
}

std::string effect_norm_key(const Corpus& corpus, const Procedure& procedure, int32_t state, int32_t action, int32_t id) {
  const Effect& effect = action_at(procedure, state, action).effects[static_cast<size_t>(id)];
  if (has_title(effect)) return effect_key(procedure, state, action, id);
  if (effect.path) return fact_key(corpus, effect.path->entity, effect.path->fact);
  return account_key(corpus.accounts[static_cast<size_t>(effect.account.account)]);
}

std::string action_norm_key(const Corpus& corpus, const Procedure& procedure, int32_t state, const std::vector<std::string_view>& parts) {
  const int32_t action = index_of(state_at(procedure, state).actions, parts[4]);
  if (parts.size() < 7) return action_key(procedure, state, action);
  if (parts[5] == "requires") return requirement_key(procedure, state, action, index_in(parts[6]));
  return effect_norm_key(corpus, procedure, state, action, index_in(parts[6]));
}

std::string known_key(const Corpus& corpus, const Procedure& procedure, std::string_view path) {
  for (const zan::Known& known : procedure.knows) {
    if (known.path.text == path) return fact_key(corpus, known.path.entity, known.path.fact);
  }
  return procedure_key(procedure);
}

/// "return:permits_monthly/row/region".
std::string return_norm_key(const zan::Norm& norm) {
  const std::vector<std::string_view> parts = split(std::string_view(norm.name).substr(std::string_view("return:").size()), '/');
  return "return." + std::string(parts[0]) + (parts[1] == "row" ? ".row." : ".figure.") + std::string(parts[2]);
}

using Labels = std::map<std::string, std::string, std::less<>>;

void add(Labels& labels, std::string key, const std::string& english) {
  if (!english.empty()) labels.emplace(std::move(key), english);
}

void add_action(const Procedure& procedure, int32_t state, int32_t id, Labels& labels) {
  const zan::Action& action = action_at(procedure, state, id);
  const std::string key = action_key(procedure, state, id);
  add(labels, key, action.label);
  add(labels, key + ".help", action.help);
  for (size_t i = 0; i < action.requirements.size(); ++i)
    add(labels, requirement_key(procedure, state, id, static_cast<int32_t>(i)), action.requirements[i].label);
  for (size_t i = 0; i < action.effects.size(); ++i) {
    const auto effect = static_cast<int32_t>(i);
    if (has_title(action.effects[i])) add(labels, effect_key(procedure, state, id, effect), action.effects[i].label);
    for (size_t p = 0; p < action.effects[i].letter.size(); ++p)
      add(labels, letter_key(procedure, state, id, effect, static_cast<int32_t>(p)), action.effects[i].letter[p]);
  }
}

}  // namespace

std::string account_key(const zan::Account& account) {
  return "account." + account.name;
}

std::string procedure_key(const Procedure& procedure) {
  return "procedure." + procedure.name;
}

std::string role_key(const Procedure& procedure, int32_t role) {
  return procedure_key(procedure) + ".role." + procedure.roles[static_cast<size_t>(role)].name;
}

std::string form_key(const Procedure& procedure, int32_t form) {
  return procedure_key(procedure) + ".form." + procedure.forms[static_cast<size_t>(form)].name;
}

std::string state_key(const Procedure& procedure, int32_t state) {
  return procedure_key(procedure) + ".state." + state_at(procedure, state).name;
}

std::string action_key(const Procedure& procedure, int32_t state, int32_t action) {
  return state_key(procedure, state) + ".action." + action_at(procedure, state, action).name;
}

std::string requirement_key(const Procedure& procedure, int32_t state, int32_t action, int32_t requirement) {
  return action_key(procedure, state, action) + ".requires." + std::to_string(requirement + 1);
}

std::string effect_key(const Procedure& procedure, int32_t state, int32_t action, int32_t effect) {
  return action_key(procedure, state, action) + ".effect." + std::to_string(effect + 1);
}

std::string return_key(const zan::Return& item) {
  return "return." + item.name;
}

std::string return_row_key(const zan::Return& item, int32_t row) {
  return return_key(item) + ".row." + item.rows[static_cast<size_t>(row)].name;
}

std::string figure_key(const zan::Return& item, int32_t figure) {
  return return_key(item) + ".figure." + item.figures[static_cast<size_t>(figure)].name;
}

std::string letter_key(const Procedure& procedure, int32_t state, int32_t action, int32_t effect, int32_t paragraph) {
  return effect_key(procedure, state, action, effect) + ".letter." + std::to_string(paragraph + 1);
}

/// The name says where the expression stands: "work_permit/state/draft/action/submit/requires/1".
std::string procedure_norm_key(const Corpus& corpus, const zan::Norm& norm) {
  if (norm.name.starts_with("return:")) return return_norm_key(norm);
  const std::vector<std::string_view> parts = split(norm.name, '/');
  const Procedure& procedure = corpus.procedures[static_cast<size_t>(corpus.find_procedure(parts[0]))];
  if (parts[1] == "knows") return known_key(corpus, procedure, parts[2]);
  if (parts[1] == "form") return form_key(procedure, index_of(procedure.forms, parts[2]));
  const int32_t state = procedure.find_state(parts[2]);
  return parts[3] == "deadline" ? state_key(procedure, state) : action_norm_key(corpus, procedure, state, parts);
}

namespace {

void add_return_labels(const Corpus& corpus, Labels& labels) {
  for (const zan::Return& item : corpus.returns) {
    add(labels, return_key(item), item.label);
    add(labels, return_key(item) + ".help", item.help);
    for (size_t i = 0; i < item.rows.size(); ++i) add(labels, return_row_key(item, static_cast<int32_t>(i)), item.rows[i].label);
    for (size_t i = 0; i < item.figures.size(); ++i) add(labels, figure_key(item, static_cast<int32_t>(i)), item.figures[i].label);
  }
}

}  // namespace

void add_procedure_labels(const Corpus& corpus, Labels& labels) {
  add_return_labels(corpus, labels);
  for (const zan::Account& account : corpus.accounts) add(labels, account_key(account), account.label);
  for (const Procedure& procedure : corpus.procedures) {
    add(labels, procedure_key(procedure), procedure.label);
    add(labels, procedure_key(procedure) + ".help", procedure.help);
    for (size_t i = 0; i < procedure.roles.size(); ++i) {
      if (procedure.roles[i].kind != zan::Role::Kind::kClock)
        add(labels, role_key(procedure, static_cast<int32_t>(i)), procedure.roles[i].label);
    }
    for (size_t i = 0; i < procedure.forms.size(); ++i) add(labels, form_key(procedure, static_cast<int32_t>(i)), procedure.forms[i].label);
    for (size_t s = 0; s < procedure.states.size(); ++s) {
      const auto state = static_cast<int32_t>(s);
      add(labels, state_key(procedure, state), procedure.states[s].label);
      for (size_t a = 0; a < procedure.states[s].actions.size(); ++a) add_action(procedure, state, static_cast<int32_t>(a), labels);
    }
  }
}

}  // namespace koshi::words
