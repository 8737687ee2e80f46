#include "base/text.h"
#include "words/procedures.h"

/// The labels of a procedure, and its expressions in words.
namespace koshi::words {

std::string ProcedureWords::label() const {
  return words_.label(language_, procedure_key(procedure_));
}

std::string ProcedureWords::help() const {
  return procedure_.help.empty() ? "" : words_.label(language_, procedure_key(procedure_) + ".help");
}

/// The clock is the same in every procedure, and so a phrase of the program.
std::string ProcedureWords::role(int32_t role) const {
  const bool clock = procedure_.roles[static_cast<size_t>(role)].kind == zan::Role::Kind::kClock;
  return clock ? words_.phrase(language_, "procedure.clock") : words_.label(language_, role_key(procedure_, role));
}

std::string ProcedureWords::form(int32_t form) const {
  return words_.label(language_, form_key(procedure_, form));
}

std::string ProcedureWords::state(int32_t state) const {
  return words_.label(language_, state_key(procedure_, state));
}

std::string ProcedureWords::action(int32_t state, int32_t action) const {
  return words_.label(language_, action_key(procedure_, state, action));
}

std::string ProcedureWords::action_help(int32_t state, int32_t action) const {
  const zan::Action& info = procedure_.states[static_cast<size_t>(state)].actions[static_cast<size_t>(action)];
  return info.help.empty() ? "" : words_.label(language_, action_key(procedure_, state, action) + ".help");
}

std::string ProcedureWords::requirement(int32_t state, int32_t action, int32_t requirement) const {
  return words_.label(language_, requirement_key(procedure_, state, action, requirement));
}

std::string ProcedureWords::effect(int32_t state, int32_t action, int32_t effect) const {
  return words_.label(language_, effect_key(procedure_, state, action, effect));
}

std::string ProcedureWords::roles(const zan::Action& action) const {
  std::vector<std::string> names;
  for (const int32_t id : action.roles) names.push_back(role(id));
  return join(names, ", ");
}

std::string ProcedureWords::deadline(int32_t state, const zan::Deadline& deadline) const {
  const auto key = [&]() -> std::string_view {
    if (deadline.day != zan::kNoId) return "procedure.until";
    switch (deadline.unit) {
      case zan::DeadlineUnit::kWorkingDays: return "procedure.within_working_days";
      case zan::DeadlineUnit::kDays: return "procedure.within_days";
      case zan::DeadlineUnit::kMonths: return "procedure.within_months";
      case zan::DeadlineUnit::kYears: break;
    }
    return "procedure.within_years";
  };
  const std::string time = words_.phrase(language_, key(), {{"n", expression(deadline.count)}, {"day", expression(deadline.day)}});
  if (deadline.action == zan::kNoId) return words_.phrase(language_, "procedure.else_late", {{"time", time}});
  return words_.phrase(language_, "procedure.else_action", {{"time", time}, {"action", action(state, deadline.action)}});
}

std::string ProcedureWords::expression(zan::NormId norm) const {
  if (norm == zan::kNoId) return "";
  const zan::Corpus& corpus = words_.corpus();
  const zan::Norm& info = corpus.norms[static_cast<size_t>(norm)];
  return expression_text(words_, language_, info.entity, corpus.rules[static_cast<size_t>(info.rules.front())].value);
}

std::string ProcedureWords::keys(const zan::AccountUse& use) const {
  std::vector<std::string> keys;
  for (const zan::NormId key : use.keys) keys.push_back(expression(key));
  return join(keys, ", ");
}

std::string ProcedureWords::fact(const zan::FactPath& path) const {
  return words_.label(language_, fact_key(words_.corpus(), path.entity, path.fact));
}

}  // namespace koshi::words
