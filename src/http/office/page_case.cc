// A case on one page: what is to be done, what is known, what happened.
#include <algorithm>

#include "base/text.h"
#include "http/office/charge_words.h"
#include "http/office/copy_case.h"
#include "http/office/earlier_words.h"
#include "http/office/fact_words.h"
#include "http/office/failure.h"
#include "http/office/ground_lines.h"
#include "http/office/leads_to.h"
#include "http/office/next_step.h"
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

/// "Some answers are missing: 12 in the forms below", where it is the forms that miss them: the desk's own sentence does not say where.
void add_hindrance(const Shown& shown, const office::Refusal& hindrance, View& view) {
  size_t missing = 0;
  for (const office::FormView& form : shown.view.forms) missing += form.missing.size();
  const bool is_of_forms = hindrance.kind == office::RefusalKind::kFactsMissing && shown.view.may_fill && missing > 0;
  if (is_of_forms) {
    view.text("to_forms", shown.text("office.case.facts_missing", {{"n", std::to_string(missing)}}));
  } else {
    view.text("hindrance", hindrance.message);
  }
}

/// The grounds that stand against an action: not its requirements themselves, which its page tells.
std::vector<View> found_views(const Shown& shown, const office::ActionView& action) {
  std::vector<View> views;
  if (!action.hindrance) return views;
  for (const office::Refusal::Failed& failed : action.hindrance->failed) {
    for (View& view : ground_line_views(shown.office, shown.context, failed.answer)) views.push_back(std::move(view));
  }
  return views;
}

/// What the office would find against the case, if the visitor did now what he may.
std::vector<View> foreseen_views(const Shown& shown, const std::vector<office::ActionCheck>& checks) {
  std::vector<View> views;
  std::vector<std::string> seen;
  for (const office::ActionCheck& check : checks) {
    for (const office::ForeseenCheck& one : check.foreseen) {
      for (const GroundLine& line : ground_lines(shown.office.site.words, shown.context.language, one.answer)) {
        if (std::ranges::count(seen, line.code) > 0) continue;
        seen.push_back(line.code);
        View view = text_view(line.label);
        views.push_back(
            view.text("facts", join(line.facts, "; ")).list("cites", citation_views(shown.office.site, shown.context, line.by)));
      }
    }
  }
  return views;
}

/// Earlier cases of the visitor from which facts may be taken over.
std::vector<View> earlier_views(const Shown& shown, const Visitor& visitor, const std::vector<office::Case>& earlier) {
  std::vector<View> views;
  for (const office::Case& one : earlier) {
    const EarlierWords said = earlier_words(shown.office, shown.office.site.words, shown.context.language, shown.seen.item, one);
    std::vector<std::string> facts;
    for (const FactRow& row : said.facts) facts.push_back(row.label + ": " + row.value);
    View view = link_view(case_href(shown.context, one.id), said.title);
    view.text("from", one.id).text("facts", join(facts, "; ")).text("action", case_href(shown.context, shown.seen.item.id, "/take"));
    views.push_back(view.list("hidden", hidden_fields(visitor, shown.seen.item.version)));
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
    // Nobody should press by habit what ends a case.
    const bool ends = shown.said.procedure().states[static_cast<size_t>(action.action->target)].is_final;
    view.flag("stands_out", !action.hindrance.has_value() && !ends)
        .text("from", action.first_day ? shown.text("office.case.possible_from", {{"date", shown.date(*action.first_day)}}) : "")
        .list("found", found_views(shown, action));
    if (action.hindrance) add_hindrance(shown, *action.hindrance, view);
    views.push_back(std::move(view));
  }
  return views;
}

/// What comes next, in words.
std::string next_words(const Shown& shown) {
  const bool is_open = std::ranges::any_of(shown.view.forms, [](const office::FormView& form) { return !form.missing.empty(); }) ||
                       std::ranges::any_of(shown.view.documents, [](const office::DocumentView& document) { return !document.attached; });
  if (shown.view.may_fill && is_open && !shown.seen.item.filed) return shown.text("office.case.next_fill");
  return next_step(shown.office, shown.context, shown.said, shown.place.state, shown.seen.actor.role,
                   shown.seen.item.law_date(shown.office.house.today()), &shown.view);
}

