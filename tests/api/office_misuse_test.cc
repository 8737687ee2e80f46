#include <algorithm>
#include <regex>

#include "matrix_office.h"
#include "office/people/denials.h"

/// People who try what is not theirs, against the real program: each fails, and leaves a trace in the journal or in the office's book of
/// what was asked for and not given. And what nobody may find out: whether a sealed case is there.
namespace koshi::access {
namespace {

using testing::AllOf;
using testing::AnyOf;
using testing::Contains;
using testing::Each;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr char kToday[] = "2026-07-15";
/// A name that stands in one complaint and nowhere else.
constexpr char kSecret[] = "Stepnoy Karyer";
constexpr char kJson[] = "Content-Type: application/json\r\n";

std::string filled(std::string path, const std::string& id) {
  for (size_t open = path.find('{'); open != std::string::npos; open = path.find('{')) {
    const size_t close = path.find('}', open);
    const bool is_case = path.substr(open, close - open) == "{case";
    path.replace(open, close - open + 1, is_case ? id : "x");
  }
  return path;
}

class Misuse : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    matrix_ = std::make_unique<MatrixOffice>(store::Engine::kSqlite, kToday);
    matrix_->make();
  }
  static void TearDownTestSuite() {
    office().stop();
    for (const auto& [login, thing] : denials_) {
      const auto found = store::must(office().beside().store().read(
          [&](store::Reader& reader) { return people::denials(reader, {.account = login, .thing = thing}); }));
      EXPECT_THAT(found, testing::ElementsAre(Field(&people::Denial::day, kToday))) << login << " left no trace at " << thing;
    }
    // And whoever keeps the office finds it by command.
    const std::string told = office().command({"office", "denials"});
    for (const auto& [login, thing] : denials_) EXPECT_THAT(told, AllOf(HasSubstr(login), HasSubstr(thing)));
    matrix_.reset();
  }

  static ServedOffice& office() { return matrix_->office; }
  static Answer get(const std::string& login, const std::string& target) { return office().send("GET", target, office().bearer(login)); }
  static Answer post(const std::string& login, const std::string& target, const std::string& body) {
    return office().send("POST", target, office().bearer(login) + kJson, body);
  }
  static const Stand& stand(const std::string& procedure, const std::string& state) {
    const auto found = std::ranges::find_if(
        matrix_->stands, [&](const Stand& one) { return one.procedure->name == procedure && one.here().name == state && one.filed; });
    EXPECT_NE(found, matrix_->stands.end()) << procedure << " " << state;
    return *found;
  }
  static std::string path(const Stand& stand, const std::string& below = {}) { return "/api/v1/cases/" + stand.id + below; }
  static std::string act_body(const Stand& stand, const std::string& facts = "{}") {
    return R"({"version":)" + std::to_string(stand.version) + R"(,"facts":)" + facts + "}";
  }
  /// Purposes of the looks of this account at the case, as the journal has them.
  static std::vector<std::string> looks(const Stand& stand, const std::string& login) {
    return store::must(office().beside().store().read([&](store::Reader& reader) -> store::StoreResult<std::vector<std::string>> {
      TRY(rows, reader.query("SELECT payload FROM journal_event WHERE case_id = $1 AND actor LIKE $2 ORDER BY sequence",
                             {"seen/" + stand.id, login + "/%"}));
      std::vector<std::string> found;
      for (const store::Row row : rows) found.emplace_back(row.text(0));
      return found;
    }));
  }
  /// The office's book of what was asked for in vain has this in the end (TearDownTestSuite): the server writes it every few seconds, and
  /// all that is left when it stops.
  static void expect_denied(const std::string& login, const std::string& thing) { denials_.emplace_back(login, thing); }
  static const Stand* sealed() {
    const auto found =
        std::ranges::find_if(matrix_->stands, [](const Stand& one) { return one.procedure->sealed && one.here().name == "received"; });
    return found == matrix_->stands.end() ? nullptr : &*found;
  }
  static void add(const std::string& login, const std::vector<std::string>& roles) { office().add_account(login, roles); }

