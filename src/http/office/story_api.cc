// All cases of the person whom one case is about, for an office that helps: only what the person has agreed to share, and only what
// happened, not what was said there. A sealed case is never among them.
#include <algorithm>

#include "ask/writer.h"
#include "http/office/case_place.h"
#include "http/office/fact_words.h"
#include "http/office/failure.h"
#include "http/office/people_api.h"
#include "http/office/timeline_view.h"
#include "http/problem.h"
#include "office/house/subjects.h"
#include "words/procedures.h"

namespace koshi::http {
namespace {

/// The fact of a case by which its party agrees: the procedure asks it and lets it be taken back.
constexpr std::string_view kConsent = "shares_cases";

struct Told {
  office::Case item;
  std::vector<office::TimelineEntry> events;
};

const zan::Role* party_of(const zan::Procedure& procedure) {
  const auto found = std::ranges::find(procedure.roles, zan::Role::Kind::kParty, &zan::Role::kind);
  return found == procedure.roles.end() ? nullptr : &*found;
}

/// What binds the case to its party, as a scope: the JSON of the fact of `within`.
std::optional<std::string> key_of(const zan::Procedure& procedure, const office::Case& item) {
  const zan::Role* party = party_of(procedure);
  if (party == nullptr || !party->within) return std::nullopt;
  const office::FactEntry* fact = item.find_fact(party->within->text);
  return fact == nullptr || fact->json == "null" ? std::nullopt : std::optional(fact->json);
}

/// The cases of every party whose key this is, the newest first. The server looks with the person's own eyes, because the person allowed
/// it.
std::expected<std::vector<Told>, office::Failure> cases_of(const OfficeSite& office, words::Language language, const std::string& key) {
  std::vector<Told> told;
  office::Desk& desk = office.house.desk();
  for (const zan::Procedure& procedure : office.law.corpus.procedures) {
    const zan::Role* party = party_of(procedure);
    if (procedure.sealed || party == nullptr || !party->within || party->without_account) continue;
    const office::Actor eyes{"", party->name, key, language};
    office::CaseFilter filter{.procedure = procedure.name, .role = party->name, .scope = key, .open_only = false, .limit = kStoryCasesMax};
    const auto page = desk.list(filter);
    if (!page) return std::unexpected(page.error());
    for (const office::CaseRow& row : page->rows) {
      auto item = desk.show(eyes, row.id);
      if (!item || !item->filed || told.size() == kStoryCasesMax) continue;  // what is not filed is nobody else's
      auto events = desk.timeline(eyes, row.id);
      if (!events) return std::unexpected(events.error());
      // What was typed and attached on the way is no part of the story.
      std::erase_if(*events, [](const office::TimelineEntry& one) { return one.name != "acted" && one.name != "late"; });
      told.push_back({std::move(*item), std::move(*events)});
    }
  }
  std::ranges::stable_sort(told, std::greater<>(), [](const Told& one) { return one.item.opened; });
  return told;
}

void write_events(ask::JsonWriter& json, const OfficeSite& office, const Context& context, const Told& told) {
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

void write_case(ask::JsonWriter& json, const OfficeSite& office, const Context& context, const Told& told) {
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
  const auto consent = fact_value(office, seen->item, kConsent);
  const bool agreed = consent && consent->is_yes();
  const auto key = key_of(*place.procedure, seen->item);
  std::vector<Told> told;
  if (agreed && key) {
    auto found = cases_of(office, context.language, *key);
    if (!found) return failure_problem(office, context.language, found.error());
    told = std::move(*found);
  }
  std::string body;
  ask::JsonWriter json(body);
  json.raw("{");
  json.key("agreed");
  json.yes_no(agreed);
  json.key("cases");
  json.raw("[");
  for (const Told& one : told) write_case(json, office, context, one);
  json.raw("]}\n");
  return office_json(context, std::move(body));
}

Response related_api(const OfficeSite& office, const Context& context, const Visitor& visitor) {
  auto seen = find_case(office, visitor, context.path_parameter("case"), context.language, context.query.get("as").value_or(""));
  if (!seen) return failure_problem(office, context.language, seen.error());
  const auto keys =
      office.house.store().read([&](store::Reader& reader) { return office::related_keys(office.law, reader, seen->item); });
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
