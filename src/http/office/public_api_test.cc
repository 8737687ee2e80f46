#include "http/office/test_office.h"

/// What everybody may ask, and what the program says of itself.
namespace koshi::http {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

class Public : public OfficeTest {
 protected:
  Answer ask(const std::string& target) { return send("GET", target, {}, {}); }
};

TEST_F(Public, ProceduresAreTold) {
  EXPECT_EQ(names(must(ask("/api/v1/procedures")).value, "procedure"), (std::vector<std::string>{"work_permit", "levy", "complaint"}));
  const Answer one = must(ask("/api/v1/procedures/work_permit"));
  EXPECT_EQ(one.text("label"), "Permit to attract foreign labour");
  EXPECT_EQ(names(one.value.at("states"), "state"),
            (std::vector<std::string>{"draft", "examined", "granted", "in_force", "ended", "refused", "withdrawn", "lapsed", "expired"}));
  EXPECT_EQ(names(one.value.at("roles"), "role"), (std::vector<std::string>{"employer", "akimat", "treasury", "clock"}));
  EXPECT_EQ(names(one.value.at("forms").at(0).at("asks"), "fact"),
            (std::vector<std::string>{"region", "headcount", "employer.name", "employer.barred_until"}));
  const json::value& submit = one.value.at("states").at(0).at("actions").at(0);
  EXPECT_EQ(json::serialize(submit.at("roles")), R"(["employer"])");
  EXPECT_EQ(submit.at("to").as_string(), "examined");
  must(ask("/api/v1/procedures/none"), 404);
  must(ask("/api/v1/procedures/work_permit?lang=xx"), 400);
}

TEST_F(Public, TheQuotaIsEverybodysToRead) {
  allot(5);
  allot(7, "permits/2026/KZ-71");
  submitted(2);
  const Answer all = must(ask("/api/v1/quota?prefix=permits/2026/"));
  EXPECT_EQ(names(all.value.at("accounts"), "account"), (std::vector<std::string>{"permits/2026/KZ-71", kQuota}));
  EXPECT_EQ(json::serialize(all.value.at("accounts").at(1)),
            R"({"account":"permits/2026/KZ-75","limit":5,"held":2,"committed":0,"free":3})");
  EXPECT_EQ(all.text("next"), "");
  EXPECT_THAT(must(ask("/api/v1/quota?prefix=permits/2025/")).value.at("accounts").as_array(), IsEmpty());
  EXPECT_THAT(must(ask("/api/v1/quota?prefix=%25")).value.at("accounts").as_array(), IsEmpty());
}

TEST_F(Public, TheQuotaComesInPages) {
  const auto code = [](size_t i) { return "permits/2026/R" + std::to_string(1000 + i); };
  for (size_t i = 0; i < office::kPageMax + 20; ++i) allot(1, code(i));
  std::vector<std::string> found;
  size_t pages = 0;
  for (std::string after; pages == 0 || !after.empty(); ++pages) {
    const Answer page = must(ask("/api/v1/quota?prefix=permits/&after=" + percent_encode(after)));
    for (std::string& one : names(page.value.at("accounts"), "account")) found.push_back(std::move(one));
    after = page.text("next");
  }
  EXPECT_EQ(pages, 2u);
  ASSERT_THAT(found, SizeIs(office::kPageMax + 20));
  EXPECT_EQ(found.front(), code(0));
  EXPECT_EQ(found.back(), code(office::kPageMax + 19));
}

TEST_F(Public, TheCheckpointIsSigned) {
  opened();
  const Answer note = must(ask("/api/v1/journal/checkpoint"));
  const auto checkpoint = journal::open_checkpoint(note.body, house_->journal().origin(), house_->journal().keys());
  ASSERT_TRUE(checkpoint.has_value()) << checkpoint.error().message;
  EXPECT_EQ(must(ask("/api/v1/journal/checkpoint")).body, note.body);
}

TEST_F(Public, OfAPaperEverybodyMayKnowWhetherItHoldsAndNothingElse) {
  allot(5);
  const Answer done = in_force(2);
  const Answer paper = must(ask("/api/v1/papers/" + id(done) + "/2"));
  EXPECT_EQ(paper.text("number"), id(done) + "/2");
  EXPECT_EQ(paper.text("title"), "Permit");
  EXPECT_EQ(paper.value.at("valid"), true);
  EXPECT_EQ(paper.text("issued"), "2026-01-15");
  EXPECT_EQ(paper.text("until"), "2027-01-15");
  EXPECT_THAT(paper.body, Not(HasSubstr("Zher")));
  now_ms_ += 366 * kDayMs;
  EXPECT_EQ(must(ask("/api/v1/papers/" + id(done) + "/2")).value.at("valid"), false);
  must(ask("/api/v1/papers/" + id(done) + "/9"), 404);
  must(ask("/api/v1/papers/none/1"), 404);
}

TEST_F(Public, AnotherNumberIsNoPaper) {
  allot(5);
  std::string number = id(in_force(1)) + "/1";
  must(ask("/api/v1/papers/" + number));
  must(ask("/api/v1/papers/" + number + "0"), 404);
  must(ask("/api/v1/papers/%00" + number), 404);
}

TEST_F(Public, TheDocumentOfTheInterfaceIsWhole) {
  const json::object& document = check_->document();
  std::set<std::string> ids;
  std::set<std::string> used;
  for (const Route& route : app_->routes()) {
    std::string method = route.method;
    for (char& c : method) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    const json::object& operation = document.at("paths").at(route.path).at(method).as_object();
    EXPECT_TRUE(ids.emplace(operation.at("operationId").as_string().c_str()).second) << route.path;
    EXPECT_EQ(operation.at("responses").as_object().size(), route.responses.size())
        << route.method << " " << route.path << ": one status is described twice";
    std::set<std::string> parameters;
    for (const json::value& one : operation.at("parameters").as_array()) {
      EXPECT_TRUE(parameters.emplace(one.at("name").as_string().c_str()).second) << route.path;
      EXPECT_EQ(one.at("in").as_string() == "path",
                route.path.find("{" + std::string(one.at("name").as_string()) + "}") != std::string::npos);
    }
    for (const ResponseDoc& response : route.responses) EXPECT_NE(reason_phrase(response.status), "") << route.path;
  }
  const std::function<void(const json::value&)> collect = [&](const json::value& value) {
    if (const auto* array = value.if_array()) {
      for (const json::value& item : *array) collect(item);
    } else if (const auto* object = value.if_object()) {
      for (const auto& [key, inner] : *object) {
        if (key == "$ref") used.emplace(inner.as_string().c_str());
        collect(inner);
      }
    }
  };
  collect(document);
  std::set<std::string> known;
  for (const auto& [name, schema] : document.at("components").at("schemas").as_object()) {
    known.insert("#/components/schemas/" + std::string(name));
  }
  EXPECT_EQ(used, known);
}

}  // namespace
}  // namespace koshi::http
