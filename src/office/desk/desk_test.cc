/// The desk as those see it who come to it: an application's whole way, who may see it, and what is acknowledged.
#include "office/desk/desk.h"

#include "office/desk/test_desk.h"

namespace koshi::office {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::MatchesRegex;
using testing::SizeIs;

class DeskTest : public DeskFixture {};
INSTANTIATE_TEST_SUITE_P(Engines, DeskTest, store::both_engines(), store::engine_name);

TEST(OfficeDay, BeginsAtMidnightOfUtcPlus5) {
  EXPECT_EQ(format_date(office_day(0)), "1970-01-01");
  EXPECT_EQ(format_date(office_day(19 * 3'600'000 - 1)), "1970-01-01");
  EXPECT_EQ(format_date(office_day(19 * 3'600'000)), "1970-01-02");
  EXPECT_EQ(format_date(office_day(-5 * 3'600'000)), "1970-01-01");
  EXPECT_EQ(format_date(office_day(-5 * 3'600'000 - 1)), "1969-12-31");
  EXPECT_EQ(format_date(office_day(kNoonMs)), "2026-01-15");
}
TEST(OfficeTime, IsThatOfUtcPlus5) {
  EXPECT_EQ(office_time(0), "05:00");
  EXPECT_EQ(office_time(19 * 3'600'000 - 1), "23:59");
  EXPECT_EQ(office_time(19 * 3'600'000), "00:00");
  EXPECT_EQ(office_time(-5 * 3'600'000 - 1), "23:59");
}

TEST_P(DeskTest, APermitGoesItsWholeWay) {
  allot(10);
  const Case item = submitted(3);
  EXPECT_THAT(item.id, MatchesRegex("[0-9A-Z]{10}"));
  EXPECT_EQ(item.state, "examined");
  EXPECT_EQ(quota().held, 3);
  const Case paid = [&] {
    const Case given = must_do(desk_->act(by(akimat()), item.id, item.version, "grant", R"({"fits":true})"));
    return must_do(desk_->act(by(treasury()), given.id, given.version, "pay"));
  }();
  EXPECT_EQ(paid.state, "in_force");
  EXPECT_EQ(quota(), (ledger::Balance{kQuota, 10, 0, 3}));
  ASSERT_THAT(paid.papers, SizeIs(2));
  const auto paper = must_have(desk_->find_paper(paid.papers[1].number));
  ASSERT_TRUE(paper.has_value());
  EXPECT_EQ(paper->paper.name, "permit");
  EXPECT_EQ(paper->item.id, paid.id);
  EXPECT_FALSE(must_have(desk_->find_paper("no such number")).has_value());
  EXPECT_EQ(case_json(must_have(desk_->show(employer(), paid.id))), case_json(paid));
  EXPECT_THAT(found_by_rebuild(), IsEmpty());
  EXPECT_EQ(journal_damage(), "");
}

TEST_P(DeskTest, ARefusalOnceGivenIsRememberedInTheRegister) {
  allot(10);
  const Case item = submitted(3);
  const Case refused = must_do(desk_->act(by(akimat()), item.id, item.version, "refuse", R"({"fits":false})"));
  EXPECT_EQ(refused.state, "refused");
  EXPECT_EQ(quota().held, 0);
  const Case again = draft(3);
  EXPECT_EQ(refusal_in(desk_->act(by(employer()), again.id, again.version, "submit")), RefusalKind::kNotLawful);
  const Case others = draft(3, "222");
  EXPECT_EQ(must_do(desk_->act(by(employer("222")), others.id, others.version, "submit")).state, "examined");
  pass_days(366);
  allot(10, "permits/2027/KZ-75");
  EXPECT_EQ(must_do(desk_->act(by(employer()), again.id, again.version, "submit")).state, "examined");
  EXPECT_THAT(found_by_rebuild(), IsEmpty());
}

TEST_P(DeskTest, AnActWithoutPlacesLeavesNothing) {
  allot(2);
  const Case item = draft(3);
  const std::string before = counts();
  const auto done = desk_->act(by(employer(), "k1"), item.id, item.version, "submit");
  ASSERT_EQ(refusal_in(done), RefusalKind::kNoPlaces);
  EXPECT_THAT(told(done.error()), HasSubstr("2 free"));
  EXPECT_EQ(std::get<Refusal>(done.error()).version, item.version);
  EXPECT_EQ(counts(), before);
  allot(1);
  EXPECT_EQ(must_do(desk_->act(by(employer(), "k1"), item.id, item.version, "submit")).state, "examined");
}

TEST_P(DeskTest, TheSameRequestIsAnsweredByWhatWasDoneThen) {
  allot(10);
  const auto opened = desk_->open_case(by(employer(), "open"), "work_permit");
  ASSERT_TRUE(opened) << told(opened.error());
  EXPECT_FALSE(opened->repeated);
  const Case item = must_do(desk_->give_facts(by(employer(), "facts"), opened->item.id, 1, facts(1)));
  const std::string before = counts();
  const auto again = desk_->open_case(by(employer(), "open"), "work_permit");
  ASSERT_TRUE(again) << told(again.error());
  EXPECT_TRUE(again->repeated);
  EXPECT_EQ(again->sequence, opened->sequence);
  EXPECT_EQ(case_json(again->item), case_json(opened->item));
  const auto facts_again = desk_->give_facts(by(employer(), "facts"), item.id, 1, facts(1));
  ASSERT_TRUE(facts_again) << told(facts_again.error());
  EXPECT_TRUE(facts_again->repeated);
  EXPECT_EQ(case_json(facts_again->item), case_json(item));
  EXPECT_EQ(counts(), before);
}

TEST_P(DeskTest, AKeyBelongsToOneRequestOfOneAccount) {
  const Case item = must_do(desk_->open_case(by(employer(), "k"), "work_permit"));
  EXPECT_EQ(refusal_in(desk_->give_facts(by(employer(), "k"), item.id, 1, facts(1))), RefusalKind::kStale);
  EXPECT_FALSE(desk_->open_case(by(employer("222"), "k"), "work_permit").value().repeated);
  EXPECT_EQ(refusal_in(desk_->open_case(by(employer(), std::string(kIdempotencyKeyMaxBytes + 1, 'k')), "work_permit")),
            RefusalKind::kTooMuch);
  EXPECT_TRUE(desk_->open_case(by(employer(), std::string(kIdempotencyKeyMaxBytes, 'k')), "work_permit"));
  EXPECT_NE(must_do(desk_->open_case(by(employer()), "work_permit")).id, must_do(desk_->open_case(by(employer()), "work_permit")).id);
}

TEST_P(DeskTest, AKeyIsForgottenAfterAWeek) {
  const Case item = must_do(desk_->open_case(by(employer(), "k"), "work_permit"));
  pass_days(kIdempotencyDays);
  must_have(desk_->sweep());
  EXPECT_EQ(must_do(desk_->open_case(by(employer(), "k"), "work_permit")).id, item.id);
  pass_days(1);
  must_have(desk_->sweep());
  EXPECT_NE(must_do(desk_->open_case(by(employer(), "k"), "work_permit")).id, item.id);
}

TEST_P(DeskTest, AStaleVersionIsRefusedWithTheOneThatIs) {
  const Case item = draft(1);
  const auto stale = desk_->give_facts(by(employer()), item.id, item.version - 1, facts(2));
  ASSERT_EQ(refusal_in(stale), RefusalKind::kStale);
  EXPECT_EQ(std::get<Refusal>(stale.error()).version, item.version);
  EXPECT_EQ(refusal_in(desk_->act(by(employer()), item.id, item.version + 1, "withdraw")), RefusalKind::kStale);
}

TEST_P(DeskTest, NothingIsToldToOutsiders) {
  allot(10);
  const Case item = submitted(1);
  for (const Actor& outsider : {employer("222"), akimat("KZ-71")}) {
    EXPECT_EQ(refusal_in(desk_->show(outsider, item.id)), RefusalKind::kNoSuchThing);
    EXPECT_EQ(refusal_in(desk_->timeline(outsider, item.id)), RefusalKind::kNoSuchThing);
    EXPECT_EQ(refusal_in(desk_->document_bytes(outsider, item.id, item.documents[0].sha256)), RefusalKind::kNoSuchThing);
    EXPECT_EQ(refusal_in(desk_->record_view(outsider, item.id, "curiosity")), RefusalKind::kNoSuchThing);
    const auto act = desk_->act(by(outsider), item.id, 1, "grant", R"({"fits":true})");
    ASSERT_EQ(refusal_in(act), RefusalKind::kNoSuchThing);
    EXPECT_EQ(told(act.error()), told(desk_->act(by(outsider), "NOSUCHCASE", 1, "grant").error()));
    EXPECT_EQ(std::get<Refusal>(act.error()).version, 0);
  }
  EXPECT_EQ(refusal_in(desk_->act(by(employer()), item.id, item.version, "grant", R"({"fits":true})")), RefusalKind::kForbidden);
}

TEST_P(DeskTest, WhatNoDatabaseCanHoldIsNowhere) {
  for (const std::string& text : {std::string("\xff"), std::string("a\0b", 3)}) {
    EXPECT_EQ(refusal_in(desk_->show(employer(), text)), RefusalKind::kNoSuchThing);
    EXPECT_EQ(refusal_in(desk_->act(by(employer()), text, 1, "submit")), RefusalKind::kNoSuchThing);
    EXPECT_EQ(refusal_in(desk_->open_case(by(employer(), text), "work_permit")), RefusalKind::kBadFacts);
    EXPECT_FALSE(must_have(desk_->find_paper(text)).has_value());
    EXPECT_EQ(must_have(desk_->draft("a", text)), "");
    EXPECT_THAT(must_have(desk_->list({.state = text})).rows, IsEmpty());
    EXPECT_THAT(must_have(desk_->balances(text)), IsEmpty());
  }
}

TEST_P(DeskTest, NobodyIsTheClock) {
  allot(5);
  const Case item = granted(1);
  pass_days(11);
  const Actor clock{.account = "clock", .role = "clock", .scope = std::nullopt, .language = words::Language::kEn};
  EXPECT_EQ(refusal_in(desk_->act(by(clock), item.id, item.version, "lapse")), RefusalKind::kForbidden);
  EXPECT_EQ(must_have(desk_->show(employer(), item.id)).state, "granted");
}

TEST_P(DeskTest, AnOfficeDoesNotSeeDrafts) {
  const Case item = draft(1);
  EXPECT_EQ(refusal_in(desk_->show(akimat(), item.id)), RefusalKind::kNoSuchThing);
  EXPECT_TRUE(desk_->show(employer(), item.id));
}

TEST_P(DeskTest, DocumentsAreKeptByTheirContent) {
  const Case item = draft(1);
  ASSERT_THAT(item.documents, SizeIs(1));
  const std::string sha256 = item.documents[0].sha256;
  EXPECT_EQ(sha256, journal::hex(journal::sha256("%PDF of 111")));
  EXPECT_EQ(item.documents[0].size_bytes, 11);
  EXPECT_EQ(must_have(desk_->document_bytes(employer(), item.id, sha256)), "%PDF of 111");
  EXPECT_EQ(refusal_in(desk_->document_bytes(employer(), item.id, std::string(64, '0'))), RefusalKind::kNoSuchThing);
  const Case other = draft(1, "222");
  const Case same = must_do(desk_->attach_document(by(employer("222")), other.id, other.version, passport(), "%PDF of 111"));
  EXPECT_THAT(same.documents, SizeIs(2));
  EXPECT_EQ(number("SELECT count(*) FROM desk_document"), 2);
  const Case without = must_do(desk_->remove_document(by(employer()), item.id, item.version, "passport", sha256));
  EXPECT_THAT(without.documents, IsEmpty());
  EXPECT_EQ(refusal_in(desk_->document_bytes(employer(), item.id, sha256)), RefusalKind::kNoSuchThing);
  EXPECT_EQ(must_have(desk_->document_bytes(employer("222"), other.id, sha256)), "%PDF of 111");
  EXPECT_THAT(found_by_rebuild(), IsEmpty());
}

TEST_P(DeskTest, EveryActHasAReceiptThatVerifies) {
  allot(5);
  const Case item = draft(1);
  const auto done = desk_->act(by(employer()), item.id, item.version, "submit");
  ASSERT_TRUE(done) << told(done.error());
  for (uint64_t sequence = 1; sequence <= done->sequence; ++sequence) {
    const auto receipt = desk_->receipt(sequence);
    ASSERT_TRUE(receipt) << told(receipt.error());
    const auto checkpoint = journal::verify_receipt(*receipt, journal_.origin(), journal_.keys());
    EXPECT_TRUE(checkpoint) << checkpoint.error().message;
  }
  EXPECT_EQ(refusal_in(desk_->receipt(0)), RefusalKind::kNoSuchThing);
  EXPECT_EQ(refusal_in(desk_->receipt(done->sequence + 1)), RefusalKind::kNoSuchThing);
}

TEST_P(DeskTest, TheTimelineNamesActsInTheirOrder) {
  allot(5);
  const Case item = submitted(1);
  const auto entries = must_have(desk_->timeline(employer(), item.id));
  std::vector<std::string> told_by;
  for (const TimelineEntry& entry : entries) told_by.push_back(entry.actor + " " + entry.name);
  EXPECT_THAT(told_by, ElementsAre("employer-111/employer opened", "employer-111/employer facts", "employer-111/employer document",
                                   "employer-111/employer acted"));
  EXPECT_THAT(entries[3].payload, HasSubstr(R"("action":"submit")"));
  EXPECT_THAT(must_have(desk_->timeline(employer(), item.id, entries[2].sequence)), SizeIs(1));
}

TEST_P(DeskTest, ALookIsJournalledAndMakesNobodyStale) {
  allot(5);
  const Case item = submitted(1);
  const uint64_t sequence = must_have(desk_->record_view(akimat(), item.id, " checks the passport "));
  const auto rows =
      store::must(query("SELECT case_id, actor, payload FROM journal_event WHERE sequence = $1", {static_cast<int64_t>(sequence)}));
  EXPECT_EQ(rows[0].text(0), "seen/" + item.id);
  EXPECT_EQ(rows[0].text(1), "officer-KZ-75/akimat");
  EXPECT_EQ(rows[0].text(2), R"({"purpose":"checks the passport"})");
  EXPECT_EQ(must_have(desk_->show(akimat(), item.id)).version, item.version);
  EXPECT_EQ(refusal_in(desk_->record_view(akimat(), item.id, "  ")), RefusalKind::kBadFacts);
  EXPECT_EQ(refusal_in(desk_->record_view(akimat(), item.id, std::string(kPurposeMaxBytes + 1, 'x'))), RefusalKind::kBadFacts);
  EXPECT_THAT(found_by_rebuild(), IsEmpty());
  EXPECT_EQ(journal_damage(), "");
}

TEST_P(DeskTest, NoticesWaitUntilTheyAreSent) {
  allot(5);
  const Case item = submitted(1);
  const auto waiting = must_have(desk_->outbox());
  ASSERT_THAT(waiting, SizeIs(1));
  EXPECT_EQ(waiting[0].case_id, item.id);
  EXPECT_EQ(waiting[0].role, "akimat");
  EXPECT_EQ(waiting[0].recorded_at_ms, kNoonMs);
  ASSERT_TRUE(desk_->sent(waiting[0].number));
  EXPECT_THAT(must_have(desk_->outbox()), IsEmpty());
}

TEST_P(DeskTest, DraftsAreKeptAsTheyWereTyped) {
  EXPECT_EQ(must_have(desk_->draft("a", "new/1")), "");
  ASSERT_TRUE(desk_->save_draft("a", "new/1", "{\"x\":"));
  EXPECT_EQ(must_have(desk_->draft("a", "new/1")), "{\"x\":");
  ASSERT_TRUE(desk_->save_draft("a", "new/1", "{}"));
  EXPECT_EQ(must_have(new_desk()->draft("a", "new/1")), "{}");
  EXPECT_EQ(must_have(desk_->draft("b", "new/1")), "");
  ASSERT_TRUE(desk_->save_draft("a", "new/1", ""));
  EXPECT_EQ(number("SELECT count(*) FROM desk_draft"), 0);
  EXPECT_EQ(refusal_in(desk_->save_draft("a", "p", std::string(kDraftMaxBytes + 1, 'x'))), RefusalKind::kTooMuch);
  EXPECT_EQ(refusal_in(desk_->save_draft("a", std::string(kDraftPlaceMaxBytes + 1, 'x'), "{}")), RefusalKind::kTooMuch);
  EXPECT_EQ(refusal_in(desk_->save_draft("a", "p", "\xff")), RefusalKind::kBadFacts);
}

TEST_P(DeskTest, AnAccountKeepsSoManyDrafts) {
  for (size_t i = 0; i < kDraftsMax; ++i) ASSERT_TRUE(desk_->save_draft("a", std::to_string(i), "{}"));
  EXPECT_EQ(refusal_in(desk_->save_draft("a", "one more", "{}")), RefusalKind::kTooMuch);
  EXPECT_TRUE(desk_->save_draft("a", "0", "{\"changed\":1}"));
  EXPECT_TRUE(desk_->save_draft("b", "0", "{}"));
}

TEST_P(DeskTest, BalancesArePublic) {
  allot(5);
  allot(7, "permits/2026/KZ-71");
  submitted(2);
  std::string text;
  for (const Balance& one : must_have(desk_->balances("permits/2026"))) {
    text += one.code + " " + std::to_string(one.limit) + " " + std::to_string(one.held) + "\n";
  }
  EXPECT_EQ(text, "permits/2026/KZ-71 7 0\npermits/2026/KZ-75 5 2\n");
  EXPECT_THAT(must_have(desk_->balances("permits/2026", "permits/2026/KZ-71")), SizeIs(1));
  EXPECT_THAT(must_have(desk_->balances("no such//prefix")), IsEmpty());
}

TEST_P(DeskTest, AClockSetBackDoesNotDisturbTheOrder) {
  allot(5);
  const Case item = submitted(1);
  pass_days(-3);
  const Case given = must_do(desk_->act(by(akimat()), item.id, item.version, "grant", R"({"fits":true})"));
  EXPECT_EQ(given.state, "granted");
  EXPECT_EQ(format_date(given.entered), "2026-01-12");
  EXPECT_EQ(must_have(desk_->sweep()), 0u);
  const auto entries = must_have(desk_->timeline(employer(), item.id));
  EXPECT_LT(entries[4].recorded_at_ms, entries[3].recorded_at_ms);
  EXPECT_THAT(found_by_rebuild(), IsEmpty());
  EXPECT_EQ(journal_damage(), "");
}

TEST_P(DeskTest, ADatabaseOfALaterProgramIsLeftAlone) {
  std::vector<store::Migration> steps = all_migrations({});
  steps.push_back({static_cast<int>(steps.size()) + 1, "later", "CREATE TABLE later (id bigint PRIMARY KEY);"});
  EXPECT_TRUE(store::migrate(*faulty_, steps));
  EXPECT_EQ(store::fault_in(Desk::open({.store = *faulty_,
                                        .journal = journal_,
                                        .law = TestLaw::shared().law(),
                                        .clock = [] { return kNoonMs; },
                                        .random = [](std::span<std::byte>) {},
                                        .further_steps = {}})),
            store::Fault::kUnfit);
}

}  // namespace
}  // namespace koshi::office
