#include "http/app.h"

#include <algorithm>

#include "base/file.h"
#include "http/compress.h"
#include "http/language.h"
#include "http/page.h"
#include "http/problem.h"
#include "http/routes.h"
#include "http/screens.h"
#include "http/static_hash.h"

namespace koshi::http {
namespace {

constexpr std::pair<std::string_view, std::string_view> kStaticFiles[] = {{"koshi.css", "text/css; charset=utf-8"},
                                                                          {"icon.svg", "image/svg+xml"}};

Result<std::map<std::string, StaticFile>> read_static_files(const std::filesystem::path& folder) {
  std::map<std::string, StaticFile> files;
  for (const auto& [name, media_type] : kStaticFiles) {
    TRY(body, read_file(folder / name));
    std::string hash = hash_of(body);
    files.emplace(name, StaticFile{std::string(media_type), std::move(body), std::move(hash)});
  }
  return files;
}

/// No scripts, no foreign content, no frames, no address told to other sites. The portal has a policy of its own.
void add_security_headers(Response& response) {
  const auto is_policy = [](const Header& header) { return header.name == "Content-Security-Policy"; };
  if (std::ranges::none_of(response.headers, is_policy)) {
    response.headers.push_back({"Content-Security-Policy",
                                "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
                                "frame-ancestors 'none'"});
  }
  response.headers.push_back({"X-Content-Type-Options", "nosniff"});
  response.headers.push_back({"Referrer-Policy", "no-referrer"});
  response.headers.push_back({"Cross-Origin-Resource-Policy", "same-origin"});
}

bool is_for_programs(const Request& request) {
  return request.path.starts_with("/api/") || request.path == "/openapi.json" || request.path == "/healthz" || request.path == "/readyz" ||
         request.header("Accept").find("json") != std::string_view::npos;
}

}  // namespace

App::App(zan::Corpus corpus, std::function<Date()> today)
    : corpus_(std::move(corpus)),
      today_(std::move(today)),
      library_(corpus_),
      router_([this](const Request& request, int status, std::string_view detail) { return refuse_request(request, status, detail); }) {}

std::expected<std::unique_ptr<App>, App::Failure> App::load(const AppFolders& folders, std::function<Date()> today) {
  auto compiled = zan::compile_folder(folders.law);
  if (!compiled) return std::unexpected(Failure{compiled.error().message + "\n"});
  if (zan::has_errors(compiled->diagnostics)) {
    return std::unexpected(Failure{zan::render(compiled->corpus.sources, compiled->diagnostics)});
  }
  return create(std::move(compiled->corpus), folders.law / "words", folders, std::move(today));
}

std::expected<std::unique_ptr<App>, App::Failure> App::create(zan::Corpus corpus, const std::filesystem::path& law_words,
                                                              const AppFolders& folders, std::function<Date()> today) {
  std::unique_ptr<App> app(new App(std::move(corpus), std::move(today)));
  auto words = words::Words::load(folders.words, law_words, app->corpus_);
  if (!words) return std::unexpected(Failure{words.error().message + "\n"});
  auto templates = Templates::load(folders.pages);
  if (!templates) return std::unexpected(Failure{templates.error().message + "\n"});
  auto files = read_static_files(folders.pages);
  if (!files) return std::unexpected(Failure{files.error().message + "\n"});
  auto portal = Portal::load(folders.portal);
  if (!portal) return std::unexpected(Failure{portal.error().message + "\n"});
  app->portal_ = std::move(*portal);
  app->page_words_ = std::make_unique<words::Words>(words->with_marks());
  app->words_ = std::make_unique<words::Words>(std::move(*words));
  app->templates_ = std::move(*templates);
  app->files_ = std::move(*files);
  app->site_.reset(new Site{app->corpus_, *app->page_words_, *app->words_, app->library_, app->templates_, app->files_, app->today_});
  auto screens = load_screens(folders.law, app->corpus_);
  if (!screens) return std::unexpected(Failure{screens.error().message + "\n"});
  app->site_->screens = std::move(*screens);
  add_routes(app->router_, *app->site_);
  return app;
}

void App::open(const MoreRoutes& more) {
  site_->has_office = static_cast<bool>(more);
  site_->has_portal = site_->has_office && portal_.is_built();
  // With an office, its database has a say in whether the server is ready.
  if (more) {
    more(router_, *site_);
  } else {
    add_ready_route(router_, *site_);
  }
  add_openapi_route(router_);
}

Response App::refuse_request(const Request& request, int status, std::string_view detail) const {
  if (is_for_programs(request)) return problem(status, detail);
  Context context{request, Query::parse(request.query).value_or(Query{}), {}};
  const auto chosen = words::parse_language(context.query.get("lang").value_or(""));
  context.language = chosen.value_or(negotiate_language(request.header("Accept-Language")));
  context.language_chosen = chosen.has_value();
  return error_page(*site_, context, status);
}

Response App::handle(const Request& request) const {
  Response response;
  try {
    response = site_->has_portal && portal_.owns(request.path) ? portal_.handle(request) : router_.handle(request);
  } catch (const std::exception& thrown) {
    // What it was concerns nobody outside: the answer says that it is our fault, and nothing of the machine.
    if (report_) report_(fault_text(thrown));
    response = problem(500, "The server made a mistake.");
  }
  compress_page(request, response);
  add_security_headers(response);
  return response;
}

Response App::refuse(int status) const {
  static constexpr std::pair<int, std::string_view> kDetails[] = {
      {400, "The request is not HTTP that can be read."}, {413, "The body is larger than 8 MiB."}, {414, "The address is too long."},
      {431, "The headers are too long or too many."},     {500, "The server made a mistake."},
  };
  const auto* found = std::ranges::find(kDetails, status, [](const auto& detail) { return detail.first; });
  Response response = problem(status, found == std::end(kDetails) ? "The request cannot be served." : found->second);
  add_security_headers(response);
  return response;
}

}  // namespace koshi::http
