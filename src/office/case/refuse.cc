#include "office/case/refuse.h"

#include <algorithm>

#include "base/text.h"
#include "office/case/labels.h"

namespace koshi::office {
namespace {

/// "/facts/staff/0/wage" → "staff[0].wage"
std::string path_of(std::string_view pointer) {
  std::string path;
  const std::vector<std::string_view> parts = split(pointer, '/');
  for (size_t i = 2; i < parts.size(); ++i) {
    if (parse_whole(parts[i])) {
      path += "[" + std::string(parts[i]) + "]";
    } else {
      if (!path.empty()) path += '.';
      path += parts[i];
    }
  }
  return path;
}

}  // namespace

std::string Refuser::text(std::string_view phrase, const words::Holes& holes) const {
  return law_.words.phrase(actor_.language, "case." + std::string(phrase), holes);
}

Refusal Refuser::refuse(RefusalKind kind, std::string_view phrase, const words::Holes& holes) const {
  Refusal refusal;
  refusal.kind = kind;
  refusal.message = text(phrase, holes);
  refusal.version = item_.version;
  return refusal;
}

Refusal Refuser::stale(int64_t version) const {
  return refuse(RefusalKind::kStale, "stale", {{"yours", std::to_string(version)}, {"now", std::to_string(item_.version)}});
}

Refusal Refuser::wrong_state(const zan::Action& action, const zan::Procedure& procedure, const zan::ProcedureState& state,
                             Date law_date) const {
  const int32_t role = procedure.find_role(actor_.role);
  std::vector<std::string> possible;
  for (const zan::Action& other : state.actions) {
    if (std::ranges::count(other.roles, role) == 0 || !other.in_force.contains(law_date)) continue;
    possible.push_back("“" + action_label(law_, actor_.language, procedure, other) + "”");
  }
  Refusal refusal = refuse(RefusalKind::kWrongState, "wrong_state",
                           {{"action", action_label(law_, actor_.language, procedure, action)},
                            {"state", state_label(law_, actor_.language, procedure, state)}});
  refusal.message += " ";
  refusal.message += possible.empty() ? text("nothing_possible") : text("possible", {{"actions", join(possible, ", ")}});
  return refusal;
}

Refusal Refuser::not_yours(const zan::Action& action, const zan::Procedure& procedure) const {
  return refuse(RefusalKind::kForbidden, "not_yours",
                {{"action", action_label(law_, actor_.language, procedure, action)},
                 {"roles", roles_label(law_, actor_.language, procedure, action)}});
}

Refusal Refuser::bad_facts(const ask::Problems& problems) const {
  Refusal refusal = refuse(RefusalKind::kBadFacts, "bad_facts");
  for (const ask::Problem& problem : problems) {
    refusal.problems.push_back({path_of(problem.pointer), ask::problem_text(law_.words, actor_.language, problem)});
  }
  return refusal;
}

Refusal Refuser::bad_fact(std::string path, std::string_view phrase, const words::Holes& holes) const {
  Refusal refusal = refuse(RefusalKind::kBadFacts, "bad_facts");
  refusal.problems.push_back({std::move(path), text(phrase, holes)});
  return refusal;
}

}  // namespace koshi::office
