#include "office/case/decide.h"

#include "office/case/test_case.h"

namespace koshi::office {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;

using Decide = CaseTest;

TEST_F(Decide, ACaseBeginsWithWhatItsAccountKnows) {
  open();
  EXPECT_EQ(item_.state, "draft");
  EXPECT_EQ(item_.version, 1);
  EXPECT_EQ(fact("employer.bin"), "\"100\" account");
  EXPECT_THAT(told(give(employer_, R"({"employer.bin":"200"})")), StartsWith("BadFacts"));
}

TEST_F(Decide, OnlyAPartyWithItsOwnNumberOpens) {
  EXPECT_THAT(told(open_case(*law_, "P-1", "permit_case", akimat_, today_)), StartsWith("Forbidden"));
  Actor nobody = employer_;
  nobody.scope.reset();
  EXPECT_THAT(told(open_case(*law_, "P-1", "permit_case", nobody, today_)), StartsWith("Forbidden"));
  nobody.scope = "{";
  EXPECT_THAT(told(open_case(*law_, "P-1", "permit_case", nobody, today_)), StartsWith("Forbidden"));
  EXPECT_THAT(told(open_case(*law_, "P-1", "none", employer_, today_)), StartsWith("NoSuchThing"));
  EXPECT_THAT(told(open_case(*law_, "P-1", "permit_case", employer_, day("2019-12-31"))), StartsWith("WrongState"));
}

/// What is posted is held against the ledger by the ledger; only what a norm read must still be so.
TEST_F(Decide, ADecisionRestsOnABalanceOnlyWhereTheLawReadsIt) {
  std::vector<std::string> rests;
  around_.rests_on_balance = [&](const std::string& code) { rests.push_back(code); };
  submit();
  EXPECT_THAT(rests, IsEmpty());
  today_ = day("2026-09-01");  // from then on so many places must be left
  fill();
  EXPECT_THAT(rests, IsEmpty());
  done(act(employer_, "submit"));
  EXPECT_THAT(rests, ElementsAre("places/2026/north/first"));
}

TEST_F(Decide, ADecisionCarriesTheCaseAsItsJson) {
  submit();
  EXPECT_EQ(last_.after_json, case_json(item_));
  EXPECT_EQ(last_.action, "submit");
}

TEST_F(Decide, TheWholeWayToAPermit) {
  submit();
  EXPECT_EQ(item_.state, "examined");
  EXPECT_EQ(item_.filed, today_);
  EXPECT_EQ(fact("filed"), "\"2026-03-02\" effect");
  ASSERT_THAT(last_.postings, SizeIs(1));
  EXPECT_EQ(last_.postings[0].kind, LedgerPosting::Kind::kHold);
  EXPECT_EQ(last_.postings[0].code, "places/2026/north/first");
  EXPECT_EQ(last_.postings[0].amount, 1);
  EXPECT_EQ(last_.postings[0].until, day("2026-03-22"));
  ASSERT_THAT(last_.notices, SizeIs(1));
  EXPECT_EQ(last_.notices[0].role, "akimat");

  done(act(akimat_, "grant", R"({"papers_false":false})"));
  EXPECT_EQ(fact("papers_false"), "false office");
  ASSERT_THAT(item_.charges, SizeIs(1));
  EXPECT_EQ(format_money(item_.charges[0].amount), "1000");
  ASSERT_THAT(item_.papers, SizeIs(1));
  EXPECT_EQ(item_.papers[0].number, "P-1/1");

  done(act(treasury_, "pay"));
  EXPECT_EQ(item_.state, "in_force");
  EXPECT_EQ(fact("paid"), "true effect");
  ASSERT_THAT(item_.holds, SizeIs(1));
  EXPECT_TRUE(item_.holds[0].committed);
  EXPECT_EQ(item_.papers[1].number, "P-1/2");
  EXPECT_EQ(folded(), case_json(item_));
}

TEST_F(Decide, FormsAndDocumentsThatAreMissingAreNamed) {
  open();
  EXPECT_THAT(told(act(employer_, "submit")),
              testing::AllOf(StartsWith("FactsMissing"), HasSubstr("region: "), HasSubstr("headcount: How many workers?"),
                             HasSubstr("workers: Workers"), testing::Not(HasSubstr("reason: "))));
  done(give(employer_, R"({"region":"north","category":"second","headcount":1,"hurry":true,"employer":{"searched":true},
                          "workers":[{"name":"A","wage":1},{"name":"B"}]})"));
  EXPECT_EQ(told(act(employer_, "submit")),
            "FactsMissing: Some answers are missing. | reason: Reason for the hurry | workers[1].wage: Wage"
            " | form: Application form | list: List of workers | diploma: Diploma");
}

TEST_F(Decide, WhatDecidesWhetherAFormIsToBeFilledInIsNamed) {
  fill();
  register_.clear();
  EXPECT_EQ(
      told(act(employer_, "submit")),
      "FactsMissing: Some answers are missing. | employer.barred_until: Barred until (decides whether “A promise” is to be filled in)");
  register_[{"employer.bin", "\"100\""}] = {{"barred_until", "\"2020-01-01\""}};
  EXPECT_EQ(told(act(employer_, "submit")), "FactsMissing: Some answers are missing. | promise: Promise");
  done(give(employer_, R"({"promise":"x"})"));
  done(act(employer_, "submit"));
}

TEST_F(Decide, AListWithoutMembersIsFilledIn) {
  fill(R"({"region":"north","category":"first","headcount":1,"hurry":false,"workers":[]})");
  done(act(employer_, "submit"));
}

TEST_F(Decide, DocumentsAloneMissing) {
  open();
  done(give(employer_, R"({"region":"north","category":"first","headcount":1,"hurry":false,"workers":[]})"));
  EXPECT_EQ(told(act(employer_, "submit")), "DocumentsMissing: Documents are missing. | form: Application form | list: List of workers");
}

TEST_F(Decide, AllRequirementsThatFailAreTold) {
  fill(R"({"region":"north","category":"second","headcount":0,"hurry":false,"employer.searched":false,"workers":[]})");
  const Decided refused = act(employer_, "submit");
  EXPECT_THAT(told(refused), HasSubstr("NotLawful: What the law requires is not met. | diploma: Diploma"
                                       " | The market must have been searched | Somebody must be asked for"));
  ASSERT_FALSE(refused.has_value());
  const Refusal::Failed& failed = refused.error().failed[0];
  EXPECT_FALSE(failed.answer.value.is_yes());
  EXPECT_THAT(failed.answer.proof, Not(IsEmpty()));
  ASSERT_THAT(failed.changes, Not(IsEmpty()));
  for (const zan::FactChange& change : failed.changes) EXPECT_TRUE(change.answer.is_yes());
}

TEST_F(Decide, ARequirementCountsFromItsDay) {
  places_["places/2026/north/first"] = 0;
  fill();
  EXPECT_THAT(told(act(employer_, "submit")), StartsWith("NoPlaces"));
  today_ = day("2026-09-01");
  EXPECT_THAT(told(act(employer_, "submit")), HasSubstr("NotLawful: What the law requires is not met. | So many places must be left"));
}

TEST_F(Decide, NoPlacesAreToldInFigures) {
  fill(R"({"region":"north","category":"first","headcount":11,"hurry":false,"workers":[]})");
  const Case before = item_;
  EXPECT_EQ(told(act(employer_, "submit")), "NoPlaces: Not enough places are free: 11 asked, 10 free (places/2026/north/first).");
  EXPECT_EQ(case_json(item_), case_json(before));
  places_["places/2026/north/first"] = 11;
  done(act(employer_, "submit"));
}

TEST_F(Decide, TheLawOfTheFilingDayIsApplied) {
  fill();
  today_ = day("2026-06-30");
  done(act(employer_, "submit"));
  today_ = day("2026-07-02");
  done(act(akimat_, "grant", R"({"papers_false":false})"));
  EXPECT_EQ(format_money(item_.charges[0].amount), "1000");
  EXPECT_THAT(last_.events[0].payload, HasSubstr("\"law\":\"2026-06-30\""));
}

TEST_F(Decide, TodayIsTheDayOfTheAct) {
  submit();
  register_[{"employer.bin", "\"100\""}] = {{"barred_until", "\"2026-03-05\""}};
  EXPECT_THAT(told(act(akimat_, "grant", R"({"papers_false":false})")), StartsWith("NotLawful"));
  today_ = day("2026-03-06");
  done(act(akimat_, "grant", R"({"papers_false":false})"));
}

TEST_F(Decide, ARefusalHasGroundsAndBarsTheEmployer) {
  submit();
  EXPECT_EQ(told(act(akimat_, "refuse", R"({"papers_false":false})")),
            "NotLawful: What the law requires is not met. | There is no ground for refusal");
  done(act(akimat_, "refuse", R"({"papers_false":true})"));
  ASSERT_THAT(item_.grounds, SizeIs(1));
  EXPECT_EQ(item_.grounds[0].member, "false_papers");
  EXPECT_EQ(item_.grounds[0].norm, "permit.refusal_grounds");
  EXPECT_THAT(item_.holds, IsEmpty());
  ASSERT_THAT(last_.postings, SizeIs(1));
  EXPECT_EQ(last_.postings[0].kind, LedgerPosting::Kind::kRelease);
  ASSERT_THAT(last_.records, SizeIs(1));
  EXPECT_EQ(last_.records[0].key_path, "employer.bin");
  EXPECT_EQ(last_.records[0].key, "\"100\"");
  EXPECT_EQ(last_.records[0].fact, "barred_until");
  EXPECT_EQ(last_.records[0].json, "\"2027-03-02\"");
  EXPECT_EQ(fact("employer.barred_until"), "none");
  EXPECT_EQ(folded(), case_json(item_));
}

TEST_F(Decide, FactsAndProofsAreFrozen) {
  submit();
  done(act(akimat_, "refuse", R"({"papers_false":true})"));
  const std::string& payload = last_.events[0].payload;
  ASSERT_TRUE(journal::check_canonical_json(payload).has_value());
  // The register's fact is read and not stored; the officer's is both.
  EXPECT_THAT(payload, HasSubstr(R"({"by":"","json":"null","on":"2026-03-02","path":"employer.barred_until","source":"register"})"));
  EXPECT_THAT(payload, HasSubstr(R"({"by":"akimat","json":"true","on":"2026-03-02","path":"papers_false","source":"office"})"));
  EXPECT_THAT(payload, HasSubstr(R"("what":"requires")"));
  EXPECT_THAT(payload, HasSubstr(R"("what":"grounds")"));
  EXPECT_THAT(payload, HasSubstr(R"(\"why\":{)"));
}

TEST_F(Decide, OfAListThatWasReadTheWholeIsFrozen) {
  submit();
  EXPECT_THAT(last_.events[0].payload, HasSubstr(R"("path":"workers","source":"declared")"));
}

TEST_F(Decide, WhatAPartyCanChangeComesFirst) {
  fill(R"({"region":"north","category":"first","headcount":1,"hurry":false,"workers":[{"name":"A","wage":5},{"name":"B","wage":0}]})");
  const Decided refused = act(employer_, "submit");
  EXPECT_EQ(told(refused), "NotLawful: What the law requires is not met. | Everybody must be paid");
  ASSERT_THAT(refused.error().failed, SizeIs(1));
  ASSERT_THAT(refused.error().failed[0].changes, Not(IsEmpty()));
  EXPECT_EQ(refused.error().failed[0].changes[0].path, "workers[1].wage");
}

TEST_F(Decide, ConflictsOfTheLawDecideNothing) {
  fill(R"({"region":"north","category":"first","headcount":13,"hurry":false,"workers":[]})");
  places_["places/2026/north/first"] = 13;
  done(act(employer_, "submit"));
  const Decided refused = act(akimat_, "grant", R"({"papers_false":false})");
  EXPECT_THAT(told(refused), StartsWith("LawUnclear"));
  ASSERT_THAT(refused.error().failed, SizeIs(1));
  EXPECT_EQ(refused.error().failed[0].answer.outcome, zan::Outcome::kConflict);
}

TEST_F(Decide, WhatTheActionAsksAndOnlyThat) {
  submit();
  EXPECT_EQ(told(act(akimat_, "grant")), "FactsMissing: Some answers are missing. | papers_false: Are papers false?");
  EXPECT_EQ(told(act(akimat_, "grant", R"({"papers_false":false,"headcount":3})")),
            "BadFacts: Something in what was given cannot be taken. | headcount: This is not asked of you here.");
  EXPECT_THAT(told(act(akimat_, "grant", R"({"papers_false":3})")), StartsWith("BadFacts"));
  EXPECT_THAT(told(act(akimat_, "grant", "{")), StartsWith("BadFacts"));
  EXPECT_THAT(told(act(akimat_, "grant", "[]")), StartsWith("BadFacts"));
  EXPECT_THAT(told(act(akimat_, "grant", R"({"colour":"red"})")), StartsWith("BadFacts"));
}

TEST_F(Decide, WhatAnActionAsksIsAnsweredWithIt) {
  submit();
  done(give(akimat_, R"({"papers_false":false})"));
  EXPECT_EQ(fact("papers_false"), "false office");
  EXPECT_EQ(told(act(akimat_, "grant")), "FactsMissing: Some answers are missing. | papers_false: Are papers false?")
      << "what was said before the act, whenever it was, is no answer to it";
  done(act(akimat_, "grant", R"({"papers_false":false})"));
  EXPECT_EQ(fact("papers_false"), "false office");
}

TEST_F(Decide, OthersTellOfTheMembersOfAPartysList) {
  fill(R"({"region":"north","category":"first","headcount":2,"hurry":false,
           "workers":[{"name":"A","wage":100000},{"name":"B","wage":1.50}]})");
  done(act(employer_, "submit"));
  done(act(akimat_, "grant", R"({"papers_false":false})"));
  done(act(treasury_, "pay"));
  EXPECT_EQ(told(act(akimat_, "attest", R"({"note":null,"workers":[{"attested":true}]})")),
            "BadFacts: Something in what was given cannot be taken. | workers: The list has 2 members; tell something of each of them.");
  EXPECT_EQ(told(act(akimat_, "attest", R"({"note":null,"workers":[{"attested":true},{}]})")),
            "FactsMissing: Some answers are missing. | workers[1].attested: Attested");
  EXPECT_THAT(told(act(akimat_, "attest", R"({"note":null,"workers":[{"attested":true},{"attested":true,"wage":1}]})")),
              StartsWith("BadFacts"));
  done(act(akimat_, "attest", R"({"note":null,"workers":[{"attested":true},{"attested":false}]})"));
  EXPECT_EQ(fact("workers"), R"([{"name":"A","wage":100000},{"name":"B","wage":1.50}] declared)");
  EXPECT_EQ(fact("workers[1].attested"), "false office");
  EXPECT_EQ(fact("note"), "null office");
  // Again, with another finding.
  done(act(akimat_, "attest", R"({"note":"x","workers[0].attested":true,"workers[1].attested":true})"));
  EXPECT_EQ(fact("workers[1].attested"), "true office");
  EXPECT_EQ(folded(), case_json(item_));
}

