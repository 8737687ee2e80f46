// The office walked as a person does, page by page.
#include "http/office/case_fields.h"
#include "http/office/test_pages.h"

namespace koshi::http {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST_F(PagesOfOffice, WhoIsNotSignedInIsLedToTheDoorAndBack) {
  Browser browser(*app_);
  EXPECT_EQ(Browser::header(browser.get("/cases/X-1?lang=kk"), "Location"), "/sign-in?next=%2Fcases%2FX-1&lang=kk");
  EXPECT_THAT(browser.get("/sign-in?next=%2Fcases%2FX-1").body, HasSubstr("name=\"next\" value=\"/cases/X-1\""));
  const Response response = browser.post("/sign-in", "login=acme&password=" + percent_encode(kTestPassword) + "&next=%2Fcases%2FX-1");
  EXPECT_EQ(response.status, 303);
  EXPECT_EQ(Browser::header(response, "Location"), "/cases/X-1?lang=en");
  for (const char* next : {"//evil.example", "https://evil.example", "/%5Cevil.example", "/a%0d%0ab", "evil"}) {
    const Response away = browser.post("/sign-in", "login=acme&password=" + percent_encode(kTestPassword) + "&next=" + next);
    EXPECT_EQ(Browser::header(away, "Location"), "/desk?lang=en") << next;
  }
}

TEST_F(PagesOfOffice, AnUnknownLoginAndAWrongPasswordReadAlike) {
  Browser browser(*app_);
  const Response wrong = browser.sign_in("acme", "nonsense nonsense");
  const Response nobody = browser.sign_in("nobody", "nonsense nonsense");
  EXPECT_EQ(wrong.status, 422);
  EXPECT_EQ(nobody.status, 422);
  EXPECT_THAT(wrong.body, HasSubstr("class=\"summary\" role=\"alert\""));
  EXPECT_EQ(std::regex_replace(nobody.body, std::regex("nobody"), "acme"), wrong.body);
  EXPECT_THAT(wrong.body, Not(HasSubstr("nonsense"))) << "a password is never sent back";
  EXPECT_THAT(browser.get("/sign-in").body, HasSubstr("Acme LLP")) << "the people of the demonstration";
}

TEST_F(PagesOfOffice, AFormOfAnotherSiteSignsNobodyIn) {
  const std::string body = "login=acme&password=" + percent_encode(kTestPassword);
  const Request request{"POST", "/sign-in", {}, {{"Content-Type", "application/x-www-form-urlencoded"}, {"Sec-Fetch-Site", "cross-site"}},
                        body,   ""};
  EXPECT_EQ(app_->handle(request).status, 403);
}

TEST_F(PagesOfOffice, SigningOutEndsTheSession) {
  Browser browser(*app_);
  browser.sign_in("acme");
  EXPECT_THAT(browser.get("/desk").body, HasSubstr("Signed in: <a href=\"/account\"><b>Acme LLP</b></a>"));
  EXPECT_EQ(browser.post("/sign-out", "csrf=wrong").status, 403);
  browser.get("/desk");
  EXPECT_EQ(browser.post("/sign-out", "csrf=" + browser.hidden("csrf")).status, 303);
  EXPECT_EQ(browser.get("/desk").status, 303);
}

TEST_F(PagesOfOffice, WithoutTheTokenNothingIsDone) {
  Browser browser(*app_);
  browser.sign_in("acme");
  EXPECT_EQ(browser.post("/cases", "procedure=work_permit").status, 403);
  EXPECT_EQ(browser.post("/cases", "procedure=work_permit&csrf=AAAA").status, 403);
  EXPECT_THAT(browser.get("/desk").body, HasSubstr("There are no open cases here."));
}

TEST_F(PagesOfOffice, ADoubleClickOpensOneCase) {
  Browser browser(*app_);
  browser.sign_in("acme");
  browser.get("/desk");
  const std::string form = browser.filled("procedure=work_permit");
  const std::string first = Browser::header(browser.post("/cases", form), "Location");
  EXPECT_EQ(Browser::header(browser.post("/cases", form), "Location"), first);
  EXPECT_THAT(first, testing::StartsWith("/cases/"));
}

TEST_F(PagesOfOffice, SaysWhatIsToBeDone) {
  Browser browser(*app_);
  browser.sign_in("acme");
  const std::string at = opened(browser);
  const std::string page = browser.get(at).body;
  EXPECT_THAT(page, HasSubstr("Being prepared"));
  EXPECT_THAT(page, HasSubstr("What comes next: Fill in the forms"));
  EXPECT_THAT(page, HasSubstr("6 answers missing"));
  EXPECT_THAT(page, HasSubstr("To be attached"));
  EXPECT_THAT(page, HasSubstr("/procedures/work_permit/diagram.svg?state=draft"));
  EXPECT_EQ(Browser::header(browser.get(at), "Cache-Control"), "no-store");
}

TEST_F(PagesOfOffice, AFormTellsWhatIsWrongBesideItsFieldAndKeepsTheRest) {
  Browser browser(*app_);
  browser.sign_in("acme");
  const std::string at = opened(browser) + "/forms/post";
  browser.get(at);
  const Response wrong =
      browser.post(at, browser.filled("region=KZ-75&headcount=many&needed_by-day=31&needed_by-month=2&needed_by-year=2026"));
  EXPECT_EQ(wrong.status, 422);
  EXPECT_THAT(wrong.body, HasSubstr("href=\"#headcount\">Enter a whole number"));
  EXPECT_THAT(wrong.body, HasSubstr("id=\"error-headcount\""));
  EXPECT_THAT(wrong.body, HasSubstr("href=\"#needed_by\">This day does not exist"));
  EXPECT_THAT(wrong.body, HasSubstr("value=\"many\""));
  EXPECT_THAT(wrong.body, HasSubstr("value=\"KZ-75\" checked"));
  EXPECT_EQ(browser.post(at, browser.filled(post_fields(2))).status, 303);
  const std::string again = browser.get(at).body;
  EXPECT_THAT(again, HasSubstr("name=\"headcount\" inputmode=\"numeric\" autocomplete=\"off\" value=\"2\""));
  EXPECT_THAT(again, HasSubstr("name=\"needed_by-year\" inputmode=\"numeric\" maxlength=\"4\" autocomplete=\"off\" value=\"2026\""));
}

TEST_F(PagesOfOffice, WhatIsTooLongForAListIsFoundByItsName) {
  Browser browser(*app_);
  browser.sign_in("acme");
  const std::string at = opened(browser) + "/forms/post";
  browser.get(at);
  const Response several = browser.post(at, browser.filled("trade=KIND+32"));
  EXPECT_EQ(several.status, 422);
  EXPECT_THAT(several.body, HasSubstr("name=\"trade\" value=\"t329\""));
  EXPECT_THAT(several.body, Not(HasSubstr("Smith of kind 7<")));
  EXPECT_THAT(browser.post(at, browser.filled("trade=baker")).body, HasSubstr("Nothing in the list is called so"));
  EXPECT_EQ(browser.post(at, browser.filled("trade=KIND+32&trade=t321")).status, 303) << "the button below the field was pressed";
  EXPECT_THAT(browser.get(at).body, HasSubstr("value=\"Smith of kind 321\""));
  EXPECT_EQ(browser.post(at, browser.filled("trade=smith+of++kind+5")).status, 303);
  EXPECT_THAT(browser.get(at).body, HasSubstr("value=\"Smith of kind 5\""));
}

TEST_F(PagesOfOffice, NoneIsSaidByABoxAndEmptiedFactsAreForgotten) {
  Browser browser(*app_);
  browser.sign_in("acme");
  const std::string at = opened(browser);
  browser.get(at + "/forms/post");
  browser.post(at + "/forms/post", browser.filled("region=KZ-75&headcount=2&needed_by=none"));
  EXPECT_THAT(browser.get(at + "/forms/post").body, HasSubstr("id=\"needed_by-none\" name=\"needed_by\" value=\"none\" checked"));
  EXPECT_EQ(browser.post(at + "/forms/post", browser.filled("region=KZ-75&headcount=")).status, 303);
  const std::string page = browser.get(at + "/forms/post").body;
  EXPECT_THAT(page, Not(HasSubstr("value=\"none\" checked")));
  EXPECT_THAT(page, HasSubstr("value=\"KZ-75\" checked"));
}

TEST_F(PagesOfOffice, ListsGrowAndShrinkByButtons) {
  Browser browser(*app_);
  browser.sign_in("acme");
  const std::string at = opened(browser) + "/forms/workers";
  EXPECT_THAT(browser.get(at).body, HasSubstr("name=\"workers[0].full_name\""));
  const std::string one = "workers=1&workers%5B0%5D.full_name=Aziz";
  EXPECT_THAT(browser.post(at, browser.filled(one + "&_add=workers")).body, HasSubstr("name=\"workers[1].full_name\""));
  const std::string two = "workers=2&workers%5B0%5D.full_name=Aziz&workers%5B1%5D.full_name=Bek&workers%5B1%5D.wage=5";
  const std::string removed = browser.post(at, browser.filled(two + "&_remove=workers%5B0%5D")).body;
  EXPECT_THAT(removed, HasSubstr("name=\"workers[0].full_name\" autocomplete=\"off\" value=\"Bek\""));
  EXPECT_THAT(removed, Not(HasSubstr("workers[1]")));
  EXPECT_EQ(browser.post(at, browser.filled(two)).status, 303);
  EXPECT_THAT(browser.get(at).body, HasSubstr("value=\"Bek\""));
  EXPECT_EQ(browser.post(at, browser.filled("workers=0")).status, 303);
  EXPECT_THAT(browser.get(at).body, HasSubstr("value=\"workers\" checked")) << "that nobody is there was said";
}

TEST_F(PagesOfOffice, WhatHasGoneIsNotOfferedOnTheDayOfTheCase) {
  Browser browser(*app_);
  browser.sign_in("acme");
  const std::string form = browser.get(opened(browser) + "/forms/post").body;
  EXPECT_THAT(form, HasSubstr("value=\"KZ-75\""));
  EXPECT_THAT(form, Not(HasSubstr("KZ-51")));
  const auto offered = [&](const std::string& day) { return browser.get("/api/v1/procedures/work_permit/fields?on=" + day).body; };
  EXPECT_THAT(offered("2026-01-15"), Not(HasSubstr("KZ-51")));
  EXPECT_THAT(offered("2018-06-18"), HasSubstr("KZ-51"));
}

TEST_F(PagesOfOffice, ThatNobodyIsOnAListIsSaidByABoxOfItsOwn) {
  Browser browser(*app_);
  browser.sign_in("acme");
  const std::string at = opened(browser) + "/forms/workers";
  EXPECT_THAT(browser.get(at).body, HasSubstr("There is nobody to enter here: Workers"));
  EXPECT_THAT(browser.get(at).body, Not(HasSubstr("value=\"workers\" checked"))) << "nothing was said yet";
  EXPECT_EQ(browser.post(at, browser.filled("workers=1&_nobody=workers")).status, 303);
  EXPECT_THAT(browser.get(at).body, HasSubstr("value=\"workers\" checked"));
  EXPECT_THAT(browser.get(at).body, HasSubstr("name=\"workers[0].full_name\"")) << "somebody may still be entered";
  EXPECT_EQ(browser.post(at, browser.filled("workers=1&_nobody=workers&workers%5B0%5D.full_name=Aziz")).status, 303);
  EXPECT_THAT(browser.get(at).body, HasSubstr("value=\"Aziz\"")) << "who was entered counts";
  EXPECT_EQ(browser.post(at, browser.filled("workers=1&_nobody=workers")).status, 303);
  browser.get(at);
  EXPECT_EQ(browser.post(at, browser.filled("workers=1")).status, 303);
  EXPECT_THAT(browser.get(at).body, Not(HasSubstr("value=\"workers\" checked"))) << "taken back";
}

TEST_F(PagesOfOffice, WhatWasSavedLeadsToTheNextQuestions) {
  Browser browser(*app_);
  browser.sign_in("acme");
  const std::string at = opened(browser);
  EXPECT_THAT(browser.get(at).body, HasSubstr("<a href=\"#forms\">answers are missing: "));
  EXPECT_THAT(browser.get(at + "/forms/post").body, HasSubstr("Step 1 of 2"));
  const Response first = browser.post(at + "/forms/post", browser.filled(post_fields(2)));
  EXPECT_EQ(Browser::header(first, "Location"), at + "/forms/workers?saved=1");
  const std::string next = browser.get(at + "/forms/workers?saved=1").body;
  EXPECT_THAT(next, HasSubstr("Saved. The next questions follow."));
  EXPECT_THAT(next, HasSubstr("Step 2 of 2"));
  const Response last = browser.post(at + "/forms/workers", browser.filled(worker_fields()));
  EXPECT_EQ(Browser::header(last, "Location"), at + "?saved=1");
  EXPECT_THAT(browser.get(at + "?saved=1").body, HasSubstr("Saved. What comes next stands below."));
  const std::string other = opened(browser);
  browser.get(other + "/forms/workers");
  EXPECT_EQ(Browser::header(browser.post(other + "/forms/workers", browser.filled(worker_fields())), "Location"),
            other + "/forms/post?saved=1")
      << "back to what misses something";
}

/// Nothing has to be typed twice after a refusal.
TEST_F(PagesOfOffice, ACaseThatHasEndedIsBegunAnewWithItsAnswersAndDocuments) {
  Browser employer(*app_), officer(*app_), other(*app_);
  employer.sign_in("acme");
  officer.sign_in("officer");
  other.sign_in("other");
  const std::string at = submitted(employer);
  EXPECT_THAT(employer.get(at).body, Not(HasSubstr(at + "/copy"))) << "it has not ended";
  EXPECT_EQ(employer.post(at + "/copy", employer.filled()).status, 409);
  officer.get(at + "/actions/refuse");
  ASSERT_EQ(officer.post(at + "/actions/refuse", officer.filled("fits=no")).status, 303);
  EXPECT_THAT(officer.get(at).body, Not(HasSubstr(at + "/copy"))) << "an office begins nothing";
  EXPECT_EQ(other.post(at + "/copy", other.filled()).status, 403) << "without a page, without its token";
  EXPECT_THAT(employer.get(at).body, HasSubstr("action=\"" + at + "/copy\""));
  const std::string form = employer.filled();
  const std::string copy = Browser::header(employer.post(at + "/copy", form), "Location");
  ASSERT_THAT(copy, testing::StartsWith("/cases/"));
  EXPECT_NE(copy, at);
  EXPECT_EQ(Browser::header(employer.post(at + "/copy", form), "Location"), copy) << "pressed twice, begun once";
  const std::string page = employer.get(copy).body;
  EXPECT_THAT(page, HasSubstr("Being prepared"));
  EXPECT_THAT(page, HasSubstr("were taken over from an earlier case"));
  EXPECT_THAT(page, HasSubstr("<a href=\"" + at + "\">"));
  EXPECT_THAT(page, HasSubstr("passport.txt"));
  EXPECT_THAT(page, Not(HasSubstr("answers are missing")));
  EXPECT_THAT(employer.get(copy + "/forms/workers").body, HasSubstr("value=\"Aziz\""));
  EXPECT_THAT(page, Not(HasSubstr("The workers are qualified"))) << "what the office found is found anew";
  employer.get(copy + "/actions/submit");
  EXPECT_EQ(employer.post(copy + "/actions/submit", employer.filled()).status, 303) << "it lacks nothing";
  EXPECT_EQ(other.get(copy).status, 404);
}

TEST_F(PagesOfOffice, ThatNothingCanBeChangedAfterFilingIsSaidBefore) {
  Browser employer(*app_);
  employer.sign_in("acme");
  const std::string at = opened(employer);
  EXPECT_THAT(employer.get(at + "/actions/submit").body, HasSubstr("the answers and documents can no longer be changed"));
  EXPECT_THAT(employer.get(at + "/actions/discard").body, Not(HasSubstr("can no longer be changed")));
}

TEST_F(PagesOfOffice, TheDayOfATrialClockStandsAbove) {
  Browser anybody(*app_);
  EXPECT_THAT(anybody.get("/verify").body, HasSubstr("By its clock today is 15 January 2026."));
  office_->demo.clear();
  EXPECT_THAT(anybody.get("/verify").body, Not(HasSubstr("By its clock")));
}

TEST_F(PagesOfOffice, AProcedureIsToldPlainlyBeforeItsRules) {
  Browser anybody(*app_);
  const std::string page = anybody.get("/procedures/work_permit").body;
  EXPECT_THAT(page, HasSubstr("<p>Who begins: Employer.</p>"));
  EXPECT_THAT(page, HasSubstr("<p>What you get: Permit.</p>"));
  EXPECT_THAT(page, HasSubstr("<b>Employer</b>: Submit"));
  EXPECT_THAT(page, HasSubstr("<b>Local executive body</b>: Grant"));
  EXPECT_LT(page.find("Who begins:"), page.find("The exact rules with their articles"));
}

TEST_F(PagesOfOffice, AStalePageSaysBothVersionsAndChangesNothing) {
  Browser browser(*app_);
  browser.sign_in("acme");
  const std::string at = opened(browser) + "/forms/post";
  browser.get(at);
  const std::string old = browser.filled(post_fields(3));
  browser.post(at, browser.filled(post_fields(2)));
  browser.get(at);
  std::string late = old;
  late.replace(late.find("&key="), late.find('&', late.find("&key=") + 1) - late.find("&key="), "&key=another");
  const Response stale = browser.post(at, late);
  EXPECT_EQ(stale.status, 409);
  EXPECT_THAT(stale.body, HasSubstr("you acted on version 1, it is now at version 2"));
  EXPECT_THAT(stale.body, HasSubstr("Look at the case again"));
  EXPECT_THAT(browser.get(at).body, HasSubstr("value=\"2\""));
}

TEST_F(PagesOfOffice, DocumentsAreAttachedAndTakenBack) {
  Browser browser(*app_);
  browser.sign_in("acme");
  const std::string at = opened(browser);
  browser.get(at + "/documents?kind=passport");
  EXPECT_EQ(browser.attach(at + "/documents", "passport", "", "").status, 422);
  EXPECT_THAT(browser.attach(at + "/documents", "passport", "virus.exe", std::string("MZ\x90\0\x01", 5)).body,
              HasSubstr("This kind of file is not taken"));
  EXPECT_EQ(browser.attach(at + "/documents", "passport", "pass.txt", "passport of Aziz").status, 303);
  EXPECT_THAT(browser.get(at).body, HasSubstr(">pass.txt</a>"));
  EXPECT_THAT(browser.get(at).body, HasSubstr("Attached"));
  browser.get(at + "/documents");
  const std::string what = "kind=passport&sha256=" + browser.hidden("sha256");
  EXPECT_EQ(browser.post(at + "/documents/remove", browser.filled(what)).status, 303);
  EXPECT_THAT(browser.get(at).body, Not(HasSubstr("pass.txt</a>")));
  EXPECT_EQ(browser.post(at + "/documents", "csrf=x", "multipart/form-data; boundary=AaB").status, 400);
}

TEST_F(PagesOfOffice, ARefusalNamesWhatItTakesTheArticleTheProofAndWhatWouldChangeIt) {
  Browser browser(*app_);
  browser.sign_in("acme");
  const std::string at = opened(browser);
  const std::string early = browser.get(at + "/actions/submit").body;
  EXPECT_THAT(early, HasSubstr("/forms/post#headcount"));
  EXPECT_THAT(early, HasSubstr("This cannot be done yet"));
  EXPECT_THAT(early, HasSubstr("Submit</h1>"));
  fill(browser, at, 6);
  browser.get(at + "/actions/submit");
  const Response refused = browser.post(at + "/actions/submit", browser.filled());
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, HasSubstr("At most five workers may be asked for"));
  EXPECT_THAT(refused.body, HasSubstr("LMP art. 8(2)"));
  EXPECT_THAT(refused.body, HasSubstr("<details"));
  EXPECT_THAT(refused.body, HasSubstr("What would change it:"));
  EXPECT_THAT(browser.get(at).body, HasSubstr("Being prepared"));
}

