#include "http/office/test_office.h"
#include "store/test_postgres.h"

/// The database goes away and comes back: nobody is told a lie, and what was not done can be asked for again.
namespace koshi::http {
namespace {

using testing::SizeIs;

class Unavailable : public OfficeTest {
 protected:
  void SetUp() override {
    auto server = store::TestPostgres::create();
    ASSERT_TRUE(server.has_value()) << server.error().message;
    postgres_ = std::move(*server);
    open(postgres_->make_database().value());
  }
  void TearDown() override {
    office_.reset();
    house_.reset();
  }
  static void expect_busy(const Answer& answer) {
    EXPECT_EQ(answer.status, 503) << answer.body;
    EXPECT_EQ(answer.header("Retry-After"), "2");
    EXPECT_EQ(answer.body.find("koshi_pg"), std::string::npos) << "nothing of the machine is told";
  }

  std::unique_ptr<store::TestPostgres> postgres_;
};

TEST_F(Unavailable, WhatWasRefusedForTheDatabaseIsDoneOnceItIsBack) {
  allot(5);
  const Answer ready = draft(2);
  const std::string path = "/api/v1/cases/" + id(ready);
  postgres_->stop(SIGQUIT);
  expect_busy(try_act("zher", ready, "submit", "{}", "once"));
  expect_busy(get("zher", path));
  expect_busy(get("zher", "/api/v1/cases"));
  expect_busy(attach("zher", id(ready), version(ready), pdf_file()));
  expect_busy(sign_in("zher", kPassword));
  for (const char* open_to_all : {"/api/v1/quota", "/api/v1/journal/checkpoint", "/api/v1/papers/X/1"}) {
    expect_busy(send("GET", open_to_all, {}, {}));
  }
  ASSERT_TRUE(postgres_->start().has_value());
  EXPECT_EQ(state(must(get("zher", path))), "draft");
  EXPECT_EQ(state(must(try_act("zher", ready, "submit", "{}", "once"))), "examined");
  EXPECT_EQ(must(try_act("zher", ready, "submit", "{}", "once")).header("Koshi-Repeated"), "true");
  EXPECT_EQ(json::serialize(must(send("GET", "/api/v1/quota", {}, {})).value.at("accounts").at(0).at("held")), "2");
}

}  // namespace
}  // namespace koshi::http
