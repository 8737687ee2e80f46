#include "serve/watch.h"

#include <sys/resource.h>

#include <chrono>

namespace koshi {
namespace {

constexpr std::chrono::seconds kTurn{5};
constexpr std::chrono::hours kWholeEvery{24};
constexpr int kNice = 10;

}  // namespace

Watch::Watch(office::House& house, bool whole, Reports reports)
    : house_(house), reports_(std::move(reports)), thread_([this, whole] { run(whole); }) {}

Watch::~Watch() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

bool Watch::is_stopping() {
  const std::lock_guard lock(mutex_);
  return stopping_;
}

bool Watch::take(const store::StoreResult<office::JournalCheck>& check) {
  if (is_stopping()) return false;
  if (!check && check.error().fault != store::Fault::kCorrupt) {
    reports_.failed(check.error());
    return true;
  }
  if (!check || check->damage) {
    reports_.damaged(check ? journal::describe(*check->damage) : check.error().message);
    return false;
  }
  const auto known = office::known_checkpoints(house_);
  if (!known.empty()) reports_.verified(known.front().size);
  return true;
}

void Watch::run(bool whole) {
  // Of Linux, a priority of this thread alone.
  setpriority(PRIO_PROCESS, 0, kNice);
  auto last_whole = std::chrono::steady_clock::now();
  while (true) {
    const bool due = !whole || std::chrono::steady_clock::now() - last_whole > kWholeEvery;
    const auto check = due ? office::check_whole_journal(house_, [this] { return is_stopping(); }) : office::check_further(house_);
    if (!take(check)) return;
    if (due && check) {
      whole = true;
      last_whole = std::chrono::steady_clock::now();
    }
    std::unique_lock lock(mutex_);
    if (wake_.wait_for(lock, kTurn, [this] { return stopping_; })) return;
  }
}

}  // namespace koshi
