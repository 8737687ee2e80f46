#include "observatory/simulate/simulate.h"

#include <algorithm>
#include <chrono>
#include <tuple>

#include "observatory/simulate/groups.h"

namespace koshi::observatory {
namespace {

using zan::RowState;

/// The columns of one norm in one world, row by row.
class AnswerColumns {
 public:
  AnswerColumns(const zan::ColumnAnswer& answer, const zan::Outputs& outputs) : answer_(answer) {
    const auto column = [&](int32_t i) { return i == zan::kNoColumn ? nullptr : &outputs.columns[static_cast<size_t>(i)]; };
    value_ = column(answer.value);
    state_ = column(answer.state);
    deciding_ = column(answer.deciding);
    is_yes_no_ = answer.type.kind == zan::Kind::kYesNo;
  }

  RowState state(int64_t row) const {
    if (is_yes_no_) {
      const auto state = static_cast<RowState>(value_->at(row));
      return state == RowState::kNo || state == RowState::kYes ? RowState::kValue : state;
    }
    return state_ == nullptr ? RowState::kValue : static_cast<RowState>(state_->at(row));
  }
  int64_t value(int64_t row) const { return value_->at(row); }
  /// Of a yes/no or an enum the value, of a number that there is one.
  Outcome outcome(int64_t row, bool counts_values) const {
    const RowState at = state(row);
    return {at, at == RowState::kValue && counts_values ? value(row) : 0};
  }
  zan::RuleId rule(int64_t row) const {
    if (deciding_ == nullptr) return answer_.rules.size() == 1 ? answer_.rules[0] : zan::kNoId;
    const int64_t code = deciding_->at(row);
    return code == 0 ? zan::kNoId : answer_.rules[static_cast<size_t>(code) - 1];
  }

 private:
  const zan::ColumnAnswer& answer_;
  const zan::OutputColumn* value_ = nullptr;
  const zan::OutputColumn* state_ = nullptr;
  const zan::OutputColumn* deciding_ = nullptr;
  bool is_yes_no_ = false;
};

bool counts_values(const zan::Type& type) {
  return type.kind == zan::Kind::kYesNo || type.kind == zan::Kind::kEnum;
}

void count(Counted& to, const AnswerColumns& answer, int64_t row, bool by_value) {
  switch (answer.state(row)) {
    case RowState::kNone: ++to.none; return;
    case RowState::kUnknown: ++to.unknown; return;
    case RowState::kConflict: ++to.conflict; return;
    case RowState::kGap: ++to.gap; return;
    case RowState::kFault: ++to.fault; return;
    default: break;
  }
  ++to.with_value;
  if (by_value) {
    ++to.rows_of[answer.value(row)];
  } else {
    to.sum += answer.value(row);
  }
}

std::vector<Change> find_changes(const AnswerColumns& before, const AnswerColumns& after, int64_t rows, bool by_value) {
  using Key = std::tuple<Outcome, Outcome, zan::RuleId, zan::RuleId>;
  std::map<Key, Change> found;
  for (int64_t row = 0; row < rows; ++row) {
    const Outcome a = before.outcome(row, by_value);
    const Outcome b = after.outcome(row, by_value);
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
  const AnswerColumns baseline(*program.find(norm), outputs);
  for (size_t world = 0; world < worlds; ++world) {
    const AnswerColumns answer(*program.find(norm, static_cast<int32_t>(world)), outputs);
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
  for (NormResult& norm : simulation.norms) {
    for (std::vector<Counted>& counted : norm.counted) {
      std::vector<Counted> less;
      for (const size_t group : kept) less.push_back(std::move(counted[group]));
      counted = std::move(less);
    }
  }
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
  std::vector<int64_t> people(groups->count(), 0);
  for (int64_t row = 0; row < table.rows; ++row) ++people[groups->of(row)];
  drop_empty_groups(out, *groups, people);
  return out;
}

}  // namespace koshi::observatory
