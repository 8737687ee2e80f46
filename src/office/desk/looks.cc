#include "office/desk/looks.h"

namespace koshi::office {

bool leaves_trace(const zan::Corpus& corpus, const Case& item, const Actor& actor) {
  const int32_t procedure = corpus.find_procedure(item.procedure);
  if (procedure == zan::kNoId) return true;
  const zan::Procedure& law = corpus.procedures[static_cast<size_t>(procedure)];
  const int32_t found = law.find_role(actor.role);
  if (found == zan::kNoId) return true;
  const zan::Role& role = law.roles[static_cast<size_t>(found)];
  if (role.kind != zan::Role::Kind::kParty) return true;
  if (!role.within || item.opened_by == actor.account) return false;
  const zan::Entity& entity = corpus.entities[static_cast<size_t>(role.within->entity)];
  return entity.facts[static_cast<size_t>(role.within->fact)].type.kind == zan::Kind::kEnum;
}

}  // namespace koshi::office
