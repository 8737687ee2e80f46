// A case on one page: what is to be done, what is known, what happened.
#include <algorithm>

#include "base/text.h"
#include "http/office/fact_words.h"
#include "http/office/failure.h"
#include "http/office/office_pages.h"
#include "http/office/page_frame.h"
#include "http/office/refusal_view.h"
#include "http/office/timeline_view.h"

namespace koshi::http {
namespace {

struct Shown {
  const OfficeSite& office;
  const Context& context;
  const Seen& seen;
  const office::CaseView& view;
  CasePlace place;
  words::ProcedureWords said;

  std::string date(Date day) const { return office.site.words.date(context.language, day); }
  std::string text(std::string_view key, const words::Holes& holes = {}) const { return phrase(office.site, context, key, holes); }
};

View text_view(std::string text) {
  View view;
  return view.text("text", std::move(text));
}

std::vector<View> form_views(const Shown& shown) {
  std::vector<View> views;
  for (const office::FormView& form : shown.view.forms) {
    const auto index = static_cast<int32_t>(form.form - shown.said.procedure().forms.data());
    View view =
        link_view(shown.view.may_fill ? case_href(shown.context, shown.seen.item.id, "/forms/" + percent_encode(form.form->name)) : "",
                  shown.said.form(index));
    const std::string missing = std::to_string(form.missing.size());
    view.flag("done", form.missing.empty())
        .text("status",
              form.missing.empty() ? shown.text("office.case.form_done") : shown.text("office.case.form_missing", {{"n", missing}}));
    views.push_back(std::move(view));
  }
  return views;
}

std::vector<View> file_views(const Shown& shown, const std::string& kind) {
  std::vector<View> views;
  for (const office::DocumentEntry& document : shown.seen.item.documents) {
    if (document.kind != kind) continue;
    View view = link_view("/api/v1/cases/" + percent_encode(shown.seen.item.id) + "/documents/" + document.sha256,
                          document.file_name.empty() ? document.sha256 : document.file_name);
    views.push_back(std::move(view));
  }
  return views;
}

std::vector<View> document_views(const Shown& shown) {
  std::vector<View> views;
  for (const office::DocumentView& document : shown.view.documents) {
    Query query;
    query.add("kind", document.kind);
    View view =
        link_view(shown.view.may_fill ? case_href(shown.context, shown.seen.item.id, "/documents", std::move(query)) : "", document.label);
    view.flag("done", document.attached)
        .text("status", shown.text(document.attached ? "office.case.attached" : "office.case.wanted"))
        .list("files", file_views(shown, document.kind));
    views.push_back(std::move(view));
  }
  return views;
}

std::vector<View> action_views(const Shown& shown) {
  std::vector<View> views;
  const auto& actions = shown.said.procedure().states[static_cast<size_t>(shown.place.state)].actions;
  for (const office::ActionView& action : shown.view.actions) {
    const auto index = static_cast<int32_t>(action.action - actions.data());
    View view = link_view(case_href(shown.context, shown.seen.item.id, "/actions/" + percent_encode(action.action->name)),
                          shown.said.action(shown.place.state, index));
    view.flag("possible", !action.hindrance.has_value()).text("hindrance", action.hindrance ? action.hindrance->message : "");
    views.push_back(std::move(view));
  }
  return views;
}

std::vector<View> facts_views(const Shown& shown) {
  std::vector<View> views;
  for (const FactRow& row : fact_rows(shown.office, shown.office.site.words, shown.context.language, shown.seen.item)) {
    const int32_t role = shown.said.procedure().find_role(row.by);
    std::string source = source_words(shown.office, shown.context.language, row.source);
    if (role != zan::kNoId) source += ", " + shown.said.role(role);
    View view;
    view.text("label", row.label).text("value", row.value).text("source", source + ", " + shown.date(row.on));
    views.push_back(std::move(view));
  }
  return views;
}

std::vector<View> paper_views(const Shown& shown) {
  std::vector<View> views;
  const office::Case& item = shown.seen.item;
  for (size_t i = 0; i < item.papers.size(); ++i) {
    const office::PaperEntry& paper = item.papers[i];
    Query query;
    query.add("lang", std::string(words::code(shown.context.language)));
    View view = link_view(
        query.url("/api/v1/cases/" + percent_encode(item.id) + "/papers/" + std::to_string(i + 1)),
        effect_label(shown.office, shown.context.language, shown.said.procedure(), zan::Effect::Kind::kIssues, paper.name, paper.label));
    views.push_back(view.text("number", paper.number).text("date", shown.date(paper.on)));
  }
  return views;
}

std::vector<View> charge_views(const Shown& shown) {
  std::vector<View> views;
  for (const office::ChargeEntry& charge : shown.seen.item.charges) {
    View view;
    view.text("label",
              effect_label(shown.office, shown.context.language, shown.said.procedure(), zan::Effect::Kind::kCharges, "", charge.label))
        .text("value", shown.office.site.words.value(shown.context.language, zan::Value::money(charge.amount)))
        .text("date", shown.date(charge.on));
    views.push_back(std::move(view));
  }
  return views;
}

std::vector<View> hold_views(const Shown& shown) {
  std::vector<View> views;
  for (const office::HoldEntry& hold : shown.seen.item.holds) {
    std::string state = shown.text(hold.committed ? "office.case.hold_committed" : "office.case.hold_held");
    if (!hold.committed && hold.until) state = shown.text("office.case.hold_until", {{"date", shown.date(*hold.until)}});
    View view;
    view.text("label", account_label(shown.office, shown.context.language, hold.code))
        .text("amount", shown.text("office.case.places", {{"n", std::to_string(hold.amount)}}))
        .text("state", std::move(state));
    views.push_back(std::move(view));
  }
  return views;
}

std::vector<View> ground_views(const Shown& shown) {
  std::vector<View> views;
  const zan::Corpus& corpus = shown.office.law.corpus;
  for (const office::GroundEntry& ground : shown.seen.item.grounds) {
    const zan::NormId norm = corpus.find_norm(ground.norm);
    if (norm == zan::kNoId) {
      views.push_back(text_view(ground.member));
      continue;
    }
    const int16_t of = corpus.norms[static_cast<size_t>(norm)].type.of;
    const auto& index = corpus.enums[static_cast<size_t>(of)].index;
    const auto found = index.find(ground.member);
    views.push_back(text_view(found == index.end()
                                  ? ground.member
                                  : shown.office.site.words.label(shown.context.language, words::member_key(corpus, of, found->second))));
    views.back()
        .text("norm", norm_label(shown.office.site, shown.context, norm))
        .text("href", norm_href(shown.office.site, shown.context, norm));
  }
  return views;
}

void add_deadline(const Shown& shown, View& view) {
  const office::Case& item = shown.seen.item;
  if (item.late) view.text("late", shown.text("office.case.late", {{"date", shown.date(*item.late)}}));
  if (!shown.view.due) return;
  const office::Due& due = *shown.view.due;
  view.text("due", shown.text("office.case.due", {{"date", shown.date(due.last_day)}}))
      .list("due_cites", citation_views(shown.office.site, shown.context, due.by));
  std::string then = shown.text("office.case.then_late");
  const auto& actions = shown.said.procedure().states[static_cast<size_t>(shown.place.state)].actions;
  for (size_t i = 0; i < actions.size(); ++i) {
    if (!due.action.empty() && actions[i].name == due.action) then = shown.said.action(shown.place.state, static_cast<int32_t>(i));
  }
  view.text("then", shown.text("office.case.then", {{"action", then}}));
}

std::string diagram_href(const Shown& shown) {
  Query query;
  query.add("state", shown.seen.item.state);
  query.add("on", format_date(shown.seen.item.law_date(shown.office.house.today())));
  query.add("lang", std::string(words::code(shown.context.language)));
  return query.url("/procedures/" + percent_encode(shown.said.procedure().name) + "/diagram.svg");
}

/// What acts told this role: nobody sends letters to who has no address.
std::vector<View> message_views(const Shown& shown, const std::vector<office::TimelineEntry>& timeline) {
  std::vector<View> views;
  for (const office::TimelineEntry& entry : timeline) {
    for (const std::string& text : notices_to(entry, shown.seen.actor.role)) {
      View view = text_view(effect_label(shown.office, shown.context.language, shown.said.procedure(), zan::Effect::Kind::kNotice, "", text));
      views.push_back(view.text("when", shown.date(office::office_day(entry.recorded_at_ms))));
    }
  }
  std::ranges::reverse(views);
  return views;
}

void add_list(View& view, const std::string& name, std::vector<View> items) {
  view.flag("has_" + name, !items.empty()).list(name, std::move(items));
}

}  // namespace

Response case_page(const OfficeSite& office, const Context& context, const Visitor& visitor) {
  const auto seen = find_case(office, visitor, context.path_parameter("case"), context.language);
  if (!seen) return failure_page(office, context, &visitor, seen.error());
  const CasePlace place = place_of(office, seen->item);
  if (place.state == zan::kNoId) return refused_page(office, context, &visitor, 409, "office.failed.title", "office.failed.old_case");
  if (auto failed = record_look(office, *seen, kPagePurpose)) return failure_page(office, context, &visitor, *failed);
  const auto view = office.house.desk().view(seen->actor, seen->item);
  if (!view) return failure_page(office, context, &visitor, view.error());
  const auto timeline = office.house.desk().timeline(seen->actor, seen->item.id);
  if (!timeline) return failure_page(office, context, &visitor, timeline.error());

  const Shown shown{office, context, *seen, *view, place, {office.site.words, context.language, *place.procedure}};
  Page page{.name = "office_case", .title = shown.said.label() + ", " + seen->item.id, .view = {}};
  const bool is_done = context.query.has("done");
  page.view.text("procedure", shown.said.label())
      .text("id", seen->item.id)
      .text("number", seen->item.number)
      .text("state", shown.said.state(place.state))
      .flag("is_final", place.procedure->states[static_cast<size_t>(place.state)].is_final)
      .text("desk", href(context, "/desk"))
      .text("related", case_href(context, seen->item.id, "/related"))
      .text("about", href(context, "/procedures/" + percent_encode(place.procedure->name)))
      .text("opened", shown.text("office.case.opened", {{"date", shown.date(seen->item.opened)}}))
      .text("filed", seen->item.filed ? shown.text("office.case.filed", {{"date", shown.date(*seen->item.filed)}}) : "")
      .text("done", is_done ? shown.text("office.case.done") : "")
      .text("receipt", is_done && !timeline->empty()
                           ? "/api/v1/cases/" + percent_encode(seen->item.id) + "/receipts/" + std::to_string(timeline->back().sequence)
                           : "")
      .text("diagram", diagram_href(shown))
      .flag("may_fill", view->may_fill);
  add_deadline(shown, page.view);
  add_list(page.view, "forms", form_views(shown));
  add_list(page.view, "documents", document_views(shown));
  add_list(page.view, "actions", action_views(shown));
  add_list(page.view, "facts", facts_views(shown));
  add_list(page.view, "papers", paper_views(shown));
  add_list(page.view, "charges", charge_views(shown));
  add_list(page.view, "holds", hold_views(shown));
  add_list(page.view, "grounds", ground_views(shown));
  add_list(page.view, "messages", message_views(shown, *timeline));
  add_list(page.view, "timeline", timeline_views(office, context, seen->item, *timeline));
  return office_page(office, context, &visitor, std::move(page));
}

}  // namespace koshi::http
