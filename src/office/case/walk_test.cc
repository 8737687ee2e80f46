#include <rapidcheck.h>

#include <set>

#include "office/case/test_case.h"

/// Random people do random things, and every state meets every action.
namespace koshi::office {
namespace {

using testing::IsEmpty;

/// From the whole range, however young the run of tests is.
int pick(int from, int until) {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(from, until));
}

class Walk : public CaseTest {
 public:
  /// Puts the office back to its beginning.
  void restart() {
    today_ = day("2026-03-02");
    item_ = {};
    history_.clear();
    around_.balance = [this](const std::string& code) { return free_places(code); };
    register_ = {{{"employer.bin", "\"100\""}, {{"barred_until", "null"}}}};
    open();
  }

  /// Drafts seldom become whole by chance.
  void begin_well() {
    item_ = {};
    history_.clear();
    const bool first = pick(0, 3) > 0;
    fill(R"({"region":"north","headcount":)" + std::to_string(pick(1, 5)) + R"(,"hurry":false,"category":)" +
         (first ? R"("first")" : R"("second","employer.searched":true)") + R"(,"workers":[{"name":"A","wage":1}]})");
    done(attach(employer_, "diploma"));
  }

  Actor any_actor() const { return *rc::gen::elementOf(std::vector<Actor>{employer_, stranger_, akimat_, far_akimat_, treasury_}); }

  Decided any_step() {
    if (item_.state != "draft" && pick(0, 5) > 0) return any_act();
    const std::string region = *rc::gen::weightedElement<std::string>({{5, "north"}, {1, "south"}});
    const std::string category = *rc::gen::elementOf(std::vector<std::string>{"first", "second"});
    const std::string yes = *rc::gen::elementOf(std::vector<std::string>{"true", "false"});
    const std::string count = std::to_string(pick(0, 4));
    const Actor actor = pick(0, 4) == 0 ? any_actor() : employer_;
    switch (pick(0, 6)) {
      case 0:
        return give(actor, R"({"region":")" + region + R"(","category":")" + category + R"(","headcount":)" + count +
                               R"(,"hurry":false,"employer.searched":true,"workers":[{"name":"A","wage":1}]})");
      case 1: return give(actor, R"({"headcount":)" + count + "}", {"workers"});
      case 2: return attach(actor, *rc::gen::elementOf(std::vector<std::string>{"form", "list", "diploma", "poem"}));
      case 3: return remove_document(*law_, item_, actor, item_.version, "form", std::string(64, 'a'), today_);
      default: break;
    }
    return any_act();
  }

  /// Mostly one that the state has, by one of those who may do it.
  Decided any_act() {
    static const std::map<std::string, const char*> kAsks = {{"grant", R"({"papers_false":false})"},
                                                             {"refuse", R"({"papers_false":true})"},
                                                             {"attest", R"({"note":null,"workers":[{"attested":true}]})"}};
    std::string action = *rc::gen::elementOf(actions());
    Actor actor = any_actor();
    const auto& own = procedure().states[static_cast<size_t>(procedure().find_state(item_.state))].actions;
    if (!own.empty() && pick(0, 4) > 0) {
      const auto& chosen = own[static_cast<size_t>(pick(0, static_cast<int>(own.size())))];
      const std::string role = procedure().roles[static_cast<size_t>(chosen.roles.front())].name;
      action = chosen.name;
      actor = role == "akimat" ? akimat_ : role == "treasury" ? treasury_ : employer_;
    }
    const auto asks = kAsks.find(action);
    return act(actor, action, asks == kAsks.end() ? "{}" : asks->second);
  }

  std::vector<std::string> actions() const {
    std::vector<std::string> names;
    for (const zan::ProcedureState& state : procedure().states) {
      for (const zan::Action& action : state.actions) names.push_back(action.name);
    }
    return names;
  }
  const zan::Procedure& procedure() const { return corpus().procedures[static_cast<size_t>(corpus().find_procedure("permit_case"))]; }

  /// Either everything or nothing, and what was told follows from what was there.
  void check(const Case& before, const Decided& decided) {
    if (!decided) {
      RC_ASSERT(case_json(item_) == case_json(before));
      return;
    }
    Case again = before;
    for (const CaseEvent& event : decided->events) {
      RC_ASSERT(journal::check_canonical_json(event.payload).has_value());
      RC_ASSERT(apply(again, event, today_).has_value());
      history_.push_back({event, today_});
    }
    RC_ASSERT(!decided->events.empty());
    RC_ASSERT(case_json(again) == case_json(decided->after));
    item_ = decided->after;
    settle(*decided);
    RC_ASSERT(folded() == case_json(item_));
  }

  void walk_on(int steps) {
    for (int i = 0; i < steps; ++i) {
      const Case before = item_;
      if (pick(0, 6) == 0) {
        today_ = *add_days(today_, pick(0, 30));
        if (const auto swept = sweep(*law_, item_, around_, today_)) check(before, *swept);
      } else {
        check(before, any_step());
      }
      reached_.insert(item_.state);
    }
  }

