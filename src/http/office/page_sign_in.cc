#include "base/text.h"
#include "http/office/case_key.h"
#include "http/office/client_address.h"
#include "http/office/form_body.h"
#include "http/office/office_api.h"
#include "http/office/office_pages.h"
#include "http/office/page_frame.h"
#include "http/office/trace.h"
#include "office/oidc/sign_on.h"

namespace koshi::http {
namespace {

struct SignInForm {
  std::string login, next;
  bool asks_code = false;
  std::string error;
  int status = 200;
};

std::vector<View> demo_views(const OfficeSite& office, words::Language language) {
  std::vector<View> views;
  for (const DemoVisitor& visitor : office.demo) {
    View view;
    const DemoVisitor::Words said = visitor.in(language);
    view.text("login", visitor.login).text("password", visitor.password).text("name", said.name).text("about", said.about);
    views.push_back(std::move(view));
  }
  return views;
}

/// What everybody may begin without signing in.
std::vector<View> keyed_views(const OfficeSite& office, const Context& context) {
  std::vector<View> views;
  for (const zan::Procedure& procedure : office.law.corpus.procedures) {
    if (keyed_party(office, procedure) == zan::kNoId) continue;
    const words::ProcedureWords said(office.site.words, context.language, procedure);
    views.push_back(link_view(href(context, "/without-account/" + percent_encode(procedure.name)), said.label()));
  }
  return views;
}

/// Empty where no provider is set up.
std::string provider_href(const OfficeSite& office, const Context& context) {
  return office.sign_on == nullptr ? std::string() : href(context, "/sign-in/oidc");
}
std::string provider_label(const OfficeSite& office, const Context& context) {
  if (office.sign_on == nullptr) return {};
  return phrase(office.site, context, "office.oidc.with", {{"name", office.sign_on->config().name}});
}

Response shown(const OfficeSite& office, const Context& context, const SignInForm& form) {
  Page page{.name = "office_sign_in", .title = phrase(office.site, context, "office.sign_in.title"), .view = {}};
  page.status = form.status;
  page.is_private = true;
  page.view.text("heading", page.title);
  if (!form.error.empty()) page.title = phrase(office.site, context, "page.ask.error_prefix") + page.title;
  auto demo = demo_views(office, context.language);
  View error;
  error.text("href", form.asks_code ? "#code" : "#login").text("text", form.error);
  page.view.text("error", form.error)
      .list("errors", {error})
      .text("action", href(context, "/sign-in"))
      .text("login", form.login)
      .text("next", form.next)
      .text("provider", provider_href(office, context))
      .text("provider_label", provider_label(office, context))
      .flag("asks_code", form.asks_code)
      .list("keyed", keyed_views(office, context))
      .text("key", href(context, "/key"))
      .flag("has_demo", !demo.empty())
      .list("demo", std::move(demo));
  return office_page(office, context, nullptr, std::move(page));
}

/// Without the port, which a proxy may leave out.
std::string_view host_name(std::string_view authority) {
  const size_t colon = authority.rfind(':');
  const bool has_port = colon != std::string_view::npos && authority.find(']', colon) == std::string_view::npos;
  return has_port ? authority.substr(0, colon) : authority;
}

Response signed_in(const OfficeSite& office, const Context& context, const people::SignedIn& done, std::string_view next) {
  Query query;
  const auto own = words::parse_language(done.session.language);
  if (context.language_chosen) {
    query.add("lang", std::string(words::code(context.language)));
  } else if (own) {
    query.add("lang", std::string(words::code(*own)));
  }
  Response response = see_other(query.url(safe_next(next)));
  response.headers.push_back(session_cookie(office, done.token));
  response.headers.push_back({"Cache-Control", "no-store"});
  return response;
}

}  // namespace

bool is_foreign(const Request& request) {
  const std::string_view site = request.header("Sec-Fetch-Site");
  if (!site.empty()) return site != "same-origin" && site != "none";
  // Older browsers tell the origin alone, "null" where they hide it.
  const std::string_view origin = request.header("Origin");
  const size_t scheme = origin.find("://");
  return !origin.empty() && (scheme == std::string_view::npos || host_name(origin.substr(scheme + 3)) != host_name(request.header("Host")));
}

Response sign_in_page(const OfficeSite& office, const Context& context) {
  SignInForm form;
  form.next = context.query.get("next").value_or("");
  return shown(office, context, form);
}

Response sign_in_post(const OfficeSite& office, const Context& context) {
  if (is_foreign(context.request)) {
    return refused_page(office, context, nullptr, 403, "office.failed.title", "office.sign_in.forged");
  }
  const auto fields = read_form(context.request.body);
  if (!fields) return refused_page(office, context, nullptr, 400, "office.failed.title", "office.failed.form");
  SignInForm form;
  form.login = std::string(trim(fields->get("login").value_or("")));
  form.next = fields->get("next").value_or("");
  const std::string code(trim(fields->get("code").value_or("")));
  const auto done = office.house.sign_ins().sign_in(form.login, fields->get("password").value_or(""), code, office.house.now_ms(),
                                                    client_address(office, context.request), device_token(office, context.request));
  if (!done) return failure_page(office, context, nullptr, done.error());
  if (*done) {
    end_former_session(office, context.request);
    Response response = signed_in(office, context, **done, form.next);
    if (auto device = device_cookie(office, context.request, (*done)->session.account)) response.headers.push_back(std::move(*device));
    return response;
  }
  const people::Refusal why = done->error().why;
  note_refusal(office, form.login, why);
  const SignInRefusal said = say_refusal(why);
  form.asks_code = why == people::Refusal::kCodeNeeded || why == people::Refusal::kCodeWrong;
  form.error = phrase(office.site, context, said.phrase);
  form.status = said.status == 401 ? 422 : said.status;
  return shown(office, context, form);
}

Response sign_out_post(const OfficeSite& office, const Context& context, const Visitor& visitor, const MultipartForm&) {
  if (auto done = office.house.sign_ins().sign_out(visitor.token); !done) return failure_page(office, context, &visitor, done.error());
  Response response = see_other(href(context, "/"));
  response.headers.push_back({"Clear-Site-Data", "\"cache\""});
  response.headers.push_back(session_cookie(office, ""));
  response.headers.push_back(key_cookie(office, ""));
  return response;
}

}  // namespace koshi::http
