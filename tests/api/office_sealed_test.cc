#include "served_office.h"

/// A complaint as its people meet it: the real program, real sockets, the real law, on both engines. What it is about is found by those to
/// whom it comes, and by nobody else on any way that the program offers.
namespace koshi {
namespace {

namespace json = boost::json;
using store::Engine;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr char kToday[] = "2026-03-02";
/// A name that stands in the complaint and nowhere else in the office.
constexpr char kSecret[] = "Stepnoy Karyer";
constexpr size_t kPageMaxBytes = 60 * 1024;

/// The value of the first input field of this name.
std::string field(const std::string& page, const std::string& name) {
  const size_t at = page.find("name=\"" + name + "\" value=\"");
  if (at == std::string::npos) return {};
  const size_t begin = at + name.size() + 15;
  return page.substr(begin, page.find('"', begin) - begin);
}

class Complaint : public testing::TestWithParam<Engine> {
 protected:
  void SetUp() override {
    office_.make();
    const std::map<std::string, std::vector<std::string>> people = {
        {"centre", {"protection_centre:KZ-75"}},
        {"inspector", {"inspection:KZ-75"}},
        {"shelter", {"shelter:KZ-75"}},
        {"prosecutor", {"prosecutor:KZ-75"}},
        {"police", {"police:KZ-75"}},
        {"employer", {"employer:123456789012"}},
        {"neighbour", {"protection_centre:KZ-71", "inspection:KZ-71", "shelter:KZ-71", "prosecutor:KZ-71", "police:KZ-71"}},
        {"ministry", {"ministry"}},
        {"auditor", {"centre", "protection_centre", "inspection", "shelter", "prosecutor", "police", "complainant"}}};
    for (const auto& [login, roles] : people) office_.add_account(login, roles);
    office_.on(kToday);
  }
  void TearDown() override {
    office_.stop();
    if (!HasFatalFailure()) office_.command({"office", "verify"});
  }

  std::string command(std::vector<std::string> arguments, std::optional<int> status = 0) {
    return office_.command(std::move(arguments), status);
  }
  Answer send(const std::string& method, const std::string& target, const std::string& headers, const std::string& body) {
    return office_.send(method, target, headers, body);
  }
  std::string bearer(const std::string& login) { return office_.bearer(login); }
  std::string cookie(const std::string& login) { return office_.cookie(login); }
  std::string as(const std::string& who) { return who.starts_with("key:") ? "Authorization: Key " + who.substr(4) + "\r\n" : bearer(who); }
  Answer get(const std::string& who, const std::string& target) { return send("GET", target, as(who), ""); }
  Answer post(const std::string& who, const std::string& target, const std::string& body) {
    return send("POST", target, as(who) + "Content-Type: application/json\r\n", body);
  }

