#include "office/case/access.h"

#include <algorithm>

#include "zan/corpus/who_acts.h"

namespace koshi::office {

bool Situation::may_do(const zan::Action& action) const {
  return std::ranges::count(action.roles, role_id) > 0;
}

bool covers(const zan::Role& role, const Actor& actor, const Case& item) {
  const bool is_party = role.kind == zan::Role::Kind::kParty;
  if (!role.within) return !is_party || item.opened_by == actor.account;
  // Where a case is sealed, nobody is everywhere.
  if (!actor.scope) return !is_party && !item.is_sealed();
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
  const bool is_sealed_off = item.is_sealed() && !stands_before(*situation.procedure, situation.role_id, item);
  if (is_sealed_off || !covers(*situation.role, actor, item))
    return std::unexpected(refuser.refuse(RefusalKind::kForbidden, "not_your_case"));
  return situation;
}

namespace {

bool acts_in(const zan::Procedure& procedure, std::string_view state, int32_t role) {
  const int32_t found = procedure.find_state(state);
  return found != zan::kNoId && acts_in(procedure.states[static_cast<size_t>(found)], role);
}

}  // namespace

bool stands_before(const zan::Procedure& procedure, int32_t role, const Case& item) {
  using Kind = zan::Role::Kind;
  const Kind kind = procedure.roles[static_cast<size_t>(role)].kind;
  if (kind == Kind::kParty || kind == Kind::kClock) return true;
  if (item.is_sealed()) return std::ranges::any_of(item.stood, [&](const std::string& state) { return acts_in(procedure, state, role); });
  return item.filed || acts_in(procedure, item.state, role);
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
