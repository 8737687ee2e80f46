#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "store/store.h"

/// What somebody who is signed in asked for and was not given, as it was not theirs: who tries doors leaves a trace. A thing that does not
/// exist is noted like one that does, so neither the answer nor the time that it takes tells them apart.
///
/// Notes are gathered in memory and written by whoever sweeps, every few seconds, so that trying doors costs the office no write each: what
/// a server has not yet written is lost with it when it is killed.
namespace koshi::people {

inline constexpr size_t kDenialThingMaxBytes = 64;
inline constexpr size_t kDenialThingsMax = 200;     ///< of one account on one day by one server; what is more is counted together
inline constexpr size_t kDenialsWaitingMax = 8192;  ///< not yet written; further accounts are not noted
inline constexpr int64_t kDenialDays = 400;         ///< kept
inline constexpr int64_t kDenialsPageMax = 1000;
inline constexpr std::string_view kManyThings = "(many)";

struct Denial {
  std::string day;      ///< "2026-03-02", UTC
  std::string account;  ///< as in the journal: a login, or "key:…"
  std::string thing;    ///< number of a case, code of an account of the quota
  int64_t first_at_ms = 0, last_at_ms = 0;
  int64_t times = 0;
  bool operator==(const Denial&) const = default;
};

/// Thread contract: any thread may call.
class Denials {
 public:
  void note(std::string_view account, std::string_view thing, int64_t now_ms);
  /// Writes what was noted, and forgets what is older than kDenialDays. What could not be written waits for the next call.
  store::StoreResult<void> keep(store::Store& store, int64_t now_ms);

 private:
  struct Key {
    std::string day, account, thing;
    auto operator<=>(const Key&) const = default;
  };

  std::mutex mutex_;
  std::map<Key, Denial> waiting_;
  std::string day_;                                      ///< of `things_`
  std::map<std::string, std::set<std::string>> things_;  ///< of the day, by account
};

/// The latest first: those of a day by who tried most.
store::StoreResult<std::vector<Denial>> denials(store::Reader& reader, int64_t count = kDenialsPageMax);

}  // namespace koshi::people
