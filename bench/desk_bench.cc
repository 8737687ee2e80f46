/// The desk: durable acts per second beside the very statements that it issues, replayed by the bare C interfaces; what an open case costs
/// to show; a page of a queue among many cases.
///
///   desk_bench [APPLICATIONS [CASES [ENGINE [CALLERS]]]]     acts of so many applications (1000) in each contest; a queue among so many
///                                                            cases (1,000,000; 0: none); on "sqlite" or "postgres" only; by 1 or 64
///
/// An application is six acts: opened, filled in, a document attached, submitted with a reservation on one hot account, granted, paid. The
/// desk's statements, those of its looks before each write among them, are recorded from one run with all their values, and replayed on a
/// new database: "bare single" commits after each act, "bare grouped" once for 64. Both have durability on, and decide, sign and hash
/// nothing. Cases of the queue are rows that were written into the projections, spread over 20 regions.
#include <pthread.h>
#include <stdlib.h>
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <thread>

#include "bare.h"
#include "base/check.h"
#include "office/desk/desk.h"
#include "office/desk/test_law.h"
#include "office/ledger/ledger.h"
#include "store/test_postgres.h"

namespace koshi::office {
namespace {

using Steady = std::chrono::steady_clock;

constexpr int kManyCallers = 64;
constexpr int kRounds = 5;
constexpr int64_t kNowMs = 1'768'453'200'000;
constexpr size_t kActsOfOne = 6;

/// Of this process.
double cpu_seconds() {
  rusage usage{};
  CHECK(::getrusage(RUSAGE_SELF, &usage) == 0);
  const auto seconds = [](const timeval& time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6; };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double seconds_since(Steady::time_point begin) {
  return std::chrono::duration<double>(Steady::now() - begin).count();
}

/// An office whose ids are the same in every run.
class Office {
 public:
  explicit Office(store::Store& store)
      : compiled_(zan::compile({{"law.zan", kTestLaw}}, {})),
        library_(compiled_.corpus),
        words_(words::Words::load(KOSHI_SOURCE_DIR "/words", "none", compiled_.corpus).value()),
        journal_(journal::Journal::create(journal::SigningKey::create("office.example", journal::Seed{7}).value()).value()) {
    CHECK(!zan::has_errors(compiled_.diagnostics));
    const auto random = [this](std::span<std::byte> bytes) {
      for (std::byte& byte : bytes) byte = std::byte((state_ = state_ * 6364136223846793005u + 1442695040888963407u) >> 56);
    };
    auto desk = Desk::open({.store = store,
                            .journal = journal_,
                            .law = {compiled_.corpus, library_, words_},
                            .clock = [] { return kNowMs; },
                            .random = random,
                            .further_steps = {}});
    CHECK(desk.has_value());
    desk_ = std::move(*desk);
  }
  Desk& desk() { return *desk_; }

 private:
  zan::Compilation compiled_;
  zan::ProgramLibrary library_;
  words::Words words_;
  journal::Journal journal_;
  uint64_t state_ = 1;
  std::unique_ptr<Desk> desk_;
};

void allot(store::Store& store) {
  CHECK(store.write([](store::Transaction& transaction) {
    return ledger::allot(transaction, "permits/2026/KZ-75", 1'000'000, {"import", "bench", kNowMs});
  }));
}

Case must(const Done& done) {
  CHECK(done.has_value());
  return done->item;
}

Actor employer(const std::string& bin) {
  return {.account = "e" + bin, .role = "employer", .scope = "\"" + bin + "\"", .language = words::Language::kEn};
}
const Actor kAkimat{.account = "officer", .role = "akimat", .scope = "\"KZ-75\"", .language = words::Language::kEn};
const Actor kTreasury{.account = "cashier", .role = "treasury", .scope = std::nullopt, .language = words::Language::kEn};

/// All six acts; `acted` after each.
template <typename Acted>
Case apply_for(Desk& desk, int number, Acted acted) {
  const std::string bin = std::to_string(100'000'000'000 + number);
  const auto by = [&](const Actor& actor, const char* step) { return Request{actor, std::to_string(number) + step}; };
  const auto done = [&](const Done& result) {
    acted();
    return must(result);
  };
  DocumentEntry document;
  document.kind = "passport";
  document.file_name = "passport.pdf";
  document.media_type = "application/pdf";
  Case item = done(desk.open_case(by(employer(bin), "a"), "work_permit"));
  item = done(desk.give_facts(by(employer(bin), "b"), item.id, item.version,
                              R"({"region":"KZ-75","headcount":2,"employer":{"name":"Zher LLP","barred_until":null}})"));
  item = done(desk.attach_document(by(employer(bin), "c"), item.id, item.version, document, std::string(2000, 'd') + bin));
  item = done(desk.act(by(employer(bin), "d"), item.id, item.version, "submit"));
  item = done(desk.act(by(kAkimat, "e"), item.id, item.version, "grant", R"({"fits":true})"));
  return done(desk.act(by(kTreasury, "f"), item.id, item.version, "pay"));
}

double desk_rate(Desk& desk, int applications, int callers) {
  static std::atomic<int> number = 1'000'000;
  std::atomic<int> left = applications;
  const auto begin = Steady::now();
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < callers; ++i) {
      threads.emplace_back([&] {
        ::pthread_setname_np(::pthread_self(), "caller");  // so that a profile tells who works
        while (left-- > 0) apply_for(desk, number++, [] {});
      });
    }
  }
  return static_cast<double>(applications) * kActsOfOne / seconds_since(begin);
}

/// A new database with the tables and the quota.
template <typename NewAddress>
std::pair<std::string, std::unique_ptr<store::Store>> new_office(const NewAddress& new_address) {
  std::string address = new_address();
  auto store = store::open_store(address);
  CHECK(store.has_value());
  const Office tables(**store);
  allot(**store);
  return {std::move(address), std::move(*store)};
}

/// What the acts of one caller come to; `alone` as RecordingStore says.
template <typename NewAddress>
std::vector<ActStatements> recorded(int applications, const NewAddress& new_address, bool alone) {
  Recorder recorder;
  const auto [address, store] = new_office(new_address);
  RecordingStore recording(*store, recorder, alone);
  Office office(recording);
  recorder.end_act();  // what opening said is nobody's act
  for (int i = 0; i < applications; ++i) apply_for(office.desk(), i, [&] { recorder.end_act(); });
  return {recorder.acts().begin() + 1, recorder.acts().end()};
}

double statements_of_one(const std::vector<ActStatements>& acts) {
  size_t statements = 0;
  for (const ActStatements& act : acts) statements += act.size();
  return static_cast<double>(statements) / static_cast<double>(acts.size());
}

/// Acts per second, and what the processor did for one.
struct Rate {
  double per_second = 0, cpu_us = 0;
};

template <typename Run>
Rate measured(size_t acts, const Run& run) {
  const double before = cpu_seconds();
  const double per_second = run();
  return {per_second, (cpu_seconds() - before) * 1e6 / static_cast<double>(acts)};
}

/// The rates one by one: the middle of each.
Rate median(std::vector<Rate> rates) {
  const auto middle = [&](double Rate::* member) {
    std::ranges::sort(rates, {}, member);
    return rates[rates.size() / 2].*member;
  };
  return {middle(&Rate::per_second), middle(&Rate::cpu_us)};
}

/// Rounds alternate, so that other load on the machine meets both alike.
template <typename Bare, typename NewAddress>
void contest(const char* title, int applications, const std::vector<int>& all_callers, const NewAddress& new_address) {
  std::printf("\n%s, durable acts/s, medians of %d rounds\n", title, kRounds);
  for (const int callers : all_callers) {
    const size_t group = callers == 1 ? 1 : kManyCallers;
    const std::vector<ActStatements> acts = recorded(applications, new_address, callers == 1);
    std::vector<Rate> bare, ours;
    std::vector<double> ratios;
    for (int round = 0; round < kRounds; ++round) {
      {
        const auto [address, store] = new_office(new_address);
        Bare connection(address);
        bare.push_back(measured(acts.size(), [&] { return bare_rate(connection, acts, group); }));
      }
      const auto [address, store] = new_office(new_address);
      Office office(*store);
      ours.push_back(measured(acts.size(), [&] { return desk_rate(office.desk(), applications, callers); }));
      ratios.push_back(ours.back().per_second / bare.back().per_second);
    }
    std::ranges::sort(ratios);
    const Rate one = median(ours), other = median(bare);
    std::printf(
        "  desk, %2d callers %9.0f   bare, commits of %2zu acts %9.0f   ratio %.2f (%.2f to %.2f)   %.1f statements   CPU of an act, us: "
        "desk "
        "%.0f, bare %.0f\n",
        callers, one.per_second, group, other.per_second, ratios[ratios.size() / 2], ratios.front(), ratios.back(), statements_of_one(acts),
        one.cpu_us, other.cpu_us);
  }
}

template <typename Work>
double median_ms(int times, const Work& work) {
  std::vector<double> all;
  for (int i = 0; i < times; ++i) {
    const auto begin = Steady::now();
    work();
    all.push_back(seconds_since(begin) * 1000);
  }
  std::ranges::sort(all);
  return all[all.size() / 2];
}

void add_rows(store::Store& store, int64_t first, int64_t count) {
  CHECK(store.write([&](store::Transaction& transaction) -> StoreResult<int> {
    for (int64_t n = first; n < first + count; ++n) {
      const std::string id = "Q" + std::to_string(n);
      const std::string due = format_date(Date{20500 + static_cast<int32_t>(n * 7919 % 400)});
      const char* state = n % 10 == 0 ? "examined" : n % 10 < 6 ? "in_force" : "expired";
      const int stage = n % 10 < 6 ? 1 : 2;
      TRY_DO(transaction.execute(
          "INSERT INTO desk_case (id, procedure, state, stage, opened_by, version, opened, filed, due, due_order, clock_day, title,"
          " first_sequence, last_sequence, body) VALUES ($1, 'work_permit', $2, $3, $4, 6, '2026-01-15', '2026-01-15', $5, $6, $7,"
          " 'Zher LLP', $8, $9, '{}')",
          {id, state, stage, "e" + std::to_string(n % 50'000), due, due, due, n, n}));
      TRY_DO(
          transaction.execute("INSERT INTO desk_scope (case_id, role, value, procedure, state, stage, due_order, first_sequence)"
                              " VALUES ($1, 'akimat', $2, 'work_permit', $3, $4, $5, $6)",
                              {id, "\"KZ-" + std::to_string(10 + n % 20) + "\"", state, stage, due, n}));
    }
    return 0;
  }));
}

void show_pages(Desk& desk, int64_t cases) {
  const auto page_ms = [&](CaseFilter filter) { return median_ms(21, [&] { CHECK(desk.list(filter).has_value()); }); };
  const std::optional<std::string> region = "\"KZ-15\"";
  std::printf(
      "  queue page of 50 among %lld cases, ms: region by due %.2f, its examined %.2f, newest of all %.2f, all by due %.2f,"
      " all expired by due %.2f, one account %.2f\n",
      static_cast<long long>(cases), page_ms({.role = "akimat", .scope = region, .by_due = true}),
      page_ms({.state = "examined", .role = "akimat", .scope = region, .by_due = true}), page_ms({}), page_ms({.by_due = true}),
      page_ms({.state = "expired", .by_due = true}), page_ms({.account = "e77"}));
  CasePage page = desk.list({.role = "akimat", .scope = region, .by_due = true}).value();
  for (int i = 0; i < 200 && !page.next.empty(); ++i) {
    page = desk.list({.role = "akimat", .scope = region, .by_due = true, .after = page.next}).value();
  }
  std::printf("  the same region, 200 pages on %.2f ms\n",
              page_ms({.role = "akimat", .scope = region, .by_due = true, .after = page.next}));
}

template <typename NewAddress>
void look(int64_t cases, const NewAddress& new_address) {
  const auto [address, store] = new_office(new_address);
  Office office(*store);
  const Case item = apply_for(office.desk(), 1, [] {});
  const double show = median_ms(201, [&] { CHECK(office.desk().show(kAkimat, item.id).has_value()); });
  const double view = median_ms(201, [&] { CHECK(office.desk().view(kAkimat, item).has_value()); });
  const double look = median_ms(201, [&] { CHECK(office.desk().record_view(kAkimat, item.id, "work on the case").has_value()); });
  const double timeline = median_ms(201, [&] { CHECK(office.desk().timeline(kAkimat, item.id).has_value()); });
  std::printf("  an open case, ms: show %.2f, view %.2f, timeline %.2f, the look kept durably %.2f\n", show, view, timeline, look);
  constexpr int64_t kAtOnce = 10'000;
  for (int64_t done = 0; done < cases; done += kAtOnce) add_rows(*store, 1000 + done, std::min(kAtOnce, cases - done));
  show_pages(office.desk(), cases);
}

void run_sqlite(int applications, int64_t cases, const std::vector<int>& callers) {
  std::string name = (std::filesystem::temp_directory_path() / "koshi_desk_bench_XXXXXX").string();
  CHECK(::mkdtemp(name.data()) != nullptr);
  int count = 0;
  const auto new_file = [&] { return name + "/" + std::to_string(++count) + ".db"; };
  contest<BareSqlite>("SQLite, WAL, synchronous FULL", applications, callers, new_file);
  if (cases > 0) look(cases, new_file);
  std::filesystem::remove_all(name);
}

void run_postgres(int applications, int64_t cases, const std::vector<int>& callers) {
  const auto new_database = [] { return store::TestPostgres::shared().make_database().value(); };
  contest<BarePostgres>("PostgreSQL, synchronous_commit on, UNIX socket", applications, callers, new_database);
  if (cases > 0) look(cases, new_database);
}

}  // namespace
}  // namespace koshi::office

int main(int argc, char** argv) {
  const int applications = argc > 1 ? std::atoi(argv[1]) : 1000;
  const int64_t cases = argc > 2 ? std::atoll(argv[2]) : 1'000'000;
  const std::string_view engine = argc > 3 ? argv[3] : "";
  const std::vector<int> callers = argc > 4 ? std::vector{std::atoi(argv[4])} : std::vector{1, koshi::office::kManyCallers};
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  if (engine != "postgres") koshi::office::run_sqlite(applications, cases, callers);
  if (engine != "sqlite") koshi::office::run_postgres(applications, cases, callers);
}
