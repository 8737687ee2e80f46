#pragma once

#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>
#include <map>
#include <memory>
#include <regex>
#include <string>

#include "http/app.h"
#include "http/office/office_routes.h"
#include "office/ledger/ledger.h"
#include "office/people/account.h"
#include "office/people/random.h"

/// For tests only: the whole program but sockets with an office of its own, over a small law that has everything that a page has to show.
namespace koshi::http {

inline constexpr const char* kOfficeLaw = R"(act LMP "Law on Migration" adopted 2011-07-22 in force from 2011-08-17

enum region "Region"
  'KZ-71' "Astana"
  'KZ-75' "Almaty"
  'KZ-51' "South Kazakhstan"

set existing_region of region "Regions that exist"
  'KZ-71', 'KZ-75'
  'KZ-51' until 2018-06-18

enum trade "Trade"
  welder "Welder"
  TRADES

enum paper "Document"
  passport "Passport"
  diploma "Diploma"

enum ground "Ground"
  unfit "The workers are not qualified"

entity employer "Employer"
  bin : text "Business identification number"
  name : text "Name of the employer"
  identity employer bin named name

entity worker "Worker"
  full_name : text "Full name"
  wage : money "Monthly wage"
  attested : yes/no "Attested"

entity permit "Permit"
  link employer : employer "Employer"
  link workers : many worker "Workers"
  region : region "Region"
  headcount : whole "Number of workers"
    ask "How many workers?"
  urgent : yes/no "Urgent"
  trade : trade "Trade of the workers"
  needed_by : date or none "Needed by"
  fits : yes/no "The workers are qualified"
  filed : date "Filed on"
  valid_until : date or none "Valid until"

norm required_documents of permit : set of paper
  "Documents to attach"
  {passport} by LMP art. 7 [read]

norm may_apply of permit : yes/no
  "May apply"
  headcount <= 5 by LMP art. 8(2) [read]

norm grounds_to_refuse of permit : set of ground
  "Grounds to refuse"
  {unfit} when not fits by LMP art. 9 [read]

account permits of (whole, region) "Quota of permits"

procedure work_permit of permit "Permit to employ foreigners"
  help "For an employer."
  by LMP art. 37 [read]
  from 2011-08-17
  aim in_force
  party employer "Employer" within employer.bin
  office akimat "Local executive body" within region
  documents required_documents

  form post "Whom do you want to employ?"
    ask region, headcount, urgent, needed_by, trade, employer.name
  form workers "The workers"
    ask workers.full_name, workers.wage

  state draft "Being prepared"
    submit: "Submit" by employer -> examined
      help "The body then decides."
      files
      needs forms, documents
      requires may_apply "At most five workers may be asked for"
        by LMP art. 8(2) [read]
      sets filed = today
      reserve headcount from permits(year_of(filed), region) until today + 60 days
      notice akimat "A new application has come in."
    discard: "Throw away" by employer -> withdrawn

  state examined "Under examination"
    within 7 days else late by LMP art. 38 [read]
    attest: "Attest the workers" by akimat -> examined
      ask workers.attested
    grant: "Grant" by akimat -> in_force
      ask fits
      requires fits "The workers must be qualified"
        by LMP art. 39 [read]
      sets valid_until = today + 1 year rounded down
      charges 1000 tenge "Fee for the permit"
      commit permits
      issues permit "Permit"
          letter "{employer.name} may employ {headcount} workers until {valid_until}."
      notice employer "The permit has been issued."
    refuse: "Refuse" by akimat -> refused
      ask fits
      requires not fits "There is no ground for refusal"
        by LMP art. 39 [read]
      grounds grounds_to_refuse
      release permits
      issues refusal "Decision to refuse"

  state in_force "In force"
    until valid_until else expire by LMP art. 41 [read]
    expire: "Expire" by clock -> expired

  final refused "Refused"
  final withdrawn "Withdrawn"
  final expired "Expired"
)";

