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

using Segments = std::vector<std::string>;

bool matches(const Segments& wanted, const Segments& segments) {
  if (wanted.size() != segments.size()) return false;
  for (size_t i = 0; i < wanted.size(); ++i) {
    if (is_parameter(wanted[i]) ? segments[i].empty() : wanted[i] != segments[i]) return false;
  }
  return true;
}

/// "{case}" names what stands in its place.
std::map<std::string, std::string> parameters(const Segments& wanted, const Segments& segments) {
  std::map<std::string, std::string> values;
  for (size_t i = 0; i < wanted.size(); ++i) {
    if (is_parameter(wanted[i])) values.emplace(wanted[i].substr(1, wanted[i].size() - 2), segments[i]);
  }
  return values;
}

std::string_view media_type_of(std::string_view content_type) {
  return trim(content_type.substr(0, content_type.find(';')));
}

}  // namespace

void Router::add(Route route) {
  CHECK(route.path.starts_with('/') && route.handle);
  Segments wanted;
  for (const std::string_view part : split(std::string_view(route.path).substr(1), '/')) wanted.emplace_back(part);
  wanted_.push_back(std::move(wanted));
  routes_.push_back(std::move(route));
}

Router::Found Router::find(const Request& request, const std::vector<std::string>& segments) const {
  Found found;
  const auto allow = [&](std::string_view method) { found.allowed.append(found.allowed.empty() ? "" : ", ").append(method); };
  for (size_t i = 0; i < routes_.size(); ++i) {
    const Route& route = routes_[i];
    if (!matches(wanted_[i], segments)) continue;
    allow(route.method);
    if (route.method == "GET") allow("HEAD");
    const bool wanted = route.method == request.method || (route.method == "GET" && request.method == "HEAD");
    if (wanted && found.route == nullptr) {
      found.route = &route;
      found.path = parameters(wanted_[i], segments);
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
    if (request.body.size() > route.body_max_bytes) {
      return refuse_(request, 413, "The body is larger than " + std::to_string(route.body_max_bytes >> 20) + " MiB.");
    }
    const bool any = route.request_media_type == kAnyMediaType;
    if (!any && !same_word(media_type_of(request.header("Content-Type")), route.request_media_type)) {
      return refuse_(request, 415, "The body must be " + route.request_media_type + ".");
    }
  }
  Context context{request, std::move(*query), std::move(found.path)};
  if (const auto code = context.query.get("lang")) {
    const auto language = words::parse_language(*code);
    if (!language) return refuse_(request, 400, "`lang` must be one of " + words::language_codes() + ".");
    context.language = *language;
    context.language_chosen = true;
  } else {
    context.language = negotiate_language(request.header("Accept-Language"));
  }
  Response response = route.handle(context);
  response.route = route.id;
  return response;
}

}  // namespace koshi::http