std::vector<View> leads_to_views(const Shown& shown) {
  std::vector<View> views;
  const office::Case& item = shown.seen.item;
  for (const zan::Procedure* procedure :
       leads_to(shown.office.law.corpus, item.procedure, item.state, shown.seen.actor.role, shown.office.house.today())) {
    View view;
    const words::ProcedureWords said(shown.office.site.words, shown.context.language, *procedure);
    views.push_back(view.text("label", said.label()).text("href", href(shown.context, "/procedures/" + percent_encode(procedure->name))));
  }
  return views;
}

std::vector<View> facts_views(const Shown& shown) {
  std::vector<View> views;
  for (const FactRow& row : fact_rows(shown.office, shown.office.site.words, shown.context.language, shown.seen.item)) {
    const int32_t role = shown.said.procedure().find_role(row.by);
    std::string source = source_words(shown.office, shown.context.language, row.source);
    if (role != zan::kNoId) source += ", " + shown.said.role(role);
    if (row.source == office::Source::kCase) source += " " + row.by;
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
    View view = link_view(query.url("/api/v1/cases/" + percent_encode(item.id) + "/papers/" + std::to_string(i + 1)),
                          effect_label(shown.said, zan::Effect::Kind::kIssues, paper.name, paper.label));
    views.push_back(view.text("number", paper.number).text("date", shown.date(paper.on)));
  }
  return views;
}

std::vector<View> charge_views(const Shown& shown) {
  std::vector<View> views;
  for (const office::ChargeEntry& charge : shown.seen.item.charges) {
    const ChargeWords said = charge_words(shown.office.site.words, shown.context.language, shown.said, charge);
    View view;
    views.push_back(
        view.text("label", said.label).text("value", said.amount).text("date", shown.date(charge.on)).text("state", said.state));
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
      std::vector<std::string> sentences{effect_label(shown.said, zan::Effect::Kind::kNotice, "", text)};
      for (const office::ChargeEntry& charge : charges_of(shown.seen.item, entry)) {
        sentences.push_back(charge_words(shown.office.site.words, shown.context.language, shown.said, charge).sentence());
      }
      View view = text_view(join(sentences, " "));
      views.push_back(view.text("when", shown.date(office::office_day(entry.recorded_at_ms))));
    }
  }
  std::ranges::reverse(views);
  return views;
}

/// A case that has ended may begin anew with its answers; one that began so says whose answers they are.
void add_copy(const Shown& shown, const Visitor& visitor, View& view) {
  const office::Case& item = shown.seen.item;
  if (may_copy(shown.office, visitor, shown.seen)) {
    View copy;
    copy.text("href", case_href(shown.context, item.id, "/copy")).list("hidden", hidden_fields(visitor, std::nullopt));
    view.section("copy", std::move(copy));
  }
  const auto from = item.filed ? std::nullopt : copied_from(shown.office, visitor, item.id);
  if (!from) return;
  View copied = link_view(case_href(shown.context, *from), *from);
  view.section("copied", copied.text("text", shown.text("office.copy.copied", {{"id", *from}})));
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

  const auto earlier = office.house.desk().earlier_cases(seen->actor, seen->item);
  if (!earlier) return failure_page(office, context, &visitor, earlier.error());
  // What would be found is asked while the party can still mend it: before it files.
  const bool prepares = view->may_fill && !seen->item.filed;
  std::expected<std::vector<office::ActionCheck>, office::Failure> checks;
  if (prepares) checks = office.house.desk().checks(seen->actor, seen->item);
  if (!checks) return failure_page(office, context, &visitor, checks.error());

  const Shown shown{office, context, *seen, *view, place, {office.site.words, context.language, *place.procedure}};
  Page page{.name = "office_case", .title = shown.said.label() + ", " + seen->item.id, .view = {}};
  const bool is_done = context.query.has("done");
  page.view.text("procedure", shown.said.label())
      .text("id", seen->item.id)
      .text("number", seen->item.number)
      .text("state", shown.said.state(place.state))
      .flag("is_final", place.procedure->states[static_cast<size_t>(place.state)].is_final)
      .text("next", next_words(shown))
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
  add_copy(shown, visitor, page.view);
  page.view.flag("saved", context.query.has("saved"));
  add_list(page.view, "foreseen", foreseen_views(shown, *checks));
  add_list(page.view, "earlier", earlier_views(shown, visitor, *earlier));
  add_list(page.view, "leads_to", leads_to_views(shown));
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
