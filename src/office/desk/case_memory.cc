#include "office/desk/case_memory.h"

#include <iterator>

namespace koshi::office {

std::shared_ptr<const Case> CaseMemory::find(std::string_view id, std::string_view text) {
  const std::lock_guard lock(mutex_);
  const auto found = by_id_.find(id);
  if (found == by_id_.end() || found->second->text != text) return nullptr;
  order_.splice(order_.begin(), order_, found->second);
  return found->second->item;
}

void CaseMemory::keep(std::string text, Case item) {
  if (text.size() > kRememberedBytesMax / 8) return;
  Entry entry{std::move(text), std::make_shared<const Case>(std::move(item))};
  const std::lock_guard lock(mutex_);
  if (const auto known = by_id_.find(entry.item->id); known != by_id_.end()) forget(known->second);
  bytes_ += entry.text.size();
  order_.push_front(std::move(entry));
  by_id_.emplace(order_.front().item->id, order_.begin());
  while (order_.size() > kRememberedCasesMax || bytes_ > kRememberedBytesMax) forget(std::prev(order_.end()));
}

size_t CaseMemory::size() const {
  const std::lock_guard lock(mutex_);
  return order_.size();
}

void CaseMemory::forget(Order::iterator entry) {
  bytes_ -= entry->text.size();
  by_id_.erase(entry->item->id);
  order_.erase(entry);
}

}  // namespace koshi::office