  struct Item {
    std::string key, id, state;
    int64_t version = 0;
    std::string who() const { return "key:" + key; }
    std::string path(const std::string& below = {}) const { return "/api/v1/cases/" + id + below; }
  };
  static void take(Item& item, const Answer& answer, int status = 200) {
    ASSERT_EQ(answer.status, status) << item.id << " " << answer.body.substr(0, 3000);
    const json::value& said = answer.value.at("case");
    item.id = std::string(said.at("id").as_string());
    item.state = std::string(said.at("state").as_string());
    item.version = said.at("version").as_int64();
  }
  void act(const std::string& who, Item& item, const std::string& action, const std::string& state, const std::string& facts = "{}") {
    take(item, post(who, item.path("/actions/" + action), R"({"version":)" + std::to_string(item.version) + R"(,"facts":)" + facts + "}"));
    EXPECT_EQ(item.state, state) << action;
  }
  static std::string told(bool unpaid, bool beaten) {
    const auto yes = [](bool is) { return is ? "true" : "false"; };
    return std::string(R"({"region":"KZ-75","told":"No wage since May at )") + kSecret +
           R"(","wanted":"My wage","named":false,"housing_bad":false,"employer":{"name":")" + kSecret +
           R"("},"person":{"wages_withheld":)" + yes(unpaid) + R"(,"documents_withheld":)" + yes(beaten) +
           R"(,"movement_restricted":false,"violence_used":)" + yes(beaten) +
           R"(,"threatened":false,"deceived":false,"debt_bonded":false,"isolated":false,"overtime_excessive":false,
"conditions_abusive":false,"vulnerability_abused":false}})";
  }
  /// Sent without an account.
  Item complained(bool unpaid = true, bool beaten = false) {
    Item item;
    const Answer opened = send("POST", "/api/v1/keyed-cases", "Content-Type: application/json\r\n", R"({"procedure":"complaint"})");
    take(item, opened, 201);
    item.key = opened.text("key");
    take(item, post(item.who(), item.path("/facts"), R"({"version":1,"facts":)" + told(unpaid, beaten) + "}"));
    act(item.who(), item, "submit", "received");
    return item;
  }

  /// Everything that the office says to whoever asks so, but for what differs in any two answers.
  std::string everything_for(const std::string& login) {
    std::string all;
    const std::vector<std::string> programs = {"/api/v1/cases",
                                               "/api/v1/cases?all=1",
                                               "/api/v1/cases?procedure=complaint&all=1",
                                               "/api/v1/cases?procedure=complaint&state=received",
                                               "/api/v1/cases?by=due",
                                               "/api/v1/quota?prefix=",
                                               "/api/v1/procedures",
                                               "/api/v1/session"};
    for (const std::string& target : programs) all += send("GET", target, bearer(login), "").body;
    for (const char* role :
         {"centre", "protection_centre", "inspection", "shelter", "prosecutor", "police", "employer", "ministry", "complainant"}) {
      all += send("GET", std::string("/api/v1/cases?all=1&as=") + role, bearer(login), "").body;
      all += send("GET", std::string("/desk?all=1&as=") + role, cookie(login), "").body;
    }
    for (const char* page : {"/desk", "/desk?all=1", "/quota", "/journal", "/procedures", "/verify"})
      all += send("GET", page, cookie(login), "").body;
    return all;
  }
  void finds_nothing(const std::string& login, const Item& item) {
    SCOPED_TRACE(login);
    EXPECT_THAT(everything_for(login), Not(testing::AnyOf(HasSubstr(item.id), HasSubstr(kSecret))));
    const std::string unknown(item.id.size(), 'Z');
    const auto same = [&](const std::string& method, const std::string& before, const std::string& after, const std::string& body) {
      const std::string headers = bearer(login) + (body.empty() ? "" : "Content-Type: application/json\r\n");
      const Answer sealed = send(method, before + item.id + after, headers, body),
                   none = send(method, before + unknown + after, headers, body);
      EXPECT_EQ(sealed.status, 404) << method << after;
      EXPECT_EQ(none.status, 404) << method << after;
      EXPECT_EQ(sealed.body, none.body) << method << after;
      EXPECT_EQ(sealed.header("Content-Length"), none.header("Content-Length"));
    };
    const std::string cases = "/api/v1/cases/", act_body = R"({"version":3,"facts":{"reply":"x"}})";
    for (const char* below : {"", "?purpose=curious", "/timeline", "/receipts/1", "/papers/1", "/documents/aa"})
      same("GET", cases, below, "");
    for (const char* action : {"to_inspection", "answer_now", "tell_police", "record_step", "no_such_action"}) {
      same("POST", cases, std::string("/actions/") + action, act_body);
    }
    same("POST", cases, "/facts", R"({"version":3,"facts":{"told":"x"}})");
    same("GET", "/api/v1/papers/", "/1", "");
    for (const char* below : {"", "/documents", "/forms/what", "/actions/submit", "/related"}) {
      const Answer sealed = send("GET", "/cases/" + item.id + below, cookie(login), "");
      const Answer none = send("GET", "/cases/" + unknown + below, cookie(login), "");
      EXPECT_EQ(sealed.status, 404) << below;
      EXPECT_EQ(without(sealed.body, item.id), without(none.body, unknown)) << below;
    }
    const Answer verified = send("GET", "/verify/" + item.id + "/1", "", ""), nothing = send("GET", "/verify/" + unknown + "/1", "", "");
    EXPECT_EQ(verified.status, 404);
    EXPECT_EQ(without(verified.body, item.id), without(nothing.body, unknown));
  }
  void finds_nothing_by_command(const std::string& login, const Item& item) {
    SCOPED_TRACE(login);
    const std::string unknown(item.id.size(), 'Z');
    const std::string shown = command({"case", "show", item.id, "--as", login}, std::nullopt);
    EXPECT_EQ(shown, command({"case", "show", unknown, "--as", login}, std::nullopt));
    EXPECT_THAT(command({"case", "list", "--all", "--as", login}), Not(HasSubstr(item.id)));
  }
  static std::string without(std::string text, const std::string& part) {
    for (size_t at = text.find(part); at != std::string::npos; at = text.find(part)) text.erase(at, part.size());
    return text;
  }

  ServedOffice office_{GetParam()};
};
INSTANTIATE_TEST_SUITE_P(Engines, Complaint, store::both_engines(), store::engine_name);

