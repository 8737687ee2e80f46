#include <cstdlib>
#include <iostream>
#include <optional>
#include <string>

#include "seeds.h"

/// office_simulation --seeds A..B [--postgres] [--planted NAME] [--trace] [--calm]
///
///   --seeds 7       one run; --seeds 1..10000 many
///   --postgres      on a PostgreSQL server of its own, which is started and ended; else on SQLite and a simulated disk
///   --planted NAME  with a bug in it (planted.h), until a seed finds it
///   --trace         every answer and every fault
///   --calm          no faults
///
/// Ends with 1 when a run has found something, and says which seed and how it is run again.
namespace {

using namespace koshi;
using namespace koshi::simulation;

struct Asked {
  uint64_t first = 1, last = 200;
  store::Engine engine = store::Engine::kSqlite;
  Planted planted = Planted::kNone;
  bool trace = false, calm = false;
};

std::optional<Asked> read(int count, char** words) {
  Asked asked;
  for (int i = 1; i < count; ++i) {
    const std::string word = words[i];
    const std::string next = i + 1 < count ? words[i + 1] : "";
    if (word == "--postgres") {
      asked.engine = store::Engine::kPostgres;
    } else if (word == "--trace") {
      asked.trace = true;
    } else if (word == "--calm") {
      asked.calm = true;
    } else if (word == "--seeds" && !next.empty()) {
      const size_t dots = next.find("..");
      asked.first = asked.last = std::strtoull(next.c_str(), nullptr, 10);
      if (dots != std::string::npos) asked.last = std::strtoull(next.c_str() + dots + 2, nullptr, 10);
      ++i;
    } else if (word == "--planted" && planted_by_name(next)) {
      asked.planted = *planted_by_name(next);
      ++i;
    } else {
      return std::nullopt;
    }
  }
  return asked;
}

}  // namespace

int main(int count, char** words) {
  const auto asked = read(count, words);
  if (!asked) {
    std::cerr << "office_simulation --seeds A..B [--postgres] [--planted NAME] [--trace] [--calm]\n";
    return 2;
  }
  Seeds seeds(asked->engine);
  Totals totals;
  for (uint64_t seed = asked->first; seed <= asked->last; ++seed) {
    const Outcome outcome = seeds.run(seed, asked->planted, asked->trace ? &std::cout : nullptr, !asked->calm);
    totals.add(outcome);
    for (const std::string& finding : outcome.findings) std::cout << "seed " << seed << ": " << finding << "\n";
    if (!outcome.findings.empty()) std::cout << "again by: " << Seeds::command(asked->engine, seed, asked->planted) << std::endl;
    if (!outcome.findings.empty() && asked->planted != Planted::kNone) break;
    if (totals.runs % 500 == 0) std::cout << totals.told() << std::endl;
  }
  std::cout << totals.told() << "\n";
  return totals.failed == 0 ? 0 : 1;
}
