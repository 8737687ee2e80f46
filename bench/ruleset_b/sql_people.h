#pragma once

#include "checksums.h"
#include "engine.h"
#include "people.h"

/// Rule set (b) in a database: its people as a table `person`, its norms as a query over it.
namespace koshi::ruleset_b {

/// Makes and fills the table. `folder` is for a file on the way, which the database's own user must be able to read.
Result<void> load(engine::Engine& engine, const zan::Corpus& corpus, const People& people, const std::string& folder);

struct SqlRun {
  Variant variant = Variant::kBase;
  bool rules = false;    ///< also sum the numbers of the deciding rules, so that they are computed
  bool checked = false;  ///< look for values that no fact can have
};

/// One row: the sums and counts of Checksums, then the sum of all rule numbers.
std::string checksum_query(zan::ProgramLibrary& library, zan::sql::Dialect dialect, const SqlRun& run);
/// Errors: the engine's.
Result<Checksums> checksums(engine::Engine& engine, const std::string& query);

}  // namespace koshi::ruleset_b
