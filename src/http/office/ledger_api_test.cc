#include "http/office/ledger_api.h"

#include "http/office/test_office.h"

/// The ledger as everybody may see it, and as who keeps it does.
namespace koshi::http {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class LedgerApi : public OfficeTest {
 protected:
  Answer ask(const std::string& target) { return send("GET", target, {}, {}); }
};

TEST_F(LedgerApi, KindsSayWhatACodeMeans) {
  const Answer kinds = must(ask("/api/v1/quota/kinds"));
  const json::value& permits = kinds.value.at(0);
  EXPECT_EQ(permits.at("account").as_string(), "permits");
  EXPECT_EQ(permits.at("keys").at(0).at("kind").as_string(), "whole");
  EXPECT_EQ(permits.at("keys").at(1).at("kind").as_string(), "region");
  EXPECT_THAT(names(permits.at("keys").at(1).at("values"), "code"), testing::Contains("KZ-75"));
}

TEST_F(LedgerApi, EverybodySeesHowTheQuotaWasUsed) {
  allot(5);
  submitted(2);
  now_ms_ += 14 * kDayMs;
  tokens_.clear();  // sessions have ended meanwhile
  in_force(1);
  const Answer weeks = must(ask("/api/v1/quota/weeks?prefix=permits/2026/"));
  const json::array& all = weeks.value.at("weeks").as_array();
  ASSERT_THAT(all, SizeIs(2));
  EXPECT_EQ(json::serialize(all[0]), R"({"monday":"2026-01-12","limit":5,"held":2,"committed":0})");
  EXPECT_EQ(all[1].at("committed").as_int64(), 1);
  EXPECT_THAT(must(ask("/api/v1/quota/weeks?prefix=permits/2025/")).value.at("weeks").as_array(), IsEmpty());
  EXPECT_THAT(must(ask("/api/v1/quota/weeks?prefix=%25")).value.at("weeks").as_array(), IsEmpty());
}

TEST_F(LedgerApi, WhoKeepsTheAccountSeesItsPostings) {
  allot(5);
  const Answer done = in_force(2);
  const Answer page = must(get("officer", "/api/v1/quota/postings?account=permits/2026/KZ-75"));
  EXPECT_EQ(names(page.value.at("postings"), "kind"), (std::vector<std::string>{"allot", "hold", "commit"}));
  const json::value& commit = page.value.at("postings").at(2);
  EXPECT_EQ(commit.at("case").as_string(), id(done));
  EXPECT_EQ(commit.at("committed").as_int64(), 2);
  EXPECT_EQ(page.value.at("next").as_int64(), 0);
}

TEST_F(LedgerApi, PostingsComeInPages) {
  for (size_t i = 0; i < office::kPageMax + 5; ++i) allot(1);
  const Answer first = must(get("officer", "/api/v1/quota/postings?account=permits/2026/KZ-75"));
  EXPECT_THAT(first.value.at("postings").as_array(), SizeIs(office::kPageMax));
  const std::string next = std::to_string(first.value.at("next").as_int64());
  const Answer second = must(get("officer", "/api/v1/quota/postings?account=permits/2026/KZ-75&after=" + next));
  EXPECT_THAT(second.value.at("postings").as_array(), SizeIs(5));
  EXPECT_EQ(second.value.at("next").as_int64(), 0);
  must(get("officer", "/api/v1/quota/postings?account=permits/2026/KZ-75&after=-1"), 422);
  must(get("officer", "/api/v1/quota/postings?account=permits/2026/KZ-75&after=x"), 422);
}

TEST_F(LedgerApi, OpenHoldsNameTheirCases) {
  allot(5);
  const Answer waiting = submitted(2);
  in_force(1);
  const Answer holds = must(get("officer", "/api/v1/quota/holds?account=permits/2026/KZ-75"));
  EXPECT_EQ(names(holds.value.at("holds"), "case"), (std::vector<std::string>{id(waiting)}));
  EXPECT_EQ(holds.value.at("holds").at(0).at("amount").as_int64(), 2);
}

TEST_F(LedgerApi, NobodyElseLooksIntoAnAccount) {
  allot(5);
  submitted(2);
  for (const char* what : {"postings", "holds"}) {
    const std::string target = std::string("/api/v1/quota/") + what + "?account=permits/2026/KZ-75";
    must(ask(target), 401);
    must(get("zher", target), 404);    // a party asks for places, and does not keep them
    must(get("astana", target), 404);  // an office of another region
    must(get("officer", std::string("/api/v1/quota/") + what + "?account=permits/2026"), 404);
    must(get("officer", std::string("/api/v1/quota/") + what + "?account=nothing/2026/KZ-75"), 404);
    must(get("officer", std::string("/api/v1/quota/") + what), 404);
  }
}

TEST_F(LedgerApi, TheKeysOpenTheCheckpoint) {
  opened();
  const Answer keys = must(ask("/api/v1/journal/keys"));
  const auto key = journal::VerifyingKey::parse(std::string(keys.value.at("keys").at(0).as_string()));
  ASSERT_TRUE(key.has_value());
  const std::vector<journal::VerifyingKey> known{*key};
  EXPECT_TRUE(journal::open_checkpoint(must(ask("/api/v1/journal/checkpoint")).body, keys.text("origin"), known).has_value());
}

}  // namespace
}  // namespace koshi::http
