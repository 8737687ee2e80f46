#pragma once

#include <string>
#include <vector>

#include "zan/reason/answer.h"

/// Why two answers to one question, given under two laws, are not the same.
namespace koshi::zan {

inline constexpr size_t kDivergencesMax = 20;

/// A norm that both proofs ask of the same record and that came out otherwise, while no norm below it did: here the laws part.
struct Divergence {
  NormId norm = kNoId;
  std::string path;  ///< of the record that was asked; "" is the question's own
  Outcome outcome_before = Outcome::kValue, outcome_after = Outcome::kValue;
  Value before, after;  ///< where the outcome is kValue
  /// Rules that decided on one side only, in the order of the law; all that decided where both sides name the same.
  std::vector<RuleId> rules_before, rules_after;
};

/// Whether the two have the same outcome and, of a value, the same value.
bool same_answer(const Answer& before, const Answer& after);

/// In the order of the second proof; none if the answers are the same; else one at least, and at most kDivergencesMax. Pure; cost: that of
/// reading both proofs.
std::vector<Divergence> divergences(const Answer& before, const Answer& after);

}  // namespace koshi::zan
