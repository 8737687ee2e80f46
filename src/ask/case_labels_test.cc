#include "ask/case_labels.h"

#include <gmock/gmock.h>

namespace koshi::ask {
namespace {

using testing::Contains;
using testing::Not;

constexpr char kLaw[] = R"(
act LMP "Law on Migration" adopted 2011-07-22 number "477-IV" in force from 2011-08-17
enum way "Way"
  road "By road"
  air "By air"
entity person "Person"
  name : text "Name"
    ask "What is your name?"
    help "As in the passport."
  host : text "Host"
    ask "Who gives you a room?"
  way : way "Way of coming"
    ask "How did you come?"
  checked : yes/no "Checked"
    ask "Do the papers agree?"
  due : date or none "Due on"
    ask "When is it due?"
procedure visit of person "Visit"
  help "For guests."
  by LMP art. 1 [read]
  from 2012-01-01
  party guest "Guest" within name
  role host "Host" within host
  office police "Police"
  form you "About you"
    ask name, host, way
  state draft "Draft"
    send: "Send" by guest -> sent
      help "Once."
      needs forms
      requires way = road "By road only"
      files
      notice police "A guest has come."
      notice host "Somebody named you."
  state sent "Sent"
    within 5 days else late
    check: "Check the papers" by police -> done
      help "In the register."
      ask checked
      requires checked "The papers must agree"
      sets due = today
      issues card "Card" letter "{name} may stay."
  final done "Done"
)";

TEST(LabelsOfCases, AreWhatThePartiesMeet) {
  const auto compiled = zan::compile({{"law.zan", kLaw}}, {});
  ASSERT_EQ(compiled.corpus.procedures.size(), 1u);
  const auto keys = labels_of_cases(compiled.corpus, compiled.corpus.procedures[0]);
  for (const char* key :
       {"procedure.visit", "procedure.visit.help", "procedure.visit.role.police", "procedure.visit.form.you", "person.name.ask",
        "person.name.help", "way.air", "procedure.visit.state.sent", "procedure.visit.state.draft.action.send.help",
        "procedure.visit.state.draft.action.send.requires.1", "procedure.visit.state.draft.action.send.effect.3",
        "procedure.visit.state.sent.action.check", "person.checked", "person.due", "procedure.visit.state.sent.action.check.effect.2",
        "procedure.visit.state.sent.action.check.effect.2.letter.1"}) {
    EXPECT_THAT(keys, Contains(key));
  }
  for (const char* key : {"procedure.visit.state.draft.action.send.effect.2", "procedure.visit.state.sent.action.check.help",
                          "procedure.visit.state.sent.action.check.requires.1", "person.checked.ask"}) {
    EXPECT_THAT(keys, Not(Contains(key))) << "it is for the office alone";
  }
}

}  // namespace
}  // namespace koshi::ask
