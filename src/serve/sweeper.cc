#include "serve/sweeper.h"

#include <chrono>
#include <cstdio>

namespace koshi {
namespace {

constexpr std::chrono::seconds kTurn{10};

}  // namespace

Sweeper::Sweeper(office::House& house, Report report) : house_(house), report_(std::move(report)), thread_([this] { run(); }) {}

Sweeper::~Sweeper() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void Sweeper::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    lock.unlock();
    const auto swept = house_.desk().sweep();
    report_(swept.has_value(), swept.value_or(0));
    if (auto sessions = house_.sign_ins().sweep(house_.now_ms()); !sessions) std::fputs("ended sessions could not be cleared\n", stderr);
    if (!house_.denials().keep(house_.store(), house_.now_ms())) std::fputs("refused look-ups could not be kept yet\n", stderr);
    lock.lock();
    // A full sweep means that more may be waiting.
    if (swept && *swept > 0) continue;
    wake_.wait_for(lock, kTurn, [this] { return stopping_; });
  }
  (void)house_.denials().keep(house_.store(), house_.now_ms());
}

}  // namespace koshi
