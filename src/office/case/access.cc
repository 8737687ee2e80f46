#include "office/case/access.h"

#include <algorithm>

namespace koshi::office {

bool Situation::may_do(const zan::Action& action) const {
  return std::ranges::count(action.roles, role_id) > 0;
}

bool covers(const zan::Role& role, const Actor& actor, const Case& item) {
  const bool is_party = role.kind == zan::Role::Kind::kParty;
  if (!role.within) return !is_party || item.opened_by == actor.account;
  if (!actor.scope) return !is_party;
  const FactEntry* fact = item.find_fact(role.within->text);
  return fact != nullptr && fact->json == *actor.scope;
}

std::expected<Situation, Refusal> find_situation(const Refuser& refuser, const Case& item) {
  const zan::Corpus& corpus = refuser.law().corpus;
  const Actor& actor = refuser.actor();
  const int32_t procedure = corpus.find_procedure(item.procedure);
  if (procedure == zan::kNoId) {
    return std::unexpected(refuser.refuse(RefusalKind::kNoSuchThing, "no_procedure", {{"name", item.procedure}}));
  }
  Situation situation;
  situation.procedure = &corpus.procedures[static_cast<size_t>(procedure)];
  const int32_t state = situation.procedure->find_state(item.state);
  if (state == zan::kNoId) return std::unexpected(refuser.refuse(RefusalKind::kNoSuchThing, "no_state", {{"name", item.state}}));
  situation.state = &situation.procedure->states[static_cast<size_t>(state)];
  situation.role_id = situation.procedure->find_role(actor.role);
  if (situation.role_id == zan::kNoId) return std::unexpected(refuser.refuse(RefusalKind::kForbidden, "no_role"));
  situation.role = &situation.procedure->roles[static_cast<size_t>(situation.role_id)];
  if (!covers(*situation.role, actor, item)) return std::unexpected(refuser.refuse(RefusalKind::kForbidden, "not_your_case"));
  return situation;
}

bool fills_forms(const Situation& situation) {
  return std::ranges::any_of(situation.state->actions,
                             [&](const zan::Action& action) { return action.needs_forms && situation.may_do(action); });
}

bool attaches_documents(const Situation& situation) {
  return std::ranges::any_of(situation.state->actions,
                             [&](const zan::Action& action) { return action.needs_documents && situation.may_do(action); });
}

}  // namespace koshi::office
