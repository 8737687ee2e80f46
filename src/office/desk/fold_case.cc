#include "office/case/event.h"
#include "office/desk/desk_impl.h"
#include "office/desk/rebuild.h"
#include "office/journal/canonical_json.h"

namespace koshi::office {
using journal::Json;
using journal::text_member;
using store::StoreResult;

std::vector<RegisterEntry> records_of(const CaseEvent& event) {
  std::vector<RegisterEntry> entries;
  if (event.name != "acted") return entries;
  const auto payload = journal::read_canonical_json(event.payload);
  const Json* records = payload ? journal::find_member(*payload, "records") : nullptr;
  const auto* array = records != nullptr ? std::get_if<Json::Array>(&records->value) : nullptr;
  if (array == nullptr) return entries;
  for (const Json& one : *array) {
    entries.push_back({text_member(one, "key_path"), text_member(one, "key"), text_member(one, "fact"), text_member(one, "json")});
  }
  return entries;
}

StoreResult<Folded> fold_case(store::Reader& reader, const journal::Journal& journal, const std::string& id) {
  Folded folded;
  folded.item.id = id;
  for (bool more = true; more;) {
    TRY(events, journal.events(reader, id, static_cast<uint64_t>(folded.last_sequence)));
    more = events.size() == journal::kPageEventsMax;
    for (const journal::Event& event : events) {
      const CaseEvent said{event_name(event.entry.action), event.entry.payload};
      const Date on = office_day(event.entry.recorded_at_ms);
      const std::string from = folded.item.state;
      if (const auto applied = apply(folded.item, said, on); !applied) {
        folded.damage = applied.error().message;
        return folded;
      }
      folded.last_sequence = static_cast<int64_t>(event.sequence);
      if (folded.first_sequence == 0) folded.first_sequence = folded.last_sequence;
      const size_t colon = event.entry.action.find(':');
      if (colon != std::string::npos && !folded.item.is_sealed())
        folded.steps.push_back({folded.last_sequence, event.entry.action.substr(colon + 1), from, folded.item.state, on});
      for (RegisterEntry& entry : records_of(said)) folded.records.push_back({std::move(entry), folded.last_sequence});
    }
  }
  return folded;
}

}  // namespace koshi::office
