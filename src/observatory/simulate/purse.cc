#include "observatory/simulate/purse.h"

#include "zan/columns/answer_reader.h"

namespace koshi::observatory {
namespace {

/// One row in one world; nothing where an amount is not to be had.
struct Amounts {
  Int128 paid = 0, received = 0;
  Int128 net() const { return received - paid; }
};

class World {
 public:
  World(const zan::ColumnProgram& program, const zan::Outputs& outputs, const SimulationQuestion& question, size_t world) {
    const auto add = [&](const std::vector<zan::NormId>& norms, std::vector<zan::AnswerReader>& to) {
      for (const zan::NormId norm : norms) to.emplace_back(*program.find(norm, static_cast<int32_t>(world)), outputs);
    };
    add(question.pays, pays_);
    add(question.gets, gets_);
  }

  std::optional<Amounts> of(int64_t row) const {
    Amounts out;
    if (!add(pays_, row, out.paid) || !add(gets_, row, out.received)) return std::nullopt;
    return out;
  }

 private:
  static bool add(const std::vector<zan::AnswerReader>& answers, int64_t row, Int128& to) {
    for (const zan::AnswerReader& answer : answers) {
      const zan::RowState state = answer.state(row);
      if (state != zan::RowState::kValue && state != zan::RowState::kNone) return false;
      if (state == zan::RowState::kValue) to += answer.value(row);
    }
    return true;
  }

  std::vector<zan::AnswerReader> pays_, gets_;
};

void count(Purse& to, const std::optional<Amounts>& amounts) {
  ++to.rows;
  if (!amounts) {
    ++to.unclear;
    return;
  }
  to.paid += amounts->paid;
  to.received += amounts->received;
}

void count(PurseChange& to, const std::optional<Amounts>& before, const std::optional<Amounts>& after) {
  if (!before || !after) {
    ++to.unclear;
    return;
  }
  const Int128 more = after->net() - before->net();
  if (more == 0) ++to.same;
  if (more > 0) ++to.better, to.gain += more;
  if (more < 0) ++to.worse, to.loss -= more;
}

}  // namespace

void fill_purses(const zan::ColumnProgram& program, const zan::Outputs& outputs, const Groups& groups, const SimulationQuestion& question,
                 Simulation& simulation) {
  if (question.pays.empty() && question.gets.empty()) return;
  std::vector<World> worlds;
  for (size_t world = 0; world <= question.reforms.size(); ++world) worlds.emplace_back(program, outputs, question, world);
  simulation.purses.assign(worlds.size(), std::vector<Purse>(groups.count()));
  simulation.purse_changes.resize(question.reforms.size());
  for (int64_t row = 0; row < outputs.rows; ++row) {
    const size_t group = groups.of(row);
    const std::optional<Amounts> law = worlds.front().of(row);
    count(simulation.purses.front()[group], law);
    for (size_t world = 1; world < worlds.size(); ++world) {
      const std::optional<Amounts> reform = worlds[world].of(row);
      count(simulation.purses[world][group], reform);
      count(simulation.purse_changes[world - 1], law, reform);
    }
  }
}

}  // namespace koshi::observatory
