#include <boost/json.hpp>

#include "http/office/test_schema.h"
#include "process.h"
#include "socket_client.h"
#include "store/test_postgres.h"
#include "store/test_store.h"
#include "walk_door.h"

/// The procedures of the law walked over HTTP, with the real program. All walks are told in one office, day by day; it is closed for each
/// night, since an office reads its clock when it opens.
///
///   SQLite      every procedure whose party signs in: the full path, and misuse with its status
///   PostgreSQL  the full paths that need no other day than kPostgresDays: each further day costs a start of the server
///
/// Left out: the paths "refused" and "lapsed", and on PostgreSQL misuse and the paths with days of their own. walks_test.cc plays all of
/// them at the desk, on both engines. Nobody signs in over HTTP here, as each hash of a password takes half a second and everybody would
/// sign in anew each day; the sessions are opened beside the server, in its database, by the same password (office_http_test.cc signs in
/// over HTTP). The clock's sweep of a day is done in the same way; walks_case_test.cc does it by command.
namespace koshi::office {
namespace {

namespace json = boost::json;
using store::Engine;

constexpr char kPassword[] = "correct horse battery";
constexpr std::chrono::milliseconds kAnswerMax{60'000};
constexpr int64_t kDayMs = 86'400'000;
constexpr std::string_view kPostgresDays[] = {"2026-01-12", "2026-03-02", "2026-03-04", "2026-03-16", "2026-04-06"};
constexpr size_t kPostgresStoriesMin = 21;

class HttpDoor : public Door {
 public:
  HttpDoor(std::string data, std::filesystem::path keys) : data_(std::move(data)), keys_(std::move(keys)) {
    const auto now = [this] { return system_clock_ms() + shift_ms_; };
    auto house = House::open({data_, keys_, now, people::system_random(), people::kCheapCost}, LoadedLaw::real());
    EXPECT_TRUE(house.has_value()) << house.error();
    beside_ = std::move(*house);
  }
  ~HttpDoor() override { close(); }

  void close() {
    if (!server_) return;
    server_->signal(SIGTERM);
    EXPECT_EQ(server_->wait(), 0) << server_->errors();
    server_.reset();
  }

  void on(Date day) override {
    close();
    set_test_day(keys_, day);
    shift_ms_ = int64_t{read_test_clock(keys_).value().value()} * kDayMs;
    sweep();
    server_ = std::make_unique<Process>(std::vector<std::string>{"serve", "--data", data_, "--keys", keys_.string()});
    port_ = port_of(server_->line());
    ASSERT_NE(port_, 0) << server_->errors();
    tokens_.clear();
    if (!check_) check_ = std::make_unique<http::AnswerCheck>(send("GET", "/openapi.json", "", "").body);
  }
  void command(std::vector<std::string> arguments) {
    for (const std::string& part : {std::string("--data"), data_, std::string("--keys"), keys_.string()}) arguments.push_back(part);
    Process process(arguments);
    const std::string errors = process.errors();
    EXPECT_EQ(process.wait(), 0) << arguments[1] << ": " << errors;
  }

  Reply open(const std::string& who, const std::string& procedure) override {
    return reply_of(post(who, "/api/v1/cases", R"({"procedure":")" + procedure + "\"}"));
  }
  Reply show(const std::string& who, const DoorCase& item) override { return reply_of(send("GET", path(who, item, ""), bearer(who), "")); }
  Reply give(const std::string& who, const DoorCase& item, const std::string& facts) override {
    return reply_of(post(who, path(who, item, "/facts"), at_version(item, facts)));
  }
  Reply act(const std::string& who, const DoorCase& item, const std::string& action, const std::string& facts) override {
    return reply_of(post(who, path(who, item, "/actions/" + action), at_version(item, facts)));
  }
  Reply attach(const std::string& who, const DoorCase& item, const std::string& kind) override {
    const std::string target = "/api/v1/cases/" + item.id + "/documents?kind=" + kind + "&name=" + kind +
                               ".txt&version=" + std::to_string(item.version) + role(who, "&");
    return reply_of(send("POST", target, bearer(who) + "Content-Type: text/plain\r\n", "For trying out: " + kind + "\n"));
  }

 private:
  struct Answer {
    int status = 0;
    std::string type, body;
  };

  static std::string login(const std::string& who) { return who.substr(0, who.find('/')); }
  static std::string role(const std::string& who, const std::string& sign) {
    const size_t slash = who.find('/');
    return slash == std::string::npos ? "" : sign + "as=" + who.substr(slash + 1);
  }
  static std::string path(const std::string& who, const DoorCase& item, const std::string& below) {
    return "/api/v1/cases/" + item.id + below + role(who, "?");
  }
  static std::string at_version(const DoorCase& item, const std::string& facts) {
    return R"({"version":)" + std::to_string(item.version) + R"(,"facts":)" + facts + "}";
  }

  /// Several times: what a deadline leads to may have one that has passed as well.
  void sweep() {
    for (size_t acted = 1; acted > 0;) {
      const auto swept = beside_->desk().sweep();
      ASSERT_TRUE(swept.has_value());
      acted = *swept;
    }
  }

  /// What comes back is held against the interface's own description.
  Answer send(const std::string& method, const std::string& target, const std::string& headers, const std::string& body) {
    SocketClient client(port_);
    client.send(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers +
                (method == "GET" ? "" : "Content-Length: " + std::to_string(body.size()) + "\r\n") + "\r\n" + body);
    EXPECT_TRUE(client.read_to_end(kAnswerMax)) << target;
    const std::string head = client.received().substr(0, client.received().find("\r\n\r\n"));
    const size_t type = head.find("\r\nContent-Type: ");
    Answer answer{client.status(), type == std::string::npos ? "" : head.substr(type + 16, head.find("\r\n", type + 16) - type - 16),
                  client.body()};
    if (!check_) return answer;
    EXPECT_THAT(check_->mistakes(method, target.substr(0, target.find('?')), answer.status, answer.type, answer.body), testing::IsEmpty())
        << method << " " << target << "\n"
        << answer.body.substr(0, 1000);
    return answer;
  }
  std::string bearer(const std::string& who) {
    std::string& token = tokens_[login(who)];
    if (token.empty()) {
      const auto signed_in = beside_->sign_ins().sign_in(login(who), kPassword, "", beside_->now_ms());
      EXPECT_TRUE(signed_in.has_value() && signed_in->has_value()) << who;
      if (signed_in && *signed_in) token = (*signed_in)->token;
    }
    return "Authorization: Bearer " + token + "\r\n";
  }
  Answer post(const std::string& who, const std::string& target, const std::string& body) {
    return send("POST", target, bearer(who) + "Content-Type: application/json\r\n", body);
  }

  /// All that a refusal says, as it stands in its JSON.
  static std::string texts_of(const json::value& value) {
    if (value.is_string()) return std::string(value.as_string()) + "\n";
    std::string all;
    if (const json::object* object = value.if_object()) {
      for (const auto& [name, member] : *object) all += texts_of(member);
    }
    if (const json::array* array = value.if_array()) {
      for (const json::value& member : *array) all += texts_of(member);
    }
    return all;
  }

  static Reply reply_of(const Answer& answer) {
    Reply reply;
    reply.said = std::to_string(answer.status) + " " + answer.body;
    if (answer.type.find("json") == std::string::npos) return reply;
    const json::value value = json::parse(answer.body);
    if (answer.status == 200 || answer.status == 201) {
      const json::value& item = value.at("case");
      reply.kind = Reply::Kind::kDone;
      reply.id = item.at("id").as_string();
      reply.state = item.at("state").as_string();
      reply.version = item.at("version").as_int64();
      const json::value* due = value.as_object().if_contains("due");
      reply.due = due == nullptr ? "none" : std::string(due->at("last_day").as_string());
      return reply;
    }
    reply.said = texts_of(value);
    const json::value* refusal = value.as_object().if_contains("refusal");
    const std::string kind = refusal != nullptr && refusal->is_string() ? std::string(refusal->as_string()) : "";
    // What was not asked, and a value that contradicts the facts, are one kind to programs.
    if (kind == "bad_facts") {
      reply.kind = Reply::Kind::kRefused;
    } else if (answer.status == 403 || answer.status == 404 || (answer.status == 409 && kind != "no_places")) {
      reply.kind = Reply::Kind::kMisuse;
    } else if (answer.status == 422 || answer.status == 409) {
      reply.kind = Reply::Kind::kLaw;
    }
    return reply;
  }

  std::string data_;
  std::filesystem::path keys_;
  int64_t shift_ms_ = 0;
  std::unique_ptr<House> beside_;  ///< the same office, opened by the test
  std::unique_ptr<Process> server_;
  uint16_t port_ = 0;
  std::unique_ptr<http::AnswerCheck> check_;
  std::map<std::string, std::string> tokens_;
};

/// Stories none of whose full paths needs another day than these.
std::vector<Step> steps_of_postgres() {
  std::vector<Step> steps = steps_of_accounts({"full"});
  std::set<std::string> told, long_ones;
  for (const Step& step : steps) {
    told.insert(story_of(step));
    if (std::ranges::find(kPostgresDays, format_date(step.day)) == std::end(kPostgresDays)) long_ones.insert(story_of(step));
  }
  EXPECT_GE(told.size() - long_ones.size(), kPostgresStoriesMin);
  std::erase_if(steps, [&](const Step& step) { return long_ones.contains(story_of(step)); });
  return steps;
}

class WalksOverHttp : public testing::TestWithParam<Engine> {};

TEST_P(WalksOverHttp, GoAsTheLawSays) {
  const store::TestFolder folder;
  std::string data = (folder / "office").string();
  if (GetParam() == Engine::kPostgres) data = store::TestPostgres::shared().make_schema().value();
  make_walk_office(data, folder / "keys", kPassword);
  HttpDoor door(data, folder / "keys");
  DoorWalker walker(door);
  EXPECT_EQ(walker.play(GetParam() == Engine::kSqlite ? steps_of_accounts({"full", "misuse"}) : steps_of_postgres()), "");
  RecordProperty("steps", static_cast<int>(walker.played()));
  door.close();
  door.command({"office", "verify"});
}

INSTANTIATE_TEST_SUITE_P(Engines, WalksOverHttp, testing::Values(Engine::kSqlite, Engine::kPostgres),
                         [](const auto& one) { return one.param == Engine::kSqlite ? "sqlite" : "postgres"; });

}  // namespace
}  // namespace koshi::office
