#include "http/routes.h"

#include <memory>

#include "http/api.h"
#include "http/law_api.h"
#include "http/openapi.h"
#include "http/pages.h"
#include "http/problem.h"

namespace koshi::http {
namespace {

using Handle = Response (*)(const Site&, const Context&);

constexpr std::string_view kHtml = "text/html";
constexpr std::string_view kJson = "application/json";

std::string reference(std::string_view schema) {
  return R"({"$ref":"#/components/schemas/)" + std::string(schema) + R"("})";
}

Parameter language() {
  constexpr const char* kCodes = R"({"type":"string","enum":["en","ru","kk","uz","ky","tg"]})";
  return {Parameter::In::kQuery, "lang", "Language; else Accept-Language decides", kCodes, false};
}

Parameter in_path(std::string name, std::string summary) {
  return {Parameter::In::kPath, std::move(name), std::move(summary), R"({"type":"string"})", false};
}

Parameter in_query(std::string name, std::string summary, std::string schema = R"({"type":"string"})") {
  return {Parameter::In::kQuery, std::move(name), std::move(summary), std::move(schema), false};
}

ResponseDoc page_doc(int status, std::string summary) {
  return {status, std::move(summary), std::string(kHtml), {}};
}
ResponseDoc json_doc(std::string schema) {
  return {200, "OK", std::string(kJson), reference(schema)};
}
ResponseDoc problem_doc(int status, std::string summary) {
  return {status, std::move(summary), std::string(kProblemType), reference("Problem")};
}

class Table {
 public:
  Table(Router& router, const Site& site) : router_(router), site_(site) {}

  void page(std::string path, std::string id, std::string summary, Handle handle, std::vector<Parameter> parameters = {},
            std::vector<ResponseDoc> more = {}) {
    std::vector<ResponseDoc> responses{page_doc(200, "The page"), page_doc(400, "The address is malformed")};
    responses.insert(responses.end(), more.begin(), more.end());
    add({"GET", std::move(path), std::move(id), std::move(summary), std::move(parameters), {}, {}, std::move(responses), {}}, handle);
  }

  void json(std::string path, std::string id, std::string summary, std::string schema, Handle handle) {
    add({"GET",
         std::move(path),
         std::move(id),
         std::move(summary),
         {},
         {},
         {},
         {json_doc(std::move(schema)), problem_doc(400, "The address is malformed")},
         {}},
        handle);
  }

  void add(Route route, Handle handle) {
    route.parameters.push_back(language());
    route.handle = [handle, &site = site_](const Context& context) { return handle(site, context); };
    router_.add(std::move(route));
  }

