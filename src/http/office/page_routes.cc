#include "http/office/page_routes.h"

#include "http/office/access_pages.h"
#include "http/office/account_pages.h"
#include "http/office/copy_case.h"
#include "http/office/form_body.h"
#include "http/office/office_pages.h"
#include "http/office/pace.h"
#include "http/office/page_frame.h"
#include "http/office/returns.h"
#include "http/office/trace.h"

namespace koshi::http {
namespace {

using PublicPage = Response (*)(const OfficeSite&, const Context&);
using PrivatePage = Response (*)(const OfficeSite&, const Context&, const Visitor&);
using PrivatePost = Response (*)(const OfficeSite&, const Context&, const Visitor&, const MultipartForm&);

constexpr std::string_view kHtml = "text/html";
constexpr std::string_view kForm = "application/x-www-form-urlencoded";
constexpr std::string_view kFileForm = "multipart/form-data";

Parameter in_path(std::string name, std::string summary) {
  return {Parameter::In::kPath, std::move(name), std::move(summary)};
}
Parameter in_query(std::string name, std::string summary) {
  return {Parameter::In::kQuery, std::move(name), std::move(summary)};
}
ResponseDoc page_doc(int status, std::string summary) {
  return {status, std::move(summary), std::string(kHtml), {}};
}

/// 503 in words, for who asked for a page.
Response unavailable(const OfficeSite& office, const Context& context) {
  return failure_page(office, context, nullptr, store::StoreError{});
}

/// To the sign-in page; that somebody came without a session is counted.
Response turn_away(const OfficeSite& office, const Context& context, std::string_view route) {
  note_stranger(office, context.request, route);
  return sign_in_first(context);
}

/// What is of everybody's own account begins so; whoever has the key of a case has none, and whoever must first see to his account is led
/// there.
constexpr std::string_view kOfAccount = "account";

Response too_fast(const OfficeSite& office, const Context& context, const Visitor& visitor, int64_t seconds) {
  note_too_fast(office, visitor);
  Response response = refused_page(office, context, &visitor, 429, "office.failed.title", "office.account.too_fast");
  response.headers.push_back({"Retry-After", std::to_string(seconds)});
  return response;
}

/// What is told before the page itself has a word; none: it goes on.
std::optional<Response> held_up(const OfficeSite& office, const Context& context, const Visitor& visitor, std::string_view route) {
  const auto kind = route == "openCaseForm" ? Pace::Kind::kOpening : Pace::Kind::kRequest;
  if (const auto wait = office.pace->take(visitor.session.login, kind, office.house.now_ms()))
    return too_fast(office, context, visitor, *wait);
  const bool of_account = route.starts_with(kOfAccount);
  if (of_account && visitor.by_key) return refused_page(office, context, &visitor, 403, "office.failed.title", "office.account.by_key");
  const bool must = visitor.session.must_choose || visitor.session.must_enrol;
  if (must && !of_account && route != "signOutForm") return see_other(href(context, "/account"));
  return std::nullopt;
}

Response show(const OfficeSite& office, const Context& context, std::string_view route, PrivatePage handle) {
  auto visitor = visitor_of(office, context);
  if (!visitor) return unavailable(office, context);
  if (!*visitor) return turn_away(office, context, route);
  auto other = held_up(office, context, **visitor, route);
  Response response = other ? std::move(*other) : handle(office, context, **visitor);
  note_malformed(office, &**visitor, response);
  return response;
}

Result<MultipartForm> read_sent(const Request& request, std::string_view media_type) {
  if (media_type == kFileForm) return read_multipart(request.header("Content-Type"), request.body);
  TRY(fields, read_form(request.body));
  return MultipartForm{std::move(fields), {}};
}

struct Post {
  std::string route, media_type;
  PrivatePost handle;
};

Response answer_to(const OfficeSite& office, const Context& context, const Visitor& visitor, const Post& post) {
  const auto sent = read_sent(context.request, post.media_type);
  if (!sent) return refused_page(office, context, &visitor, 400, "office.failed.title", "office.failed.form");
  if (!is_own_request(visitor, sent->fields.get("csrf").value_or(""))) {
    note_forged(office, visitor);
    return refused_page(office, context, &visitor, 403, "office.failed.title", "office.sign_in.forged");
  }
  if (auto other = held_up(office, context, visitor, post.route)) return std::move(*other);
  return post.handle(office, context, visitor, *sent);
}

Response take(const OfficeSite& office, const Context& context, const Post& post) {
  auto visitor = visitor_of(office, context);
  if (!visitor) return unavailable(office, context);
  if (!*visitor) return turn_away(office, context, post.route);
  Response response = answer_to(office, context, **visitor, post);
  note_malformed(office, &**visitor, response);
  return response;
}

class Table {
 public:
  Table(Router& router, const OfficeSite& office) : router_(router), office_(office) {}

