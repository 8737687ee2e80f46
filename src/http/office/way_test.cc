// The way from a search to a permit, on the pages without scripts and for programs: from which day on, what would stand against it, what is
// taken over, what is owed to whom.
#include "base/milliseconds.h"
#include "http/office/test_pages.h"
#include "office/case/test_other_law.h"

namespace koshi::http {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class WayTest : public testing::Test {
 protected:
  WayTest() {
    std::string name = (std::filesystem::temp_directory_path() / "koshi_way_XXXXXX").string();
    folder_ = mkdtemp(name.data());
    auto compiled = zan::compile({{"law.zan", office::kOtherLaw}}, {});
    const AppFolders folders{{}, KOSHI_SOURCE_DIR "/words", KOSHI_SOURCE_DIR "/pages"};
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
    app_->open([this](Router& router, const Site&) { add_office_routes(router, *office_); });
    add_account("acme", {"employer", "111", false});
    add_account("other", {"employer", "222", false});
    add_account("officer", {"akimat", "", true});
    add_account("cash", {"treasury", "", true});
  }
  ~WayTest() override {
    house_.reset();
    std::filesystem::remove_all(folder_);
  }

  void add_account(const std::string& login, const people::RoleGrant& role) {
    const auto hash = house_->passwords().hash(kTestPassword);
    ASSERT_TRUE(hash.has_value());
    const auto made = house_->store().write([&](store::Transaction& transaction) -> store::StoreResult<void> {
      auto created = people::create_account(transaction, {login, login, *hash, "en", {role}}, now_ms_);
      if (!created) return std::unexpected(created.error());
      return {};
    });
    ASSERT_TRUE(made.has_value());
  }
  static std::string opened(Browser& browser, const std::string& procedure) {
    browser.get("/desk");
    return Browser::header(browser.post("/cases", browser.filled("procedure=" + procedure)), "Location");
  }
  static void fill(Browser& browser, const std::string& at, const std::string& fields) {
    browser.get(at);
    const Response response = browser.post(at, browser.filled(fields));
    EXPECT_EQ(response.status, 303) << response.body;
  }
  static void act(Browser& browser, const std::string& at, const std::string& action, const std::string& fields = {}) {
    browser.get(at + "/actions/" + action);
    const Response response = browser.post(at + "/actions/" + action, browser.filled(fields));
    EXPECT_EQ(response.status, 303) << response.body;
  }
  static std::string posted(Browser& browser) {
    const std::string at = opened(browser, "search");
    fill(browser, at + "/forms/vacancy", "occupation=welder&headcount=2&keep=300");
    act(browser, at, "post");
    return at;
  }

