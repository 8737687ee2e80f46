#pragma once

#include <string>
#include <vector>

#include "words/words.h"
#include "zan/reason/answer.h"

namespace koshi::http {

/// A ground that the law finds, as people read it.
struct GroundLine {
  std::string code;                  ///< of the member
  std::string label;                 ///< "The share of local staff is not kept"
  std::vector<zan::CitationRef> by;  ///< of the rules that bring it, each once
  std::vector<std::string> facts;    ///< on which they rest: "Citizens among the managers: 2", kGroundFactsMax at most
};

inline constexpr size_t kGroundFactsMax = 12;

/// The grounds on which an answer turns: of a set norm its certain members, of a condition on a set norm the certain members of that, each
/// from the proof. Nothing for what turns on no set.
std::vector<GroundLine> ground_lines(const words::Words& words, words::Language language, const zan::Answer& answer);

/// "The share of local staff is not kept (Order 279, cl. 20; Citizens among the managers: 2)."
std::string ground_sentence(const words::Words& words, words::Language language, const GroundLine& line);

}  // namespace koshi::http