  /// The number of a complaint about kSecret, sent now by somebody without an account.
  static std::string complained();
  /// Every address to look at, with what fits into it; not those of one case, nor what everybody may see grow: the journal's size.
  static std::vector<std::string> readable_targets();
  static Answer look_around(const std::string& who, const std::string& target) {
    const bool is_page = !target.starts_with("/api/");
    return office().send("GET", target, is_page ? office().cookie(who) : office().bearer(who));
  }

  static std::unique_ptr<MatrixOffice> matrix_;
  static std::vector<std::pair<std::string, std::string>> denials_;
};
std::unique_ptr<MatrixOffice> Misuse::matrix_;
std::vector<std::pair<std::string, std::string>> Misuse::denials_;

TEST_F(Misuse, AnOfficerDoesNotDecideOnHisOwnEmployer) {
  const Stand& item = stand("work_permit", "examined");
  add("bribed", {"akimat:KZ-75", "employer:120340000718"});
  const Answer seen = get("bribed", path(item));
  ASSERT_EQ(seen.status, 200);
  EXPECT_EQ(seen.text("role"), "employer") << "whoever is a party of a case is nothing else in it";
  EXPECT_EQ(get("bribed", path(item, "?as=akimat")).status, 404);
  for (const char* action : {"examine", "grant", "refuse"}) {
    EXPECT_EQ(post("bribed", path(item, std::string("/actions/") + action), act_body(item)).status, 403) << action;
    EXPECT_EQ(post("bribed", path(item, std::string("/actions/") + action + "?as=akimat"), act_body(item)).status, 404) << action;
  }
  EXPECT_EQ(get("home.akimat", path(item)).value.at("case").at("version").as_int64(), item.version) << "nothing is changed";
  expect_denied("bribed", item.id);
}

TEST_F(Misuse, AnOfficerWhoTriesWhatIsNotHisStandsInTheJournal) {
  const Stand& item = stand("work_permit", "granted");
  add("zealous", {"akimat:KZ-75"});
  EXPECT_EQ(post("zealous", path(item, "/actions/pay"), act_body(item)).status, 403) << "the treasury records payments";
  EXPECT_THAT(looks(item, "zealous"), Contains(HasSubstr("refused: pay")));
}

TEST_F(Misuse, ACuriousInspectorLeavesATraceByEachWayOfLooking) {
  std::vector<const Stand*> filed;
  for (const Stand& one : matrix_->stands) {
    if (one.procedure->name == "offence" && one.filed) filed.push_back(&one);
  }
  ASSERT_GE(filed.size(), 4u);
  add("curious", {"police:KZ-75"});
  const std::string purpose = "?purpose=";
  EXPECT_EQ(get("curious", path(*filed[0], purpose)).status, 422) << "no purpose";
  EXPECT_EQ(get("curious", path(*filed[0], purpose + "%20%09")).status, 422);
  EXPECT_EQ(get("curious", path(*filed[0], purpose + std::string(401, 'x'))).status, 422);
  EXPECT_EQ(get("curious", "/api/v1/watch?norm=person.stay_overrun").status, 422);
  EXPECT_THAT(looks(*filed[0], "curious"), IsEmpty());
  // The migration police files these cases itself: whoever opened one is not asked why, and all others are.
  for (const Stand* one : filed) {
    EXPECT_EQ(get("home.police", path(*one)).status, 200);
    EXPECT_THAT(looks(*one, "home.police"), IsEmpty());
    EXPECT_EQ(get("curious", path(*one, "?purpose=looking+around")).status, 200);
  }
  for (const Stand* one : filed) EXPECT_THAT(looks(*one, "curious"), Contains(HasSubstr("looking around"))) << one->place();
}

