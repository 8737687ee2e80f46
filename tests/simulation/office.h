#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "office/desk/desk.h"
#include "sim_store.h"

/// The servers of one office: on one SQLite file of a simulated disk, or on one PostgreSQL database. Each can die, and comes up again.
namespace koshi::simulation {

struct Setting {
  store::Engine engine = store::Engine::kSqlite;
  std::string address;  ///< of the PostgreSQL database; SQLite: an empty folder of the real disk, for names only
  int servers = 2;
  uint64_t seed = 0;
  Planted planted = Planted::kNone;
};

class Office {
 public:
  Office(const Setting& setting, office::Law law, Shared& shared, Disk* disk);
  Office(const Office&) = delete;
  Office& operator=(const Office&) = delete;
  ~Office();

  /// The server that stands there, if it is up.
  office::Desk* desk(int server) { return servers_[static_cast<size_t>(server)].desk.get(); }
  SimStore* store(int server) { return servers_[static_cast<size_t>(server)].store.get(); }
  int size() const { return static_cast<int>(servers_.size()); }
  bool is_killed(int server) const;

  int64_t now_ms(int server) const { return base_ms_ + servers_[static_cast<size_t>(server)].skew_ms; }
  Date today(int server) const { return office::office_day(now_ms(server)); }
  /// No clock was ever beyond it.
  Date latest() const { return latest_; }
  void turn_clock(int64_t by_ms);
  void turn_clock_of(int server, int64_t by_ms);
  /// All clocks show the same: the latest time that any of them has shown.
  void align_clocks();

  /// Closes servers that died, puts the disk in order after a loss of power, and opens everything that is down. The opening itself may
  /// fail, and is then tried again. False: it does not come up any more.
  bool bring_up();
  std::string why_down() const { return why_down_; }
  int64_t openings() const { return openings_; }

  const journal::Journal& journal() const { return journal_; }

 private:
  struct Server {
    std::unique_ptr<SimStore> store;
    std::unique_ptr<office::Desk> desk;
    int64_t skew_ms = 0;
  };
  bool open(int server);
  void close(int server);
  void note_latest();

  const Setting setting_;
  const office::Law law_;
  Shared& shared_;
  Disk* disk_;
  journal::Journal journal_;
  Random ids_;
  std::vector<Server> servers_;
  int64_t base_ms_;
  int64_t latest_ms_;
  Date latest_;
  int64_t openings_ = 0;
  std::string why_down_;
};

}  // namespace koshi::simulation
