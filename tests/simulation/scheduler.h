#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

#include "random.h"

/// Many requests at once, and yet the same every time: each runs on a thread of its own, but only one of them moves. Where a request comes
/// to a boundary (pause), the seed says who goes on.
///
/// Thread contract: add() and run() by the one who made it; the rest by the bodies, one after another. Only rejoin() may come while
/// somebody else moves.
namespace koshi::simulation {

class Scheduler {
 public:
  /// `switch_permille`: how often a boundary hands on.
  Scheduler(Random random, int switch_permille) : random_(random), switch_permille_(switch_permille) {}
  Scheduler(const Scheduler&) = delete;
  Scheduler& operator=(const Scheduler&) = delete;

  /// `number` tells the bodies apart, and stands for their order.
  void add(int number, std::function<void()> body);
  /// Until all bodies have ended.
  void run();
  bool running() const { return alive_ > 0; }

  /// A boundary between two steps of request `number`. Outside of run() nothing happens.
  void pause(int number);
  /// Until somebody has made it so.
  void wait_until(int number, std::function<bool()> ready);

  /// For a group of writes, whose members wait inside of the store and not here: lets a waiting request go on beside the one that moves;
  /// it must do nothing but enter the store, and rejoin() when it has left it again. From then on it waits as by wait_until().
  void let_go(int number);
  void rejoin(int number, std::function<bool()> ready);
  void await(std::span<const int> numbers);

 private:
  struct Slot {
    int number = 0;
    std::function<bool()> ready = nullptr;  ///< null: at once
    bool called = false;
    bool rejoins = false;  ///< else the step of a request, which may also be taken on another's thread
    std::condition_variable turn{};
  };
  using Lock = std::unique_lock<std::mutex>;

  void park(Slot& mine, Lock& lock);
  void call(size_t place);
  /// False: nobody can.
  bool call_next();

  Random random_;
  const int switch_permille_;
  std::mutex mutex_;
  std::vector<Slot*> parked_;  ///< by number
  std::condition_variable changed_;
  int alive_ = 0;
  struct Body {
    Slot first{};
    std::function<void()> work{};
    std::thread thread{};
  };
  std::vector<std::unique_ptr<Body>> bodies_;
};

}  // namespace koshi::simulation
