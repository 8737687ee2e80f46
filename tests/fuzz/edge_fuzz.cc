#include "base/check.h"
#include "base/text.h"
#include "http/language.h"
#include "http/router.h"

/// What reaches the program of a request when the transport has read it: any method, any target, any headers, any body. Every request is
/// answered, by a route or by a refusal, and what a route is handed is text.
///
///   input = method SP target LF *( header LF ) LF body;  header = name ":" value
namespace {

using namespace koshi;
using http::Context;
using http::Response;

Response shown(const Context& context) {
  for (const auto& [name, value] : context.path) {
    CHECK(is_valid_utf8(value) && !value.empty() && value != "." && value != ".." && value.find('/') == std::string::npos);
  }
  for (const auto& [name, value] : context.query.items()) CHECK(is_valid_utf8(name) && is_valid_utf8(value));
  return http::reply(200, "text/plain", "shown");
}

http::Router made_router() {
  http::Router router(
      [](const http::Request&, int status, std::string_view detail) { return http::reply(status, "text/plain", std::string(detail)); });
  const auto add = [&](std::string method, std::string path, std::string type) {
    http::Route route;
    route.method = std::move(method);
    route.path = std::move(path);
    route.request_media_type = std::move(type);
    route.handle = shown;
    router.add(std::move(route));
  };
  add("GET", "/", "");
  add("GET", "/law/norms/{norm}", "");
  add("GET", "/api/v1/cases/{case}/papers/{number}", "");
  add("POST", "/api/v1/cases/{case}/actions/{action}", "application/json");
  add("DELETE", "/api/v1/cases/{case}/documents/{sha256}", "");
  add("POST", "/files", std::string(http::kAnyMediaType));
  return router;
}

std::string_view cut(std::string_view& text, char at) {
  const size_t end = std::min(text.find(at), text.size());
  const std::string_view first = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return first;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const http::Router router = made_router();
  std::string_view text(reinterpret_cast<const char*>(data), size);
  http::Request request;
  std::string_view line = cut(text, '\n');
  request.method = cut(line, ' ');
  request.path = cut(line, '?');
  request.query = line;
  for (std::string_view header = cut(text, '\n'); !header.empty(); header = cut(text, '\n')) {
    const std::string_view name = cut(header, ':');
    request.headers.push_back({std::string(name), std::string(header)});
  }
  request.body = text;
  const Response response = router.handle(request);
  CHECK(!http::reason_phrase(response.status).empty());
  (void)http::negotiate_language(request.header("Accept-Language"));
  return 0;
}
