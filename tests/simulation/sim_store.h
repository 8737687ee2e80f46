#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "disk.h"
#include "planted.h"
#include "random.h"
#include "scheduler.h"
#include "store/store.h"

/// The store of one server under simulation: every statement is a boundary at which others may go on, and at which chance lets things go
/// wrong. Writes of one server that come together are run as one group by the store's own group writer.
namespace koshi::simulation {

/// What befalls one write.
enum class WriteFault : uint8_t {
  kNone,
  kStatement,     ///< a statement fails, and nothing is kept
  kLostBefore,    ///< the connection is lost before the commit: nobody knows, nothing was kept
  kLostAfter,     ///< the connection is lost after it: nobody knows, all was kept
  kBroken,        ///< the connection is broken in the middle (PostgreSQL), else as kStatement
  kKilledInside,  ///< the server dies before a statement
  kKilledAfter,   ///< the server dies after the commit, before it has told anybody
};

struct FaultRates {
  int write_permille = 0;  ///< of writes that something befalls
  int read_permille = 0;
  int kill_permille = 0;  ///< of the writes that something befalls: the server's death
};

/// What all servers on one database share.
struct Shared {
  Shared(Scheduler& all, Random own) : scheduler(all), random(own) {}
  Scheduler& scheduler;
  Random random;
  bool writing = false;  ///< one group at a time, as the engine's own lock has it
  FaultRates rates;
  Disk* disk = nullptr;                             ///< null: PostgreSQL
  std::function<void(store::Transaction&)> sever;   ///< breaks the connection of this transaction; PostgreSQL
  std::function<void(store::Store&)> after_commit;  ///< looks at what was just made durable
  int group_max = 1;
  Planted planted = Planted::kNone;
  const journal::Journal* journal = nullptr;  ///< for what is planted
  int64_t writes = 0, groups = 0, grouped = 0, faults = 0, kills = 0;
};

class SimStore final : public store::Store {
 public:
  SimStore(Shared& shared, int server, std::unique_ptr<store::Store> inner) : shared_(shared), server_(server), inner_(std::move(inner)) {}

  store::Engine engine() const override { return inner_->engine(); }
  /// Acts are planned inside of their write or beside it, as chance will have it: the answer is a guess anyway.
  bool idle() const override { return shared_.random.chance(500); }
  store::StoreResult<void> run_write(const store::WriteWork& work) override;
  store::StoreResult<void> run_read(const store::ReadWork& work) override;

  /// The server is dead: whatever it was doing ends, and nobody hears of it.
  bool killed() const { return killed_; }
  void kill();
  /// Without faults and boundaries, for whoever looks from outside.
  store::Store& inner() { return *inner_; }

  /// For the transactions that it hands out: a boundary before a statement of a request. `transaction` null: of a read.
  store::StoreResult<void> step(int request, int& countdown, WriteFault fault, store::Transaction* transaction);

 private:
  struct Wish {
    int request = 0;
    const store::WriteWork* work = nullptr;
    WriteFault fault = WriteFault::kNone;
    bool follows = false;
  };

  store::StoreResult<void> lead(const Wish& wish);
  store::StoreResult<void> follow(const Wish& wish);
  std::vector<Wish*> choose_followers();
  void let_in(const std::vector<Wish*>& followers);
  WriteFault draw_fault();
  /// The work on the engine's own transaction, with everything that befalls it.
  store::StoreResult<void> suffer(const Wish& wish, store::Transaction& engine);
  store::StoreResult<void> told(store::StoreResult<void> done, WriteFault fault);
  store::StoreResult<void> befall(WriteFault fault, store::Transaction* transaction);

  Shared& shared_;
  const int server_;
  std::unique_ptr<store::Store> inner_;
  std::vector<Wish*> wishes_;  ///< of requests that want to write
  int64_t planted_count_ = 0;
  bool in_group_ = false;
  bool killed_ = false;
};

/// Which request runs on this thread: the store's works are called without names. Set by whoever starts a request; 0: the director.
int current_request();
class AsRequest {
 public:
  explicit AsRequest(int number);
  AsRequest(const AsRequest&) = delete;
  AsRequest& operator=(const AsRequest&) = delete;
  ~AsRequest();

 private:
  int before_;
};

}  // namespace koshi::simulation
