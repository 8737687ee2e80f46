#include "http/openapi.h"

#include <boost/json.hpp>
#include <set>

#include "http/test_app.h"

namespace koshi::http {
namespace {

namespace json = boost::json;

class OpenApiTest : public AppTest {
 protected:
  OpenApiTest() : document_(json::parse(get("/openapi.json").body).as_object()) {}

  const json::object& operation(const Route& route) const {
    std::string method = route.method;
    for (char& c : method) c = static_cast<char>(std::tolower(c));
    return document_.at("paths").at(route.path).at(method).as_object();
  }

  json::object document_;
};

/// Every {"$ref": …} in the document.
void references(const json::value& value, std::set<std::string>& found) {
  if (const auto* array = value.if_array()) {
    for (const json::value& item : *array) references(item, found);
  } else if (const auto* object = value.if_object()) {
    for (const auto& [key, inner] : *object) {
      if (key == "$ref") found.emplace(inner.as_string().c_str());
      references(inner, found);
    }
  }
}

TEST_F(OpenApiTest, IsAWellFormedDocument) {
  EXPECT_EQ(document_.at("openapi").as_string(), "3.1.0");
  EXPECT_FALSE(document_.at("info").at("title").as_string().empty());
  EXPECT_FALSE(document_.at("info").at("version").as_string().empty());
  EXPECT_EQ(get("/openapi.json").body, get("/openapi.json").body);
}

TEST_F(OpenApiTest, EveryRouteIsInItAndNothingElse) {
  size_t operations = 0;
  for (const auto& [path, methods] : document_.at("paths").as_object()) operations += methods.as_object().size();
  EXPECT_EQ(operations, app_->routes().size());
  std::set<std::string> ids;
  for (const Route& route : app_->routes()) {
    const json::object& described = operation(route);
    EXPECT_TRUE(ids.emplace(described.at("operationId").as_string().c_str()).second) << route.path;
    EXPECT_FALSE(described.at("summary").as_string().empty()) << route.path;
    EXPECT_EQ(described.contains("requestBody"), !route.request_media_type.empty()) << route.path;
  }
}

TEST_F(OpenApiTest, PathParametersAreThoseOfTheTemplate) {
  for (const Route& route : app_->routes()) {
    std::set<std::string> in_template;
    for (size_t open = route.path.find('{'); open != std::string::npos; open = route.path.find('{', open + 1)) {
      in_template.insert(route.path.substr(open + 1, route.path.find('}', open) - open - 1));
    }
    std::set<std::string> described;
    std::set<std::string> all;
    for (const json::value& parameter : operation(route).at("parameters").as_array()) {
      const std::string name = parameter.at("name").as_string().c_str();
      EXPECT_TRUE(all.insert(name).second) << route.path << " " << name;
      EXPECT_TRUE(parameter.at("schema").is_object());
      EXPECT_FALSE(parameter.at("description").as_string().empty());
      if (parameter.at("in").as_string() != "path") continue;
      EXPECT_TRUE(parameter.at("required").as_bool());
      described.insert(name);
    }
    EXPECT_EQ(described, in_template) << route.path;
  }
}

TEST_F(OpenApiTest, ReferencesLeadToSchemasAndEverySchemaIsUsed) {
  std::set<std::string> found;
  references(document_, found);
  std::set<std::string> known;
  for (const auto& [name, schema] : document_.at("components").at("schemas").as_object()) {
    known.insert("#/components/schemas/" + std::string(name));
    EXPECT_TRUE(schema.is_object());
  }
  EXPECT_EQ(found, known);
}

TEST_F(OpenApiTest, ResponsesAreDescribed) {
  for (const Route& route : app_->routes()) {
    const json::object& responses = operation(route).at("responses").as_object();
    EXPECT_EQ(responses.size(), route.responses.size()) << route.path << ": one status is described twice";
    for (const auto& [status, response] : responses) {
      EXPECT_NE(reason_phrase(std::stoi(std::string(status))), "") << route.path;
      EXPECT_FALSE(response.at("description").as_string().empty());
    }
  }
}

/// A request for every response that the table promises.
struct Example {
  std::string id;
  int status;
  std::string method;
  std::string target;
  std::string body = {};
  std::string type = "application/json";
  /// Of the law that does not say how long a person may stay.
  bool silent_law = false;
};

std::vector<Example> examples() {
  const std::string question = R"({"norm":"person.due","on":"2016-03-10","facts":{"nationality":"UZ","arrived":"2016-03-01"}})";
  return {
      {"home", 200, "GET", "/"},
      {"askPage", 200, "GET", "/ask"},
      {"askPage", 303, "GET", "/ask?norm=person.due&on=2016-03-10&answer=nationality&nationality=UZ"},
      {"askPage", 404, "GET", "/ask?norm=nothing"},
      {"askPage", 422, "GET", "/ask?norm=person.due&on=2016-03-10&answer=nationality"},
      {"statusPage", 200, "GET", "/status?arrived=2026-01-10"},
      {"statusPage", 303, "GET", "/status?answer=arrived&arrived-day=10&arrived-month=1&arrived-year=2026"},
      {"statusPage", 404, "GET", "/status", {}, "application/json", true},
      {"statusPage", 422, "GET", "/status?answer=arrived"},
      {"statusTracesPage", 200, "GET", "/status/traces"},
      {"topicsPage", 200, "GET", "/topics"},
      {"topicPage", 200, "GET", "/topics/stay"},
      {"topicPage", 404, "GET", "/topics/none"},
      {"comparePage", 200, "GET", "/compare"},
      {"comparePage", 303, "GET", "/compare?norm=person.worker&a=national&b=CONV&on-day=1&on-month=2&on-year=2016"},
      {"comparePage", 404, "GET", "/compare?norm=person.due"},
      {"comparePage", 422, "GET", "/compare?norm=person.worker&a=national&b=national&on=2016-02-01"},
      {"lawPage", 200, "GET", "/law"},
      {"actsPage", 200, "GET", "/law/acts"},
      {"actPage", 200, "GET", "/law/acts/LMP"},
      {"actPage", 404, "GET", "/law/acts/NONE"},
      {"normsPage", 200, "GET", "/law/norms"},
      {"normPage", 200, "GET", "/law/norms/person.due"},
      {"normPage", 404, "GET", "/law/norms/nothing"},
      {"normPage", 422, "GET", "/law/norms/person.due?on=never"},
      {"reformsPage", 200, "GET", "/law/reforms"},
      {"reformPage", 200, "GET", "/law/reforms/shorter"},
      {"reformPage", 404, "GET", "/law/reforms/none"},
      {"staticFile", 200, "GET", "/static/koshi.css"},
      {"staticFile", 304, "GET", "/static/koshi.css"},
      {"staticFile", 404, "GET", "/static/none"},
      {"ask", 200, "POST", "/api/v1/ask", question},
      {"ask", 400, "POST", "/api/v1/ask", "{"},
      {"ask", 413, "POST", "/api/v1/ask", std::string(kMaxBodyBytes + 1, ' ')},
      {"ask", 415, "POST", "/api/v1/ask", question, "text/plain"},
      {"ask", 422, "POST", "/api/v1/ask", "{}"},
      {"norms", 200, "GET", "/api/v1/norms"},
      {"acts", 200, "GET", "/api/v1/acts"},
      {"reforms", 200, "GET", "/api/v1/reforms"},
      {"law", 200, "GET", "/api/v1/law"},
      {"lawNorm", 200, "GET", "/api/v1/law/norms/person.due"},
      {"lawNorm", 404, "GET", "/api/v1/law/norms/nothing"},
      {"lawReform", 200, "GET", "/api/v1/law/reforms/shorter"},
      {"lawReform", 404, "GET", "/api/v1/law/reforms/none"},
      {"lawCoverage", 200, "GET", "/api/v1/law/coverage"},
      {"lawScreens", 200, "GET", "/api/v1/law/screens"},
      {"health", 200, "GET", "/healthz"},
      {"ready", 200, "GET", "/readyz"},
      {"openapi", 200, "GET", "/openapi.json"},
  };
}

/// What "My status" stands on; the law of the other tests is silent about it.
constexpr char kStay[] = R"(
norm permitted_until of person : date
  "Last day of the stay"
  arrived + 30 days by LMP art. 9 [read]
)";

TEST_F(OpenApiTest, EveryDocumentedResponseIsGiven) {
  const std::vector<Example> all = examples();
  std::unique_ptr<App> other = app_over(std::string(kTestLaw) + kStay);
  const std::string tag = header(get("/static/koshi.css"), "ETag");
  for (const Route& route : app_->routes()) {
    for (const ResponseDoc& promised : route.responses) {
      auto found = std::ranges::find_if(all, [&](const Example& one) { return one.id == route.id && one.status == promised.status; });
      Example example;
      if (found != all.end()) {
        example = *found;
      } else {
        // A malformed address is refused alike everywhere.
        ASSERT_EQ(promised.status, 400) << "no example for " << route.id << " " << promised.status;
        const auto good = std::ranges::find_if(all, [&](const Example& one) { return one.id == route.id; });
        ASSERT_NE(good, all.end()) << route.id;
        example = *good;
        example.target = good->target.substr(0, good->target.find('?')) + "?x=%";
      }
      std::vector<Header> headers{{"Content-Type", example.type}};
      if (promised.status == 304) headers.push_back({"If-None-Match", tag});
      if (!example.silent_law) app_.swap(other);
      const Response response = send(example.method, example.target, headers, example.body);
      if (!example.silent_law) app_.swap(other);
      EXPECT_EQ(response.status, promised.status) << example.target;
      EXPECT_TRUE(header(response, "Content-Type").starts_with(promised.media_type)) << example.target;
      if (promised.media_type.ends_with("json")) {
        EXPECT_NO_THROW(json::parse(response.body)) << example.target;
      }
    }
  }
}

}  // namespace
}  // namespace koshi::http
