/// The rush: everybody signs in and applies when the quota opens, three for each place. See bench/rush.sh, which makes the office, starts
/// the server and calls these.
///
///   rush prepare DATABASE PEOPLE SEATS COST      accounts with one password, hashed at COST (moderate, interactive, least), and the quota
///   rush run PORT PEOPLE SEATS SECONDS CLIENTS   the rush, evenly over so many seconds; then as many bare answers at the same rate
///
/// A person signs in, opens an application, fills it in, attaches six documents and submits; who finds no place left submits without one,
/// which is to wait for one. Exit status 1 when anything was lost, a place was oversold or left, an answer was an error of the server, or
/// somebody got a place who came after one who got none, by the numbers of their receipts.
#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "../tests/api/socket_client.h"
#include "office/ledger/ledger.h"
#include "office/people/account.h"
#include "office/people/password.h"
#include "office/people/random.h"
#include "store/store.h"

namespace koshi {
namespace {

using Steady = std::chrono::steady_clock;
using std::chrono::microseconds;

constexpr char kPassword[] = "correct horse battery";
constexpr char kQuota[] = "permits/2025/KZ-75/second";
constexpr std::array kDocuments{"application", "worker_data", "employer_letter", "education_documents", "local_content", "passport_copy"};
constexpr char kFacts[] =
    R"({"category":"second","sector":"F","occupation":"2142","region":"KZ-75","headcount":1,"term_months":12,"territories":1,
"employer.name":"Steppe Build LLP","employer.kind":"company","employer.size":"large","employer.citizens_upper":20,
"employer.foreigners_upper":1,"workers":[{"person":{"full_name":"A B","nationality":"TR","passport_number":"U1"},"qualification":"engineer"}]})";
constexpr char kPdf[] = "%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\nstartxref\n0\n%%EOF\n";

int complain(const std::string& message) {
  std::fprintf(stderr, "%s\n", message.c_str());
  return 2;
}

int prepare(const std::string& database, int people, int seats, const std::string& cost_name) {
  const people::PasswordCost cost = cost_name == "least"         ? people::PasswordCost{2, 19u << 20}
                                    : cost_name == "interactive" ? people::kInteractiveCost
                                                                 : people::kModerateCost;
  auto passwords = people::Passwords::create({.cost = cost}, people::system_random());
  if (!passwords) return complain(passwords.error().message);
  const auto hash = (*passwords)->hash(kPassword);
  auto store = store::open_store(database);
  if (!hash || !store) return complain("no hash, or no database");
  const auto made = (*store)->write([&](store::Transaction& transaction) -> store::StoreResult<void> {
    for (int i = 0; i < people; ++i) {
      const std::string bin = std::to_string(100'000'000'000 + i);
      const people::NewAccount account{"p" + std::to_string(i), "Person " + std::to_string(i), *hash, "en", {{"employer", bin, false}}};
      auto created = people::create_account(transaction, account, 1);
      if (!created) return std::unexpected(created.error());
    }
    auto allotted = ledger::allot(transaction, kQuota, seats, {"import", "the quota of the year", 1});
    return allotted ? store::StoreResult<void>() : std::unexpected(allotted.error());
  });
  return made ? 0 : complain(made.error().message);
}

/// Times of one kind of request, in microseconds.
struct Times {
  std::vector<int64_t> us;

  int64_t at(int percent) {
    if (us.empty()) return 0;
    std::ranges::sort(us);
    return us[std::min(us.size() - 1, us.size() * static_cast<size_t>(percent) / 100)];
  }
};

struct Outcome {
  std::mutex mutex;
  std::map<std::string, Times> times;
  std::map<int, int> statuses;
  std::vector<uint64_t> placed, waiting;  ///< numbers of receipts
  std::vector<std::string> lost;          ///< who came to no end, and why
};

std::string between(const std::string& text, const std::string& before, const std::string& after) {
  const size_t at = text.find(before);
  if (at == std::string::npos) return {};
  const size_t begin = at + before.size();
  return text.substr(begin, text.find_first_of(after, begin) - begin);
}

/// One person, from the sign-in to a place or to the queue.
class Person {
 public:
  Person(uint16_t port, int number, Outcome& outcome) : client_(port), number_(number), outcome_(outcome) {}

  void live() {
    const bool in = ask("sign in", "/api/v1/session", "application/json",
                        R"({"login":"p)" + std::to_string(number_) + R"(","password":")" + kPassword + "\"}");
    token_ = between(client_.body(), R"("token":")", "\"");
    if (!in || token_.empty() || !ask("open", "/api/v1/cases", "application/json", R"({"procedure":"work_permit"})")) return lose();
    path_ = "/api/v1/cases/" + between(client_.body(), R"("id":")", "\"");
    if (!ask("fill in", path_ + "/facts", "application/json", at_version(kFacts))) return lose();
    for (const char* kind : kDocuments) {
      if (!ask("attach", path_ + "/documents?kind=" + kind + "&name=a.pdf&version=" + version_, "application/pdf", kPdf)) return lose();
    }
    if (ask("submit", path_ + "/actions/submit", "application/json", at_version("{}"))) return end(outcome_.placed);
    if (client_.status() != 422) return lose();
    if (ask("wait", path_ + "/actions/submit_without_place", "application/json", at_version("{}"))) return end(outcome_.waiting);
    lose();
  }

 private:
  bool ask(const std::string& kind, const std::string& target, const std::string& type, const std::string& body) {
    const auto begin = Steady::now();
    client_.send("POST " + target + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + type + "\r\nIdempotency-Key: " + kind + version_ +
                 "\r\n" + (token_.empty() ? "" : "Authorization: Bearer " + token_ + "\r\n") +
                 "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    const bool came = client_.read_response(std::chrono::milliseconds(60'000));
    const auto took = std::chrono::duration_cast<microseconds>(Steady::now() - begin).count();
    const int status = came ? client_.status() : 0;
    {
      const std::lock_guard lock(outcome_.mutex);
      outcome_.times[kind].us.push_back(took);
      ++outcome_.statuses[status];
    }
    if (status != 200 && status != 201) return false;
    if (const std::string version = between(client_.body(), R"("version":)", ",}"); !version.empty()) version_ = version;
    return true;
  }
  std::string at_version(const std::string& facts) const { return R"({"version":)" + version_ + R"(,"facts":)" + facts + "}"; }
  void end(std::vector<uint64_t>& where) {
    const std::string number = between(client_.received(), "Koshi-Receipt: ", "\r");
    const std::lock_guard lock(outcome_.mutex);
    where.push_back(std::strtoull(number.c_str(), nullptr, 10));
  }
  void lose() {
    const std::lock_guard lock(outcome_.mutex);
    outcome_.lost.push_back("person " + std::to_string(number_) + ": " + client_.received().substr(0, 600));
  }

  SocketClient client_;
  int number_;
  Outcome& outcome_;
  std::string token_, path_, version_ = "0";
};

