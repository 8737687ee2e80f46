#include "seeds.h"

#include "base/check.h"
#include "store/postgres.h"

namespace koshi::simulation {
namespace {

// CASE keeps the order: nobody else is ended.
constexpr std::string_view kEnd =
    "SELECT count(*) FROM pg_stat_activity WHERE CASE WHEN pid = $1 THEN pg_terminate_backend(pid, 10000) ELSE false END";

}  // namespace

Seeds::Seeds(store::Engine engine) : engine_(engine) {
  std::filesystem::create_directories(folder_ / "9");
  if (engine_ == store::Engine::kPostgres) admin_ = store::must(store::connect_postgres(store::TestPostgres::shared().url("postgres")));
}
Seeds::~Seeds() = default;

/// Returns when the server's process is gone, so that what comes next finds it so.
void Seeds::sever(store::Transaction& transaction) {
  const auto mine = transaction.query("SELECT pg_backend_pid()");
  if (!mine) return;  // broken already
  store::Rows rows;
  store::RowSink sink(rows);
  const store::Value pid((*mine)[0].integer(0));
  store::must(admin_->run(kEnd, std::span(&pid, 1), &sink));
}

Outcome Seeds::run(uint64_t seed, Planted planted, std::ostream* trace, bool faults) {
  Options options{.setting = {.engine = engine_, .address = (folder_ / ".").parent_path().string(), .seed = seed, .planted = planted},
                  .faults = faults,
                  .trace = trace};
  if (engine_ == store::Engine::kPostgres) {
    auto made = store::TestPostgres::shared().make_schema();
    CHECK(made.has_value());
    options.setting.address = *made;
    options.sever = [this](store::Transaction& transaction) { sever(transaction); };
  }
  return simulate(options, law_.law());
}

std::string Seeds::command(store::Engine engine, uint64_t seed, Planted planted) {
  std::string text = "office_simulation --seeds " + std::to_string(seed);
  if (engine == store::Engine::kPostgres) text += " --postgres";
  if (planted != Planted::kNone) text += " --planted " + std::string(name_of(planted));
  return text + " --trace";
}

void Totals::add(const Outcome& outcome) {
  ++runs;
  failed += outcome.findings.empty() ? 0 : 1;
  sum.rounds += outcome.rounds;
  for (const auto figure :
       {&Outcome::orders, &Outcome::sent, &Outcome::acknowledged, &Outcome::refused, &Outcome::failed, &Outcome::unheard, &Outcome::events,
        &Outcome::clock_events, &Outcome::checks, &Outcome::writes, &Outcome::grouped, &Outcome::faults, &Outcome::kills,
        &Outcome::power_losses, &Outcome::disk_faults, &Outcome::clock_jumps, &Outcome::openings}) {
    sum.*figure += outcome.*figure;
  }
}

std::string Totals::told() const {
  const auto of = [](const char* what, int64_t count) { return std::to_string(count) + " " + what; };
  return of("runs, ", runs) + of("failed; ", failed) + of("rounds, ", sum.rounds) + of("orders sent ", sum.orders) +
         of("times: ", sum.sent) + of("acknowledged, ", sum.acknowledged) + of("refused, ", sum.refused) + of("failed, ", sum.failed) +
         of("unheard; ", sum.unheard) + of("events, ", sum.events) + of("of them the clock's; ", sum.clock_events) +
         of("writes, ", sum.writes) + of("of them in another's group; ", sum.grouped) + of("planned faults, ", sum.faults) +
         of("servers killed, ", sum.kills) + of("losses of power, ", sum.power_losses) + of("faults of the disk, ", sum.disk_faults) +
         of("clocks turned, ", sum.clock_jumps) + of("openings; ", sum.openings) + of("checks", sum.checks);
}

}  // namespace koshi::simulation
