#include "http/office/list_table.h"
#include "http/office/test_pages.h"
#include "office/papers/table_read.h"

/// Lists of a case from files and as files.
namespace koshi::http {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class Lists : public PagesOfOffice {
 protected:
  /// Sends the list's form: a file, or pasted rows.
  Response send(Browser& browser, const std::string& at, const std::string& file, const std::string& rows) {
    browser.get(at);
    std::string body;
    for (const auto& [name, value] : {std::pair{"csrf", browser.hidden("csrf")},
                                      {"version", browser.hidden("version")},
                                      {"key", browser.hidden("key")},
                                      {"rows", rows}}) {
      body += "--AaB\r\nContent-Disposition: form-data; name=\"" + std::string(name) + "\"\r\n\r\n" + value + "\r\n";
    }
    body += "--AaB\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + std::string(file.empty() ? "" : "w.csv") +
            "\"\r\n\r\n" + file + "\r\n--AaB--\r\n";
    return browser.post(at, body, "multipart/form-data; boundary=AaB");
  }
  /// For programs, by bearer token.
  Response ask(const std::string& login, const std::string& method, const std::string& target, const std::string& body = {}) {
    std::string& token = tokens_[login];
    if (token.empty()) {
      const auto done = house_->sign_ins().sign_in(login, kTestPassword, "", now_ms_);
      EXPECT_TRUE(done && *done);
      token = (*done)->token;
    }
    const size_t question = target.find('?');
    Request request{method,     target.substr(0, question), {}, {{"Authorization", "Bearer " + token}, {"Content-Type", "text/csv"}}, body,
                    "127.0.0.1"};
    if (question != std::string::npos) request.query = target.substr(question + 1);
    return app_->handle(request);
  }

