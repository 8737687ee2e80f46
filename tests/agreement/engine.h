#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "zan/sql/sql.h"

/// The three databases that the law is written for, each behind the same few calls, for tests and benchmarks. Results are texts as the
/// engine writes them; NULL is no text.
namespace koshi::engine {

using Row = std::vector<std::optional<std::string>>;

class Engine {
 public:
  virtual ~Engine() = default;
  virtual zan::sql::Dialect dialect() const = 0;
  virtual std::string name() const = 0;
  /// Any statements; the rows of the last one.
  virtual Result<std::vector<Row>> run(const std::string& sql) = 0;
};

/// In memory.
Result<std::unique_ptr<Engine>> make_sqlite();
/// A server of its own (store/test_postgres.h), ended with the process.
Result<std::unique_ptr<Engine>> make_postgres();
/// DuckDB's package for Node, in bench/peers, in a process of its own, in memory. Errors: `npm ci` was not run there.
Result<std::unique_ptr<Engine>> make_duckdb(int threads);

}  // namespace koshi::engine
