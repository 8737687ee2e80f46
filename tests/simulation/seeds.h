#pragma once

#include <memory>
#include <string>

#include "law.h"
#include "simulate.h"
#include "store/connection.h"
#include "store/test_store.h"

/// Runs of many seeds, one after another, in folders and databases of their own.
namespace koshi::simulation {

class Seeds {
 public:
  explicit Seeds(store::Engine engine);
  ~Seeds();

  Outcome run(uint64_t seed, Planted planted = Planted::kNone, std::ostream* trace = nullptr, bool faults = true);
  /// The command that shows a seed again.
  static std::string command(store::Engine engine, uint64_t seed, Planted planted);

 private:
  void sever(store::Transaction& transaction);

  const store::Engine engine_;
  store::TestFolder folder_;
  SimulatedLaw law_;
  std::unique_ptr<store::Connection> admin_;  ///< PostgreSQL: ends others' connections
};

/// What all runs together did, in lines that a person reads.
struct Totals {
  int64_t runs = 0, failed = 0;
  Outcome sum;
  void add(const Outcome& outcome);
  std::string told() const;
};

}  // namespace koshi::simulation