/// Forms, trials and refusals tell of a case too.
TEST_F(Misuse, NoSideDoorShowsACaseWithoutATrace) {
  const Stand& item = stand("work_permit", "examined");
  const std::string pages[] = {"/forms/", "/actions/examine", "/documents", "/lists/workers"};
  int number = 0;
  const auto newcomer = [&] {
    const std::string login = "side-door-" + std::to_string(++number);
    add(login, {"akimat:KZ-75"});
    return login;
  };
  for (const std::string& page : pages) {
    const std::string login = newcomer();
    const std::string form = page == "/forms/" ? item.procedure->forms.front().name : "";
    const Answer shown = office().send("GET", "/cases/" + item.id + page + form, office().cookie(login));
    if (shown.status != 200) continue;
    EXPECT_THAT(looks(item, login), Not(IsEmpty())) << page;
  }
  const std::string tries = newcomer();
  (void)office().send("POST", path(item, "/trial"), office().bearer(tries) + kJson, R"({"facts":{}})");
  EXPECT_THAT(looks(item, tries), Not(IsEmpty())) << "a trial tells the whole case";
  const std::string refused = newcomer();
  EXPECT_EQ(post(refused, path(item, "/actions/refuse"), act_body(item)).status / 100, 4);
  EXPECT_THAT(looks(item, refused), Not(IsEmpty())) << "a refusal tells its proofs";
}

TEST_F(Misuse, APhantomEmployerIsNobody) {
  add("phantom", {"employer:999999999999"});
  const Stand& item = stand("work_permit", "examined");
  EXPECT_EQ(get("phantom", path(item)).status, 404);
  expect_denied("phantom", item.id);
  const Answer opened = post("phantom", "/api/v1/cases", R"({"procedure":"work_permit"})");
  ASSERT_EQ(opened.status, 201) << opened.body;
  const std::string own = "/api/v1/cases/" + std::string(opened.value.at("case").at("id").as_string());
  const std::string within = item.procedure->roles.front().within->text;
  const Answer given = post("phantom", own + "/facts", R"({"version":1,"facts":{")" + within + R"(":"120340000718"}})");
  EXPECT_EQ(given.status, 422) << "the number is that of the account: " << given.body;
  EXPECT_THAT(get("phantom", own).body, Not(HasSubstr("120340000718")));
  // An account whose number is none of a firm, or has none, opens nothing.
  add("hollow", {"employer"});
  EXPECT_EQ(post("hollow", "/api/v1/cases", R"({"procedure":"work_permit"})").status, 403);
}

TEST_F(Misuse, TheNeighbouringRegionSeesNothing) {
  const Stand& item = stand("work_permit", "examined");
  add("neighbour", {"akimat:KZ-71"});
  EXPECT_EQ(get("neighbour", path(item)).status, 404);
  EXPECT_EQ(post("neighbour", path(item, "/actions/examine"), act_body(item)).status, 404);
  EXPECT_THAT(get("neighbour", "/api/v1/cases?all=1").body, Not(HasSubstr(item.id)));
  expect_denied("neighbour", item.id);
  const Answer holds = get("neighbour", "/api/v1/quota/holds?account=permits/2026/KZ-75/second");
  EXPECT_EQ(holds.status, 404);
  expect_denied("neighbour", "permits/2026/KZ-75/second");
}

TEST_F(Misuse, AnExEmployeesSessionEndsWithTheAccount) {
  const Stand& item = stand("work_permit", "examined");
  add("leaver", {"akimat:KZ-75"});
  ASSERT_EQ(get("leaver", path(item)).status, 200);
  office().command({"office", "account", "disable", "leaver"});
  EXPECT_EQ(get("leaver", path(item)).status, 401);
  EXPECT_EQ(post("leaver", path(item, "/actions/examine"), act_body(item)).status, 401);
  EXPECT_EQ(office().send("GET", "/cases/" + item.id, office().cookie("leaver")).status, 303);
  const Answer again =
      office().send("POST", "/api/v1/session", kJson, std::string(R"({"login":"leaver","password":")") + ServedOffice::kPassword + "\"}");
  EXPECT_EQ(again.status, 403);
  expect_denied("leaver", std::string(people::kSignIn));
}

