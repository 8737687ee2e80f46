#include "office/journal/walk.h"

#include <algorithm>

#include "office/journal/journal.h"

namespace koshi::journal {
namespace {

using store::StoreResult;

constexpr auto kPage = static_cast<int64_t>(kPageEventsMax);

}  // namespace

StoreResult<void> Walk::run(const Event& event, const Mark& mark) {
  TRY_DO(next_marks());
  for (int64_t after = start_.sequence;;) {
    TRY(page, events_after(reader_, after, kPage));
    for (const StoredEvent& stored : page) {
      TRY(go_on, marks_before(static_cast<uint64_t>(std::max<int64_t>(stored.sequence, 0)), mark));
      if (!go_on) return {};
      TRY(more, event(stored));
      if (!more) return {};
      after = stored.sequence;
    }
    if (page.size() < kPageEventsMax) break;
  }
  TRY_DO(marks_before(UINT64_MAX, mark));
  return {};
}

StoreResult<bool> Walk::marks_before(uint64_t sequence, const Mark& mark) {
  while (at_ < marks_.size() && marks_[at_].size < sequence) {
    TRY(go_on, mark(marks_[at_]));
    if (!go_on) return false;
    if (++at_ == marks_.size()) TRY_DO(next_marks());
  }
  return true;
}

StoreResult<void> Walk::next_marks() {
  const int64_t after = marks_.empty() ? start_.number : static_cast<int64_t>(marks_.back().number);
  TRY(page, checkpoints_after(reader_, after, kPage));
  marks_ = std::move(page);
  at_ = 0;
  return {};
}

}  // namespace koshi::journal