/// `count` calls of `work`, evenly over so many seconds, by so many threads; gives how long it took.
template <typename Work>
double spread(int count, double seconds, int threads, const Work& work) {
  std::atomic<int> next = 0;
  const auto begin = Steady::now();
  {
    std::vector<std::jthread> all;
    for (int t = 0; t < threads; ++t) {
      all.emplace_back([&] {
        for (int i = next++; i < count; i = next++) {
          std::this_thread::sleep_until(begin + microseconds(static_cast<int64_t>(seconds * 1e6 * i / count)));
          work(i);
        }
      });
    }
  }
  return std::chrono::duration<double>(Steady::now() - begin).count();
}

/// As many empty answers at the same rate.
Times bare(uint16_t port, int requests, double seconds, int clients) {
  Times times;
  std::mutex mutex;
  spread(requests / 100, seconds, clients, [&](int) {
    SocketClient client(port);
    for (int i = 0; i < 100; ++i) {
      const auto begin = Steady::now();
      client.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
      client.read_response();
      const std::lock_guard lock(mutex);
      times.us.push_back(std::chrono::duration_cast<microseconds>(Steady::now() - begin).count());
    }
  });
  return times;
}

void print(const std::string& name, Times& times) {
  std::printf("  %-10s %7zu   p50 %8.1f ms   p99 %8.1f ms   longest %8.1f ms\n", name.c_str(), times.us.size(),
              static_cast<double>(times.at(50)) / 1e3, static_cast<double>(times.at(99)) / 1e3, static_cast<double>(times.at(100)) / 1e3);
}

/// What must hold, each with whether it does.
bool judge(Outcome& outcome, int people, int seats) {
  bool good = true;
  const auto must = [&](bool holds, const std::string& what) {
    std::printf("  %-4s %s\n", holds ? "yes" : "NO", what.c_str());
    good = good && holds;
  };
  int errors = outcome.statuses[0];
  for (const auto& [status, count] : outcome.statuses) errors += status >= 500 ? count : 0;
  std::set<uint64_t> numbers(outcome.placed.begin(), outcome.placed.end());
  numbers.insert(outcome.waiting.begin(), outcome.waiting.end());
  must(errors == 0, "no answer was an error of the server, or none (" + std::to_string(errors) + ")");
  must(outcome.lost.empty() && numbers.size() == static_cast<size_t>(people), "everybody has a receipt with a number of his own");
  must(outcome.placed.size() == static_cast<size_t>(std::min(seats, people)), "as many have a place as there were");
  const bool fair =
      outcome.placed.empty() || outcome.waiting.empty() || std::ranges::max(outcome.placed) < std::ranges::min(outcome.waiting);
  must(fair, "nobody got a place after the first who found none");
  for (size_t i = 0; i < std::min<size_t>(3, outcome.lost.size()); ++i) std::printf("  %s\n", outcome.lost[i].c_str());
  return good;
}

int run(uint16_t port, int people, int seats, double seconds, int clients) {
  Outcome outcome;
  const double took = spread(people, seconds, clients, [&](int i) { Person(port, i, outcome).live(); });
  size_t requests = 0;
  for (const auto& [kind, times] : outcome.times) requests += times.us.size();
  std::printf("%d people for %d places, over %.0f s, took %.1f s: %.1f people/s (1/%.1f of 23,000 in five minutes), %.0f requests/s\n",
              people, seats, seconds, took, people / took, 23'000.0 / 300.0 / (people / took), static_cast<double>(requests) / took);
  for (auto& [kind, times] : outcome.times) print(kind, times);
  Times empty = bare(port, static_cast<int>(requests), took, clients);
  print("bare", empty);
  return judge(outcome, people, seats) ? 0 : 1;
}

}  // namespace
}  // namespace koshi

int main(int count, char** words) {
  const std::string what = count > 1 ? words[1] : "";
  if (what == "prepare" && count == 6) return koshi::prepare(words[2], std::atoi(words[3]), std::atoi(words[4]), words[5]);
  if (what == "run" && count == 7) {
    return koshi::run(static_cast<uint16_t>(std::atoi(words[2])), std::atoi(words[3]), std::atoi(words[4]), std::atof(words[5]),
                      std::atoi(words[6]));
  }
  return koshi::complain("usage: rush prepare DATABASE PEOPLE SEATS COST | rush run PORT PEOPLE SEATS SECONDS CLIENTS");
}