TEST_P(Complaint, GoesFromTheCentreToTheInspectionWhichAnswers) {
  Item item = complained();
  EXPECT_EQ(get("inspector", item.path()).status, 404) << "it has not come to the inspection yet";
  EXPECT_EQ(get("centre", "/api/v1/cases").value.at("cases").as_array().size(), 1u);
  take(item, get("centre", item.path("?purpose=triage")));
  act("centre", item, "to_inspection", "inspected");
  EXPECT_EQ(get("inspector", item.path()).status, 200);
  EXPECT_EQ(post("inspector", item.path("/actions/remedy"), R"({"version":)" + std::to_string(item.version) + "}").status, 422)
      << "an answer is asked";
  act("inspector", item, "remedy", "remedied", R"({"reply":"The wage of May to July must be paid by Friday."})");
  const Answer seen = get(item.who(), item.path());
  EXPECT_THAT(seen.body, HasSubstr("by Friday"));
  EXPECT_THAT(get(item.who(), item.path("/timeline")).body, HasSubstr("The employer has been ordered to put it right."));
  EXPECT_EQ(get(item.who(), item.path("/papers/1")).header("Content-Type"), "application/pdf");
  EXPECT_EQ(post("inspector", item.path("/actions/remedy"), R"({"version":1})").status, 409) << "it is over";
}

TEST_P(Complaint, IsFoundByNobodyToWhomItHasNotCome) {
  Item item = complained();
  act("centre", item, "to_inspection", "inspected");
  act("inspector", item, "find_nothing", "answered", R"({"reply":"No breach."})");
  Item open = complained();
  for (const char* login : {"police", "employer", "neighbour", "ministry", "auditor", "prosecutor", "shelter"}) {
    finds_nothing(login, item);
  }
  finds_nothing("police", open);
  for (const char* login : {"police", "auditor"}) finds_nothing_by_command(login, item);
  EXPECT_EQ(get("key:" + complained().key, item.path()).status, 404) << "another complainant";
  EXPECT_EQ(send("GET", item.path(), "", "").status, 401);
  const std::string exported = command({"office", "export"});
  for (const std::string& part : {item.id, open.id, std::string(kSecret), std::string("complain"), std::string("inspected")}) {
    EXPECT_THAT(exported, Not(HasSubstr(part)));
  }
  EXPECT_THAT(exported, HasSubstr(R"("withheld":true)"));
  EXPECT_THAT(command({"office", "sweep"}), Not(HasSubstr(item.id)));
}

TEST_P(Complaint, ComesBeforeThePoliceOnlyWhenTheVictimSaysSo) {
  Item item = complained(false, true);
  act("centre", item, "to_shelter", "sheltered");
  act("shelter", item, "identify", "reflecting");
  finds_nothing("police", item);
  EXPECT_EQ(post("shelter", item.path("/actions/tell_police"), R"({"version":)" + std::to_string(item.version) + "}").status, 403);
  act(item.who(), item, "tell_police", "with_police");
  EXPECT_EQ(get("police", item.path("?purpose=called+by+the+victim")).status, 200);
  EXPECT_EQ(get("neighbour", item.path()).status, 404) << "the police of another region";
  act("police", item, "record_step", "remedied", R"({"reply":"The passport is back."})");
}

