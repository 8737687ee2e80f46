// The other cases of the people whom one case names: as far as the visitor may see them, and as far as they have agreed.
#include "ask/writer.h"
#include "http/office/case_place.h"
#include "http/office/failure.h"
#include "http/office/people_api.h"
#include "http/office/story.h"
#include "http/office/timeline_view.h"
#include "http/problem.h"
#include "office/house/subjects.h"
#include "words/procedures.h"

namespace koshi::http {
namespace {

void write_events(ask::JsonWriter& json, const OfficeSite& office, const Context& context, const StoryCase& told) {
  json.key("events");
  json.raw("[");
  const auto said = event_words(office, context, told.item, told.events);
  for (size_t i = 0; i < said.size() && i < kStoryEventsMax; ++i) {
    json.comma();
    json.raw("{");
    json.key("what");
    json.text(said[i].what);
    json.key("who");
    json.text(said[i].who);
    json.key("on");
    json.date(said[i].on);
    json.raw("}");
  }
  json.raw("]");
}

void write_case(ask::JsonWriter& json, const OfficeSite& office, const Context& context, const StoryCase& told) {
  const CasePlace place = place_of(office, told.item);
  if (place.state == zan::kNoId) return;
  const words::ProcedureWords said(office.site.api_words, context.language, *place.procedure);
  json.comma();
  json.raw("{");
  json.key("case");
  json.text(told.item.id);
  json.key("procedure");
  json.text(told.item.procedure);
  json.key("label");
  json.text(said.label());
  json.key("state_label");
  json.text(said.state(place.state));
  json.key("final");
  json.yes_no(place.procedure->states[static_cast<size_t>(place.state)].is_final);
  json.key("opened");
  json.date(told.item.opened);
  write_events(json, office, context, told);
  json.raw("}");
}

}  // namespace

Response story_api(const OfficeSite& office, const Context& context, const Visitor& visitor) {
  auto seen = find_case(office, visitor, context.path_parameter("case"), context.language, context.query.get("as").value_or(""));
  if (!seen) return failure_problem(office, context.language, seen.error());
  if (auto failed = note_look(office, context, *seen)) return failure_problem(office, context.language, *failed);
  const CasePlace place = place_of(office, seen->item);
  if (place.procedure == nullptr) return office_problem(office, context, 409, "office.failed.old_case");
  const auto story = story_of(office, context.language, *place.procedure, seen->item);
  if (!story) return failure_problem(office, context.language, story.error());
  std::string body;
  ask::JsonWriter json(body);
  json.raw("{");
  json.key("agreed");
  json.yes_no(story->agreed);
  json.key("cases");
  json.raw("[");
  for (const StoryCase& one : story->cases) write_case(json, office, context, one);
  json.raw("]}\n");
  return office_json(context, std::move(body));
}

Response related_api(const OfficeSite& office, const Context& context, const Visitor& visitor) {
  auto seen = find_case(office, visitor, context.path_parameter("case"), context.language, context.query.get("as").value_or(""));
  if (!seen) return failure_problem(office, context.language, seen.error());
  const auto keys = office.house.store().read([&](store::Reader& reader) { return office::related_keys(office.law, reader, seen->item); });
  if (!keys) return failure_problem(office, context.language, office::Failure(keys.error()));
  const auto cases = office.house.desk().related(actors_of(office, visitor, context.language), seen->item, *keys);
  if (!cases) return failure_problem(office, context.language, cases.error());
  std::string body;
  ask::JsonWriter json(body);
  json.raw("{");
  json.key("cases");
  json.raw("[");
  for (const office::CaseRow& row : *cases) {
    json.comma();
    write_case_row(json, office, context.language, row);
  }
  json.raw("]}\n");
  return office_json(context, std::move(body));
}

}  // namespace koshi::http
