/// Running numbers of cases, and cases found by number and by whom they name; on both engines.
#include "office/desk/test_desk.h"

namespace koshi::office {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class NumberTest : public DeskFixture {};
INSTANTIATE_TEST_SUITE_P(Engines, NumberTest, store::both_engines(), store::engine_name);

TEST_P(NumberTest, AFiledCaseHasTheNextNumberOfItsRegionAndYear) {
  allot(20);
  allot(20, "permits/2026/KZ-71");
  const Case unfiled = draft(1);
  EXPECT_EQ(unfiled.number, "");
  EXPECT_EQ(submitted(1).number, "KZ-75/WP/2026/000001");
  EXPECT_EQ(submitted(1, "222").number, "KZ-75/WP/2026/000002");
  EXPECT_EQ(submitted(1, "333", "KZ-71").number, "KZ-71/WP/2026/000001");
  pass_days(351);
  allot(5, "permits/2027/KZ-75");
  EXPECT_EQ(submitted(1, "444").number, "KZ-75/WP/2027/000001");
  EXPECT_THAT(found_by_rebuild(), IsEmpty());
}

TEST_P(NumberTest, ARefusedActTakesNoNumberSoThereIsNoGap) {
  allot(2);
  EXPECT_EQ(submitted(1).number, "KZ-75/WP/2026/000001");
  const Case greedy = draft(5, "222");
  EXPECT_EQ(refusal_in(desk_->act(by(employer("222")), greedy.id, greedy.version, "submit")), RefusalKind::kNoPlaces);
  EXPECT_EQ(submitted(1, "333").number, "KZ-75/WP/2026/000002");
}

/// Of a decision, all that is kept of its number.
std::vector<std::string> kept_of(const Decision& decision) {
  return {decision.events.at(0).payload, decision.after_json, decision.after.number, decision.number->text,
          std::to_string(decision.number->running)};
}

TEST_P(NumberTest, WithAnotherNumberADecisionIsWhatItWouldHaveBeen) {
  const Case item = draft(1);
  int64_t next = 1;
  Surroundings around;
  around.balance = [](const std::string&) { return 5; };
  around.register_facts = [](const std::string&, const std::string&) { return std::vector<std::pair<std::string, std::string>>(); };
  around.next_number = [&](const std::string&) { return next; };
  const auto decided = [&] {
    return *decide(TestLaw::shared().law(), item, employer(), item.version, "submit", "{}", around, item.opened);
  };
  Decision first = decided();
  const std::vector<std::string> as_first = kept_of(first);
  next = 999'999;
  const Decision last = decided();
  ASSERT_TRUE(renumber(first, next));
  EXPECT_EQ(kept_of(first), kept_of(last));
  // A number of more digits might not fit: such a case is decided anew.
  EXPECT_FALSE(renumber(first, 1'000'000));
  EXPECT_EQ(kept_of(first), kept_of(last));
  EXPECT_NE(kept_of(first), as_first);
}

/// A store in which somebody else writes between the decision of an act and its keeping.
class OvertakenStore final : public store::Store {
 public:
  OvertakenStore(store::Store& inner, std::function<void()> other) : inner_(inner), other_(std::move(other)) {}

  store::Engine engine() const override { return inner_.engine(); }
  bool idle() const override { return false; }
  store::StoreResult<void> run_read(const store::ReadWork& work) override { return inner_.run_read(work); }
  store::StoreResult<void> run_write(const store::WriteWork& work) override {
    if (is_ready_) std::exchange(other_, [] {})();
    return inner_.run_write(work);
  }
  void overtake() { is_ready_ = true; }

