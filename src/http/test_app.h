#pragma once

#include <gmock/gmock.h>

#include <memory>
#include <string>

#include "http/app.h"

/// The whole program but sockets over a small law, for the tests of this folder. The pages and phrases are the real ones.
namespace koshi::http {

inline constexpr const char* kTestLaw =
    R"(act LMP "Law on <Migration>" adopted 2011-07-22 number "477-IV" in force from 2011-08-17 url "https://law.example/1"
treaty CONV "Convention" signed 1990-12-18 not ratified
source BOOK "A book" published 2017-10-01

enum country "Country"
  KZ "Kazakhstan"
  RU "Russia"
  UZ "Uzbekistan"

enum size "Size"
  small "Small & tiny"
  large "Large"

topic stay "Staying in the country"

entity person "Person"
  nationality : country "Citizenship"
    ask "Which citizenship do you hold?"
    help "As in the passport."
  arrived : date "Arrived on"
  registered : date or none "Registered on"
  adult : yes/no "Adult"
  must registered is none or registered >= arrived "Registered before arriving"

entity employer "Employer"
  link staff : many job "Staff"
  size : size "Size"

entity job "Job"
  link person : person "Worker"
  link employer : employer "Employer"
  wage : money "Monthly wage"
  rate : decimal "Rate"
  heads : whole "Heads"
  notice : days "Notice"

norm mci : money
  "Monthly calculation index"
  2121 tenge from 2016-01-01 by LMP art. 99 [sample]

norm due of person : date
  "Last day to register"
  help "In calendar days."
  general: arrived + 5 days from 2011-08-17 until 2020-01-10 by LMP art. 6(4) [read]
  later: arrived + 3 days from 2020-01-11 by LMP art. 6(4) [unverified]
  except
    union: arrived + 30 days when nationality = RU from 2015-01-01 by LMP art. 6(5) [reported]

norm breached of person : yes/no
  "Registered too late?"
  registered is none or registered > due by LMP art. 7 [read]

norm worker of person : yes/no
  "Worker"
  adult by LMP art. 2 [read]

norm worker of person under CONV : yes/no
  "Worker"
  nationality != KZ by CONV art. 2 [read]

norm dear of job : yes/no
  "Well paid?"
  wage > 2 mci and rate > 0.5 and heads > 1 and notice > 3 days and employer.size = large by LMP art. 3 [read]

norm wages of employer : money
  "Wages"
  sum wage of staff by LMP art. 5 [read]

norm silent of person : yes/no
  "Silent"
  yes when adult by LMP art. 8 [read]

norm torn of person : yes/no
  "Torn"
  first: yes when adult by LMP art. 9 [read]
  second: no when nationality = UZ by LMP art. 10 [read]

reform shorter "Two days only" by BOOK p. 17 [sample]
  amend due of person
    replace general with arrived + 2 days
    repeal union
    insert arrived + 9 days when adult

case "an example" on 2016-03-10
  person: nationality UZ, arrived 2016-03-01
  expect due = 2016-03-06 because LMP art. 6(4)
)";

class AppTest : public testing::Test {
 protected:
  AppTest() : app_(app_over(kTestLaw)) {}

  /// The program over another law, open.
  static std::unique_ptr<App> app_over(const std::string& law) {
    auto compiled = zan::compile({{"law.zan", law}}, {});
    EXPECT_EQ(zan::render(compiled.corpus.sources, compiled.diagnostics), "");
    AppFolders folders{{}, KOSHI_SOURCE_DIR "/words", KOSHI_SOURCE_DIR "/pages"};
    auto app = App::create(std::move(compiled.corpus), KOSHI_SOURCE_DIR "/words/none", folders, [] { return *make_date(2026, 1, 15); });
    EXPECT_TRUE(app.has_value()) << app.error().message;
    (*app)->open();
    return std::move(*app);
  }

  /// `target` is path and query, as in a request line.
  Response get(const std::string& target, std::vector<Header> headers = {}) const { return send("GET", target, std::move(headers), {}); }
  Response post(const std::string& target, std::string body, const std::string& type = "application/json") const {
    return send("POST", target, {{"Content-Type", type}}, std::move(body));
  }
  Response send(const std::string& method, const std::string& target, std::vector<Header> headers, std::string body) const {
    const size_t question = target.find('?');
    Request request{method, target.substr(0, question), {}, std::move(headers), std::move(body), "127.0.0.1"};
    if (question != std::string::npos) request.query = target.substr(question + 1);
    return app_->handle(request);
  }
  static std::string header(const Response& response, std::string_view name) {
    for (const Header& one : response.headers) {
      if (same_word(one.name, name)) return one.value;
    }
    return {};
  }

  std::unique_ptr<App> app_;
};

}  // namespace koshi::http
