#include <regex>
#include <set>

#include "http/office/test_pages.h"
#include "office/demo/demo.h"
#include "office/demo/test_clock.h"
#include "store/test_store.h"

/// One person, many cases, one story: the page of other cases, over the demo and the real law. Whoever opens it finds only what they may
/// open themselves, a sealed case is on it for nobody to whom it has not come, and the story is told where its person has agreed.
namespace koshi::http {
namespace {

using testing::HasSubstr;
using testing::Not;

class RelatedPages : public testing::Test {
 protected:
  RelatedPages() {
    const AppFolders folders{KOSHI_SOURCE_DIR "/law/kz", KOSHI_SOURCE_DIR "/words", KOSHI_SOURCE_DIR "/pages"};
    auto app = App::load(folders, [this] { return house_->today(); });
    EXPECT_TRUE(app.has_value()) << app.error().message;
    app_ = std::move(*app);
    const Site& site = app_->site();
    const office::Law law{site.corpus, site.library, site.api_words};
    const std::filesystem::path data = folder_ / "office";
    const auto report = office::seed_demo(
        {{data.string(), {}, {}, people::system_random(), people::kCheapCost}, KOSHI_SOURCE_DIR "/demo", std::nullopt}, law);
    EXPECT_TRUE(report.has_value()) << report.error();
    auto house =
        office::House::open({data.string(), {}, office::folder_clock(data).value(), people::system_random(), people::kCheapCost}, law);
    EXPECT_TRUE(house.has_value()) << house.error();
    house_ = std::move(*house);
    office_.reset(new OfficeSite{site, *house_, law});
    app_->open([this](Router& router, const Site&) { add_office_routes(router, *office_); });
  }

  struct Listed {
    std::string id, procedure;
    bool sealed = false;
  };
  std::vector<Listed> all_cases() {
    std::vector<Listed> all;
    const auto rows =
        house_->store().read([](store::Reader& reader) { return reader.query("SELECT id, procedure FROM desk_case ORDER BY id", {}); });
    for (const store::Row row : *rows) all.push_back({std::string(row.text(0)), std::string(row.text(1)), journal::is_sealed(row.text(0))});
    return all;
  }
  /// The case of a procedure in a state.
  std::string case_in(const std::string& procedure, const std::string& state) {
    const auto rows = house_->store().read([&](store::Reader& reader) {
      return reader.query("SELECT id FROM desk_case WHERE procedure = $1 AND state = $2 ORDER BY id", {procedure, state});
    });
    return rows->empty() ? "" : std::string((*rows)[0].text(0));
  }
  Browser signed_in(const std::string& login) {
    Browser browser(*app_);
    EXPECT_EQ(browser.sign_in(login, std::string(office::kDemoPassword)).status, 303) << login;
    return browser;
  }
  static std::set<std::string> linked(const std::string& page) {
    static const std::regex link("<li><a href=\"/cases/([0-9A-Z]+)\"");
    std::set<std::string> ids;
    for (std::sregex_iterator it(page.begin(), page.end(), link), end; it != end; ++it) ids.insert((*it)[1].str());
    return ids;
  }

  store::TestFolder folder_;
  std::unique_ptr<App> app_;
  std::unique_ptr<office::House> house_;
  std::unique_ptr<OfficeSite> office_;
};

TEST_F(RelatedPages, LeadOnlyWhereTheVisitorMayGoAnyway) {
  size_t pages = 0, links = 0, closed = 0;
  const std::vector<Listed> cases = all_cases();
  for (const char* login : {"steppe", "akimat-almaty", "police-almaty", "ministry", "amir"}) {
    Browser browser = signed_in(login);
    std::map<std::string, bool> may_open;
    for (const Listed& one : cases) may_open[one.id] = browser.get("/cases/" + one.id).status == 200;
    for (const Listed& one : cases) {
      const Response page = browser.get("/cases/" + one.id + "/related");
      ASSERT_EQ(page.status == 200, may_open[one.id]) << login << " " << one.procedure;
      if (page.status != 200) {
        EXPECT_EQ(page.status, 404) << login;
        ++closed;
        continue;
      }
      ++pages;
      for (const std::string& id : linked(page.body)) {
        EXPECT_TRUE(may_open[id]) << login << " is led from " << one.procedure << " to " << id;
        EXPECT_NE(id, one.id);
        ++links;
      }
      for (const Listed& sealed : cases) {
        const bool told = sealed.sealed && page.body.find(sealed.id) != std::string::npos;
        EXPECT_FALSE(told) << login << " " << one.procedure;
      }
    }
  }
  EXPECT_GT(pages, 50u);
  EXPECT_GT(links, 50u);
  EXPECT_GT(closed, 50u);
}

TEST_F(RelatedPages, TellTheStoryOfWhoHasAgreed) {
  Browser centre = signed_in("akimat-almaty");
  const std::string agreed = case_in("one_window", "better");
  ASSERT_NE(agreed, "");
  const std::string page = centre.get("/cases/" + agreed + "/related").body;
  EXPECT_THAT(page, HasSubstr("What happened in all of them"));
  EXPECT_THAT(page, HasSubstr("One window for newcomers"));
  EXPECT_THAT(page, HasSubstr("Legalisation during a campaign")) << "another body's case of the same person";
  EXPECT_THAT(page, Not(HasSubstr("Work, and a school for my son"))) << "not what was said there";
  EXPECT_THAT(page, Not(HasSubstr("<script")));
  for (const char* language : {"ru", "kk", "uz", "ky", "tg"}) {
    const std::string other = centre.get("/cases/" + agreed + "/related?lang=" + language).body;
    EXPECT_THAT(other, Not(HasSubstr("What happened in all of them"))) << language;
    EXPECT_THAT(other, HasSubstr("<ol class=\"rows\">")) << language;
  }
  const std::string permit = case_in("work_permit", "in_force");
  EXPECT_THAT(centre.get("/cases/" + permit + "/related").body, Not(HasSubstr("What happened in all of them"))) << "nobody was asked there";
}

}  // namespace
}  // namespace koshi::http
