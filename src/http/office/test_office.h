#pragma once

#include <gmock/gmock.h>

#include <atomic>
#include <boost/json.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/milliseconds.h"
#include "http/app.h"
#include "http/office/office_routes.h"
#include "http/office/test_schema.h"
#include "office/desk/test_law.h"
#include "office/ledger/ledger.h"
#include "office/people/account.h"
#include "office/people/test_people.h"

/// For tests only: the whole program but sockets, with an office of its own over the small law of the desk's tests. Every answer is held
/// against its schema.
namespace koshi::http {

namespace json = boost::json;

inline constexpr int64_t kNoonMs = 1'768'453'200'000;  ///< 2026-01-15, 10:00 in Astana
inline constexpr int64_t kMinuteMs = 60'000;
inline constexpr char kQuota[] = "permits/2026/KZ-75";
inline constexpr std::string_view kPassword = "correct horse battery";

inline std::string pdf_file(const std::string& objects = "1 0 obj << /Type /Catalog >> endobj") {
  return "%PDF-1.7\n" + objects + "\ntrailer << /Root 1 0 R >>\nstartxref\n0\n%%EOF\n";
}

class OfficeTest : public testing::Test {
 protected:
  OfficeTest() {
    auto compiled = zan::compile({{"law.zan", office::kTestLaw}}, {});
    EXPECT_EQ(zan::render(compiled.corpus.sources, compiled.diagnostics), "");
    const AppFolders folders{{}, KOSHI_SOURCE_DIR "/words", KOSHI_SOURCE_DIR "/pages"};
    auto app =
        App::create(std::move(compiled.corpus), KOSHI_SOURCE_DIR "/words/none", folders, [this] { return office::office_day(now_ms_); });
    EXPECT_TRUE(app.has_value()) << app.error().message;
    app_ = std::move(*app);
  }

  void SetUp() override { open((folder_ / "office").string()); }

  void open(const std::string& data) {
    const Site& site = app_->site();
    const office::Law law{site.corpus, site.library, site.api_words};
    office::HouseOptions options{data, folder_ / "keys", [this] { return now_ms_.load(); }, people::numbered_random()};
    options.password_cost = people::kCheapCost;
    auto house = office::House::open(std::move(options), law);
    ASSERT_TRUE(house.has_value()) << house.error();
    house_ = std::move(*house);
    office_.reset(new OfficeSite{site, *house_, law});
    app_->open([this](Router& router, const Site&) { add_office_routes(router, *office_); });
    check_ = std::make_unique<AnswerCheck>(app_->handle({"GET", "/openapi.json", "", {}, "", "127.0.0.1"}).body);
    add_account("zher", {{"employer", "111", false}});
    add_account("other", {{"employer", "222", false}});
    add_account("officer", {{"akimat", "KZ-75", false}});
    add_account("astana", {{"akimat", "KZ-71", false}});
    add_account("cashier", {{"treasury", "", true}});
  }

  int64_t add_account(const std::string& login, std::vector<people::RoleGrant> roles) {
    const std::string hash = house_->passwords().hash(kPassword).value();
    return people::allowed(house_->store().write([&](store::Transaction& transaction) {
      return people::create_account(transaction, {login, "Name of " + login, hash, "en", std::move(roles)}, now_ms_);
    }));
  }
  void allot(int64_t places, const std::string& code = kQuota) {
    store::must(house_->store().write([&](store::Transaction& transaction) {
      return ledger::allot(transaction, code, places, {"import", "the quota of the year", now_ms_});
    }));
  }

  struct Answer {
    Response response;
    int status = 0;
    std::string body;
    json::value value;  ///< null when it is not JSON

    std::string header(std::string_view name) const {
      for (const Header& one : response.headers) {
        if (same_word(one.name, name)) return one.value;
      }
      return {};
    }
    std::string text(std::string_view name) const {
      const json::value* found = value.is_object() ? value.as_object().if_contains(name) : nullptr;
      return found != nullptr && found->is_string() ? std::string(found->as_string()) : "";
    }
  };

  /// `target` is path and query, as in a request line.
  Answer send(const std::string& method, const std::string& target, std::vector<Header> headers, std::string body) {
    const size_t question = target.find('?');
    Request request{method, target.substr(0, question), {}, std::move(headers), std::move(body), "127.0.0.1"};
    if (question != std::string::npos) request.query = target.substr(question + 1);
    Answer answer{app_->handle(request), 0, {}, {}};
    answer.status = answer.response.status;
    answer.body = answer.response.body;
    const std::string type = answer.header("Content-Type");
    EXPECT_THAT(check_->mistakes(method, request.path, answer.status, type, answer.body), testing::IsEmpty())
        << method << " " << target << "\n"
        << answer.status << " " << answer.body.substr(0, 600);
    if (type.find("json") != std::string::npos) answer.value = json::parse(answer.body);
    if (answer.status >= 400) {
      EXPECT_EQ(type, "application/problem+json") << target;
      EXPECT_NE(answer.text("detail"), "") << method << " " << target << " " << answer.body;
    }
    return answer;
  }

