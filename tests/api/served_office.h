#pragma once

#include <atomic>
#include <fstream>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "http_client.h"
#include "office/demo/test_clock.h"
#include "office/people/account.h"
#include "office/people/random.h"
#include "process.h"
#include "store/test_postgres.h"
#include "store/test_store.h"
#include "walks.h"

/// An office for trials, with its people, served by the real program on either engine. Its clock can be set while the server is down.
///
/// What costs time and is tested elsewhere is done beside the server, in its database: accounts are made and sessions opened by this
/// process, with cheap hashes of the password, since a hash as the program makes it takes half a second. enrol() and sign_in() do the same
/// by command and over HTTP, as people do.
namespace koshi {

class ServedOffice {
 public:
  static constexpr char kPassword[] = "correct horse battery";

  explicit ServedOffice(store::Engine engine) : engine_(engine), keys_(path("keys")), data_(path("office")) {}
  ServedOffice(const ServedOffice&) = delete;
  ServedOffice& operator=(const ServedOffice&) = delete;
  ~ServedOffice() { stop(); }

  void make() {
    if (engine_ == store::Engine::kPostgres) {
      auto made = store::TestPostgres::shared().make_schema();
      ASSERT_TRUE(made.has_value()) << made.error().message;
      data_ = *made;
    }
    std::filesystem::create_directories(keys_);
    const auto clock = [this] { return office::system_clock_ms() + shift_ms_; };
    auto house = office::House::open({data_, keys_, clock, people::system_random(), people::kCheapCost}, office::LoadedLaw::real());
    ASSERT_TRUE(house.has_value()) << house.error();
    beside_ = std::move(*house);
    ASSERT_TRUE(office::write_test_clock(keys_, 0).has_value());
    hash_ = beside_->passwords().hash(kPassword).value();
    write("password", std::string(kPassword) + "\n");
  }

  /// Roles as the command takes them: "akimat:KZ-75", or "ministry" for everywhere.
  void add_account(const std::string& login, const std::vector<std::string>& roles) {
    people::NewAccount account{login, "Name of " + login, hash_, "en", {}};
    for (const std::string& role : roles) account.roles.push_back(grant_of(role));
    const auto made = beside_->store().write(
        [&](store::Transaction& transaction) { return people::create_account(transaction, account, beside_->now_ms()); });
    ASSERT_TRUE(made.has_value() && made->has_value()) << login;
  }
  static people::RoleGrant grant_of(const std::string& role) {
    const size_t colon = role.find(':');
    const bool everywhere = colon == std::string::npos;
    return {role.substr(0, colon), everywhere ? "" : role.substr(colon + 1), everywhere};
  }
  /// By command, with the password at its full cost.
  void enrol(const std::string& login, const std::vector<std::string>& roles) {
    std::vector<std::string> add = {"office", "account", "add", login, "--name", "Name of " + login, "--password-file", path("password")};
    for (const std::string& role : roles) add.insert(add.end(), {"--role", role});
    command(add);
  }

  /// The office opens on this day; `more` are further options of the server.
  void on(const std::string& day, const std::vector<std::string>& more = {}) {
    stop();
    const auto today = office::office_day(office::system_clock_ms());
    const int shift = parse_date(day)->days - today.days;
    ASSERT_TRUE(office::write_test_clock(keys_, shift).has_value());
    shift_ms_ = int64_t{shift} * 86'400'000;
    std::vector<std::string> options{"serve", "--data", data_, "--keys", keys_, "--password-cost", "least"};
    options.insert(options.end(), more.begin(), more.end());
    server_ = std::make_unique<Process>(std::move(options));
    const uint16_t port = port_of(server_->line());
    ASSERT_NE(port, 0) << server_->errors();
    client_.emplace(port);
    client_->check_answers();
    tokens_.clear();
  }
  void stop() {
    if (!server_) return;
    server_->signal(SIGTERM);
    said_ = server_->errors();
    EXPECT_EQ(server_->wait(), 0) << said_;
    server_.reset();
  }
  /// What the server that was stopped last had written on standard error.
  const std::string& said() const { return said_; }

  /// What it printed. No status: any.
  std::string command(std::vector<std::string> arguments, std::optional<int> status = 0) const {
    for (const std::string& place : {std::string("--data"), data_, std::string("--keys"), keys_}) arguments.push_back(place);
    Process process(arguments);
    std::string out;
    for (std::string line = process.line(); !line.empty(); line = process.line()) out += line + "\n";
    const std::string errors = process.errors();
    const int ended = process.wait();
    if (status) {
      EXPECT_EQ(ended, *status) << arguments[0] << " " << arguments[1] << ": " << errors;
    }
    return out + errors;
  }

  Answer send(const std::string& method, const std::string& target, const std::string& headers = {}, const std::string& body = {}) const {
    return client_->send(method, target, headers, body);
  }
  /// Over HTTP, as people do.
  void sign_in(const std::string& login) {
    const Answer answer = send("POST", "/api/v1/session", "Content-Type: application/json\r\n",
                               R"({"login":")" + login + R"(","password":")" + kPassword + "\"}");
    EXPECT_EQ(answer.status, 200) << login << answer.body;
    tokens_[login] = answer.text("token");
  }
  const std::string& token(const std::string& login) {
    std::string& token = tokens_[login];
    if (token.empty()) {
      const auto signed_in = beside_->sign_ins().sign_in(login, kPassword, "", beside_->now_ms());
      EXPECT_TRUE(signed_in.has_value() && signed_in->has_value()) << login;
      if (signed_in && *signed_in) token = (*signed_in)->token;
    }
    return token;
  }
  std::string bearer(const std::string& login) { return "Authorization: Bearer " + token(login) + "\r\n"; }
  std::string cookie(const std::string& login) { return "Cookie: koshi_session=" + token(login) + "\r\n"; }

  std::string path(const std::string& name) const { return (folder_ / name.c_str()).string(); }
  void write(const std::string& name, const std::string& text) const { std::ofstream(path(name)) << text; }
  office::House& beside() { return *beside_; }
  const HttpClient& client() const { return *client_; }
  Process& server() { return *server_; }

 private:
  store::TestFolder folder_;
  const store::Engine engine_;
  std::string keys_, data_, hash_, said_;
  std::atomic<int64_t> shift_ms_ = 0;
  std::unique_ptr<office::House> beside_;  ///< the same office, opened by the test
  std::unique_ptr<Process> server_;
  std::optional<HttpClient> client_;
  std::map<std::string, std::string> tokens_;
};

}  // namespace koshi