TEST_P(Complaint, EachLookOfAnAuthorityStandsInTheJournalAndLeavesByItsHash) {
  Item item = complained();
  const auto withheld = [&] {
    const std::string text = command({"office", "export"});
    size_t count = 0;
    for (size_t at = text.find("withheld"); at != std::string::npos; at = text.find("withheld", at + 1)) ++count;
    return count;
  };
  const size_t before = withheld();
  EXPECT_EQ(get(item.who(), item.path()).status, 200);
  EXPECT_EQ(withheld(), before) << "its own party is not noted";
  EXPECT_EQ(get("centre", item.path("?purpose=triage")).status, 200);
  EXPECT_EQ(send("GET", "/cases/" + item.id, cookie("centre"), "").status, 200);
  EXPECT_THAT(command({"case", "show", item.id, "--as", "centre", "--purpose", "triage"}), HasSubstr(item.id));
  EXPECT_EQ(withheld(), before + 3);
}

TEST_P(Complaint, IsMadeOnPagesWithoutScriptsAndFollowedUpByItsKey) {
  const Answer intro = send("GET", "/without-account/complaint", "", "");
  ASSERT_EQ(intro.status, 200);
  EXPECT_THAT(intro.body, HasSubstr("href=\"/leave\""));
  EXPECT_THAT(intro.body, Not(HasSubstr("<script")));
  EXPECT_THAT(intro.body, HasSubstr("<title>Questions and answers"));
  const std::string form = "Content-Type: application/x-www-form-urlencoded\r\n";
  EXPECT_EQ(send("POST", "/without-account/complaint", form + "Sec-Fetch-Site: cross-site\r\n", "").status, 403);
  const Answer made = send("POST", "/without-account/complaint", form, "");
  ASSERT_EQ(made.status, 200) << made.body;
  EXPECT_EQ(made.header("Cache-Control"), "no-store");
  const std::string set = made.header("Set-Cookie");
  EXPECT_THAT(set, testing::AllOf(HasSubstr("HttpOnly"), HasSubstr("SameSite=Strict"), HasSubstr("Max-Age=1800")));
  const std::string key = set.substr(10, 29), jar = "Cookie: koshi_key=" + key + "\r\n";
  EXPECT_THAT(made.body, HasSubstr(key));
  const size_t at = made.body.find("/cases/");
  const std::string id = made.body.substr(at + 7, 26), path = "/cases/" + id;

  const Answer first = send("GET", path, jar, "");
  ASSERT_EQ(first.status, 200) << first.body;
  for (const char* name : {"what", "signs", "who", "employer"}) {
    const std::string target = path + "/forms/" + name;
    const Answer page = send("GET", target, jar, "");
    ASSERT_EQ(page.status, 200) << name;
    EXPECT_LE(page.body.size(), kPageMaxBytes) << name;
    EXPECT_THAT(page.body, Not(HasSubstr("<script"))) << name;
    EXPECT_THAT(page.body, HasSubstr("href=\"/leave\"")) << name;
    std::string typed = "csrf=" + field(page.body, "csrf") + "&version=" + field(page.body, "version");
    if (std::string(name) == "what") typed += "&region=KZ-75&told=No+wage&wanted=My+wage";
    if (std::string(name) == "who") typed += "&named=no";
    if (std::string(name) == "employer") typed += "&employer.name=Stepnoy+Karyer";
    if (std::string(name) == "signs") {
      for (const char* sign : {"wages_withheld", "documents_withheld", "movement_restricted", "violence_used", "threatened", "deceived",
                               "debt_bonded", "isolated", "overtime_excessive", "conditions_abusive", "vulnerability_abused"}) {
        typed += std::string("&person.") + sign + (std::string(sign) == "wages_withheld" ? "=yes" : "=no");
      }
      typed += "&housing_bad=no";
    }
    EXPECT_EQ(send("POST", target, jar + form, "version=1").status, 403) << "without the token of the form";
    EXPECT_EQ(send("POST", target, jar + form, typed).status, 303) << name;
  }
  const Answer sending = send("GET", path + "/actions/submit", jar, "");
  const Answer sent = send("POST", path + "/actions/submit", jar + form,
                           "csrf=" + field(sending.body, "csrf") + "&version=" + field(sending.body, "version"));
  ASSERT_EQ(sent.status, 303) << sent.body;

  Item item{key, id, "received", 0};
  take(item, get("centre", item.path()));
  EXPECT_EQ(item.state, "received");
  act("centre", item, "to_inspection", "inspected");
  const Answer back = send("POST", "/key", form, "key=" + key);
  EXPECT_EQ(back.status, 303);
  EXPECT_EQ(back.header("Location"), path);
  const Answer later = send("GET", path, jar, "");
  EXPECT_THAT(later.body, HasSubstr("Your complaint is with the labour inspection."));
  for (const char* page : {"/account", "/account?lang=ru"}) {
    EXPECT_EQ(send("GET", page, jar, "").status, 403) << "whoever has a key has no account";
  }
  for (const char* act : {"password", "sessions", "factor", "factor/confirm", "factor/remove"}) {
    EXPECT_EQ(send("POST", std::string("/account/") + act, jar + form, "csrf=" + field(later.body, "csrf")).status, 403) << act;
  }
  EXPECT_LE(later.body.size(), kPageMaxBytes);
  EXPECT_EQ(later.header("Cache-Control"), "no-store");
  const Answer left = send("GET", "/leave", jar, "");
  EXPECT_EQ(left.status, 303);
  EXPECT_THAT(left.header("Set-Cookie"), HasSubstr("koshi_key=; "));
  EXPECT_THAT(left.header("Location"), Not(HasSubstr("koshi")));
  EXPECT_EQ(send("POST", "/key", form, "key=7777-7777-7777-7777-7777").status, 422);
  EXPECT_EQ(send("POST", "/key", form, "key=secret").status, 422);
  EXPECT_EQ(send("GET", path, "", "").status, 303) << "without the key: to the sign-in page, as from anywhere";
}