  void open(Route route, PublicPage handle) {
    route.handle = [handle, &office = office_](const Context& context) {
      Response response = handle(office, context);
      note_malformed(office, nullptr, response);
      return response;
    };
    add(std::move(route));
  }
  void page(std::string path, std::string id, std::string summary, std::vector<Parameter> parameters, PrivatePage handle,
            std::vector<ResponseDoc> more = {}) {
    Route route{"GET", std::move(path), std::move(id), std::move(summary), std::move(parameters), {}, {}, std::move(more), {}};
    for (ResponseDoc doc : {page_doc(200, "The page"), ResponseDoc{303, "To the sign-in page", {}, {}}, page_doc(403, "Not for this role"),
                            page_doc(404, "Not there, or not for you"), page_doc(409, "Not in the state of the case"),
                            page_doc(429, "Asked faster than people do")}) {
      route.responses.push_back(std::move(doc));
    }
    route.handle = [handle, id = route.id, &office = office_](const Context& context) { return show(office, context, id, handle); };
    add(std::move(route));
  }
  void post(std::string path, std::string id, std::string summary, std::vector<Parameter> parameters, PrivatePost handle,
            std::string_view media_type = kForm, std::vector<ResponseDoc> more = {}) {
    Route route{"POST", std::move(path), std::move(id), std::move(summary), std::move(parameters), std::string(media_type), {}, {}, {}};
    route.request_schema = R"({"type":"object"})";
    route.responses = {{303, "Done; or nobody is signed in", {}, {}},
                       page_doc(403, "A forged request, or not for this role"),
                       page_doc(404, "No such case, or not for you"),
                       page_doc(409, "The case has moved on, or the act is not of its state"),
                       page_doc(413, "Too large"),
                       page_doc(415, "Not a form"),
                       page_doc(422, "What was typed cannot be taken, or it is not lawful: the page says why"),
                       page_doc(429, "Asked faster than people do, or too many failures")};
    for (ResponseDoc& doc : more) route.responses.push_back(std::move(doc));
    if (media_type == kFileForm) route.body_max_bytes = kMaxFileBytes;
    route.handle = [post = Post{route.id, route.request_media_type, handle}, &office = office_](const Context& context) {
      return take(office, context, post);
    };
    add(std::move(route));
  }

 private:
  void add(Route route) {
    route.responses.push_back(page_doc(400, "The request is malformed"));
    route.responses.push_back(page_doc(503, "The database does not answer; try again"));
    route.parameters.push_back({Parameter::In::kQuery, "lang", "Language; else Accept-Language decides"});
    router_.add(std::move(route));
  }