  std::filesystem::path folder_;
  int64_t now_ms_ = kPagesNowMs;
  std::unique_ptr<App> app_;
  std::unique_ptr<office::House> house_;
  std::unique_ptr<OfficeSite> office_;
};

TEST_F(WayTest, TheDayIsSaidFromWhichAnActIsPossible) {
  Browser acme(*app_);
  acme.sign_in("acme");
  const std::string at = posted(acme);
  EXPECT_THAT(acme.get(at).body, AllOf(HasSubstr("Possible from 30 January 2026."), HasSubstr("From 30 January 2026 you can: Finish.")));
  EXPECT_THAT(acme.get(at).body, Not(HasSubstr("You can: Finish")));
  EXPECT_THAT(acme.get("/desk").body, AllOf(HasSubstr("From 30 January 2026 you can: Finish."), Not(HasSubstr("You can: Finish"))));
  EXPECT_THAT(acme.get("/api/v1" + at).body, HasSubstr(R"("possible_from":"2026-01-30")"));
  EXPECT_THAT(acme.get("/api/v1" + at + "/sheet").body,
              AllOf(HasSubstr(R"("possible_from":"2026-01-30")"), HasSubstr(R"("from":"2026-01-30")")));
  now_ms_ += 15 * kDayMs;
  acme.sign_in("acme");
  EXPECT_THAT(acme.get(at).body, AllOf(HasSubstr("You can: Finish."), Not(HasSubstr("Possible from"))));
}

TEST_F(WayTest, AnApplicationBeginsFromASearchAndIsPaidInTheEnd) {
  Browser acme(*app_), other(*app_), officer(*app_);
  acme.sign_in("acme");
  const std::string search = posted(acme);
  const std::string at = opened(acme, "permit_case");
  EXPECT_THAT(acme.get(at).body, Not(HasSubstr("Begin from an earlier case"))) << "the search goes on";
  now_ms_ += 15 * kDayMs;
  acme.sign_in("acme");
  other.sign_in("other");
  officer.sign_in("officer");
  EXPECT_THAT(acme.get(search).body, Not(HasSubstr("With this you can begin:"))) << "not yet";
  act(acme, search, "finish");
  EXPECT_THAT(acme.get(search).body, AllOf(HasSubstr("With this you can begin:"), HasSubstr("/procedures/permit_case")));
  EXPECT_THAT(acme.get("/api/v1" + search).body, HasSubstr(R"("leads_to":[{"procedure":"permit_case")"));
  EXPECT_THAT(acme.get(at).body, AllOf(HasSubstr("Begin from an earlier case"), HasSubstr("S/2026/000001: Search, 15 January 2026"),
                                       HasSubstr("Occupation: welder")));
  EXPECT_THAT(acme.get("/api/v1" + at + "/sheet").body, HasSubstr(R"("earlier":[{"case":)"));
  const std::string id = search.substr(std::string("/cases/").size());
  acme.get(at);
  EXPECT_EQ(acme.post(at + "/take", acme.filled("from=" + id)).status, 303);
  EXPECT_THAT(acme.get(at).body, HasSubstr("from the earlier case S/2026/000001, 30 January 2026"));

  const std::string theirs = opened(other, "permit_case");
  EXPECT_THAT(other.get(theirs).body, Not(HasSubstr("Begin from an earlier case")));
  EXPECT_EQ(other.post(theirs + "/take", other.filled("from=" + id)).status, 404);

  fill(acme, at + "/forms/what",
       "occupation=welder&headcount=2&posted-day=15&posted-month=1&posted-year=2026&locals=1&foreign=1&exempt=no");
  EXPECT_THAT(acme.get(at).body, AllOf(HasSubstr("What would stand against it today"), HasSubstr("The share of local staff is not kept"),
                                       HasSubstr("Local staff: 1"), HasSubstr("from the earlier case S/2026/000001")));
  EXPECT_THAT(acme.get("/api/v1" + at + "/sheet").body, HasSubstr(R"("foreseen":[{"label":"The share of local staff is not kept")"));
  act(acme, at, "submit");
  officer.get(at + "/actions/grant");
  const Response refused = officer.post(at + "/actions/grant", officer.filled("papers_false=no"));
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body,
              AllOf(HasSubstr("What the law finds:"), HasSubstr("The share of local staff is not kept"), HasSubstr("art. 2")));
}

TEST_F(WayTest, AFeeSaysWhatForHowMuchToWhomAndThatItIsPaid) {
  Browser acme(*app_), officer(*app_), cash(*app_);
  acme.sign_in("acme");
  officer.sign_in("officer");
  cash.sign_in("cash");
  const std::string at = opened(acme, "permit_case");
  fill(acme, at + "/forms/what",
       "occupation=welder&headcount=2&posted-day=15&posted-month=12&posted-year=2025&locals=9&foreign=1&exempt=no");
  act(acme, at, "submit");
  act(officer, at, "grant", "papers_false=no");
  EXPECT_THAT(acme.get(at).body, AllOf(HasSubstr("Granted: pay the fee. Fee: 2,000 tenge, to be paid to: Treasury."),
                                       HasSubstr("2,000 tenge, to be paid to: Treasury</dd>")));
  EXPECT_THAT(cash.get(at + "/actions/pay").body, HasSubstr("It records as paid: Fee – 2,000 tenge. Payer: 111"));
  act(cash, at, "pay");
  EXPECT_THAT(acme.get(at).body, AllOf(HasSubstr("Fee: 2,000 tenge, paid on 15 January 2026."), Not(HasSubstr("to be paid"))));
  EXPECT_THAT(acme.get("/api/v1" + at + "/sheet").body, HasSubstr(R"("paid":"2026-01-15")"));
}

}  // namespace
}  // namespace koshi::http
