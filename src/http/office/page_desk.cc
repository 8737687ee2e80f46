// Where everybody who is signed in begins: a party's own cases, an office's queue.
#include <algorithm>

#include "base/text.h"
#include "http/office/failure.h"
#include "http/office/next_step.h"
#include "http/office/office_pages.h"
#include "http/office/own_cases.h"
#include "http/office/page_frame.h"
#include "http/office/refusal_view.h"
#include "http/office/row_title.h"
#include "http/office/way.h"

namespace koshi::http {
namespace {

constexpr size_t kRowsOnPage = 50;

/// What comes next, with the case itself looked at where the law lays conditions on the role's acts. A case that cannot be looked at now
/// is told by its state alone.
std::string step_of(const OfficeSite& office, const Context& context, const words::ProcedureWords& said, int32_t state,
                    const office::CaseRow& row, const office::Actor& actor) {
  const Date on = row.filed.value_or(office.house.today());
  if (has_conditions(said.procedure(), state, actor.role, on)) {
    const auto item = office.house.desk().show(actor, row.id);
    const auto view = item ? office.house.desk().view(actor, *item) : std::unexpected(item.error());
    if (view) return next_step(office, context, said, state, actor.role, on, &*view);
  }
  return next_step(office, context, said, state, actor.role, on);
}

View row_view(const OfficeSite& office, const Context& context, const office::CaseRow& row, const office::Actor& actor) {
  const auto date = [&](Date day) { return office.site.words.date(context.language, day); };
  View view;
  view.text("href", case_href(context, row.id)).text("id", row.id).text("number", row.number);
  view.text("title", row_title(office, office.site.words, context.language, row));
  view.text("due", row.due ? phrase(office.site, context, "office.case.due", {{"date", date(*row.due)}}) : "")
      .text("late", row.late ? phrase(office.site, context, "office.case.late", {{"date", date(*row.late)}}) : "");
  const int32_t found = office.law.corpus.find_procedure(row.procedure);
  if (found == zan::kNoId) return view.text("procedure", row.procedure).text("state", row.state).text("step", "");
  const words::ProcedureWords said(office.site.words, context.language, office.law.corpus.procedures[static_cast<size_t>(found)]);
  view.text("procedure", said.label());
  const int32_t state = said.procedure().find_state(row.state);
  if (state == zan::kNoId) return view.text("state", row.state).text("step", "");
  return view.text("state", said.state(state)).text("step", step_of(office, context, said, state, row, actor));
}

/// What a role is called, and whether it decides: one name may stand in many procedures, in some of them on another side.
struct RoleWords {
  std::string label;
  bool is_office = false;
};
RoleWords role_words(const OfficeSite& office, words::Language language, const std::string& role) {
  RoleWords said{role, false};
  bool is_own_language = false;
  for (const zan::Procedure& procedure : office.law.corpus.procedures) {
    const int32_t found = procedure.find_role(role);
    if (found == zan::kNoId) continue;
    said.is_office = said.is_office || procedure.roles[static_cast<size_t>(found)].kind == zan::Role::Kind::kOffice;
    if (is_own_language) continue;
    is_own_language = office.site.words.has_label(language, words::role_key(procedure, found));
    said.label = words::ProcedureWords(office.site.words, language, procedure).role(found);
  }
  return said;
}

struct Asked {
  std::string role, after;
  bool all = false;
};

std::expected<View, office::Failure> list_view(const OfficeSite& office, const Context& context, const office::Actor& actor,
                                               const Asked& asked) {
  const RoleWords said = role_words(office, context.language, actor.role);
  office::CaseFilter filter;
  filter.role = actor.role;
  filter.scope = actor.scope;
  filter.account = account_for_list(office.law.corpus, actor);
  filter.by_due = said.is_office;
  filter.open_only = !asked.all;
  filter.acting_only = said.is_office && !asked.all;
  filter.limit = kRowsOnPage;
  if (asked.role == actor.role) filter.after = asked.after;
  auto page = office.house.desk().list(filter);
  if (!page) return std::unexpected(std::move(page.error()));
  std::vector<View> rows;
  for (const office::CaseRow& row : page->rows) rows.push_back(row_view(office, context, row, actor));
  Query next, all;
  next.add("as", actor.role);
  next.add("after", page->next);
  all.add("as", actor.role);
  all.add("all", "1");
  if (asked.all) next.add("all", "1");
  View view;
  view.text("role", said.label)
      .text("id", actor.role)
      .flag("by_due", filter.by_due)
      .flag("is_empty", rows.empty())
      .list("rows", std::move(rows))
      .text("next", page->next.empty() ? "" : href(context, "/desk", std::move(next)))
      .text("all", asked.all ? "" : href(context, "/desk", std::move(all)))
      .text("open", asked.all ? href(context, "/desk") : "");
  return view;
}

/// Procedures that the visitor may begin today: those of the way that the law declares first, in its order, for that is what most come for.
std::vector<const zan::Procedure*> openings_of(const OfficeSite& office, const Context& context, const Visitor& visitor) {
  const std::vector<int32_t> way = declared_way(office.site);
  std::vector<const zan::Procedure*> first(way.size(), nullptr), others;
  for (size_t i = 0; i < office.law.corpus.procedures.size(); ++i) {
    const zan::Procedure& procedure = office.law.corpus.procedures[i];
    if (!procedure.in_force.contains(office.house.today())) continue;
    if (!party_for(office, visitor, procedure, context.language)) continue;
    const auto place = std::ranges::find(way, static_cast<int32_t>(i));
    if (place == way.end())
      others.push_back(&procedure);
    else
      first[static_cast<size_t>(place - way.begin())] = &procedure;
  }
  std::erase(first, nullptr);
  first.insert(first.end(), others.begin(), others.end());
  return first;
}

/// The whole way, where the visitor may begin all of it: each procedure with the acts of all who take part.
std::vector<View> way_parts(const OfficeSite& office, const Context& context, const Visitor& visitor) {
  std::vector<View> parts;
  const Date today = office.house.today();
  for (const int32_t one : declared_way(office.site)) {
    const zan::Procedure& procedure = office.law.corpus.procedures[static_cast<size_t>(one)];
    if (!procedure.in_force.contains(today) || !party_for(office, visitor, procedure, context.language)) return {};
    const words::ProcedureWords said(office.site.words, context.language, procedure);
    View part = link_view(href(context, "/procedures/" + percent_encode(procedure.name)), said.label());
    part.list("way", way_views(said, way_through(procedure, today), today));
    parts.push_back(std::move(part));
  }
  return parts;
}

std::vector<View> opening_views(const OfficeSite& office, const Context& context, const Visitor& visitor) {
  std::vector<View> views;
  for (const zan::Procedure* one : openings_of(office, context, visitor)) {
    const zan::Procedure& procedure = *one;
    const words::ProcedureWords said(office.site.words, context.language, procedure);
    View view;
    view.text("procedure", procedure.name)
        .text("label", said.label())
        .text("help", said.help())
        .text("about", href(context, "/procedures/" + percent_encode(procedure.name)))
        .list("hidden", hidden_fields(visitor, std::nullopt));
    views.push_back(std::move(view));
  }
  return views;
}

}  // namespace

Response desk_page(const OfficeSite& office, const Context& context, const Visitor& visitor) {
  const Asked asked{context.query.get("as").value_or(""), context.query.get("after").value_or(""),
                    context.query.get("all").value_or("") == "1"};
  const std::string number(trim(context.query.get("number").value_or("")));
  if (!number.empty()) {
    for (const office::Actor& actor : actors_of(office, visitor, context.language)) {
      const auto found = office.house.desk().find_number(actor, number);
      if (!found) return failure_page(office, context, &visitor, found.error());
      if (!found->empty()) return see_other(case_href(context, *found));
    }
  }
  std::vector<View> lists;
  std::vector<std::string> seen;
  for (const office::Actor& actor : actors_of(office, visitor, context.language)) {
    if (!asked.role.empty() && asked.role != actor.role) continue;
    auto view = list_view(office, context, actor, asked);
    if (!view) return failure_page(office, context, &visitor, view.error());
    if (std::ranges::find(seen, actor.role) != seen.end()) view->text("id", actor.role + "-" + std::to_string(seen.size()));
    seen.push_back(actor.role);
    lists.push_back(std::move(*view));
  }
  auto openings = asked.after.empty() ? opening_views(office, context, visitor) : std::vector<View>();
  auto way = asked.after.empty() ? way_parts(office, context, visitor) : std::vector<View>();
  Page page{.name = "office_desk", .title = phrase(office.site, context, "office.desk.title"), .view = {}};
  page.view.text("heading", page.title)
      .flag("has_no_role", lists.empty())
      .list("lists", std::move(lists))
      .flag("may_open", !openings.empty())
      .flag("has_parts", !way.empty())
      .list("parts", std::move(way))
      .list("openings", std::move(openings))
      .text("open_action", href(context, "/cases"))
      .flag("has_returns", true)
      .text("returns", href(context, "/returns"))
      .text("number_action", href(context, "/desk"))
      .text("asked_number", number)
      .text("unknown_number", number.empty() ? "" : phrase(office.site, context, "office.number.unknown"))
      .text("quota", href(context, "/quota"))
      .text("verify", href(context, "/verify"))
      .text("journal", href(context, "/journal"))
      .text("procedures", href(context, "/procedures"));
  return office_page(office, context, &visitor, std::move(page));
}

Response open_case_post(const OfficeSite& office, const Context& context, const Visitor& visitor, const MultipartForm& sent) {
  const std::string name = sent.fields.get("procedure").value_or("");
  const int32_t procedure = office.law.corpus.find_procedure(name);
  if (procedure == zan::kNoId) return refused_page(office, context, &visitor, 404, "office.failed.404_title", "office.no_procedure");
  auto actor = party_for(office, visitor, office.law.corpus.procedures[static_cast<size_t>(procedure)], context.language);
  if (!actor) return refused_page(office, context, &visitor, 403, "office.failed.title", "office.not_a_party");
  const auto done = office.house.desk().open_case({std::move(*actor), sent.fields.get("key").value_or("")}, name);
  if (!done) return failure_page(office, context, &visitor, done.error());
  return see_other(case_href(context, done->item.id));
}

}  // namespace koshi::http