/// With more trades than a page can list.
inline std::string office_law() {
  std::string trades;
  for (size_t i = 0; i < 330; ++i) {
    trades += (trades.empty() ? "" : "\n  ") + ("t" + std::to_string(i)) + " \"Smith of kind " + std::to_string(i) + "\"";
  }
  std::string law = kOfficeLaw;
  return law.replace(law.find("TRADES"), 6, trades);
}

inline constexpr int64_t kPagesNowMs = 1'768'453'200'000;  ///< 2026-01-15, 10:00 in Astana
inline constexpr char kTestPassword[] = "correct horse battery";

/// Somebody with a browser: remembers the cookie and reads the forms of the last page.
class Browser {
 public:
  explicit Browser(const App& app) : app_(app) {}

  Response get(const std::string& target) { return send("GET", target, {}, {}); }
  Response post(const std::string& target, const std::string& body, const std::string& type = "application/x-www-form-urlencoded") {
    return send("POST", target, type, body);
  }
  Response sign_in(const std::string& login, const std::string& password = kTestPassword) {
    return post("/sign-in", "login=" + login + "&password=" + percent_encode(password));
  }
  /// The hidden fields of the last page, with `more`.
  std::string filled(const std::string& more = {}) const {
    std::string body = "csrf=" + hidden("csrf") + "&version=" + hidden("version") + "&key=" + hidden("key");
    return more.empty() ? body : body + "&" + more;
  }
  std::string hidden(const std::string& name) const {
    const std::regex field("name=\"" + name + "\" value=\"([^\"]*)\"");
    std::smatch found;
    return std::regex_search(page_, found, field) ? found[1].str() : "";
  }
  /// multipart/form-data with the hidden fields, a kind and a file.
  Response attach(const std::string& target, const std::string& kind, const std::string& name, const std::string& bytes) {
    std::string body;
    for (const auto& [field, value] :
         {std::pair{"csrf", hidden("csrf")}, {"version", hidden("version")}, {"key", hidden("key")}, {"kind", kind}}) {
      body += "--AaB\r\nContent-Disposition: form-data; name=\"" + std::string(field) + "\"\r\n\r\n" + value + "\r\n";
    }
    body += "--AaB\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name + "\"\r\nContent-Type: text/plain\r\n\r\n" +
            bytes + "\r\n--AaB--\r\n";
    return post(target, body, "multipart/form-data; boundary=AaB");
  }
  static std::string header(const Response& response, std::string_view name) {
    for (const Header& one : response.headers) {
      if (same_word(one.name, name)) return one.value;
    }
    return {};
  }

 private:
  Response send(const std::string& method, const std::string& target, const std::string& type, const std::string& body) {
    const size_t question = target.find('?');
    Request request{method, target.substr(0, question), {}, {}, body, "127.0.0.1"};
    if (question != std::string::npos) request.query = target.substr(question + 1);
    if (!cookie_.empty()) request.headers.push_back({"Cookie", cookie_});
    if (!type.empty()) request.headers.push_back({"Content-Type", type});
    Response response = app_.handle(request);
    if (const std::string set = header(response, "Set-Cookie"); !set.empty()) cookie_ = set.substr(0, set.find(';'));
    if (!response.body.empty()) page_ = response.body;
    return response;
  }

  const App& app_;
  std::string cookie_, page_;
};

