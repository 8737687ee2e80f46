#pragma once

#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "office/case/case.h"

/// Cases that were read lately, by the text of their snapshots: acts on one case follow each other, and reading the text of a case costs
/// more than comparing it. A text has one meaning, so that nothing here can be out of date; what is forgotten is read again.
namespace koshi::office {

inline constexpr size_t kRememberedCasesMax = 4096;
inline constexpr size_t kRememberedBytesMax = 32u << 20;  ///< of texts; the cases take a few times as much

/// Any thread.
class CaseMemory {
 public:
  /// Null: not remembered with this text.
  std::shared_ptr<const Case> find(std::string_view id, std::string_view text);
  /// The text is case_json(item).
  void keep(std::string text, Case item);
  size_t size() const;

 private:
  struct Entry {
    std::string text;
    std::shared_ptr<const Case> item;
  };
  using Order = std::list<Entry>;  ///< the longest unused last

  void forget(Order::iterator entry);

  mutable std::mutex mutex_;
  Order order_;                                                  ///< guarded by mutex_
  std::unordered_map<std::string_view, Order::iterator> by_id_;  ///< guarded by mutex_; names point into the cases
  size_t bytes_ = 0;                                             ///< guarded by mutex_
};

}  // namespace koshi::office
