#include "ask/comparison.h"
#include "http/pages.h"
#include "http/status.h"

namespace koshi::http {

Response home_page(const Site& site, const Context& context) {
  Page page{.name = "home", .title = phrase(site, context, "page.home.title"), .view = {}, .section = Section::kHome};
  page.view.text("ask", href(context, "/ask"))
      .text("law", href(context, "/law"))
      .text("status", status_plan(site) ? href(context, kStatusPath) : "")
      .text("topics", href(context, "/topics"))
      .text("compare", ask::comparable_norms(site.corpus).empty() ? "" : href(context, "/compare"))
      .text("reforms", href(context, "/law/reforms"))
      .text("openapi", "/openapi.json")
      .flag("has_reforms", !site.corpus.reforms.empty())
      .flag("has_office", site.has_office)
      .flag("has_portal", site.has_portal)
      .text("portal", "/app/?lang=" + std::string(words::code(context.language)))
      .text("desk", href(context, "/desk"))
      .text("verify", href(context, "/verify"))
      .text("quota", href(context, "/quota"))
      .text("procedures", href(context, "/procedures"))
      .text("journal", href(context, "/journal"));
  return render_page(site, context, std::move(page));
}

Response static_file(const Site& site, const Context& context) {
  // Files are found by name among those read at the start; no path is ever put together from a request.
  const auto found = site.files.find(context.path_parameter("file"));
  if (found == site.files.end()) return error_page(site, context, 404);
  const StaticFile& file = found->second;
  const std::string tag = '"' + file.hash + '"';
  const bool is_known = context.request.header("If-None-Match") == tag;
  const bool is_versioned = context.query.get("v") == file.hash;
  Response response = reply(is_known ? 304 : 200, file.media_type, file.body);
  response.headers.push_back({"ETag", tag});
  response.headers.push_back({"Cache-Control", is_versioned ? "public, max-age=31536000, immutable" : "no-cache"});
  return response;
}

}  // namespace koshi::http