TEST_F(Misuse, TheBookOfVainTriesHasTheDaysOfTheOffice) {
  constexpr int64_t kMidnight = 1'784'055'600'000;  // of 14 to 15 July 2026, five hours east of Greenwich
  people::Denials& book = office().beside().denials();
  book.note("late", "BEFORE", kMidnight - 1);
  book.note("late", "AFTER", kMidnight);
  store::must(book.keep(office().beside().store(), kMidnight));
  const auto found =
      store::must(office().beside().store().read([](store::Reader& reader) { return people::denials(reader, {.account = "late"}); }));
  ASSERT_EQ(found.size(), 2u);
  EXPECT_THAT(found[0], AllOf(Field(&people::Denial::thing, "AFTER"), Field(&people::Denial::day, "2026-07-15")));
  EXPECT_THAT(found[1], AllOf(Field(&people::Denial::thing, "BEFORE"), Field(&people::Denial::day, "2026-07-14")));
}

TEST_F(Misuse, AWithdrawnRoleWorksAtOnceInAnOpenSession) {
  const Stand& item = stand("work_permit", "examined");
  add("moved", {"akimat:KZ-75"});
  ASSERT_EQ(get("moved", path(item)).status, 200);
  auto set = [&](const std::vector<people::RoleGrant>& roles) {
    store::must(office().beside().store().write([&](store::Transaction& transaction) -> store::StoreResult<void> {
      TRY(account, people::find_account(transaction, "moved"));
      TRY(done, people::set_roles(transaction, account->id, roles));
      EXPECT_TRUE(done.has_value());
      return {};
    }));
  };
  set({{"akimat", "KZ-71", false}});
  EXPECT_EQ(get("moved", path(item)).status, 404);
  set({});
  EXPECT_EQ(get("moved", path(item)).status, 404);
  EXPECT_EQ(get("moved", "/api/v1/cases").status, 403);
  expect_denied("moved", item.id);
}

/// Head and body, without what differs between any two answers: the time, and the number that was asked for.
std::string told(const Answer& answer, const std::string& id) {
  std::string text = answer.head + "\n" + answer.body;
  const size_t date = text.find("\r\nDate: ");
  if (date != std::string::npos) text.erase(date, text.find("\r\n", date + 2) - date);
  for (size_t at = text.find(id); at != std::string::npos; at = text.find(id)) text.replace(at, id.size(), "ID");
  return text;
}

struct Question {
  std::string method, before, after, type, body;
};
const std::vector<Question>& questions() {
  static const std::string kApi = "/api/v1/cases/", kAct = R"({"version":1,"facts":{}})";
  static const std::vector<Question> kAll = {
      {"GET", kApi, "", "", ""},
      {"GET", kApi, "?purpose=x", "", ""},
      {"GET", kApi, "?purpose=", "", ""},
      {"GET", kApi, "/sheet", "", ""},
      {"GET", kApi, "/timeline", "", ""},
      {"GET", kApi, "/story", "", ""},
      {"GET", kApi, "/receipts/1", "", ""},
      {"GET", kApi, "/papers/1", "", ""},
      {"GET", kApi, "/documents/aa", "", ""},
      {"GET", kApi, "/lists/workers", "", ""},
      {"POST", kApi, "/facts", kJson, kAct},
      {"POST", kApi, "/trial", kJson, R"({"facts":{}})"},
      {"POST", kApi, "/actions/to_inspection", kJson, kAct},
      {"POST", kApi, "/actions/none", kJson, kAct},
      {"POST", kApi, "/documents?kind=x&name=a&version=1", "Content-Type: text/plain\r\n", "text"},
      {"DELETE", kApi, "/documents/aa?kind=x&version=1", "", ""},
      {"POST", kApi, "/lists/workers?version=1", "Content-Type: text/csv\r\n", "A\n"},
      {"GET", "/api/v1/papers/", "/1", "", ""},
      {"GET", "/cases/", "", "", ""},
      {"GET", "/cases/", "/documents", "", ""},
      {"GET", "/cases/", "/forms/what", "", ""},
      {"GET", "/cases/", "/actions/submit", "", ""},
      {"GET", "/cases/", "/lists/workers", "", ""},
      {"GET", "/verify/", "/1", "", ""},
  };
  return kAll;
}

