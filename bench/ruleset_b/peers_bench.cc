#include <stdlib.h>
#include <sys/stat.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <functional>

#include "hand.h"
#include "sql_people.h"

/// Rule set (b) by our columns, by hand in C++, and by the databases that its text is written for as SQL, in one run over the same people:
/// the first rows of them, as many as each can be given time for. Every way's checksums are compared with the expected ones.
///
///   peers_bench [rows] [rows of DuckDB] [of PostgreSQL] [of SQLite] [rounds]      (5000000 1000000 200000 200000 3)
///
/// DuckDB: (cd bench/peers && npm ci).
namespace koshi::ruleset_b {
namespace {

using Clock = std::chrono::steady_clock;

struct Way {
  std::string name;
  int64_t rows = 0;
  std::function<void()> run;
  std::vector<double> seconds;
  double rate() const {
    std::vector<double> sorted = seconds;
    std::ranges::sort(sorted);
    return static_cast<double>(rows) / sorted[sorted.size() / 2];
  }
};

[[noreturn]] void stop(const std::string& why) {
  std::fprintf(stderr, "\n%s\n", why.c_str());
  std::exit(1);
}

/// Sizes without known checksums are only timed.
void hold(const std::string& name, Variant variant, int64_t rows, const Checksums& got) {
  const Checksums* wanted = expected(variant, rows);
  if (wanted != nullptr && !(got == *wanted)) stop("WRONG CHECKSUMS: " + name + ": " + format(got) + ", wanted " + format(*wanted));
}

/// The columns reader with its outputs.
struct Columns {
  Columns(zan::ProgramLibrary& library, const People& people, const zan::ColumnQuestion& asked)
      : program(std::move(*zan::ColumnProgram::compile(library, people.population(library.corpus()), asked))),
        outputs(std::move(*program.make_outputs())) {}
  void run(int threads) {
    zan::RunOptions options;
    options.threads = threads;
    CHECK(program.run(outputs, options).has_value());
  }
  zan::ColumnProgram program;
  zan::Outputs outputs;
};

class Bench {
 public:
  explicit Bench(int rounds)
      : corpus_(std::move(*read_law(std::string(KOSHI_SOURCE_DIR) + "/bench/ruleset_b"))), library_(corpus_), rounds_(rounds) {
    folder_ = (std::filesystem::temp_directory_path() / "koshi_peers_XXXXXX").string();
    if (::mkdtemp(folder_.data()) == nullptr || ::chmod(folder_.c_str(), 0755) != 0) stop("no temporary folder");
  }
  Bench(const Bench&) = delete;
  Bench& operator=(const Bench&) = delete;
  ~Bench() { std::filesystem::remove_all(folder_); }

  void add_memory(int64_t rows) {
    people_ = std::make_unique<People>(std::move(*make_people(rows)));
    zan::ColumnQuestion asked = question(corpus_, Variant::kBase, false);
    rules_ = std::make_unique<Columns>(library_, *people_, asked);
    own_ = std::make_unique<Columns>(library_, *people_, question(corpus_, Variant::kOwnDays, false));
    asked.deciding = false;
    bare_ = std::make_unique<Columns>(library_, *people_, asked);
    hand_ = std::make_unique<ByHand<int64_t>>(*people_);
    for (const int threads : {1, 2}) {
      const std::string of = ", " + std::to_string(threads) + (threads == 1 ? " thread" : " threads");
      ways_.push_back({"by hand in C++, ten outputs" + of, rows, [this, threads] { hand_->run(threads); }, {}});
      ways_.push_back({"columns, ten outputs" + of, rows, [this, threads] { bare_->run(threads); }, {}});
      ways_.push_back({"columns, ten outputs and deciding rules" + of, rows, [this, threads] { rules_->run(threads); }, {}});
      ways_.push_back({"columns, each by the law of their own day" + of, rows, [this, threads] { own_->run(threads); }, {}});
    }
    hand_->run(1);
    rules_->run(2);
    own_->run(2);
    hand_->compare(corpus_, rules_->program, rules_->outputs);
    hold("columns", Variant::kBase, rows, checksums(corpus_, rules_->program, rules_->outputs, 0));
    hold("columns", Variant::kOwnDays, rows, checksums(corpus_, own_->program, own_->outputs, 0));
  }

