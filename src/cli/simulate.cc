#include <fmt/core.h>

#include <algorithm>

#include "base/file.h"
#include "base/text.h"
#include "cli/law.h"
#include "observatory/simulate/tell.h"
#include "observatory/tables/population_file.h"

/// `koshi simulate`: a population under the law and under reforms of it.
namespace koshi::cli {
namespace {

using observatory::SimulationQuestion;

/// All that are asked, each once.
std::vector<std::string> names_of(const SimulateOptions& options) {
  std::vector<std::string> names;
  for (const auto* list : {&options.norms, &options.pays, &options.gets}) {
    for (const std::string& name : *list) {
      if (std::ranges::count(names, name) == 0) names.push_back(name);
    }
  }
  return names;
}

/// Every name that the law does not know, told together.
std::optional<SimulationQuestion> resolve(const Law& law, const SimulateOptions& options) {
  SimulationQuestion out;
  out.on = today();
  out.by = options.by;
  out.missing_is_unknown = options.missing_is_unknown;
  bool good = true;
  const auto say = [&](const std::string& problem) {
    complain(problem);
    good = false;
  };
  if (!options.on.empty()) {
    const auto on = parse_date(options.on);
    if (!on) say("--on is no date: " + options.on);
    out.on = on.value_or(out.on);
  }
  const std::vector<std::string> names = names_of(options);
  if (names.empty()) say("name a norm, such as job.permit_required; `koshi norms` lists them");
  for (const std::string& name : names) {
    const zan::NormId norm = law.corpus().find_norm(name);
    if (norm == zan::kNoId) {
      say("the law has no norm `" + name + "`; `koshi norms` lists them");
      continue;
    }
    const zan::EntityId entity = law.corpus().norms[static_cast<size_t>(norm)].entity;
    if (entity == zan::kNoId) say("`" + name + "` is the same for everybody; `koshi ask` answers it");
    if (out.norms.empty()) out.entity = entity;
    if (entity != out.entity) say("`" + name + "` is asked of something else than `" + names.front() + "`; simulate them apart");
    out.norms.push_back(norm);
    const bool pays = std::ranges::count(options.pays, name) > 0, gets = std::ranges::count(options.gets, name) > 0;
    const bool is_money = law.corpus().norms[static_cast<size_t>(norm)].type.kind == zan::Kind::kMoney;
    if ((pays || gets) && !is_money) say("`" + name + "` is no amount of money");
    if (pays) out.pays.push_back(norm);
    if (gets) out.gets.push_back(norm);
  }
  for (const std::string& set : options.reforms) {
    auto& world = out.reforms.emplace_back();
    for (const std::string_view name : split(set, '+')) {
      const zan::ReformId reform = law.corpus().find_reform(name);
      if (reform == zan::kNoId) say("the law has no reform `" + std::string(name) + "`; `koshi reforms` lists them");
      world.push_back(reform);
    }
  }
  return good ? std::optional(std::move(out)) : std::nullopt;
}

/// Rewrites one line of standard error while it is a terminal's; says nothing into a file.
std::function<void(int64_t)> progress_bar(int64_t rows, bool wanted) {
  if (!wanted || rows < observatory::kProgressRowsMin) return {};
  return [rows](int64_t done) { fmt::print(stderr, "\r{:>3} %", done * 100 / rows); };
}

/// The files that were asked for.
Result<void> write_files(const SimulateOptions& options, const observatory::Told& told) {
  using Tell = std::string (*)(const observatory::Told&);
  const std::pair<const std::filesystem::path&, Tell> files[] = {{options.csv, observatory::simulation_csv},
                                                                 {options.changes, observatory::changes_csv},
                                                                 {options.json, observatory::simulation_json},
                                                                 {options.svg, observatory::simulation_svg}};
  for (const auto& [path, tell] : files) {
    if (!path.empty()) TRY_DO(write_file(path, tell(told)));
  }
  return {};
}

}  // namespace

int run_simulate(const SimulateOptions& options) {
  const auto law = load_law(options.folders);
  if (!law) return kBadInput;
  const auto question = resolve(*law, options);
  if (!question) return kBadInput;
  const auto loaded = observatory::load_population(law->corpus(), options.population);
  if (!loaded) {
    for (const std::string& problem : loaded.error()) complain(problem);
    return kBadInput;
  }
  const zan::Table* table = loaded->population.find(question->entity);
  zan::RunOptions run;
  run.threads = options.threads;
  run.progress = progress_bar(table == nullptr ? 0 : table->rows, options.progress);
  const auto simulation = observatory::simulate(law->library, loaded->population, *question, run);
  if (run.progress) fmt::print(stderr, "\n");
  if (!simulation) {
    bool is_missing = false;
    for (const std::string& problem : simulation.error()) {
      complain(problem);
      is_missing |= problem.starts_with("no column for ");
    }
    if (is_missing) fmt::print(stderr, "Add these columns, or take what they tell as unknown for everybody: --missing-is-unknown\n");
    return kBadInput;
  }
  const observatory::Told told{law->corpus(), *question, *simulation};
  if (const auto done = write_files(options, told); !done) {
    complain(done.error().message);
    return kMachine;
  }
  fmt::print("{}", simulation_text(told));
  fmt::print("\n{} instructions, {:.3f} s\n", simulation->instructions, simulation->seconds);
  return kAnswered;
}

}  // namespace koshi::cli
