// What somebody left half written, for programs. Nothing here is read by the law.
#include "ask/ask.h"
#include "ask/json.h"
#include "http/office/failure.h"
#include "http/office/office_api.h"
#include "http/problem.h"

namespace koshi::http {

Response draft_api(const OfficeSite& office, const Context& context, const Visitor& visitor) {
  auto json = office.house.desk().draft(visitor.session.login, context.path_parameter("place"));
  if (!json) return failure_problem(office, context.language, json.error());
  if (json->empty()) return {204, {{"Cache-Control", "no-store"}}, {}};
  return office_json(context, std::move(*json));
}

Response save_draft_api(const OfficeSite& office, const Context& context, const Visitor& visitor) {
  const std::string& json = context.request.body;
  const auto document = ask::read_json(json, {office::kDraftMaxBytes, ask::kMaxJsonDepth});
  // What is too long is the desk's to refuse.
  if (!document && json.size() <= office::kDraftMaxBytes)
    return problem(400, "The body must be a JSON object: " + document.error().message + ".");
  if (document && (*document)[0].kind != ask::JsonNode::Kind::kObject) return problem(400, "The body must be a JSON object.");
  const bool empty = document && (*document)[0].children == 0;
  auto saved = office.house.desk().save_draft(visitor.session.login, context.path_parameter("place"), empty ? "" : json);
  if (!saved) return failure_problem(office, context.language, saved.error());
  return {204, {{"Cache-Control", "no-store"}}, {}};
}

}  // namespace koshi::http
