#include "office/case/outlook.h"

#include "office/case/test_case.h"
#include "office/case/test_other_law.h"

namespace koshi::office {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

/// The acts by their names, each from the state to which the one before it leads.
std::vector<ActPlace> way_of(const zan::Procedure& procedure, std::initializer_list<std::string_view> acts) {
  std::vector<ActPlace> way;
  int32_t state = 0;
  for (const std::string_view act : acts) {
    const auto& actions = procedure.states[static_cast<size_t>(state)].actions;
    const auto found = std::ranges::find(actions, act, &zan::Action::name);
    if (found == actions.end()) throw std::invalid_argument(std::string(act));
    way.push_back({state, static_cast<int32_t>(found - actions.begin())});
    state = found->target;
  }
  return way;
}

const zan::Procedure& procedure_of(const Law& law, std::string_view name) {
  return law.corpus.procedures[static_cast<size_t>(law.corpus.find_procedure(name))];
}

class OutlookTest : public OtherLawTest {};

TEST_F(OutlookTest, WhatMustBeWaitedForIsToldBeforeAnythingIsKnown) {
  const zan::Procedure& search = procedure_of(*law_, "search");
  const Outlook outlook = outlook_of(*law_, search, way_of(search, {"post", "finish"}), today_);
  ASSERT_THAT(outlook.steps, SizeIs(2));
  EXPECT_FALSE(outlook.steps[0].from.has_value());
  EXPECT_EQ(outlook.steps[1].from, Date{today_.days + 15});
  EXPECT_FALSE(outlook.steps[1].until.has_value()) << "it depends on an answer: for how long the vacancy is kept";
  EXPECT_THAT(outlook.documents, IsEmpty());
}

TEST_F(OutlookTest, WhatIsChargedIsToldWithItsAct) {
  const zan::Procedure& permit = procedure_of(*law_, "permit_case");
  const Outlook outlook = outlook_of(*law_, permit, way_of(permit, {"submit", "grant", "pay"}), today_);
  ASSERT_THAT(outlook.steps, SizeIs(3));
  EXPECT_THAT(outlook.steps[0].charges, IsEmpty());
  EXPECT_THAT(outlook.steps[1].charges, SizeIs(1));
}

class OutlookOfDays : public CaseTest {};

TEST_F(OutlookOfDays, TermsAreCountedInWorkingDaysFromTheStepBefore) {
  const zan::Procedure& permit = procedure_of(*law_, "permit_case");
  const Outlook outlook = outlook_of(*law_, permit, way_of(permit, {"submit", "grant"}), day("2026-03-05"));
  ASSERT_THAT(outlook.steps, SizeIs(2));
  EXPECT_EQ(outlook.steps[1].until, day("2026-03-13")) << "the Monday after that Thursday is a holiday";
  EXPECT_EQ(outlook.steps[1].working_days, 5);
}

TEST_F(OutlookOfDays, PapersThatSomeAnswerCouldAskForAreTold) {
  const zan::Procedure& permit = procedure_of(*law_, "permit_case");
  const Outlook outlook = outlook_of(*law_, permit, {}, day("2026-03-05"));
  const zan::EnumId kinds = law_->corpus.norms[static_cast<size_t>(permit.documents)].type.of;
  std::vector<std::string> told;
  for (const int32_t member : outlook.documents)
    told.push_back(law_->corpus.enums[static_cast<size_t>(kinds)].members[static_cast<size_t>(member)].code);
  EXPECT_THAT(told, testing::ElementsAre("form", "list", "diploma"));
}

}  // namespace
}  // namespace koshi::office
