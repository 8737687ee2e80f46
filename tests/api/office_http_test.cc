#include <chrono>
#include <thread>

#include "office/ledger/ledger.h"
#include "served_office.h"

/// The work permit of both regimes as its people meet it: the real program, real sockets, the real law, on both engines. The office is one
/// for trials, so its clock can be set; it is set while the server is down, so each day also proves that the office comes back as it was.
namespace koshi {
namespace {

namespace json = boost::json;
using std::chrono::milliseconds;
using store::Engine;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr milliseconds kSweepMax{60'000};

std::string pdf(const std::string& what) {
  return "%PDF-1.7\n1 0 obj << /Type /Catalog /Title (" + what + ") >> endobj\ntrailer << /Root 1 0 R >>\nstartxref\n0\n%%EOF\n";
}

/// An office with its people, served by the real program.
class OfficeHttp : public testing::TestWithParam<Engine> {
 protected:
  void SetUp() override { office_.make(); }
  void TearDown() override {
    office_.stop();
    // Journal, ledger and cases tell the same, and the journal is signed.
    if (!HasFatalFailure()) office_.command({"office", "verify"});
  }

  void add_account(const std::string& login, const std::string& role) { office_.add_account(login, {role}); }
  void allot(const std::string& code, int64_t places) {
    store::must(office_.beside().store().write(
        [&](store::Transaction& transaction) { return ledger::allot(transaction, code, places, {"import", "the quota of the year", 1}); }));
  }
  /// The office opens on this day.
  void on(const std::string& day) { office_.on(day); }

  Answer send(const std::string& method, const std::string& target, const std::string& headers, const std::string& body) {
    return office_.send(method, target, headers, body);
  }
  std::string bearer(const std::string& login) { return office_.bearer(login); }
  Answer get(const std::string& login, const std::string& target) { return send("GET", target, bearer(login), ""); }
  Answer post(const std::string& login, const std::string& target, const std::string& body, const std::string& headers = {}) {
    return send("POST", target, bearer(login) + "Content-Type: application/json\r\n" + headers, body);
  }

  /// A case, by what the office last said of it to whoever acted.
  struct Item {
    std::string id, state;
    int64_t version = 0;
    std::string path(const std::string& below = {}) const { return "/api/v1/cases/" + id + below; }
  };
  static void take(Item& item, const Answer& answer, int status = 200) {
    ASSERT_EQ(answer.status, status) << item.id << " " << answer.body.substr(0, 4000);
    const json::value& said = answer.value.at("case");
    item = {std::string(said.at("id").as_string()), std::string(said.at("state").as_string()), said.at("version").as_int64()};
  }
  Item open(const std::string& login, const std::string& procedure) {
    Item item;
    take(item, post(login, "/api/v1/cases", R"({"procedure":")" + procedure + "\"}"), 201);
    return item;
  }
  static std::string at_version(const Item& item, const std::string& facts) {
    return R"({"version":)" + std::to_string(item.version) + R"(,"facts":)" + facts + "}";
  }
  void give(const std::string& login, Item& item, const std::string& facts) {
    take(item, post(login, item.path("/facts"), at_version(item, facts)));
  }
  void attach(const std::string& login, Item& item, const std::vector<std::string>& kinds) {
    for (const std::string& kind : kinds) {
      const std::string target = item.path("/documents?kind=" + kind + "&name=" + kind + ".pdf&version=" + std::to_string(item.version));
      take(item, send("POST", target, bearer(login) + "Content-Type: application/pdf\r\n", pdf(kind)));
    }
  }
  Answer try_act(const std::string& login, const Item& item, const std::string& action, const std::string& facts = "{}",
                 const std::string& headers = {}) {
    return post(login, item.path("/actions/" + action), at_version(item, facts), headers);
  }
  void act(const std::string& login, Item& item, const std::string& action, const std::string& state, const std::string& facts = "{}") {
    take(item, try_act(login, item, action, facts));
    EXPECT_EQ(item.state, state) << action;
  }
  /// Refused, with why, and nothing is changed.
  Answer refused(const std::string& login, const Item& item, const std::string& action, int status, const std::string& kind,
                 const std::string& facts = "{}") {
    Answer answer = try_act(login, item, action, facts);
    EXPECT_EQ(answer.status, status) << action << " " << answer.body.substr(0, 2000);
    EXPECT_EQ(answer.text("refusal"), kind) << action << " " << answer.body.substr(0, 2000);
    EXPECT_NE(answer.text("detail"), "");
    return answer;
  }
  /// Of a refusal: norms that were not met, each with its article and what would change it.
  static void expect_proof(const Answer& answer) {
    const json::array& failed = answer.value.at("failed").as_array();
    ASSERT_FALSE(failed.empty()) << answer.body;
    for (const json::value& one : failed) {
      EXPECT_FALSE(one.at("label").as_string().empty());
      EXPECT_FALSE(one.at("text").as_string().empty()) << answer.body.substr(0, 2000);
    }
  }
  /// Of a full quota, which is read from the ledger in the very act.
  static void expect_no_place(const Answer& answer) {
    expect_proof(answer);
    EXPECT_THAT(answer.body, HasSubstr("A place in the quota of the region must be left for each worker"));
    EXPECT_THAT(answer.body, HasSubstr("Places free in the quota of the region now: 0"));
  }
  /// The sweeper acts by itself, soon after the office has opened.
  void expect_swept(const std::string& login, Item& item, const std::string& state) {
    const auto end = std::chrono::steady_clock::now() + kSweepMax;
    while (item.state != state && std::chrono::steady_clock::now() < end) {
      take(item, get(login, item.path()));
      std::this_thread::sleep_for(milliseconds(100));
    }
    EXPECT_EQ(item.state, state);
  }
  std::string quota(const std::string& code) {
    const Answer answer = send("GET", "/api/v1/quota?prefix=" + code, "", "");
    for (const json::value& one : answer.value.at("accounts").as_array()) {
      if (one.at("account").as_string() != code) continue;
      return std::to_string(one.at("limit").as_int64()) + " " + std::to_string(one.at("held").as_int64()) + " " +
             std::to_string(one.at("committed").as_int64());
    }
    return "none";
  }
  bool paper_holds(const Item& item, int paper) {
    const Answer answer = send("GET", "/api/v1/papers/" + item.id + "/" + std::to_string(paper), "", "");
    EXPECT_EQ(answer.status, 200);
    return answer.status == 200 && answer.value.at("valid").as_bool();
  }

  ServedOffice office_{GetParam()};
};
INSTANTIATE_TEST_SUITE_P(Engines, OfficeHttp, store::both_engines(), store::engine_name);

constexpr char kTwoWorkers[] = R"({"category":"second","sector":"F","occupation":"2142","region":"KZ-75","headcount":2,"term_months":12,
"territories":1,"employer.name":"Steppe Build LLP","employer.kind":"company","employer.size":"large","employer.citizens_upper":20,
"employer.foreigners_upper":1,"workers":[
{"person":{"full_name":"A B","nationality":"TR","passport_number":"U1"},"qualification":"engineer"},
{"person":{"full_name":"C D","nationality":"TR","passport_number":"U2"},"qualification":"engineer"}]})";
constexpr char kPayment[] = R"({"payment_reference":"PO-51"})";
constexpr char kExamined[] = R"({"documents_false":false,"qualification_fits":true})";

