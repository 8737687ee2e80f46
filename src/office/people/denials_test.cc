#include "office/people/denials.h"

#include "office/people/schema_denials.h"
#include "office/people/test_people.h"
#include "store/migrate.h"

namespace koshi::people {
namespace {

class DenialsTest : public store::BothEngines {
 protected:
  void SetUp() override {
    open();
    const store::Migration steps[] = {{1, "denials", kDenialsSchema}};
    ASSERT_EQ(store::must(store::migrate(*store_, steps)), 1);
  }
  std::vector<Denial> kept() {
    return store::must(store_->read([](store::Reader& reader) { return denials(reader); }));
  }
  void keep(int64_t now) { store::must(book_.keep(*store_, now)); }

  static constexpr int64_t kNow = 1'772'424'000'000;  // 2026-03-02
  static constexpr int64_t kDay = 86'400'000;
  Denials book_;
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
                                           Denial{"2026-03-02", "almaty", "CASE1", kNow, kNow + 9, 3},
                                           Denial{"2026-03-02", "almaty", "CASE2", kNow, kNow, 1}));
}

TEST_P(DenialsTest, WhoTriesVeryManyThingsIsCountedTogether) {
  for (size_t i = 0; i < kDenialThingsMax + 50; ++i) book_.note("curious", "CASE" + std::to_string(i), kNow);
  keep(kNow);
  book_.note("curious", "ANOTHER", kNow);
  keep(kNow);
  const auto found = kept();
  EXPECT_EQ(found.size(), kDenialThingsMax + 1);
  EXPECT_EQ(found.front().thing, kManyThings);
  EXPECT_EQ(found.front().times, 51);
}

TEST_P(DenialsTest, KeepNoTextOfStrangers) {
  for (const std::string thing : {"", "a b", "<script>\n", "\xD0\x96"}) book_.note("curious", thing, kNow);
  book_.note("curious", std::string(500, 'X'), kNow);
  keep(kNow);
  ASSERT_EQ(kept().size(), 2u);
  EXPECT_EQ(kept()[0].thing, "(no number)");
  EXPECT_EQ(kept()[1].thing, std::string(kDenialThingMaxBytes, 'X'));
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
