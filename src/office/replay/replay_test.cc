#include "office/replay/replay.h"

#include "office/desk/test_desk.h"
#include "office/replay/tell.h"

/// An office on both engines, whose acts are decided again.
namespace koshi::office {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr const char* kDrafts = R"(act D "Draft" adopted 2026-01-01 in force from 2026-01-01

reform small_only "Two workers at most"
  by D art. 1 [sample]
  amend may_apply of permit
    no when headcount > 2
reform replaced "Nobody is barred"
  by D art. 2 [sample]
  from 2026-01-01
  amend may_apply of permit
    replace open with yes
reform replaced_again "Everybody is barred"
  by D art. 3 [sample]
  from 2026-01-01
  amend may_apply of permit
    replace open with no
)";

class Replay : public DeskFixture {
 protected:
  Replay() {
    std::string law = kTestLaw;
    const std::string rule = "  yes when employer.barred_until is none";
    law.replace(law.find(rule), rule.size(), "  open: yes when employer.barred_until is none");
    compile(law);
  }

  void compile(const std::string& law) {
    words_.reset();
    library_.reset();
    compiled_.emplace(zan::compile({{"law.zan", law}, {"drafts.zan", kDrafts}}, {}));
    EXPECT_EQ(zan::render(compiled_->corpus.sources, compiled_->diagnostics), "");
    library_.emplace(compiled_->corpus);
    auto loaded = words::Words::load(KOSHI_SOURCE_DIR "/words", KOSHI_SOURCE_DIR "/words/none", compiled_->corpus);
    EXPECT_TRUE(loaded.has_value());
    words_.emplace(std::move(*loaded));
  }
  Law law() { return {compiled_->corpus, *library_, *words_}; }
  ReplayQuestion under(const std::vector<std::string>& reforms, std::optional<Date> on = std::nullopt) {
    ReplayQuestion question{{on, {}}};
    for (const std::string& reform : reforms) question.standpoint.reforms.push_back(compiled_->corpus.find_reform(reform));
    return question;
  }
  Replays run(const ReplayQuestion& question) { return store::must(replay(*store_, journal_, law(), question)); }
  static int64_t count(const Replays& replays, Replayed outcome) { return replays.totals.outcomes[static_cast<size_t>(outcome)]; }

  std::optional<zan::Compilation> compiled_;
  std::optional<zan::ProgramLibrary> library_;
  std::optional<words::Words> words_;
};
INSTANTIATE_TEST_SUITE_P(Engines, Replay, store::both_engines(), store::engine_name);

TEST_P(Replay, TellsWhichActsADraftForbidsAndByWhichArticle) {
  allot(100);
  in_force(2);
  const Case large = in_force(5, "222");
  const Replays replays = run(under({"small_only"}));
  EXPECT_EQ(replays.totals.cases, 2);
  EXPECT_EQ(replays.totals.acts, 6);
  EXPECT_EQ(count(replays, Replayed::kSame), 5);
  EXPECT_EQ(count(replays, Replayed::kForbidden), 1);
  ASSERT_THAT(replays.differences, SizeIs(1));
  const ReplayDifference& one = replays.differences.front();
  EXPECT_EQ(one.case_id, large.id);
  EXPECT_EQ(one.act.action, "submit");
  ASSERT_THAT(one.act.differences, SizeIs(1));
  ASSERT_THAT(one.act.differences.front().causes, SizeIs(1));
  const zan::Divergence& cause = one.act.differences.front().causes.front();
  EXPECT_EQ(compiled_->corpus.full_name(cause.norm), "permit.may_apply");
  const ReplayQuestion question = under({"small_only"});
  EXPECT_EQ(rules_words({law(), question, replays}, cause.rules_before), "\"open\" (LMP art. 8)");
  EXPECT_THAT(rules_words({law(), question, replays}, cause.rules_after), HasSubstr("D art. 1"));
}

TEST_P(Replay, ReadsManyPagesOfCases) {
  allot(1000);
  for (size_t i = 0; i < kReplayPageCases + 3; ++i) {
    must_do(desk_->open_case(by(employer(std::to_string(i))), "work_permit"));
  }
  submitted(3, "last");
  int64_t pages = 0;
  const Replays replays = store::must(replay(*store_, journal_, law(), under({"small_only"}), [&](int64_t) { ++pages; }));
  EXPECT_EQ(replays.totals.cases, static_cast<int64_t>(kReplayPageCases) + 4);
  EXPECT_EQ(count(replays, Replayed::kForbidden), 1);
  EXPECT_EQ(pages, 2);
}

