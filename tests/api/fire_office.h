#pragma once

#include <sys/resource.h>

#include <array>
#include <atomic>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "office/demo/test_clock.h"
#include "office/ledger/ledger.h"
#include "office/people/account.h"
#include "office/people/random.h"
#include "process.h"
#include "socket_client.h"
#include "store/test_postgres.h"
#include "store/test_store.h"
#include "walks.h"

/// An office under fire: the real server, killed and started again, with applicants who write down what it acknowledged.
namespace koshi {

/// One request as it was sent, and what came back. It may be sent again as it is: its key makes it the same act.
struct Act {
  std::string key = {}, target = {}, type = {}, body = {};
  int status = 0;  ///< 0: nothing came back
  std::string case_id = {};
  int64_t version = 0;
  uint64_t sequence = 0;  ///< of its event, from the header that names the receipt
  bool repeated = false;
};

/// Speaks HTTP on one connection as long as it lives.
class ActClient {
 public:
  ActClient(uint16_t port, std::string token) : client_(port), token_(std::move(token)) {}

  /// False: the connection is gone, and nobody knows what became of the act.
  bool send(Act& act) {
    client_.send("POST " + act.target + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token_ +
                 "\r\nContent-Type: " + act.type + "\r\nIdempotency-Key: " + act.key +
                 "\r\nContent-Length: " + std::to_string(act.body.size()) + "\r\n\r\n" + act.body);
    if (!client_.read_response(std::chrono::milliseconds(60'000))) return false;
    act.status = client_.status();
    const std::string head = client_.received().substr(0, client_.received().find("\r\n\r\n"));
    act.repeated = head.find("\r\nKoshi-Repeated: true") != std::string::npos;
    const size_t receipt = head.find("\r\nKoshi-Receipt: ");
    if (receipt != std::string::npos) act.sequence = std::stoull(head.substr(receipt + 17));
    if (act.status == 200 || act.status == 201) {
      act.case_id = between(client_.body(), R"("id":")", "\"");
      act.version = std::atoll(between(client_.body(), R"("version":)", ",}").c_str());
    }
    body_ = client_.body();
    return true;
  }
  const std::string& body() const { return body_; }

 private:
  static std::string between(const std::string& text, std::string_view before, const char* ends) {
    const size_t at = text.find(before);
    EXPECT_NE(at, std::string::npos) << before << " in " << text.substr(0, 400);
    const size_t begin = at + before.size();
    return at == std::string::npos ? "" : text.substr(begin, text.find_first_of(ends, begin) - begin);
  }

  SocketClient client_;
  std::string token_, body_;
};

/// What all applicants know together.
struct Known {
  std::mutex mutex;
  std::vector<Act> acknowledged;         ///< since the last start
  std::vector<Act> open;                 ///< sent, and nothing came back
  std::map<std::string, int64_t> cases;  ///< version of each case, as it was last acknowledged
  int64_t submitted = 0;                 ///< cases, each with a hold of two places
  uint64_t total = 0;
};

inline constexpr char kFireQuota[] = "permits/2025/KZ-75/second";
inline constexpr int64_t kFirePlaces = 2;  ///< of one application

class FireOffice : public testing::TestWithParam<store::Engine> {
 protected:
  void SetUp() override {
    keys_ = (folder_ / "keys").string();
    data_ = (folder_ / "office").string();
    if (GetParam() == store::Engine::kPostgres) {
      auto made = store::TestPostgres::shared().make_database();
      ASSERT_TRUE(made.has_value()) << made.error().message;
      data_ = *made;
    }
    std::filesystem::create_directories(keys_);
    set_clock();
    make_party();
  }

  /// The office's day is in March 2025.
  void set_clock() {
    const int shift = parse_date("2025-03-20")->days - office::office_day(office::system_clock_ms()).days;
    ASSERT_TRUE(office::write_test_clock(keys_, shift).has_value());
    shift_ms_ = int64_t{shift} * 86'400'000;
  }
  /// An employer who is signed in, and places to apply for.
  void make_party() {
    beside([&](office::House& house) {
      const std::string hash = house.passwords().hash("correct horse battery").value();
      const people::NewAccount account{"steppe", "Steppe", hash, "en", {{"employer", "123456789012", false}}};
      const auto made = house.store().write([&](store::Transaction& t) { return people::create_account(t, account, house.now_ms()); });
      ASSERT_TRUE(made.has_value() && made->has_value());
      store::must(house.store().write(
          [&](store::Transaction& t) { return ledger::allot(t, kFireQuota, 1'000'000, {"import", "the quota of the year", 1}); }));
      token_ = house.sign_ins().sign_in("steppe", "correct horse battery", "", house.now_ms()).value().value().token;
    });
  }

  /// The office, opened by the test for a moment: nobody else may have its files open when the server is killed.
  void beside(const std::function<void(office::House&)>& work) const {
    const auto clock = [this] { return office::system_clock_ms() + shift_ms_; };
    auto house = office::House::open({data_, keys_, clock, people::system_random(), people::kCheapCost}, office::LoadedLaw::real());
    ASSERT_TRUE(house.has_value()) << house.error();
    work(**house);
  }

  std::vector<std::string> serve_words() const { return {"serve", "--data", data_, "--keys", keys_, "--pace", "1000000"}; }
  void start() {
    server_ = std::make_unique<Process>(serve_words());
    port_ = port_of(server_->line());
    ASSERT_NE(port_, 0) << server_->errors();
  }
  int command(std::vector<std::string> arguments, std::string* said = nullptr) const {
    for (const std::string& place : {std::string("--data"), data_, std::string("--keys"), keys_}) arguments.push_back(place);
    Process process(arguments);
    std::string out;
    for (std::string line = process.line(); !line.empty(); line = process.line()) out += line + "\n";
    out += process.errors();
    if (said != nullptr) *said = out;
    return process.wait();
  }

  /// Applicants until the server no longer answers, or `enough` of them are told to stop.
  void apply(int applicants, const std::function<void()>& meanwhile) {
    stopping_ = false;
    std::vector<std::jthread> threads;
    for (int i = 0; i < applicants; ++i) threads.emplace_back([this] { applicant(); });
    meanwhile();
    stopping_ = true;
  }

  Act act(const std::string& target, std::string body, std::string type = "application/json") {
    return {"key-" + std::to_string(++keys_given_), target, std::move(type), std::move(body)};
  }

  /// One application after another; what it knows is what was acknowledged.
  void applicant() {
    ActClient client(port_, token_);
    while (!stopping_) {
      Act opened = act("/api/v1/cases", R"({"procedure":"work_permit"})");
      if (!done(client, opened, 201)) return;
      const std::string path = "/api/v1/cases/" + opened.case_id;
      Act given = act(path + "/facts", at(opened.version, kFacts));
      if (!done(client, given)) return;
      int64_t version = given.version;
      for (const char* kind : kDocuments) {
        Act attached = act(path + "/documents?kind=" + kind + "&name=a.pdf&version=" + std::to_string(version), pdf(opened.case_id + kind),
                           "application/pdf");
        if (!done(client, attached)) return;
        version = attached.version;
      }
      Act submitted = act(path + "/actions/submit", at(version, "{}"));
      if (!done(client, submitted)) return;
    }
  }
  /// False: nobody knows, or the database did not answer; the act is kept to be sent again.
  bool done(ActClient& client, Act& act, int status = 200) {
    const bool answered = client.send(act);
    const std::lock_guard lock(known_.mutex);
    if (!answered || act.status == 503) {
      known_.open.push_back(act);
      return false;
    }
    EXPECT_EQ(act.status, status) << act.target << " " << client.body().substr(0, 2000);
    if (act.status != status) return false;
    take(act);
    return true;
  }
  void take(const Act& act) {
    known_.acknowledged.push_back(act);
    known_.cases[act.case_id] = act.version;
    if (act.target.ends_with("/submit")) ++known_.submitted;
    ++known_.total;
  }

  /// What was not answered is sent again, with the same key: now it is done, once.
  void settle() {
    ActClient client(port_, token_);
    for (Act act : std::exchange(known_.open, {})) {
      ASSERT_TRUE(client.send(act)) << act.target;
      ASSERT_TRUE(act.status == 200 || act.status == 201) << act.target << " " << act.status << " " << client.body().substr(0, 2000);
      take(act);
    }
  }
  /// What was acknowledged is answered alike when it comes again.
  void expect_repeated() {
    ActClient client(port_, token_);
    for (const Act& done : std::exchange(known_.acknowledged, {})) {
      Act again = done;
      ASSERT_TRUE(client.send(again)) << done.target;
      EXPECT_TRUE(again.repeated) << done.target;
      EXPECT_EQ(again.status, done.status) << client.body().substr(0, 2000);
      EXPECT_EQ(again.sequence, done.sequence) << done.target;
      EXPECT_EQ(again.case_id, done.case_id);
      sequences_[done.sequence] = done.case_id;
    }
  }
  /// In the database: each acknowledged act in its place, each case with as many events as its version says, nothing else, and the ledger
  /// holds what was submitted.
  void expect_exactly_once() {
    beside([&](office::House& house) {
      std::map<std::string, int64_t> events;
      std::map<uint64_t, std::string> places;
      store::must(house.store().read([&](store::Reader& reader) {
        return reader.each("SELECT sequence, case_id FROM journal_event ORDER BY sequence", {}, [&](const store::Row& row) {
          ++events[std::string(row.text(1))];
          places[static_cast<uint64_t>(row.integer(0))] = row.text(1);
          return store::StoreResult<void>();
        });
      }));
      EXPECT_EQ(events, known_.cases);
      for (const auto& [sequence, id] : sequences_) EXPECT_EQ(places[sequence], id) << sequence;
      const auto balances = house.desk().balances(kFireQuota);
      ASSERT_TRUE(balances.has_value() && balances->size() == 1);
      EXPECT_EQ(balances->front().held, kFirePlaces * known_.submitted);
    });
  }

  static std::string at(int64_t version, const std::string& facts) {
    return R"({"version":)" + std::to_string(version) + R"(,"facts":)" + facts + "}";
  }
  static std::string pdf(const std::string& what) {
    return "%PDF-1.7\n1 0 obj << /Type /Catalog /Title (" + what + ") >> endobj\ntrailer << /Root 1 0 R >>\nstartxref\n0\n%%EOF\n";
  }

  static constexpr std::array kDocuments{"application",         "worker_data",   "employer_letter",
                                         "education_documents", "local_content", "passport_copy"};
  static constexpr char kFacts[] =
      R"({"category":"second","sector":"F","occupation":"2142","region":"KZ-75","headcount":2,"term_months":12,
"territories":1,"employer.name":"Steppe Build LLP","employer.kind":"company","employer.size":"large","employer.citizens_upper":20,
"employer.foreigners_upper":1,"workers":[
{"person":{"full_name":"A B","nationality":"TR","passport_number":"U1"},"qualification":"engineer"},
{"person":{"full_name":"C D","nationality":"TR","passport_number":"U2"},"qualification":"engineer"}]})";

  store::TestFolder folder_;
  std::string data_, keys_, token_;
  int64_t shift_ms_ = 0;
  std::unique_ptr<Process> server_;
  uint16_t port_ = 0;
  Known known_;
  std::map<uint64_t, std::string> sequences_;  ///< case of each acknowledged event
  std::atomic<bool> stopping_ = false;
  std::atomic<uint64_t> keys_given_ = 0;
};

}  // namespace koshi