  /// The ledger's part, in short: what is free beside the places of this case, of which those of a hold whose day has passed are none.
  int64_t free_places(const std::string& code) const {
    int64_t places = code == "places/2026/north/first" ? 3 : code == "places/2026/north/second" ? 2 : 0;
    for (const HoldEntry& hold : item_.holds) {
      const bool expired = !hold.committed && hold.until && *hold.until < today_;
      if (hold.code == code && !expired) places -= hold.amount;
    }
    return places;
  }

  void settle(const Decision& decision) {
    for (const HoldEntry& hold : item_.holds) RC_ASSERT(free_places(hold.code) >= 0);
    for (const RegisterEntry& entry : decision.records) register_[{entry.key_path, entry.key}] = {{entry.fact, entry.json}};
  }

  std::set<std::string> reached_;
};

TEST_F(Walk, RandomStepsNeverLeaveHalfADeed) {
  const bool held = rc::check([&] {
    for (int walk = 0; walk < 4; ++walk) {
      restart();
      if (pick(0, 3) > 0) begin_well();
      walk_on(pick(10, 40));
    }
  });
  EXPECT_TRUE(held);
  // A walk that never leaves the draft would show nothing.
  for (const char* state : {"examined", "granted", "refused", "withdrawn", "in_force", "lapsed"})
    EXPECT_TRUE(reached_.contains(state)) << state;
}

/// Every state meets every action of the procedure, by every role.
TEST_F(Walk, WhatIsNotOfTheStateAndTheRoleIsRefusedAndLeavesNoEvent) {
  pay();
  const Case whole = item_;
  for (const zan::ProcedureState& state : procedure().states) {
    item_.state = state.name;
    const std::string before = case_json(item_);
    for (const zan::Role& role : procedure().roles) {
      Actor actor{"x", role.name, std::nullopt, words::Language::kEn};
      if (role.within) actor.scope = item_.find_fact(role.within->text)->json;
      const int32_t role_id = procedure().find_role(role.name);
      for (const std::string& name : actions()) {
        const bool legal = std::ranges::any_of(state.actions, [&](const zan::Action& action) {
          return action.name == name && std::ranges::count(action.roles, role_id) > 0 && role.kind != zan::Role::Kind::kClock;
        });
        const Decided decided = act(actor, name);
        EXPECT_EQ(case_json(item_), before);
        if (legal) continue;
        ASSERT_FALSE(decided.has_value()) << state.name << " " << name << " " << role.name;
        const RefusalKind kind = decided.error().kind;
        EXPECT_TRUE(kind == RefusalKind::kWrongState || kind == RefusalKind::kForbidden) << told(decided);
      }
    }
  }
}

/// What a page shows to be possible passes, and what it shows to be hindered does not.
TEST_F(Walk, TheViewSaysBeforehandWhatTheActSaysThen) {
  submit();
  CaseView view = view_case(*law_, item_, akimat_, around_, today_);
  EXPECT_TRUE(view.may_see);
  EXPECT_FALSE(view.may_fill);
  ASSERT_EQ(view.actions.size(), 2u);
  EXPECT_EQ(view.actions[0].action->name, "grant");
  EXPECT_FALSE(view.actions[0].hindrance.has_value());
  EXPECT_FALSE(view.actions[1].hindrance.has_value());  // the officer may yet find a ground
  ASSERT_TRUE(view.due.has_value());
  register_[{"employer.bin", "\"100\""}] = {{"barred_until", "\"2030-01-01\""}};
  view = view_case(*law_, item_, akimat_, around_, today_);
  EXPECT_EQ(view.actions[0].action->name, "grant");
}

TEST_F(Walk, TheViewOfADraftListsWhatIsMissing) {
  open();
  done(give(employer_, R"({"region":"north","category":"second","headcount":5,"hurry":false,"employer.searched":false,
                          "workers":[{"name":"A"}]})"));
  done(attach(employer_, "diploma"));
  const CaseView view = view_case(*law_, item_, employer_, around_, today_);
  EXPECT_TRUE(view.may_fill);
  ASSERT_EQ(view.forms.size(), 3u);
  EXPECT_EQ(view.forms[0].form->name, "what");
  EXPECT_THAT(view.forms[0].missing, IsEmpty());
  EXPECT_EQ(view.forms[1].form->name, "search");
  EXPECT_THAT(view.forms[2].missing, testing::ElementsAre("workers[0].wage"));
  ASSERT_EQ(view.documents.size(), 3u);
  EXPECT_EQ(view.documents[0].label, "Application form");
  EXPECT_FALSE(view.documents[0].attached);
  EXPECT_TRUE(view.documents[2].attached);
  ASSERT_EQ(view.actions.size(), 2u);
  ASSERT_TRUE(view.actions[0].hindrance.has_value());
  EXPECT_EQ(view.actions[0].hindrance->kind, RefusalKind::kNotLawful);
  EXPECT_FALSE(view.actions[1].hindrance.has_value());
  EXPECT_FALSE(view_case(*law_, item_, akimat_, around_, today_).may_see);  // not filed
  EXPECT_FALSE(view_case(*law_, item_, stranger_, around_, today_).may_see);
}

}  // namespace
}  // namespace koshi::office