TEST_F(PagesOfOffice, FromTheApplicationToThePermitAndItsPaper) {
  Browser employer(*app_);
  employer.sign_in("acme");
  const std::string at = submitted(employer);
  EXPECT_THAT(employer.get(at + "?done=9").body, HasSubstr("It stands in the journal."));
  EXPECT_THAT(employer.get(at).body, HasSubstr("Under examination"));
  EXPECT_THAT(employer.get(at).body, HasSubstr("What comes next: It waits for: "));
  EXPECT_THAT(employer.get("/quota").body, HasSubstr("of 10 places 0 are used, 2 reserved and 8 free"));

  Browser officer(*app_);
  officer.sign_in("officer");
  EXPECT_THAT(officer.get("/desk").body, HasSubstr("href=\"" + at + "\""));
  EXPECT_THAT(officer.get(at).body, HasSubstr("Last day: 22 January 2026."));
  EXPECT_THAT(officer.get(at).body, Not(HasSubstr(at + "/forms/")));
  EXPECT_EQ(officer.get(at + "/forms/post").status, 403);
  officer.get(at + "/actions/attest");
  EXPECT_EQ(officer.post(at + "/actions/attest", officer.filled("workers=1&workers%5B0%5D.attested=yes")).status, 303);
  const std::string form = officer.get(at + "/actions/grant").body;
  EXPECT_THAT(form, HasSubstr("It charges: Fee for the permit"));
  const std::string grant = officer.filled("fits=yes");
  EXPECT_EQ(officer.post(at + "/actions/grant", grant).status, 303);
  EXPECT_EQ(officer.post(at + "/actions/grant", grant).status, 303) << "sent twice, done once";

  const std::string page = employer.get(at).body;
  EXPECT_THAT(page, HasSubstr("In force"));
  EXPECT_THAT(page, HasSubstr("1,000 tenge"));
  EXPECT_THAT(page, HasSubstr("2 places, used"));
  EXPECT_THAT(page, HasSubstr("Workers 1: Attested"));
  std::smatch found;
  ASSERT_TRUE(std::regex_search(page, found, std::regex("href=\"(/api/v1/cases/[^\"]*/papers/1)\\?lang=en\"")));
  EXPECT_THAT(employer.get(found[1].str()).body, testing::StartsWith("%PDF"));
  ASSERT_TRUE(std::regex_search(page, found, std::regex("href=\"(/api/v1/cases/[^\"]*/receipts/[0-9]+)\"")));
  EXPECT_EQ(employer.get(found[1].str()).status, 200);

  Browser anybody(*app_);
  const std::string number = at.substr(std::string("/cases/").size()) + "/1";
  EXPECT_THAT(anybody.get("/verify/" + number).body, HasSubstr("</span> Valid</span>"));
  EXPECT_THAT(anybody.get("/verify?number=" + percent_encode(number)).body, HasSubstr("15 January 2027"));
  std::string small = number;
  for (char& c : small) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  small.insert(small.find('/'), " ");
  EXPECT_THAT(anybody.get("/verify?number=" + percent_encode(small)).body, HasSubstr("</span> Valid</span>")) << small;
  const std::string valid = anybody.get("/verify/" + number).body;
  EXPECT_THAT(valid, HasSubstr("<span class=\"which\">Permit</span>"));
  EXPECT_THAT(valid, HasSubstr("It holds until 15 January 2027, that day included."));
  EXPECT_THAT(valid, HasSubstr("<dt>Name of the employer</dt><dd>Acme</dd>"));
  EXPECT_THAT(valid, HasSubstr("<dt>Number of workers</dt><dd>2</dd>"));
  EXPECT_THAT(valid, Not(HasSubstr("Aziz"))) << "persons are nobody's to read";
  now_ms_ += int64_t{400} * 86'400'000;
  EXPECT_THAT(anybody.get("/verify/" + number).body, HasSubstr("</span> Not valid</span>"));
  EXPECT_THAT(anybody.get("/verify/" + number).body, Not(HasSubstr("It holds until")));
}

