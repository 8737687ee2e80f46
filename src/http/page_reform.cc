// Drafts, as differences from the law in force.
#include "http/pages.h"
#include "http/rule_view.h"

namespace koshi::http {
namespace {

std::string title_of(const Site& site, const Context& context, zan::ReformId id) {
  return site.words.label(context.language, words::reform_key(site.corpus, id));
}

/// What a change says of itself, and the rule it takes away and the one it brings.
View delta_view(const Site& site, const Context& context, const zan::Delta& delta) {
  static constexpr std::string_view kKeys[] = {"page.reform.prevail", "page.reform.insert", "page.reform.replace", "page.reform.repeal",
                                               "page.reform.suspend"};
  const bool takes = delta.target != zan::kNoId && delta.kind != zan::Change::Kind::kInsert;
  std::vector<View> removed;
  std::vector<View> added;
  if (takes) removed.push_back(rule_view(site, context, delta.target, std::nullopt));
  if (delta.rule != zan::kNoId) added.push_back(rule_view(site, context, delta.rule, std::nullopt));
  const std::string key(kKeys[static_cast<size_t>(delta.kind)]);
  const bool under_rule = delta.kind == zan::Change::Kind::kInsert && delta.target != zan::kNoId;
  View view;
  view.text("what", phrase(site, context, under_rule ? key + "_under" : key))
      .text("except", under_rule ? rule_value(site, context, delta.target) : "")
      .text("when", site.words.in_force(context.language, delta.when))
      .text("norm", norm_label(site, context, delta.norm))
      .text("href", norm_href(site, context, delta.norm))
      .list("removed", std::move(removed))
      .list("added", std::move(added));
  return view;
}

/// Norms that exist under the reform alone.
std::vector<View> new_norm_views(const Site& site, const Context& context, zan::ReformId reform) {
  std::vector<View> views;
  for (size_t i = 0; i < site.corpus.norms.size(); ++i) {
    if (site.corpus.norms[i].reform != reform) continue;
    const auto id = static_cast<zan::NormId>(i);
    views.push_back(link_view(norm_href(site, context, id), norm_label(site, context, id)));
  }
  return views;
}

}  // namespace

Response reforms_page(const Site& site, const Context& context) {
  Page page{.name = "reforms", .title = phrase(site, context, "page.reform.list_title"), .view = {}, .section = Section::kLaw};
  std::vector<View> rows;
  for (size_t i = 0; i < site.corpus.reforms.size(); ++i) {
    const auto id = static_cast<zan::ReformId>(i);
    View row = link_view(reform_href(site, context, id), title_of(site, context, id));
    row.text("name", site.corpus.reforms[i].name).list("cites", citation_views(site, context, site.corpus.reforms[i].by));
    rows.push_back(std::move(row));
  }
  page.view.text("heading", page.title).text("law", href(context, "/law")).list("rows", std::move(rows));
  return render_page(site, context, std::move(page));
}

Response reform_page(const Site& site, const Context& context) {
  const zan::ReformId id = site.corpus.find_reform(context.path_parameter("reform"));
  if (id == zan::kNoId) return error_page(site, context, 404);
  const zan::Reform& reform = site.corpus.reforms[static_cast<size_t>(id)];
  Page page{.name = "reform", .title = title_of(site, context, id), .view = {}, .section = Section::kLaw};
  std::vector<View> deltas;
  for (const zan::Delta& delta : reform.deltas) deltas.push_back(delta_view(site, context, delta));
  auto new_norms = new_norm_views(site, context, id);
  const std::string from = reform.from
                               ? phrase(site, context, "page.reform.from", {{"date", site.words.date(context.language, *reform.from)}})
                               : phrase(site, context, "page.reform.always");
  page.view.text("heading", page.title)
      .text("name", reform.name)
      .text("from", from)
      .text("reforms", href(context, "/law/reforms"))
      .list("cites", citation_views(site, context, reform.by))
      .list("deltas", std::move(deltas))
      .flag("has_new_norms", !new_norms.empty())
      .list("new_norms", std::move(new_norms));
  return render_page(site, context, std::move(page));
}

}  // namespace koshi::http
