#include "office/case/replay.h"

#include "office/case/test_case.h"

/// Acts of the small law, decided again under drafts and on other days.
namespace koshi::office {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr const char* kDrafts = R"(act D "Draft" adopted 2026-01-01 in force from 2026-01-01

reform double_fee "Twice the fee"
  by D art. 1 [sample]
  amend rate
    2500 tenge
reform no_diploma "A diploma for everybody"
  by D art. 2 [sample]
  amend papers of permit
    {diploma}
reform search_again "Everybody searches"
  by D art. 3 [sample]
  amend search_done of permit
    employer.searched when category = first
reform no_false_papers "False papers are no ground"
  by D art. 4 [sample]
  amend refusal_grounds of permit
    repeal lies
reform torn "Two drafts in one"
  by D art. 5 [sample]
  amend search_done of permit
    one: yes when headcount > 0
    two: no when headcount < 9
)";

class ReplayTest : public CaseTest {
 protected:
  ReplayTest()
      : text_(zan::compile({{"law.zan", with_label(kTestLaw)}, {"drafts.zan", kDrafts}}, {{"days.csv", kTestDays}})), own_(text_.corpus) {
    EXPECT_EQ(zan::render(text_.corpus.sources, text_.diagnostics), "");
    auto loaded = words::Words::load(KOSHI_SOURCE_DIR "/words", KOSHI_SOURCE_DIR "/words/none", text_.corpus);
    EXPECT_TRUE(loaded.has_value());
    own_words_.emplace(std::move(*loaded));
  }

  /// A draft repeals rules by their labels.
  static std::string with_label(std::string law) {
    const std::string rule = "{false_papers} when";
    return law.replace(law.find(rule), rule.size(), "lies: " + rule);
  }
  /// The last act, again.
  ReplayedAct again(std::optional<Date> on, const std::vector<std::string>& reforms) {
    std::vector<zan::ReformId> ids;
    for (const std::string& reform : reforms) ids.push_back(text_.corpus.find_reform(reform));
    zan::ProgramLibrary elsewhere(text_.corpus, {on, ids});
    const Law own{text_.corpus, own_, *own_words_};
    const Law other{text_.corpus, elsewhere, *own_words_};
    const auto before = fold(item_.id, std::span(history_).first(history_.size() - 1));
    EXPECT_TRUE(before.has_value());
    const DatedEvent& last = history_.back();
    auto act = replay_act({own, other, on}, *before, last.event.payload, last.on, words::Language::kEn);
    EXPECT_TRUE(act.has_value()) << (act ? "" : act.error().message);
    return std::move(*act);
  }
  /// "requires: The market must have been searched: yes > not known: first > second"
  std::vector<std::string> told(const ReplayedAct& act) {
    std::vector<std::string> lines;
    for (const ReplayedQuestion& one : act.differences) {
      std::string line = one.what + ": " + one.label + ": " + value(one.before) + " > " + value(one.after);
      for (const zan::Divergence& cause : one.causes) {
        line += "; " + text_.corpus.full_name(cause.norm) + " " + articles(cause.rules_before) + " > " + articles(cause.rules_after);
      }
      lines.push_back(line);
    }
    return lines;
  }
  std::string value(const std::optional<zan::Answer>& answer) {
    if (!answer) return "not asked";
    return answer->outcome == zan::Outcome::kValue ? zan::format_value(text_.corpus, answer->value) : "no value";
  }
  std::string articles(const std::vector<zan::RuleId>& rules) {
    std::string text;
    for (const zan::RuleId rule : rules) text += text_.corpus.cite(text_.corpus.rules[static_cast<size_t>(rule)].by.front()) + ",";
    return text;
  }
  void refuse(std::string_view facts) {
    submit();
    done(act(akimat_, "refuse", facts));
  }

  zan::Compilation text_;
  zan::ProgramLibrary own_;
  std::optional<words::Words> own_words_;
};

TEST_F(ReplayTest, WithoutAnotherLawEveryActIsTheSame) {
  pay();
  const std::vector<DatedEvent> all = history_;
  for (size_t size = 1; size <= all.size(); ++size) {
    history_.assign(all.begin(), all.begin() + static_cast<ptrdiff_t>(size));
    if (history_.back().event.name != "acted") continue;
    const ReplayedAct act = again(std::nullopt, {});
    EXPECT_EQ(replayed_name(act.outcome), "same") << act.action;
    EXPECT_THAT(told(act), IsEmpty()) << act.action;
    EXPECT_FALSE(act.text_changed) << act.action;
  }
}

