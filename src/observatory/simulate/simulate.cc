#include "observatory/simulate/simulate.h"

#include <algorithm>
#include <chrono>
#include <tuple>

#include "observatory/simulate/groups.h"
#include "observatory/simulate/purse.h"
#include "zan/columns/answer_reader.h"

namespace koshi::observatory {
namespace {

using zan::RowState;

bool counts_values(const zan::Type& type) {
  return type.kind == zan::Kind::kYesNo || type.kind == zan::Kind::kEnum;
}

/// Of a yes/no or an enum the value, of a number that there is one.
Outcome outcome_of(const zan::AnswerReader& answer, int64_t row, bool by_value) {
  const RowState state = answer.state(row);
  return {state, state == RowState::kValue && by_value ? answer.value(row) : 0};
}

void count(Counted& to, const zan::AnswerReader& answer, int64_t row, bool by_value) {
  switch (answer.state(row)) {
    case RowState::kNone: ++to.none; return;
    case RowState::kUnknown: ++to.unknown; return;
    case RowState::kConflict: ++to.conflict; return;
    case RowState::kGap: ++to.gap; return;
    case RowState::kFault:
      if (to.fault++ == 0) to.first_fault = row;
      return;
    default: break;
  }
  ++to.with_value;
  if (by_value) {
    ++to.rows_of[answer.value(row)];
  } else {
    to.sum += answer.value(row);
  }
}

std::vector<Change> find_changes(const zan::AnswerReader& before, const zan::AnswerReader& after, int64_t rows, bool by_value) {
  using Key = std::tuple<Outcome, Outcome, zan::RuleId, zan::RuleId>;
  std::map<Key, Change> found;
  for (int64_t row = 0; row < rows; ++row) {
    const Outcome a = outcome_of(before, row, by_value);
    const Outcome b = outcome_of(after, row, by_value);
    const bool amounts = !by_value && a.state == RowState::kValue && b.state == RowState::kValue;
    const Int128 difference = amounts ? Int128{after.value(row)} - before.value(row) : 0;
    if (a == b && difference == 0) continue;
    Change& change = found[{a, b, before.rule(row), after.rule(row)}];
    ++change.rows;
    change.difference += difference;
  }
  std::vector<Change> out;
  for (auto& [key, change] : found) {
    std::tie(change.before, change.after, change.rule_before, change.rule_after) = key;
    out.push_back(change);
  }
  std::ranges::stable_sort(out, std::ranges::greater(), &Change::rows);
  return out;
}

NormResult summarise(const zan::ColumnProgram& program, const zan::Outputs& outputs, const Groups& groups, zan::NormId norm,
                     size_t worlds) {
  NormResult out{.norm = norm, .type = program.find(norm)->type, .counted = {}, .changes = {}};
  const bool by_value = counts_values(out.type);
  const zan::AnswerReader baseline(*program.find(norm), outputs);
  for (size_t world = 0; world < worlds; ++world) {
    const zan::AnswerReader answer(*program.find(norm, static_cast<int32_t>(world)), outputs);
    std::vector<Counted>& counted = out.counted.emplace_back(groups.count());
    for (int64_t row = 0; row < outputs.rows; ++row) count(counted[groups.of(row)], answer, row, by_value);
    if (world > 0) out.changes.push_back(find_changes(baseline, answer, outputs.rows, by_value));
  }
  return out;
}

/// Groups in which nobody is say nothing.
void drop_empty_groups(Simulation& simulation, const Groups& groups, const std::vector<int64_t>& people) {
  std::vector<size_t> kept;
  for (size_t group = 0; group < people.size(); ++group) {
    if (people[group] > 0 || groups.count() == 1) kept.push_back(group);
  }
  for (const size_t group : kept) simulation.groups.push_back(groups.labels(group));
  const auto keep = [&]<typename T>(std::vector<T>& of_groups) {
    std::vector<T> less;
    for (const size_t group : kept) less.push_back(std::move(of_groups[group]));
    of_groups = std::move(less);
  };
  for (NormResult& norm : simulation.norms) std::ranges::for_each(norm.counted, keep);
  std::ranges::for_each(simulation.purses, keep);
}

}  // namespace

std::expected<Simulation, std::vector<std::string>> simulate(zan::ProgramLibrary& library, const zan::Population& population,
                                                             const SimulationQuestion& question, const zan::RunOptions& options) {
  zan::ColumnQuestion columns;
  columns.entity = question.entity;
  columns.norms = question.norms;
  columns.law = columns.today = question.on;
  columns.worlds.emplace_back();
  columns.worlds.insert(columns.worlds.end(), question.reforms.begin(), question.reforms.end());
  columns.missing_is_unknown = question.missing_is_unknown;
  const auto program = zan::ColumnProgram::compile(library, population, columns);
  if (!program) return std::unexpected(program.error());
  const zan::Table& table = *population.find(question.entity);
  const auto groups = Groups::create(library.corpus(), population, table, question.by);
  if (!groups) return std::unexpected(groups.error());

  auto outputs = program->make_outputs();
  if (!outputs) return std::unexpected(std::vector{outputs.error().message});
  const auto start = std::chrono::steady_clock::now();
  if (const auto done = program->run(*outputs, options); !done) return std::unexpected(std::vector{done.error().message});
  Simulation out;
  out.rows = table.rows;
  out.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  out.instructions = program->instructions();
  for (const zan::NormId norm : question.norms) out.norms.push_back(summarise(*program, *outputs, *groups, norm, columns.worlds.size()));
  fill_purses(*program, *outputs, *groups, question, out);
  std::vector<int64_t> people(groups->count(), 0);
  for (int64_t row = 0; row < table.rows; ++row) ++people[groups->of(row)];
  drop_empty_groups(out, *groups, people);
  return out;
}

}  // namespace koshi::observatory
