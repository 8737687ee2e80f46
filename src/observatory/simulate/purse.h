#pragma once

#include "observatory/simulate/groups.h"
#include "observatory/simulate/simulate.h"

/// The households' and the budget's side of a simulation. Internal to this folder.
namespace koshi::observatory {

/// Fills purses and purse_changes of the simulation. `pays` and `gets` are norms in money that the program answers.
void fill_purses(const zan::ColumnProgram& program, const zan::Outputs& outputs, const Groups& groups, const SimulationQuestion& question,
                 Simulation& simulation);

}  // namespace koshi::observatory
