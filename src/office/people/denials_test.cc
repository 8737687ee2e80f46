#include "office/people/denials.h"

#include "office/people/schema_denials.h"
#include "office/people/test_people.h"
#include "store/migrate.h"

namespace koshi::people {
namespace {

/// Of an office five hours east of Greenwich.
Date day_of(int64_t now_ms) {
  return Date{static_cast<int32_t>((now_ms + 5 * 3'600'000) / 86'400'000)};
}

class DenialsTest : public store::BothEngines {
 protected:
  void SetUp() override {
    open();
    const store::Migration steps[] = {{1, "denials", kDenialsSchema}};
    ASSERT_EQ(store::must(store::migrate(*store_, steps)), 1);
  }
  std::vector<Denial> kept(const DenialQuery& query = {}) {
    return store::must(store_->read([&](store::Reader& reader) { return denials(reader, query); }));
  }
  std::vector<std::string> things(const DenialQuery& query) {
    std::vector<std::string> found;
    for (const Denial& one : kept(query)) found.push_back(one.thing);
    return found;
  }
  void keep(int64_t now) { store::must(book_.keep(*store_, now)); }

  static constexpr int64_t kNow = 1'772'424'000'000;  // 2026-03-02, nine in the morning
  static constexpr int64_t kDay = 86'400'000;
  static constexpr int64_t kMidnight = kNow + 15 * 3'600'000;
  Denials book_{day_of};
};
INSTANTIATE_TEST_SUITE_P(Engines, DenialsTest, store::both_engines(), store::engine_name);

TEST_P(DenialsTest, AreCountedByDayAccountAndThing) {
  book_.note("almaty", "CASE1", kNow);
  book_.note("almaty", "CASE1", kNow + 5);
  book_.note("almaty", "CASE2", kNow);
  EXPECT_TRUE(kept().empty()) << "nothing is written yet";
  keep(kNow);
  book_.note("almaty", "CASE1", kNow + 9);
  book_.note("astana", "CASE1", kNow + kDay);
  keep(kNow);
  EXPECT_THAT(kept(), testing::ElementsAre(Denial{"2026-03-03", "astana", "CASE1", kNow + kDay, kNow + kDay, 1},
                                           Denial{"2026-03-02", "almaty", "CASE2", kNow, kNow, 1},
                                           Denial{"2026-03-02", "almaty", "CASE1", kNow, kNow + 9, 3}));
}

TEST_P(DenialsTest, ADayEndsAtMidnightWhereTheOfficeIs) {
  book_.note("almaty", "CASE1", kMidnight - 1);
  book_.note("almaty", "CASE1", kMidnight);
  keep(kMidnight);
  EXPECT_THAT(kept(), testing::ElementsAre(Denial{"2026-03-03", "almaty", "CASE1", kMidnight, kMidnight, 1},
                                           Denial{"2026-03-02", "almaty", "CASE1", kMidnight - 1, kMidnight - 1, 1}));
}

TEST_P(DenialsTest, AreForgottenByTheDayOfTheOffice) {
  book_.note("almaty", "CASE1", kNow);
  keep(kNow);
  const int64_t last = kMidnight - 1 + kDenialDays * kDay;
  book_.note("almaty", "CASE2", last);
  keep(last);
  EXPECT_EQ(kept().size(), 2u) << "kept until the end of the last day";
  book_.note("almaty", "CASE3", last + 1);
  keep(last + 1);
  EXPECT_EQ(kept().size(), 2u);
  EXPECT_EQ(kept().back().thing, "CASE2");
}

TEST_P(DenialsTest, OfTwoServersAreJoinedInAnyOrder) {
  Denials other(day_of);
  book_.note("almaty", "CASE1", kNow + 5);
  other.note("almaty", "CASE1", kNow);
  other.note("almaty", "CASE1", kNow + 3);
  keep(kNow);
  store::must(other.keep(*store_, kNow));
  EXPECT_THAT(kept(), testing::ElementsAre(Denial{"2026-03-02", "almaty", "CASE1", kNow, kNow + 5, 3}));
}

TEST_P(DenialsTest, AreFoundByWhoWhatWhenAndHowOften) {
  for (int day = 0; day < 3; ++day) {
    for (const char* account : {"almaty", "curious"}) book_.note(account, "CASE" + std::to_string(day), kNow + day * kDay);
  }
  book_.note("curious", "CASE1", kNow + kDay);
  keep(kNow);
  EXPECT_THAT(things({.account = "almaty"}), testing::ElementsAre("CASE2", "CASE1", "CASE0"));
  EXPECT_THAT(things({.thing = "CASE1"}), testing::ElementsAre("CASE1", "CASE1"));
  EXPECT_THAT(things({.account = "almaty", .from = "2026-03-03"}), testing::ElementsAre("CASE2", "CASE1"));
  EXPECT_THAT(things({.account = "almaty", .until = "2026-03-03"}), testing::ElementsAre("CASE1", "CASE0"));
  EXPECT_THAT(things({.account = "almaty", .from = "2026-03-03", .until = "2026-03-03"}), testing::ElementsAre("CASE1"));
  EXPECT_THAT(things({.least_times = 2}), testing::ElementsAre("CASE1"));
  EXPECT_THAT(things({.account = "nobody"}), testing::IsEmpty());
}

TEST_P(DenialsTest, ArePagedByKeyWithoutGapOrTwin) {
  for (int day = 0; day < 3; ++day) {
    for (const char* account : {"almaty", "curious"}) {
      for (int i = 0; i < 7; ++i) book_.note(account, "CASE" + std::to_string(i), kNow + day * kDay);
    }
  }
  keep(kNow);
  const auto whole = kept();
  ASSERT_EQ(whole.size(), 42u);
  for (int64_t count = 1; count <= 8; ++count) {
    std::vector<Denial> found;
    DenialQuery query{.count = count};
    for (auto page = kept(query); !page.empty(); page = kept(query)) {
      found.insert(found.end(), page.begin(), page.end());
      query.after = key_of(page.back());
    }
    EXPECT_EQ(found, whole) << count;
  }
}

TEST_P(DenialsTest, APageHasALimit) {
  for (int64_t i = 0; i <= kDenialsPageMax; ++i) book_.note("login" + std::to_string(i), "CASE1", kNow);
  keep(kNow);
  EXPECT_EQ(std::ssize(kept({.count = kDenialsPageMax + 1})), kDenialsPageMax);
  EXPECT_TRUE(kept({.count = -1}).empty());
}

TEST_P(DenialsTest, WaitOnlyUpToALimit) {
  for (size_t i = 0; i <= kDenialsWaitingMax; ++i) book_.note("login" + std::to_string(i), "CASE1", kNow);
  must(script("DROP TABLE people_denial"));
  EXPECT_FALSE(book_.keep(*store_, kNow).has_value());
  book_.note("another", "CASE1", kNow + kDay);
  must(script(kDenialsSchema));
  keep(kNow);
  EXPECT_EQ(number("SELECT count(*) FROM people_denial"), static_cast<int64_t>(kDenialsWaitingMax));
}

TEST_P(DenialsTest, OfVeryManyAccountsOfADayIsThatThereWereMore) {
  for (size_t i = 0; i < kDenialsWaitingMax; ++i) {
    book_.note("login" + std::to_string(i), "CASE1", kNow);
    if (i % 4096 == 4095) keep(kNow);
  }
  for (const char* more : {"one", "another", "login0"}) book_.note(more, "CASE1", kNow);
  keep(kNow);
  EXPECT_EQ(kept({.account = std::string(kManyThings)}).front().times, 2);
  EXPECT_EQ(kept({.account = "login0"}).front().times, 2) << "who is known already is counted by name";
  EXPECT_TRUE(kept({.account = "one"}).empty());
}

TEST_P(DenialsTest, WhoTriesVeryManyThingsIsCountedTogether) {
  for (size_t i = 0; i < kDenialThingsMax + 50; ++i) book_.note("curious", "CASE" + std::to_string(i), kNow);
  keep(kNow);
  book_.note("curious", "ANOTHER", kNow);
  keep(kNow);
  const auto found = kept();
  EXPECT_EQ(found.size(), kDenialThingsMax + 1);
  const auto many = std::ranges::find(found, std::string(kManyThings), &Denial::thing);
  ASSERT_NE(many, found.end());
  EXPECT_EQ(many->times, 51);
}

TEST_P(DenialsTest, KeepNoTextOfStrangers) {
  for (const std::string thing : {"", "a b", "<script>\n", "\xD0\x96"}) book_.note("curious", thing, kNow);
  book_.note("curious", std::string(500, 'X'), kNow);
  keep(kNow);
  ASSERT_EQ(kept().size(), 2u);
  EXPECT_EQ(kept({.thing = "(no number)"}).size(), 1u);
  EXPECT_EQ(kept({.thing = std::string(kDenialThingMaxBytes, 'X')}).size(), 1u);
}

TEST_P(DenialsTest, AreForgottenInTheEnd) {
  book_.note("almaty", "CASE1", kNow);
  keep(kNow);
  book_.note("almaty", "CASE2", kNow + (kDenialDays + 1) * kDay);
  keep(kNow + (kDenialDays + 1) * kDay);
  ASSERT_EQ(kept().size(), 1u);
  EXPECT_EQ(kept()[0].thing, "CASE2");
}

TEST_P(DenialsTest, WaitForADatabaseThatDoesNotAnswer) {
  book_.note("almaty", "CASE1", kNow);
  must(script("DROP TABLE people_denial"));
  EXPECT_FALSE(book_.keep(*store_, kNow).has_value());
  book_.note("almaty", "CASE1", kNow + 1);
  must(script(kDenialsSchema));
  keep(kNow);
  ASSERT_EQ(kept().size(), 1u);
  EXPECT_EQ(kept()[0].times, 2);
  EXPECT_EQ(kept()[0].first_at_ms, kNow);
}

}  // namespace
}  // namespace koshi::people