TEST_F(Decide, AHoldWhoseDayHasPassedIsTakenAgainIfItCan) {
  grant();
  today_ = day("2026-03-23");
  places_["places/2026/north/first"] = 0;
  EXPECT_THAT(told(act(treasury_, "pay")), StartsWith("NoPlaces"));
  places_["places/2026/north/first"] = 1;
  done(act(treasury_, "pay"));
  ASSERT_THAT(last_.postings, SizeIs(3));
  EXPECT_EQ(last_.postings[1].kind, LedgerPosting::Kind::kHold);
  ASSERT_THAT(item_.holds, SizeIs(1));
  EXPECT_TRUE(item_.holds[0].committed);
  EXPECT_EQ(folded(), case_json(item_));
}

TEST_F(Decide, LimitsAreMovedInTheOrderWritten) {
  const Actor ministry{"ministry", "ministry", std::nullopt, words::Language::kEn};
  done(open_case(*law_, "M-1", "plan_case", ministry, today_));
  done(give(ministry, R"({"year":2026,"region":"south","amount":5,"back":6})"));
  EXPECT_EQ(told(act(ministry, "settle")), "NoPlaces: Not enough places are free: 6 asked, 5 free (places/2026/south/first).");
  done(give(ministry, R"({"back":2})"));
  done(act(ministry, "settle"));
  ASSERT_THAT(last_.postings, SizeIs(3));
  EXPECT_EQ(last_.postings[1].code, "reserve_of/2026");
  EXPECT_EQ(last_.postings[1].to_code, "places/2026/south/first");
  EXPECT_EQ(last_.postings[2].amount, 2);
}

