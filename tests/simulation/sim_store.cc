#include "sim_store.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "base/result.h"

namespace koshi::simulation {
namespace {

using store::Fault;
using store::StoreResult;

constexpr int kStatementsMax = 25;  ///< of one act; a fault that is planned for a later one does not come
constexpr int kNever = 1 << 30;

std::unexpected<store::StoreError> dead() {
  return store::fault(Fault::kUnavailable, "the server is dead");
}
std::unexpected<store::StoreError> lost() {
  return store::fault(Fault::kOutcomeUnknown, "planned: lost during the commit");
}

bool is_inside(WriteFault fault) {
  return fault == WriteFault::kStatement || fault == WriteFault::kBroken || fault == WriteFault::kKilledInside;
}

thread_local int the_request = 0;

/// After a failure nothing more is done, as in a real one.
class SimTransaction final : public store::Transaction {
 public:
  SimTransaction(store::Transaction& inner, SimStore& store, int request, WriteFault fault, int countdown)
      : inner_(inner), store_(store), request_(request), fault_(fault), countdown_(countdown) {}

  StoreResult<int64_t> run(std::string_view sql, store::Params params, store::RowSink* sink) override {
    TRY_DO(step());
    return inner_.run(sql, params, sink);
  }
  StoreResult<void> run_later(std::string_view sql, store::Params params, std::shared_ptr<store::Rows> rows, int64_t expected) override {
    TRY_DO(step());
    return inner_.run_later(sql, params, std::move(rows), expected);
  }
  StoreResult<void> settle() override {
    TRY_DO(step());
    return inner_.settle();
  }
  StoreResult<void> script(std::string_view sql) override {
    TRY_DO(step());
    return inner_.script(sql);
  }
  StoreResult<void> begin_nested() override {
    TRY_DO(step());
    return inner_.begin_nested();
  }
  StoreResult<void> end_nested(bool keep) override {
    TRY_DO(inner_.end_nested(keep && !failure_));
    if (keep && failure_) return std::unexpected(*failure_);
    return {};
  }

  const std::optional<store::StoreError>& failure() const { return failure_; }

 private:
  StoreResult<void> step() {
    if (failure_) return store::fault(Fault::kProgramming, "a statement failed before this one: " + failure_->message);
    auto result = store_.step(request_, countdown_, fault_, &inner_);
    if (!result) failure_ = result.error();
    return result;
  }

  store::Transaction& inner_;
  SimStore& store_;
  const int request_;
  const WriteFault fault_;
  int countdown_;
  std::optional<store::StoreError> failure_;
};

class SimReader final : public store::Reader {
 public:
  SimReader(store::Reader& inner, SimStore& store, int request, int countdown)
      : inner_(inner), store_(store), request_(request), countdown_(countdown) {}

  StoreResult<int64_t> run(std::string_view sql, store::Params params, store::RowSink* sink) override {
    TRY_DO(step());
    return inner_.run(sql, params, sink);
  }
  StoreResult<void> run_later(std::string_view sql, store::Params params, std::shared_ptr<store::Rows> rows, int64_t expected) override {
    TRY_DO(step());
    return inner_.run_later(sql, params, std::move(rows), expected);
  }
  StoreResult<void> settle() override { return inner_.settle(); }

 private:
  StoreResult<void> step() { return store_.step(request_, countdown_, WriteFault::kStatement, nullptr); }

