// Cases without an account: to begin one, to come back with its key, and to be gone at once.
#include "http/office/case_key.h"
#include "http/office/failure.h"
#include "http/office/form_body.h"
#include "http/office/office_pages.h"
#include "http/office/page_frame.h"
#include "http/office/refusal_view.h"
#include "office/people/case_key.h"

namespace koshi::http {
namespace {

/// Nothing of ours: the weather, which anybody may have looked at.
constexpr char kElsewhere[] = "https://www.gismeteo.kz/";

const zan::Procedure* keyed_procedure(const OfficeSite& office, const Context& context) {
  const int32_t found = office.law.corpus.find_procedure(context.path_parameter("procedure"));
  if (found == zan::kNoId) return nullptr;
  const zan::Procedure& procedure = office.law.corpus.procedures[static_cast<size_t>(found)];
  return keyed_party(office, procedure) == zan::kNoId ? nullptr : &procedure;
}

Response no_procedure(const OfficeSite& office, const Context& context) {
  return refused_page(office, context, nullptr, 404, "office.failed.404_title", "office.no_procedure");
}

/// The window says nothing of what it shows.
Response discreet(const OfficeSite& office, const Context& context, Page page) {
  page.title = phrase(office.site, context, "office.key.neutral_title");
  page.is_private = true;
  add_way_out(page);
  return office_page(office, context, nullptr, std::move(page));
}

struct KeyForm {
  std::string error;
  int status = 200;
};

Response asked_for_key(const OfficeSite& office, const Context& context, const KeyForm& form) {
  Page page{.name = "office_key", .title = {}, .view = {}, .status = form.status};
  View error;
  error.text("href", "#key").text("text", form.error);
  page.view.text("heading", phrase(office.site, context, "office.key.have"))
      .text("error", form.error)
      .list("errors", {error})
      .text("action", href(context, "/key"));
  return discreet(office, context, std::move(page));
}

Response key_shown(const OfficeSite& office, const Context& context, const zan::Procedure& procedure, const KeyedCase& opened) {
  const words::ProcedureWords said(office.site.words, context.language, procedure);
  Page page{.name = "office_key_made", .title = {}, .view = {}};
  page.view.text("heading", phrase(office.site, context, "office.key.yours"))
      .text("procedure", said.label())
      .text("key", opened.key)
      .text("case", case_href(context, opened.seen.item.id));
  Response response = discreet(office, context, std::move(page));
  response.headers.push_back(key_cookie(office, opened.key));
  return response;
}

}  // namespace

Response without_account_page(const OfficeSite& office, const Context& context) {
  const zan::Procedure* procedure = keyed_procedure(office, context);
  if (procedure == nullptr) return no_procedure(office, context);
  const words::ProcedureWords said(office.site.words, context.language, *procedure);
  Page page{.name = "office_without_account", .title = {}, .view = {}};
  page.view.text("heading", said.label())
      .text("help", said.help())
      .text("sealed", procedure->sealed ? phrase(office.site, context, "office.key.sealed") : "")
      .text("action", href(context, context.request.path))
      .text("have", href(context, "/key"))
      .text("about", href(context, "/procedures/" + percent_encode(procedure->name)));
  return discreet(office, context, std::move(page));
}

Response without_account_post(const OfficeSite& office, const Context& context) {
  if (is_foreign(context.request)) return refused_page(office, context, nullptr, 403, "office.failed.title", "office.sign_in.forged");
  const zan::Procedure* procedure = keyed_procedure(office, context);
  if (procedure == nullptr) return no_procedure(office, context);
  if (const auto seconds = office.openings->take(office.house.now_ms())) {
    Response response = refused_page(office, context, nullptr, 429, "office.failed.title", "office.key.too_many");
    response.headers.push_back({"Retry-After", std::to_string(*seconds)});
    return response;
  }
  const auto opened = open_keyed_case(office, *procedure, context.language);
  if (!opened) return failure_page(office, context, nullptr, opened.error());
  return key_shown(office, context, *procedure, *opened);
}

Response key_page(const OfficeSite& office, const Context& context) {
  return asked_for_key(office, context, {});
}

/// A key of which there is no case is told apart from none at all: it has a hundred bits, so that nobody finds one by trying.
Response key_post(const OfficeSite& office, const Context& context) {
  if (is_foreign(context.request)) return refused_page(office, context, nullptr, 403, "office.failed.title", "office.sign_in.forged");
  const auto fields = read_form(context.request.body);
  if (!fields) return refused_page(office, context, nullptr, 400, "office.failed.title", "office.failed.form");
  const auto key = people::read_case_key(fields->get("key").value_or(""));
  if (!key) return asked_for_key(office, context, {phrase(office.site, context, "office.key.malformed"), 422});
  const Visitor visitor = visitor_of_key(office, *key, true);
  for (const office::Actor& actor : actors_of(office, visitor, context.language)) {
    office::CaseFilter filter;
    filter.role = actor.role;
    filter.scope = actor.scope;
    filter.open_only = false;
    filter.limit = 2;
    const auto page = office.house.desk().list(filter);
    if (!page) return failure_page(office, context, nullptr, page.error());
    if (page->rows.empty()) continue;
    Response response = see_other(page->rows.size() == 1 ? case_href(context, page->rows[0].id) : href(context, "/desk"));
    response.headers.push_back(key_cookie(office, *key));
    response.headers.push_back({"Cache-Control", "no-store"});
    return response;
  }
  return asked_for_key(office, context, {phrase(office.site, context, "office.key.unknown"), 422});
}

Response leave_page(const OfficeSite& office, const Context&) {
  Response response = see_other(kElsewhere);
  response.headers.push_back(key_cookie(office, ""));
  response.headers.push_back({"Referrer-Policy", "no-referrer"});
  response.headers.push_back({"Cache-Control", "no-store"});
  return response;
}

}  // namespace koshi::http
