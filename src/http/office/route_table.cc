#include "http/office/route_table.h"

#include "http/compress.h"
#include "http/office/failure.h"
#include "http/office/pace.h"
#include "http/office/trace.h"
#include "http/problem.h"

namespace koshi::http {
namespace {

constexpr std::string_view kOpenCase = "openCase";  ///< the route that opens cases
constexpr std::string_view kCsrfHeader = "X-CSRF-Token";

struct Closed {
  std::string_view route;
  RouteTable::Private handle;
};

Response answer_to(const OfficeSite& office, const Context& context, const Visitor& visitor, const Closed& closed) {
  const auto kind = closed.route == kOpenCase ? Pace::Kind::kOpening : Pace::Kind::kRequest;
  if (const auto wait = office.pace->take(visitor.session.login, kind, office.house.now_ms())) {
    note_too_fast(office, visitor);
    Response response = office_problem(office, context, 429, "office.account.too_fast");
    response.headers.push_back({"Retry-After", std::to_string(*wait)});
    return response;
  }
  const bool changes = context.request.method != "GET" && context.request.method != "HEAD";
  if (changes && !is_own_request(visitor, context.request.header(kCsrfHeader))) {
    note_forged(office, visitor);
    return office_problem(office, context, 403, "office.sign_in.forged");
  }
  return closed.handle(office, context, visitor);
}

Response guarded(const OfficeSite& office, const Context& context, const Closed& closed) {
  auto visitor = visitor_of(office, context);
  if (!visitor) return std::move(visitor.error());
  if (!*visitor) {
    note_stranger(office, context.request, closed.route);
    Response response = office_problem(office, context, 401, "office.sign_in.needed");
    response.headers.push_back({"WWW-Authenticate", "Bearer"});
    return response;
  }
  Response response = answer_to(office, context, **visitor, closed);
  note_malformed(office, &**visitor, response);
  return response;
}

}  // namespace

std::string reference(std::string_view schema) {
  return R"({"$ref":"#/components/schemas/)" + std::string(schema) + R"("})";
}
Parameter in_path(std::string name, std::string summary) {
  return {Parameter::In::kPath, std::move(name), std::move(summary)};
}
Parameter in_query(std::string name, std::string summary) {
  return {Parameter::In::kQuery, std::move(name), std::move(summary)};
}
ResponseDoc json_doc(int status, std::string schema) {
  return {status, "OK", "application/json", reference(schema)};
}
ResponseDoc problem_doc(int status, std::string summary) {
  return {status, std::move(summary), std::string(kProblemType), reference("Problem")};
}
ResponseDoc refusal_doc(int status, std::string summary) {
  return {status, std::move(summary), std::string(kProblemType), reference("Refusal")};
}

void RouteTable::open(Route route, Public handle) {
  route.handle = [handle, &office = office_](const Context& context) {
    Response response = handle(office, context);
    note_malformed(office, nullptr, response);
    compress_public(context.request, response);
    return response;
  };
  add(std::move(route));
}

void RouteTable::closed(Route route, Private handle) {
  if (route.method != "GET") {
    route.parameters.push_back({Parameter::In::kHeader, "Idempotency-Key", "The same key does the same act once"});
    route.parameters.push_back(
        {Parameter::In::kHeader, std::string(kCsrfHeader), "Needed with the session's cookie, not with a bearer token"});
    route.responses.push_back(refusal_doc(403, "Not for this role, or a forged request"));
  }
  route.responses.push_back(problem_doc(401, "Nobody is signed in"));
  route.responses.push_back(problem_doc(429, "Asked faster than people do; Retry-After says when to go on"));
  route.responses.push_back(problem_doc(503, "The database does not answer; try again"));
  route.handle = [handle, id = route.id, &office = office_](const Context& context) { return guarded(office, context, {id, handle}); };
  add(std::move(route));
}

void RouteTable::add(Route route) {
  route.responses.push_back(problem_doc(400, "The request is malformed"));
  route.parameters.push_back({Parameter::In::kQuery, "lang", "Language; else Accept-Language decides"});
  router_.add(std::move(route));
}

}  // namespace koshi::http