  store::Reader& inner_;
  SimStore& store_;
  const int request_;
  int countdown_;
};

}  // namespace

int current_request() {
  return the_request;
}
AsRequest::AsRequest(int number) : before_(std::exchange(the_request, number)) {}
AsRequest::~AsRequest() {
  the_request = before_;
}

void SimStore::kill() {
  if (killed_) return;
  killed_ = true;
  ++shared_.kills;
  if (shared_.disk != nullptr) shared_.disk->cut_off(server_);
}

WriteFault SimStore::draw_fault() {
  if (!shared_.random.chance(shared_.rates.write_permille)) return WriteFault::kNone;
  ++shared_.faults;
  if (shared_.random.chance(shared_.rates.kill_permille)) {
    return shared_.random.chance(500) ? WriteFault::kKilledInside : WriteFault::kKilledAfter;
  }
  constexpr std::array kOthers{WriteFault::kStatement, WriteFault::kLostBefore, WriteFault::kLostAfter, WriteFault::kBroken};
  return shared_.random.one_of(kOthers);
}

StoreResult<void> SimStore::step(int request, int& countdown, WriteFault fault, store::Transaction* transaction) {
  shared_.scheduler.pause(request);
  if (killed_) return dead();
  if (--countdown != 0) return {};
  return befall(fault, transaction);
}

StoreResult<void> SimStore::befall(WriteFault fault, store::Transaction* transaction) {
  const bool can_sever = transaction != nullptr && shared_.sever != nullptr;
  if (fault == WriteFault::kKilledInside) {
    if (can_sever) shared_.sever(*transaction);
    kill();
    return dead();
  }
  if (fault == WriteFault::kBroken && can_sever) {
    shared_.sever(*transaction);
    return {};  // what comes now fails by itself
  }
  return store::fault(shared_.random.chance(300) ? Fault::kFull : Fault::kUnavailable, "planned: a statement fails");
}

StoreResult<void> SimStore::run_read(const store::ReadWork& work) {
  const int request = current_request();
  shared_.scheduler.pause(request);
  if (killed_) return dead();
  const bool fails = shared_.random.chance(shared_.rates.read_permille);
  const int countdown = fails ? static_cast<int>(shared_.random.between(1, 5)) : kNever;
  auto done = inner_->run_read([&](store::Reader& engine) {
    SimReader reader(engine, *this, request, countdown);
    return work(reader);
  });
  if (killed_) return dead();
  return done;
}

StoreResult<void> SimStore::run_write(const store::WriteWork& work) {
  Wish wish{.request = current_request(), .work = &work};
  shared_.scheduler.pause(wish.request);
  if (killed_) return dead();
  if (shared_.writing) {
    wishes_.push_back(&wish);
    shared_.scheduler.wait_until(wish.request, [&] { return killed_ || !shared_.writing; });
    if (wish.follows) return follow(wish);
    std::erase(wishes_, &wish);
    if (killed_) return dead();
  }
  wish.fault = draw_fault();
  return lead(wish);
}

std::vector<SimStore::Wish*> SimStore::choose_followers() {
  std::vector<Wish*> chosen = wishes_;
  std::ranges::sort(chosen, {}, [](const Wish* wish) { return wish->request; });
  const auto most = static_cast<size_t>(shared_.random.below(static_cast<int64_t>(chosen.size()) + 1));
  chosen.resize(most);
  for (Wish* wish : chosen) wish->fault = draw_fault();
  return chosen;
}

/// Each stands in the queue before the next one comes, so that their order is the seed's.
void SimStore::let_in(const std::vector<Wish*>& followers) {
  size_t expected = 0;
  for (Wish* wish : followers) {
    std::erase(wishes_, wish);
    wish->follows = true;
    shared_.scheduler.let_go(wish->request);
    ++expected;
    while (inner_->waiting() < expected) std::this_thread::yield();
  }
}

StoreResult<void> SimStore::lead(const Wish& wish) {
  shared_.writing = true;
  const std::vector<Wish*> followers = choose_followers();
  std::vector<int> numbers;
  auto done = inner_->run_write([&](store::Transaction& engine) {
    for (const Wish* follower : followers) numbers.push_back(follower->request);
    in_group_ = !numbers.empty();
    let_in(followers);
    return suffer(wish, engine);
  });
  shared_.scheduler.await(numbers);
  in_group_ = false;
  shared_.writing = false;
  ++shared_.groups;
  shared_.writes += 1 + static_cast<int64_t>(numbers.size());
  shared_.grouped += static_cast<int64_t>(numbers.size());
  if (!killed_ && shared_.after_commit) shared_.after_commit(*inner_);
  return told(std::move(done), wish.fault);
}

/// Its work may run on another's thread; until it has rejoined, nothing here may be touched.
StoreResult<void> SimStore::follow(const Wish& wish) {
  auto done = inner_->run_write([&](store::Transaction& engine) { return suffer(wish, engine); });
  shared_.scheduler.rejoin(wish.request, [this] { return !in_group_; });
  return told(std::move(done), wish.fault);
}

StoreResult<void> SimStore::suffer(const Wish& wish, store::Transaction& engine) {
  PlantedTransaction planted(engine, shared_.planted, planted_count_);
  const int countdown = is_inside(wish.fault) ? static_cast<int>(shared_.random.between(1, kStatementsMax)) : kNever;
  SimTransaction transaction(planted, *this, wish.request, wish.fault, countdown);
  StoreResult<void> done = (*wish.work)(transaction);
  if (killed_) return dead();
  if (shared_.planted == Planted::kHalfApplied && transaction.failure() && !done) return {};
  if (done && transaction.failure()) return std::unexpected(*transaction.failure());
  if (done) TRY_DO(planted.finish(*shared_.journal));
  if (done && wish.fault == WriteFault::kLostBefore) return lost();
  return done;
}

StoreResult<void> SimStore::told(StoreResult<void> done, WriteFault fault) {
  if (killed_) return dead();
  if (!done && shared_.planted == Planted::kEarlyWord && done.error().fault == Fault::kOutcomeUnknown) return {};
  if (done && fault == WriteFault::kKilledAfter) {
    kill();
    return dead();
  }
  if (done && fault == WriteFault::kLostAfter) return lost();
  return done;
}

}  // namespace koshi::simulation
