#include "office/people/denials.h"

#include <algorithm>

#include "base/milliseconds.h"
#include "base/result.h"

namespace koshi::people {
namespace {

using store::StoreResult;

/// Before and behind every day that there is.
constexpr char kFirstDay[] = "0000-00-00";
constexpr char kLastDay[] = "9999-99-99";

/// Somebody may ask for anything: what is not a plain number or code is none, whatever it was.
std::string short_name(std::string_view thing) {
  const auto is_plain = [](char c) { return c > 0x20 && c < 0x7F; };
  if (thing.empty() || !std::ranges::all_of(thing, is_plain)) return "(no number)";
  return std::string(thing.substr(0, kDenialThingMaxBytes));
}

StoreResult<void> write(store::Transaction& transaction, const Denial& denial) {
  TRY_DO(
      transaction.execute("INSERT INTO people_denial (day, account, thing, first_at, last_at, times) VALUES ($1, $2, $3, $4, $5, $6)"
                          " ON CONFLICT (day, account, thing) DO UPDATE SET"
                          " first_at = CASE WHEN excluded.first_at < people_denial.first_at THEN excluded.first_at"
                          " ELSE people_denial.first_at END,"
                          " last_at = CASE WHEN excluded.last_at > people_denial.last_at THEN excluded.last_at"
                          " ELSE people_denial.last_at END,"
                          " times = people_denial.times + excluded.times",
                          {denial.day, denial.account, denial.thing, denial.first_at_ms, denial.last_at_ms, denial.times}));
  return {};
}

}  // namespace

void Denials::join(const Denial& more) {
  const DenialKey key = key_of(more);
  if (waiting_.size() >= kDenialsWaitingMax && !waiting_.contains(key)) return;
  const auto [at, is_new] = waiting_.try_emplace(key, more);
  if (is_new) return;
  Denial& known = at->second;
  known.first_at_ms = std::min(known.first_at_ms, more.first_at_ms);
  known.last_at_ms = std::max(known.last_at_ms, more.last_at_ms);
  known.times += more.times;
}

void Denials::note(std::string_view account, std::string_view thing, int64_t now_ms) {
  const std::string day = format_date(day_of_(now_ms));
  std::string name = short_name(thing), login(account);
  const std::lock_guard lock(mutex_);
  if (day != day_) things_.clear();
  day_ = day;
  if (things_.size() >= kDenialsWaitingMax && !things_.contains(login)) login = kManyThings;
  std::set<std::string>& things = things_[login];
  if (!things.contains(name) && things.size() >= kDenialThingsMax) name = kManyThings;
  things.insert(name);
  join({day, login, name, now_ms, now_ms, 1});
}

StoreResult<void> Denials::keep(store::Store& store, int64_t now_ms) {
  std::map<DenialKey, Denial> taken;
  {
    const std::lock_guard lock(mutex_);
    taken.swap(waiting_);
  }
  if (taken.empty()) return {};
  const std::string oldest = format_date(day_of_(now_ms - kDenialDays * kDayMs));
  auto written = store.write([&](store::Transaction& transaction) -> StoreResult<void> {
    for (const auto& [key, denial] : taken) TRY_DO(write(transaction, denial));
    TRY_DO(transaction.execute("DELETE FROM people_denial WHERE day < $1", {oldest}));
    return {};
  });
  if (written) return {};
  const std::lock_guard lock(mutex_);
  for (const auto& [key, denial] : taken) join(denial);
  return written;
}

StoreResult<std::vector<Denial>> denials(store::Reader& reader, const DenialQuery& query) {
  const DenialKey after = query.after.value_or(DenialKey{kLastDay, "", ""});
  TRY(rows, reader.query("SELECT day, account, thing, first_at, last_at, times FROM people_denial"
                         " WHERE (day, account, thing) < ($1, $2, $3) AND day >= $4 AND day <= $5"
                         " AND ($6 = '' OR account = $6) AND ($7 = '' OR thing = $7) AND times >= $8"
                         " ORDER BY day DESC, account DESC, thing DESC LIMIT $9",
                         {after.day, after.account, after.thing, query.from.empty() ? kFirstDay : query.from,
                          query.until.empty() ? kLastDay : query.until, query.account, query.thing, query.least_times,
                          std::clamp<int64_t>(query.count, 0, kDenialsPageMax)}));
  std::vector<Denial> found;
  for (const store::Row row : rows) {
    found.push_back(
        {std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2)), row.integer(3), row.integer(4), row.integer(5)});
  }
  return found;
}

}  // namespace koshi::people
