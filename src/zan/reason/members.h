#pragma once

#include <vector>

#include "zan/reason/answer.h"

/// What an answer says of sets, read from its proof.
namespace koshi::zan {

/// A member that certainly is in a set, and what brings it there.
struct CertainMember {
  int32_t member = kNoId;
  std::vector<int32_t> rules;  ///< nodes of the proof: the rules that bring it, in the order of the law; one at least
};

/// Of a norm of type `set of …` at this node of the proof, also where it is unknown as a whole: what the rules that certainly speak bring,
/// but for what an exception that is still open might take away. In the order of the enum. Cost: that of reading the node's children.
std::vector<CertainMember> certain_members(const Corpus& corpus, const Answer& answer, int32_t norm);

/// Of a set norm that was asked: every member that a rule brings that speaks or may speak, whether an exception may take it away or not.
/// In the order of the enum.
std::vector<int32_t> possible_members(const Corpus& corpus, const Answer& answer);

/// The set norms on which the question turns: its own norm if that is one, else those that its deciding rules read themselves. Nodes in
/// full.
std::vector<int32_t> sets_of(const Corpus& corpus, const Answer& answer);

}  // namespace koshi::zan
