#include "http/office/case_place.h"

namespace koshi::http {

CasePlace place_of(const OfficeSite& office, const office::Case& item) {
  const int32_t found = office.law.corpus.find_procedure(item.procedure);
  if (found == zan::kNoId) return {};
  const zan::Procedure& procedure = office.law.corpus.procedures[static_cast<size_t>(found)];
  return {&procedure, procedure.find_state(item.state)};
}

std::optional<office::Failure> record_look(const OfficeSite& office, const Seen& seen, std::string_view purpose) {
  const CasePlace place = place_of(office, seen.item);
  const int32_t role = place.procedure == nullptr ? zan::kNoId : place.procedure->find_role(seen.actor.role);
  const bool is_party = role != zan::kNoId && place.procedure->roles[static_cast<size_t>(role)].kind == zan::Role::Kind::kParty;
  if (is_party) return std::nullopt;
  auto recorded = office.house.desk().record_view(seen.actor, seen.item.id, purpose);
  return recorded ? std::nullopt : std::optional(std::move(recorded.error()));
}

}  // namespace koshi::http