/// Whoever is shown a refusal must not take it for a permit.
TEST_F(PagesOfOffice, APaperThatOnlyTellsOfAnActIsNeverTakenForTheOneThatHolds) {
  Browser employer(*app_), officer(*app_), anybody(*app_);
  employer.sign_in("acme");
  officer.sign_in("officer");
  const std::string at = submitted(employer);
  officer.get(at + "/actions/refuse");
  ASSERT_EQ(officer.post(at + "/actions/refuse", officer.filled("fits=no")).status, 303);
  const std::string page = anybody.get("/verify/" + at.substr(std::string("/cases/").size()) + "/1").body;
  EXPECT_THAT(page, HasSubstr("<span class=\"which\">Decision to refuse</span>"));
  EXPECT_THAT(page, HasSubstr("</span> Genuine, but no “Permit”</span>"));
  EXPECT_THAT(page, HasSubstr("This is a genuine paper of the office: “Decision to refuse”."));
  EXPECT_THAT(page, HasSubstr("It is not “Permit”, and does not take its place."));
  EXPECT_THAT(page, HasSubstr("The case stands now so: Refused."));
  EXPECT_THAT(page, Not(HasSubstr("verdict good")));
}

/// What is asked of the officer is not known before, so the letter is open; a letter that nothing hinders is whole.
TEST_F(PagesOfOffice, WhoDecidesReadsTheLetterBefore) {
  Browser employer(*app_), officer(*app_);
  employer.sign_in("acme");
  officer.sign_in("officer");
  const std::string at = submitted(employer);
  const std::string grant = officer.get(at + "/actions/grant").body;
  EXPECT_THAT(grant, HasSubstr("The letter as it would read"));
  EXPECT_THAT(grant, HasSubstr("Acme may employ 2 workers until …."));
  EXPECT_THAT(grant, HasSubstr("Something is still missing"));
  EXPECT_THAT(grant, HasSubstr("<dt>It rests on</dt><dd>"));
  EXPECT_THAT(grant, HasSubstr("art. 39"));
  EXPECT_THAT(officer.get(at + "/actions/attest").body, Not(HasSubstr("The letter as it would read"))) << "it issues nothing";
  EXPECT_EQ(employer.get(at + "/actions/grant").status, 403);
}

