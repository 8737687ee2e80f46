#include "office/case/test_case.h"

/// Cases being opened, and their facts and documents.
namespace koshi::office {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing::StartsWith;

using Fill = CaseTest;

TEST_F(Fill, FactsAreKeptAsTheLawSpellsThem) {
  open();
  done(give(employer_, R"({"hurry":"yes","headcount":1e1,"employer":{"searched":"no"},"workers":[{"wage":"10.50","name":"Ә \"x\""}]})"));
  EXPECT_EQ(fact("hurry"), "true declared");
  EXPECT_EQ(fact("headcount"), "10 declared");
  EXPECT_EQ(fact("workers"), R"([{"name":"Ә \"x\"","wage":10.50}] declared)");
  EXPECT_EQ(folded(), case_json(item_));
}

TEST_F(Fill, WhatIsGivenAgainReplacesAndWhatIsTheSameLeavesNoTrace) {
  open();
  done(give(employer_, R"({"headcount":1,"region":"north"})"));
  const Date first = today_;
  today_ = day("2026-03-03");
  done(give(employer_, R"({"headcount":2,"region":"north"})"));
  EXPECT_EQ(fact("headcount"), "2 declared");
  EXPECT_EQ(item_.find_fact("region")->on, first);
  EXPECT_EQ(item_.find_fact("headcount")->on, today_);
  EXPECT_THAT(last_.events[0].payload, testing::Not(HasSubstr("region")));
}

TEST_F(Fill, FactsAreForgotten) {
  open();
  done(give(employer_, R"({"headcount":1,"workers":[{"name":"A"}]})"));
  done(give(employer_, "{}", {"headcount", "workers", "hurry"}));
  EXPECT_EQ(fact("headcount"), "none");
  EXPECT_EQ(fact("workers"), "none");
  EXPECT_THAT(told(give(employer_, "{}", {"employer.bin"})), StartsWith("BadFacts"));
  EXPECT_EQ(folded(), case_json(item_));
}

TEST_F(Fill, WhatIsNoFactOrNotAskedIsToldByItsPath) {
  open();
  EXPECT_EQ(told(give(employer_, R"({"headcount":"many","workers":[{"name":"A"},{"wage":true}]})")),
            "BadFacts: Something in what was given cannot be taken. | headcount: `many` is not a whole number"
            " | workers[1].wage: a value of type `money` was expected");
  EXPECT_EQ(told(give(employer_, R"({"paid":true,"workers":[{"attested":true}]})")),
            "BadFacts: Something in what was given cannot be taken. | paid: This is not asked of you here."
            " | workers[].attested: This is not asked of you here.");
  EXPECT_THAT(told(give(employer_, R"({"headcount":-1})")), HasSubstr("BadFacts: The facts contradict each other. | : A negative number"));
  EXPECT_THAT(told(give(employer_, std::string(kFactBytesMax, ' ') + "{}")), StartsWith("TooMuch"));
}

TEST_F(Fill, AFormCountsOnlyWhileItsConditionMayHold) {
  open();
  done(give(employer_, R"({"reason":"x"})"));  // whether there is a hurry is not known yet
  done(give(employer_, R"({"hurry":true,"reason":"y"})"));
  EXPECT_EQ(told(give(employer_, R"({"hurry":false,"reason":"z"})")),
            "BadFacts: Something in what was given cannot be taken. | reason: This is not asked of you here.");
}

TEST_F(Fill, FormsAreFilledWhileTheyAreNeededAndByTheParty) {
  open();
  EXPECT_THAT(told(give(akimat_, R"({"headcount":1})")), StartsWith("Forbidden"));
  done(give(employer_, R"({"region":"north"})"));
  EXPECT_THAT(told(give(akimat_, R"({"headcount":1})")), StartsWith("WrongState"));
  EXPECT_THAT(told(give(stranger_, R"({"headcount":1})")), StartsWith("Forbidden"));
  done(give(employer_, R"({"category":"first","headcount":1,"hurry":false,"workers":[]})"));
  done(attach(employer_, "form"));
  done(attach(employer_, "list"));
  done(act(employer_, "submit"));
  EXPECT_THAT(told(give(employer_, R"({"headcount":2})")), StartsWith("WrongState"));
  EXPECT_THAT(told(give(akimat_, R"({"headcount":2})")), StartsWith("BadFacts"));
  EXPECT_THAT(told(attach(employer_, "diploma")), StartsWith("WrongState"));
}

TEST_F(Fill, DocumentsComeAndGo) {
  open();
  done(attach(employer_, "form"));
  EXPECT_THAT(told(attach(employer_, "form")), StartsWith("BadFacts"));
  done(attach(employer_, "form", 'b'));
  EXPECT_THAT(told(attach(employer_, "poem")), StartsWith("NoSuchThing"));
  EXPECT_THAT(told(attach(akimat_, "form", 'c')), StartsWith("Forbidden"));
  done(remove_document(*law_, item_, employer_, item_.version, "form", std::string(64, 'a'), today_));
  ASSERT_THAT(item_.documents, SizeIs(1));
  EXPECT_EQ(item_.documents[0].sha256, std::string(64, 'b'));
  EXPECT_THAT(told(remove_document(*law_, item_, employer_, item_.version, "form", std::string(64, 'a'), today_)),
              StartsWith("NoSuchThing"));
  const DocumentEntry unreadable{"form", "\xFF.pdf", "application/pdf", std::string(64, 'd'), 10, "", {}};
  EXPECT_THAT(told(attach_document(*law_, item_, employer_, item_.version, unreadable, today_)), StartsWith("BadFacts"));
  EXPECT_EQ(folded(), case_json(item_));
}

TEST_F(Fill, ACaseHoldsSoManyDocuments) {
  open();
  for (size_t i = 0; i < kDocumentsMax; ++i) {
    std::string hash = std::to_string(i);
    hash.insert(0, 64 - hash.size(), '0');
    done(attach_document(*law_, item_, employer_, item_.version, {"form", "a", "b", hash, 1, "", {}}, today_));
  }
  EXPECT_THAT(told(attach(employer_, "form")), StartsWith("TooMuch"));
}

TEST_F(Fill, ACaseHoldsSoManyBytesOfFacts) {
  open();
  const std::string half = "\"" + std::string(kCaseFactBytesMax / 2, 'x') + "\"";
  done(give(employer_, "{\"hurry\":true,\"reason\":" + half + "}"));
  EXPECT_THAT(told(give(employer_, "{\"workers\":[{\"name\":" + half + "}]}")), StartsWith("TooMuch"));
}

}  // namespace
}  // namespace koshi::office