Answer put(ServedOffice& office, const std::string& who, const Question& question, const std::string& id) {
  const bool is_page = question.before == "/cases/";
  return office.send(question.method, question.before + id + question.after,
                     (is_page ? office.cookie(who) : office.bearer(who)) + question.type, question.body);
}

TEST_F(Misuse, ASealedCaseIsToldLikeNone) {
  const Stand* sealed_one = sealed();
  ASSERT_NE(sealed_one, nullptr);
  const std::string& id = sealed_one->id;
  const std::string none(id.size(), 'Z');
  for (const std::string who :
       {"home.police", "home.employer", "all.protection_centre", "away.protection_centre", "home.inspection", "all.ministry"}) {
    for (const Question& question : questions()) {
      const std::string is = told(put(office(), who, question, id), id);
      EXPECT_EQ(is, told(put(office(), who, question, none), none))
          << who << " " << question.method << " " << question.before << question.after;
      EXPECT_THAT(is, Not(HasSubstr(" 200 "))) << who << question.after;
    }
  }
}

/// Forms bear a new key each time, and an account says when each session was last used, to the minute.
std::string without_chance(std::string page) {
  const std::string_view key = "name=\"key\" value=\"";
  for (size_t at = page.find(key); at != std::string::npos; at = page.find(key, at + 1)) {
    page.erase(at + key.size(), page.find('"', at + key.size()) - at - key.size());
  }
  static const std::regex minute("[0-9]{2}:[0-9]{2}");
  return std::regex_replace(page, minute, "");
}
std::string difference(const std::string& now, const std::string& then) {
  const std::string one = without_chance(now), other = without_chance(then);
  const auto at = static_cast<size_t>(std::ranges::mismatch(one, other).in1 - one.begin());
  return "\n now: " + one.substr(at, 200) + "\nthen: " + other.substr(at, 200);
}

/// Whatever may be listed, counted, searched or reported to whom the complaint has not come stays as it was when another one is there.
std::vector<std::string> Misuse::readable_targets() {
  std::vector<std::string> targets = {"/api/v1/cases?all=1",
                                      "/api/v1/cases?procedure=complaint&all=1",
                                      "/api/v1/cases?procedure=complaint&state=received",
                                      "/api/v1/cases?by=due",
                                      "/desk?all=1",
                                      "/desk?procedure=complaint"};
  for (const zan::Return& one : matrix_->corpus().returns) {
    targets.push_back("/api/v1/returns/" + one.name);
    targets.push_back("/returns/" + one.name);
  }
  for (const auto& [path, methods] : office().client().check()->document().at("paths").as_object()) {
    const std::string_view at = path;
    if (!methods.as_object().contains("get") || at.contains("{case") || at.contains("/journal") || at == "/sign-in/callback") continue;
    targets.push_back(filled(std::string(at), "x"));
  }
  return targets;
}