  /// Signs in, once for each login of a test.
  std::string token(const std::string& login) {
    std::string& token = tokens_[login];
    if (token.empty()) token = sign_in(login, kPassword).text("token");
    EXPECT_NE(token, "") << login;
    return token;
  }
  Answer sign_in(const std::string& login, std::string_view password, const std::string& code = {}) {
    json::object body{{"login", login}, {"password", password}};
    if (!code.empty()) body["code"] = code;
    return send("POST", "/api/v1/session", {{"Content-Type", "application/json"}}, json::serialize(body));
  }
  Answer get(const std::string& login, const std::string& target, std::vector<Header> headers = {}) {
    headers.push_back({"Authorization", "Bearer " + token(login)});
    return send("GET", target, std::move(headers), {});
  }
  Answer post(const std::string& login, const std::string& target, const std::string& body, const std::string& key = {}) {
    std::vector<Header> headers{{"Authorization", "Bearer " + token(login)}, {"Content-Type", "application/json"}};
    if (!key.empty()) headers.push_back({"Idempotency-Key", key});
    return send("POST", target, std::move(headers), body);
  }
  Answer attach(const std::string& login, const std::string& id, int64_t version, const std::string& bytes,
                const std::string& kind = "passport", const std::string& name = "passport.pdf") {
    return send("POST", "/api/v1/cases/" + id + "/documents?kind=" + kind + "&name=" + name + "&version=" + std::to_string(version),
                {{"Authorization", "Bearer " + token(login)}, {"Content-Type", "application/octet-stream"}}, bytes);
  }

  static int64_t version(const Answer& answer) { return answer.value.at("case").at("version").as_int64(); }
  static std::string id(const Answer& answer) { return std::string(answer.value.at("case").at("id").as_string()); }
  static std::string state(const Answer& answer) { return std::string(answer.value.at("case").at("state").as_string()); }
  static std::string at_version(int64_t version, const std::string& facts = "{}") {
    return R"({"version":)" + std::to_string(version) + R"(,"facts":)" + facts + "}";
  }
  static std::string facts(int headcount, const std::string& region = "KZ-75", const std::string& barred = "null") {
    return R"({"region":")" + region + R"(","headcount":)" + std::to_string(headcount) +
           R"(,"employer":{"name":"Zher LLP","barred_until":)" + barred + "}}";
  }

  Answer opened(const std::string& login = "zher") { return must(post(login, "/api/v1/cases", R"({"procedure":"work_permit"})"), 201); }
  /// A draft with all facts and documents.
  Answer draft(int headcount, const std::string& login = "zher", const std::string& region = "KZ-75", const std::string& barred = "null") {
    const Answer first = opened(login);
    const Answer filled = give(login, first, facts(headcount, region, barred));
    return must(attach(login, id(filled), version(filled), pdf_file()));
  }
  Answer give(const std::string& login, const Answer& before, const std::string& facts_json) {
    return must(post(login, "/api/v1/cases/" + id(before) + "/facts", at_version(version(before), facts_json)));
  }
  Answer try_act(const std::string& login, const Answer& before, const std::string& action, const std::string& facts_json = "{}",
                 const std::string& key = {}) {
    return post(login, "/api/v1/cases/" + id(before) + "/actions/" + action, at_version(version(before), facts_json), key);
  }
  Answer act(const std::string& login, const Answer& before, const std::string& action, const std::string& facts_json = "{}") {
    return must(try_act(login, before, action, facts_json));
  }
  Answer submitted(int headcount, const std::string& login = "zher", const std::string& region = "KZ-75") {
    return act(login, draft(headcount, login, region), "submit");
  }
  Answer in_force(int headcount) { return act("cashier", act("officer", submitted(headcount), "grant", R"({"fits":true})"), "pay"); }
  static Answer must(Answer answer, int status = 200) {
    EXPECT_EQ(answer.status, status) << answer.body;
    return answer;
  }
  /// Members of a list in an answer, one name of each.
  static std::vector<std::string> names(const json::value& list, std::string_view name) {
    std::vector<std::string> all;
    for (const json::value& one : list.as_array()) all.emplace_back(one.at(name).as_string());
    return all;
  }

  store::TestFolder folder_;
  std::atomic<int64_t> now_ms_ = kNoonMs;
  std::unique_ptr<App> app_;
  std::unique_ptr<office::House> house_;
  std::unique_ptr<OfficeSite> office_;
  std::unique_ptr<AnswerCheck> check_;
  std::map<std::string, std::string> tokens_;
};

}  // namespace koshi::http