 private:
  Router& router_;
  const Site& site_;
};

void add_pages(Table& table) {
  table.page("/", "home", "What this is, and its doors", home_page);
  const Parameter facts{Parameter::In::kQuery, "facts", "Any fact by its path: arrived=2016-03-01, employer.size=small",
                        R"({"type":"object","additionalProperties":{"type":"string"}})", true};
  table.page(
      "/ask", "askPage", "Ask the law, one question a page; everything is in the address", ask_page,
      {in_query("norm", "The norm that is asked"), in_query("on", "The date of the question", R"({"type":"string","format":"date"})"),
       in_query("under", "The instrument"), in_query("reform", "Drafts", R"({"type":"array","items":{"type":"string"}})"),
       in_query("skip", "Facts that are not known", R"({"type":"array","items":{"type":"string"}})"),
       in_query("answer", "The fact that the form just sent is about"), in_query("change", "The fact to ask again"), facts},
      {{303, "The address that holds what the form said", {}, {}},
       page_doc(404, "No such norm"),
       page_doc(422, "Something that was typed cannot be taken")});
  table.page("/status", "statusPage", "My status: until when, what next, which rights; everything that was said is in the address",
             status_page,
             {in_query("skip", "Facts that are not known", R"({"type":"array","items":{"type":"string"}})"),
              in_query("answer", "The fact that the form just sent is about"), in_query("change", "The fact to ask again"),
              in_query("plan_from", "First day of a journey that is tried out", R"({"type":"string","format":"date"})"),
              in_query("plan_to", "Its last day", R"({"type":"string","format":"date"})"), facts},
             {{303, "The address that holds what the form said", {}, {}},
              page_doc(404, "The law does not say how long a person may stay"),
              page_doc(422, "Something that was typed cannot be taken")});
  table.page("/status/traces", "statusTracesPage", "How to leave no traces of the visit", status_traces_page);
  table.page("/topics", "topicsPage", "Topics by situation", topics_page);
  table.page("/topics/{topic}", "topicPage", "The questions of one topic, each with its guidance", topic_page,
             {in_path("topic", "Name, as stay")}, {page_doc(404, "No such topic")});
  table.page("/compare", "comparePage", "For whom two instruments answer the same question differently", compare_page,
             {in_query("norm", "The question"), in_query("a", "An instrument, or national"), in_query("b", "The other"),
              in_query("on", "The date of the question", R"({"type":"string","format":"date"})")},
             {{303, "The address that holds what the form said", {}, {}},
              page_doc(404, "No question that several instruments answer"),
              page_doc(422, "Something that was chosen or typed cannot be taken")});
  table.page("/law", "lawPage", "What the law text is made of", law_page);
  table.page("/law/acts", "actsPage", "Acts, treaties and literature, with how sure their citations are", acts_page);
  table.page("/law/acts/{act}", "actPage", "One act and the norms that cite it", act_page, {in_path("act", "Short name, as LMP")},
             {page_doc(404, "No such act")});
  table.page("/law/norms", "normsPage", "Norms by topic", norms_page);
  table.page("/law/norms/{norm}", "normPage", "One norm: rules along time, citations, examples", norm_page,
             {in_path("norm", "entity.norm, or the name of a parameter"), in_query("under", "The instrument"),
              in_query("on", "Mark the rules in force on this date", R"({"type":"string","format":"date"})")},
             {page_doc(404, "No such norm"), page_doc(422, "Not a date")});
  table.page("/law/reforms", "reformsPage", "Drafts", reforms_page);
  table.page("/law/reforms/{reform}", "reformPage", "One draft as differences from the law", reform_page, {in_path("reform", "Name")},
             {page_doc(404, "No such draft")});
  table.add({"GET",
             "/static/{file}",
             "staticFile",
             "Style sheet and icon",
             {in_path("file", "Name"), in_query("v", "Version, for caches")},
             {},
             {},
             {{200, "The file", "text/css", {}},
              {304, "The copy that the browser has is current", {}, {}},
              page_doc(404, "No such file"),
              page_doc(400, "The address is malformed")},
             {}},
            static_file);
}

void add_api(Table& table) {
  table.add({"POST",
             "/api/v1/ask",
             "ask",
             "Ask one norm",
             {},
             std::string(kJson),
             reference("AskRequest"),
             {json_doc("Answer"), problem_doc(400, "The body is not JSON, or the address is malformed"),
              problem_doc(413, "The body is larger than 1 MiB"), problem_doc(415, "The body is of another type"),
              problem_doc(422, "The question cannot be taken: all problems are listed")},
             {}},
            ask_api);
  table.json("/api/v1/norms", "norms", "The questions that can be asked, and the facts they may need", "Norms", norms_api);
  table.json("/api/v1/acts", "acts", "Sources of law, with how many rules cite them by confidence", "Acts", acts_api);
  table.json("/api/v1/reforms", "reforms", "Drafts that can be laid over the law", "Reforms", reforms_api);
  table.json("/healthz", "health", "Whether the server answers", "Health", health_api);
}

}  // namespace

void add_routes(Router& router, const Site& site) {
  Table table(router, site);
  add_pages(table);
  add_api(table);
  router.add_schemas(api_schemas());
  add_law_routes(router, site);
}

void add_ready_route(Router& router, const Site& site) {
  Table(router, site).json("/readyz", "ready", "Whether the server can work: the law alone needs nothing else", "Health", health_api);
}

void add_openapi_route(Router& router) {
  // The document describes itself as well, so it is written after its route stands in the table, once.
  auto document = std::make_shared<std::string>();
  Route route{"GET",
              "/openapi.json",
              "openapi",
              "This document",
              {language()},
              {},
              {},
              {{200, "OpenAPI 3.1", std::string(kJson), R"({"type":"object"})"}, problem_doc(400, "The address is malformed")},
              {}};
  route.handle = [document](const Context&) { return reply(200, kJson, *document); };
  router.add(std::move(route));
  *document = openapi_document(router);
}

}  // namespace koshi::http