std::string Misuse::complained() {
  const Answer opened = office().send("POST", "/api/v1/keyed-cases", kJson, R"({"procedure":"complaint"})");
  EXPECT_EQ(opened.status, 201) << opened.body;
  const std::string id(opened.value.at("case").at("id").as_string());
  const std::string headers = "Authorization: Key " + opened.text("key") + "\r\n" + kJson;
  std::string told = std::string(R"({"region":"KZ-75","told":"No wage","wanted":"My wage","named":false,"housing_bad":false,)") +
                     R"("employer":{"name":")" + kSecret + R"("},"person":{"wages_withheld":true)";
  for (const char* sign : {"documents_withheld", "movement_restricted", "violence_used", "threatened", "deceived", "debt_bonded",
                           "isolated", "overtime_excessive", "conditions_abusive", "vulnerability_abused"}) {
    told += std::string(R"(,")") + sign + R"(":false)";
  }
  const Answer filled = office().send("POST", "/api/v1/cases/" + id + "/facts", headers, R"({"version":1,"facts":)" + told + "}}}");
  EXPECT_EQ(filled.status, 200) << filled.body;
  const Answer sent = office().send("POST", "/api/v1/cases/" + id + "/actions/submit", headers, R"({"version":2,"facts":{}})");
  EXPECT_EQ(sent.status, 200) << sent.body;
  return id;
}

TEST_F(Misuse, NoListSearchCountOrReportMovesWithASealedCase) {
  const std::vector<std::string> outsiders = {"home.police", "home.employer", "home.akimat", "all.ministry", "home.inspection"};
  const auto targets = readable_targets();
  EXPECT_GE(targets.size(), 40u);
  std::map<std::string, Answer> before;
  for (const std::string& who : outsiders) {
    for (const std::string& target : targets) before[who + " " + target] = look_around(who, target);
  }
  const std::string another = complained();
  for (const std::string& who : outsiders) {
    for (const std::string& target : targets) {
      const Answer now = look_around(who, target), &then = before[who + " " + target];
      EXPECT_EQ(now.status, then.status) << who << " " << target;
      EXPECT_TRUE(without_chance(now.body) == without_chance(then.body)) << who << " " << target << difference(now.body, then.body);
      EXPECT_THAT(now.body, Not(AnyOf(HasSubstr(another), HasSubstr(kSecret)))) << who << " " << target;
    }
  }
  // Those to whom it comes do see it, so there was something to be seen.
  EXPECT_THAT(get("home.protection_centre", "/api/v1/cases?procedure=complaint&all=1").body, HasSubstr(another));
}

/// What everybody may read. Everything else needs somebody who is signed in: a route that is added without standing here is closed, or this
/// fails.
bool is_public(const std::string& path) {
  static const char* const kPublic[] = {"/api/v1/session", "/api/v1/procedures", "/api/v1/quota", "/api/v1/quota/kinds",
                                        "/api/v1/quota/weeks", "/api/v1/journal/", "/api/v1/papers/", "/api/v1/office",
                                        "/api/v1/keyed-cases", "/sign-in", "/without-account/", "/key", "/leave", "/quota", "/journal",
                                        "/procedures", "/verify",
                                        // The law.
                                        "/api/v1/ask", "/api/v1/law", "/api/v1/acts", "/api/v1/reforms", "/api/v1/norms",
                                        "/api/v1/calculate", "/api/v1/status", "/api/v1/compare", "/openapi.json", "/static/", "/ask",
                                        "/law", "/norms", "/compare", "/reform", "/topics", "/status", "/healthz", "/readyz"};
  if (path == "/") return true;
  return std::ranges::any_of(kPublic, [&](std::string_view prefix) {
    return path == prefix || (path.starts_with(prefix) && (prefix.ends_with('/') || path[prefix.size()] == '/'));
  });
}

TEST_F(Misuse, NothingIsOpenThatIsNotListed) {
  const Stand& item = stand("work_permit", "examined");
  size_t closed = 0;
  for (const auto& [path, methods] : office().client().check()->document().at("paths").as_object()) {
    for (const auto& [name, operation] : methods.as_object()) {
      if (is_public(path)) continue;
      std::string method(name);
      std::ranges::transform(method, method.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
      const auto& body = operation.as_object();
      std::string type = "text/plain";
      if (const auto* asked = body.if_contains("requestBody")) type = asked->at("content").as_object().begin()->key();
      const Answer answer = office().send(method, filled(path, item.id), "Content-Type: " + type + "\r\n", method == "GET" ? "" : "{}");
      const bool is_page = !std::string_view(path).starts_with("/api/");
      const bool to_sign_in = answer.status == 303 && answer.header("Location").starts_with("/sign-in");
      EXPECT_TRUE(is_page ? to_sign_in || answer.status == 400 : answer.status == 401) << method << " " << path << " " << answer.status;
      ++closed;
    }
  }
  EXPECT_GE(closed, 35u);
}

}  // namespace
}  // namespace koshi::access