TEST_F(PagesOfOffice, OtherCasesOfTheSameEmployerAreOnOnePageForWhoMaySeeThem) {
  Browser employer(*app_), officer(*app_), other(*app_), astana(*app_);
  employer.sign_in("acme");
  officer.sign_in("officer");
  other.sign_in("other");
  astana.sign_in("astana");
  const std::string first = submitted(employer), second = submitted(employer, 1), draft = opened(employer);
  const std::string page = officer.get(first + "/related").body;
  EXPECT_THAT(officer.get(first).body, HasSubstr("href=\"" + first + "/related\">Other cases of the same people"));
  EXPECT_THAT(page, HasSubstr("href=\"" + second + "\""));
  EXPECT_THAT(page, Not(HasSubstr("<li><a href=\"" + first + "\""))) << "the case itself";
  EXPECT_THAT(page, Not(HasSubstr(draft))) << "what is not filed is nobody else's";
  EXPECT_THAT(page, Not(HasSubstr("What happened in all of them"))) << "nobody has agreed to that";
  EXPECT_THAT(employer.get(second + "/related").body, HasSubstr("href=\"" + first + "\""));
  EXPECT_THAT(employer.get(draft + "/related").body, Not(HasSubstr("<script")));
  EXPECT_EQ(other.get(first + "/related").status, 404);
  EXPECT_EQ(astana.get(first + "/related").status, 404);
  EXPECT_EQ(Browser(*app_).get(first + "/related").status, 303) << "to the sign-in page";
}