  Router& router_;
  const OfficeSite& office_;
};

void add_sign_in(Table& table) {
  table.open(
      {"GET", "/sign-in", "signInPage", "Page: sign in", {in_query("next", "Where to go on to")}, {}, {}, {page_doc(200, "The page")}, {}},
      sign_in_page);
  table.open({"POST",
              "/sign-in",
              "signInForm",
              "Sign in by form",
              {},
              std::string(kForm),
              R"({"type":"object"})",
              {{303, "Signed in", {}, {}},
               page_doc(403, "Not from this site, or a disabled account"),
               page_doc(413, "Too large"),
               page_doc(415, "Not a form"),
               page_doc(422, "Wrong login, password or code"),
               page_doc(429, "Too many failures")},
              {}},
             sign_in_post);
  table.post("/sign-out", "signOutForm", "Sign out by form", {}, sign_out_post);
}

void add_account(Table& table) {
  table.page("/account", "accountPage", "Page: the visitor's own account", {in_query("done", "What was done before")}, account_page);
  table.post("/account/password", "accountPassword", "Change one's password", {}, account_password_post);
  table.post("/account/sessions", "accountSessions", "End one's sessions", {}, account_sessions_post);
  table.post("/account/factor", "accountFactor", "Begin to enrol a second factor", {}, factor_begin_post, kForm,
             {page_doc(200, "The secret")});
  table.post("/account/factor/confirm", "accountFactorConfirm", "Confirm a second factor by its code", {}, factor_confirm_post, kForm,
             {page_doc(200, "The recovery codes, which are shown once")});
  table.post("/account/factor/remove", "accountFactorRemove", "Remove one's second factor", {}, factor_remove_post);
}

void add_returns(Table& table) {
  table.page("/returns", "returnsPage", "Page: returns", {}, returns_page);
  table.page("/returns/{return}", "returnPage", "Page: a return, or as a CSV file",
             {in_path("return", "Name"), in_query("period", "2026-05, 2026-Q2 or 2026; else the last one that has ended"),
              in_query("format", "csv: as a table")},
             return_page, {page_doc(422, "No such period")});
}

void add_keys(Table& table) {
  const Parameter procedure = in_path("procedure", "Name");
  table.open({"GET",
              "/without-account/{procedure}",
              "withoutAccountPage",
              "Page: begin without an account",
              {procedure},
              {},
              {},
              {page_doc(200, "The page"), page_doc(404, "No such procedure, or it needs an account")},
              {}},
             without_account_page);
  table.open({"POST",
              "/without-account/{procedure}",
              "openWithoutAccount",
              "Open a case without an account, by form",
              {procedure},
              std::string(kForm),
              R"({"type":"object"})",
              {page_doc(200, "The key, which is shown once"), page_doc(403, "Not from this site"),
               page_doc(404, "No such procedure, or it needs an account"), page_doc(413, "Too large"), page_doc(415, "Not a form"),
               page_doc(429, "Too many cases were opened in this minute")},
              {}},
             without_account_post);
  table.open({"GET", "/key", "keyPage", "Page: come back with the key of a case", {}, {}, {}, {page_doc(200, "The page")}, {}}, key_page);
  table.open({"POST",
              "/key",
              "keyForm",
              "Come back with the key of a case, by form",
              {},
              std::string(kForm),
              R"({"type":"object"})",
              {{303, "To the case", {}, {}},
               page_doc(403, "Not from this site"),
               page_doc(413, "Too large"),
               page_doc(415, "Not a form"),
               page_doc(422, "No case has this key")},
              {}},
             key_post);
  table.open({"GET", "/leave", "leave", "Forget the key and go to a page that says nothing", {}, {}, {}, {{303, "Away", {}, {}}}, {}},
             leave_page);
}

void add_public(Table& table) {
  const auto open = [&](std::string path, std::string id, std::string summary, std::vector<Parameter> parameters, PublicPage handle) {
    Route route{"GET", std::move(path), std::move(id), std::move(summary), std::move(parameters), {}, {}, {}, {}};
    route.responses = {page_doc(200, "The page"), page_doc(404, "There is no such thing")};
    table.open(std::move(route), handle);
  };
  open("/quota", "quotaPage", "Page: balances of the quota",
       {in_query("prefix", "What the account begins with"), in_query("after", "The last account of the page before")}, quota_page);
  open("/journal", "journalPage", "Page: the journal's signed state", {}, journal_page);
  open("/procedures", "proceduresPage", "Page: the procedures of the law", {}, procedures_page);
  open("/procedures/{procedure}", "procedurePage", "Page: one procedure", {in_path("procedure", "Name")}, procedure_page);
  Route diagram{"GET",
                "/procedures/{procedure}/diagram.svg",
                "procedureDiagram",
                "The states of a procedure as a picture",
                {in_path("procedure", "Name"), in_query("state", "That is marked"), in_query("on", "Only what is in force on this day")},
                {},
                {},
                {{200, "The picture", "image/svg+xml", {}}, page_doc(404, "There is no such procedure")},
                {}};
  table.open(std::move(diagram), diagram_file);
  open("/verify", "verifyPage", "Page: is a paper valid?",
       {in_query("number", "As on the paper"), in_query("code", "The text of its code")}, verify_page);
  open("/verify/{case}/{paper}", "verifyPaperPage", "Page: whether this paper is valid",
       {in_path("case", "The number before the stroke"), in_path("paper", "The number after it")}, verify_paper_page);
}

void add_cases(Table& table) {
  const Parameter id = in_path("case", "Number of the case");
  const Parameter form = in_path("form", "Name");
  const Parameter action = in_path("action", "Name");
  table.page("/desk", "deskPage", "Page: the visitor's cases",
             {in_query("as", "Role"), in_query("after", "Cursor of the page before"), in_query("number", "To the case of this number")},
             desk_page);
  table.page("/cases", "casesPage", "Page: the visitor's cases", {}, desk_page);
  table.post("/cases", "openCaseForm", "Open a case by form", {}, open_case_post);
  table.page("/cases/{case}", "casePage", "Page: one case", {id}, case_page);
  table.post("/cases/{case}/copy", "copyForm", "Begin anew with the answers of a case that has ended, by form", {id}, copy_case_post);
  table.page("/cases/{case}/related", "relatedPage", "Page: the other cases of the people whom a case names", {id}, related_page);
  table.page("/cases/{case}/forms/{form}", "formPage", "Page: one form of a case", {id, form}, form_page);
  table.post("/cases/{case}/forms/{form}", "fillForm", "Fill in a form of a case", {id, form}, form_post);
  table.post("/cases/{case}/take", "takeForm", "Take facts over from an earlier case by form", {id}, take_post);
  table.page("/cases/{case}/documents", "documentsPage", "Page: attach a document", {id, in_query("kind", "Which one")}, documents_page);
  table.post("/cases/{case}/documents", "attachForm", "Attach a document by form", {id}, attach_post, kFileForm);
  table.post("/cases/{case}/documents/remove", "detachForm", "Take a document back by form", {id}, detach_post);
  const Parameter list = in_path("list", "Path of the list, such as workers");
  table.page("/cases/{case}/lists/{list}", "listPage", "Page: a list of the case from a file", {id, list}, list_page);
  table.post("/cases/{case}/lists/{list}", "listForm", "Take a list from a file or from pasted rows", {id, list}, list_post, kFileForm);
  table.page("/cases/{case}/actions/{action}", "actionPage", "Page: what an action would do", {id, action}, action_page);
  table.post("/cases/{case}/actions/{action}", "actForm", "Act by form", {id, action}, action_post);
}

}  // namespace

void add_office_pages(Router& router, const OfficeSite& office) {
  Table table(router, office);
  add_sign_in(table);
  add_account(table);
  add_keys(table);
  add_returns(table);
  add_public(table);
  add_cases(table);
}

}  // namespace koshi::http
