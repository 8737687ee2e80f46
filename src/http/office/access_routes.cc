#include "http/office/access_routes.h"

#include "http/office/access_pages.h"

namespace koshi::http {
namespace {

constexpr std::string_view kHtml = "text/html";
constexpr std::string_view kForm = "application/x-www-form-urlencoded";

Parameter in_query(std::string name, std::string summary) {
  return {Parameter::In::kQuery, std::move(name), std::move(summary)};
}
ResponseDoc page_doc(int status, std::string summary) {
  return {status, std::move(summary), std::string(kHtml), {}};
}

void add_provider(Router& router, const OfficeSite& office) {
  Route page{"GET",
             "/sign-in/oidc",
             "oidcPage",
             "Page: sign in by the provider who says who somebody is",
             {in_query("next", "Where to go on to"), in_query("lang", "Language; else Accept-Language decides")},
             {},
             {},
             {page_doc(200, "A button that begins"), page_doc(400, "The request is malformed"), page_doc(404, "No provider is set up")},
             {}};
  page.handle = [&office](const Context& context) { return oidc_page(office, context); };
  router.add(std::move(page));
  Route there{"POST",
              "/sign-in/oidc",
              "oidcBegin",
              "Begin to sign in by the provider, by form",
              {in_query("lang", "Language; else Accept-Language decides")},
              std::string(kForm),
              R"({"type":"object"})",
              {page_doc(200, "A page that goes on to the provider"), page_doc(400, "The request is malformed"),
               page_doc(404, "No provider is set up"), page_doc(413, "Too large"), page_doc(415, "Not a form"),
               page_doc(403, "Not from this site, or the provider is not to be believed"),
               page_doc(503, "The provider does not answer; try again")},
              {}};
  there.handle = [&office](const Context& context) { return oidc_begin(office, context); };
  router.add(std::move(there));
  Route back{"GET",
             "/sign-in/callback",
             "oidcCallback",
             "Back from the provider",
             {in_query("code", "For which the provider gives a token"), in_query("state", "That fits this browser"),
              in_query("error", "Why there is no code"), in_query("iss", "Who answers (RFC 9207)"),
              in_query("session_state", "Passed over"), in_query("scope", "Passed over"), in_query("error_description", "Passed over"),
              in_query("lang", "Language; else Accept-Language decides")},
             {},
             {},
             {{303, "Signed in", {}, {}},
              page_doc(400, "The request is malformed"),
              page_doc(403, "Not begun here, denied, not believed, not linked to an account"),
              page_doc(404, "No provider is set up"),
              page_doc(503, "The provider or the database does not answer; try again")},
             {}};
  back.handle = [&office](const Context& context) { return oidc_callback(office, context); };
  router.add(std::move(back));
}

}  // namespace

void add_access_routes(Router& router, const OfficeSite& office) {
  add_provider(router, office);
}

}  // namespace koshi::http
