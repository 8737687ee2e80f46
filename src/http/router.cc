#include "http/router.h"

#include <optional>

#include "base/check.h"
#include "base/text.h"
#include "http/language.h"

namespace koshi::http {
namespace {

bool is_parameter(std::string_view segment) {
  return segment.starts_with('{');
}

/// Segments of the path, decoded one by one, so that an escaped slash cannot split one. Dots that climb are nobody's resource here.
std::optional<std::vector<std::string>> decode_path(std::string_view path) {
  if (path.empty() || path.front() != '/' || path.size() > kMaxPathBytes) return std::nullopt;
  std::vector<std::string> segments;
  for (const std::string_view part : split(path.substr(1), '/')) {
    auto segment = percent_decode(part, Plus::kLiteral);
    if (!segment || *segment == "." || *segment == ".." || segment->find('/') != std::string::npos) return std::nullopt;
    segments.push_back(std::move(*segment));
  }
  return segments;
}

bool matches(const Route& route, const std::vector<std::string>& segments, std::map<std::string, std::string>& values) {
  const auto wanted = split(std::string_view(route.path).substr(1), '/');
  if (wanted.size() != segments.size()) return false;
  values.clear();
  for (size_t i = 0; i < wanted.size(); ++i) {
    if (is_parameter(wanted[i])) {
      if (segments[i].empty()) return false;
      values.emplace(std::string(wanted[i].substr(1, wanted[i].size() - 2)), segments[i]);
    } else if (wanted[i] != segments[i]) {
      return false;
    }
  }
  return true;
}

std::string_view media_type_of(std::string_view content_type) {
  return trim(content_type.substr(0, content_type.find(';')));
}

}  // namespace

void Router::add(Route route) {
  CHECK(route.path.starts_with('/') && route.handle);
  routes_.push_back(std::move(route));
}

Router::Found Router::find(const Request& request, const std::vector<std::string>& segments) const {
  Found found;
  std::map<std::string, std::string> values;
  const auto allow = [&](std::string_view method) { found.allowed.append(found.allowed.empty() ? "" : ", ").append(method); };
  for (const Route& route : routes_) {
    if (!matches(route, segments, values)) continue;
    allow(route.method);
    if (route.method == "GET") allow("HEAD");
    const bool wanted = route.method == request.method || (route.method == "GET" && request.method == "HEAD");
    if (wanted && found.route == nullptr) {
      found.route = &route;
      found.path = values;
    }
  }
  if (!found.allowed.empty()) allow("OPTIONS");
  return found;
}

Response Router::handle(const Request& request) const {
  const auto segments = decode_path(request.path);
  if (!segments) return refuse_(request, 404, "There is nothing at this address.");
  Found found = find(request, *segments);
  if (found.allowed.empty()) return refuse_(request, 404, "There is nothing at this address.");
  if (request.method == "OPTIONS") return {200, {{"Allow", found.allowed}}, {}};
  if (found.route == nullptr) {
    Response response = refuse_(request, 405, "This address does not take the method.");
    response.headers.push_back({"Allow", found.allowed});
    return response;
  }
  return run(request, std::move(found));
}

Response Router::run(const Request& request, Found found) const {
  const Route& route = *found.route;
  auto query = Query::parse(request.query);
  if (!query) return refuse_(request, request.query.size() > kMaxQueryBytes ? 414 : 400, query.error().message);
  if (!route.request_media_type.empty()) {
    if (request.body.size() > kMaxBodyBytes) return refuse_(request, 413, "The body is larger than 1 MiB.");
    if (!same_word(media_type_of(request.header("Content-Type")), route.request_media_type)) {
      return refuse_(request, 415, "The body must be " + route.request_media_type + ".");
    }
  }
  Context context{request, std::move(*query), std::move(found.path)};
  if (const auto code = context.query.get("lang")) {
    const auto language = words::parse_language(*code);
    if (!language) return refuse_(request, 400, "`lang` must be kk, ru or en.");
    context.language = *language;
    context.language_chosen = true;
  } else {
    context.language = negotiate_language(request.header("Accept-Language"));
  }
  return route.handle(context);
}

}  // namespace koshi::http
