// One person, many cases, one story: the other cases of the people and employers whom a case names, as far as the visitor may see them by
// himself; and, where the person has agreed to share them, what happened in all of hers. Sealed cases are in neither for who may not know
// of them.
#include <algorithm>

#include "base/text.h"
#include "http/office/failure.h"
#include "http/office/office_pages.h"
#include "http/office/page_frame.h"
#include "http/office/people_api.h"
#include "http/office/refusal_view.h"
#include "http/office/story.h"
#include "http/office/timeline_view.h"
#include "office/house/subjects.h"

namespace koshi::http {
namespace {

View row_view(const OfficeSite& office, const Context& context, const office::CaseRow& row) {
  View view;
  view.text("href", case_href(context, row.id)).text("id", row.id).text("number", row.number).text("title", row.title);
  view.text("opened", phrase(office.site, context, "office.case.opened", {{"date", office.site.words.date(context.language, row.opened)}}));
  const int32_t found = office.law.corpus.find_procedure(row.procedure);
  if (found == zan::kNoId) return view.text("procedure", row.procedure).text("state", row.state);
  const words::ProcedureWords said(office.site.words, context.language, office.law.corpus.procedures[static_cast<size_t>(found)]);
  const int32_t state = said.procedure().find_state(row.state);
  return view.text("procedure", said.label()).text("state", state == zan::kNoId ? row.state : said.state(state));
}

/// What happened in all of them, the oldest first. Within a day each case keeps its own order.
std::vector<View> story_views(const OfficeSite& office, const Context& context, const Story& story) {
  struct Line {
    EventWords event;
    std::string label, id;
  };
  std::vector<Line> lines;
  for (const StoryCase& one : story.cases) {
    const CasePlace place = place_of(office, one.item);
    if (place.procedure == nullptr) continue;
    const std::string label = words::ProcedureWords(office.site.words, context.language, *place.procedure).label();
    const auto events = event_words(office, context, one.item, one.events);
    for (size_t i = 0; i < events.size() && i < kStoryEventsMax; ++i) lines.push_back({events[i], label, one.item.id});
  }
  std::ranges::stable_sort(lines, {}, [](const Line& line) { return line.event.on; });
  std::vector<View> views;
  for (const Line& line : lines) {
    View view;
    view.text("what", line.event.what).text("who", line.event.who).text("when", office.site.words.date(context.language, line.event.on));
    views.push_back(view.text("procedure", line.label).text("id", line.id));
  }
  return views;
}

}  // namespace

Response related_page(const OfficeSite& office, const Context& context, const Visitor& visitor) {
  const auto seen = find_case(office, visitor, context.path_parameter("case"), context.language);
  if (!seen) return failure_page(office, context, &visitor, seen.error());
  const CasePlace place = place_of(office, seen->item);
  if (place.procedure == nullptr) return refused_page(office, context, &visitor, 409, "office.failed.title", "office.failed.old_case");
  if (auto failed = note_presence(office, *seen, kPagePurpose)) return failure_page(office, context, &visitor, *failed);
  const auto keys = office.house.store().read([&](store::Reader& reader) { return office::related_keys(office.law, reader, seen->item); });
  if (!keys) return failure_page(office, context, &visitor, office::Failure(keys.error()));
  const auto cases = office.house.desk().related(actors_of(office, visitor, context.language), seen->item, *keys);
  if (!cases) return failure_page(office, context, &visitor, cases.error());
  const auto story = story_of(office, context.language, *place.procedure, seen->item);
  if (!story) return failure_page(office, context, &visitor, story.error());

  std::vector<View> rows;
  for (const office::CaseRow& row : *cases) rows.push_back(row_view(office, context, row));
  auto events = story_views(office, context, *story);
  Page page{.name = "office_related", .title = phrase(office.site, context, "office.related.title"), .view = {}};
  page.view.text("heading", page.title)
      .text("id", seen->item.id)
      .text("number", seen->item.number)
      .text("procedure", words::ProcedureWords(office.site.words, context.language, *place.procedure).label())
      .text("back", case_href(context, seen->item.id))
      .text("desk", href(context, "/desk"))
      .flag("is_empty", rows.empty())
      .list("rows", std::move(rows))
      .flag("has_story", !events.empty())
      .list("story", std::move(events));
  return office_page(office, context, &visitor, std::move(page));
}

}  // namespace koshi::http