TEST_P(Replay, SealedCasesAreCountedOnly) {
  const Actor complainant{.account = "key:01", .role = "complainant", .scope = "\"01\"", .language = words::Language::kEn};
  const Case opened = must_do(desk_->open_case(by(complainant), "complaint"));
  const Case told = must_do(desk_->give_facts(by(complainant), opened.id, opened.version, R"({"region":"KZ-75","told":"no pay"})"));
  must_do(desk_->act(by(complainant), told.id, told.version, "send"));
  const ReplayQuestion question = under({}, *parse_date("2000-01-01"));
  const Replays replays = run(question);
  EXPECT_EQ(replays.totals.sealed, 1);
  EXPECT_EQ(replays.totals.acts, 0);
  EXPECT_THAT(replays.differences, IsEmpty());
  const ReplayTold out{law(), question, replays};
  for (const std::string& text : {replay_text(out), replay_csv(out), replay_json(out)}) EXPECT_THAT(text, Not(HasSubstr(opened.id)));
}

TEST_P(Replay, OnADayBeforeTheProcedureThereWasNoSuchAct) {
  allot(100);
  submitted(2);
  EXPECT_EQ(count(run(under({}, *parse_date("2011-08-16"))), Replayed::kNoSuchAct), 1);
  EXPECT_EQ(count(run(under({}, *parse_date("2011-08-17"))), Replayed::kSame), 1);
}

TEST_P(Replay, OnlyTheProcedureThatWasAskedFor) {
  allot(100);
  submitted(5);
  ReplayQuestion question = under({"small_only"});
  question.procedure = "levy";
  EXPECT_EQ(run(question).totals.cases, 0);
  question.procedure = "work_permit";
  EXPECT_EQ(run(question).totals.cases, 1);
}

TEST_P(Replay, SaysWhereTheTextOfTheLawHasChangedSince) {
  allot(100);
  in_force(2);
  EXPECT_EQ(run(under({})).totals.text_changed, 0);
  std::string text = kTestLaw;
  const std::string term = "today + 1 year rounded down";
  text.replace(text.find(term), term.size(), "today + 2 years rounded down");
  const std::string rule = "  yes when employer.barred_until is none";
  text.replace(text.find(rule), rule.size(), "  open: yes when employer.barred_until is none");
  compile(text);
  const Replays replays = run(under({}));
  EXPECT_EQ(replays.totals.text_changed, 1);
  ASSERT_THAT(replays.differences, SizeIs(1));
  EXPECT_EQ(replays.differences.front().act.action, "pay");
}

TEST_P(Replay, DraftsThatChangeTheSameRuleAreRefusedBeforeAnythingIsRead) {
  EXPECT_TRUE(check_drafts(compiled_->corpus, under({"replaced"}).standpoint).has_value());
  const auto both = check_drafts(compiled_->corpus, under({"replaced", "replaced_again"}).standpoint);
  ASSERT_FALSE(both.has_value());
  EXPECT_THAT(both.error().message, HasSubstr("replaced_again"));
}

TEST_P(Replay, IsToldAsTextTableAndJson) {
  allot(100);
  submitted(5);
  const ReplayQuestion question = under({"small_only"});
  const Replays replays = run(question);
  const ReplayTold told{law(), question, replays};
  EXPECT_THAT(replay_text(told), HasSubstr("would not be lawful"));
  EXPECT_THAT(replay_text(told), HasSubstr("The employer must not be barred: yes → no"));
  EXPECT_THAT(replay_csv(told), HasSubstr("work_permit,"));
  EXPECT_THAT(replay_csv(told), HasSubstr(",forbidden,no,requires,The employer must not be barred,yes,no,May apply,yes,no,"));
  EXPECT_THAT(replay_json(told), HasSubstr(R"("outcome":"forbidden")"));
  EXPECT_THAT(replay_json(told), HasSubstr(R"("norm":"permit.may_apply")"));
  for (const words::Language language : words::kLanguages) {
    ReplayQuestion other = question;
    other.language = language;
    EXPECT_THAT(replay_text({law(), other, replays}), Not(HasSubstr("replay."))) << words::code(language);
  }
}

TEST(Tenge, IsWrittenExactly) {
  EXPECT_EQ(tenge(0), "0");
  EXPECT_EQ(tenge(5), "0.05");
  EXPECT_EQ(tenge(-123450), "-1234.50");
  EXPECT_EQ(tenge(Int128{INT64_MAX} * 100), "9223372036854775807");
}

}  // namespace
}  // namespace koshi::office
