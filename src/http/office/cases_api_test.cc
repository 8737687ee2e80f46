#include <thread>

#include "http/office/test_office.h"
#include "office/journal/receipt.h"

/// Cases over the interface for programs: what is done, what is refused and how it is told.
namespace koshi::http {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::IsSupersetOf;
using testing::Not;
using testing::SizeIs;
using testing::UnorderedElementsAre;

class Cases : public OfficeTest {
 protected:
  ledger::Balance quota() {
    return store::must(house_->store().read([](store::Reader& reader) { return ledger::balance(reader, kQuota); }))
        .value_or(ledger::Balance{});
  }
  static std::vector<std::string> paths(const Answer& refused) { return names(refused.value.at("problems"), "path"); }
  Request submission(const Answer& draft, const std::string& login) {
    return {"POST",
            path_of(draft, "/actions/submit"),
            "",
            {{"Authorization", "Bearer " + token(login)}, {"Content-Type", "application/json"}},
            at_version(version(draft)),
            "127.0.0.1"};
  }
  static std::string path_of(const Answer& answer, const std::string& below = {}) { return "/api/v1/cases/" + id(answer) + below; }
};

TEST_F(Cases, AWholePathEndsInForce) {
  allot(5);
  const Answer first = opened();
  EXPECT_EQ(state(first), "draft");
  EXPECT_EQ(first.text("role"), "employer");
  EXPECT_EQ(first.text("state_label"), "Draft");
  EXPECT_EQ(names(first.value.at("actions"), "action"), (std::vector<std::string>{"submit", "withdraw"}));
  EXPECT_EQ(first.value.at("actions").at(0).at("possible"), false);
  EXPECT_EQ(json::serialize(first.value.at("forms").at(0).at("missing")),
            R"(["region","headcount","employer.name","employer.barred_until"])");

  const Answer filed = submitted(2);
  EXPECT_EQ(state(filed), "examined");
  EXPECT_EQ(quota().held, 2);
  const Answer waiting = must(get("officer", path_of(filed)));
  EXPECT_EQ(waiting.text("role"), "akimat");
  EXPECT_EQ(json::serialize(waiting.value.at("actions").at(0).at("asks")), R"(["fits"])");
  EXPECT_EQ(waiting.value.at("due").at("then").as_string(), "late");
  EXPECT_EQ(state(act("cashier", act("officer", filed, "grant", R"({"fits":true})"), "pay")), "in_force");
  EXPECT_EQ(quota().committed, 2);
}

TEST_F(Cases, EveryBadFactIsNamed) {
  const Answer draft = opened();
  const Answer refused =
      must(post("zher", path_of(draft, "/facts"),
                at_version(version(draft), R"({"headcount":"many","region":"KZ-99","colour":1,"employer":{"barred_until":"2026-02-30"}})")),
           422);
  EXPECT_EQ(refused.text("refusal"), "bad_facts");
  EXPECT_THAT(paths(refused), UnorderedElementsAre("headcount", "region", "colour", "employer.barred_until"));
  EXPECT_EQ(version(must(get("zher", path_of(draft)))), version(draft));
}

TEST_F(Cases, FactsAreTakenBack) {
  const Answer filled = give("zher", opened(), facts(2));
  const Answer fewer =
      must(post("zher", path_of(filled, "/facts"), R"({"version":)" + std::to_string(version(filled)) + R"(,"remove":["headcount"]})"));
  EXPECT_EQ(json::serialize(fewer.value.at("forms").at(0).at("missing")), R"(["headcount"])");
}

TEST_F(Cases, WhatIsMissingIsToldWhole) {
  const Answer refused = must(try_act("zher", opened(), "submit"), 422);
  EXPECT_EQ(refused.text("refusal"), "facts_missing");
  EXPECT_THAT(paths(refused), IsSupersetOf({"region", "headcount", "employer.name", "employer.barred_until", "passport"}));
}

TEST_F(Cases, ALawfulRefusalShowsItsProofAndWhatWouldChangeIt) {
  allot(5);
  const Answer refused = must(try_act("zher", draft(2, "zher", "KZ-75", R"("2026-06-01")"), "submit"), 422);
  EXPECT_EQ(refused.text("refusal"), "not_lawful");
  ASSERT_EQ(refused.value.at("failed").as_array().size(), 1u) << refused.body;
  const json::value& failed = refused.value.at("failed").at(0);
  EXPECT_EQ(failed.at("label").as_string(), "The employer must not be barred");
  EXPECT_THAT(std::string(failed.at("text").as_string()), HasSubstr("art. 8"));
  EXPECT_THAT(json::serialize(failed.at("by")), HasSubstr("art. 8"));
  EXPECT_THAT(json::serialize(failed.at("changes")), HasSubstr("Barred until"));
  EXPECT_EQ(quota().held, 0);
}

TEST_F(Cases, TheReadersLanguageIsSpoken) {
  const Answer draft = opened();
  const Answer english = must(post("zher", path_of(draft, "/actions/grant"), at_version(version(draft))), 403);
  const Answer russian = must(post("zher", path_of(draft, "/actions/grant?lang=ru"), at_version(version(draft))), 403);
  EXPECT_NE(english.text("detail"), russian.text("detail"));
  EXPECT_EQ(must(get("zher", path_of(draft, "?lang=kk"))).header("Content-Language"), "kk");
}

TEST_F(Cases, WithoutPlacesNothingIsHeld) {
  allot(3);
  const Answer refused = must(try_act("zher", draft(5), "submit"), 409);
  EXPECT_EQ(refused.text("refusal"), "no_places");
  EXPECT_EQ(quota().held, 0);
}

TEST_F(Cases, AStaleRequestIsToldBothVersions) {
  const Answer first = opened();
  give("zher", first, facts(2));
  const Answer refused = must(post("zher", path_of(first, "/facts"), at_version(version(first), R"({"headcount":9})")), 409);
  EXPECT_EQ(refused.text("refusal"), "stale");
  EXPECT_EQ(refused.value.at("version").as_int64(), version(first) + 1);
  EXPECT_THAT(refused.text("detail"), HasSubstr(std::to_string(version(first))));
  EXPECT_THAT(refused.text("detail"), HasSubstr(std::to_string(version(first) + 1)));
  EXPECT_EQ(must(try_act("zher", first, "withdraw"), 409).text("refusal"), "stale");
  EXPECT_EQ(must(attach("zher", id(first), version(first), pdf_file()), 409).text("refusal"), "stale");
}

TEST_F(Cases, EveryActionOutsideOfItsStateIsRefusedAndChangesNothing) {
  allot(5);
  const Answer granted = act("officer", submitted(1), "grant", R"({"fits":true})");
  const std::string before = must(get("zher", path_of(granted))).body;
  const std::pair<const char*, const char*> tried[] = {
      {"zher", "submit"},
      {"zher", "withdraw"},
      {"officer", "grant"},
      {"officer", "refuse"},
  };
  for (const auto& [login, action] : tried) {
    const Answer refused = must(try_act(login, granted, action), 409);
    EXPECT_EQ(refused.text("refusal"), "wrong_state") << action;
    EXPECT_EQ(refused.value.at("version").as_int64(), version(granted));
  }
  must(try_act("zher", granted, "fly"), 404);
  EXPECT_EQ(must(get("zher", path_of(granted))).body, before);
}

TEST_F(Cases, NobodyActsInTheRoleOfAnother) {
  allot(5);
  const Answer filed = submitted(1);
  EXPECT_EQ(must(try_act("zher", filed, "grant", R"({"fits":true})"), 403).text("refusal"), "forbidden");
  EXPECT_EQ(must(try_act("cashier", filed, "grant", R"({"fits":true})"), 403).text("refusal"), "forbidden");
  const Answer granted = act("officer", filed, "grant", R"({"fits":true})");
  for (const char* login : {"zher", "officer"}) EXPECT_EQ(must(try_act(login, granted, "pay"), 403).text("refusal"), "forbidden");
  EXPECT_EQ(must(try_act("cashier", granted, "lapse"), 403).text("refusal"), "forbidden") << "the clock's";
  EXPECT_EQ(must(post("officer", path_of(filed, "/facts"), at_version(version(granted), R"({"headcount":1})")), 409).text("refusal"),
            "wrong_state")
      << "the forms are the party's";
  must(post("officer", "/api/v1/cases", R"({"procedure":"work_permit"})"), 403);
  must(post("zher", "/api/v1/cases", R"({"procedure":"none"})"), 404);
}

TEST_F(Cases, AnothersCaseIsAsOneThatDoesNotExist) {
  allot(5);
  const Answer filed = submitted(1);
  const std::string sequence = act("officer", filed, "grant", R"({"fits":true})").header("Koshi-Receipt");
  const std::string sha256(filed.value.at("case").at("documents").at(0).at("sha256").as_string());
  const std::string here = path_of(filed);
  const std::string none = "/api/v1/cases/0000000000";
  // Another party, and an officer of another region.
  for (const char* login : {"other", "astana"}) {
    for (const std::string& below : {std::string(), std::string("/timeline"), "/receipts/" + sequence, "/documents/" + sha256,
                                     std::string("/papers/1"), std::string("?as=akimat"), std::string("?as=treasury")}) {
      const Answer hidden = must(get(login, here + below), 404);
      EXPECT_EQ(hidden.body, get(login, none + below).body) << login << below;
    }
    for (const std::string& below : {std::string("/facts"), std::string("/actions/grant"), std::string("/actions/none")}) {
      const Answer hidden = must(post(login, here + below, at_version(1)), 404);
      EXPECT_EQ(hidden.body, post(login, none + below, at_version(1)).body) << login << below;
    }
    must(attach(login, id(filed), 1, pdf_file()), 404);
    must(send("DELETE", here + "/documents/" + sha256 + "?kind=passport&version=1", {{"Authorization", "Bearer " + token(login)}}, {}),
         404);
  }
}

TEST_F(Cases, ADraftIsItsPartysAlone) {
  const Answer draft = give("zher", opened(), facts(1));
  must(get("officer", path_of(draft)), 404);
  EXPECT_THAT(get("officer", "/api/v1/cases").value.at("cases").as_array(), IsEmpty());
}

TEST_F(Cases, AReceiptProvesTheActWithoutTheOffice) {
  allot(5);
  const Answer filed = submitted(2);
  const std::string sequence = filed.header("Koshi-Receipt");
  const Answer paper = must(get("zher", path_of(filed, "/receipts/" + sequence)));
  const auto receipt = journal::parse_receipt(paper.body);
  ASSERT_TRUE(receipt.has_value()) << receipt.error().message;
  EXPECT_EQ(std::to_string(receipt->sequence), sequence);
  const auto checkpoint = journal::verify_receipt(*receipt, house_->journal().origin(), house_->journal().keys());
  EXPECT_TRUE(checkpoint.has_value()) << checkpoint.error().message;
  EXPECT_EQ(must(get("zher", path_of(filed, "/receipts/" + sequence))).body, paper.body);

  auto forged = *receipt;
  forged.event[0] ^= 1;
  EXPECT_FALSE(journal::verify_receipt(forged, house_->journal().origin(), house_->journal().keys()).has_value());
  for (const char* other : {"0", "-1", "999999", "1x", "18446744073709551615", "99999999999999999999999"}) {
    must(get("zher", path_of(filed, "/receipts/" + std::string(other))), 404);
  }
  const std::string of_another = opened("zher").header("Koshi-Receipt");
  must(get("zher", path_of(filed, "/receipts/" + of_another)), 404);
}

TEST_F(Cases, TheSameKeyDoesTheSameActOnce) {
  allot(5);
  const Answer ready = draft(2);
  const Answer first = must(try_act("zher", ready, "submit", "{}", "key-1"));
  EXPECT_EQ(first.header("Koshi-Repeated"), "");
  const Answer again = must(try_act("zher", ready, "submit", "{}", "key-1"));
  EXPECT_EQ(again.header("Koshi-Repeated"), "true");
  EXPECT_EQ(again.header("Koshi-Receipt"), first.header("Koshi-Receipt"));
  EXPECT_EQ(again.body, first.body);
  EXPECT_EQ(quota().held, 2);

  EXPECT_EQ(must(try_act("zher", ready, "withdraw", "{}", "key-1"), 409).text("refusal"), "stale");
  EXPECT_EQ(must(try_act("zher", ready, "submit", "{}", "key-2"), 409).text("refusal"), "stale") << "another key is another request";
  must(try_act("officer", first, "grant", R"({"fits":true})", "key-1"));  // keys are each account's own
  EXPECT_EQ(must(try_act("zher", ready, "submit", "{}", std::string(office::kIdempotencyKeyMaxBytes + 1, 'k')), 413).text("refusal"),
            "too_much");
}

TEST_F(Cases, ACaseIsOpenedOnceForAKey) {
  const Answer first = must(post("zher", "/api/v1/cases", R"({"procedure":"work_permit"})", "open-1"), 201);
  const Answer again = must(post("zher", "/api/v1/cases", R"({"procedure":"work_permit"})", "open-1"), 201);
  EXPECT_EQ(id(again), id(first));
  EXPECT_EQ(again.header("Koshi-Repeated"), "true");
  must(post("zher", "/api/v1/cases", R"({"procedure":"levy"})", "open-1"), 409);
  EXPECT_THAT(get("zher", "/api/v1/cases").value.at("cases").as_array(), SizeIs(1));
}

/// Sends all of them at once, each from a thread of its own.
std::vector<Response> at_once(const App& app, const std::vector<Request>& requests) {
  std::vector<Response> responses(requests.size());
  std::vector<std::thread> threads;
  for (size_t i = 0; i < requests.size(); ++i) threads.emplace_back([&, i] { responses[i] = app.handle(requests[i]); });
  for (std::thread& thread : threads) thread.join();
  return responses;
}

TEST_F(Cases, TheLastPlaceGoesToOneOfManyWhoAskAtOnce) {
  allot(1);
  std::vector<Request> requests;
  for (int i = 0; i < 6; ++i) requests.push_back(submission(draft(1, i % 2 == 0 ? "zher" : "other"), i % 2 == 0 ? "zher" : "other"));
  size_t done = 0;
  for (const Response& response : at_once(*app_, requests)) {
    done += response.status == 200 ? 1 : 0;
    EXPECT_TRUE(response.status == 200 || response.status == 409) << response.body;
  }
  EXPECT_EQ(done, 1u);
  EXPECT_EQ(quota().held, 1);
}

TEST_F(Cases, ADoubleSubmitIsOneAct) {
  allot(5);
  std::vector<Request> requests(6, submission(draft(1), "zher"));
  for (Request& request : requests) request.headers.push_back({"Idempotency-Key", "double"});
  std::set<std::string> receipts;
  for (const Response& response : at_once(*app_, requests)) {
    EXPECT_EQ(response.status, 200) << response.body;
    for (const Header& header : response.headers) {
      if (header.name == "Koshi-Receipt") receipts.insert(header.value);
    }
  }
  EXPECT_THAT(receipts, SizeIs(1));
  EXPECT_EQ(quota().held, 1);

  // Without a key each is a request of its own, and all but the first come too late.
  requests.assign(4, submission(draft(1), "zher"));
  size_t done = 0;
  for (const Response& response : at_once(*app_, requests)) done += response.status == 200 ? 1 : 0;
  EXPECT_EQ(done, 1u);
  EXPECT_EQ(quota().held, 2);
}

TEST_F(Cases, ListsAreByRoleAndInPages) {
  allot(50);
  std::vector<std::string> filed;
  for (int i = 0; i < 5; ++i) filed.insert(filed.begin(), id(submitted(1)));
  opened();
  submitted(1, "other");
  std::vector<std::string> found;
  size_t pages = 0;
  for (std::string after; pages == 0 || !after.empty(); ++pages) {
    const Answer page = must(get("zher", "/api/v1/cases?state=examined&limit=2&after=" + percent_encode(after)));
    for (std::string& one : names(page.value.at("cases"), "id")) found.push_back(std::move(one));
    after = page.text("next");
  }
  EXPECT_EQ(found, filed) << "the newest first, each once";
  EXPECT_EQ(pages, 3u);
  EXPECT_THAT(must(get("zher", "/api/v1/cases")).value.at("cases").as_array(), SizeIs(6));
  EXPECT_THAT(must(get("officer", "/api/v1/cases?by=due")).value.at("cases").as_array(), SizeIs(6));
  EXPECT_THAT(must(get("astana", "/api/v1/cases")).value.at("cases").as_array(), IsEmpty());
  EXPECT_THAT(must(get("zher", "/api/v1/cases?procedure=levy")).value.at("cases").as_array(), IsEmpty());
  const json::value row = must(get("officer", "/api/v1/cases?limit=1")).value.at("cases").at(0);
  EXPECT_EQ(row.at("title").as_string(), "Zher LLP");
  EXPECT_EQ(row.at("due").as_string(), "2026-01-22");
}

TEST_F(Cases, TheTimelineTellsARoleWhatTheActsToldIt) {
  allot(5);
  const std::string id = submitted(1).value.at("case").at("id").as_string().c_str();
  const auto notices = [&](const char* who) {
    std::vector<std::string> all;
    const Answer timeline = must(get(who, "/api/v1/cases/" + id + "/timeline"));
    for (const json::value& entry : timeline.value.as_array()) {
      const json::value* told = entry.as_object().if_contains("notices");
      if (told == nullptr) continue;
      for (const json::value& text : told->as_array()) all.emplace_back(text.as_string());
    }
    return all;
  };
  EXPECT_THAT(notices("officer"), ElementsAre("A new application has come in."));
  EXPECT_THAT(notices("zher"), IsEmpty()) << "what an office was told is nobody else's";
}

TEST_F(Cases, ClosedCasesAreListedWhenAskedFor) {
  act("zher", opened(), "withdraw");
  EXPECT_THAT(must(get("zher", "/api/v1/cases")).value.at("cases").as_array(), IsEmpty());
  EXPECT_THAT(must(get("zher", "/api/v1/cases?all=1")).value.at("cases").as_array(), SizeIs(1));
}

TEST_F(Cases, WhatIsNoListIsAProblem) {
  for (const char* limit : {"0", "101", "-1", "x", "", "99999999999999999999"}) {
    must(get("zher", "/api/v1/cases?limit=" + std::string(limit)), 400);
  }
  must(get("zher", "/api/v1/cases?after=nowhere"), 422);
  must(get("zher", "/api/v1/cases?as=akimat"), 403);
  add_account("janitor", {{"janitor", "", true}});
  must(get("janitor", "/api/v1/cases"), 403);
}

TEST_F(Cases, WhoHasTwoRolesChoosesOne) {
  allot(5);
  add_account("both", {{"akimat", "KZ-75", false}, {"employer", "111", false}});
  const Answer filed = submitted(1);
  EXPECT_EQ(must(get("both", path_of(filed, "?as=employer"))).text("role"), "employer");
  must(get("both", path_of(filed, "?as=akimat")), 404);  // nobody is the office in a case of their own
  must(post("both", path_of(filed, "/actions/grant?as=employer"), at_version(version(filed), R"({"fits":true})")), 403);
  EXPECT_EQ(must(post("both", "/api/v1/cases", R"({"procedure":"work_permit"})"), 201).text("role"), "employer");
}

TEST_F(Cases, TheTimelineTellsWhatHappenedInOrder) {
  allot(5);
  const Answer filed = submitted(1);
  const Answer all = must(get("zher", path_of(filed, "/timeline")));
  EXPECT_EQ(names(all.value, "name"), (std::vector<std::string>{"opened", "facts", "document", "acted"}));
  EXPECT_EQ(all.value.at(0).at("actor").as_string(), "zher/employer");
  const int64_t second = all.value.at(1).at("sequence").as_int64();
  EXPECT_THAT(must(get("zher", path_of(filed, "/timeline?after=" + std::to_string(second)))).value.as_array(), SizeIs(2));
  must(get("zher", path_of(filed, "/timeline?after=first")), 400);
}

TEST_F(Cases, AnAuthoritysLookIsKeptWithItsPurpose) {
  allot(5);
  const Answer filed = submitted(1);
  const auto looks = [&] {
    const auto events = store::must(house_->store().read([&](store::Reader& reader) { return house_->journal().events(reader, "", 0); }));
    std::vector<std::string> found;
    for (const journal::Event& event : events) {
      if (event.entry.action == "viewed") found.push_back(event.entry.actor + " " + event.entry.payload);
    }
    return found;
  };
  must(get("zher", path_of(filed)));
  EXPECT_THAT(looks(), IsEmpty());
  must(get("officer", path_of(filed, "?purpose=an%20appeal")));
  must(get("officer", path_of(filed, "/timeline")));
  EXPECT_THAT(looks(),
              ElementsAre(R"(officer/akimat {"purpose":"an appeal"})", R"-(officer/akimat {"purpose":"work on the case (program)"})-"));
  must(get("officer", path_of(filed, "?purpose=%20")), 422);
  EXPECT_EQ(version(must(get("zher", path_of(filed)))), version(filed)) << "nobody's open page becomes stale by being looked over";
}

TEST_F(Cases, WhatIsNoRequestIsAProblem) {
  const Answer draft = opened();
  for (const char* body : {"", "{", "[]", R"({"facts":{}})", R"({"version":"1"})", R"({"version":1.5})", R"({"version":1,"facts":[]})",
                           R"({"version":1,"facts":{},"facts":{}})", R"({"version":1,"more":1})", R"({"version":99999999999999999999})"}) {
    must(post("zher", path_of(draft, "/facts"), body), 400);
    must(post("zher", path_of(draft, "/actions/submit"), body), 400);
  }
  must(post("zher", path_of(draft, "/facts"), R"({"version":1,"remove":[1]})"), 400);
  must(post("zher", "/api/v1/cases", R"({"procedure":7})"), 400);
  const std::string deep = R"({"version":1,"facts":)" + std::string(1000, '[') + std::string(1000, ']') + "}";
  must(post("zher", path_of(draft, "/facts"), deep), 400);
  EXPECT_EQ(version(must(get("zher", path_of(draft)))), version(draft));
}

TEST_F(Cases, DraftsAreKeptForTheirAccountAlone) {
  const auto save = [&](const std::string& login, const std::string& body) {
    return send("PUT", "/api/v1/drafts/form-1", {{"Authorization", "Bearer " + token(login)}, {"Content-Type", "application/json"}}, body);
  };
  must(get("zher", "/api/v1/drafts/form-1"), 204);
  must(save("zher", R"({"headcount": "2?"})"), 204);
  EXPECT_EQ(must(get("zher", "/api/v1/drafts/form-1")).body, R"({"headcount": "2?"})");
  must(get("other", "/api/v1/drafts/form-1"), 204);
  must(save("zher", "[1]"), 400);
  must(save("zher", "{"), 400);
  EXPECT_EQ(must(save("zher", "{\"a\":\"" + std::string(office::kDraftMaxBytes, 'a') + "\"}"), 413).text("refusal"), "too_much");
  must(save("zher", "{}"), 204);
  must(get("zher", "/api/v1/drafts/form-1"), 204);
}

}  // namespace
}  // namespace koshi::http