class PagesOfOffice : public testing::Test {
 protected:
  PagesOfOffice() {
    std::string name = (std::filesystem::temp_directory_path() / "koshi_pages_XXXXXX").string();
    folder_ = mkdtemp(name.data());
    auto compiled = zan::compile({{"law.zan", office_law()}}, {});
    EXPECT_EQ(zan::render(compiled.corpus.sources, compiled.diagnostics), "");
    AppFolders folders{{}, KOSHI_SOURCE_DIR "/words", KOSHI_SOURCE_DIR "/pages"};
    auto app =
        App::create(std::move(compiled.corpus), KOSHI_SOURCE_DIR "/words/none", folders, [this] { return office::office_day(now_ms_); });
    EXPECT_TRUE(app.has_value()) << app.error().message;
    app_ = std::move(*app);
    const Site& site = app_->site();
    const office::Law law{site.corpus, site.library, site.api_words};
    auto house = office::House::open({folder_.string(), {}, [this] { return now_ms_; }, people::system_random(), people::kCheapCost}, law);
    EXPECT_TRUE(house.has_value()) << house.error();
    house_ = std::move(*house);
    office_.reset(new OfficeSite{site, *house_, law, false, {}});
    office_->demo.push_back({"acme", kTestPassword, "Acme LLP", "An employer"});
    app_->open([this](Router& router, const Site&) { add_office_routes(router, *office_); });
    add_account("acme", "Acme LLP", {"employer", "120340000718", false});
    add_account("other", "Other LLP", {"employer", "222", false});
    add_account("officer", "Officer of Almaty", {"akimat", "KZ-75", false});
    add_account("astana", "Officer of Astana", {"akimat", "KZ-71", false});
    allot(10);
  }
  ~PagesOfOffice() override {
    house_.reset();
    std::filesystem::remove_all(folder_);
  }

  void add_account(const std::string& login, const std::string& name, const people::RoleGrant& role) {
    const auto hash = house_->passwords().hash(kTestPassword);
    ASSERT_TRUE(hash.has_value());
    const auto made = house_->store().write([&](store::Transaction& transaction) -> store::StoreResult<void> {
      auto created = people::create_account(transaction, {login, name, *hash, "en", {role}}, now_ms_);
      if (!created) return std::unexpected(created.error());
      EXPECT_TRUE(created->has_value()) << login;
      return {};
    });
    ASSERT_TRUE(made.has_value());
  }
  void allot(int64_t places) {
    const auto done = house_->store().write([&](store::Transaction& transaction) {
      return ledger::allot(transaction, "permits/2026/KZ-75", places, {"import", "the quota of the year", now_ms_});
    });
    ASSERT_TRUE(done.has_value());
  }

  /// A new case of the employer who is signed in: its address.
  std::string opened(Browser& browser) {
    browser.get("/desk");
    const Response response = browser.post("/cases", browser.filled("procedure=work_permit"));
    EXPECT_EQ(response.status, 303) << response.body;
    return Browser::header(response, "Location");
  }
  static std::string post_fields(int headcount) {
    return "region=KZ-75&headcount=" + std::to_string(headcount) +
           "&urgent=no&trade=welder&needed_by-day=1&needed_by-month=6&needed_by-year=2026&employer.name=Acme";
  }
  static std::string worker_fields() { return "workers=1&workers%5B0%5D.full_name=Aziz&workers%5B0%5D.wage=300+000"; }
  void fill(Browser& browser, const std::string& at, int headcount) {
    browser.get(at + "/forms/post");
    EXPECT_EQ(browser.post(at + "/forms/post", browser.filled(post_fields(headcount))).status, 303);
    browser.get(at + "/forms/workers");
    EXPECT_EQ(browser.post(at + "/forms/workers", browser.filled(worker_fields())).status, 303);
    browser.get(at + "/documents");
    EXPECT_EQ(browser.attach(at + "/documents", "passport", "passport.txt", "passport of Aziz").status, 303);
  }
  std::string submitted(Browser& browser, int headcount = 2) {
    const std::string at = opened(browser);
    fill(browser, at, headcount);
    browser.get(at + "/actions/submit");
    const Response response = browser.post(at + "/actions/submit", browser.filled());
    EXPECT_EQ(response.status, 303) << response.body;
    return at;
  }

  std::filesystem::path folder_;
  int64_t now_ms_ = kPagesNowMs;
  std::unique_ptr<App> app_;
  std::unique_ptr<office::House> house_;
  std::unique_ptr<OfficeSite> office_;
};

}  // namespace koshi::http
