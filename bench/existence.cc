/// Whether the time of an answer tells that a sealed case exists. The real program serves an office with complaints; an officer of the
/// police and one of the neighbouring region's centre, to neither of whom any has come, ask for each of them and for numbers that nobody
/// has, in an order of chance, over one connection.
///
///   existence [ROUNDS [SEED [postgres]]]      each round asks once for every number; 400 and 1 unless said
///
/// For each way of asking it prints the medians and how often a sealed case took longer than nothing: one half means that the time tells
/// nothing, and the interval is what chance alone leaves. Beside it, the same of two sets of numbers that nobody has.
#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <random>
#include <stdexcept>

#include "../tests/api/served_office.h"

namespace koshi {
namespace {

using Steady = std::chrono::steady_clock;

constexpr int kCases = 40;  // fewer than may be opened without an account within a minute

constexpr const char* kAskers[] = {"police", "neighbour"};

struct Way {
  const char* name;
  const char* method;
  const char* before;
  const char* after;
  const char* body;
};
constexpr Way kWays[] = {{"GET the case, by program", "GET", "/api/v1/cases/", "", ""},
                         {"GET with a purpose", "GET", "/api/v1/cases/", "?purpose=curious", ""},
                         {"GET its timeline", "GET", "/api/v1/cases/", "/timeline", ""},
                         {"POST an act", "POST", "/api/v1/cases/", "/actions/record_step", R"({"version":3,"facts":{"reply":"x"}})"},
                         {"GET its page", "GET", "/cases/", "", ""}};

/// What was asked for, and the microseconds of each answer.
struct Group {
  std::vector<std::string> numbers;
  std::vector<double> us;

  double median() {
    const auto middle = us.begin() + std::ssize(us) / 2;
    std::ranges::nth_element(us, middle);
    return *middle;
  }
};

/// How often a time of `a` is longer than one of `b`; equal ones count half (the statistic of Mann and Whitney).
double share_longer(std::vector<double> a, std::vector<double> b) {
  std::ranges::sort(a);
  std::ranges::sort(b);
  double sum = 0;
  for (const double each : a) {
    const auto same = std::ranges::equal_range(b, each);
    sum += static_cast<double>(same.begin() - b.begin()) + static_cast<double>(same.size()) / 2;
  }
  return sum / static_cast<double>(a.size()) / static_cast<double>(b.size());
}
/// Of the statistic, when both come from the same source; 95 of 100 times it is within.
double chance(size_t a, size_t b) {
  return 1.96 * std::sqrt(static_cast<double>(a + b + 1) / (12.0 * static_cast<double>(a) * static_cast<double>(b)));
}

std::string complained(ServedOffice& office) {
  const std::string json = "Content-Type: application/json\r\n";
  const Answer opened = office.send("POST", "/api/v1/keyed-cases", json, R"({"procedure":"complaint"})");
  const std::string id(opened.value.at("case").at("id").as_string());
  const std::string key = "Authorization: Key " + opened.text("key") + "\r\n";
  const Answer filled = office.send("POST", "/api/v1/cases/" + id + "/facts", key + json,
                                    R"({"version":1,"facts":{"region":"KZ-75","told":"No wage since May","wanted":"My wage","named":false,
"housing_bad":false,"employer":{"name":"Stepnoy Karyer"},"person":{"wages_withheld":true,"documents_withheld":false,
"movement_restricted":false,"violence_used":false,"threatened":false,"deceived":false,"debt_bonded":false,"isolated":false,
"overtime_excessive":false,"conditions_abusive":false,"vulnerability_abused":false}}})");
  const std::string version = std::to_string(filled.value.at("case").at("version").as_int64());
  const Answer sent =
      office.send("POST", "/api/v1/cases/" + id + "/actions/submit", key + json, R"({"version":)" + version + R"(,"facts":{}})");
  if (sent.status != 200) throw std::runtime_error("no complaint was filed: " + sent.body);
  return id;
}

/// A number like this one that no case has.
std::string made_up(const std::string& like, std::mt19937_64& chance_of) {
  constexpr std::string_view kLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  std::string number(like.size(), '0');
  for (char& c : number) c = kLetters[chance_of() % kLetters.size()];
  return number;
}

double ask(SocketClient& client, const Way& way, const std::string& number, const std::string& who) {
  const std::string body = way.body;
  const std::string request =
      std::string(way.method) + " " + way.before + number + way.after + " HTTP/1.1\r\nHost: localhost\r\n" + who +
      (body.empty() ? "" : "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n") + "\r\n" + body;
  const auto begin = Steady::now();
  client.send(request);
  const bool came = client.read_response();
  const std::chrono::duration<double, std::micro> took = Steady::now() - begin;
  if (!came || client.status() != 404) throw std::runtime_error(way.name + (" answered " + client.received().substr(0, 300)));
  return took.count();
}

struct Asking {
  const char* login;
  const Way& way;
  int rounds;
};

void measure(ServedOffice& office, const Asking& asking, std::array<Group, 3>& groups, std::mt19937_64& chance_of) {
  const auto& [login, way, rounds] = asking;
  const std::string who = std::string(way.before) == "/cases/" ? office.cookie(login) : office.bearer(login);
  std::vector<std::pair<Group*, const std::string*>> order;
  for (Group& group : groups) {
    group.us.clear();
    for (const std::string& number : group.numbers) order.push_back({&group, &number});
  }
  SocketClient client(office.client().port());
  for (int round = -1; round < rounds; ++round) {  // the first is not counted
    std::ranges::shuffle(order, chance_of);
    for (const auto& [group, number] : order) {
      const double us = ask(client, way, *number, who);
      if (round >= 0) group->us.push_back(us);
    }
  }
  auto& [sealed, nothing, neither] = groups;
  std::printf("%-9s %-26s median %6.1f us sealed, %6.1f us nothing; longer in %.4f of pairs, nothing and nothing %.4f (0.5 +- %.4f)\n",
              login, way.name, sealed.median(), nothing.median(), share_longer(sealed.us, nothing.us), share_longer(neither.us, nothing.us),
              chance(sealed.us.size(), nothing.us.size()));
}

int run(int rounds, uint64_t seed, store::Engine engine) {
  std::mt19937_64 chance_of(seed);
  ServedOffice office(engine);
  office.make();
  office.add_account("police", {"police:KZ-75"});
  office.add_account("neighbour", {"protection_centre:KZ-71"});
  office.on("2026-03-02", {"--pace", "1000000"});
  if (testing::Test::HasFailure()) return 1;
  std::array<Group, 3> groups;
  for (int i = 0; i < kCases; ++i) {
    groups[0].numbers.push_back(complained(office));
    for (Group* none : {&groups[1], &groups[2]}) none->numbers.push_back(made_up(groups[0].numbers[0], chance_of));
  }
  std::printf("%d sealed cases, %d rounds, seed %llu\n", kCases, rounds, static_cast<unsigned long long>(seed));
  for (const char* login : kAskers) {
    for (const Way& way : kWays) measure(office, {login, way, rounds}, groups, chance_of);
  }
  return testing::Test::HasFailure() ? 1 : 0;
}

}  // namespace
}  // namespace koshi

int main(int argc, char** argv) {
  const auto engine = argc > 3 ? koshi::store::Engine::kPostgres : koshi::store::Engine::kSqlite;
  try {  // so that the server is ended, too
    return koshi::run(argc > 1 ? std::atoi(argv[1]) : 400, argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1, engine);
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "%s\n", failure.what());
    return 1;
  }
}
