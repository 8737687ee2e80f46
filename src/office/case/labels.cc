#include "office/case/labels.h"

namespace koshi::office {

// The law text has these labels in English; catalogues of other languages have no keys for procedures yet.

std::string state_label(const Law&, words::Language, const zan::ProcedureState& state) {
  return state.label;
}

std::string action_label(const Law&, words::Language, const zan::Action& action) {
  return action.label;
}

std::string form_label(const Law&, words::Language, const zan::Form& form) {
  return form.label;
}

std::string role_label(const Law&, words::Language, const zan::Role& role) {
  return role.label;
}

std::string question(const Law& law, words::Language language, const zan::Need& need) {
  return words::need_question(law.words, language, need);
}

}  // namespace koshi::office
