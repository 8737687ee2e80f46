#pragma once

#include <string>
#include <vector>

#include "zan/reason/answer.h"

/// The worked examples of the corpus, run as tests.
namespace koshi::zan {

struct CaseReport {
  size_t cases = 0;
  size_t expectations = 0;
  Diagnostics failures;              ///< at the `expect` line: what was expected, what came, and the deciding rules
  std::vector<bool> rule_exercised;  ///< by RuleId: decided somewhere in the proof of some expectation that held
};

/// Runs every case of the corpus, also under its reforms. Deterministic. `because ACT place` holds when a rule that decides cites it, in
/// the question's own norm or in a norm that deciding rules read; "art. 6" also stands for "art. 6(4)". `staff none` is a list without
/// members.
CaseReport run_cases(ProgramLibrary& library);

struct Coverage {
  size_t rules = 0;  ///< rules outside tables, and tables (each counts once)
  size_t exercised = 0;
  std::vector<RuleId> missing;  ///< a table that no case reads is named by its first row
};
Coverage coverage(const Corpus& corpus, const CaseReport& report);

}  // namespace koshi::zan
