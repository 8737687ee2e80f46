#include <algorithm>

#include "zan/columns/diagram.h"

/// Whether a condition holds always or never, in every case that its columns can be in. Rules that carve up cases ("when a", "when not a
/// and b", "when not a and not b") leave no gap and no conflict, which no local rule sees.
namespace koshi::zan::columns {
namespace {

constexpr size_t kNodesMax = 2'000;    // of the graph, in one proof
constexpr int64_t kStepsMax = 20'000;  // of one proof

}  // namespace

Bit Graph::proved(Bit bit) {
  if (node(bit).op != BitOp::kAnd || proof_steps_ <= 0) return bit;
  int64_t steps = std::min(kStepsMax, proof_steps_);
  const int64_t given = steps;
  Diagrams diagrams(*this, {bit}, kNodesMax, steps);
  const auto found = diagrams.of(bit);
  proof_steps_ -= given - std::max<int64_t>(steps, 0);
  if (found == Diagrams::kAlways) return kYes;
  return found == Diagrams::kNever ? kNo : bit;
}

}  // namespace koshi::zan::columns