TEST_P(OfficeHttp, ThePresentRegimeFromTheApplicationToTheEndOfThePermit) {
  office_.enrol("steppe", {"employer:123456789012"});
  add_account("almaty", "akimat:KZ-75");
  add_account("astana", "akimat:KZ-71");
  add_account("treasury", "treasury");
  allot("permits/2025/KZ-75/second", 3);
  on("2025-03-20");
  office_.sign_in("steppe");

  Item item = open("steppe", "work_permit");
  EXPECT_THAT(refused("steppe", item, "submit", 422, "facts_missing").value.at("problems").as_array(), SizeIs(testing::Gt(10)));
  give("steppe", item, kTwoWorkers);
  refused("steppe", item, "submit", 422, "documents_missing");
  attach("steppe", item, {"application", "worker_data", "employer_letter", "education_documents", "local_content", "passport_copy"});
  const Answer first = try_act("steppe", item, "submit", "{}", "Idempotency-Key: submit-1\r\n");
  const Answer again = try_act("steppe", item, "submit", "{}", "Idempotency-Key: submit-1\r\n");
  EXPECT_EQ(again.body, first.body);
  EXPECT_EQ(again.header("Koshi-Repeated"), "true");
  take(item, first);
  EXPECT_EQ(item.state, "examined");
  EXPECT_EQ(quota("permits/2025/KZ-75/second"), "3 2 0");

  EXPECT_EQ(get("astana", item.path()).status, 404) << "another region";
  EXPECT_EQ(try_act("astana", item, "examine", kExamined).status, 404);
  refused("steppe", item, "examine", 403, "forbidden", kExamined);
  act("almaty", item, "examine", "examined", kExamined);
  expect_proof(refused("almaty", item, "refuse", 422, "not_lawful"));
  act("almaty", item, "grant", "granted");
  refused("almaty", item, "grant", 409, "wrong_state");
  refused("almaty", item, "issue", 409, "wrong_state");

  on("2025-03-28");
  act("treasury", item, "pay", "paid", kPayment);
  act("almaty", item, "issue", "in_force");
  EXPECT_EQ(quota("permits/2025/KZ-75/second"), "3 0 2");
  const std::string papers = json::serialize(get("steppe", item.path()).value.at("case").at("papers"));
  EXPECT_TRUE(paper_holds(item, 2)) << papers;
  const Answer letter = get("steppe", item.path("/papers/2"));
  EXPECT_EQ(letter.header("Content-Type"), "application/pdf");
  EXPECT_TRUE(letter.body.starts_with("%PDF-")) << letter.body.substr(0, 200);
  EXPECT_FALSE(get("almaty", item.path("/timeline")).value.as_array().empty());

  allot("permits/2026/KZ-75/second", 2);
  on("2026-02-10");
  act("steppe", item, "begin_extension", "extension_draft", R"({"term_months":12})");
  act("steppe", item, "file_extension", "extension_examined");
  refused("steppe", item, "grant_extension", 403, "forbidden", kExamined);
  expect_proof(refused("almaty", item, "refuse_extension", 422, "not_lawful", kExamined));
  act("almaty", item, "grant_extension", "extension_granted", kExamined);
  act("treasury", item, "pay_extension", "in_force", kPayment);

  on("2027-04-20");
  expect_swept("steppe", item, "expired");
  EXPECT_FALSE(paper_holds(item, 2));
}

