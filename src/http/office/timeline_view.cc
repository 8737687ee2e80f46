#include "http/office/timeline_view.h"

#include "http/office/refusal_view.h"
#include "office/journal/canonical_json.h"

namespace koshi::http {
namespace {

/// A member of the event's payload, as text; empty where it is none.
std::string member(const journal::Json& payload, std::string_view name) {
  const journal::Json* found = journal::find_member(payload, name);
  const auto* flag = found == nullptr ? nullptr : std::get_if<bool>(&found->value);
  return flag != nullptr && *flag ? "yes" : journal::text_member(payload, name);
}

std::string role_label(const words::ProcedureWords& said, const std::string& role) {
  const int32_t found = said.procedure().find_role(role);
  return found == zan::kNoId ? role : said.role(found);
}

/// "Submit → Under examination"
std::string act_label(const words::ProcedureWords& said, const journal::Json& payload) {
  const std::string name = member(payload, "action");
  const int32_t from = said.procedure().find_state(member(payload, "from"));
  const int32_t to = said.procedure().find_state(member(payload, "to"));
  std::string label = name;
  if (from != zan::kNoId) {
    const auto& actions = said.procedure().states[static_cast<size_t>(from)].actions;
    for (size_t i = 0; i < actions.size(); ++i) {
      if (actions[i].name == name) label = said.action(from, static_cast<int32_t>(i));
    }
  }
  return label + " → " + (to == zan::kNoId ? member(payload, "to") : said.state(to));
}

std::string what_happened(const OfficeSite& office, const Context& context, const words::ProcedureWords& said, std::string_view name,
                          const journal::Json& payload) {
  if (name == "opened") return phrase(office.site, context, "office.timeline.opened");
  if (name == "facts") return phrase(office.site, context, "office.timeline.facts");
  if (name == "late") return phrase(office.site, context, "office.timeline.late");
  if (name == "acted") return act_label(said, payload);
  if (name != "document") return std::string(name);
  const std::string label = document_label(office, context.language, said.procedure(), member(payload, "kind"));
  if (!member(payload, "removed").empty()) return phrase(office.site, context, "office.timeline.removed", {{"document", label}});
  return phrase(office.site, context, "office.timeline.attached", {{"document", label}});
}

}  // namespace

std::string document_label(const OfficeSite& office, words::Language language, const zan::Procedure& procedure, const std::string& kind) {
  const zan::Corpus& corpus = office.law.corpus;
  if (procedure.documents == zan::kNoId) return kind;
  const int16_t of = corpus.norms[static_cast<size_t>(procedure.documents)].type.of;
  const auto found = corpus.enums[static_cast<size_t>(of)].index.find(kind);
  if (found == corpus.enums[static_cast<size_t>(of)].index.end()) return kind;
  return office.site.words.label(language, words::member_key(corpus, of, found->second));
}

std::vector<std::string> notices_to(const office::TimelineEntry& entry, std::string_view role) {
  std::vector<std::string> texts;
  const auto payload = entry.name == "acted" ? journal::read_canonical_json(entry.payload) : std::unexpected(Error{});
  const journal::Json* found = payload ? journal::find_member(*payload, "notices") : nullptr;
  const auto* notices = found == nullptr ? nullptr : std::get_if<journal::Json::Array>(&found->value);
  if (notices == nullptr) return texts;
  for (const journal::Json& notice : *notices) {
    if (member(notice, "role") == role) texts.push_back(member(notice, "text"));
  }
  return texts;
}

std::vector<EventWords> event_words(const OfficeSite& office, const Context& context, const office::Case& item,
                                    const std::vector<office::TimelineEntry>& entries) {
  std::vector<EventWords> events;
  const CasePlace place = place_of(office, item);
  if (place.procedure == nullptr) return events;
  const words::ProcedureWords said(office.site.api_words, context.language, *place.procedure);
  for (const office::TimelineEntry& entry : entries) {
    const auto payload = journal::read_canonical_json(entry.payload);
    if (!payload) continue;
    const std::string role = member(*payload, "role");
    events.push_back({what_happened(office, context, said, entry.name, *payload), role.empty() ? "" : role_label(said, role),
                      office::office_day(entry.recorded_at_ms)});
  }
  return events;
}

std::vector<View> timeline_views(const OfficeSite& office, const Context& context, const office::Case& item,
                                 const std::vector<office::TimelineEntry>& entries) {
  std::vector<View> views;
  const CasePlace place = place_of(office, item);
  if (place.procedure == nullptr) return views;
  const words::ProcedureWords said(office.site.words, context.language, *place.procedure);
  for (const office::TimelineEntry& entry : entries) {
    const auto payload = journal::read_canonical_json(entry.payload);
    if (!payload) continue;
    const Date day = office::office_day(entry.recorded_at_ms);
    const std::string role = member(*payload, "role");
    View view;
    view.text("what", what_happened(office, context, said, entry.name, *payload))
        .text("who", role.empty() ? "" : role_label(said, role))
        .text("when", office.site.words.date(context.language, day) + ", " + office::office_time(entry.recorded_at_ms))
        .text("receipt", "/api/v1/cases/" + percent_encode(item.id) + "/receipts/" + std::to_string(entry.sequence));
    views.push_back(std::move(view));
  }
  return views;
}

}  // namespace koshi::http
