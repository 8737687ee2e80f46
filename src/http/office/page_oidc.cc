// Signing in by another provider's word: the way there and the way back.
#include <utility>

#include "http/office/access_pages.h"
#include "http/office/cookies.h"
#include "http/office/form_body.h"
#include "http/office/office_api.h"
#include "http/office/office_pages.h"
#include "http/office/page_frame.h"
#include "http/office/trace.h"
#include "office/oidc/sign_on.h"
#include "office/people/account.h"

namespace koshi::http {
namespace {

constexpr std::string_view kCookie = "koshi_oidc";
constexpr int kCookieSeconds = static_cast<int>(oidc::kAttemptMaxMs / 1000);

/// An empty value ends it.
Header attempt_cookie(const OfficeSite& office, std::string_view value) {
  std::string text = secured_cookie_name(office, kCookie) + "=" + std::string(value) + "; Path=/; HttpOnly; SameSite=Lax";
  if (office.behind_tls) text += "; Secure";
  text += "; Max-Age=" + std::to_string(value.empty() ? 0 : kCookieSeconds);
  return {"Set-Cookie", std::move(text)};
}

Response no_such_page(const OfficeSite& office, const Context& context) {
  return refused_page(office, context, nullptr, 404, "office.failed.404_title", "office.oidc.none");
}

void tell(const OfficeSite& office, const std::string& message) {
  if (office.log) office.log("sign-in by provider: " + message);
}

struct Said {
  int status;
  std::string_view phrase;
};
Said say(oidc::SignOnFault fault) {
  switch (fault) {
    case oidc::SignOnFault::kNotBegun: return {403, "office.oidc.not_begun"};
    case oidc::SignOnFault::kDenied: return {403, "office.oidc.denied"};
    case oidc::SignOnFault::kUnavailable: return {503, "office.oidc.unavailable"};
    case oidc::SignOnFault::kRefused: break;
  }
  return {403, "office.oidc.refused"};
}

Response failed(const OfficeSite& office, const Context& context, const oidc::SignOnProblem& problem) {
  tell(office, problem.message);
  const Said said = say(problem.fault);
  Response response = refused_page(office, context, nullptr, said.status, "office.sign_in.title", said.phrase);
  response.headers.push_back(attempt_cookie(office, ""));
  response.headers.push_back({"Cache-Control", "no-store"});
  if (said.status == 503) response.headers.push_back({"Retry-After", "5"});
  return response;
}

/// Who it is was proven, but no account is his. He is told by what name the office would know him, so that its keeper can link it.
Response not_linked(const OfficeSite& office, const Context& context, const people::Identity& identity) {
  Page page{.name = "office_refused", .title = phrase(office.site, context, "office.sign_in.title"), .view = {}, .status = 403};
  page.is_private = true;
  page.view.text("heading", page.title)
      .text("text", phrase(office.site, context, "office.oidc.not_linked", {{"issuer", identity.issuer}, {"subject", identity.subject}}))
      .text("desk", href(context, "/sign-in"));
  Response response = office_page(office, context, nullptr, std::move(page));
  response.headers.push_back(attempt_cookie(office, ""));
  return response;
}

/// With a button that begins, or, once begun, a link to the provider. A form may not lead to other sites, and pages that have been sent by
/// one are bound by that: so the way there is a page that goes on by itself.
Response way_page(const OfficeSite& office, const Context& context, const std::string& location) {
  const std::string& name = office.sign_on->config().name;
  Page page{.name = "office_oidc", .title = phrase(office.site, context, "office.oidc.with", {{"name", name}}), .view = {}};
  page.is_private = true;
  page.view.text("heading", page.title)
      .text("text", phrase(office.site, context, "office.account.oidc_text", {{"name", name}}))
      .text("action", href(context, "/sign-in/oidc"))
      .text("next", context.query.get("next").value_or(""))
      .text("location", location);
  return office_page(office, context, nullptr, std::move(page));
}

Response open(const OfficeSite& office, const Context& context, const oidc::Proven& proven) {
  auto account = office.house.store().read([&](store::Reader& reader) { return people::account_of(reader, proven.identity); });
  if (!account) return failure_page(office, context, nullptr, account.error());
  if (!*account) return not_linked(office, context, proven.identity);
  auto done = office.house.sign_ins().open_session(**account, proven.proof, office.house.now_ms());
  if (!done) return failure_page(office, context, nullptr, done.error());
  if (!*done) {
    const auto known = office.house.store().read([&](store::Reader& reader) { return people::find_account(reader, **account); });
    if (known && *known) note_refusal(office, (*known)->login, done->error().why);
    const bool lacks_code = done->error().why == people::Refusal::kCodeNeeded;
    return refused_page(office, context, nullptr, 403, "office.sign_in.title",
                        lacks_code ? "office.oidc.code_needed" : "office.sign_in.disabled");
  }
  end_former_session(office, context.request);
  Query query;
  if (const auto own = words::parse_language((*done)->session.language)) query.add("lang", std::string(words::code(*own)));
  Response response = see_other(query.url(safe_next(proven.next)));
  response.headers.push_back(session_cookie(office, (*done)->token));
  response.headers.push_back(attempt_cookie(office, ""));
  response.headers.push_back({"Cache-Control", "no-store"});
  return response;
}

}  // namespace

Response oidc_page(const OfficeSite& office, const Context& context) {
  if (office.sign_on == nullptr) return no_such_page(office, context);
  return way_page(office, context, {});
}

Response oidc_begin(const OfficeSite& office, const Context& context) {
  if (is_foreign(context.request)) {
    return refused_page(office, context, nullptr, 403, "office.failed.title", "office.sign_in.forged");
  }
  if (office.sign_on == nullptr) return no_such_page(office, context);
  const auto fields = read_form(context.request.body);
  if (!fields) return refused_page(office, context, nullptr, 400, "office.failed.title", "office.failed.form");
  const auto begun = office.sign_on->begin(fields->get("next").value_or(""));
  if (!begun) return failed(office, context, begun.error());
  Response response = way_page(office, context, begun->location);
  response.headers.push_back({"Refresh", "0;url=" + begun->location});
  response.headers.push_back(attempt_cookie(office, begun->cookie));
  return response;
}

Response oidc_callback(const OfficeSite& office, const Context& context) {
  if (office.sign_on == nullptr) return no_such_page(office, context);
  const auto said = [&](std::string_view name) { return context.query.get(name).value_or(""); };
  const std::string cookie(cookie_of(context.request, secured_cookie_name(office, kCookie)));
  const auto proven = office.sign_on->finish(cookie, {said("code"), said("state"), said("error"), said("iss")});
  if (!proven) return failed(office, context, proven.error());
  return open(office, context, *proven);
}

}  // namespace koshi::http
