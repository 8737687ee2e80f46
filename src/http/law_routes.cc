// The routes of the law as a book, their schemas, and its coverage, which is counted once.
#include <memory>
#include <mutex>

#include "ask/writer.h"
#include "http/compress.h"
#include "http/law_api.h"
#include "http/problem.h"
#include "zan/reason/cases.h"

namespace koshi::http {
namespace {

constexpr std::string_view kJson = "application/json";

constexpr std::pair<const char*, const char*> kSchemas[] = {
    {"LawCitation", R"({"type":"object","required":["act","place","confidence","text"],"properties":{"act":{"type":"string"},
"place":{"type":"string"},"confidence":{"type":"string","enum":["read","reported","unverified","sample"]},
"text":{"type":"string","description":"in words of the language"}}})"},
    {"LawRule", R"({"type":"object","required":["number","name","depth","value","by"],"properties":{"number":{"type":"integer"},
"name":{"type":"string"},"depth":{"type":"integer","description":"0: a rule of the norm; 1: an exception to it; and so on"},
"exception_to":{"type":"integer","description":"number of the rule that it excepts"},"value":{"type":"string"},
"when":{"type":"string","description":"the condition in words; missing: always"},"row":{"type":"string"},"reform":{"type":"string"},
"from":{"type":"string","format":"date"},"until":{"type":"string","format":"date"},
"by":{"type":"array","items":{"$ref":"#/components/schemas/LawCitation"}}}})"},
    {"LawOutline", R"({"type":"object","required":["today","topics","norms"],"properties":{"today":{"type":"string","format":"date"},
"topics":{"type":"array","items":{"type":"object","required":["topic","label"],"properties":{"topic":{"type":"string"},
"label":{"type":"string"}}}},
"norms":{"type":"array","items":{"type":"object","required":["norm","label","topic","definition","table","rows","confidence","ranges"],
"properties":{"norm":{"type":"string"},"under":{"type":"string"},"under_label":{"type":"string"},"label":{"type":"string"},
"topic":{"type":"string"},"definition":{"type":"boolean"},"table":{"type":"boolean"},"rows":{"type":"integer"},
"confidence":{"$ref":"#/components/schemas/Counts"},
"ranges":{"type":"array","items":{"type":"object","required":["rules"],"properties":{"from":{"type":"string","format":"date"},
"until":{"type":"string","format":"date"},"rules":{"type":"integer"}}}}}}}}})"},
    {"LawNorm", R"({"type":"object","required":["norm","label","topic","today","cut","rules"],"properties":{"norm":{"type":"string"},
"under":{"type":"string"},"under_label":{"type":"string"},"label":{"type":"string"},"topic":{"type":"string"},"help":{"type":"string"},
"today":{"type":"string","format":"date"},"cut":{"type":"boolean","description":"there are more rules than are told"},
"rules":{"type":"array","items":{"$ref":"#/components/schemas/LawRule"}}}})"},
    {"LawReform", R"({"type":"object","required":["reform","title","by","changes","norms"],"properties":{"reform":{"type":"string"},
"title":{"type":"string"},"from":{"type":"string","format":"date"},"by":{"type":"array","items":{"$ref":"#/components/schemas/LawCitation"}},
"changes":{"type":"array","items":{"type":"object","required":["change","norm","label"],"properties":{
"change":{"type":"string","enum":["prevail","insert","replace","repeal","suspend"]},"norm":{"type":"string"},"under":{"type":"string"},
"under_label":{"type":"string"},"label":{"type":"string"},"from":{"type":"string","format":"date"},"until":{"type":"string","format":"date"},
"removed":{"$ref":"#/components/schemas/LawRule"},"added":{"$ref":"#/components/schemas/LawRule"},
"beside":{"$ref":"#/components/schemas/LawRule"}}}},
"norms":{"type":"array","description":"that exist under the draft alone","items":{"type":"object","required":["norm","label"],"properties":{
"norm":{"type":"string"},"under":{"type":"string"},"under_label":{"type":"string"},"label":{"type":"string"}}}}}})"},
    {"LawScreen", R"({"type":"object","required":["of"],"properties":{"of":{"type":"string","description":"entity or procedure"},
"norms":{"type":"object","additionalProperties":{"type":"string"}},
"facts":{"type":"object","additionalProperties":{"type":"array","items":{"type":"string"}}},
"assumes":{"type":"object","additionalProperties":{"type":["string","boolean","integer"]}},
"procedures":{"type":"object","additionalProperties":{"type":"string"}},
"states":{"type":"object","additionalProperties":{"type":"array","items":{"type":"string"}}},
"numbers":{"type":"object","additionalProperties":{"type":"array","items":{"type":"integer"}}}}})"},
    {"LawScreens", R"({"type":"object","additionalProperties":{"$ref":"#/components/schemas/LawScreen"}})"},
    {"LawCoverage",
     R"({"type":"object","required":["cases","expectations","failures","rules","exercised","missing"],"properties":{"cases":{"type":"integer"},
"expectations":{"type":"integer"},"failures":{"type":"integer"},"rules":{"type":"integer","description":"a table counts once"},
"exercised":{"type":"integer","description":"of them, decided in some worked example that held"},
"missing":{"type":"array","items":{"type":"object","required":["norm","number"],"properties":{"norm":{"type":"string"},
"number":{"type":"integer"}}}}}})"},
};

