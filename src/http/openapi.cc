#include "http/openapi.h"

#include <algorithm>
#include <boost/json.hpp>

#include "http/problem.h"

namespace koshi::http {
namespace {

namespace json = boost::json;

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return text;
}

json::object parameter(const Parameter& in) {
  static constexpr const char* kPlaces[] = {"path", "query", "header"};
  json::object out;
  out["name"] = in.name;
  out["in"] = kPlaces[static_cast<size_t>(in.in)];
  out["description"] = in.summary;
  if (in.in == Parameter::In::kPath) out["required"] = true;
  if (in.free_form) {
    out["style"] = "form";
    out["explode"] = true;
  }
  out["schema"] = json::parse(in.schema);
  return out;
}

json::object content(const std::string& media_type, const std::string& schema) {
  json::object media;
  media["schema"] = json::parse(schema.empty() ? R"({"type":"string"})" : schema);
  json::object out;
  out[media_type] = std::move(media);
  return out;
}

json::object operation(const Route& route) {
  json::object out;
  out["operationId"] = route.id;
  out["summary"] = route.summary;
  json::array parameters;
  for (const Parameter& one : route.parameters) parameters.push_back(parameter(one));
  if (!parameters.empty()) out["parameters"] = std::move(parameters);
  if (!route.request_media_type.empty()) {
    json::object body;
    body["required"] = true;
    body["content"] = content(route.request_media_type, route.request_schema);
    out["requestBody"] = std::move(body);
  }
  json::object responses;
  for (const ResponseDoc& one : route.responses) {
    json::object response;
    response["description"] = one.summary;
    if (!one.media_type.empty()) response["content"] = content(one.media_type, one.schema);
    responses[std::to_string(one.status)] = std::move(response);
  }
  out["responses"] = std::move(responses);
  return out;
}

}  // namespace

std::string openapi_document(const Router& router) {
  json::object paths;
  for (const Route& route : router.routes()) {
    json::value& path = paths[route.path];
    if (!path.is_object()) path.emplace_object();
    path.as_object()[lower(route.method)] = operation(route);
  }
  json::object schemas;
  for (const auto& [name, text] : router.schemas()) schemas[name] = json::parse(text);

  json::object document;
  document["openapi"] = "3.1.0";
  document["info"] = json::object{
      {"title", "Köshi"},
      {"version", "1"},
      {"summary", "Questions to the law, answered with their proof"},
      {"description",
       "Every answer carries the norm, the article, the date and the facts that decided it. Errors are RFC 9457 problem details that list "
       "every problem. The language of labels and sentences is chosen by `lang` (en, ru, kk, uz, ky, tg) or Accept-Language."}};
  document["paths"] = std::move(paths);
  document["components"] = json::object{{"schemas", std::move(schemas)}};
  return json::serialize(document) + "\n";
}

}  // namespace koshi::http
