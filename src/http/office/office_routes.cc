#include "http/office/office_routes.h"

#include "http/office/access_pages.h"
#include "http/office/access_routes.h"
#include "http/office/copy_case.h"
#include "http/office/ledger_api.h"
#include "http/office/office_api.h"
#include "http/office/office_schemas.h"
#include "http/office/page_routes.h"
#include "http/office/paper.h"
#include "http/office/people_api.h"
#include "http/office/portal_api.h"
#include "http/office/returns.h"
#include "http/office/route_table.h"
#include "http/office/trial_day.h"

namespace koshi::http {
namespace {

constexpr std::string_view kJson = "application/json";

const std::vector<ResponseDoc>& case_docs() {
  static const std::vector<ResponseDoc> kDocs = {json_doc(200, "Seen"),
                                                 problem_doc(404, "No such case, or not for you"),
                                                 refusal_doc(409, "The case has moved on, or the act is not of its state"),
                                                 refusal_doc(413, "Too much"),
                                                 refusal_doc(422, "Facts or documents are missing or wrong, or it is not lawful"),
                                                 refusal_doc(500, "The law gives no clear answer")};
  return kDocs;
}

void add_sessions(RouteTable& table) {
  table.open(
      {"POST",
       "/api/v1/session",
       "signIn",
       "Sign in",
       {},
       std::string(kJson),
       reference("SignIn"),
       {json_doc(200, "Session"), problem_doc(401, "Wrong login, password or code"), problem_doc(403, "The account is disabled"),
        problem_doc(413, "Too large"), problem_doc(415, "Not JSON"), problem_doc(429, "Too many failures"), problem_doc(503, "Try again")},
       {}},
      sign_in_api);
  table.closed({"GET", "/api/v1/session", "session", "Who is signed in", {}, {}, {}, {json_doc(200, "Session")}, {}}, session_api);
  table.closed({"DELETE", "/api/v1/session", "signOut", "Sign out", {}, {}, {}, {{204, "Signed out", {}, {}}}, {}}, sign_out_api);
}

void add_returns(RouteTable& table) {
  table.closed({"GET", "/api/v1/returns", "returns", "Returns that the visitor sees", {}, {}, {}, {json_doc(200, "Returns")}, {}},
               returns_api);
  table.closed({"GET",
                "/api/v1/returns/{return}",
                "return",
                "A return, counted from the cases",
                {in_path("return", "Name"), in_query("period", "2026-05, 2026-Q2 or 2026; else the last one that has ended"),
                 in_query("format", "csv: as a table")},
                {},
                {},
                {json_doc(200, "Return"), problem_doc(404, "No such return, or not for you"), problem_doc(422, "No such period")},
                {}},
               return_api);
}

void add_public(RouteTable& table) {
  table.open({"GET", "/api/v1/procedures", "procedures", "The procedures of the law", {}, {}, {}, {json_doc(200, "Procedures")}, {}},
             procedures_api);
  table.open({"GET",
              "/api/v1/procedures/{procedure}",
              "procedure",
              "One procedure: roles, forms, states and actions",
              {in_path("procedure", "Name")},
              {},
              {},
              {json_doc(200, "Procedure"), problem_doc(404, "No such procedure")},
              {}},
             procedure_api);
  table.open(
      {"GET",
       "/api/v1/quota",
       "quota",
       "Balances of the quota, by account",
       {in_query("prefix", "What the account begins with, as permits/2026/"), in_query("after", "The last account of the page before")},
       {},
       {},
       {json_doc(200, "Quota"), problem_doc(503, "Try again")},
       {}},
      quota_api);
  table.open({"GET",
              "/api/v1/journal/checkpoint",
              "checkpoint",
              "The journal's signed state, a C2SP note",
              {},
              {},
              {},
              {{200, "The note", "text/plain", {}}, problem_doc(503, "Try again")},
              {}},
             checkpoint_api);
  table.open({"GET",
              "/api/v1/journal/consistency",
              "consistency",
              "That the journal of now goes on from one of so many events: two signed checkpoints and the proof between them",
              {in_query("size", "Events of the checkpoint that was kept")},
              {},
              {},
              {{200, "For journal_verify", "text/plain", {}},
               problem_doc(422, "The journal has not so many events"),
               problem_doc(503, "Try again")},
              {}},
             consistency_api);
  table.open({"GET",
              "/readyz",
              "ready",
              "Whether the office's database answers",
              {},
              {},
              {},
              {json_doc(200, "Health"), problem_doc(503, "Not now")},
              {}},
             ready_api);
  table.open({"GET",
              "/api/v1/papers/{case}/{paper}",
              "paper",
              "Whether a paper of the office is valid, by its number: that of the case, a stroke, and its place",
              {in_path("case", "Before the stroke"), in_path("paper", "Behind it")},
              {},
              {},
              {json_doc(200, "Paper"), problem_doc(404, "No such paper"), problem_doc(503, "Try again")},
              {}},
             paper_api);
}

/// The quota's ledger, and the keys of the journal.
void add_ledger(RouteTable& table) {
  const Parameter account = in_query("account", "Its code, as permits/2026/KZ-75/second");
  table.open({"GET",
              "/api/v1/quota/kinds",
              "quotaKinds",
              "Kinds of accounts, and what their codes mean",
              {},
              {},
              {},
              {json_doc(200, "QuotaKinds")},
              {}},
             quota_kinds_api);
  table.open({"GET",
              "/api/v1/quota/weeks",
              "quotaWeeks",
              "How the places of accounts were used, week by week",
              {in_query("prefix", "What the accounts begin with, as permits/2026/")},
              {},
              {},
              {json_doc(200, "QuotaWeeks"), problem_doc(503, "Try again")},
              {}},
             quota_weeks_api);
  table.open({"GET",
              "/api/v1/journal/keys",
              "journalKeys",
              "By which checkpoints and receipts are verified",
              {},
              {},
              {},
              {json_doc(200, "JournalKeys")},
              {}},
             journal_keys_api);
  table.closed(
      {"GET",
       "/api/v1/quota/postings",
       "postings",
       "Every change of an account, for who keeps it",
       {account, in_query("after", "next of the page before")},
       {},
       {},
       {json_doc(200, "Postings"), problem_doc(404, "No such account, or not for you"), problem_doc(422, "This is no place in the list")},
       {}},
      quota_postings_api);
  table.closed({"GET",
                "/api/v1/quota/holds",
                "holds",
                "Places of an account that are held now, for who keeps it",
                {account},
                {},
                {},
                {json_doc(200, "Holds"), problem_doc(404, "No such account, or not for you")},
                {}},
               quota_holds_api);
}

/// What the portal needs besides.
void add_portal(RouteTable& table) {
  table.closed({"POST",
                "/api/v1/office/day",
                "passDays",
                "Of a demonstration: its clock goes on to a later day",
                {},
                std::string(kJson),
                reference("TrialDay"),
                {json_doc(200, "Today"), problem_doc(404, "No demonstration"), problem_doc(413, "Too large"), problem_doc(415, "Not JSON"),
                 problem_doc(422, "Not a later day, or too much later")},
                {}},
               pass_days_api);
  table.open({"GET", "/api/v1/office", "office", "The office's day, and who may try it", {}, {}, {}, {json_doc(200, "Office")}, {}},
             office_api);
  table.open({"GET",
              "/api/v1/procedures/{procedure}/fields",
              "fields",
              "All that a procedure may ask, as fields",
              {in_path("procedure", "Name"), in_query("on", "Only choices that exist on this day; else today")},
              {},
              {},
              {json_doc(200, "Fields"), problem_doc(404, "No such procedure")},
              {}},
             fields_api);
  const Parameter id = in_path("case", "Number of the case");
  const Parameter as = in_query("as", "In which of the visitor's roles");
  table.closed({"GET",
                "/api/v1/cases/{case}/sheet",
                "sheet",
                "A case in words, with what the law asks of each action",
                {id, as, in_query("purpose", "Why an authority looks: it is kept in the journal")},
                {},
                {},
                {json_doc(200, "Sheet"), problem_doc(404, "No such case, or not for you"),
                 problem_doc(409, "The law has no such state any more"), refusal_doc(422, "The purpose is empty or too long")},
                {}},
               sheet_api);
  auto tried = case_docs();
  tried[0] = json_doc(200, "Sheet");
  table.closed({"POST",
                "/api/v1/cases/{case}/trial",
                "tryFacts",
                "The same as it would be with these facts; nothing is kept",
                {id, as},
                std::string(kJson),
                reference("TryFacts"),
                std::move(tried),
                {}},
               try_facts_api);
}

/// What follows goes through the same addresses as for everybody, by `Authorization: Key …`.
void add_keyed(RouteTable& table) {
  table.open({"POST",
              "/api/v1/keyed-cases",
              "openKeyedCase",
              "Open a case without an account: the answer has the key by which its party comes back",
              {},
              std::string(kJson),
              reference("OpenCase"),
              {json_doc(201, "KeyedCase"), problem_doc(403, "The procedure needs an account"), problem_doc(404, "No such procedure"),
               problem_doc(413, "Too large"), problem_doc(415, "Not JSON"), problem_doc(429, "Too many were opened in this minute"),
               problem_doc(503, "Try again")},
              {}},
             open_keyed_api);
}

void add_beginnings(RouteTable& table) {
  const Parameter id = in_path("case", "Number of the case");
  const Parameter as = in_query("as", "In which of the visitor's roles");
  auto opened = case_docs();
  opened[0] = json_doc(201, "Seen");
  table.closed({"POST", "/api/v1/cases", "openCase", "Open a case", {}, std::string(kJson), reference("OpenCase"), std::move(opened), {}},
               open_case_api);
  auto copied = case_docs();
  copied[0] = json_doc(201, "Seen");
  table.closed({"POST",
                "/api/v1/cases/{case}/copy",
                "copyCase",
                "Begin anew with the answers and documents of a case that has ended, as far as they are still asked",
                {id, as},
                {},
                {},
                std::move(copied),
                {}},
               copy_case_api);
}

void add_cases(RouteTable& table) {
  const Parameter id = in_path("case", "Number of the case");
  const Parameter as = in_query("as", "In which of the visitor's roles");
  const Parameter purpose = in_query("purpose", "Why an authority looks: it is kept in the journal");
  const ResponseDoc no_purpose = refusal_doc(422, "The purpose is empty or too long");
  table.closed(
      {"GET",
       "/api/v1/cases",
       "cases",
       "Cases of the visitor's role",
       {in_query("procedure", "Only of this one"), in_query("state", "Only in this one"), in_query("by", "due: the most urgent first"),
        in_query("all", "1: also closed ones"), in_query("acts", "1: only where the role has an action"),
        in_query("after", "next of the page before"), in_query("limit", "1 to 100"), as},
       {},
       {},
       {json_doc(200, "Cases"), problem_doc(403, "No role"), refusal_doc(422, "This is no place in the list")},
       {}},
      cases_api);
  table.closed({"GET",
                "/api/v1/cases/{case}",
                "case",
                "One case, and what may be done in it",
                {id, as, purpose},
                {},
                {},
                {json_doc(200, "Seen"), problem_doc(404, "No such case, or not for you"), no_purpose},
                {}},
               case_api);
  table.closed({"POST",
                "/api/v1/cases/{case}/facts",
                "giveFacts",
                "Fill in forms",
                {id, as},
                std::string(kJson),
                reference("GiveFacts"),
                case_docs(),
                {}},
               facts_api);
  table.closed({"POST",
                "/api/v1/cases/{case}/take",
                "takeFacts",
                "Take facts over from an earlier case",
                {id, as},
                std::string(kJson),
                reference("TakeFacts"),
                case_docs(),
                {}},
               take_api);
  table.closed({"POST",
                "/api/v1/cases/{case}/actions/{action}",
                "act",
                "Act",
                {id, in_path("action", "Name"), as},
                std::string(kJson),
                reference("Act"),
                case_docs(),
                {}},
               act_api);
}

/// What happened to a case, and the proof of it.
void add_past(RouteTable& table) {
  const Parameter id = in_path("case", "Number of the case");
  const Parameter as = in_query("as", "In which of the visitor's roles");
  const Parameter purpose = in_query("purpose", "Why an authority looks: it is kept in the journal");
  const ResponseDoc no_purpose = refusal_doc(422, "The purpose is empty or too long");
  table.closed({"GET",
                "/api/v1/cases/{case}/timeline",
                "timeline",
                "What happened to the case",
                {id, as, purpose, in_query("after", "Sequence")},
                {},
                {},
                {json_doc(200, "Timeline"), problem_doc(404, "No such case, or not for you"), no_purpose},
                {}},
               timeline_api);
  table.closed({"GET",
                "/api/v1/cases/{case}/receipts/{sequence}",
                "receipt",
                "Proof that an act stands in the journal",
                {id, in_path("sequence", "Of the act, from Koshi-Receipt"), as},
                {},
                {},
                {{200, "The receipt", "text/plain", {}}, problem_doc(404, "No such act")},
                {}},
               receipt_api);
}

/// For those who look after people: police, centres.
void add_people(RouteTable& table) {
  const Parameter purpose = in_query("purpose", "Why an authority looks: it is kept in the journal");
  const Parameter as = in_query("as", "In which of the visitor's roles");
  table.closed({"GET",
                "/api/v1/watch",
                "watch",
                "For which open cases of an authority a yes/no norm holds today, by what each case says",
                {in_query("norm", "As person.stay_overrun"), in_query("show", "A norm whose answer stands beside"),
                 in_query("facts", "Facts that stand beside, by path, with commas"),
                 in_query("assume", "What is taken for facts that nobody gave: FACT=VALUE, with commas"), as, purpose},
                {},
                {},
                {json_doc(200, "Watch"), problem_doc(403, "Not an authority"), refusal_doc(422, "No such norm, or no purpose")},
                {}},
               watch_api);
  table.closed({"GET",
                "/api/v1/cases/{case}/story",
                "story",
                "What happened in all cases of the case's person, where the person has agreed",
                {in_path("case", "Number of the case"), as, purpose},
                {},
                {},
                {json_doc(200, "Story"), problem_doc(404, "No such case, or not for you"),
                 problem_doc(409, "The law no longer has the procedure"), refusal_doc(422, "The purpose is empty or too long")},
                {}},
               story_api);
  table.closed({"GET",
                "/api/v1/cases/{case}/related",
                "related",
                "Other cases of the people and employers whom the case names, as far as the visitor may see them",
                {in_path("case", "Number of the case"), as},
                {},
                {},
                {json_doc(200, "Related"), problem_doc(404, "No such case, or not for you")},
                {}},
               related_api);
}

/// Files that come in: each is the body of its request.
void add_uploads(RouteTable& table) {
  const Parameter id = in_path("case", "Number of the case");
  const Parameter as = in_query("as", "In which of the visitor's roles");
  const Parameter version = in_query("version", "Of the case");
  const std::string binary = R"({"type":"string","format":"binary"})";
  Route attach{"POST",
               "/api/v1/cases/{case}/documents",
               "attach",
               "Attach a document: the body is the file",
               {id, in_query("kind", "Which document of the procedure it is"), in_query("name", "Of the file"), version, as},
               std::string(kAnyMediaType),
               binary,
               case_docs(),
               {}};
  attach.body_max_bytes = kMaxFileBytes;
  table.closed(std::move(attach), attach_api);
  Route put{"POST",
            "/api/v1/cases/{case}/lists/{list}",
            "putList",
            "Fill a list of the case: the body is XLSX, CSV or TSV; every problem is told by its cell",
            {id, in_path("list", "Path of the list, such as workers"), version, as},
            std::string(kAnyMediaType),
            binary,
            case_docs(),
            {}};
  put.body_max_bytes = kMaxFileBytes;
  table.closed(std::move(put), put_list_api);
}

void add_documents(RouteTable& table) {
  const Parameter id = in_path("case", "Number of the case");
  const Parameter as = in_query("as", "In which of the visitor's roles");
  const Parameter purpose = in_query("purpose", "Why an authority looks: it is kept in the journal");
  const ResponseDoc no_purpose = refusal_doc(422, "The purpose is empty or too long");
  const Parameter version = in_query("version", "Of the case");
  const Parameter kind = in_query("kind", "Which document of the procedure it is");
  const Parameter list = in_path("list", "Path of the list, such as workers");
  table.closed({"GET",
                "/api/v1/cases/{case}/lists/{list}",
                "listFile",
                "A list of the case as a file, with its headings",
                {id, list, in_query("format", "csv or xlsx"), as, purpose},
                {},
                {},
                {{200, "The file", "*/*", {}},
                 problem_doc(404, "No such case or list"),
                 problem_doc(409, "The law no longer has the procedure"),
                 no_purpose,
                 problem_doc(500, "The file could not be made")},
                {}},
               list_file_api);
  const Parameter address = in_path("sha256", "Of the file, in hex");
  table.closed({"DELETE",
                "/api/v1/cases/{case}/documents/{sha256}",
                "detach",
                "Take a document back",
                {id, address, kind, version, as},
                {},
                {},
                case_docs(),
                {}},
               detach_api);
  table.closed({"GET",
                "/api/v1/cases/{case}/documents/{sha256}",
                "document",
                "A document as it came",
                {id, address, as, purpose},
                {},
                {},
                {{200, "The file", "*/*", {}}, problem_doc(404, "No such document"), no_purpose},
                {}},
               document_api);
  table.closed({"GET",
                "/api/v1/cases/{case}/papers/{number}",
                "paperPdf",
                "A paper of the case as PDF",
                {id, in_path("number", "Place among the case's papers, from 1"), as, purpose},
                {},
                {},
                {{200, "The paper", "application/pdf", {}}, problem_doc(404, "No such paper"), no_purpose},
                {}},
               paper_pdf_api);
}

void add_drafts(RouteTable& table) {
  const Parameter place = in_path("place", "Name that the program gives it");
  table.closed({"GET",
                "/api/v1/drafts/{place}",
                "draft",
                "What the visitor left half written",
                {place},
                {},
                {},
                {json_doc(200, "Draft"), {204, "There is none", {}, {}}},
                {}},
               draft_api);
  table.closed(
      {"PUT",
       "/api/v1/drafts/{place}",
       "saveDraft",
       "Keep what is half written, in place of what was kept; an empty object forgets it",
       {place},
       std::string(kJson),
       reference("Draft"),
       {{204, "Kept", {}, {}}, refusal_doc(413, "Too large, or too many"), problem_doc(415, "Not JSON"), refusal_doc(422, "Not text")},
       {}},
      save_draft_api);
}

}  // namespace

void add_office_routes(Router& router, const OfficeSite& office) {
  RouteTable table(router, office);
  router.add_schemas(office_schemas());
  router.add_schemas(portal_schemas());
  router.add_schemas(ledger_schemas());
  router.add_schemas(people_schemas());
  add_sessions(table);
  add_returns(table);
  add_public(table);
  add_portal(table);
  add_ledger(table);
  add_keyed(table);
  add_beginnings(table);
  add_cases(table);
  add_past(table);
  add_people(table);
  add_uploads(table);
  add_documents(table);
  add_drafts(table);
  add_office_pages(router, office);
  add_access_routes(router, office);
}

}  // namespace koshi::http
