// One norm: its rules along time, and the examples that try it.
#include "http/ask_input.h"
#include "http/pages.h"
#include "http/rule_view.h"

namespace koshi::http {
namespace {

/// The same question under other instruments.
std::vector<View> instrument_links(const Site& site, const Context& context, zan::NormId current) {
  std::vector<View> views;
  const auto found = site.corpus.norm_index.find(site.corpus.full_name(current));
  if (found == site.corpus.norm_index.end() || found->second.size() < 2) return views;
  for (const zan::NormId id : found->second) {
    const zan::ActId under = site.corpus.norms[static_cast<size_t>(id)].under;
    View view = link_view(norm_href(site, context, id), under == zan::kNoId
                                                            ? phrase(site, context, "page.ask.no_instrument")
                                                            : site.words.label(context.language, words::act_key(site.corpus, under)));
    view.flag("current", id == current);
    views.push_back(std::move(view));
  }
  return views;
}

std::string ask_link(const Site& site, const Context& context, zan::NormId id) {
  const zan::Norm& norm = site.corpus.norms[static_cast<size_t>(id)];
  if (norm.is_definition || norm.is_table) return {};
  AskForm form;
  form.norm = site.corpus.full_name(id);
  if (norm.under != zan::kNoId) form.under = site.corpus.acts[static_cast<size_t>(norm.under)].name;
  return ask_href(context, form);
}

View date_form_view(const Site& site, const Context& context, const AskForm& form, std::optional<Date> on) {
  View view;
  view.section("date", date_view(form, "on", on ? format_date(*on) : ""));
  std::vector<View> hidden;
  for (const std::string_view name : {"under", "lang"}) {
    const auto value = context.query.get(name);
    if (!value) continue;
    View field;
    field.text("name", std::string(name)).text("value", *value);
    hidden.push_back(std::move(field));
  }
  Query all;
  if (const auto under = context.query.get("under")) all.add("under", *under);
  view.list("hidden", std::move(hidden))
      .text("all", on ? href(context, context.request.path, all) : "")
      .text("on", on ? site.words.date(context.language, *on) : "");
  return view;
}

}  // namespace

Response norm_page(const Site& site, const Context& context) {
  const std::string name = context.path_parameter("norm");
  const std::string under = context.query.get("under").value_or("");
  const zan::NormId id = site.corpus.find_norm(name, under);
  if (id == zan::kNoId) return error_page(site, context, 404);
  const zan::Norm& norm = site.corpus.norms[static_cast<size_t>(id)];
  if (!under.empty() && (norm.under == zan::kNoId || site.corpus.acts[static_cast<size_t>(norm.under)].name != under)) {
    return error_page(site, context, 404);
  }

  AskForm form;
  for (const std::string part : {"day", "month", "year"}) form.parts["on-" + part] = context.query.get("on-" + part).value_or("");
  const auto typed = read_date_input(form, "on", context.query.get("on").value_or(""));
  const std::optional<Date> on = typed ? parse_date(*typed) : std::nullopt;

  Page page{.name = "norm", .title = norm_label(site, context, id), .view = {}, .section = Section::kLaw};
  page.status = typed ? 200 : 422;
  std::vector<std::pair<size_t, View>> rules;
  std::vector<std::pair<size_t, View>> exceptions;
  const size_t limit = norm.is_table ? kMaxRowsShown : kMaxRulesShown;
  add_rules(site, context, norm.rules, 0, on, limit, rules);
  add_rules(site, context, norm.exceptions, 0, on, limit, exceptions);
  const bool is_cut = rules.size() == limit || exceptions.size() == limit;
  auto instruments = instrument_links(site, context, id);
  auto cases = case_views(site, context, id);
  std::vector<View> timeline;
  if (!norm.is_table && !norm.rules.empty()) timeline.push_back(timeline_view(site, context, id));
  const std::string date_error = typed ? "" : phrase(site, context, typed.error().key);
  page.view.text("heading", page.title)
      .text("name", site.corpus.full_name(id))
      .text("help", norm.help.empty() ? "" : site.words.label(context.language, words::norm_key(site.corpus, id) + ".help"))
      .text("entity", norm.entity == zan::kNoId ? "" : site.words.label(context.language, words::entity_key(site.corpus, norm.entity)))
      .text("topic", norm.topic.empty() ? "" : site.words.label(context.language, words::topic_key(norm.topic)))
      .text("ask", ask_link(site, context, id))
      .text("norms", href(context, "/law/norms"))
      .text("reform", norm.reform == zan::kNoId ? "" : reform_href(site, context, norm.reform))
      .flag("has_instruments", !instruments.empty())
      .list("instruments", std::move(instruments))
      .section("dates", date_form_view(site, context, form, on).text("error", date_error))
      .list("timeline", std::move(timeline))
      .list("rules", nest(std::move(rules)))
      .flag("has_exceptions", !exceptions.empty())
      .list("exceptions", nest(std::move(exceptions)))
      .flag("is_cut", is_cut)
      .flag("has_cases", !cases.empty())
      .list("cases", std::move(cases));
  return render_page(site, context, std::move(page));
}

}  // namespace koshi::http
