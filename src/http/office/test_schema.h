#pragma once

#include <boost/json.hpp>
#include <cctype>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"

/// For tests only: does a JSON value have the shape that a schema says? Knows the words of JSON Schema that our schemas use, and takes a
/// word that it does not know for a mistake, so that none is passed over.
namespace koshi::http {

class SchemaCheck {
 public:
  /// `document` is the OpenAPI document, in which references lead; it outlives the check.
  explicit SchemaCheck(const boost::json::object& document) : document_(document) {}

  /// What is wrong, each with its place; empty: nothing.
  std::vector<std::string> mistakes(const boost::json::value& value, const boost::json::value& schema) {
    mistakes_.clear();
    check(value, schema.as_object(), "");
    return mistakes_;
  }

 private:
  using Object = boost::json::object;
  using Value = boost::json::value;

  void fail(const std::string& at, const std::string& what) { mistakes_.push_back(at + ": " + what); }

  void check(const Value& value, const Object& schema, const std::string& at) {
    for (const auto& [word, said] : schema) {
      if (word == "$ref") {
        check(value, document_.at("components").at("schemas").at(said.as_string().subview(kPrefix.size())).as_object(), at);
      } else if (word == "type") {
        if (!has_type(value, said)) fail(at, "is not of type " + boost::json::serialize(said));
      } else if (word == "enum") {
        bool known = false;
        for (const Value& one : said.as_array()) known = known || one == value;
        if (!known) fail(at, boost::json::serialize(value) + " is not one of the enum");
      } else if (word == "format") {
        check_format(value, std::string(said.as_string()), at);
      } else if (word == "items") {
        if (!value.is_array()) continue;
        for (size_t i = 0; i < value.as_array().size(); ++i) check(value.as_array()[i], said.as_object(), at + "/" + std::to_string(i));
      } else if (word == "required" || word == "properties" || word == "additionalProperties") {
        if (value.is_object()) check_members(word, value.as_object(), schema, at);
      } else if (word != "description" && word != "examples") {
        fail(at, "the schema has the unknown word " + std::string(word));
      }
    }
  }

  void check_members(std::string_view word, const Object& value, const Object& schema, const std::string& at) {
    if (word == "required") {
      for (const Value& name : schema.at("required").as_array()) {
        if (!value.contains(name.as_string())) fail(at, "lacks " + std::string(name.as_string()));
      }
    } else if (word == "properties") {
      for (const auto& [name, inner] : schema.at("properties").as_object()) {
        if (const Value* found = value.if_contains(name)) check(*found, inner.as_object(), at + "/" + std::string(name));
      }
    } else if (schema.at("additionalProperties") == false) {
      for (const auto& [name, inner] : value) {
        if (!schema.at("properties").as_object().contains(name)) fail(at, "has " + std::string(name) + " besides");
      }
    }
  }

  void check_format(const Value& value, const std::string& format, const std::string& at) {
    if (format != "date") return fail(at, "the schema has the unknown format " + format);
    if (value.is_string() && !parse_date(std::string(value.as_string()))) fail(at, "is no date");
  }

  static bool has_type(const Value& value, const Value& type) {
    if (type.is_array()) {
      for (const Value& one : type.as_array()) {
        if (has_type(value, one)) return true;
      }
      return false;
    }
    const std::string_view name = type.as_string();
    if (name == "object") return value.is_object();
    if (name == "array") return value.is_array();
    if (name == "string") return value.is_string();
    if (name == "boolean") return value.is_bool();
    if (name == "null") return value.is_null();
    if (name == "integer") return value.is_int64() || value.is_uint64();
    return name == "number" && value.is_number();
  }

  static constexpr std::string_view kPrefix = "#/components/schemas/";
  const Object& document_;
  std::vector<std::string> mistakes_;
};

/// Holds answers against the document of the program that gave them.
class AnswerCheck {
 public:
  explicit AnswerCheck(std::string_view document) : document_(boost::json::parse(document).as_object()) {}

  /// What is wrong with an answer to a request of this method and path: its status is not documented, its type or shape is another.
  /// What no route answers is passed.
  std::vector<std::string> mistakes(std::string method, std::string_view path, int status, std::string_view type,
                                    std::string_view body) const {
    for (char& c : method) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    if (method == "head") return {};
    const boost::json::object* operation = find(method, path);
    if (operation == nullptr) return {};
    const auto& responses = operation->at("responses").as_object();
    const boost::json::value* response = responses.if_contains(std::to_string(status));
    if (response == nullptr) return {"the status " + std::to_string(status) + " is not documented"};
    const boost::json::value* content = response->as_object().if_contains("content");
    if (content == nullptr) return body.empty() ? std::vector<std::string>{} : std::vector<std::string>{"there is a body"};
    const auto& [media_type, media] = *content->as_object().begin();
    if (media_type == "*/*") return {};
    if (!type.starts_with(media_type)) return {"is " + std::string(type) + ", not " + std::string(media_type)};
    if (!media_type.ends_with("json")) return {};
    boost::system::error_code error;
    const boost::json::value value = boost::json::parse(body, error);
    if (error) return {"is not JSON"};
    return SchemaCheck(document_).mistakes(value, media.at("schema"));
  }

  const boost::json::object& document() const { return document_; }

 private:
  const boost::json::object* find(std::string_view method, std::string_view path) const {
    const boost::json::object* found = nullptr;
    for (const auto& [route, methods] : document_.at("paths").as_object()) {
      const auto* operation = methods.as_object().if_contains(method);
      if (operation == nullptr || !matches(route, path)) continue;
      found = &operation->as_object();
      if (!std::string_view(route).contains('{')) break;
    }
    return found;
  }
  static bool matches(std::string_view route, std::string_view path) {
    while (!route.empty() && !path.empty()) {
      const size_t a = std::min(route.find('/', 1), route.size());
      const size_t b = std::min(path.find('/', 1), path.size());
      if (!route.starts_with("/{") && route.substr(0, a) != path.substr(0, b)) return false;
      route.remove_prefix(a);
      path.remove_prefix(b);
    }
    return route.empty() && path.empty();
  }

  boost::json::object document_;
};

}  // namespace koshi::http
