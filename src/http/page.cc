#include "http/page.h"

#include "http/foreign.h"

namespace koshi::http {
namespace {

std::string_view section_path(Section section) {
  static constexpr std::string_view kPaths[] = {"/", "/ask", "/law", "/desk"};
  return kPaths[static_cast<size_t>(section)];
}

/// The page at hand in each language; each link is written in its own language.
std::vector<View> language_views(const Site& site, const Context& context) {
  std::vector<View> views;
  using enum words::Language;
  for (const words::Language language : {kKk, kRu, kEn, kUz, kKy, kTg}) {
    Query query = context.query;
    query.set("lang", std::string(words::code(language)));
    View view = link_view(query.url(context.request.path), site.words.phrase(language, "page.language"));
    view.text("code", std::string(words::code(language))).flag("current", language == context.language);
    views.push_back(std::move(view));
  }
  return views;
}

std::vector<View> navigation_views(const Site& site, const Context& context, Section current) {
  static constexpr std::pair<Section, std::string_view> kDoors[] = {{Section::kAsk, "page.nav.ask"}, {Section::kLaw, "page.nav.law"}};
  std::vector<View> views;
  const auto add = [&](Section section, std::string label) {
    views.push_back(link_view(href(context, section_path(section)), std::move(label)).flag("current", section == current));
  };
  for (const auto& [section, key] : kDoors) add(section, phrase(site, context, key));
  if (site.has_office) add(Section::kOffice, phrase(site, context, "office.nav.desk"));
  return views;
}

std::string file_href(const Site& site, const std::string& name) {
  const auto found = site.files.find(name);
  return "/static/" + name + (found == site.files.end() ? "" : "?v=" + found->second.hash);
}

}  // namespace

std::string href(const Context& context, std::string_view path, Query query) {
  if (context.language_chosen) query.set("lang", std::string(words::code(context.language)));
  return query.url(path);
}

std::string norm_href(const Site& site, const Context& context, zan::NormId id) {
  const zan::Norm& norm = site.corpus.norms[static_cast<size_t>(id)];
  Query query;
  if (norm.under != zan::kNoId) query.add("under", site.corpus.acts[static_cast<size_t>(norm.under)].name);
  return href(context, "/law/norms/" + percent_encode(site.corpus.full_name(id)), std::move(query));
}

std::string act_href(const Site& site, const Context& context, zan::ActId act) {
  return href(context, "/law/acts/" + percent_encode(site.corpus.acts[static_cast<size_t>(act)].name));
}

std::string reform_href(const Site& site, const Context& context, zan::ReformId reform) {
  return href(context, "/law/reforms/" + percent_encode(site.corpus.reforms[static_cast<size_t>(reform)].name));
}

std::string phrase(const Site& site, const Context& context, std::string_view key, const words::Holes& holes) {
  return site.words.phrase(context.language, key, holes);
}

std::string norm_label(const Site& site, const Context& context, zan::NormId norm) {
  return site.words.label(context.language, words::norm_key(site.corpus, norm));
}

std::string_view confidence_code(zan::Confidence confidence) {
  static constexpr std::string_view kCodes[] = {"read", "reported", "unverified", "sample"};
  return kCodes[static_cast<size_t>(confidence)];
}

std::vector<View> citation_views(const Site& site, const Context& context, const std::vector<zan::CitationRef>& citations) {
  static constexpr std::string_view kMarks[] = {"●", "◐", "○", "◇"};
  std::vector<View> views;
  for (const zan::CitationRef& citation : citations) {
    const std::string code(confidence_code(citation.confidence));
    std::string cite = site.words.cite(context.language, citation);
    std::string title = site.words.label(context.language, words::act_key(site.corpus, citation.act));
    // In some languages the citation spells the title out.
    if (cite.find(title) != std::string::npos) title.clear();
    View view;
    view.text("cite", std::move(cite))
        .text("title", std::move(title))
        .text("href", act_href(site, context, citation.act))
        .text("confidence", code)
        .text("confidence_words", phrase(site, context, "page.confidence." + code))
        .text("mark", std::string(kMarks[static_cast<size_t>(citation.confidence)]));
    views.push_back(std::move(view));
  }
  return views;
}

View link_view(std::string href, std::string label) {
  View view;
  view.text("href", std::move(href)).text("label", std::move(label));
  return view;
}

std::vector<View> nest(std::vector<std::pair<size_t, View>> items) {
  std::vector<View> views;
  for (size_t i = 0; i < items.size(); ++i) {
    const size_t depth = items[i].first;
    const size_t next = i + 1 < items.size() ? items[i + 1].first : 0;
    items[i].second.flag("opens", next > depth).list("closes", std::vector<View>(depth > next ? depth - next : 0));
    views.push_back(std::move(items[i].second));
  }
  return views;
}

Response render_page(const Site& site, const Context& context, Page page) {
  const auto phrase_of = [&](std::string_view key) { return phrase(site, context, key); };
  const std::string content = site.templates.render(page.name, page.view, phrase_of);
  View frame;
  frame.text("lang", std::string(words::code(context.language)))
      .text("title", page.title)
      .text("content", content)
      .text("home", href(context, "/"))
      .text("style", file_href(site, "koshi.css"))
      .text("icon", file_href(site, "icon.svg"))
      .flag("at_home", page.section == Section::kHome)
      .list("navigation", navigation_views(site, context, page.section))
      .list("languages", language_views(site, context))
      .merge(std::move(page.frame));
  std::string html = say_languages(site.templates.render("layout", frame, phrase_of));
  Response response = reply(page.status, "text/html; charset=utf-8", std::move(html));
  response.headers.push_back({"Content-Language", std::string(words::code(context.language))});
  response.headers.push_back({"Vary", "Accept-Language"});
  response.headers.push_back({"Cache-Control", page.is_private ? "no-store" : "no-cache"});
  return response;
}

Response error_page(const Site& site, const Context& context, int status, const std::string& detail) {
  const std::string known = status == 404 ? "404" : status == 405 ? "405" : status >= 500 ? "500" : "400";
  Page page{.name = "error", .title = phrase(site, context, "page.error." + known + "_title"), .view = {}, .status = status};
  page.view.text("heading", page.title)
      .text("text", phrase(site, context, "page.error." + known + "_text"))
      .text("detail", detail)
      .text("home", href(context, "/"))
      .text("ask", href(context, "/ask"))
      .text("law", href(context, "/law"));
  return render_page(site, context, std::move(page));
}

}  // namespace koshi::http
