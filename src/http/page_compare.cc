// One question under two instruments, side by side: for whom do they differ?
#include "ask/comparison.h"
#include "http/ask_input.h"
#include "http/pages.h"

namespace koshi::http {
namespace {

constexpr size_t kMaxQuestions = 12'000;  ///< asked of the reasoner for one page
constexpr size_t kMaxRows = 40;           ///< shown; the page says how many more there are

/// What the address says: norm, a, b, and the date in one or three parts.
struct Choice {
  std::string norm, a, b;
  AskForm form;
};

Choice read_choice(const Query& query) {
  Choice choice;
  choice.form = read_ask_form(query);
  choice.norm = choice.form.norm;
  choice.a = choice.form.fact("a").value_or("");
  choice.b = choice.form.fact("b").value_or("");
  return choice;
}

std::string compare_href(const Context& context, const Choice& choice, const std::string& on) {
  Query query;
  query.add("norm", choice.norm);
  if (!choice.a.empty()) query.add("a", choice.a);
  if (!choice.b.empty()) query.add("b", choice.b);
  if (!on.empty()) query.add("on", on);
  return href(context, "/compare", query);
}

std::string instrument_label(const Site& site, const Context& context, const std::string& name) {
  if (name == ask::kNational) return phrase(site, context, "page.compare.national");
  return site.words.label(context.language, words::act_key(site.corpus, site.corpus.find_act(name)));
}

std::vector<View> option_views(const Site& site, const Context& context, const std::string& norm, const std::string& chosen) {
  std::vector<View> views;
  for (const std::string& name : ask::instruments(site.corpus, norm)) {
    View view;
    view.text("value", name).text("label", instrument_label(site, context, name)).flag("chosen", name == chosen);
    views.push_back(std::move(view));
  }
  return views;
}

/// The form that chooses two instruments and a day; without a choice, the first two.
View form_view(const Site& site, const Context& context, const Choice& choice) {
  const auto known = ask::instruments(site.corpus, choice.norm);
  View language;
  language.text("name", "lang").text("value", std::string(words::code(context.language)));
  View norm;
  norm.text("name", "norm").text("value", choice.norm);
  std::vector<View> hidden{std::move(norm)};
  if (context.language_chosen) hidden.push_back(std::move(language));
  View view;
  view.list("hidden", std::move(hidden))
      .list("a_options", option_views(site, context, choice.norm, choice.a.empty() ? known[0] : choice.a))
      .list("b_options", option_views(site, context, choice.norm, choice.b.empty() ? known[1] : choice.b))
      .section("date", date_view(choice.form, "on", choice.form.on.empty() ? format_date(site.today()) : choice.form.on));
  return view;
}

Page compare_frame(const Site& site, const Context& context, std::string name, std::string title) {
  Page page{.name = std::move(name), .title = std::move(title), .view = {}, .section = Section::kLaw};
  page.view.text("law", href(context, "/law"))
      .text("law_label", phrase(site, context, "page.nav.law"))
      .text("compare", href(context, "/compare"))
      .text("compare_label", phrase(site, context, "page.compare.title"));
  return page;
}

Response choose_question(const Site& site, const Context& context) {
  Page page = compare_frame(site, context, "compare_choose", phrase(site, context, "page.compare.title"));
  std::vector<View> questions;
  for (const std::string& name : ask::comparable_norms(site.corpus)) {
    Choice choice;
    choice.norm = name;
    const std::string count = std::to_string(ask::instruments(site.corpus, name).size());
    View view = link_view(compare_href(context, choice, ""), norm_label(site, context, site.corpus.norm_index.at(name).front()));
    view.text("count", phrase(site, context, "page.compare.instruments", {{"n", count}}));
    questions.push_back(std::move(view));
  }
  page.view.text("heading", page.title).flag("has_questions", !questions.empty()).list("questions", std::move(questions));
  return render_page(site, context, std::move(page));
}

Response choose_instruments(const Site& site, const Context& context, const Choice& choice, const std::vector<FormError>& errors) {
  const zan::NormId norm = site.corpus.norm_index.at(choice.norm).front();
  Page page = compare_frame(site, context, "compare_start", norm_label(site, context, norm));
  page.status = errors.empty() ? 200 : 422;
  const std::string help = site.corpus.norms[static_cast<size_t>(norm)].help;
  page.view.text("heading", page.title)
      .text("help", help.empty() ? "" : site.words.label(context.language, words::norm_key(site.corpus, norm) + ".help"))
      .list("errors", error_views(errors))
      .text("error", errors.empty() ? "" : errors.front().text)
      .section("form", form_view(site, context, choice));
  return render_page(site, context, std::move(page));
}

/// The question on /ask under one instrument, with the facts of the profile: there stands the whole proof.
std::string proof_href(const Site& site, const Context& context, const Choice& choice, const std::string& instrument,
                       const zan::Profile& profile) {
  AskForm form;
  form.norm = choice.norm;
  if (instrument != ask::kNational) form.under = instrument;
  form.on = choice.form.on;
  for (const zan::ProfileFact& fact : profile.facts) {
    form.set_fact(fact.path, fact.link != zan::kNoId ? "0" : zan::format_value(site.corpus, fact.values.front()));
  }
  return ask_href(context, form);
}

View row_view(const Site& site, const Context& context, const Choice& choice, const zan::Profile& profile, size_t number) {
  View view;
  view.text("number", std::to_string(number))
      .text("who", ask::profile_text(site.words, context.language, profile))
      .text("a", ask::side_text(site.words, context.language, profile.a))
      .text("b", ask::side_text(site.words, context.language, profile.b))
      .text("a_proof", proof_href(site, context, choice, choice.a, profile))
      .text("b_proof", proof_href(site, context, choice, choice.b, profile));
  return view;
}

/// The instrument at the head of its column, with its short name and whether it binds.
void add_side(const Site& site, const Context& context, const std::string& side, const std::string& name, zan::NormId norm, View& view) {
  const zan::ActId act = name == ask::kNational ? zan::kNoId : site.corpus.find_act(name);
  const bool binds = act == zan::kNoId || !site.corpus.acts[static_cast<size_t>(act)].not_ratified;
  view.text(side + "_label", instrument_label(site, context, name))
      .text(side + "_short", act == zan::kNoId ? instrument_label(site, context, name)
                                               : site.words.label(context.language, words::act_key(site.corpus, act) + ".short"))
      .text(side + "_note", binds ? "" : phrase(site, context, "page.act.not_ratified"))
      .text(side + "_law", norm_href(site, context, norm));
}

Response result_page(const Site& site, const Context& context, const Choice& choice, const ask::ComparisonQuestion& question) {
  const auto result = zan::compare(site.library, question.a, question.b, question.on, question.reforms, kMaxQuestions);
  if (!result) return choose_instruments(site, context, choice, {{"#a", result.error().message}});
  std::vector<View> rows;
  for (const zan::Profile& profile : result->differences) {
    if (rows.size() == kMaxRows) break;
    rows.push_back(row_view(site, context, choice, profile, rows.size() + 1));
  }
  const size_t count = result->differences.size();
  const std::string label = norm_label(site, context, question.a);
  const std::string date = site.words.date(context.language, question.on);
  Page page = compare_frame(site, context, "compare", label + " – " + phrase(site, context, "page.compare.title"));
  const words::Holes found{{"n", std::to_string(count)}, {"asked", std::to_string(result->questions)}};
  page.view.text("label", label)
      .text("count", phrase(site, context, "compare.count", found))
      .text("asked", phrase(site, context, "page.ask.asked_on", {{"date", date}}))
      .text("more", count > rows.size() ? phrase(site, context, "compare.more", {{"n", std::to_string(count - rows.size())}}) : "")
      .text("sampled", result->sampled ? phrase(site, context, "compare.sampled") : "")
      .text("incomplete", result->complete ? "" : phrase(site, context, "compare.incomplete"))
      .flag("has_rows", !rows.empty())
      .list("rows", std::move(rows))
      .text("permalink", compare_href(context, choice, choice.form.on))
      .section("form", form_view(site, context, choice));
  add_side(site, context, "a", choice.a, question.a, page.view);
  add_side(site, context, "b", choice.b, question.b, page.view);
  return render_page(site, context, std::move(page));
}

}  // namespace

Response compare_page(const Site& site, const Context& context) {
  Choice choice = read_choice(context.query);
  if (choice.norm.empty()) return choose_question(site, context);
  const auto known = ask::instruments(site.corpus, choice.norm);
  if (known.size() < 2) return error_page(site, context, 404);
  const auto date = read_date_input(choice.form, "on", choice.form.on);
  if (!date) return choose_instruments(site, context, choice, {{"#on", phrase(site, context, date.error().key)}});
  if (choice.a.empty() || choice.b.empty() || date->empty()) return choose_instruments(site, context, choice, {});
  if (choice.a == choice.b) return choose_instruments(site, context, choice, {{"#b", phrase(site, context, "page.compare.same")}});
  const ask::RawComparison raw{choice.norm, choice.a, choice.b, *date, {}};
  const auto question = ask::resolve_comparison(site.library, raw, site.today());
  if (!question) return choose_instruments(site, context, choice, {{"#a", phrase(site, context, "page.compare.unknown")}});
  if (choice.form.on.empty()) return see_other(compare_href(context, choice, *date));
  return result_page(site, context, choice, *question);
}

}  // namespace koshi::http
