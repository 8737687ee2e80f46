#include "store/group_writer.h"

#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/result.h"
#include "store/session.h"

namespace koshi::store {

namespace {

using Clock = std::chrono::steady_clock;

constexpr int kPriority = -5;  ///< as nice counts

/// Why the writes of a group were lost together with the one whose result this is.
StoreError lost_with(const StoreResult<void>& result) {
  const bool of_machine = !result && (result.error().fault == Fault::kFull || result.error().fault == Fault::kCorrupt);
  return {of_machine ? result.error().fault : Fault::kUnavailable,
          "the transaction of the group was lost: " + (result ? "by the engine" : result.error().message),
          {}};
}

}  // namespace

GroupWriter::GroupWriter(Connect connect, std::unique_ptr<Connection> connection, const StoreOptions& options)
    : connect_(std::move(connect)), options_(options), connection_(std::move(connection)), thread_([this] { serve(); }) {}

GroupWriter::~GroupWriter() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  arrived_.notify_one();
  thread_.join();
}

StoreResult<void> GroupWriter::write(const WriteWork& work) {
  Job job{.work = &work};
  bool at_once = false;
  {
    const std::lock_guard lock(mutex_);
    if (writes_ == std::this_thread::get_id()) {
      return fault(Fault::kProgramming, "a write inside a write would wait for itself: use nested()");
    }
    if (queue_.size() >= options_.queue_max) return fault(Fault::kUnavailable, "too many writes are waiting");
    at_once = !writes_ && queue_.empty();
    if (at_once) writes_ = std::this_thread::get_id();
    if (!at_once) queue_.push_back(&job);
  }
  if (at_once) {
    run_group(&job);
    leave();
    return std::move(job.result);
  }
  arrived_.notify_one();
  job.done.await();
  return std::move(job.result);
}

void GroupWriter::serve() {
  ::pthread_setname_np(::pthread_self(), "store writer");  // so that a profile tells who works
  // Everybody waits for this thread, which else would stand behind all whom it wakes. Without the right to it, it is an equal.
  (void)::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kPriority);
  while (Job* first = wait_for_first()) {
    run_group(first);
    leave();
  }
}

void GroupWriter::leave() {
  bool waited_for = false;
  {
    const std::lock_guard lock(mutex_);
    writes_.reset();
    waited_for = stopping_ || !queue_.empty();
  }
  if (waited_for) arrived_.notify_one();
}

bool GroupWriter::idle() const {
  const std::lock_guard lock(mutex_);
  return !writes_ && queue_.empty();
}

size_t GroupWriter::waiting() const {
  const std::lock_guard lock(mutex_);
  return queue_.size();
}

/// Null when it is time to stop and nobody waits.
GroupWriter::Job* GroupWriter::wait_for_first() {
  std::unique_lock lock(mutex_);
  arrived_.wait(lock, [&] { return !writes_ && (stopping_ || !queue_.empty()); });
  if (queue_.empty()) return nullptr;
  writes_ = std::this_thread::get_id();
  Job* job = queue_.front();
  queue_.pop_front();
  return job;
}

GroupWriter::Job* GroupWriter::take_next() {
  const std::lock_guard lock(mutex_);
  if (queue_.empty()) return nullptr;
  Job* job = queue_.front();
  queue_.pop_front();
  return job;
}

/// A connection that was lost while nothing was under way is replaced without anybody noticing.
StoreResult<void> GroupWriter::begin() {
  if (connection_ != nullptr && connection_->usable()) {
    auto begun = connection_->begin(Access::kWrite);
    if (begun || connection_->usable()) {
      if (!begun) connection_->rollback();
      return begun;
    }
  }
  connection_.reset();
  TRY(fresh, connect_(Access::kWrite));
  connection_ = std::move(fresh);
  return connection_->begin(Access::kWrite);
}

/// The first of a group needs no SAVEPOINT: its failure leaves nothing that others would want.
bool GroupWriter::run_first(Job& job) {
  Session session(*connection_, Access::kWrite);
  job.result = (*job.work)(session);
  if (job.result && !session.failure()) (void)session.settle();
  if (job.result && session.failure()) job.result = std::unexpected(*session.failure());
  return job.result && connection_->usable() && connection_->in_transaction();
}

bool GroupWriter::run_job(Job& job) {
  Session session(*connection_, Access::kWrite);
  job.result = session.nested([&] { return (*job.work)(session); });
  return connection_->usable() && connection_->in_transaction() && !session.failure();
}

void GroupWriter::run_group(Job* first) {
  Group group{first};
  StoreResult<void> outcome = begin();
  if (outcome) {
    const auto end = Clock::now() + options_.group_time_max;
    bool alive = run_first(*first);
    while (alive && group.size() < options_.group_max && Clock::now() < end) {
      Job* next = take_next();
      if (next == nullptr) break;
      group.push_back(next);
      alive = run_job(*next);
    }
    if (alive) {
      outcome = connection_->commit();
    } else {
      connection_->rollback();
      outcome = std::unexpected(lost_with(group.back()->result));
    }
  }
  for (Job* job : group) {
    if (!outcome && job->result) job->result = outcome;
  }
  acknowledge(group);
}

void GroupWriter::acknowledge(const Group& group) {
  for (Job* job : group) job->done.give();
}

}  // namespace koshi::store
