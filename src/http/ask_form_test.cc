#include "http/ask_form.h"

#include "http/test_app.h"

namespace koshi::http {
namespace {

class AskFormTest : public AppTest {
 protected:
  const zan::Corpus& corpus() const { return app_->corpus(); }
  zan::EntityId entity(std::string_view name) const { return corpus().find_entity(name); }
  static AskForm form(std::string_view query) { return read_ask_form(*Query::parse(query)); }
};

TEST_F(AskFormTest, KeepsEverythingInTheAddress) {
  const AskForm read = form("norm=job.dear&under=X&on=2016-03-10&reform=a&reform=b&reform=a&wage=5&employer.size=small&skip=rate&lang=ru");
  EXPECT_EQ(ask_query(read).to_string(), "norm=job.dear&under=X&on=2016-03-10&reform=a&reform=b&wage=5&employer.size=small&skip=rate");
}

TEST_F(AskFormTest, AnEmptyFieldSaysNothingAndTheLastValueCounts) {
  const AskForm read = form("wage=&rate=1&rate=2&heads=+7+");
  EXPECT_FALSE(read.fact("wage"));
  EXPECT_EQ(read.fact("rate"), "2");
  EXPECT_EQ(read.fact("heads"), "7");
}

TEST_F(AskFormTest, WhatIsSkippedHasNoValue) {
  EXPECT_FALSE(form("wage=3&skip=wage").fact("wage"));
  EXPECT_FALSE(form("skip=wage&wage=3").skips("wage"));
}

TEST_F(AskFormTest, FindsFactsAcrossLinks) {
  const auto plain = find_place(corpus(), entity("job"), "employer.size");
  ASSERT_TRUE(plain);
  EXPECT_EQ(plain->entity, entity("employer"));
  EXPECT_EQ(plain->way.size(), 1u);
  const auto member = find_place(corpus(), entity("employer"), "staff[2].person.nationality");
  ASSERT_TRUE(member);
  EXPECT_EQ(member->way[0].member, 2);
  const auto list = find_place(corpus(), entity("employer"), "staff");
  ASSERT_TRUE(list);
  EXPECT_NE(list->list, zan::kNoId);
}

TEST_F(AskFormTest, FindsNothingElse) {
  for (const char* path : {"", ".", "x", "employer", "employer.", "employer.x", "employer[0].size", "wage.x", "wage[0]", "person.person"}) {
    EXPECT_FALSE(find_place(corpus(), entity("job"), path)) << path;
  }
  for (const char* path : {"staff.wage", "staff[].wage", "staff[-1].wage", "staff[50].wage", "staff[0]", "staff[x].wage", "staff[0]]"}) {
    EXPECT_FALSE(find_place(corpus(), entity("employer"), path)) << path;
  }
  EXPECT_FALSE(find_place(corpus(), zan::kNoId, "wage"));
}

TEST_F(AskFormTest, WritesTheFactsAsJson) {
  EXPECT_EQ(facts_json(corpus(), entity("job"), form("wage=5&person.nationality=UZ&person.adult=yes&employer.size=small")),
            R"({"wage":"5","person":{"nationality":"UZ","adult":"yes"},"employer":{"size":"small"}})");
  EXPECT_EQ(facts_json(corpus(), entity("employer"), form("staff=2&staff[1].wage=5")), R"({"staff":[{},{"wage":"5"}]})");
  EXPECT_EQ(facts_json(corpus(), entity("employer"), form("staff=0")), R"({"staff":[]})");
  EXPECT_EQ(facts_json(corpus(), entity("job"), form("nonsense%22=1")), R"({"nonsense\"":"1"})");
}

TEST_F(AskFormTest, AShorterListLosesItsLastMembers) {
  AskForm read = form("staff=3&staff[0].wage=1&staff[1].wage=2&staff[2].wage=3");
  read.set_fact("staff", "1");
  read.shorten_list("staff", 1);
  EXPECT_EQ(read.facts, (std::vector<std::pair<std::string, std::string>>{{"staff", "1"}, {"staff[0].wage", "1"}}));
  read.remove_fact("staff");
  EXPECT_TRUE(read.facts.empty());
}

/// The address keeps names for itself; the law of the country must not use them for facts.
TEST_F(AskFormTest, NoFactOfTheLawHasAReservedName) {
  const auto law = zan::compile_folder(KOSHI_SOURCE_DIR "/law/kz");
  ASSERT_TRUE(law) << law.error().message;
  for (const zan::Entity& one : law->corpus.entities) {
    for (const std::string_view name : kReservedNames) {
      EXPECT_EQ(one.find_fact(name), zan::kNoId) << one.name << "." << name;
      EXPECT_EQ(one.find_link(name), zan::kNoId) << one.name << "." << name;
    }
  }
}

}  // namespace
}  // namespace koshi::http
