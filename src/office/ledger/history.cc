#include "office/ledger/history.h"

#include <algorithm>
#include <map>
#include <string>

#include "office/ledger/account.h"
#include "office/ledger/rows.h"

namespace koshi::ledger {
namespace {

using store::Fault;
using store::StoreResult;

struct Sums {
  int64_t limit = 0;
  int64_t held = 0;
  int64_t committed = 0;
};

Date monday_of(Date day) {
  return {day.days - weekday(day) + 1};
}

/// Follows the accounts through their postings.
class Weeks {
 public:
  void post(std::string_view account, Date day, const Sums& after) {
    Sums& known = accounts_[std::string(account)];
    total_.limit += after.limit - known.limit;
    total_.held += after.held - known.held;
    total_.committed += after.committed - known.committed;
    known = after;
    // A clock that was set back must not fold a later posting into an earlier week.
    const Date monday = weeks_.empty() ? monday_of(day) : std::max(monday_of(day), weeks_.back().monday);
    if (weeks_.empty() || weeks_.back().monday != monday) weeks_.push_back({monday, 0, 0, 0});
    weeks_.back() = {monday, total_.limit, total_.held, total_.committed};
  }

  std::vector<WeekTotal> take() {
    if (weeks_.size() > kWeeksMax) weeks_.erase(weeks_.begin(), weeks_.end() - static_cast<std::ptrdiff_t>(kWeeksMax));
    return std::move(weeks_);
  }

 private:
  std::map<std::string, Sums, std::less<>> accounts_;
  Sums total_;
  std::vector<WeekTotal> weeks_;
};

}  // namespace

StoreResult<std::vector<WeekTotal>> week_totals(store::Reader& reader, std::string_view prefix,
                                                const std::function<Date(int64_t)>& day_of) {
  const auto range = account_range(prefix);
  if (!range) return store::fault(Fault::kProgramming, range.error().message);
  Weeks weeks;
  TRY_DO(
      reader.each("SELECT account, recorded_at, limit_after, held_after, committed_after FROM ledger_posting"
                  " WHERE account >= $1 AND account < $2 AND (account = $1 OR account >= $3) ORDER BY number",
                  {range->self, range->end, range->below}, [&](const store::Row& row) -> StoreResult<void> {
                    weeks.post(row.text(0), day_of(row.integer(1)), {row.integer(2), row.integer(3), row.integer(4)});
                    return {};
                  }));
  return weeks.take();
}

StoreResult<std::vector<Hold>> open_holds(store::Reader& reader, std::string_view account) {
  if (auto checked = check_account(account); !checked) return store::fault(Fault::kProgramming, checked.error().message);
  std::vector<Hold> open;
  TRY_DO(each_hold(reader, account, [&](const Hold& hold) -> StoreResult<void> {
    if (hold.state == HoldState::kHeld) open.push_back(hold);
    return {};
  }));
  std::ranges::stable_sort(open, {}, [](const Hold& hold) { return hold.until.value_or(kLastDate); });
  if (open.size() > kOpenHoldsMax) open.resize(kOpenHoldsMax);
  return open;
}

}  // namespace koshi::ledger
