#pragma once

#include <string>
#include <vector>

#include "observatory/simulate/tell.h"

/// What a picture of one norm shows. Internal to this folder.
namespace koshi::observatory {

void add(Counted& to, const Counted& more);

/// One group: the rows that answer yes, the sum of a number, or how many have a value. Shares are of the longest bar; a negative sum has
/// none.
struct Bar {
  std::string label;
  std::vector<double> shares;      ///< by world
  std::vector<std::string> texts;  ///< by world
};

/// The kBarsShown largest groups by their bar under the law, and the others together.
std::vector<Bar> bars(const Told& told, const NormResult& norm);
/// What the bars count.
std::string bars_of(const NormResult& norm);

}  // namespace koshi::observatory
