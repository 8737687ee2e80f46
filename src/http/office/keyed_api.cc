// Opening a case without an account, for programs. What follows goes through the same addresses as for everybody, by `Authorization: Key`.
#include "ask/writer.h"
#include "http/office/body.h"
#include "http/office/case_key.h"
#include "http/office/failure.h"
#include "http/office/office_api.h"
#include "http/problem.h"

namespace koshi::http {

Response open_keyed_api(const OfficeSite& office, const Context& context) {
  Body body = Body::read(context.request.body, {"procedure"});
  const std::string name = body.text("procedure");
  if (body.error()) return problem(400, *body.error());
  const int32_t found = office.law.corpus.find_procedure(name);
  if (found == zan::kNoId) return office_problem(office, context, 404, "office.no_procedure");
  const zan::Procedure& procedure = office.law.corpus.procedures[static_cast<size_t>(found)];
  if (keyed_party(office, procedure) == zan::kNoId) return office_problem(office, context, 403, "office.key.needs_account");
  if (const auto seconds = office.openings->take(office.house.now_ms())) {
    Response response = office_problem(office, context, 429, "office.key.too_many");
    response.headers.push_back({"Retry-After", std::to_string(*seconds)});
    return response;
  }
  auto opened = open_keyed_case(office, procedure, context.language);
  if (!opened) return failure_problem(office, context.language, opened.error());
  auto view = office.house.desk().view(opened->seen.actor, opened->seen.item);
  if (!view) return failure_problem(office, context.language, view.error());
  std::string json;
  ask::JsonWriter writer(json);
  writer.raw("{");
  writer.key("key");
  writer.text(opened->key);
  json += "," + seen_json(office, context, opened->seen, *view).substr(1);
  return office_json(context, std::move(json), 201);
}

}  // namespace koshi::http
