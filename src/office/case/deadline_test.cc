#include "office/case/checks.h"
#include "office/case/test_case.h"

namespace koshi::office {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing::StartsWith;

class Deadlines : public CaseTest {
 protected:
  static std::string told_due(const std::optional<Due>& due) {
    return due ? format_date(due->last_day) + " " + (due->action.empty() ? "late" : due->action) : "none";
  }
  std::string due() { return told_due(next_due(*law_, item_, around_, today_)); }
  /// As it is told to the actor before he acts.
  std::string due_then(const Actor& actor, std::string_view action) {
    for (const ActionCheck& check : check_actions(*law_, item_, actor, around_, today_)) {
      const zan::Procedure& procedure = law_->corpus.procedures[static_cast<size_t>(law_->corpus.find_procedure(item_.procedure))];
      const zan::ProcedureState& state = procedure.states[static_cast<size_t>(check.state)];
      if (state.actions[static_cast<size_t>(check.action)].name == action) return told_due(check.due_then);
    }
    return "no such action";
  }
  std::optional<Decided> swept() { return sweep(*law_, item_, around_, today_); }
};

TEST_F(Deadlines, WorkingDaysFollowTheCalendar) {
  open();
  EXPECT_EQ(due(), "none");
  today_ = day("2026-03-05");  // a Thursday; the Monday after it is a holiday
  submit();
  EXPECT_EQ(due(), "2026-03-13 late");
  const auto next = next_due(*law_, item_, around_, today_);
  ASSERT_THAT(next->by, SizeIs(1));
  EXPECT_EQ(next->by[0].place, "art. 7");
}

TEST_F(Deadlines, OfWhereAnActLeadsAreToldBeforeIt) {
  open();
  today_ = day("2026-03-05");
  EXPECT_EQ(due_then(employer_, "submit"), "2026-03-13 late");
  submit();
  EXPECT_EQ(due(), "2026-03-13 late");
  EXPECT_EQ(due_then(akimat_, "grant"), "2026-03-15 lapse") << "counted from the day of the act";
  EXPECT_EQ(due_then(employer_, "grant"), "none") << "it is not his to do";
}

TEST_F(Deadlines, ACaseIsMarkedLateOnce) {
  submit();
  EXPECT_EQ(due(), "2026-03-10 late");
  today_ = day("2026-03-10");
  EXPECT_FALSE(swept().has_value());
  today_ = day("2026-03-20");
  done(*swept());
  EXPECT_EQ(item_.late, day("2026-03-11"));
  EXPECT_EQ(item_.state, "examined");
  EXPECT_FALSE(swept().has_value());
  EXPECT_EQ(due(), "none");
  done(act(akimat_, "grant", R"({"papers_false":false})"));
  EXPECT_FALSE(item_.late.has_value());
  EXPECT_EQ(folded(), case_json(item_));
}

TEST_F(Deadlines, TheClockActsAfterTheLastDayAndNotBefore) {
  grant();
  EXPECT_EQ(due(), "2026-03-12 lapse");
  today_ = day("2026-03-12");
  EXPECT_FALSE(swept().has_value());
  EXPECT_THAT(told(act(clock_, "lapse")), StartsWith("WrongState"));
  EXPECT_THAT(told(act(employer_, "lapse")), StartsWith("Forbidden"));
  today_ = day("2026-03-13");
  done(*swept());
  EXPECT_EQ(item_.state, "lapsed");
  EXPECT_THAT(item_.holds, IsEmpty());
  ASSERT_THAT(last_.notices, SizeIs(1));
  EXPECT_EQ(last_.notices[0].role, "employer");
  EXPECT_FALSE(swept().has_value());
  EXPECT_EQ(folded(), case_json(item_));
}

TEST_F(Deadlines, AfterDowntimeTheClockActsOnTheDayOnWhichItWakes) {
  grant();
  today_ = day("2026-12-01");
  done(*swept());
  EXPECT_EQ(item_.state, "lapsed");
  EXPECT_EQ(item_.entered, today_);
}

TEST_F(Deadlines, ADayOfTheFactsIsOne) {
  pay();
  EXPECT_EQ(due(), "2027-03-02 expire");
  today_ = day("2027-03-03");
  done(*swept());
  EXPECT_EQ(item_.state, "expired");
}

TEST_F(Deadlines, WhereTheCalendarEndsNothingIsDue) {
  fill();
  today_ = day("2027-12-31");
  places_["places/2027/north/first"] = 1;
  done(act(employer_, "submit"));
  EXPECT_EQ(due(), "none");
}

}  // namespace
}  // namespace koshi::office
