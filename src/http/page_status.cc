// /status step by step: what is asked first, one question a page, then the page itself; and how to leave no traces.
#include "base/text.h"
#include "http/pages.h"
#include "http/status.h"

namespace koshi::http {
namespace {

/// Nothing of ours: the weather, which anybody may have looked at.
constexpr char kElsewhere[] = "https://www.gismeteo.kz/";

std::vector<View> hidden_of(const Context& context, const StatusForm& form) {
  Query query = status_query(form);
  if (context.language_chosen) query.set("lang", std::string(words::code(context.language)));
  std::vector<View> fields;
  for (const auto& [name, value] : query.items()) {
    View field;
    fields.push_back(std::move(field.text("name", name).text("value", value)));
  }
  return fields;
}

/// The step before: without what was said last.
std::string back_of(const Context& context, StatusForm form) {
  if (!form.facts.skipped.empty()) {
    form.facts.skipped.pop_back();
  } else if (!form.facts.facts.empty()) {
    form.facts.facts.pop_back();
  } else {
    return href(context, "/");
  }
  return status_href(context, form);
}

Response status_question(const Site& site, const Context& context, const StatusPlan& plan, const StatusForm& form, const std::string& path,
                         const std::vector<FormError>& errors) {
  const auto place = find_place(site.corpus, plan.entity, path);
  StatusForm rest = form;
  if (place->fact != zan::kNoId) {
    rest.facts.remove_fact(path);
  } else {  // a list that is asked for anew keeps its members; only its length is typed again
    std::erase_if(rest.facts.facts, [&](const auto& fact) { return fact.first == path; });
  }
  std::erase(rest.facts.skipped, path);
  Page page{.name = "my_status_question", .title = place_question(site, context, *place), .view = {}, .section = Section::kAsk};
  page.status = errors.empty() ? 200 : 422;
  page.is_private = true;
  if (!errors.empty()) page.title = phrase(site, context, "page.ask.error_prefix") + page.title;
  add_status_way_out(site, page);
  const bool is_first = rest.facts.facts.empty() && rest.facts.skipped.empty();
  page.view.list("input", {input_view(site, context, form.facts, path, *place)})
      .text("action", std::string(kStatusPath))
      .text("path", path)
      .text("norm", phrase(site, context, "page.status.title"))
      .text("lead", is_first ? phrase(site, context, "page.status.lead") : "")
      .text("back", back_of(context, rest))
      .text("restart", href(context, kStatusPath))
      .text("traces", href(context, "/status/traces"))
      .list("errors", error_views(errors))
      .text("error", errors.empty() ? "" : errors.front().text)
      .list("hidden", hidden_of(context, rest))
      .flag("has_given", !is_first)
      .list("given", said_views(site, context, plan, rest));
  return render_page(site, context, std::move(page));
}

/// The answer that was just sent: a redirect to the address that holds it, or the question again with what is wrong.
Response take_answer(const Site& site, const Context& context, const StatusPlan& plan, StatusForm form) {
  const std::string path = form.facts.answering;
  const auto place = find_place(site.corpus, plan.entity, path);
  if (!place || form.facts.skips(path)) return see_other(status_href(context, form));
  const auto value = read_input(site, form.facts, path, *place);
  const auto again = [&](std::string_view key) {
    return status_question(site, context, plan, form, path, {{"#" + path, phrase(site, context, key)}});
  };
  if (!value) return again(value.error().key);
  if (value->empty()) return again("page.problem.missing");
  form.facts.set_fact(path, *value);
  if (place->fact == zan::kNoId) form.facts.shorten_list(path, *parse_whole(*value));
  return see_other(status_href(context, form));
}

/// The journey that was typed: in the address it stands as two days.
std::optional<Response> take_plan(const Context& context, StatusForm& form) {
  if (form.facts.parts.empty()) return std::nullopt;
  const auto from = read_date_input(form.facts, "plan_from", "");
  const auto to = read_date_input(form.facts, "plan_to", "");
  // What cannot be read is shown as typed, and said on the page: nothing else there hangs on it.
  if (!from || !to) return std::nullopt;
  form.plan_from = *from;
  form.plan_to = *to;
  return see_other(status_href(context, form) + "#strip");
}

Response contradiction(const Site& site, const Context& context, const StatusPlan& plan, const StatusForm& form,
                       const ask::Problems& problems) {
  std::vector<FormError> errors;
  for (const ask::Problem& problem : problems) errors.push_back({"#given", ask::problem_text(site.words, context.language, problem)});
  Page page{
      .name = "ask_contradiction", .title = phrase(site, context, "page.ask.contradiction_title"), .view = {}, .section = Section::kAsk};
  page.status = 422;
  page.is_private = true;
  add_status_way_out(site, page);
  page.view.text("heading", page.title)
      .text("norm", phrase(site, context, "page.status.title"))
      .text("back", back_of(context, form))
      .list("errors", error_views(errors))
      .list("given", said_views(site, context, plan, form))
      .text("restart", href(context, kStatusPath));
  return render_page(site, context, std::move(page));
}

}  // namespace

void add_status_way_out(const Site& site, Page& page) {
  View view;
  page.frame.section("way_out", std::move(view.text("href", site.has_office ? "/leave" : kElsewhere)));
}

std::vector<View> said_views(const Site& site, const Context& context, const StatusPlan& plan, const StatusForm& form) {
  std::vector<View> rows;
  const auto add = [&](const std::string& path, const std::string& value) {
    const auto place = find_place(site.corpus, plan.entity, path);
    if (!place) return;
    View row;
    row.text("label", place_label(site, context, *place))
        .text("value", value.empty() ? shown_value(site, context, *place, form.facts.fact(path).value_or("")) : value)
        .text("change", status_href(context, form, path));
    rows.push_back(std::move(row));
  };
  for (const auto& [path, value] : form.facts.facts) add(path, "");
  for (const std::string& path : form.facts.skipped) add(path, phrase(site, context, "page.ask.not_known"));
  return rows;
}

Response status_page(const Site& site, const Context& context) {
  const auto plan = status_plan(site);
  if (!plan) return error_page(site, context, 404);
  StatusForm form = read_status_form(site, *plan, context.query);
  if (!form.facts.answering.empty()) return take_answer(site, context, *plan, std::move(form));
  if (auto sent = take_plan(context, form)) return std::move(*sent);
  if (find_place(site.corpus, plan->entity, form.facts.changing)) {
    const std::string path = form.facts.changing;
    return status_question(site, context, *plan, form, path, {});
  }
  for (const zan::NormId norm : plan->first) {
    const auto answer = ask_status(site, *plan, form.facts, norm, site.today());
    if (!answer) return contradiction(site, context, *plan, form, answer.error());
    if (answer->outcome != zan::Outcome::kUnknown) continue;
    for (const zan::Need& need : answer->needs) {
      if (form.facts.skips(need.path) || !find_place(site.corpus, plan->entity, need.path)) continue;
      return status_question(site, context, *plan, form, need.path, {});
    }
  }
  return status_result(site, context, *plan, form);
}

Response status_traces_page(const Site& site, const Context& context) {
  Page page{.name = "my_status_traces", .title = phrase(site, context, "page.status.traces"), .view = {}, .section = Section::kAsk};
  page.is_private = true;
  add_status_way_out(site, page);
  page.view.text("heading", page.title).text("status", href(context, kStatusPath));
  Response response = render_page(site, context, std::move(page));
  // What the browser kept of this site's pages goes at once; its list of visited pages is for the reader to clear.
  response.headers.push_back({"Clear-Site-Data", "\"cache\""});
  return response;
}

}  // namespace koshi::http
