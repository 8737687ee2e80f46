#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "http/http.h"
#include "words/words.h"

/// The table of everything that the server answers. It is the one place that says so: requests are matched against it and /openapi.json is
/// written from it.
namespace koshi::http {

inline constexpr size_t kMaxPathBytes = 1024;
inline constexpr size_t kMaxBodyBytes = 1u << 20;
/// For the few routes that take files.
inline constexpr size_t kMaxFileBytes = 8u << 20;
/// Of a route that takes bytes of any type.
inline constexpr std::string_view kAnyMediaType = "*/*";

/// A request that found its route.
struct Context {
  const Request& request;
  Query query;
  std::map<std::string, std::string> path;  ///< parameters of the path template, decoded
  words::Language language = words::Language::kEn;
  bool language_chosen = false;  ///< by ?lang=, so links carry it on

  std::string path_parameter(const std::string& name) const { return path.at(name); }
};

/// Schemas are JSON texts: a schema, or {"$ref":"#/components/schemas/…"}.
struct Parameter {
  enum class In : uint8_t { kPath, kQuery, kHeader };
  In in = In::kQuery;
  std::string name;
  std::string summary;
  std::string schema = R"({"type":"string"})";
  bool free_form = false;  ///< kQuery: any further names (facts), described by an object schema
};

struct ResponseDoc {
  int status = 200;
  std::string summary;
  std::string media_type;  ///< empty: no body
  std::string schema;
};

struct Route {
  std::string method;  ///< "GET" serves HEAD too
  std::string path;    ///< "/law/norms/{norm}"; a parameter is one whole segment
  std::string id;      ///< operationId
  std::string summary;
  std::vector<Parameter> parameters;
  std::string request_media_type;  ///< empty: no body is read
  std::string request_schema;
  std::vector<ResponseDoc> responses;
  std::function<Response(const Context&)> handle;
  size_t body_max_bytes = kMaxBodyBytes;  ///< at most what the transport takes (server.h)
};

/// A schema of the interface by its name: JSON text.
using NamedSchema = std::pair<std::string, std::string>;

/// Immutable after the last add(); then shared between threads.
class Router {
 public:
  /// How a refusal (404, 405, 413, 415, 400) looks: a page for people, a problem for programs.
  using Refuse = std::function<Response(const Request&, int status, std::string_view detail)>;

  explicit Router(Refuse refuse) : refuse_(std::move(refuse)) {}

  void add(Route route);
  const std::vector<Route>& routes() const { return routes_; }
  void add_schemas(const std::vector<NamedSchema>& schemas) { schemas_.insert(schemas_.end(), schemas.begin(), schemas.end()); }
  const std::vector<NamedSchema>& schemas() const { return schemas_; }
  Response handle(const Request& request) const;

 private:
  struct Found {
    const Route* route = nullptr;
    std::map<std::string, std::string> path;
    std::string allowed;  ///< methods of the routes whose path matches
  };
  Found find(const Request& request, const std::vector<std::string>& segments) const;
  Response run(const Request& request, Found found) const;

  Refuse refuse_;
  std::vector<Route> routes_;
  std::vector<std::vector<std::string>> wanted_;  ///< segments of each route's path
  std::vector<NamedSchema> schemas_;
};

}  // namespace koshi::http
