
#include "office/desk/test_desk.h"
#include "office/journal/canonical_json.h"
#include "store/test_watched_store.h"

/// What nobody may find who has nothing to do in a sealed case, by any way that the desk offers.
namespace koshi::office {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

class Sealed : public DeskFixture {
 protected:
  static Actor complainant(const std::string& mark = "0123abcd") {
    return {.account = "key:" + mark, .role = "complainant", .scope = "\"" + mark + "\"", .language = words::Language::kEn};
  }
  static Actor inspection(const std::string& region = "KZ-75") {
    return {.account = "inspector-" + region, .role = "inspection", .scope = "\"" + region + "\"", .language = words::Language::kEn};
  }
  static Actor police() { return {.account = "sergeant", .role = "police", .scope = "\"KZ-75\"", .language = words::Language::kEn}; }
  static Actor everywhere(const std::string& role) {
    return {.account = "ministry", .role = role, .scope = std::nullopt, .language = words::Language::kEn};
  }
  static std::vector<Actor> outsiders() {
    return {police(),
            inspection("KZ-71"),
            complainant("ffff"),
            employer(),
            akimat(),
            treasury(),
            everywhere("inspection"),
            everywhere("police"),
            everywhere("complainant")};
  }
  Case sent() {
    const Case opened = must_do(desk_->open_case(by(complainant()), "complaint"));
    const Case told =
        must_do(desk_->give_facts(by(complainant()), opened.id, opened.version, R"({"region":"KZ-75","told":"Zher LLP pays nothing"})"));
    return must_do(desk_->act(by(complainant()), told.id, told.version, "send"));
  }
  Case answered() {
    const Case item = sent();
    return must_do(desk_->act(by(inspection()), item.id, item.version, "answer", R"({"reply":"It must pay."})"));
  }
  std::vector<std::string> listed(CaseFilter filter) {
    std::vector<std::string> ids;
    filter.open_only = false;
    for (const CaseRow& row : must_have(desk_->list(filter)).rows) ids.push_back(row.id);
    return ids;
  }
  std::string exported() {
    std::string text;
    store::must(journal_.export_to(*store_, [&](std::string_view part) -> store::StoreResult<void> {
      text += part;
      return {};
    }));
    return text;
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, Sealed, store::both_engines(), store::engine_name);

TEST_P(Sealed, TheNumberHasSoManyBitsThatNoHashOfItsEventsIsGuessed) {
  const Case item = sent();
  EXPECT_EQ(item.id.size(), journal::kSealedNameBytes);
  EXPECT_TRUE(journal::is_sealed(item.id));
  EXPECT_TRUE(journal::is_sealed("seen/" + item.id));
  EXPECT_FALSE(journal::is_sealed(draft(1).id));
}

TEST_P(Sealed, IsWorkedOnByItsPartyAndTheOfficeToWhichItComes) {
  const Case item = answered();
  EXPECT_EQ(item.state, "answered");
  EXPECT_THAT(item.stood, ElementsAre("answered", "draft", "received"));
  EXPECT_EQ(must_have(desk_->show(complainant(), item.id)).papers.size(), 1u);
  EXPECT_EQ(must_have(desk_->show(inspection(), item.id)).state, "answered") << "who had to do with it goes on seeing it";
  EXPECT_THAT(listed({.role = "inspection", .scope = "\"KZ-75\""}), ElementsAre(item.id));
  EXPECT_THAT(listed({.role = "complainant", .scope = "\"0123abcd\""}), ElementsAre(item.id));
}

TEST_P(Sealed, BeforeItIsSentNoOfficeKnowsOfIt) {
  const Case opened = must_do(desk_->open_case(by(complainant()), "complaint"));
  must_do(desk_->give_facts(by(complainant()), opened.id, opened.version, R"({"region":"KZ-75"})"));
  EXPECT_EQ(refusal_in(desk_->show(inspection(), opened.id)), RefusalKind::kNoSuchThing);
  EXPECT_THAT(listed({.role = "inspection", .scope = "\"KZ-75\""}), IsEmpty());
}

TEST_P(Sealed, IsToOthersLikeACaseThatIsNotThere) {
  const Case item = answered();
  const std::string unknown(journal::kSealedNameBytes, '7');
  const std::string sha(64, 'a');
  for (const Actor& actor : outsiders()) {
    SCOPED_TRACE(actor.account + "/" + actor.role);
    const auto same = [&](auto ask) {
      const auto sealed = ask(item.id), none = ask(unknown);
      ASSERT_FALSE(sealed.has_value());
      ASSERT_FALSE(none.has_value());
      EXPECT_EQ(refusal_in(sealed), RefusalKind::kNoSuchThing);
      EXPECT_EQ(told(sealed.error()), told(none.error()));
      EXPECT_EQ(std::get<Refusal>(sealed.error()).version, std::get<Refusal>(none.error()).version);
    };
    same([&](const std::string& id) { return desk_->show(actor, id); });
    same([&](const std::string& id) { return desk_->timeline(actor, id); });
    same([&](const std::string& id) { return desk_->record_view(actor, id, "looking around"); });
    same([&](const std::string& id) { return desk_->document_bytes(actor, id, sha); });
    same([&](const std::string& id) { return desk_->act(by(actor), id, 3, "answer", R"({"reply":"x"})"); });
    same([&](const std::string& id) { return desk_->act(by(actor, "key"), id, item.version, "tell_police"); });
    same([&](const std::string& id) { return desk_->give_facts(by(actor), id, item.version, R"({"told":"x"})"); });
    same([&](const std::string& id) { return desk_->attach_document(by(actor), id, item.version, passport(), "%PDF"); });
    same([&](const std::string& id) { return desk_->remove_document(by(actor), id, item.version, "passport", sha); });
  }
}

TEST_P(Sealed, StandsInNoListOfOthersAndIsNotCounted) {
  const Case item = answered();
  const Case open = sent();
  const Case permit = submitted(0);
  for (const Actor& actor : outsiders()) {
    CaseFilter filter{.role = actor.role, .scope = actor.scope};
    EXPECT_THAT(listed(filter), Not(testing::AnyOf(testing::Contains(item.id), testing::Contains(open.id)))) << actor.role;
  }
  EXPECT_THAT(listed({}), ElementsAre(permit.id)) << "all cases of the office";
  EXPECT_THAT(listed({.procedure = "complaint"}), IsEmpty());
  EXPECT_THAT(listed({.procedure = "complaint", .state = "received"}), IsEmpty());
  EXPECT_THAT(listed({.account = "ministry"}), IsEmpty());
  for (const CaseRow& row : must_have(desk_->list({.role = "inspection", .scope = "\"KZ-75\""})).rows) {
    EXPECT_EQ(row.title, "") << "what opens the case is told to nobody";
  }
}

TEST_P(Sealed, ComesBeforeThePoliceWhenTheVictimSaysSoAndNotBefore) {
  const Case item = sent();
  EXPECT_EQ(refusal_in(desk_->show(police(), item.id)), RefusalKind::kNoSuchThing);
  EXPECT_EQ(refusal_in(desk_->act(by(inspection()), item.id, item.version, "tell_police")), RefusalKind::kForbidden);
  const Case told = must_do(desk_->act(by(complainant()), item.id, item.version, "tell_police"));
  EXPECT_EQ(must_have(desk_->show(police(), item.id)).state, "with_police");
  EXPECT_THAT(listed({.role = "police", .scope = "\"KZ-75\""}), ElementsAre(item.id));
  Actor elsewhere = police();
  elsewhere.scope = "\"KZ-71\"";
  EXPECT_EQ(refusal_in(desk_->show(elsewhere, item.id)), RefusalKind::kNoSuchThing);
  EXPECT_EQ(must_do(desk_->act(by(police()), item.id, told.version, "answer_police", R"({"reply":"We came."})")).state, "answered");
}

TEST_P(Sealed, ItsPapersAreUnknownToWhoeverVerifies) {
  const Case item = answered();
  ASSERT_THAT(item.papers, SizeIs(1));
  EXPECT_FALSE(must_have(desk_->find_paper(item.papers[0].number)).has_value());
}

TEST_P(Sealed, LeavesInAnExportByItsHashesAlone) {
  const Case permit = submitted(0);
  const Case item = answered();
  must_have(desk_->record_view(inspection(), item.id, "to answer it"));
  const std::string text = exported();
  EXPECT_THAT(text, HasSubstr(permit.id));
  for (const std::string& part :
       {item.id, std::string("complain"), std::string("0123abcd"), std::string("inspect"), std::string("pays nothing")}) {
    EXPECT_THAT(text, Not(HasSubstr(part)));
  }
  EXPECT_THAT(text, HasSubstr(R"("withheld":true})"));
  EXPECT_EQ(journal_damage(), "");
}

TEST_P(Sealed, SendsNoWordOfWhatItIsAbout) {
  const Case item = answered();
  const auto outbox = must_have(desk_->outbox());
  ASSERT_THAT(outbox, SizeIs(2));
  for (const Desk::OutboxEntry& entry : outbox) EXPECT_EQ(entry.text, "There is something new for you in the office.");
  EXPECT_THAT(must_have(desk_->timeline(complainant(), item.id)).back().payload, HasSubstr("Your complaint has been answered."));
}

TEST_P(Sealed, TheClockActsInItAndARepairDoesNotNameIt) {
  const Case item = sent();
  pass_days(9);
  EXPECT_EQ(must_have(desk_->sweep()), 1u);
  EXPECT_EQ(must_have(desk_->show(complainant(), item.id)).state, "answered");
  EXPECT_THAT(found_by_rebuild(), IsEmpty());
  store::must(store_->write([&](store::Transaction& transaction) {
    return transaction.execute("UPDATE desk_case SET title = 'Zher' WHERE id = $1", {item.id});
  }));
  EXPECT_THAT(found_by_rebuild(true), ElementsAre(Not(HasSubstr(item.id))));
  EXPECT_THAT(found_by_rebuild(), IsEmpty());
}

/// What the desk does for the one and for the other: the same statements in the same order, which find as many rows. So the time that it
/// takes tells nothing either.
TEST_P(Sealed, IsDeniedByTheSameWorkAsWhatIsNotThere) {
  const Case item = answered();
  const std::string unknown(journal::kSealedNameBytes, '7');
  const std::string sha(64, 'a');
  store::WatchedStore watched(*store_);
  const auto desk = store::must(Desk::open({.store = watched,
                                            .journal = journal_,
                                            .law = TestLaw::shared().law(),
                                            .clock = [this] { return now_ms_.load(); },
                                            .random =
                                                [this](std::span<std::byte> bytes) {
                                                  for (std::byte& byte : bytes) byte = std::byte(next_random());
                                                },
                                            .further_steps = {}}));
  // A desk's first write of the day also looks for places whose time has passed.
  ASSERT_FALSE(desk->act(by(police()), unknown, 1, "answer").has_value());
  size_t ways = 0;
  for (const Actor& actor : outsiders()) {
    SCOPED_TRACE(actor.account + "/" + actor.role);
    const auto same = [&](auto ask) {
      (void)watched.taken();
      ASSERT_FALSE(ask(item.id).has_value());
      const store::WatchedSteps sealed = watched.taken();
      ASSERT_FALSE(ask(unknown).has_value());
      EXPECT_EQ(sealed, watched.taken());
      EXPECT_THAT(sealed, Not(IsEmpty()));
      ++ways;
    };
    same([&](const std::string& id) { return desk->show(actor, id); });
    same([&](const std::string& id) { return desk->timeline(actor, id); });
    same([&](const std::string& id) { return desk->record_view(actor, id, "looking around"); });
    same([&](const std::string& id) { return desk->document_bytes(actor, id, sha); });
    same([&](const std::string& id) { return desk->act(by(actor), id, item.version, "answer", R"({"reply":"x"})"); });
    same([&](const std::string& id) { return desk->give_facts(by(actor), id, item.version, R"({"told":"x"})"); });
    same([&](const std::string& id) { return desk->attach_document(by(actor), id, item.version, passport(), "%PDF"); });
    same([&](const std::string& id) { return desk->remove_document(by(actor), id, item.version, "passport", sha); });
  }
  EXPECT_EQ(ways, 8 * outsiders().size());
  // The watch sees a difference where there is one.
  ASSERT_TRUE(desk->show(inspection(), item.id).has_value());
  const store::WatchedSteps seen = watched.taken();
  ASSERT_FALSE(desk->show(inspection(), unknown).has_value());
  EXPECT_NE(seen, watched.taken());
}

}  // namespace
}  // namespace koshi::office