  void add_engine(Result<std::unique_ptr<engine::Engine>> made, int64_t rows,
                  const std::vector<std::pair<std::string, std::string>>& settings) {
    if (rows == 0) return;
    if (!made) stop(made.error().message);
    engine::Engine& engine = *engines_.emplace_back(std::move(*made));
    std::fprintf(stderr, "\rfilling %s with %lld people …\n", engine.name().c_str(), static_cast<long long>(rows));
    const auto people = make_people(rows);
    if (const auto done = load(engine, corpus_, *people, folder_); !done) stop(engine.name() + ": " + done.error().message);
    for (const auto& [label, setting] : settings) {
      add_query(engine, rows, label, setting, "ten outputs", {Variant::kBase, false, false});
      add_query(engine, rows, label, setting, "ten outputs and deciding rules", {Variant::kBase, true, false});
      add_query(engine, rows, label, setting, "ten outputs, every value checked", {Variant::kBase, false, true});
      add_query(engine, rows, label, setting, "the draft", {Variant::kDraft, false, false});
      add_query(engine, rows, label, setting, "each by the law of their own day", {Variant::kOwnDays, false, false});
    }
  }

  void run() {
    const size_t steps = ways_.size() * static_cast<size_t>(rounds_ + 1);
    size_t step = 0;
    for (int round = -1; round < rounds_; ++round) {
      for (Way& way : ways_) {
        std::fprintf(stderr, "\r%3zu %%  %-70s", 100 * step++ / steps, way.name.c_str());
        const auto start = Clock::now();
        way.run();
        const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
        if (round >= 0) way.seconds.push_back(seconds);  // the first round only warms up
      }
    }
    std::fprintf(stderr, "\r%80s\r", "");
    print();
  }

 private:
  void add_query(engine::Engine& engine, int64_t rows, const std::string& label, const std::string& setting, const std::string& what,
                 const SqlRun& run) {
    const std::string name = engine.name() + label + ", " + what, query = checksum_query(library_, engine.dialect(), run);
    const Variant variant = run.variant;
    ways_.push_back({name,
                     rows,
                     [&engine, setting, query, name, variant, rows] {
                       if (!setting.empty()) CHECK(engine.run(setting).has_value());
                       const auto sums = checksums(engine, query);
                       if (!sums) stop(name + ": " + sums.error().message);
                       hold(name, variant, rows, *sums);
                     },
                     {}});
  }

  void print() const {
    double load[1] = {0};
    CHECK(::getloadavg(load, 1) == 1);
    std::printf("Rule set (b), median of %d rounds, load %.1f; all checksums as expected\n", rounds_, load[0]);
    std::printf("%-70s %10s %14s %12s\n", "way", "people", "M persons/s", "columns are");
    const double ours = ways_[2].rate();  // columns with deciding rules, one thread
    for (const Way& way : ways_)
      std::printf("%-70s %10lld %14.3f %11.1fx\n", way.name.c_str(), static_cast<long long>(way.rows), way.rate() / 1e6, ours / way.rate());
  }

  zan::Corpus corpus_;
  zan::ProgramLibrary library_;
  int rounds_;
  std::string folder_;
  std::unique_ptr<People> people_;
  std::unique_ptr<Columns> rules_, bare_, own_;
  std::unique_ptr<ByHand<int64_t>> hand_;
  std::vector<std::unique_ptr<engine::Engine>> engines_;
  std::vector<Way> ways_;
};

}  // namespace
}  // namespace koshi::ruleset_b

int main(int count, char** arguments) {
  using namespace koshi;
  const auto number = [&](int at, int64_t instead) { return count > at ? std::atoll(arguments[at]) : instead; };
  ruleset_b::Bench bench(static_cast<int>(number(5, 3)));
  bench.add_memory(number(1, 5'000'000));
  const int64_t duckdb = number(2, 1'000'000), postgres = number(3, 200'000), sqlite = number(4, 200'000);
  if (duckdb > 0) bench.add_engine(engine::make_duckdb(2), duckdb, {{", 1 thread", "SET threads = 1"}, {", 2 threads", "SET threads = 2"}});
  if (postgres > 0) {
    bench.add_engine(
        engine::make_postgres(), postgres,
        {{", 1 process", "SET max_parallel_workers_per_gather = 0"}, {", up to 3 processes", "SET max_parallel_workers_per_gather = 2"}});
  }
  if (sqlite > 0) bench.add_engine(engine::make_sqlite(), sqlite, {{"", ""}});
  bench.run();
  return 0;
}
