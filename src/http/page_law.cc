// The law as a book: what it is made of, its acts, its norms by topic.
#include <algorithm>
#include <map>

#include "ask/comparison.h"
#include "http/pages.h"

namespace koshi::http {
namespace {

constexpr size_t kMaxPlaces = 400;  ///< citations listed on the page of one act

std::string label(const Site& site, const Context& context, std::string_view key) {
  return site.words.label(context.language, key);
}

/// {confidence, confidence_words, mark, count} for each confidence that occurs.
std::vector<View> count_views(const Site& site, const Context& context, const size_t (&counts)[4]) {
  std::vector<View> views;
  for (size_t i = 0; i < 4; ++i) {
    if (counts[i] == 0) continue;
    View view = citation_views(site, context, {{0, "", static_cast<zan::Confidence>(i)}}).front();
    view.text("count", std::to_string(counts[i]));
    views.push_back(std::move(view));
  }
  return views;
}

std::string act_date(const Site& site, const Context& context, const zan::Act& act) {
  static constexpr std::string_view kKeys[] = {"page.act.adopted", "page.act.signed", "page.act.published"};
  const words::Holes holes{{"date", site.words.date(context.language, act.made)}, {"number", act.number}};
  return phrase(site, context, std::string(kKeys[static_cast<size_t>(act.kind)]) + (act.number.empty() ? "" : "_number"), holes);
}

std::string act_force(const Site& site, const Context& context, const zan::Act& act) {
  if (act.not_ratified) return phrase(site, context, "page.act.not_ratified");
  return act.kind == zan::ActDecl::Kind::kSource ? phrase(site, context, "page.act.literature")
                                                 : site.words.in_force(context.language, act.in_force);
}

View act_row(const Site& site, const Context& context, zan::ActId id, const ask::ActUse& use) {
  const zan::Act& act = site.corpus.acts[static_cast<size_t>(id)];
  View row = link_view(act_href(site, context, id), label(site, context, words::act_key(site.corpus, id)));
  row.text("name", act.name)
      .text("short", label(site, context, words::act_key(site.corpus, id) + ".short"))
      .text("date", act_date(site, context, act))
      .text("force", act_force(site, context, act))
      .list("counts", count_views(site, context, use.rules));
  return row;
}

Page law_page_of(const Site& site, const Context& context, std::string name, std::string title) {
  Page page{.name = std::move(name), .title = std::move(title), .view = {}, .section = Section::kLaw};
  page.view.text("heading", page.title).text("law", href(context, "/law")).text("law_label", phrase(site, context, "page.nav.law"));
  return page;
}

bool is_shown(const zan::Norm& norm) {
  return !norm.is_definition;
}

std::vector<View> norm_links(const Site& site, const Context& context, const std::string& topic, bool definitions) {
  std::vector<View> views;
  for (size_t i = 0; i < site.corpus.norms.size(); ++i) {
    const zan::Norm& norm = site.corpus.norms[i];
    if (norm.of_procedure || norm.topic != topic || is_shown(norm) == definitions) continue;
    const auto id = static_cast<zan::NormId>(i);
    View view = link_view(norm_href(site, context, id), norm_label(site, context, id));
    view.text("name", site.corpus.full_name(id))
        .text("under", norm.under == zan::kNoId ? "" : label(site, context, words::act_key(site.corpus, norm.under) + ".short"));
    views.push_back(std::move(view));
  }
  return views;
}

/// Where norms cite the act: one entry a norm, its places each once.
std::vector<View> citing_views(const Site& site, const Context& context, zan::ActId act) {
  std::map<zan::NormId, std::vector<zan::CitationRef>> by_norm;
  size_t places = 0;
  for (const zan::RuleInfo& rule : site.corpus.rules) {
    if (site.corpus.norms[static_cast<size_t>(rule.norm)].of_procedure) continue;
    for (const zan::CitationRef& citation : rule.by) {
      auto& known = by_norm[rule.norm];
      if (citation.act != act || places == kMaxPlaces || std::ranges::find(known, citation) != known.end()) continue;
      known.push_back(citation);
      ++places;
    }
  }
  std::vector<View> views;
  for (const auto& [norm, citations] : by_norm) {
    if (citations.empty()) continue;
    View view = link_view(norm_href(site, context, norm), norm_label(site, context, norm));
    view.list("cites", citation_views(site, context, citations));
    views.push_back(std::move(view));
  }
  return views;
}

}  // namespace

Response law_page(const Site& site, const Context& context) {
  Page page = law_page_of(site, context, "law", phrase(site, context, "page.law.title"));
  size_t totals[4] = {0, 0, 0, 0};
  for (const ask::ActUse& use : ask::act_uses(site.corpus)) {
    for (size_t i = 0; i < 4; ++i) totals[i] += use.rules[i];
  }
  size_t cases = 0;
  const auto of_the_law = [&](const zan::RuleInfo& rule) { return !site.corpus.norms[static_cast<size_t>(rule.norm)].of_procedure; };
  for (const zan::FileTree& tree : site.corpus.trees) cases += tree.cases.size();
  page.view.text("acts", href(context, "/law/acts"))
      .text("norms", href(context, "/law/norms"))
      .text("reforms", href(context, "/law/reforms"))
      .text("compare", ask::comparable_norms(site.corpus).empty() ? "" : href(context, "/compare"))
      .text("norms_count", phrase(site, context, "page.law.norms_count",
                                  {{"norms", std::to_string(std::ranges::count(site.corpus.norms, false, &zan::Norm::of_procedure))},
                                   {"rules", std::to_string(std::ranges::count_if(site.corpus.rules, of_the_law))},
                                   {"cases", std::to_string(cases)}}))
      .text("acts_count", phrase(site, context, "page.law.acts_count", {{"n", std::to_string(site.corpus.acts.size())}}))
      .text("reforms_count", phrase(site, context, "page.law.reforms_count", {{"n", std::to_string(site.corpus.reforms.size())}}))
      .list("counts", count_views(site, context, totals));
  return render_page(site, context, std::move(page));
}

Response acts_page(const Site& site, const Context& context) {
  static constexpr std::string_view kKinds[] = {"page.law.acts", "page.law.treaties", "page.law.literature"};
  Page page = law_page_of(site, context, "acts", phrase(site, context, "page.law.acts_title"));
  const auto uses = ask::act_uses(site.corpus);
  std::vector<View> kinds;
  for (size_t kind = 0; kind < 3; ++kind) {
    std::vector<View> rows;
    for (size_t i = 0; i < site.corpus.acts.size(); ++i) {
      if (static_cast<size_t>(site.corpus.acts[i].kind) != kind) continue;
      rows.push_back(act_row(site, context, static_cast<zan::ActId>(i), uses[i]));
    }
    if (rows.empty()) continue;
    View view;
    view.text("label", phrase(site, context, kKinds[kind])).list("rows", std::move(rows));
    kinds.push_back(std::move(view));
  }
  page.view.list("kinds", std::move(kinds));
  return render_page(site, context, std::move(page));
}

Response act_page(const Site& site, const Context& context) {
  const zan::ActId id = site.corpus.find_act(context.path_parameter("act"));
  if (id == zan::kNoId) return error_page(site, context, 404);
  const zan::Act& act = site.corpus.acts[static_cast<size_t>(id)];
  Page page = law_page_of(site, context, "act", label(site, context, words::act_key(site.corpus, id)));
  auto citing = citing_views(site, context, id);
  page.view.text("name", act.name)
      .text("date", act_date(site, context, act))
      .text("force", act_force(site, context, act))
      .text("url", act.url.starts_with("https://") ? act.url : "")
      .text("acts", href(context, "/law/acts"))
      .list("counts", count_views(site, context, ask::act_uses(site.corpus)[static_cast<size_t>(id)].rules))
      .flag("has_citing", !citing.empty())
      .list("citing", std::move(citing));
  return render_page(site, context, std::move(page));
}

Response norms_page(const Site& site, const Context& context) {
  Page page = law_page_of(site, context, "norms", phrase(site, context, "page.law.norms_title"));
  std::vector<zan::Topic> order = site.corpus.topics;
  order.push_back({"", ""});
  std::vector<View> topics;
  for (const zan::Topic& topic : order) {
    auto norms = norm_links(site, context, topic.name, false);
    auto definitions = norm_links(site, context, topic.name, true);
    if (norms.empty() && definitions.empty()) continue;
    View view;
    view.text("label",
              topic.name.empty() ? phrase(site, context, "page.ask.other_topic") : label(site, context, words::topic_key(topic.name)))
        .flag("has_norms", !norms.empty())
        .list("norms", std::move(norms))
        .flag("has_definitions", !definitions.empty())
        .list("definitions", std::move(definitions));
    topics.push_back(std::move(view));
  }
  page.view.list("topics", std::move(topics));
  return render_page(site, context, std::move(page));
}

}  // namespace koshi::http