std::string one_worker(const std::string& employer) {
  return R"({"category":"second","sector":"F","occupation":"2142","region":"KZ-75","headcount":1,"term_months":12,"territories":1,
"vacancy_posted":"2026-03-01",)" +
         employer + R"(,"workers":[{"person":{"full_name":"A B","nationality":"TR","passport_number":"U1"},
"qualification":"engineer"}]})";
}

TEST_P(OfficeHttp, ThePresentRegimeRefusesABrokenShareAndWhomItHasNoPlaceFor) {
  add_account("branch", "employer:123456789012");
  add_account("second", "employer:222222222222");
  add_account("third", "employer:333333333333");
  add_account("almaty", "akimat:KZ-75");
  allot("permits/2026/KZ-75/second", 1);
  on("2026-03-20");
  const std::vector<std::string> documents = {"application",   "worker_data",   "employer_letter", "education_documents",
                                              "local_content", "passport_copy", "publication_code"};

  Item broken = open("branch", "work_permit");
  give("branch", broken, one_worker(R"("employer.name":"Branch","employer.kind":"branch_of_foreign","employer.citizens_upper":2,
"employer.foreigners_upper":1,"employer.headcount":50)"));
  attach("branch", broken, documents);
  act("branch", broken, "submit", "examined");
  act("almaty", broken, "examine", "examined", kExamined);
  expect_proof(refused("almaty", broken, "grant", 422, "not_lawful"));
  act("almaty", broken, "refuse", "refused");
  EXPECT_FALSE(get("branch", broken.path()).value.at("case").at("grounds").as_array().empty());
  EXPECT_EQ(quota("permits/2026/KZ-75/second"), "1 0 0") << "the place is free again";

  const std::string company =
      R"("employer.kind":"company","employer.size":"large","employer.citizens_upper":20,"employer.foreigners_upper":1)";
  Item last = open("second", "work_permit");
  give("second", last, one_worker(R"("employer.name":"Second",)" + company));
  attach("second", last, documents);
  act("second", last, "submit", "examined");
  Item waiting = open("third", "work_permit");
  give("third", waiting, one_worker(R"("employer.name":"Third",)" + company));
  attach("third", waiting, documents);
  expect_no_place(refused("third", waiting, "submit", 422, "not_lawful"));
  act("third", waiting, "submit_without_place", "no_place");
  expect_no_place(refused("almaty", waiting, "take_place", 422, "not_lawful"));
  EXPECT_EQ(quota("permits/2026/KZ-75/second"), "1 1 0");
  act("almaty", last, "examine", "examined", kExamined);
  act("almaty", last, "grant", "granted");

  // The fee is not paid in time: the clock takes the place back, and the next one gets it.
  on("2026-04-10");
  expect_swept("second", last, "lapsed");
  take(waiting, get("almaty", waiting.path()));
  act("almaty", waiting, "take_place", "examined");
  EXPECT_EQ(quota("permits/2026/KZ-75/second"), "1 1 0");
}

/// The steps of the regime of 2001, in their order.
class OfficeHttp2001 : public OfficeHttp {
 protected:
  void find_nobody() {
    Item market = open("old", "market_test_2001");
    give("old", market, R"({"employer.name":"Old","occupation":"2142","region":"KZ-75","headcount":1,"post_requirements":"degree",
"wage_offered":"200000","foreign_bank_head":false,"seasonal_agreement":false})");
    take(market, try_act("old", market, "post"));
    const Answer early = try_act("old", market, "finish");
    EXPECT_EQ(early.status, 422) << early.body;

    on("2009-06-01");
    give("old", market,
         R"({"announced":"2009-05-10","applicants":[{"full_name":"Z","interviewed_on":"2009-05-20","refusal_reason":null}]})");
    take(market, try_act("centre", market, "certify_region"));
    on("2009-06-15");
    expect_proof(refused("old", market, "finish", 422, "not_lawful"));
    give("old", market, R"({"applicants":[{"full_name":"Z","interviewed_on":"2009-05-20","refusal_reason":"no degree"}]})");
    act("old", market, "finish", "searched");
  }
  Item applied() {
    Item item = open("old", "work_permit_2001");
    give("old", item, R"({"category":"second","occupation":"2142","region":"KZ-75","headcount":1,"term_months":12,"earlier_permits":false,
"foreign_bank_head":false,"seasonal_agreement":false,"language_required":true,"vacancy_posted":"2009-05-04","applicants_interviewed":true,
"citizens_refused":true,"regional_search":"2009-06-01","announced":"2009-05-10"})");
    attach("old", item,
           {"application", "requirements", "number_grounds", "regional_certificate", "newspapers", "republican_search",
            "requirements_grounds"});
    refused("old", item, "submit", 422, "documents_missing");
    attach("old", item, {"refusals"});
    take(item, try_act("old", item, "submit"));
    EXPECT_EQ(quota("permits/2009/KZ-75/second"), "1 1 0");
    return item;
  }
  Item second_draft() {
    Item second = open("old", "work_permit_2001");
    give("old", second, R"({"category":"second","occupation":"2142","region":"KZ-75","headcount":1,"term_months":12,"earlier_permits":false,
"foreign_bank_head":false,"seasonal_agreement":true,"language_required":false})");
    attach("old", second, {"application", "requirements", "number_grounds"});
    expect_no_place(refused("old", second, "submit", 422, "not_lawful"));
    return second;
  }
  void grant(Item& item) {
    EXPECT_EQ(try_act("astana", item, "examine", "{}").status, 404) << "another region";
    refused("almaty", item, "grant", 422, "facts_missing", R"({"conditions_due":2})");
    take(item, try_act("almaty", item, "examine", R"({"qualification_fits":true,"employer.special_conditions_unmet":false})"));
    refused("old", item, "grant", 403, "forbidden", R"({"conditions_due":2})");
    take(item, try_act("almaty", item, "grant", R"({"conditions_due":2})"));
  }
  void work(Item& item) {
    const std::string worker = R"({"workers":[{"person":{"full_name":"X Y","born":"1980-01-01","nationality":"TR","education":"higher"},
"home_country":"TR","departure_country":"TR","qualification":"engineer","occupation":"2142","contract_from":"2009-07-01","deposit_paid":)";
    give("old", item, worker + "false}]}");
    expect_proof(refused("old", item, "file_list", 422, "not_lawful"));
    give("old", item, worker + "true}]}");
    take(item, try_act("old", item, "file_list"));
    act("almaty", item, "certify", "in_force");
    EXPECT_EQ(quota("permits/2009/KZ-75/second"), "1 0 1");
    take(item, try_act("old", item, "report_conditions", R"({"conditions_met":1})"));
    take(item, try_act("old", item, "change_list",
                       R"({"replacement":{"person":{"full_name":"X Y"},"contract_ended":"2009-09-01","new_name":"E F",
"new_category":"second","new_occupation":"2142"}})"));
    act("almaty", item, "certify_change", "in_force", R"({"replacement":{"new_qualification_proved":true}})");
  }
  void fail_to_extend(Item& item) {
    on("2010-06-01");
    take(item, try_act("old", item, "begin_extension", R"({"term_months":12})"));
    refused("old", item, "file_extension", 422, "documents_missing");
    attach("old", item, {"original_permit", "certified_list", "extension_grounds"});
    take(item, try_act("old", item, "file_extension"));
    expect_proof(refused("almaty", item, "grant_extension", 422, "not_lawful"));
    take(item, try_act("almaty", item, "refuse_extension", R"({"revocation_reason":"conditions"})"));
    on("2010-06-25");
    expect_swept("old", item, "expired");
  }
  void apply_again(Item& second) {
    // What was not kept stands against the next application.
    take(second, get("old", second.path()));
    take(second, try_act("old", second, "submit"));
    take(second, try_act("almaty", second, "examine", R"({"qualification_fits":true})"));
    expect_proof(refused("almaty", second, "grant", 422, "not_lawful", R"({"conditions_due":0})"));
    act("almaty", second, "refuse", "refused");
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, OfficeHttp2001, store::both_engines(), store::engine_name);

TEST_P(OfficeHttp2001, FromTheMarketTestToTheRefusedExtension) {
  add_account("old", "employer:111111111111");
  add_account("centre", "centre:KZ-75");
  add_account("almaty", "akimat:KZ-75");
  add_account("astana", "akimat:KZ-71");
  allot("permits/2009/KZ-75/second", 1);
  allot("permits/2010/KZ-75/second", 3);
  on("2009-05-04");
  find_nobody();
  Item item = applied();
  Item second = second_draft();
  grant(item);
  work(item);
  fail_to_extend(item);
  apply_again(second);
}

}  // namespace
}  // namespace koshi
