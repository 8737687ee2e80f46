#include <regex>
#include <set>
#include <sstream>

#include "served_office.h"

/// What a server tells whoever keeps it, against the real program: measures that Prometheus reads, a log that programs read, and in neither
/// of them anything of people and cases.
namespace koshi {
namespace {

namespace json = boost::json;
using testing::AnyOf;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

constexpr char kLogin[] = "aigerim.trace";
constexpr char kEmployer[] = "123456789012";
constexpr char kFact[] = "Oskemen Brick Works";

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::stringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

class OfficeWatch : public testing::Test {
 protected:
  void SetUp() override {
    office_.make();
    office_.add_account(kLogin, {std::string("employer:") + kEmployer});
    office_.on("2026-07-15", {"--metrics-port", "0", "--log-json", "--log-requests"});
    const std::string said = office_.server().line();
    measures_.emplace(port_of(said));
    ASSERT_THAT(said, HasSubstr("/metrics"));
  }
  Answer measured(const std::string& path = "/metrics") const { return measures_->send("GET", path); }
  /// A working day: what succeeds, what is refused, what does not exist.
  void work() {
    office_.sign_in(kLogin);
    const std::string headers = office_.bearer(kLogin) + "Content-Type: application/json\r\n";
    const Answer opened = office_.send("POST", "/api/v1/cases", headers, R"({"procedure":"work_permit"})");
    ASSERT_EQ(opened.status, 201);
    case_ = std::string(opened.value.at("case").at("id").as_string());
    const std::string path = "/api/v1/cases/" + case_;
    EXPECT_EQ(office_.send("POST", path + "/facts", headers, R"({"version":1,"facts":{"employer":{"name":")" + std::string(kFact) + "\"}}}")
                      .status /
                  100,
              2);
    EXPECT_EQ(office_.send("GET", path, headers).status, 200);
    EXPECT_EQ(office_.send("GET", path).status, 401);
    EXPECT_EQ(office_.send("GET", "/cases/" + case_ + "?lang=ru").status, 303);
    EXPECT_EQ(office_
                  .send("POST", "/api/v1/session", "Content-Type: application/json\r\n",
                        R"({"login":")" + std::string(kLogin) + R"(","password":"Tulip-Garden-77"})")
                  .status,
              401);
    EXPECT_EQ(office_.send("GET", "/" + std::string(kLogin)).status, 404);
  }
  void expect_nobody_in(const std::string& text) const {
    for (const std::string& secret : {std::string(kLogin), std::string(kEmployer), std::string(kFact), case_, std::string("Tulip"),
                                      office_password(), std::string("127.0.0.1"), std::string("Bearer")}) {
      ASSERT_NE(secret, "");
      EXPECT_THAT(text, Not(HasSubstr(secret)));
    }
  }
  static std::string office_password() { return ServedOffice::kPassword; }

  ServedOffice office_{store::Engine::kSqlite};
  std::optional<HttpClient> measures_;
  std::string case_;
};

TEST_F(OfficeWatch, MeasuresAreOfTheFormatAndOfNobody) {
  work();
  const Answer answer = measured();
  EXPECT_EQ(answer.status, 200);
  EXPECT_THAT(answer.header("Content-Type"), HasSubstr("version=0.0.4"));
  static const std::regex kSample(R"re(([a-z_]+)(\{[a-z]+="[A-Za-z0-9.+]+"(,[a-z]+="[A-Za-z0-9.+]+")*\})? [0-9]+(\.[0-9]+)?)re");
  static const std::regex kType(R"re(# TYPE ([a-z_]+) (counter|gauge|histogram))re");
  std::set<std::string> typed;
  std::smatch match;
  const std::vector<std::string> lines = lines_of(answer.body);
  for (const std::string& line : lines) {
    if (std::regex_match(line, match, kType)) {
      EXPECT_TRUE(typed.insert(match[1]).second) << line << " stands twice";
    } else if (!line.starts_with("# HELP ")) {
      ASSERT_TRUE(std::regex_match(line, match, kSample)) << line;
      const std::string name = std::regex_replace(match[1].str(), std::regex("_(bucket|sum|count)$"), "");
      EXPECT_TRUE(typed.contains(name) || typed.contains(match[1])) << line << " has no type before it";
    }
  }
  EXPECT_THAT(lines, Contains("koshi_requests_total{route=\"signIn\",status=\"2xx\"} 1"));
  EXPECT_THAT(lines, Contains("koshi_requests_total{route=\"signIn\",status=\"4xx\"} 1"));
  EXPECT_THAT(lines, Contains("koshi_requests_total{route=\"case\",status=\"4xx\"} 1"));
  EXPECT_THAT(lines, Contains("koshi_requests_total{route=\"none\",status=\"4xx\"} 1"));
  EXPECT_THAT(lines, Contains("koshi_journal_events 2"));
  EXPECT_THAT(lines, Contains("koshi_store_up 1"));
  EXPECT_THAT(lines, Contains("koshi_journal_damaged 0"));
  expect_nobody_in(answer.body);
}

TEST_F(OfficeWatch, MeasuresStandOnAPortOfTheirOwnAlone) {
  EXPECT_EQ(measured("/").status, 404);
  EXPECT_EQ(measured("/api/v1/procedures").status, 404);
  EXPECT_EQ(office_.send("GET", "/metrics").status, 404);
  EXPECT_EQ(office_.send("GET", "/healthz").status, 200);
  EXPECT_EQ(office_.send("GET", "/readyz").status, 200);
}

TEST_F(OfficeWatch, EveryLineOfTheLogIsAnObjectAndOfNobody) {
  work();
  office_.stop();
  std::multiset<std::string> routes;
  for (const std::string& line : lines_of(office_.said())) {
    boost::system::error_code error;
    const json::value value = json::parse(line, error);
    ASSERT_FALSE(error) << line;
    const json::object& object = value.as_object();
    EXPECT_TRUE(std::regex_match(std::string(object.at("time").as_string()), std::regex(R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)")))
        << line;
    ASSERT_THAT(std::string(object.at("event").as_string()), AnyOf("request", "stopping")) << line;
    if (object.at("event").as_string() != "request") continue;
    routes.insert(std::string(object.at("route").as_string()) + " " + std::to_string(object.at("status").as_int64()));
  }
  for (const char* said : {"signIn 200", "signIn 401", "openCase 201", "case 200", "case 401", "casePage 303"})
    EXPECT_THAT(routes, Contains(said));
  expect_nobody_in(office_.said());
}

}  // namespace
}  // namespace koshi
