#include "scheduler.h"

#include <algorithm>
#include <utility>

#include "base/check.h"

namespace koshi::simulation {

void Scheduler::add(int number, std::function<void()> body) {
  auto made = std::make_unique<Body>();
  made->first.number = number;
  made->work = std::move(body);
  bodies_.push_back(std::move(made));
}

void Scheduler::run() {
  Lock lock(mutex_);
  alive_ = static_cast<int>(bodies_.size());
  for (const auto& body : bodies_) {
    parked_.push_back(&body->first);
    body->thread = std::thread([this, &mine = *body] {
      {
        Lock own(mutex_);
        mine.first.turn.wait(own, [&] { return mine.first.called; });
      }
      mine.work();
      const Lock own(mutex_);
      --alive_;
      if (!call_next()) CHECK(alive_ == 0);  // else they would wait for each other for ever
      changed_.notify_all();
    });
  }
  if (alive_ > 0) CHECK(call_next());
  changed_.wait(lock, [&] { return alive_ == 0; });
  lock.unlock();
  for (const auto& body : bodies_) body->thread.join();
  bodies_.clear();
}

void Scheduler::pause(int number) {
  if (!running() || !random_.chance(switch_permille_)) return;
  Lock lock(mutex_);
  Slot mine{.number = number};
  park(mine, lock);
}

void Scheduler::wait_until(int number, std::function<bool()> ready) {
  if (ready()) return;
  CHECK(running());
  Lock lock(mutex_);
  Slot mine{.number = number, .ready = std::move(ready)};
  park(mine, lock);
}

void Scheduler::park(Slot& mine, Lock& lock) {
  parked_.push_back(&mine);
  CHECK(call_next());
  mine.turn.wait(lock, [&] { return mine.called; });
}

void Scheduler::call(size_t place) {
  Slot* slot = parked_[place];
  parked_.erase(parked_.begin() + static_cast<std::ptrdiff_t>(place));
  slot->called = true;
  slot->turn.notify_one();
}

bool Scheduler::call_next() {
  std::ranges::sort(parked_, {}, &Slot::number);
  std::vector<size_t> able;
  for (size_t i = 0; i < parked_.size(); ++i) {
    if (!parked_[i]->ready || parked_[i]->ready()) able.push_back(i);
  }
  if (able.empty()) return false;
  call(random_.one_of(able));
  return true;
}

void Scheduler::let_go(int number) {
  const Lock lock(mutex_);
  const auto found = std::ranges::find(parked_, number, &Slot::number);
  CHECK(found != parked_.end());
  call(static_cast<size_t>(found - parked_.begin()));
}

void Scheduler::rejoin(int number, std::function<bool()> ready) {
  Lock lock(mutex_);
  Slot mine{.number = number, .ready = std::move(ready), .rejoins = true};
  parked_.push_back(&mine);
  changed_.notify_all();
  mine.turn.wait(lock, [&] { return mine.called; });
}

void Scheduler::await(std::span<const int> numbers) {
  Lock lock(mutex_);
  changed_.wait(lock, [&] {
    return std::ranges::all_of(numbers, [&](int number) {
      return std::ranges::any_of(parked_, [&](const Slot* slot) { return slot->rejoins && slot->number == number; });
    });
  });
}

}  // namespace koshi::simulation
