#include "office/case/event.h"

#include "office/case/test_case.h"

namespace koshi::office {
namespace {

using testing::HasSubstr;

class Events : public CaseTest {
 protected:
  /// What is said against the event; the case stays as it was.
  std::string applied(const std::string& name, const std::string& payload) {
    Case after = item_;
    const auto result = apply(after, {name, payload}, today_);
    EXPECT_EQ(case_json(after) == case_json(item_), !result.has_value() || name == "nothing");
    return result ? "applied" : result.error().message;
  }
  static std::string acted(const std::string& from, const std::string& postings = "[]") {
    return R"({"action":"x","charges":[],"facts":[],"files":false,"from":")" + from +
           R"(","grounds":[],"law":"2026-03-02","notices":[],"papers":[],"postings":)" + postings +
           R"(,"proofs":[],"read":[],"records":[],"role":"employer","to":"withdrawn"})";
  }
};

TEST_F(Events, DoNotFollowFromAnotherCase) {
  EXPECT_THAT(applied("viewed", R"({"purpose":"x"})"), HasSubstr("begins without being opened"));
  submit();
  EXPECT_THAT(applied("opened", history_[0].event.payload), HasSubstr("a second time"));
  EXPECT_THAT(applied("acted", acted("draft")), HasSubstr("in the state `draft`, while the case stands in `examined`"));
  EXPECT_EQ(applied("acted", acted("examined")), "applied");
  EXPECT_EQ(applied("acted", acted("examined", R"([{"account":"places","kind":"release"}])")), "applied");
  EXPECT_THAT(applied("acted", acted("examined", R"([{"account":"others","kind":"release"}])")), HasSubstr("of which nothing is held"));
  EXPECT_THAT(applied("acted", acted("examined", R"([{"account":"others","kind":"commit"}])")), HasSubstr("of which nothing is held"));
  EXPECT_THAT(applied("acted", acted("examined", R"([{"account":"places","amount":1,"code":"places/1","kind":"hold","until":null}])")),
              HasSubstr("a second hold"));
  EXPECT_THAT(applied("late", R"({"since":"2026-03-02","state":"draft"})"), HasSubstr("while the case stands in"));
  EXPECT_THAT(applied("document", history_[2].event.payload), HasSubstr("a second time"));
  EXPECT_THAT(applied("document", R"({"kind":"form","removed":true,"role":"employer","sha256":"x"})"), HasSubstr("was not there"));
  EXPECT_THAT(applied("facts", R"({"facts":[{"by":"","json":null,"on":"2026-03-02","path":"x","source":"office"}],"role":"r"})"),
              HasSubstr("which was not there"));
}

TEST_F(Events, AreOfTheirGrammar) {
  submit();
  EXPECT_THAT(applied("lost", "{}"), HasSubstr("no event has this name"));
  EXPECT_THAT(applied("viewed", "{}"), HasSubstr("\"purpose\" is missing"));
  EXPECT_THAT(applied("viewed", R"({"purpose":1})"), HasSubstr("is no text"));
  EXPECT_THAT(applied("viewed", "[]"), HasSubstr("an object was expected"));
  EXPECT_THAT(applied("viewed", R"({ "purpose":"x"})"), HasSubstr("event 6 (`viewed`) of case `P-1`"));
  EXPECT_THAT(applied("late", R"({"since":"2026-02-30","state":"examined"})"), HasSubstr("is no day"));
  EXPECT_THAT(applied("facts", R"({"facts":{},"role":"r"})"), HasSubstr("is no array"));
  EXPECT_THAT(applied("facts", R"({"facts":[{"by":"","json":"{","on":"2026-03-02","path":"x","source":"office"}],"role":"r"})"),
              HasSubstr("is no JSON"));
  EXPECT_THAT(applied("facts", R"({"facts":[{"by":"","json":"1","on":"2026-03-02","path":"x","source":"rumour"}],"role":"r"})"),
              HasSubstr("has a source that is none"));
  EXPECT_THAT(applied("acted", acted("examined", R"([{"amount":0,"code":"a","kind":"allot"}])")), HasSubstr("a posting of nothing"));
  EXPECT_THAT(applied("acted", acted("examined", R"([{"kind":"steal"}])")), HasSubstr("a kind that is none"));
}

TEST_F(Events, OfAViewChangeNothingButTheVersion) {
  submit();
  Case after = item_;
  ASSERT_TRUE(apply(after, {"viewed", R"({"more":1,"purpose":"check"})"}, today_).has_value());
  EXPECT_EQ(after.version, item_.version + 1);
  after.version = item_.version;
  EXPECT_EQ(case_json(after), case_json(item_));
}

TEST_F(Events, FromNothingNoCaseIsFolded) {
  EXPECT_FALSE(fold("P-1", {}).has_value());
}

/// A planted fault in any one event is found, or changes the case: a letter less in a name or a value never passes as the same case.
TEST_F(Events, ThatWereChangedDoNotFoldToTheSameCase) {
  pay();
  const std::string whole = case_json(item_);
  ASSERT_EQ(folded(), whole);
  for (size_t i = 0; i < history_.size(); ++i) {
    std::vector<DatedEvent> events = history_;
    events.erase(events.begin() + static_cast<std::ptrdiff_t>(i));
    const auto again = fold(item_.id, events);
    EXPECT_TRUE(!again || case_json(*again) != whole) << i;
  }
}

TEST_F(Events, CasesAreReadBackFromTheirJson) {
  grant();
  today_ = day("2026-03-20");
  item_.late = today_;
  const auto again = parse_case_json(case_json(item_));
  ASSERT_TRUE(again.has_value()) << again.error().message;
  EXPECT_EQ(case_json(*again), case_json(item_));
  EXPECT_FALSE(parse_case_json("{}").has_value());
  EXPECT_FALSE(parse_case_json("x").has_value());
}

}  // namespace
}  // namespace koshi::office
