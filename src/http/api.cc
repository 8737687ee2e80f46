#include "http/api.h"

#include "ask/ask.h"
#include "http/problem.h"

namespace koshi::http {
namespace {

constexpr std::string_view kJson = "application/json";

Response list(const Context& context, std::string body) {
  Response response = reply(200, kJson, std::move(body) + "\n");
  response.headers.push_back({"Content-Language", std::string(words::code(context.language))});
  response.headers.push_back({"Vary", "Accept-Language"});
  response.headers.push_back({"Cache-Control", "no-cache"});
  return response;
}

Response refusal(const ask::Problems& problems) {
  for (const ask::Problem& one : problems) {
    if (one.kind == ask::ProblemKind::kSyntax) return problem(400, "The body is not JSON that can be read.", problems);
  }
  return problem(422, "The question cannot be taken as it is.", problems);
}

}  // namespace

Response ask_api(const Site& site, const Context& context) {
  auto question = ask::resolve_json(site.library, context.request.body, site.today(), context.language);
  if (!question) return refusal(question.error());
  const auto answer = zan::ask(site.library, question->norm, question->record, question->on, question->reforms);
  if (!answer) return problem(422, "The question cannot be asked so.", {{"/reforms", answer.error().message}});
  std::string body;
  ask::append_answer_json(body, site.api_words, site.library, *question, *answer);
  Response response = reply(200, kJson, body + "\n");
  response.headers.push_back({"Content-Language", std::string(words::code(question->language))});
  // Facts of a person stand in it.
  response.headers.push_back({"Cache-Control", "no-store"});
  return response;
}

Response norms_api(const Site& site, const Context& context) {
  return list(context, ask::norms_json(site.api_words, context.language, site.corpus));
}

Response acts_api(const Site& site, const Context& context) {
  return list(context, ask::acts_json(site.api_words, context.language, site.corpus));
}

Response reforms_api(const Site& site, const Context& context) {
  return list(context, ask::reforms_json(site.api_words, context.language, site.corpus));
}

Response health_api(const Site&, const Context&) {
  Response response = reply(200, kJson, "{\"status\":\"ok\"}\n");
  response.headers.push_back({"Cache-Control", "no-store"});
  return response;
}

}  // namespace koshi::http