TEST_F(Decide, APartyWithoutANumberHasTheCasesThatItOpened) {
  const Actor ministry{"ministry", "ministry", std::nullopt, words::Language::kEn};
  done(open_case(*law_, "M-1", "plan_case", ministry, today_));
  Actor other = ministry;
  other.account = "other";
  EXPECT_THAT(told(give(other, R"({"year":2026})")), StartsWith("Forbidden"));
}

TEST_F(Decide, StaleVersionsAreToldTheirOwnAndTheCases) {
  submit();
  const Decided refused = decide(*law_, item_, akimat_, 2, "grant", "{}", around_, today_);
  EXPECT_THAT(told(refused), StartsWith("Stale: The case has moved on: you acted on version 2, it is now at version 5."));
  EXPECT_EQ(refused.error().version, 5);
  EXPECT_THAT(told(give_facts(*law_, item_, akimat_, 9, "{}", {}, today_)), StartsWith("Stale"));
  EXPECT_THAT(told(remove_document(*law_, item_, employer_, 4, "form", "", today_)), StartsWith("Stale"));
}

TEST_F(Decide, WrongStatesNameTheStateAndWhatIsPossible) {
  submit();
  EXPECT_EQ(told(act(employer_, "submit")),
            "WrongState: “Submit” is not possible in the state “Under examination”."
            " You can do here: “Withdraw”.");
  EXPECT_EQ(told(act(treasury_, "pay")),
            "WrongState: “Record the payment” is not possible in the state “Under examination”."
            " There is nothing for you to do here now.");
  EXPECT_EQ(told(act(employer_, "grant")), "Forbidden: “Grant” is not yours to do. It is for: Akimat.");
  EXPECT_THAT(told(act(employer_, "fly")), StartsWith("NoSuchThing"));
}

