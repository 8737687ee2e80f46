#include "office/case/first_day.h"

#include "office/case/test_other_law.h"
#include "zan/reason/members.h"

namespace koshi::office {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class FirstDayTest : public OtherLawTest {
 protected:
  /// As decide() says it, one day after another.
  std::optional<Date> tried(const Case& item, std::string_view action, Date on, int days) {
    for (int i = 1; i <= days; ++i) {
      const Decided decided = act(item, employer_, action, Date{on.days + i});
      if (decided || decided.error().kind != RefusalKind::kNotLawful) return Date{on.days + i};
    }
    return std::nullopt;
  }
  Case application(std::string_view posted, int headcount = 2) {
    return given(opened("permit_case", "P-1"), R"({"occupation":"welder","headcount":)" + std::to_string(headcount) + R"(,"posted":")" +
                                                   std::string(posted) + R"(","locals":5,"foreign":1,"exempt":false})");
  }
};

TEST_F(FirstDayTest, IsTheFirstDayOnWhichTheActIsDone) {
  const Case item = posted();
  EXPECT_EQ(first_day(item, "finish", today_), day("2026-03-17"));
  EXPECT_FALSE(act(item, employer_, "finish", day("2026-03-16")).has_value());
  EXPECT_TRUE(act(item, employer_, "finish", day("2026-03-17")).has_value());
  EXPECT_EQ(first_day(item, "finish", day("2026-03-17")), std::nullopt) << "possible today";
}

TEST_F(FirstDayTest, OfAWindowThatHasClosedThereIsNone) {
  EXPECT_EQ(first_day(application("2026-03-01"), "submit", today_), day("2026-03-16")) << "rests on what the procedure knows by the day";
  EXPECT_EQ(first_day(application("2025-12-01"), "submit", today_), std::nullopt);
  EXPECT_EQ(first_day(application("2029-03-01"), "submit", today_), std::nullopt) << "beyond the horizon";
}

TEST_F(FirstDayTest, WhatNoDayMendsIsNotPromisedWhileItsOwnDayIsTold) {
  const ActionCheck both = check(application("2026-03-01", 200), employer_, "submit");
  EXPECT_EQ(both.first_day, std::nullopt);
  ASSERT_THAT(both.requirements, SizeIs(2));
  EXPECT_EQ(both.requirements[0].first_day, day("2026-03-16"));
  EXPECT_EQ(both.requirements[1].first_day, std::nullopt);
  EXPECT_EQ(first_day(posted(0), "finish", today_), std::nullopt);
}

TEST_F(FirstDayTest, ADayAfterTheClockEndsTheStateIsNone) {
  EXPECT_EQ(first_day(posted(2, 15), "finish", today_), day("2026-03-17")) << "the last day itself is in time";
  EXPECT_EQ(first_day(posted(2, 14), "finish", today_), std::nullopt);
}

TEST_F(FirstDayTest, BeforeFilingAChangeOfTheLawCounts) {
  const Case item = opened("permit_case", "P-1");
  EXPECT_EQ(first_day(item, "hurry", today_), day("2026-06-01"));
}

TEST_F(FirstDayTest, AgreesWithTryingEveryDay) {
  for (int back = -70; back <= 70; back += 19) {  // every day of the week
    for (const int headcount : {2, 200}) {
      const Case item = application(format_date(Date{today_.days + back}), headcount);
      const Decided now = act(item, employer_, "submit", today_);
      if (now) continue;
      ASSERT_EQ(now.error().kind, RefusalKind::kNotLawful);
      EXPECT_EQ(first_day(item, "submit", today_), tried(item, "submit", today_, kFirstDayHorizonDays)) << back << " " << headcount;
    }
  }
}

class GroundsTest : public OtherLawTest {
 protected:
  std::vector<std::string> members(const zan::Answer& answer) {
    std::vector<std::string> codes;
    for (const int32_t set : zan::sets_of(compiled_.corpus, answer)) {
      const zan::Enum& kinds =
          compiled_.corpus
              .enums[static_cast<size_t>(compiled_.corpus.norms[static_cast<size_t>(answer.proof[static_cast<size_t>(set)].id)].type.of)];
      for (const zan::CertainMember& one : zan::certain_members(compiled_.corpus, answer, set)) {
        EXPECT_THAT(one.rules, SizeIs(1));
        codes.push_back(kinds.members[static_cast<size_t>(one.member)].code);
      }
    }
    return codes;
  }
  Case draft(std::string_view exempt, int locals = 1) {
    std::string facts =
        R"({"occupation":"welder","headcount":2,"posted":"2026-02-01","locals":)" + std::to_string(locals) + R"(,"foreign":1)";
    if (!exempt.empty()) facts += R"(,"exempt":)" + std::string(exempt);
    return given(opened("permit_case", "P-1"), facts + "}");
  }
  std::vector<std::string> foreseen(const Case& item) {
    const ActionCheck submit = check(item, employer_, "submit");
    EXPECT_THAT(submit.foreseen, SizeIs(1));
    return submit.foreseen.empty() ? std::vector<std::string>{} : members(submit.foreseen.front().answer);
  }
};

TEST_F(GroundsTest, AreForeseenBeforeFilingThoughTheOfficeHasNotLookedYet) {
  EXPECT_THAT(foreseen(draft("false")), ElementsAre("share"));
  EXPECT_THAT(foreseen(draft("false", 9)), IsEmpty());
  EXPECT_THAT(foreseen(draft("true")), IsEmpty()) << "excepted";
  EXPECT_THAT(foreseen(draft("")), IsEmpty()) << "an exception that may still apply makes it uncertain";
  EXPECT_TRUE(act(draft("false"), employer_, "submit", day("2026-03-02")).has_value()) << "the law does not forbid to file";
}

TEST_F(GroundsTest, StandInTheRefusalOfAnActThatTheyHinder) {
  const Case filed = done(act(draft("false"), employer_, "submit", today_));
  const Decided refused = act(filed, akimat_, "grant", today_, R"({"papers_false":true})");
  ASSERT_FALSE(refused.has_value());
  ASSERT_THAT(refused.error().failed, SizeIs(1));
  EXPECT_THAT(members(refused.error().failed[0].answer), ElementsAre("share", "papers"));
  const Decided without =
      act(done(act(draft("true"), employer_, "submit", today_)), akimat_, "refuse", today_, R"({"papers_false":false})");
  ASSERT_FALSE(without.has_value());
  EXPECT_THAT(members(without.error().failed[0].answer), IsEmpty()) << "there is none to name";
}

TEST_F(GroundsTest, OfficesForeseeNothingOfTheirOwn) {
  const Case filed = done(act(draft("false"), employer_, "submit", today_));
  EXPECT_THAT(check(filed, akimat_, "grant").foreseen, IsEmpty()) << "granted names no grounds";
}

}  // namespace
}  // namespace koshi::office