TEST_F(PagesOfOffice, TheCodeOfAPaperIsBelievedOnlyWhenTheOfficeSignedIt) {
  Browser browser(*app_);
  EXPECT_THAT(browser.get("/verify?code=KOSHI1.AAAA.BBBB").body, HasSubstr("This code is not of the office"));
  EXPECT_THAT(browser.get("/verify?number=https%3A%2F%2Foffice.example%2Fverify%3Fcode%3DKOSHI1.AAAA.BBBB").body,
              HasSubstr("This code is not of the office"))
      << "typed with the address that stands before it";
  EXPECT_EQ(browser.get("/verify/N-1/1").status, 404);
  constexpr char kOfCase[] = "This is the number of a case, not of a paper.";
  EXPECT_THAT(browser.get("/verify/N-1/1").body, Not(HasSubstr(kOfCase)));
  EXPECT_THAT(browser.get("/verify?number=KZ-75/WP/2026/000008").body, HasSubstr(kOfCase));
  EXPECT_THAT(browser.get("/verify?number=7CDWZVFGZQ").body, HasSubstr(kOfCase));
  EXPECT_THAT(browser.get("/verify").body, HasSubstr("name=\"number\""));
}

TEST_F(PagesOfOffice, AnOfficerRefusesWithGrounds) {
  Browser employer(*app_);
  employer.sign_in("acme");
  const std::string at = submitted(employer);
  Browser officer(*app_);
  officer.sign_in("officer");
  officer.get(at + "/actions/refuse");
  const Response refused = officer.post(at + "/actions/refuse", officer.filled("fits=yes"));
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, HasSubstr("There is no ground for refusal"));
  EXPECT_EQ(officer.post(at + "/actions/refuse", officer.filled("fits=no")).status, 303);
  EXPECT_THAT(employer.get(at).body, HasSubstr("The workers are not qualified"));
  EXPECT_THAT(employer.get("/quota?prefix=permits%2F2026%2F").body, HasSubstr("0 reserved and 10 free"));
}