TEST_P(Complaint, IsMadeByCommandWithoutAnAccount) {
  const std::string opened = command({"case", "open", "complaint", "--as", "key", "--brief"});
  ASSERT_TRUE(opened.starts_with("key ")) << opened;
  const std::string key = "key:" + opened.substr(4, 29), id = opened.substr(34, 26);
  office_.write("told.json", told(true, false));
  command({"case", "facts", id, "--as", key, "--facts", office_.path("told.json")});
  EXPECT_THAT(command({"case", "act", id, "submit", "--as", key, "--brief"}), HasSubstr("received"));
  EXPECT_THAT(command({"case", "list", "--as", key}), HasSubstr(id));
  command({"case", "show", id, "--as", "key:7777-7777-7777-7777-7777"}, 1);
  command({"case", "show", id, "--as", "key:short"}, 2);
}

TEST_P(Complaint, IsRefusedWhereItNeedsAnAccountOrTooManyCome) {
  const std::string type = "Content-Type: application/json\r\n";
  EXPECT_EQ(send("POST", "/api/v1/keyed-cases", type, R"({"procedure":"work_permit"})").status, 403);
  EXPECT_EQ(send("POST", "/api/v1/keyed-cases", type, R"({"procedure":"none"})").status, 404);
  EXPECT_EQ(send("GET", "/without-account/work_permit", "", "").status, 404);
  int opened = 0;
  Answer last;
  for (int i = 0; i < 200 && last.status != 429; ++i) {
    last = send("POST", "/api/v1/keyed-cases", type, R"({"procedure":"complaint"})");
    opened += last.status == 201 ? 1 : 0;
  }
  EXPECT_EQ(last.status, 429);
  EXPECT_NE(last.header("Retry-After"), "");
  EXPECT_GE(opened, 60);
}

}  // namespace
}  // namespace koshi
