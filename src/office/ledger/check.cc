#include "office/ledger/check.h"

#include <map>
#include <utility>

#include "office/ledger/rows.h"

namespace koshi::ledger {
namespace {

using store::StoreResult;

std::string text_of(const Balance& balance) {
  return "limit " + std::to_string(balance.limit) + ", held " + std::to_string(balance.held) + ", committed " +
         std::to_string(balance.committed);
}

std::string text_of(const Hold& hold) {
  return std::to_string(hold.amount) + " " + std::string(hold_state_name(hold.state)) + " for " + hold.case_id + " until " +
         (hold.until ? format_date(*hold.until) : "it ends");
}

/// Where a posting finds the hold that it moves, and where it leaves it. The same start and end for none.
std::pair<HoldState, HoldState> step_of(Kind kind) {
  switch (kind) {
    case Kind::kCommit: return {HoldState::kHeld, HoldState::kCommitted};
    case Kind::kRelease: return {HoldState::kHeld, HoldState::kReleased};
    case Kind::kExpire: return {HoldState::kHeld, HoldState::kExpired};
    case Kind::kUncommit: return {HoldState::kCommitted, HoldState::kReleased};
    default: return {HoldState::kHeld, HoldState::kHeld};
  }
}

/// One account, made again from its postings.
class Replay {
 public:
  Replay(const Balance& stored, std::vector<Difference>& found) : stored_(stored), now_{.account = stored.account}, found_(found) {}

  void posting(const Posting& posting) {
    const Effect effect = effect_of(posting.kind, posting.amount);
    now_.limit += effect.limit;
    now_.held += effect.held;
    now_.committed += effect.committed;
    const std::string place = "posting " + std::to_string(posting.number);
    if (posting.after != now_) report(place, text_of(posting.after), text_of(now_));
    now_ = posting.after;  // so that one altered posting is one difference, and not all that follow
    move_hold(posting, place);
  }

  void hold(const Hold& stored) {
    const auto computed = holds_.find(stored.id);
    const std::string place = "hold " + std::to_string(stored.id);
    if (computed == holds_.end()) return report(place, text_of(stored), "no such hold");
    if (computed->second != stored) report(place, text_of(stored), text_of(computed->second));
    holds_.erase(computed);
  }

  void finish() {
    for (const auto& [id, hold] : holds_) report("hold " + std::to_string(id), "no such hold", text_of(hold));
    compare("limit", stored_.limit, now_.limit);
    compare("held", stored_.held, now_.held);
    compare("committed", stored_.committed, now_.committed);
  }

 private:
  void move_hold(const Posting& posting, const std::string& place) {
    if (posting.kind == Kind::kHold) {
      holds_[posting.number] = {posting.number, posting.account, posting.case_id.value_or(""),
                                posting.amount, posting.until,   HoldState::kHeld};
      return;
    }
    const auto [from, to] = step_of(posting.kind);
    const bool moves = from != to;
    if (!moves && !posting.hold) return;
    const std::string stored =
        std::string(kind_name(posting.kind)) + " of " + std::to_string(posting.amount) + " for " + posting.case_id.value_or("no case");
    const auto hold = holds_.find(posting.hold.value_or(0));
    if (!moves || hold == holds_.end()) return report(place, stored, "no hold to move");
    if (hold->second.state != from || hold->second.amount != posting.amount || hold->second.case_id != posting.case_id) {
      return report(place, stored, "its hold is " + text_of(hold->second));
    }
    hold->second.state = to;
  }

  void compare(const char* place, int64_t stored, int64_t computed) {
    if (stored != computed) report(place, std::to_string(stored), std::to_string(computed));
  }
  void report(const std::string& place, std::string stored, std::string computed) {
    found_.push_back({stored_.account, place, std::move(stored), std::move(computed)});
  }

  const Balance& stored_;
  Balance now_;
  std::map<int64_t, Hold> holds_;
  std::vector<Difference>& found_;
};

struct Seen {
  int64_t postings = 0;
  int64_t holds = 0;
};

StoreResult<void> check_account_of(store::Reader& reader, const Balance& account, Seen& seen, std::vector<Difference>& found) {
  Replay replay(account, found);
  TRY_DO(each_posting(reader, account.account, [&](const Posting& posting) -> StoreResult<void> {
    ++seen.postings;
    replay.posting(posting);
    return {};
  }));
  TRY_DO(each_hold(reader, account.account, [&](const Hold& hold) -> StoreResult<void> {
    ++seen.holds;
    replay.hold(hold);
    return {};
  }));
  replay.finish();
  return {};
}

/// What belongs to no account, and postings that are gone.
StoreResult<void> check_numbers(store::Reader& reader, const Seen& seen, std::vector<Difference>& found) {
  TRY(rows, reader.query("SELECT (SELECT count(*) FROM ledger_posting), (SELECT coalesce(max(number), 0) FROM ledger_posting),"
                         " (SELECT count(*) FROM ledger_hold)"));
  const auto compare = [&](const char* what, int64_t stored, int64_t computed) {
    if (stored == computed) return;
    found.push_back({"", "numbers", std::to_string(stored) + " " + what, std::to_string(computed)});
  };
  compare("postings", rows[0].integer(0), rows[0].integer(1));
  compare("postings", rows[0].integer(0), seen.postings);
  compare("holds", rows[0].integer(2), seen.holds);
  return {};
}

}  // namespace

std::string describe(const Difference& difference) {
  const std::string where = difference.account.empty() ? "" : difference.account + ": ";
  return where + difference.place + " is " + difference.stored + ", but the postings make " + difference.computed;
}

StoreResult<std::vector<Difference>> check(store::Reader& reader) {
  std::vector<Difference> found;
  Seen seen;
  for (std::string after;;) {
    TRY(page, balances(reader, "", after));
    for (const Balance& account : page) {
      TRY_DO(check_account_of(reader, account, seen, found));
      if (found.size() >= kDifferencesMax) {
        found.resize(kDifferencesMax);
        return found;
      }
    }
    if (page.size() < kPageMax) break;
    after = page.back().account;
  }
  TRY_DO(check_numbers(reader, seen, found));
  return found;
}

}  // namespace koshi::ledger