TEST_F(ReplayTest, AnotherAmountIsToldWithTheRuleBehindTheFactThatTheProcedureKnows) {
  grant();
  const ReplayedAct act = again(std::nullopt, {"double_fee"});
  EXPECT_EQ(act.outcome, Replayed::kOtherwise);
  EXPECT_THAT(told(act), ElementsAre(testing::AllOf(testing::StartsWith("charges: Fee for the permit: 1000 tenge > 2500 tenge"),
                                                    testing::HasSubstr("rate L art. 3, > D art. 1,"))));
  EXPECT_TRUE(act.charged == 1000 * Money::kTenge && act.charged_after == 2500 * Money::kTenge);
}

TEST_F(ReplayTest, AnotherDayIsThatOfAllItsLaw) {
  grant();
  const ReplayedAct act = again(day("2026-07-01"), {});
  EXPECT_EQ(act.outcome, Replayed::kOtherwise);
  EXPECT_TRUE(act.charged_after == 2000 * Money::kTenge);
}

TEST_F(ReplayTest, BeforeTheProcedureThereWasNoSuchAct) {
  grant();
  EXPECT_EQ(again(day("2019-12-31"), {}).outcome, Replayed::kNoSuchAct);
}

TEST_F(ReplayTest, AMissingDocumentForbids) {
  submit();
  const ReplayedAct act = again(std::nullopt, {"no_diploma"});
  EXPECT_EQ(act.outcome, Replayed::kForbidden);
  ASSERT_THAT(told(act), SizeIs(1));
  EXPECT_THAT(told(act).front(), testing::StartsWith("documents: Papers to attach: {form, list} > {"));
}

TEST_F(ReplayTest, WhatNobodyTookDownIsUnknown) {
  submit();
  const ReplayedAct act = again(std::nullopt, {"search_again"});
  EXPECT_EQ(act.outcome, Replayed::kUnknown);
  ASSERT_THAT(act.differences, SizeIs(1));
  EXPECT_EQ(act.differences.front().after->needs.front().path, "employer.searched");
}

TEST_F(ReplayTest, ALawThatContradictsItselfIsUnclear) {
  submit();
  EXPECT_EQ(again(std::nullopt, {"torn"}).outcome, Replayed::kUnclear);
}

TEST_F(ReplayTest, ARefusalWithoutAGroundIsForbidden) {
  refuse(R"({"papers_false":true})");
  const ReplayedAct act = again(std::nullopt, {"no_false_papers"});
  EXPECT_EQ(act.outcome, Replayed::kForbidden);
  EXPECT_THAT(told(act), ElementsAre("requires: There is no ground for refusal: yes > no; permit.refusal_grounds L art. 2, > ",
                                     "grounds: Grounds for refusal: {false_papers} > {}; permit.refusal_grounds L art. 2, > "));
}

/// A requirement of a later day reads how many places were free then.
TEST_F(ReplayTest, PlacesAreThoseThatWereReadThen) {
  submit();
  EXPECT_EQ(again(day("2026-09-01"), {}).outcome, Replayed::kUnknown);
  today_ = day("2026-09-01");
  item_ = {};
  history_.clear();
  submit();
  EXPECT_EQ(again(day("2026-10-01"), {}).outcome, Replayed::kSame);
}

/// What the procedure knows by a norm hides the register's facts that it rests on; they are taken down with the act.
TEST_F(ReplayTest, WhatAKnownFactRestsOnIsThatOfThen) {
  register_[{"employer.bin", "\"100\""}] = {{"barred_until", "null"}, {"searched", "true"}};
  grant();
  const ReplayedAct act = again(std::nullopt, {});
  EXPECT_EQ(act.outcome, Replayed::kSame);
  EXPECT_FALSE(act.text_changed);
  EXPECT_TRUE(act.charged == 1001 * Money::kTenge);
}

TEST_F(ReplayTest, ATextThatWasChangedSinceIsSaid) {
  pay();
  std::string& payload = history_.back().event.payload;
  const size_t at = payload.find("\"json\":\"true\"");
  ASSERT_NE(at, std::string::npos) << payload;
  payload.replace(at, 13, "\"json\":\"false\"");
  EXPECT_TRUE(again(std::nullopt, {}).text_changed);
}

TEST_F(ReplayTest, WhatIsNoActIsAnError) {
  submit();
  const Law own{text_.corpus, own_, *own_words_};
  const auto wrong = replay_act({own, own, std::nullopt}, item_, "{}", today_, words::Language::kEn);
  EXPECT_FALSE(wrong.has_value());
  const auto unknown = replay_act({own, own, std::nullopt}, item_, R"({"action":"dance","charges":[],"facts":[],"grounds":[],"read":[]})",
                                  today_, words::Language::kEn);
  ASSERT_FALSE(unknown.has_value());
  EXPECT_THAT(unknown.error().message, testing::HasSubstr("no such action"));
}

}  // namespace
}  // namespace koshi::office