TEST_F(PagesOfOffice, OthersCasesAreNotThere) {
  Browser employer(*app_);
  employer.sign_in("acme");
  const std::string at = submitted(employer);
  for (const char* login : {"other", "astana"}) {
    Browser stranger(*app_);
    stranger.sign_in(login);
    const Response there = stranger.get(at);
    const Response nowhere = stranger.get("/cases/none");
    EXPECT_EQ(there.status, 404) << login;
    EXPECT_EQ(std::regex_replace(there.body, std::regex(at), "/cases/none"), nowhere.body) << login;
    for (const char* below : {"/forms/post", "/documents", "/actions/grant"}) EXPECT_EQ(stranger.get(at + below).status, 404) << below;
    stranger.get("/desk");
    EXPECT_EQ(stranger.post(at + "/forms/post", stranger.filled(post_fields(2))).status, 404);
    EXPECT_EQ(stranger.post(at + "/actions/grant", stranger.filled("fits=yes")).status, 404);
    EXPECT_THAT(stranger.get("/desk").body, Not(HasSubstr(at)));
  }
}

TEST_F(PagesOfOffice, APartyIsNotAnOffice) {
  Browser employer(*app_);
  employer.sign_in("acme");
  const std::string at = submitted(employer);
  EXPECT_EQ(employer.get(at + "/actions/grant").status, 403);
  employer.get(at + "/documents");
  EXPECT_EQ(employer.post(at + "/actions/grant", "csrf=" + employer.hidden("csrf") + "&version=5&fits=yes").status, 403);
  EXPECT_THAT(employer.get(at).body, HasSubstr("Under examination"));
}

