#pragma once

#include <expected>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "zan/columns/columns.h"

/// A population under the law of one day, and under reforms of it: who is counted how, whose answer changes, and by which rules.
namespace koshi::observatory {

inline constexpr size_t kGroupsMax = 100'000;
inline constexpr size_t kGroupFactsMax = 4;
inline constexpr int64_t kProgressRowsMin = 5'000'000;  ///< below this nobody waits long enough to look

struct SimulationQuestion {
  zan::EntityId entity = zan::kNoId;  ///< whose rows
  std::vector<zan::NormId> norms;
  Date on;
  /// Each laid over the law by itself. The law as it stands is always computed beside them.
  std::vector<std::vector<zan::ReformId>> reforms;
  std::vector<std::string> by;  ///< facts that divide the rows: yes/no or enums, of the entity or through a link ("person.nationality")
  bool missing_is_unknown = false;
  /// Of `norms`, those in money that each row pays to the budget, and those that it receives from it.
  std::vector<zan::NormId> pays = {}, gets = {};
};

/// What the rows of one group pay and receive in one world, in tiyn. None is nothing; a row of which an amount is unknown or broken counts
/// as unclear and not at all into the sums.
struct Purse {
  Int128 paid = 0, received = 0;
  int64_t rows = 0, unclear = 0;
};

/// What a reform does to the purses of the rows: the budget's side is the opposite of theirs. Unclear: in either world.
struct PurseChange {
  int64_t better = 0, worse = 0, same = 0, unclear = 0;  ///< rows
  Int128 gain = 0, loss = 0;                             ///< of the better, of the worse; neither is negative
};

/// One norm, one world, one group.
struct Counted {
  std::map<int64_t, int64_t> rows_of;  ///< of yes/no and enums, by value
  int64_t with_value = 0;
  Int128 sum = 0;  ///< of numbers: in their own units (tiyn, 10^-9, days); exact
  int64_t none = 0, unknown = 0, conflict = 0, gap = 0, fault = 0;
  int64_t first_fault = -1;  ///< its row, from 0; -1: there is none
};

/// What a row came to, for telling changes: a value, or why there is none.
struct Outcome {
  zan::RowState state = zan::RowState::kValue;
  int64_t value = 0;  ///< of yes/no and enums; of numbers 0: they change by an amount
  auto operator<=>(const Outcome&) const = default;
};

/// Rows whose answer a reform changes.
struct Change {
  Outcome before, after;
  zan::RuleId rule_before = zan::kNoId;  ///< kNoId: no rule decided
  zan::RuleId rule_after = zan::kNoId;
  int64_t rows = 0;
  Int128 difference = 0;  ///< of numbers where both are values: after less before, summed
};

struct NormResult {
  zan::NormId norm = zan::kNoId;
  zan::Type type;
  std::vector<std::vector<Counted>> counted;  ///< by world (0: no reform), by group
  std::vector<std::vector<Change>> changes;   ///< by reform (world less one), most rows first
};

struct Simulation {
  int64_t rows = 0;
  std::vector<std::vector<std::string>> groups;  ///< the value of each fact of `by`; one group without any
  std::vector<NormResult> norms;
  std::vector<std::vector<Purse>> purses;  ///< by world, by group; empty where nothing was said to be paid or received
  std::vector<PurseChange> purse_changes;  ///< by reform
  size_t instructions = 0;
  double seconds = 0;  ///< of the computation itself
};

/// Problems, all of them: zan::ColumnProgram's, unknown or unfit facts in `by`, too many groups.
std::expected<Simulation, std::vector<std::string>> simulate(zan::ProgramLibrary& library, const zan::Population& population,
                                                             const SimulationQuestion& question, const zan::RunOptions& options);

}  // namespace koshi::observatory
