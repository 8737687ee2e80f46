#include "office/case/finish.h"

#include "base/check.h"
#include "office/case/event_json.h"

namespace koshi::office {

std::optional<Decision> finish(const Case& before, std::string name, const journal::Json& payload, Date today) {
  auto text = journal::write_canonical_json(payload);
  if (!text) return std::nullopt;
  Decision decision;
  decision.events.push_back({std::move(name), std::move(*text)});
  decision.after = before;
  // What is decided follows from the case, or it is a bug. The value is what would be read from the text again.
  CHECK(apply_value(decision.after, decision.events.front().name, payload, today).has_value());
  auto after = write_case(decision.after);
  if (!after) return std::nullopt;
  decision.after_json = std::move(*after);
  return decision;
}

Decided finish_or_refuse(const Refuser& refuser, const Case& before, std::string name, const journal::Json& payload, Date today) {
  auto decision = finish(before, std::move(name), payload, today);
  if (!decision) return std::unexpected(refuser.refuse(RefusalKind::kTooMuch, "too_much"));
  return std::move(*decision);
}

}  // namespace koshi::office
