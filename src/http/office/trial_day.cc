#include "http/office/trial_day.h"

#include "ask/writer.h"
#include "http/office/body.h"
#include "http/office/failure.h"
#include "http/office/office_api.h"
#include "http/problem.h"

namespace koshi::http {
namespace {

/// Until nothing is due any more: one sweep acts on some of the cases only.
std::expected<void, office::Failure> act_on_deadlines(office::House& house) {
  for (;;) {
    const auto swept = house.desk().sweep();
    if (!swept) return std::unexpected(swept.error());
    if (*swept == 0) return {};
  }
}

Response told(const OfficeSite& office, const Context& context, const std::string& token) {
  std::string body;
  ask::JsonWriter json(body);
  json.raw("{");
  json.key("today");
  json.date(office.house.today());
  json.raw("}\n");
  Response response = office_json(context, std::move(body));
  response.headers.push_back(session_cookie(office, token));
  return response;
}

}  // namespace

Response pass_days_api(const OfficeSite& office, const Context& context, const Visitor& visitor) {
  if (!office.pass_days) return problem(404, "The clock of this office is that of its machine; only a demonstration's can be set.");
  Body body = Body::read(context.request.body, {"until"});
  const std::string until = body.text("until");
  if (body.error()) return problem(400, *body.error());
  const auto day = parse_date(until);
  const int days = day ? day->days - office.house.today().days : 0;
  if (days < 1 || days > kTrialDaysMax)
    return problem(422,
                   "\"until\" must be a day such as 2026-09-30, later than today by at most " + std::to_string(kTrialDaysMax) + " days.");
  if (const auto passed = office.pass_days(days); !passed) {
    office.log(passed.error());
    return office_problem(office, context, 503, "office.unavailable");
  }
  if (const auto done = act_on_deadlines(office.house); !done) return failure_problem(office, context.language, done.error());
  // Whoever is signed in has shown all that his account asks for, unless it still asks him to enrol.
  const auto proof = visitor.session.must_enrol ? people::Proof::kOneFactor : people::Proof::kSeveralFactors;
  auto session = office.house.sign_ins().open_session(visitor.session.account, proof, office.house.now_ms());
  if (!session) return failure_problem(office, context.language, session.error());
  if (!*session) return sign_in_problem(office, context, session->error());
  return told(office, context, (*session)->token);
}

}  // namespace koshi::http
