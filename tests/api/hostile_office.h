#pragma once

#include <gmock/gmock.h>

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "office/people/account.h"
#include "office/people/random.h"
#include "process.h"
#include "socket_client.h"
#include "store/test_store.h"
#include "walks.h"

/// The real program with an office of its own, over the law of the country, as strangers and people of bad faith meet it. It believes that
/// a proxy with TLS stands before it, as it does where it is reached from outside. One for all tests of a run.
namespace koshi {

inline constexpr char kHostilePassword[] = "correct horse battery";
inline constexpr char kHostileCookie[] = "__Host-koshi_session";
inline constexpr std::chrono::milliseconds kHostileMax{60'000};

struct HostileAnswer {
  int status = 0;
  std::string head, body;  ///< the head ends with its last line's end

  std::string header(const std::string& name) const {
    const size_t at = head.find("\r\n" + name + ": ");
    if (at == std::string::npos) return {};
    const size_t begin = at + name.size() + 4;
    return head.substr(begin, head.find("\r\n", begin) - begin);
  }
  /// The value of the first such member of JSON, a text or a number.
  std::string member(const std::string& name) const {
    const size_t at = body.find("\"" + name + "\":");
    if (at == std::string::npos) return {};
    const size_t begin = at + name.size() + 3;
    if (body[begin] != '"') return body.substr(begin, body.find_first_of(",}]", begin) - begin);
    return body.substr(begin + 1, body.find('"', begin + 1) - begin - 1);
  }
};

class HostileOffice {
 public:
  HostileOffice() {
    const std::string data = (folder_ / "office").string();
    auto house = office::House::open({data, {}, office::system_clock_ms, people::system_random(), people::kCheapCost}, office::LoadedLaw::real());
    EXPECT_TRUE(house.has_value()) << house.error();
    house_ = std::move(*house);
    add("steppe", {{"employer", "123456789012", false}});
    add("rival", {{"employer", "222222222222", false}});
    add("almaty", {{"akimat", "KZ-75", false}});
    add("guessed", {{"employer", "333333333333", false}});
    add("writer", party_roles());
    server_ = std::make_unique<Process>(std::vector<std::string>{"serve", "--data", data, "--behind-tls", "--password-cost", "least"});
    port_ = port_of(server_->line());
    EXPECT_NE(port_, 0) << server_->errors();
  }
  ~HostileOffice() {
    server_->signal(SIGTERM);
    EXPECT_EQ(server_->wait(), 0) << server_->errors();
    house_.reset();
    Process verify({"office", "verify", "--data", (folder_ / "office").string()});
    EXPECT_EQ(verify.wait(), 0) << verify.errors();
  }

  uint16_t port() const { return port_; }
  const Process& server() const { return *server_; }
  office::House& house() { return *house_; }

  /// A session that was opened beside the server.
  const std::string& token(const std::string& login) {
    std::string& token = tokens_[login];
    if (token.empty()) token = house_->sign_ins().sign_in(login, kHostilePassword, "", house_->now_ms()).value().value().token;
    return token;
  }

  static HostileAnswer send_to(uint16_t port, const std::string& method, const std::string& target, const std::string& headers,
                               const std::string& body) {
    SocketClient client(port);
    const std::string length = body.empty() && method == "GET" ? "" : "Content-Length: " + std::to_string(body.size()) + "\r\n";
    client.send(method + " " + target + " HTTP/1.1\r\nHost: koshi.example\r\nConnection: close\r\n" + headers + length + "\r\n" + body);
    EXPECT_TRUE(client.read_to_end(kHostileMax)) << method << " " << target;
    const size_t end = client.received().find("\r\n\r\n");
    return {client.status(), client.received().substr(0, end == std::string::npos ? end : end + 2), client.body()};
  }

 private:
  void add(const std::string& login, std::vector<people::RoleGrant> roles) {
    const std::string hash = house_->passwords().hash(kHostilePassword).value();
    const people::NewAccount account{login, "Name of " + login, hash, "en", std::move(roles)};
    const auto made = house_->store().write([&](store::Transaction& t) { return people::create_account(t, account, house_->now_ms()); });
    EXPECT_TRUE(made.has_value() && made->has_value()) << login;
  }
  /// Every role of a party that anybody of the walks has, with the scope that he has it in.
  static std::vector<people::RoleGrant> party_roles() {
    std::map<std::string, people::RoleGrant> grants;
    for (const office::DemoLogin& one : office::walk_people()) {
      for (const people::RoleGrant& grant : one.roles) {
        if (is_party(grant.role)) grants.emplace(grant.role, grant);
      }
    }
    std::vector<people::RoleGrant> all;
    for (auto& [role, grant] : grants) all.push_back(grant);
    return all;
  }
  static bool is_party(const std::string& name) {
    for (const zan::Procedure& procedure : office::LoadedLaw::real().corpus.procedures) {
      const int32_t role = procedure.find_role(name);
      if (role != zan::kNoId && procedure.roles[static_cast<size_t>(role)].kind == zan::Role::Kind::kParty) return true;
    }
    return false;
  }

  store::TestFolder folder_;
  std::unique_ptr<office::House> house_;
  std::unique_ptr<Process> server_;
  uint16_t port_ = 0;
  std::map<std::string, std::string> tokens_;
};

class Hostile : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    if (!office_) office_ = std::make_unique<HostileOffice>();
  }

  static HostileAnswer send(const std::string& method, const std::string& target, const std::string& headers = {},
                            const std::string& body = {}) {
    return HostileOffice::send_to(office_->port(), method, target, headers, body);
  }
  static std::string bearer(const std::string& login) { return "Authorization: Bearer " + office_->token(login) + "\r\n"; }
  static std::string cookie(const std::string& login) {
    return std::string("Cookie: ") + kHostileCookie + "=" + office_->token(login) + "\r\n";
  }
  static HostileAnswer get(const std::string& login, const std::string& target) { return send("GET", target, bearer(login)); }
  static HostileAnswer post(const std::string& login, const std::string& target, const std::string& json) {
    return send("POST", target, bearer(login) + "Content-Type: application/json\r\n", json);
  }
  /// A draft of a permit to employ; its number.
  static std::string open_permit(const std::string& login) {
    const HostileAnswer opened = post(login, "/api/v1/cases", R"({"procedure":"work_permit"})");
    EXPECT_EQ(opened.status, 201) << opened.body;
    return opened.member("id");
  }
  static std::string version(const std::string& login, const std::string& id) { return get(login, "/api/v1/cases/" + id).member("version"); }
  static int64_t number(const std::string& sql, store::Params params = {}) {
    return store::must(office_->house().store().read([&](store::Reader& reader) -> store::StoreResult<int64_t> {
      auto rows = reader.query(sql, params);
      if (!rows) return std::unexpected(std::move(rows.error()));
      return (*rows)[0].integer(0);
    }));
  }
  /// Of all acts so far.
  static int64_t events() { return number("SELECT count(*) FROM journal_event"); }

  static inline std::unique_ptr<HostileOffice> office_;  ///< of all suites; ends after the last

 private:
  friend struct HostileEnd;
};

struct HostileEnd : testing::Environment {
  void TearDown() override { Hostile::office_.reset(); }
};
inline testing::Environment* const kHostileEnd = testing::AddGlobalTestEnvironment(new HostileEnd);

}  // namespace koshi
