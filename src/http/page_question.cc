// The steps of /ask before the answer.
#include <algorithm>

#include "base/text.h"
#include "http/ask_input.h"
#include "http/pages.h"

namespace koshi::http {
namespace {

const zan::Norm& norm_of(const Site& site, zan::NormId id) {
  return site.corpus.norms[static_cast<size_t>(id)];
}

/// One link for a name, whatever the instruments: the instrument is chosen on the next page.
std::vector<View> questions_of(const Site& site, const Context& context, const std::string& topic) {
  std::vector<View> questions;
  std::vector<std::string> seen;
  for (size_t i = 0; i < site.corpus.norms.size(); ++i) {
    const zan::Norm& norm = site.corpus.norms[i];
    if (norm.is_definition || norm.is_table || norm.entity == zan::kNoId || norm.topic != topic) continue;
    const std::string name = site.corpus.full_name(static_cast<zan::NormId>(i));
    if (std::ranges::find(seen, name) != seen.end()) continue;
    seen.push_back(name);
    AskForm form;
    form.norm = name;
    questions.push_back(link_view(ask_href(context, form), norm_label(site, context, static_cast<zan::NormId>(i))));
  }
  return questions;
}

std::vector<View> instrument_views(const Site& site, const Context& context, const AskForm& form) {
  const auto found = site.corpus.norm_index.find(form.norm);
  if (found == site.corpus.norm_index.end() || found->second.size() < 2) return {};
  std::vector<View> views;
  for (const zan::NormId id : found->second) {
    const zan::ActId under = norm_of(site, id).under;
    const std::string code = under == zan::kNoId ? "" : site.corpus.acts[static_cast<size_t>(under)].name;
    View view;
    view.text("id", "under-" + std::to_string(views.size()))
        .text("value", code)
        .text("label", under == zan::kNoId ? phrase(site, context, "page.ask.no_instrument")
                                           : site.words.label(context.language, words::act_key(site.corpus, under)))
        .flag("chosen", form.under.empty() ? views.empty() : form.under == code);
    views.push_back(std::move(view));
  }
  return views;
}

std::vector<View> reform_views(const Site& site, const Context& context, const AskForm& form, const zan::Norm& norm) {
  std::vector<View> views;
  for (size_t i = 0; i < site.corpus.reforms.size(); ++i) {
    const zan::Reform& reform = site.corpus.reforms[i];
    const bool brings_it = norm.reform == static_cast<zan::ReformId>(i);
    View view;
    view.text("id", "reform-" + std::to_string(i))
        .text("value", reform.name)
        .text("label", site.words.label(context.language, words::reform_key(site.corpus, static_cast<zan::ReformId>(i))))
        .flag("chosen", brings_it || std::ranges::find(form.reforms, reform.name) != form.reforms.end());
    views.push_back(std::move(view));
  }
  return views;
}

/// The step before: without what was said last.
std::string back_href(const Context& context, AskForm form) {
  if (!form.skipped.empty()) {
    form.skipped.pop_back();
  } else if (!form.facts.empty()) {
    form.facts.pop_back();
  } else {
    form.on.clear();
  }
  return ask_href(context, form);
}

/// "/facts/person/nationality" and "/facts/staff/0/category" to paths of facts.
std::string path_of(std::string_view pointer) {
  std::string path;
  if (!pointer.starts_with("/facts/")) return path;
  for (const std::string_view name : split(pointer.substr(7), '/')) {
    if (parse_whole(name)) {
      path += "[" + std::string(name) + "]";
    } else {
      path += (path.empty() ? "" : ".") + std::string(name);
    }
  }
  return path;
}

}  // namespace

Response choose_page(const Site& site, const Context& context) {
  Page page{.name = "ask_choose", .title = phrase(site, context, "page.ask.choose_title"), .view = {}, .section = Section::kAsk};
  std::vector<View> topics;
  std::vector<zan::Topic> order = site.corpus.topics;
  order.push_back({"", ""});
  for (const zan::Topic& topic : order) {
    auto questions = questions_of(site, context, topic.name);
    if (questions.empty()) continue;
    View view;
    view.text("id", topic.name.empty() ? "other" : topic.name)
        .text("label", topic.name.empty() ? phrase(site, context, "page.ask.other_topic")
                                          : site.words.label(context.language, words::topic_key(topic.name)))
        .list("questions", std::move(questions));
    topics.push_back(std::move(view));
  }
  page.view.text("heading", page.title).list("topics", std::move(topics));
  return render_page(site, context, std::move(page));
}

Response start_page(const Site& site, const Context& context, const AskForm& form, zan::NormId id, const std::vector<FormError>& errors) {
  const zan::Norm& norm = norm_of(site, id);
  const std::string label = norm_label(site, context, id);
  Page page{.name = "ask_start", .title = label, .view = {}, .section = Section::kAsk};
  page.status = errors.empty() ? 200 : 422;
  AskForm rest = form;  // facts already said stay; what this page asks is not sent twice
  rest.on.clear();
  rest.under.clear();
  rest.reforms.clear();
  auto instruments = instrument_views(site, context, form);
  auto reforms = reform_views(site, context, form, norm);
  page.view.text("heading", label)
      .text("help", norm.help.empty() ? "" : site.words.label(context.language, words::norm_key(site.corpus, id) + ".help"))
      .text("law", norm_href(site, context, id))
      .text("back", href(context, "/ask"))
      .list("errors", error_views(errors))
      .text("error", errors.empty() ? "" : errors.front().text)
      .list("hidden", hidden_views(context, rest))
      .section("date", date_view(form, "on", form.on.empty() ? format_date(site.today()) : form.on))
      .flag("has_instruments", !instruments.empty())
      .list("instruments", std::move(instruments))
      .flag("has_reforms", !reforms.empty())
      .flag("reforms_open", !form.reforms.empty() || norm.reform != zan::kNoId)
      .list("reforms", std::move(reforms));
  return render_page(site, context, std::move(page));
}

Response question_page(const Site& site, const Context& context, const AskForm& form, zan::NormId norm, const std::string& path,
                       const std::vector<FormError>& errors) {
  const auto place = find_place(site.corpus, norm_of(site, norm).entity, path);
  AskForm rest = form;
  rest.remove_fact(path);
  std::erase(rest.skipped, path);
  if (place->fact == zan::kNoId) {
    // A list that is asked for anew keeps its members; only its length is typed again.
    rest = form;
    std::erase_if(rest.facts, [&](const auto& fact) { return fact.first == path; });
  }
  const bool is_wrong = !errors.empty();
  Page page{.name = "ask_question", .title = place_question(site, context, *place), .view = {}, .section = Section::kAsk};
  page.status = is_wrong ? 422 : 200;
  page.is_private = true;
  if (is_wrong) page.title = phrase(site, context, "page.ask.error_prefix") + page.title;
  page.view.list("input", {input_view(site, context, form, path, *place)})
      .text("action", "/ask")
      .text("path", path)
      .text("norm", norm_label(site, context, norm))
      .text("asked", asked_sentence(site, context, form))
      .text("back", back_href(context, rest))
      .text("restart", href(context, "/ask"))
      .list("errors", error_views(errors))
      .text("error", is_wrong ? errors.front().text : "")
      .list("hidden", hidden_views(context, rest))
      .flag("has_given", !rest.facts.empty() || !rest.skipped.empty())
      .list("given", given_views(site, context, rest, norm));
  return render_page(site, context, std::move(page));
}

Response contradiction_page(const Site& site, const Context& context, const AskForm& form, zan::NormId norm,
                            const ask::Problems& problems) {
  std::vector<FormError> errors;
  for (const ask::Problem& problem : problems) {
    const std::string path = path_of(problem.pointer);
    std::string at = "#given";
    if (!path.empty() && find_place(site.corpus, norm_of(site, norm).entity, path)) {
      Query change = ask_query(form);
      change.add("change", path);
      at = href(context, "/ask", change);
    }
    errors.push_back({at, ask::problem_text(site.words, context.language, problem)});
  }
  Page page{
      .name = "ask_contradiction", .title = phrase(site, context, "page.ask.contradiction_title"), .view = {}, .section = Section::kAsk};
  page.status = 422;
  page.is_private = true;
  page.view.text("heading", page.title)
      .text("norm", norm_label(site, context, norm))
      .text("back", back_href(context, form))
      .list("errors", error_views(errors))
      .list("given", given_views(site, context, form, norm))
      .text("restart", href(context, "/ask"));
  return render_page(site, context, std::move(page));
}

}  // namespace koshi::http