  std::map<std::string, std::string> tokens_;
};

TEST_F(Lists, AFileFillsTheList) {
  Browser browser(*app_);
  browser.sign_in("acme");
  const std::string at = opened(browser);
  EXPECT_THAT(browser.get(at + "/forms/workers").body, HasSubstr(at + "/lists/workers"));
  EXPECT_THAT(browser.get(at + "/forms/post").body, Not(HasSubstr("/lists/")));
  EXPECT_THAT(browser.get(at + "/lists/workers").body, AllOf(HasSubstr("Full name · Monthly wage"), HasSubstr("format=xlsx")));
  EXPECT_EQ(send(browser, at + "/lists/workers", "Full name;Monthly wage\nAziz;300 000,50\nÄnne;1\n", "").status, 303);
  const std::string form = browser.get(at + "/forms/workers").body;
  EXPECT_THAT(form, AllOf(HasSubstr("value=\"Aziz\""), HasSubstr("300000.50"), HasSubstr("value=\"Änne\"")));
  EXPECT_EQ(send(browser, at + "/lists/workers", "", "full_name\twage\nBela\t7\n").status, 303) << "pasted rows, by the law's own names";
  EXPECT_THAT(browser.get(at + "/forms/workers").body, AllOf(HasSubstr("value=\"Bela\""), Not(HasSubstr("Aziz"))));
}

TEST_F(Lists, EveryWrongCellIsTold) {
  Browser browser(*app_);
  browser.sign_in("acme");
  const std::string at = opened(browser);
  const Response wrong = send(browser, at + "/lists/workers", "Full name,Monthly wage,Shoe size\n,many\nBela,\n", "");
  EXPECT_EQ(wrong.status, 422);
  for (const char* cell : {"A2", "B2", "B3"}) EXPECT_THAT(wrong.body, HasSubstr(">" + std::string(cell) + "<"));
  EXPECT_THAT(wrong.body, HasSubstr("“Monthly wage” must be a number."));
  EXPECT_THAT(browser.get(at + "/forms/workers").body, Not(HasSubstr("Bela"))) << "nothing was changed";
  EXPECT_EQ(send(browser, at + "/lists/workers", "", "").status, 422);
  EXPECT_EQ(send(browser, at + "/lists/workers", "a,b\n1,2\n", "c\td\n").status, 422) << "one of the two";
  EXPECT_EQ(send(browser, at + "/lists/workers", "PK\x03\x04 no workbook", "").status, 422);
  EXPECT_EQ(send(browser, at + "/lists/workers", "nothing\n1\n", "").status, 422);
  const Response russian = ask("acme", "POST", "/api/v1" + at + "/lists/workers?version=1&lang=ru", "Full name,Monthly wage\n,many\n");
  EXPECT_EQ(russian.status, 422);
  EXPECT_THAT(russian.body, AllOf(HasSubstr(R"("cell":"A2")"), HasSubstr(R"("path":"workers[0].full_name")"), HasSubstr("нужно число")));
}

TEST_F(Lists, GoOutAndComeBack) {
  Browser browser(*app_);
  browser.sign_in("acme");
  const std::string at = opened(browser);
  const std::string api = "/api/v1" + at + "/lists/workers";
  EXPECT_EQ(ask("acme", "POST", api + "?version=1", "Full name\tMonthly wage\n=cmd()\t300000.5\n007\t1\n").status, 200);
  int version = 2;
  for (const auto& [format, wage] : {std::pair{"csv", "300000.50"}, {"xlsx", "300000.5"}}) {
    const Response file = ask("acme", "GET", api + "?format=" + format);
    ASSERT_EQ(file.status, 200) << file.body;
    EXPECT_THAT(Browser::header(file, "Content-Disposition"), AllOf(HasSubstr("attachment"), HasSubstr(format)));
    const auto table = papers::read_table(file.body);
    ASSERT_TRUE(table) << format;
    std::vector<std::string> cells;
    for (const papers::Cell& cell : table->sheet.cells) cells.push_back(cell.text);
    EXPECT_THAT(cells, ElementsAre("Full name", "Monthly wage", "=cmd()", wage, "007", "1")) << format;
    const Response again = ask("acme", "POST", api + "?version=" + std::to_string(version++), file.body);
    EXPECT_EQ(again.status, 200) << format << again.body;
    EXPECT_THAT(again.body, AllOf(HasSubstr("=cmd()"), HasSubstr("300000.5"))) << format;
  }
}

TEST_F(Lists, AreNotForOthersNorForWhatIsNotAsked) {
  Browser browser(*app_);
  browser.sign_in("acme");
  const std::string at = opened(browser);
  const std::string api = "/api/v1" + at + "/lists/";
  EXPECT_EQ(ask("acme", "GET", api + "region?format=csv").status, 404);
  EXPECT_EQ(ask("acme", "GET", api + "nothing").status, 404);
  EXPECT_EQ(ask("acme", "GET", api + "workers?format=pdf").status, 400);
  EXPECT_EQ(ask("acme", "POST", api + "workers", "x").status, 400) << "without a version";
  EXPECT_EQ(ask("acme", "POST", api + "workers?version=9", "Full name,Monthly wage\nA,1\n").status, 409);
  EXPECT_EQ(ask("other", "GET", api + "workers").status, 404);
  EXPECT_EQ(ask("other", "POST", api + "workers?version=1", "Full name,Monthly wage\nA,1\n").status, 404);
  EXPECT_EQ(browser.get(at + "/lists/nothing").status, 404);
}

TEST_F(Lists, AreBounded) {
  Browser browser(*app_);
  browser.sign_in("acme");
  const std::string at = opened(browser);
  std::string rows = "Full name,Monthly wage\n";
  for (size_t i = 0; i <= kListRowsMax; ++i) rows += "A,1\n";
  EXPECT_EQ(ask("acme", "POST", "/api/v1" + at + "/lists/workers?version=1", rows).status, 422);
  std::string wrong = "Full name,Monthly wage\n";
  for (size_t i = 0; i < kListProblemsMax + 5; ++i) wrong += "A,x\n";
  EXPECT_THAT(ask("acme", "POST", "/api/v1" + at + "/lists/workers?version=1", wrong).body, HasSubstr("\"left_out\":5"));
}

}  // namespace
}  // namespace koshi::http
