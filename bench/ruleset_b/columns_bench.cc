#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <thread>

#include "base/check.h"
#include "checksums.h"
#include "hand.h"
#include "people.h"

/// Rule set (b) in columns beside the same rules written by hand, in one run: the ways take turns, so that a machine that slows down slows
/// all of them, and the medians are compared.
///
///   columns_bench [rows] [rounds] [way]      (5 million, 15, all ways; else those whose name has these words and what they are compared
///   with)
namespace koshi::ruleset_b {
namespace {

using Clock = std::chrono::steady_clock;

struct Way {
  std::string name;
  int threads = 1;
  std::function<void()> run;
  size_t beside = 0;  ///< the way it is compared with
  std::vector<double> seconds, cpu_seconds;
  static double median(std::vector<double> of) {
    std::ranges::sort(of);
    return of[of.size() / 2];
  }
};

/// Of all threads.
double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// A compiled question with its outputs.
struct Columns {
  Columns(zan::ProgramLibrary& library, const People& people, const zan::ColumnQuestion& asked)
      : program(make(library, people, asked)), outputs(std::move(*program.make_outputs())) {}

  static zan::ColumnProgram make(zan::ProgramLibrary& library, const People& people, const zan::ColumnQuestion& asked) {
    const zan::Population population = people.population(library.corpus());
    const auto start = Clock::now();
    auto made = zan::ColumnProgram::compile(library, population, asked);
    if (!made) {
      for (const std::string& problem : made.error()) std::fprintf(stderr, "%s\n", problem.c_str());
      std::exit(1);
    }
    const double ms = std::chrono::duration<double, std::milli>(Clock::now() - start).count();
    std::printf("compiled in %.1f ms: %zu instructions, %zu output columns of %zu bytes a row\n", ms, made->instructions(), made->outputs(),
                made->row_bytes());
    return std::move(*made);
  }

  void run(int threads, zan::RunOptions::Bodies bodies = zan::RunOptions::Bodies::kBest) {
    zan::RunOptions options;
    options.threads = threads;
    options.bodies = bodies;
    CHECK(program.run(outputs, options).has_value());
  }

  zan::ColumnProgram program;
  zan::Outputs outputs;
};

void check(const zan::Corpus& corpus, const Columns& columns, Variant variant, int32_t world) {
  const Checksums* wanted = expected(variant, columns.outputs.rows);
  if (wanted == nullptr) return;
  const Checksums got = checksums(corpus, columns.program, columns.outputs, world);
  if (!(got == *wanted)) std::printf("WRONG CHECKSUMS: %s, wanted %s\n", format(got).c_str(), format(*wanted).c_str());
}

void print(const std::vector<Way>& ways, int64_t rows) {
  std::printf("\n%-44s %7s %12s %14s %10s %10s  %s\n", "way", "threads", "M persons/s", "M/CPU second", "time", "CPU time", "of");
  for (const Way& way : ways) {
    const Way& other = ways[way.beside];
    const double wall = Way::median(way.seconds), cpu = Way::median(way.cpu_seconds), millions = static_cast<double>(rows) / 1e6;
    std::printf("%-44s %7d %12.1f %14.1f %9.2fx %9.2fx  %s\n", way.name.c_str(), way.threads, millions / wall, millions / cpu,
                wall / Way::median(other.seconds), cpu / Way::median(other.cpu_seconds), other.name.c_str());
  }
}

/// The ways asked for, and those that they are compared with.
std::vector<Way> chosen(std::vector<Way> ways, const std::string& words) {
  std::vector<bool> taken(ways.size());
  for (size_t i = 0; i < ways.size(); ++i) {
    if (ways[i].name.find(words) != std::string::npos) taken[i] = taken[ways[i].beside] = true;
  }
  std::vector<Way> out;
  for (size_t i = 0; i < ways.size(); ++i) {
    if (!taken[i]) continue;
    ways[i].beside = static_cast<size_t>(std::count(taken.begin(), taken.begin() + static_cast<std::ptrdiff_t>(ways[i].beside), true));
    out.push_back(std::move(ways[i]));
  }
  return out;
}

int bench(int64_t rows, int rounds, const std::string& words) {
  auto corpus = read_law(std::string(KOSHI_SOURCE_DIR) + "/bench/ruleset_b");
  auto people = make_people(rows);
  auto forgetful = make_people(rows);
  CHECK(corpus.has_value() && people.has_value() && forgetful.has_value());
  forget_some(*forgetful);
  zan::ProgramLibrary library(*corpus);
  zan::ColumnQuestion plain = question(*corpus, Variant::kBase, false);
  Columns base(library, *people, plain), both(library, *people, question(*corpus, Variant::kBase, true));
  Columns own(library, *people, question(*corpus, Variant::kOwnDays, false)), missing(library, *forgetful, plain);
  plain.deciding = false;
  Columns bare(library, *people, plain);
  const ByHand<int64_t> hand(*people);
  const ByHand<int32_t> narrow_hand(*people);  // what the columns come to by themselves
  std::vector<Way> ways;
  for (const int threads : {1, 2}) {
    ways.push_back({"by hand, amounts in eight bytes", threads, [&hand, threads] { hand.run(threads); }, ways.size() + 1, {}, {}});
    const size_t first = ways.size();
    ways.push_back({"by hand, amounts in four bytes", threads, [&narrow_hand, threads] { narrow_hand.run(threads); }, first, {}, {}});
    ways.push_back({"columns, ten outputs and deciding rules", threads, [&base, threads] { base.run(threads); }, first, {}, {}});
    ways.push_back({"columns, ten outputs", threads, [&bare, threads] { bare.run(threads); }, first, {}, {}});
    ways.push_back({"columns, AVX2", threads, [&base, threads] { base.run(threads, zan::RunOptions::Bodies::kAvx2); }, first, {}, {}});
    ways.push_back({"columns, law and draft in one pass", threads, [&both, threads] { both.run(threads); }, first + 1, {}, {}});
    ways.push_back({"columns, each by the law of their own day", threads, [&own, threads] { own.run(threads); }, first + 1, {}, {}});
    ways.push_back({"columns, values missing in every column", threads, [&missing, threads] { missing.run(threads); }, first + 1, {}, {}});
  }
  ways = chosen(std::move(ways), words);
  for (int round = -1; round < rounds; ++round) {
    for (Way& way : ways) {
      const auto start = Clock::now();
      const double cpu = cpu_seconds();
      way.run();
      if (round >= 0) way.cpu_seconds.push_back(cpu_seconds() - cpu);
      const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
      if (round >= 0) way.seconds.push_back(seconds);  // the first round only warms up
    }
  }
  print(ways, rows);
  if (!words.empty()) return 0;  // what did not run has no checksums
  check(*corpus, base, Variant::kBase, 0);
  check(*corpus, both, Variant::kDraft, 1);
  check(*corpus, own, Variant::kOwnDays, 0);
  hand.compare(*corpus, base.program, base.outputs);
  narrow_hand.compare(*corpus, base.program, base.outputs);
  return 0;
}

}  // namespace
}  // namespace koshi::ruleset_b

int main(int count, char** arguments) {
  const int64_t rows = count > 1 ? std::atoll(arguments[1]) : 5'000'000;
  const int rounds = count > 2 ? std::atoi(arguments[2]) : 15;
  if (rows < 1 || rounds < 1) {
    std::fprintf(stderr, "columns_bench [rows] [rounds] [way]\n");
    return 2;
  }
  return koshi::ruleset_b::bench(rows, rounds, count > 3 ? arguments[3] : "");
}
