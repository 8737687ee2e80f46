#include "http/office/case_place.h"

#include "office/desk/looks.h"

namespace koshi::http {

CasePlace place_of(const OfficeSite& office, const office::Case& item) {
  const int32_t found = office.law.corpus.find_procedure(item.procedure);
  if (found == zan::kNoId) return {};
  const zan::Procedure& procedure = office.law.corpus.procedures[static_cast<size_t>(found)];
  return {&procedure, procedure.find_state(item.state)};
}

std::optional<office::Failure> record_look(const OfficeSite& office, const Seen& seen, std::string_view purpose) {
  if (!office::leaves_trace(office.law.corpus, seen.item, seen.actor)) return std::nullopt;
  auto recorded = office.house.desk().record_view(seen.actor, seen.item.id, purpose);
  return recorded ? std::nullopt : std::optional(std::move(recorded.error()));
}

std::optional<office::Failure> note_presence(const OfficeSite& office, const Seen& seen, std::string_view purpose) {
  if (!office::leaves_trace(office.law.corpus, seen.item, seen.actor)) return std::nullopt;
  const auto known = office.house.desk().has_viewed(seen.actor, seen.item.id, office.house.now_ms() - kPresenceMs);
  if (!known) return known.error();
  return *known ? std::nullopt : record_look(office, seen, purpose);
}

office::Failure note_refused(const OfficeSite& office, const Seen& seen, std::string_view act, office::Failure refused) {
  const auto* refusal = std::get_if<office::Refusal>(&refused);
  if (refusal == nullptr || refusal->kind == office::RefusalKind::kNoSuchThing) return refused;
  const std::string purpose = "refused: " + std::string(act.substr(0, office::kPurposeMaxBytes / 2));
  const bool is_misuse = refusal->kind == office::RefusalKind::kForbidden;
  auto failed = is_misuse ? record_look(office, seen, purpose) : note_presence(office, seen, purpose);
  return failed ? std::move(*failed) : refused;
}

}  // namespace koshi::http
