// Signing in and out, for programs.
#include "ask/writer.h"
#include "http/office/body.h"
#include "http/office/client_address.h"
#include "http/office/failure.h"
#include "http/office/office_api.h"
#include "http/office/trace.h"
#include "http/problem.h"
#include "office/people/account.h"
#include "office/people/token.h"

namespace koshi::http {
namespace {

/// An office, or whoever opens no case of his own: he works through a list of what waits.
bool has_queue(const zan::Corpus& corpus, std::string_view role) {
  bool is_party = false;
  for (const zan::Procedure& procedure : corpus.procedures) {
    const int32_t found = procedure.find_role(role);
    if (found == zan::kNoId) continue;
    const zan::Role::Kind kind = procedure.roles[static_cast<size_t>(found)].kind;
    if (kind == zan::Role::Kind::kOffice) return true;
    is_party = is_party || kind == zan::Role::Kind::kParty;
  }
  return !is_party;
}

std::string session_json(const OfficeSite& office, const Visitor& visitor, bool with_token) {
  std::string body;
  ask::JsonWriter json(body);
  json.raw("{");
  if (with_token) {
    json.key("token");
    json.text(visitor.token);
  }
  json.key("csrf");
  json.text(people::csrf_token(visitor.token));
  json.key("login");
  json.text(visitor.session.login);
  json.key("name");
  json.text(visitor.session.display_name);
  json.key("language");
  json.text(visitor.session.language);
  json.key("roles");
  json.raw("[");
  for (const people::RoleGrant& grant : visitor.session.roles) {
    json.comma();
    json.raw("{");
    json.key("role");
    json.text(grant.role);
    json.key("everywhere");
    json.yes_no(grant.everywhere);
    json.key("scope");
    json.text(grant.scope);
    json.key("queue");
    json.yes_no(has_queue(office.law.corpus, grant.role));
    json.raw("}");
  }
  json.raw("]");
  if (visitor.session.must_choose || visitor.session.must_enrol) {
    json.key("must");
    json.text(visitor.session.must_choose ? "password" : "factor");
  }
  json.raw("}\n");
  return body;
}

}  // namespace

Response office_json(const Context& context, std::string body, int status) {
  Response response = reply(status, "application/json", std::move(body));
  response.headers.push_back({"Content-Language", std::string(words::code(context.language))});
  response.headers.push_back({"Cache-Control", "no-store"});
  return response;
}

Response sign_in_problem(const OfficeSite& office, const Context& context, const people::Refused& refused) {
  const SignInRefusal said = say_refusal(refused.why);
  Response response = office_problem(office, context, said.status, said.phrase);
  if (refused.retry_at_ms > 0) {
    const int64_t seconds = (refused.retry_at_ms - office.house.now_ms()) / 1000 + 1;
    response.headers.push_back({"Retry-After", std::to_string(std::max<int64_t>(seconds, 1))});
  }
  return response;
}

SignInRefusal say_refusal(people::Refusal why) {
  switch (why) {
    case people::Refusal::kTooManyFailures: return {429, "office.sign_in.too_many"};
    case people::Refusal::kTooBusy: return {503, "office.unavailable"};
    case people::Refusal::kDisabled: return {403, "office.sign_in.disabled"};
    case people::Refusal::kPasswordEnded: return {403, "office.account.ended"};
    case people::Refusal::kCodeNeeded: return {401, "office.sign_in.code_needed"};
    case people::Refusal::kCodeWrong: return {401, "office.sign_in.code_wrong"};
    default: return {401, "office.sign_in.wrong"};
  }
}

Response sign_in_api(const OfficeSite& office, const Context& context) {
  Body body = Body::read(context.request.body, {"login", "password", "code"});
  const std::string login = body.text("login");
  const std::string password = body.text("password");
  const std::string code = body.text_or("code", "");
  if (body.error()) return problem(400, *body.error());
  auto signed_in = office.house.sign_ins().sign_in(login, password, code, office.house.now_ms(), client_address(office, context.request),
                                                   device_token(office, context.request));
  if (!signed_in) return failure_problem(office, context.language, signed_in.error());
  if (!*signed_in) {
    note_refusal(office, login, signed_in->error().why);
    return sign_in_problem(office, context, signed_in->error());
  }
  end_former_session(office, context.request);
  // Browsers say so by themselves, and their scripts cannot say otherwise: those have the cookie, and no script shall hold what it holds.
  const bool is_program = context.request.header("Sec-Fetch-Site").empty();
  const int64_t account = (*signed_in)->session.account;
  Response response =
      office_json(context, session_json(office, {std::move((*signed_in)->session), (*signed_in)->token, false}, is_program));
  response.headers.push_back(session_cookie(office, (*signed_in)->token));
  if (!is_program) {
    if (auto device = device_cookie(office, context.request, account)) response.headers.push_back(std::move(*device));
  }
  return response;
}

Response session_api(const OfficeSite& office, const Context& context, const Visitor& visitor) {
  return office_json(context, session_json(office, visitor, false));
}

Response sign_out_api(const OfficeSite& office, const Context& context, const Visitor& visitor) {
  if (auto done = office.house.sign_ins().sign_out(visitor.token); !done) return failure_problem(office, context.language, done.error());
  Response response{204, {{"Cache-Control", "no-store"}}, {}};
  response.headers.push_back({"Clear-Site-Data", "\"cache\""});
  response.headers.push_back(session_cookie(office, ""));
  return response;
}

}  // namespace koshi::http
