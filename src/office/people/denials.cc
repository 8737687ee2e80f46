#include "office/people/denials.h"

#include <algorithm>

#include "base/date.h"
#include "base/result.h"
#include "base/result.h"
#include "base/text.h"

namespace koshi::people {
namespace {

using store::StoreResult;

constexpr int64_t kDayMs = 86'400'000;

std::string day_of(int64_t now_ms) {
  return format_date(Date{static_cast<int32_t>(now_ms / kDayMs)});
}

/// Somebody may ask for anything: what is not a plain number or code is none, whatever it was.
std::string short_name(std::string_view thing) {
  const auto is_plain = [](char c) { return c > 0x20 && c < 0x7F; };
  if (thing.empty() || !std::ranges::all_of(thing, is_plain)) return "(no number)";
  return std::string(thing.substr(0, kDenialThingMaxBytes));
}

StoreResult<void> write(store::Transaction& transaction, const Denial& denial) {
  TRY_DO(
      transaction.execute("INSERT INTO people_denial (day, account, thing, first_at, last_at, times) VALUES ($1, $2, $3, $4, $5, $6)"
                          " ON CONFLICT (day, account, thing) DO UPDATE SET last_at = excluded.last_at,"
                          " times = people_denial.times + excluded.times",
                          {denial.day, denial.account, denial.thing, denial.first_at_ms, denial.last_at_ms, denial.times}));
  return {};
}

}  // namespace

void Denials::note(std::string_view account, std::string_view thing, int64_t now_ms) {
  const std::string day = day_of(now_ms);
  std::string name = short_name(thing);
  const std::lock_guard lock(mutex_);
  if (day != day_) things_.clear();
  day_ = day;
  if (things_.size() >= kDenialsWaitingMax && !things_.contains(std::string(account))) return;
  std::set<std::string>& things = things_[std::string(account)];
  if (!things.contains(name) && things.size() >= kDenialThingsMax) name = kManyThings;
  things.insert(name);
  const Key key{day, std::string(account), name};
  if (waiting_.size() >= kDenialsWaitingMax && !waiting_.contains(key)) return;
  Denial& denial = waiting_[key];
  if (denial.times == 0) denial = {key.day, key.account, key.thing, now_ms, now_ms, 0};
  denial.last_at_ms = std::max(denial.last_at_ms, now_ms);
  ++denial.times;
}

StoreResult<void> Denials::keep(store::Store& store, int64_t now_ms) {
  std::map<Key, Denial> taken;
  {
    const std::lock_guard lock(mutex_);
    taken.swap(waiting_);
  }
  if (taken.empty()) return {};
  const std::string oldest = day_of(std::max<int64_t>(now_ms - kDenialDays * kDayMs, 0));
  auto written = store.write([&](store::Transaction& transaction) -> StoreResult<void> {
    for (const auto& [key, denial] : taken) TRY_DO(write(transaction, denial));
    TRY_DO(transaction.execute("DELETE FROM people_denial WHERE day < $1", {oldest}));
    return {};
  });
  if (written) return {};
  const std::lock_guard lock(mutex_);
  for (auto& [key, denial] : taken) {
    Denial& now = waiting_[key];
    if (now.times == 0) now = {key.day, key.account, key.thing, denial.first_at_ms, denial.last_at_ms, 0};
    now.first_at_ms = std::min(now.first_at_ms, denial.first_at_ms);
    now.times += denial.times;
  }
  return written;
}

StoreResult<std::vector<Denial>> denials(store::Reader& reader, int64_t count) {
  TRY(rows, reader.query("SELECT day, account, thing, first_at, last_at, times FROM people_denial"
                         " ORDER BY day DESC, times DESC, account, thing LIMIT $1",
                         {std::clamp<int64_t>(count, 0, kDenialsPageMax)}));
  std::vector<Denial> found;
  for (const store::Row row : rows) {
    found.push_back(
        {std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2)), row.integer(3), row.integer(4), row.integer(5)});
  }
  return found;
}

}  // namespace koshi::people