TEST_F(PagesOfOffice, TheClockMarksLateCasesInWords) {
  Browser employer(*app_);
  employer.sign_in("acme");
  submitted(employer);
  now_ms_ += int64_t{9} * 86'400'000;
  ASSERT_TRUE(house_->desk().sweep().has_value());
  Browser officer(*app_);
  officer.sign_in("officer");
  EXPECT_THAT(officer.get("/desk").body, HasSubstr("Late since"));
}

TEST_F(PagesOfOffice, EveryPageIsWholeInEveryLanguage) {
  Browser browser(*app_);
  browser.sign_in("acme");
  const std::string at = submitted(browser);
  const std::string draft = opened(browser);
  for (const std::string& target :
       {std::string("/"), std::string("/sign-in"), std::string("/desk"), at, draft, draft + "/forms/post", draft + "/forms/workers",
        draft + "/documents", draft + "/actions/submit", at + "/related", std::string("/quota"), std::string("/journal"),
        std::string("/procedures"), std::string("/procedures/work_permit"), std::string("/verify")}) {
    for (const char* language : {"en", "ru", "kk", "uz", "ky", "tg"}) {
      const Response response = browser.get(target + "?lang=" + language);
      EXPECT_EQ(response.status, 200) << target;
      EXPECT_THAT(response.body, HasSubstr("<html lang=\"" + std::string(language) + "\">")) << target;
      EXPECT_THAT(response.body, HasSubstr("</html>")) << target;
      EXPECT_THAT(response.body, Not(HasSubstr(">office."))) << target << ": a phrase is missing";
      EXPECT_THAT(response.body, Not(HasSubstr("\xEE\x80"))) << target << ": a mark is left";
    }
  }
}

