// The last step of /ask: the answer, why it is so, and what would change it.
#include <algorithm>

#include "ask/writer.h"
#include "base/text.h"
#include "http/ask_input.h"
#include "http/pages.h"
#include "http/proof_view.h"

namespace koshi::http {
namespace {

constexpr size_t kMaxChanges = 12;
constexpr size_t kMaxAlternatives = 6;  ///< values named in one change
constexpr size_t kMaxReformsCompared = 24;
constexpr size_t kMaxReformsShown = 8;

struct Shown {
  const Site& site;
  const Context& context;
  const AskForm& form;
  const ask::Question& question;
  const zan::Answer& answer;
};

std::string outcome_text(const Shown& shown, zan::Outcome outcome, const zan::Value& value) {
  if (outcome == zan::Outcome::kValue) return shown.site.words.value(shown.context.language, value);
  static constexpr std::string_view kKeys[] = {"", "page.answer.unknown", "page.answer.conflict", "page.answer.gap", "page.answer.fault"};
  return phrase(shown.site, shown.context, kKeys[static_cast<size_t>(outcome)]);
}

/// What an answer that is no value says besides.
std::string outcome_help(const Shown& shown) {
  static constexpr std::string_view kKeys[] = {"", "page.answer.unknown_help", "page.answer.conflict_help", "page.answer.gap_help",
                                               "page.answer.fault_help"};
  const std::string_view key = kKeys[static_cast<size_t>(shown.answer.outcome)];
  if (key.empty()) return {};
  const std::string where = shown.answer.at == zan::kNoId ? "" : norm_label(shown.site, shown.context, shown.answer.at);
  const std::string missing = words::missing_sentence(shown.site.words, shown.context.language, shown.answer);
  return phrase(shown.site, shown.context, key, {{"norm", where}}) + (missing.empty() ? "" : " " + missing);
}

std::vector<zan::CitationRef> deciding_citations(const Shown& shown) {
  std::vector<zan::CitationRef> citations;
  for (const zan::RuleId rule : shown.answer.deciding) {
    for (const zan::CitationRef& citation : shown.site.corpus.rules[static_cast<size_t>(rule)].by) {
      if (std::ranges::find(citations, citation) == citations.end()) citations.push_back(citation);
    }
  }
  return citations;
}

std::string joined_values(const Shown& shown, const std::vector<zan::Value>& values) {
  std::string out;
  for (size_t i = 0; i < values.size() && i < kMaxAlternatives; ++i) {
    if (i > 0) out += ", ";
    out += shown.site.words.value(shown.context.language, values[i]);
  }
  if (values.size() <= kMaxAlternatives) return out;
  const std::string more = std::to_string(values.size() - kMaxAlternatives);
  return out + " " + phrase(shown.site, shown.context, "page.answer.and_more", {{"n", more}});
}

std::vector<View> change_views(const Shown& shown) {
  std::vector<View> views;
  if (shown.answer.outcome == zan::Outcome::kUnknown) return views;
  const auto changes = zan::what_would_change(shown.site.library, shown.question.record, shown.answer);
  if (!changes) return views;
  const zan::EntityId entity = shown.site.corpus.norms[static_cast<size_t>(shown.question.norm)].entity;
  for (const zan::FactChange& change : *changes) {
    const auto place = find_place(shown.site.corpus, entity, change.path);
    if (!place || change.to.empty()) continue;
    if (views.size() == kMaxChanges) break;
    AskForm other = shown.form;
    other.set_fact(change.path, zan::format_value(shown.site.corpus, change.to.front()));
    View view;
    view.text("label", place_label(shown.site, shown.context, *place))
        .text("from", shown.site.words.value(shown.context.language, change.from))
        .text("to", joined_values(shown, change.to))
        .text("answer", outcome_text(shown, change.outcome, change.answer))
        .text("href", ask_href(shown.context, other));
    views.push_back(std::move(view));
  }
  return views;
}

/// Drafts under which the answer is another one. A draft that cannot be combined with those chosen is left out.
std::vector<View> reform_views(const Shown& shown) {
  std::vector<View> views;
  const size_t count = std::min(shown.site.corpus.reforms.size(), kMaxReformsCompared);
  for (size_t i = 0; i < count; ++i) {
    const auto reform = static_cast<zan::ReformId>(i);
    std::vector<zan::ReformId> with = shown.question.reforms;
    if (std::ranges::find(with, reform) != with.end()) continue;
    with.insert(std::ranges::upper_bound(with, reform), reform);
    const auto answer = zan::ask(shown.site.library, shown.question.norm, shown.question.record, shown.question.on, with);
    if (!answer || (answer->outcome == shown.answer.outcome && answer->value == shown.answer.value)) continue;
    if (views.size() == kMaxReformsShown) break;
    AskForm other = shown.form;
    other.reforms.push_back(shown.site.corpus.reforms[i].name);
    View view = link_view(ask_href(shown.context, other),
                          shown.site.words.label(shown.context.language, words::reform_key(shown.site.corpus, reform)));
    view.text("answer", outcome_text(shown, answer->outcome, answer->value)).text("diff", reform_href(shown.site, shown.context, reform));
    views.push_back(std::move(view));
  }
  return views;
}

std::vector<View> need_views(const Shown& shown) {
  std::vector<View> views;
  if (shown.answer.outcome != zan::Outcome::kUnknown) return views;
  const zan::EntityId entity = shown.site.corpus.norms[static_cast<size_t>(shown.question.norm)].entity;
  for (const zan::Need& need : shown.answer.needs) {
    const auto place = find_place(shown.site.corpus, entity, need.path);
    if (!place) continue;
    Query change = ask_query(shown.form);
    change.add("change", need.path);
    views.push_back(link_view(href(shown.context, "/ask", change), place_label(shown.site, shown.context, *place)));
  }
  return views;
}

/// The same question on another date: everything but the date, which is typed again.
View other_date_view(const Shown& shown) {
  AskForm rest = shown.form;
  rest.on.clear();
  View view;
  view.list("hidden", hidden_views(shown.context, rest)).section("date", date_view({}, "on", shown.form.on));
  return view;
}

}  // namespace

Response answer_page(const Site& site, const Context& context, const AskForm& form, const ask::Question& question,
                     const zan::Answer& answer) {
  const Shown shown{site, context, form, question, answer};
  const std::string label = norm_label(site, context, question.norm);
  const std::string text = outcome_text(shown, answer.outcome, answer.value);
  const zan::EntityId entity = site.corpus.norms[static_cast<size_t>(question.norm)].entity;
  Page page{.name = "ask_answer", .title = label + " – " + text, .view = {}, .section = Section::kAsk};
  page.is_private = true;

  auto cites = citation_views(site, context, deciding_citations(shown));
  auto changes = change_views(shown);
  auto reforms = reform_views(shown);
  auto needs = need_views(shown);
  auto given = given_views(site, context, form, question.norm);
  page.view.text("label", label)
      .text("value", text)
      .text("shape", std::string(ask::outcome_name(answer.outcome)))
      .text("help", outcome_help(shown))
      .text("asked", asked_sentence(site, context, form))
      .flag("has_cites", !cites.empty())
      .list("cites", std::move(cites))
      .flag("has_needs", !needs.empty())
      .list("needs", std::move(needs))
      .section("why", proof_view(site, context, answer))
      .flag("has_changes", !changes.empty())
      .list("changes", std::move(changes))
      .flag("has_reforms", !reforms.empty())
      .list("reforms", std::move(reforms))
      .flag("has_given", !given.empty())
      .list("given", std::move(given))
      .section("other_date", other_date_view(shown))
      .text("permalink", ask_href(context, form))
      .text("law", norm_href(site, context, question.norm))
      .text("request", request_json(site.corpus, entity, form, words::code(context.language)))
      .text("restart", href(context, "/ask"));
  return render_page(site, context, std::move(page));
}

}  // namespace koshi::http