/// Runs the worked examples when first asked, since they never change while the program runs.
class CoverageOnce {
 public:
  explicit CoverageOnce(const Site& site) : site_(site) {}

  const std::string& json() {
    std::call_once(once_, [this] { count(); });
    return json_;
  }

 private:
  void count() {
    const zan::CaseReport report = zan::run_cases(site_.library);
    const zan::Coverage coverage = zan::coverage(site_.corpus, report);
    ask::JsonWriter json(json_);
    const auto number = [&](std::string_view key, size_t value) {
      json.key(key);
      json.number(static_cast<int64_t>(value));
    };
    json.raw("{");
    number("cases", report.cases);
    number("expectations", report.expectations);
    number("failures", report.failures.size());
    number("rules", coverage.rules);
    number("exercised", coverage.exercised);
    json.key("missing");
    json.raw("[");
    for (const zan::RuleId id : coverage.missing) {
      const zan::RuleInfo& rule = site_.corpus.rules[static_cast<size_t>(id)];
      json.comma();
      json.raw("{");
      json.key("norm");
      json.text(site_.corpus.full_name(rule.norm));
      number("number", static_cast<size_t>(rule.number));
      json.raw("}");
    }
    json.raw("]}\n");
  }

  const Site& site_;
  std::once_flag once_;
  std::string json_;
};

ResponseDoc json_doc(std::string_view schema) {
  return {200, "OK", std::string(kJson), R"({"$ref":"#/components/schemas/)" + std::string(schema) + R"("})"};
}
ResponseDoc problem_doc(int status, std::string summary) {
  return {status, std::move(summary), std::string(kProblemType), R"({"$ref":"#/components/schemas/Problem"})"};
}

void add(Router& router, Route route, std::function<Response(const Context&)> handle) {
  constexpr const char* kCodes = R"({"type":"string","enum":["en","ru","kk","uz","ky","tg"]})";
  route.method = "GET";
  route.parameters.push_back({Parameter::In::kQuery, "lang", "Language; else Accept-Language decides", kCodes, false});
  route.responses.push_back(problem_doc(400, "The address is malformed"));
  route.handle = [handle = std::move(handle)](const Context& context) {
    Response response = handle(context);
    compress_public(context.request, response);
    return response;
  };
  router.add(std::move(route));
}

}  // namespace

void add_law_routes(Router& router, const Site& site) {
  router.add_schemas({std::begin(kSchemas), std::end(kSchemas)});
  add(router,
      {"",
       "/api/v1/law",
       "law",
       "Norms by topic, with the stretches of time in which their rules are in force",
       {},
       {},
       {},
       {json_doc("LawOutline")},
       {}},
      [&site](const Context& context) { return law_outline_api(site, context); });
  add(router,
      {"",
       "/api/v1/law/norms/{norm}",
       "lawNorm",
       "One norm: its rules in words, along time",
       {{Parameter::In::kPath, "norm", "entity.norm, or the name of a parameter"}, {Parameter::In::kQuery, "under", "The instrument"}},
       {},
       {},
       {json_doc("LawNorm"), problem_doc(404, "No such norm")},
       {}},
      [&site](const Context& context) { return law_norm_api(site, context); });
  add(router,
      {"",
       "/api/v1/law/reforms/{reform}",
       "lawReform",
       "One draft, as differences from the law",
       {{Parameter::In::kPath, "reform", "Name"}},
       {},
       {},
       {json_doc("LawReform"), problem_doc(404, "No such draft")},
       {}},
      [&site](const Context& context) { return law_reform_api(site, context); });
  add(router,
      {"",
       "/api/v1/law/screens",
       "lawScreens",
       "What the portal's screens ask of this law: norms, facts and states by what a screen calls them",
       {},
       {},
       {},
       {json_doc("LawScreens")},
       {}},
      [&site](const Context&) {
        Response response = reply(200, kJson, site.screens + "\n");
        response.headers.push_back({"Cache-Control", "no-cache"});
        return response;
      });
  auto coverage = std::make_shared<CoverageOnce>(site);
  add(router,
      {"",
       "/api/v1/law/coverage",
       "lawCoverage",
       "How many rules decide in some worked example",
       {},
       {},
       {},
       {json_doc("LawCoverage")},
       {}},
      [coverage](const Context&) {
        Response response = reply(200, kJson, coverage->json());
        response.headers.push_back({"Cache-Control", "no-cache"});
        return response;
      });
}

}  // namespace koshi::http
