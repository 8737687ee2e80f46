#pragma once

#include <string>
#include <vector>

#include "observatory/synthesis/model.h"

/// Iterative proportional fitting (Deming and Stephan 1940): weights of cells that agree with all margins and are otherwise as the odds.
namespace koshi::observatory {

inline constexpr int kFitRoundsMax = 2000;
/// Of each margin's row, relative; when every row is nearer, fitting ends.
inline constexpr double kFitTolerance = 1e-9;

struct Fit {
  std::vector<double> weights;  ///< persons of each cell
  int rounds = 0;
  double worst = 0;  ///< the largest relative distance left from a row of a margin
};

/// Deterministic: the same model gives the same bits. Errors: a row that no cell with odds can fill; margins that contradict each other,
/// with the row that is farthest off.
Result<Fit> fit(const Model& model);

/// The persons of a set of cells.
double persons_of(const Model& model, const std::vector<double>& weights, const CellSet& cells);

}  // namespace koshi::observatory