TEST_F(Decide, OtherRegionsAndOtherEmployersAreShutOut) {
  submit();
  EXPECT_THAT(told(act(far_akimat_, "grant", R"({"papers_false":false})")), StartsWith("Forbidden"));
  EXPECT_THAT(told(act(stranger_, "withdraw")), StartsWith("Forbidden"));
  Actor any = akimat_;
  any.scope.reset();
  done(act(any, "grant", R"({"papers_false":false})"));
}

TEST_F(Decide, ConditionsOfAnActionHoldOrItIsNotPossible) {
  fill(R"({"region":"north","category":"second","headcount":1,"hurry":false,"employer.searched":true,"workers":[]})");
  done(attach(employer_, "diploma"));
  done(act(employer_, "submit"));
  done(act(akimat_, "grant", R"({"papers_false":false})"));
  done(act(treasury_, "pay"));
  EXPECT_EQ(told(act(akimat_, "attest", R"({"note":null})")),
            "WrongState: “Attest the workers” is not possible now: its condition does not hold.");
}

TEST_F(Decide, RefusalsAreInTheActorsLanguage) {
  submit();
  Actor russian = akimat_;
  russian.language = words::Language::kRu;
  EXPECT_THAT(told(act(russian, "grant")), StartsWith("FactsMissing: Не хватает ответов."));
  russian.language = words::Language::kKk;
  EXPECT_THAT(told(act(russian, "grant")), StartsWith("FactsMissing: Кейбір жауаптар жетіспейді."));
}

}  // namespace
}  // namespace koshi::office