TEST(CaseFields, NoFactOfTheLawHasANameOfTheForms) {
  const auto law = zan::compile_folder(KOSHI_SOURCE_DIR "/law/kz");
  ASSERT_TRUE(law) << law.error().message;
  for (const zan::Entity& one : law->corpus.entities) {
    for (const std::string_view name : kFormFields) {
      EXPECT_EQ(one.find_fact(name), zan::kNoId) << one.name << "." << name;
      EXPECT_EQ(one.find_link(name), zan::kNoId) << one.name << "." << name;
    }
  }
}

/// What a form asks can be asked on a page: a list is reached by one way, and its members' facts are named below it.
TEST(CaseFields, EveryFormOfTheLawFitsAPage) {
  const auto law = zan::compile_folder(KOSHI_SOURCE_DIR "/law/kz");
  ASSERT_TRUE(law) << law.error().message;
  const auto fits = [&](const zan::Procedure& procedure, const std::vector<zan::FactPath>& asks, const std::string& what) {
    size_t shown = 0;
    for (const AskedField& field : asked_fields(law->corpus, procedure.entity, asks)) {
      shown += field.is_list() ? field.of_members.size() : 1;
    }
    EXPECT_EQ(shown, asks.size()) << procedure.name << " " << what;
  };
  for (const zan::Procedure& procedure : law->corpus.procedures) {
    for (const zan::Form& form : procedure.forms) fits(procedure, form.asks, form.name);
    for (const zan::ProcedureState& state : procedure.states) {
      for (const zan::Action& action : state.actions) fits(procedure, action.asks, action.name);
    }
  }
}

TEST_F(PagesOfOffice, ProceduresAreReadAndDrawn) {
  Browser browser(*app_);
  EXPECT_THAT(browser.get("/procedures").body, HasSubstr("href=\"/procedures/work_permit\""));
  const std::string page = browser.get("/procedures/work_permit").body;
  EXPECT_THAT(page, HasSubstr("The workers must be qualified"));
  EXPECT_THAT(page, HasSubstr("/procedures/work_permit/diagram.svg?on=2026-01-15"));
  const Response picture = browser.get("/procedures/work_permit/diagram.svg?state=draft");
  EXPECT_EQ(Browser::header(picture, "Content-Type"), "image/svg+xml");
  EXPECT_THAT(picture.body, HasSubstr("Being prepared"));
  EXPECT_EQ(browser.get("/procedures/none").status, 404);
}

TEST_F(PagesOfOffice, NothingThatIsTypedBecomesMarkup) {
  const std::string evil = "%3Cscript%3Ealert(1)%3C%2Fscript%3E%22%27";
  Browser browser(*app_);
  browser.sign_in("acme");
  const std::string at = opened(browser);
  for (const std::string& target : {"/verify?number=" + evil, "/verify?code=" + evil, "/quota?prefix=" + evil, "/sign-in?next=" + evil,
                                    "/desk?after=" + evil, at + "/documents?kind=" + evil, "/verify/" + evil + "/1"}) {
    const Response response = browser.get(target);
    EXPECT_THAT(response.body, Not(HasSubstr("<script"))) << target;
    EXPECT_LT(response.status, 500) << target;
  }
  browser.get(at + "/forms/post");
  const Response page = browser.post(at + "/forms/post", browser.filled("headcount=" + evil + "&employer.name=" + evil));
  EXPECT_THAT(page.body, Not(HasSubstr("<script")));
  EXPECT_EQ(page.status, 422);
}

TEST_F(PagesOfOffice, TheLawsPagesLeadToTheOffice) {
  Browser browser(*app_);
  const std::string home = browser.get("/").body;
  for (const char* door : {"/desk", "/verify", "/quota", "/procedures", "/journal"}) {
    EXPECT_THAT(home, HasSubstr("href=\"" + std::string(door) + "\""));
  }
  EXPECT_THAT(browser.get("/journal").body, HasSubstr("koshi.office/journal"));
}

}  // namespace
}  // namespace koshi::http
