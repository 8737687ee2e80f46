#include <gmock/gmock.h>

#include "zan/reason/cases.h"

/// Every row of every table of the law decides in some case, so that a changed cell fails. `koshi check --coverage` asks this of rules
/// only, and counts a table as one.
namespace koshi::zan {
namespace {

TEST(LawTables, EveryRowDecidesInSomeCase) {
  const Compilation law = compile_folder(KOSHI_SOURCE_DIR "/law/kz").value();
  ProgramLibrary library(law.corpus);
  const CaseReport report = run_cases(library);
  EXPECT_TRUE(report.failures.empty());
  std::vector<std::string> unread;
  size_t rows = 0;
  for (const Norm& norm : law.corpus.norms) {
    if (!norm.is_table) continue;
    for (const RuleId row : norm.rules) {
      ++rows;
      if (report.rule_exercised[static_cast<size_t>(row)]) continue;
      unread.push_back(norm.name + ": " + law.corpus.rules[static_cast<size_t>(row)].table_row);
    }
  }
  EXPECT_THAT(unread, testing::IsEmpty());
  EXPECT_GT(rows, 1000u);
}

}  // namespace
}  // namespace koshi::zan
