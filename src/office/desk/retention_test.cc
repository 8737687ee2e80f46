/// What is erased is gone, what is not stays whole, and journal, ledger and cases are in order before and after.
#include "office/desk/retention.h"

#include <fstream>
#include <functional>
#include <iterator>
#include <utility>

#include "office/desk/test_desk.h"

namespace koshi::office {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr int kTerm = 365;
constexpr char kPlain[] = "KOSHI-RETENTION-MARK";

class RetentionTest : public DeskFixture {
 protected:
  Case refused(const std::string& bin) {
    const Case item = submitted(1, bin);
    return must_do(desk_->act(by(akimat()), item.id, item.version, "refuse", R"({"fits":false})"));
  }
  Case attached(const Case& item, const std::string& bin, const std::string& bytes) {
    return must_do(desk_->attach_document(by(employer(bin)), item.id, item.version, passport(), bytes));
  }
  Erased erase(const Terms& terms, Erasing erasing = Erasing::kDone) { return store::must(erase_ended(*store_, terms, now_ms_, erasing)); }
  std::expected<std::string, Failure> bytes(const Case& item, const std::string& bin, size_t which = 0) {
    return desk_->document_bytes(employer(bin), item.id, item.documents.at(which).sha256);
  }
  void expect_whole() {
    EXPECT_THAT(found_by_rebuild(), IsEmpty());
    EXPECT_EQ(journal_damage(), "");
  }
  std::string file() const {
    std::ifstream in(address_, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, RetentionTest, store::both_engines(), store::engine_name);

TEST_P(RetentionTest, DocumentsGoWhenTheCaseIsLongOver) {
  allot(5);
  const Case over = refused("111"), open = submitted(1, "222");
  pass_days(kTerm);
  EXPECT_EQ(erase({.documents = kTerm}).documents, 0) << "not yet: the term ends with its last day";
  pass_days(1);
  allot(5, "permits/2027/KZ-75");
  const Case late = refused("333");
  const Erased counted = erase({.documents = kTerm}, Erasing::kOnlyCounted);
  EXPECT_EQ(counted.documents, 1);
  EXPECT_EQ(counted.document_bytes, 11);
  EXPECT_EQ(must_have(bytes(over, "111")), "%PDF of 111") << "it was only counted";
  EXPECT_EQ(erase({.documents = kTerm}).documents, 1);
  const auto gone = bytes(over, "111");
  EXPECT_EQ(refusal_in(gone), RefusalKind::kNoSuchThing);
  EXPECT_THAT(told(gone.error()), HasSubstr("erased"));
  EXPECT_EQ(must_have(bytes(open, "222")), "%PDF of 222");
  EXPECT_EQ(must_have(bytes(late, "333")), "%PDF of 333");
  EXPECT_EQ(erase({.documents = kTerm}).documents, 0) << "once";
  expect_whole();
}

TEST_P(RetentionTest, BytesThatAnotherCaseHasStay) {
  allot(5);
  const Case over = refused("111");
  const Case other = attached(draft(1, "222"), "222", "%PDF of 111");
  pass_days(kTerm + 1);
  must_do(desk_->give_facts(by(employer("222")), other.id, other.version, facts(2)));
  const Erased erased = erase({.documents = kTerm});
  EXPECT_EQ(erased.documents, 0);
  EXPECT_EQ(erased.shared, 1);
  EXPECT_EQ(must_have(bytes(over, "111")), "%PDF of 111");
  expect_whole();
}

TEST_P(RetentionTest, BytesThatWereTakenBackGoAtOnce) {
  const Case item = draft(1);
  const std::string sha256 = item.documents.at(0).sha256;
  must_do(desk_->remove_document(by(employer()), item.id, item.version, "passport", sha256));
  EXPECT_EQ(erase({.documents = kTerm}).documents, 1);
  EXPECT_EQ(number("SELECT count(*) FROM desk_document WHERE length(bytes) > 0"), 0);
  expect_whole();
}

TEST_P(RetentionTest, WhoAttachesTheSameBytesAgainHasThem) {
  allot(5);
  const Case over = refused("111");
  pass_days(kTerm + 1);
  EXPECT_EQ(erase({.documents = kTerm}).documents, 1);
  const Case anew = attached(draft(1, "222"), "222", "%PDF of 111");
  EXPECT_EQ(must_have(bytes(anew, "222", 1)), "%PDF of 111");
  EXPECT_EQ(must_have(bytes(over, "111")), "%PDF of 111");
  expect_whole();
}

/// The store lets an act in between the scan and the first erasure.
class ActBetween : public store::Store {
 public:
  ActBetween(store::Store& below, std::function<void()> act) : below_(below), act_(std::move(act)) {}
  store::Engine engine() const override { return below_.engine(); }
  store::StoreResult<void> run_write(const store::WriteWork& work) override {
    if (auto act = std::exchange(act_, nullptr)) act();
    return below_.run_write(work);
  }
  store::StoreResult<void> run_read(const store::ReadWork& work) override { return below_.run_read(work); }

 private:
  store::Store& below_;
  std::function<void()> act_;
};

TEST_P(RetentionTest, WhatSomebodyAttachesMeanwhileStays) {
  allot(5);
  refused("111");
  const Case other = draft(1, "222");
  pass_days(kTerm + 1);
  Case after;
  ActBetween between(*store_, [&] { after = attached(other, "222", "%PDF of 111"); });
  EXPECT_EQ(store::must(erase_ended(between, {.documents = kTerm}, now_ms_, Erasing::kDone)).documents, 0);
  EXPECT_EQ(must_have(bytes(after, "222", 1)), "%PDF of 111");
  expect_whole();
}

TEST_P(RetentionTest, ErasedBytesOfACaseThatGoesOnAreADifference) {
  allot(5);
  submitted(1, "111");
  store::must(execute("UPDATE desk_document SET bytes = $1", {store::Blob{std::string_view()}}));
  EXPECT_THAT(found_by_rebuild(), Contains(HasSubstr("are erased, and the case is not over")));
}

TEST_P(RetentionTest, NothingOfADocumentIsLeftInTheFile) {
  if (GetParam() != store::Engine::kSqlite) GTEST_SKIP() << "what PostgreSQL leaves on its disk is VACUUM's business";
  allot(5);
  const Case item = draft(1, "111");
  std::string long_text;
  while (long_text.size() < 100'000) long_text += kPlain;
  const Case with = attached(item, "111", long_text);
  const Case sent = must_do(desk_->act(by(employer("111")), with.id, with.version, "submit"));
  must_do(desk_->act(by(akimat()), sent.id, sent.version, "refuse", R"({"fits":false})"));
  desk_.reset();
  faulty_.reset();
  store_.reset();  // which brings the log into the file
  EXPECT_THAT(file(), HasSubstr(kPlain));
  open(options_);
  pass_days(kTerm + 1);
  EXPECT_EQ(erase({.documents = kTerm}).documents, 2);
  store_.reset();
  EXPECT_EQ(file().find(kPlain), std::string::npos);
}

TEST_P(RetentionTest, DraftsGoByTheDayOnWhichTheyWereSaved) {
  ASSERT_TRUE(desk_->save_draft("zher", "old", "{}"));
  pass_days(kTermDaysMin + 1);
  ASSERT_TRUE(desk_->save_draft("zher", "new", "{}"));
  EXPECT_EQ(erase({.drafts = kTermDaysMin}, Erasing::kOnlyCounted).drafts, 1);
  EXPECT_EQ(must_have(desk_->draft("zher", "old")), "{}");
  EXPECT_EQ(erase({.drafts = kTermDaysMin}).drafts, 1);
  EXPECT_EQ(must_have(desk_->draft("zher", "old")), "");
  EXPECT_EQ(must_have(desk_->draft("zher", "new")), "{}");
}

TEST_P(RetentionTest, WordsOfNoticesGoOnceTheyWereSent) {
  allot(5);
  submitted(1, "111");
  submitted(1, "222");
  const auto waiting = must_have(desk_->outbox());
  ASSERT_GE(waiting.size(), 2u);
  ASSERT_TRUE(desk_->sent(waiting[0].number));
  pass_days(kTermDaysMin + 1);
  EXPECT_EQ(erase({.notices = kTermDaysMin}).notices, 1);
  EXPECT_EQ(number("SELECT count(*) FROM desk_notice WHERE body = ''"), 1);
  EXPECT_EQ(must_have(desk_->outbox()).size(), waiting.size() - 1) << "those that wait are whole";
  for (const Desk::OutboxEntry& entry : must_have(desk_->outbox())) EXPECT_NE(entry.text, "");
  expect_whole();
}

TEST_P(RetentionTest, WithoutATermNothingGoes) {
  allot(5);
  refused("111");
  ASSERT_TRUE(desk_->save_draft("zher", "old", "{}"));
  pass_days(10 * kTerm);
  const std::string before = counts();
  const Erased erased = erase({});
  EXPECT_EQ(erased.documents + erased.drafts + erased.notices + erased.shared, 0);
  EXPECT_EQ(counts(), before);
}

}  // namespace
}  // namespace koshi::office
