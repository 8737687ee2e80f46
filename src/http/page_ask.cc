// /ask from one request to the next step. Every step is a page of its own; what was said so far is in the address.
#include <algorithm>

#include "base/text.h"
#include "http/ask_input.h"
#include "http/pages.h"

namespace koshi::http {
namespace {

Response unknown_norm_page(const Site& site, const Context& context, const AskForm& form) {
  std::vector<std::string> known;
  for (const auto& [name, ids] : site.corpus.norm_index) known.push_back(name);
  std::ranges::sort(known);
  Page page{.name = "unknown_norm", .title = phrase(site, context, "page.ask.unknown_title"), .view = {}, .section = Section::kAsk};
  page.status = 404;
  std::vector<View> near;
  if (const auto name = nearest(form.norm, known)) {
    AskForm other;
    other.norm = *name;
    near.push_back(link_view(ask_href(context, other), norm_label(site, context, site.corpus.find_norm(*name))));
  }
  page.view.text("heading", page.title).text("name", form.norm).list("near", std::move(near)).text("ask", href(context, "/ask"));
  return render_page(site, context, std::move(page));
}

/// The norm with exactly the instrument asked for.
zan::NormId find_asked(const Site& site, const AskForm& form) {
  const zan::NormId norm = site.corpus.find_norm(form.norm, form.under);
  if (norm == zan::kNoId || form.under.empty()) return norm;
  const zan::ActId under = site.corpus.norms[static_cast<size_t>(norm)].under;
  return under != zan::kNoId && site.corpus.acts[static_cast<size_t>(under)].name == form.under ? norm : zan::kNoId;
}

/// The form on the date of the question, sent or not: nothing, when the question is complete as it stands.
std::optional<Response> take_start(const Site& site, const Context& context, AskForm& form, zan::NormId norm) {
  const auto date = read_date_input(form, "on", form.on);
  if (!date) return start_page(site, context, form, norm, {{"#on-day", phrase(site, context, date.error().key)}});
  for (const std::string& reform : form.reforms) {
    if (site.corpus.find_reform(reform) != zan::kNoId) continue;
    return start_page(site, context, form, norm, {{"#reforms", phrase(site, context, "page.ask.unknown_reform", {{"name", reform}})}});
  }
  const bool in_parts = form.on.empty() && !date->empty();
  if (in_parts) {
    form.on = *date;
    return see_other(ask_href(context, form));
  }
  if (form.on.empty()) return start_page(site, context, form, norm, {});
  return std::nullopt;
}

/// The answer that was just sent: a redirect to the address that holds it, or the question again with what is wrong.
Response take_answer(const Site& site, const Context& context, AskForm form, zan::NormId norm) {
  const std::string path = form.answering;
  const auto place = find_place(site.corpus, site.corpus.norms[static_cast<size_t>(norm)].entity, path);
  if (!place || form.skips(path)) return see_other(ask_href(context, form));
  const auto value = read_input(site, form, path, *place);
  const std::string anchor = "#" + path;
  if (!value) return question_page(site, context, form, norm, path, {{anchor, phrase(site, context, value.error().key)}});
  if (value->empty()) return question_page(site, context, form, norm, path, {{anchor, phrase(site, context, "page.problem.missing")}});
  form.set_fact(path, *value);
  if (place->fact == zan::kNoId) form.shorten_list(path, *parse_whole(*value));
  return see_other(ask_href(context, form));
}

Response next_step(const Site& site, const Context& context, const AskForm& form, zan::NormId norm) {
  const zan::EntityId entity = site.corpus.norms[static_cast<size_t>(norm)].entity;
  const auto question = ask::resolve(site.library, raw_question(site.corpus, entity, form, words::code(context.language)), site.today());
  if (!question) return contradiction_page(site, context, form, norm, question.error());
  const auto answer = zan::ask(site.library, question->norm, question->record, question->on, question->reforms);
  if (!answer) return contradiction_page(site, context, form, norm, {{"", answer.error().message}});
  if (answer->outcome == zan::Outcome::kUnknown) {
    for (const zan::Need& need : answer->needs) {
      if (form.skips(need.path) || !find_place(site.corpus, entity, need.path)) continue;
      return question_page(site, context, form, norm, need.path, {});
    }
  }
  return answer_page(site, context, form, *question, *answer);
}

}  // namespace

std::string ask_href(const Context& context, const AskForm& form) {
  return href(context, "/ask", ask_query(form));
}

std::vector<View> given_views(const Site& site, const Context& context, const AskForm& form, zan::NormId norm) {
  const zan::EntityId entity = site.corpus.norms[static_cast<size_t>(norm)].entity;
  std::vector<View> rows;
  const auto add = [&](const std::string& path, const std::string& shown) {
    const auto place = find_place(site.corpus, entity, path);
    Query change = ask_query(form);
    change.add("change", path);
    View row;
    row.text("label", place ? place_label(site, context, *place) : path)
        .text("value", place && shown.empty() ? shown_value(site, context, *place, form.fact(path).value_or("")) : shown)
        .text("change", place ? href(context, "/ask", change) : "");
    rows.push_back(std::move(row));
  };
  for (const auto& [path, value] : form.facts) add(path, find_place(site.corpus, entity, path) ? "" : value);
  for (const std::string& path : form.skipped) add(path, phrase(site, context, "page.ask.not_known"));
  return rows;
}

std::vector<View> hidden_views(const Context& context, const AskForm& form) {
  Query query = ask_query(form);
  if (context.language_chosen) query.set("lang", std::string(words::code(context.language)));
  std::vector<View> fields;
  for (const auto& [name, value] : query.items()) {
    View field;
    field.text("name", name).text("value", value);
    fields.push_back(std::move(field));
  }
  return fields;
}

std::string asked_sentence(const Site& site, const Context& context, const AskForm& form) {
  const auto date = parse_date(form.on);
  std::string out = date ? phrase(site, context, "page.ask.asked_on", {{"date", site.words.date(context.language, *date)}}) : form.on;
  const auto add = [&](std::string_view key, const std::string& name) { out += "; " + phrase(site, context, key, {{"name", name}}); };
  if (const zan::ActId act = site.corpus.find_act(form.under); act != zan::kNoId) {
    add("page.ask.asked_under", site.words.label(context.language, words::act_key(site.corpus, act)));
  }
  for (const std::string& name : form.reforms) {
    const zan::ReformId reform = site.corpus.find_reform(name);
    if (reform == zan::kNoId) continue;
    add("page.ask.asked_reform", site.words.label(context.language, words::reform_key(site.corpus, reform)));
  }
  return out;
}

std::vector<View> error_views(const std::vector<FormError>& errors) {
  std::vector<View> views;
  for (const FormError& error : errors) {
    View view;
    view.text("href", error.href).text("text", error.text);
    views.push_back(std::move(view));
  }
  return views;
}

Response ask_page(const Site& site, const Context& context) {
  AskForm form = read_ask_form(context.query);
  if (form.norm.empty()) return choose_page(site, context);
  const zan::NormId norm = find_asked(site, form);
  if (norm == zan::kNoId) return unknown_norm_page(site, context, form);
  if (auto response = take_start(site, context, form, norm)) return std::move(*response);
  if (!form.answering.empty()) return take_answer(site, context, std::move(form), norm);
  const zan::EntityId entity = site.corpus.norms[static_cast<size_t>(norm)].entity;
  if (!form.changing.empty() && find_place(site.corpus, entity, form.changing)) {
    return question_page(site, context, form, norm, form.changing, {});
  }
  return next_step(site, context, form, norm);
}

}  // namespace koshi::http