 private:
  store::Store& inner_;
  std::function<void()> other_;
  bool is_ready_ = false;
};

TEST_P(NumberTest, WhoIsOvertakenTakesTheNextNumber) {
  allot(5);
  OvertakenStore store(*store_, [&] { EXPECT_EQ(submitted(1, "222").number, "KZ-75/WP/2026/000001"); });
  const auto slow = store::must(Desk::open({.store = store,
                                            .journal = journal_,
                                            .law = TestLaw::shared().law(),
                                            .clock = [this] { return now_ms_.load(); },
                                            .random = [](std::span<std::byte>) {},
                                            .further_steps = {}}));
  const Case item = draft(1);
  must_do(slow->open_case(by(employer("333")), "work_permit"));  // a server's first act of a day ends the holds of those before
  store.overtake();
  const Case kept = must_do(slow->act(by(employer()), item.id, item.version, "submit"));
  EXPECT_EQ(kept.number, "KZ-75/WP/2026/000002");
  EXPECT_EQ(must_have(slow->show(akimat(), item.id)).number, kept.number);
  EXPECT_EQ(must_have(slow->find_number(akimat(), kept.number)), item.id);
  const auto events = store::must(store_->read([&](store::Reader& reader) { return journal_.events(reader, item.id, 0); }));
  EXPECT_THAT(events.back().entry.payload, HasSubstr(R"("number":"KZ-75/WP/2026/000002")"));
  EXPECT_THAT(found_by_rebuild(), IsEmpty());
}

TEST_P(NumberTest, TheDatabaseItselfKeepsANumberFromBeingGivenTwice) {
  allot(5);
  const Case first = submitted(1);
  const auto again = store_->write([&](store::Transaction& transaction) {
    return transaction.execute("INSERT INTO desk_number (number, series, running, case_id) VALUES ($1, $2, $3, $4)",
                               {"other", "KZ-75/WP/2026/", int64_t{1}, "elsewhere"});
  });
  EXPECT_EQ(store::fault_in(again), store::Fault::kConstraint);
}

TEST_P(NumberTest, TheNumberStandsInTheJournalAndIsRepairedFromIt) {
  allot(5);
  const Case item = submitted(1);
  store::must(store_->write([&](store::Transaction& transaction) { return transaction.execute("DELETE FROM desk_number", {}); }));
  EXPECT_EQ(found_by_rebuild(true).size(), 1u);
  EXPECT_THAT(found_by_rebuild(), IsEmpty());
  EXPECT_EQ(must_have(desk_->find_number(akimat(), item.number)), item.id);
}

TEST_P(NumberTest, ANumberLeadsOnlyThoseToTheCaseWhoMaySeeIt) {
  allot(5);
  const Case item = submitted(1);
  EXPECT_EQ(must_have(desk_->find_number(employer(), item.number)), item.id);
  EXPECT_EQ(must_have(desk_->find_number(akimat(), item.number)), item.id);
  EXPECT_EQ(must_have(desk_->find_number(employer("222"), item.number)), "");
  EXPECT_EQ(must_have(desk_->find_number(akimat("KZ-71"), item.number)), "");
  EXPECT_EQ(must_have(desk_->find_number(akimat(), "KZ-75/WP/2026/999999")), "");
}

TEST_P(NumberTest, CasesOfTheSameEmployerAreFoundByWhomTheyName) {
  constexpr char kBin[] = "120340000718";
  allot(9);
  const Case first = submitted(1, kBin);
  const Case second = submitted(2, kBin);
  submitted(1, "222");  // no number of an employer: nobody is named by it
  const std::vector<std::string> keys = keys_of(subjects_of(TestLaw::shared().law(), first));
  EXPECT_THAT(keys, ElementsAre("employer/120340000718"));
  const auto related = must_have(desk_->related({akimat()}, first, keys));
  ASSERT_EQ(related.size(), 1u);
  EXPECT_EQ(related[0].id, second.id);
  EXPECT_EQ(related[0].number, "KZ-75/WP/2026/000002");
  EXPECT_THAT(must_have(desk_->related({akimat("KZ-71"), employer("222")}, first, keys)), IsEmpty());
  EXPECT_THAT(found_by_rebuild(), IsEmpty());
}

}  // namespace
}  // namespace koshi::office
