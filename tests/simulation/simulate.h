#pragma once

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

#include "office.h"

/// One run of the whole office, from one seed.
///
/// A run is a number of rounds. In each, some orders are sent at once to the servers, some for the second time; clocks are turned; servers
/// die, the power fails, statements, writes and syncs fail. Between the rounds everything is still, and is looked at (checks.h). At the
/// end the faults stop, the clock acts on all that has passed, and everything is looked at once more.
///
/// The same setting gives the same run, to the last byte that SQLite writes, on any machine with the same libraries.
namespace koshi::simulation {

struct Options {
  Setting setting;
  bool faults = true;
  int rounds_max = 50;
  std::ostream* trace = nullptr;                             ///< every answer and every fault, a line each
  std::function<void(store::Transaction&)> sever = nullptr;  ///< PostgreSQL: breaks the connection of a transaction
};

struct Outcome {
  std::vector<std::string> findings;  ///< empty: all was well
  uint64_t digest = 0;                ///< of every answer, event and fault: two runs of one seed have the same
  int rounds = 0;
  int64_t orders = 0, sent = 0, acknowledged = 0, refused = 0, failed = 0, unheard = 0;
  int64_t events = 0, clock_events = 0, checks = 0;
  int64_t writes = 0, grouped = 0, faults = 0, kills = 0, power_losses = 0, disk_faults = 0, clock_jumps = 0, openings = 0;
};

Outcome simulate(const Options& options, office::Law law);

}  // namespace koshi::simulation
