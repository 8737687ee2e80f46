#include "office/case/labels.h"

#include "base/check.h"
#include "words/procedures.h"

namespace koshi::office {
namespace {

template <typename T>
int32_t index_in(const std::vector<T>& items, const T& item) {
  return static_cast<int32_t>(&item - items.data());
}

struct ActionPlace {
  int32_t state, action;
};

ActionPlace place_of(const zan::Procedure& procedure, const zan::Action& action) {
  for (const zan::ProcedureState& state : procedure.states) {
    for (const zan::Action& each : state.actions) {
      if (&each == &action) return {index_in(procedure.states, state), index_in(state.actions, each)};
    }
  }
  CHECK(false && "an action of another procedure");
}

}  // namespace

std::string state_label(const Law& law, words::Language language, const zan::Procedure& procedure, const zan::ProcedureState& state) {
  return words::ProcedureWords(law.words, language, procedure).state(index_in(procedure.states, state));
}

std::string action_label(const Law& law, words::Language language, const zan::Procedure& procedure, const zan::Action& action) {
  const ActionPlace place = place_of(procedure, action);
  return words::ProcedureWords(law.words, language, procedure).action(place.state, place.action);
}

std::string requirement_label(const Law& law, words::Language language, const zan::Procedure& procedure, const zan::Action& action,
                              const zan::Requirement& requirement) {
  const ActionPlace place = place_of(procedure, action);
  const int32_t index = index_in(action.requirements, requirement);
  return words::ProcedureWords(law.words, language, procedure).requirement(place.state, place.action, index);
}

std::string form_label(const Law& law, words::Language language, const zan::Procedure& procedure, const zan::Form& form) {
  return words::ProcedureWords(law.words, language, procedure).form(index_in(procedure.forms, form));
}

std::string roles_label(const Law& law, words::Language language, const zan::Procedure& procedure, const zan::Action& action) {
  return words::ProcedureWords(law.words, language, procedure).roles(action);
}

std::string question(const Law& law, words::Language language, const zan::Need& need) {
  return words::need_question(law.words, language, need);
}

}  // namespace koshi::office
