#pragma once

#include "cli/commands.h"

namespace koshi::cli {

struct SqlOptions {
  Folders folders;
  std::vector<std::string> norms;
  std::string dialect;
  std::string on;       ///< empty: today
  std::string law_day;  ///< a date fact: each row on its own day
  std::vector<std::string> reforms;
  std::string table, key = "row";
  bool linked = false, complete = false, trusted = false;
  std::vector<std::string> unknowable;
  std::vector<std::string> within;  ///< FACT=LEAST..GREATEST; money in tenge
  bool tables = false;              ///< the CREATE TABLE statements instead of the query
};
int run_sql(const SqlOptions& options);

}  // namespace koshi::cli
