#include "office/ledger/rows.h"

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

#include "base/check.h"

namespace koshi::ledger {
namespace {

using store::Fault;
using store::StoreResult;

#define LEDGER_POSTING_COLUMNS \
  "number, account, kind, amount, case_id, hold, until, act, reason, recorded_at, limit_after, held_after, committed_after"
#define LEDGER_HOLD_COLUMNS "id, account, case_id, amount, until, state"
/// AccountRange as a condition.
#define LEDGER_IN_RANGE(column, self, end, below) \
  column " >= " self " AND " column " < " end " AND (" column " = " self " OR " column " >= " below ")"

/// Whether the account, as it is, can take this on.
#define LEDGER_HAS_ROOM(limit, held_too, committed_too, limit_max)                                                \
  "limit_now + " limit " BETWEEN 0 AND " limit_max " AND held + " held_too " >= 0 AND committed + " committed_too \
  " >= 0 AND held + " held_too " + committed + " committed_too " <= limit_now + " limit

constexpr std::array<std::string_view, 10> kKindNames{"allot",  "withdraw", "hold",     "expire",  "release",
                                                      "commit", "uncommit", "move_out", "move_in", "correct"};
constexpr std::array<std::string_view, 4> kStateNames{"held", "committed", "released", "expired"};

template <typename Enum, size_t kCount>
std::optional<Enum> from_name(const std::array<std::string_view, kCount>& names, std::string_view name) {
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Enum>(found - names.begin());
}

std::optional<std::string> maybe_text(const store::Row& row, size_t column) {
  return row.maybe_text(column).transform([](std::string_view text) { return std::string(text); });
}

std::optional<std::string> maybe_format(const std::optional<Date>& date) {
  return date.transform([](Date day) { return format_date(day); });
}

/// A date or none; kCorrupt names the row.
StoreResult<std::optional<Date>> maybe_date(const store::Row& row, size_t column, std::string_view what) {
  const auto text = row.maybe_text(column);
  if (!text) return std::nullopt;
  if (const auto date = parse_date(*text)) return date;
  return store::fault(Fault::kCorrupt, std::string(what) + " " + std::to_string(row.integer(0)) + " of the ledger has no date in until");
}

StoreResult<Posting> posting_of(const store::Row& row) {
  const auto kind = from_name<Kind>(kKindNames, row.text(2));
  if (!kind) {
    return store::fault(Fault::kCorrupt, "posting " + std::to_string(row.integer(0)) + " of the ledger is of no known kind");
  }
  TRY(until, maybe_date(row, 6, "posting"));
  Posting posting{.number = row.integer(0),
                  .account = std::string(row.text(1)),
                  .kind = *kind,
                  .amount = row.integer(3),
                  .case_id = maybe_text(row, 4),
                  .hold = row.maybe_integer(5),
                  .until = until,
                  .why = {.act = std::string(row.text(7)), .reason = std::string(row.text(8)), .recorded_at_ms = row.integer(9)},
                  .after = {std::string(row.text(1)), row.integer(10), row.integer(11), row.integer(12)}};
  if (posting.kind == Kind::kHold) posting.hold = posting.number;
  return posting;
}

StoreResult<Hold> hold_of(const store::Row& row) {
  const auto state = from_name<HoldState>(kStateNames, row.text(5));
  if (!state) return store::fault(Fault::kCorrupt, "hold " + std::to_string(row.integer(0)) + " of the ledger is in no known state");
  TRY(until, maybe_date(row, 4, "hold"));
  return Hold{row.integer(0), std::string(row.text(1)), std::string(row.text(2)), row.integer(3), until, *state};
}

Balance balance_of(const store::Row& row) {
  return {std::string(row.text(0)), row.integer(1), row.integer(2), row.integer(3)};
}

StoreResult<std::vector<Hold>> holds_of(StoreResult<store::Rows> rows) {
  if (!rows) return std::unexpected(rows.error());
  std::vector<Hold> holds;
  for (const store::Row row : *rows) {
    TRY(hold, hold_of(row));
    holds.push_back(std::move(hold));
  }
  return holds;
}

}  // namespace

std::string_view kind_name(Kind kind) {
  return kKindNames.at(static_cast<size_t>(kind));
}

std::string_view hold_state_name(HoldState state) {
  return kStateNames.at(static_cast<size_t>(state));
}

Effect effect_of(Kind kind, int64_t amount) {
  switch (kind) {
    case Kind::kAllot:
    case Kind::kMoveIn: return {.limit = amount};
    case Kind::kWithdraw:
    case Kind::kMoveOut: return {.limit = -amount};
    case Kind::kHold: return {.held = amount};
    case Kind::kExpire:
    case Kind::kRelease: return {.held = -amount};
    case Kind::kCommit: return {.held = -amount, .committed = amount};
    case Kind::kUncommit: return {.committed = -amount};
    case Kind::kCorrect: return {.committed = amount};
  }
  CHECK(false);
}

StoreResult<void> open_account(store::Transaction& transaction, std::string_view account) {
  return transaction.execute_later(
      "INSERT INTO ledger_account (code, limit_now, held, committed) VALUES ($1, 0, 0, 0) ON CONFLICT (code) DO NOTHING", {account});
}

namespace {

StoreResult<store::LaterRows> insert_posting(store::Transaction& transaction, const Posting& posting, const Effect& effect) {
  const auto hold = posting.kind == Kind::kHold ? std::nullopt : posting.hold;
  return transaction.query_later(
      "INSERT INTO ledger_posting (" LEDGER_POSTING_COLUMNS
      ") SELECT (SELECT coalesce(max(number), 0) + 1 FROM ledger_posting), code,"
      " $1, $2, $3, $4, $5, $6, $7, $8, limit_now + $9, held + $10, committed + $11 FROM ledger_account"
      " WHERE code = $12 AND " LEDGER_HAS_ROOM("$9", "$10", "$11", "$13") " RETURNING number, limit_after, held_after, committed_after",
      {kind_name(posting.kind), posting.amount, posting.case_id, hold, maybe_format(posting.until), posting.why.act, posting.why.reason,
       posting.why.recorded_at_ms, effect.limit, effect.held, effect.committed, posting.account, kAmountMax});
}

/// Of the posting that was just inserted.
StoreResult<void> insert_hold(store::Transaction& transaction, const Posting& posting, const Effect& effect) {
  return transaction.execute_later("INSERT INTO ledger_hold (" LEDGER_HOLD_COLUMNS
                                   ") SELECT (SELECT max(number) FROM ledger_posting), code, $1, $2, $3, 'held'"
                                   " FROM ledger_account WHERE code = $4 AND " LEDGER_HAS_ROOM("$5", "$7", "$8", "$6"),
                                   {posting.case_id, posting.amount, maybe_format(posting.until), posting.account, effect.limit, kAmountMax,
                                    effect.held, effect.committed});
}

}  // namespace

StoreResult<std::optional<Posting>> write_posting(store::Transaction& transaction, Posting posting) {
  const Effect effect = effect_of(posting.kind, posting.amount);
  TRY(written, insert_posting(transaction, posting, effect));
  if (posting.kind == Kind::kHold) TRY_DO(insert_hold(transaction, posting, effect));
  TRY(changed, transaction.execute("UPDATE ledger_account SET limit_now = limit_now + $1, held = held + $2, committed = committed + $3"
                                   " WHERE code = $4 AND " LEDGER_HAS_ROOM("$1", "$2", "$3", "$5"),
                                   {effect.limit, effect.held, effect.committed, posting.account, kAmountMax}));
  if (static_cast<size_t>(changed) != written->size()) return store::fault(Fault::kCorrupt, "a posting and its account disagree");
  if (written->empty()) return std::nullopt;
  const store::Row row = (*written)[0];
  posting.number = row.integer(0);
  posting.after = {posting.account, row.integer(1), row.integer(2), row.integer(3)};
  return posting;
}

StoreResult<void> change_hold(store::Transaction& transaction, const Hold& hold, HoldState state) {
  return transaction.execute_later("UPDATE ledger_hold SET state = $1 WHERE id = $2 AND state = $3",
                                   {hold_state_name(state), hold.id, hold_state_name(hold.state)}, 1);
}

StoreResult<std::vector<Hold>> holds_of_case(store::Reader& reader, std::string_view case_id, const AccountRange& range, HoldState state) {
  return holds_of(reader.query("SELECT " LEDGER_HOLD_COLUMNS " FROM ledger_hold WHERE case_id = $1 AND state = $2 AND " LEDGER_IN_RANGE(
                                   "account", "$3", "$4", "$5") " ORDER BY id",
                               {case_id, hold_state_name(state), range.self, range.end, range.below}));
}

StoreResult<std::vector<Hold>> ended_holds(store::Reader& reader, Date today, int64_t count) {
  return holds_of(reader.query("SELECT " LEDGER_HOLD_COLUMNS
                               " FROM ledger_hold WHERE state = 'held' AND until < $1 ORDER BY until, id LIMIT $2",
                               {format_date(today), count}));
}

StoreResult<int64_t> committed_by_holds(store::Reader& reader, std::string_view account) {
  TRY(rows, reader.query("SELECT CAST(coalesce(sum(amount), 0) AS bigint) FROM ledger_hold WHERE account = $1 AND state = 'committed'",
                         {account}));
  return rows[0].integer(0);
}

StoreResult<void> each_posting(store::Reader& reader, std::string_view account, const PostingWork& work) {
  return reader.each("SELECT " LEDGER_POSTING_COLUMNS " FROM ledger_posting WHERE account = $1 ORDER BY number", {account},
                     [&](const store::Row& row) -> StoreResult<void> {
                       TRY(posting, posting_of(row));
                       return work(posting);
                     });
}

StoreResult<void> each_hold(store::Reader& reader, std::string_view account, const HoldWork& work) {
  return reader.each("SELECT " LEDGER_HOLD_COLUMNS " FROM ledger_hold WHERE account = $1 ORDER BY id", {account},
                     [&](const store::Row& row) -> StoreResult<void> {
                       TRY(hold, hold_of(row));
                       return work(hold);
                     });
}

StoreResult<std::optional<Balance>> balance(store::Reader& reader, std::string_view account) {
  if (auto checked = check_account(account); !checked) return store::fault(Fault::kProgramming, checked.error().message);
  TRY(rows, reader.query("SELECT code, limit_now, held, committed FROM ledger_account WHERE code = $1", {account}));
  if (rows.empty()) return std::nullopt;
  return balance_of(rows[0]);
}

StoreResult<std::vector<Balance>> balances(store::Reader& reader, std::string_view prefix, std::string_view after, size_t count) {
  const auto range = account_range(prefix);
  if (!range) return store::fault(Fault::kProgramming, range.error().message);
  if (!after.empty()) {
    if (auto checked = check_account(after); !checked) return store::fault(Fault::kProgramming, checked.error().message);
  }
  TRY(rows, reader.query("SELECT code, limit_now, held, committed FROM ledger_account WHERE " LEDGER_IN_RANGE(
                             "code", "$1", "$2", "$3") " AND code > $4 ORDER BY code LIMIT $5",
                         {range->self, range->end, range->below, after, static_cast<int64_t>(std::min(count, kPageMax))}));
  std::vector<Balance> found;
  for (const store::Row row : rows) found.push_back(balance_of(row));
  return found;
}

StoreResult<Total> total(store::Reader& reader, std::string_view prefix) {
  const auto range = account_range(prefix);
  if (!range) return store::fault(Fault::kProgramming, range.error().message);
  TRY(rows,
      reader.query("SELECT count(*), CAST(coalesce(sum(limit_now), 0) AS bigint), CAST(coalesce(sum(held), 0) AS bigint),"
                   " CAST(coalesce(sum(committed), 0) AS bigint) FROM ledger_account WHERE " LEDGER_IN_RANGE("code", "$1", "$2", "$3"),
                   {range->self, range->end, range->below}));
  return Total{rows[0].integer(0), rows[0].integer(1), rows[0].integer(2), rows[0].integer(3)};
}

StoreResult<std::vector<Posting>> postings(store::Reader& reader, std::string_view account, int64_t after, size_t count) {
  if (auto checked = check_account(account); !checked) return store::fault(Fault::kProgramming, checked.error().message);
  TRY(rows,
      reader.query("SELECT " LEDGER_POSTING_COLUMNS " FROM ledger_posting WHERE account = $1 AND number > $2 ORDER BY number LIMIT $3",
                   {account, after, static_cast<int64_t>(std::min(count, kPageMax))}));
  std::vector<Posting> found;
  for (const store::Row row : rows) {
    TRY(posting, posting_of(row));
    found.push_back(std::move(posting));
  }
  return found;
}

StoreResult<std::vector<Hold>> holds(store::Reader& reader, std::string_view case_id) {
  return holds_of(reader.query("SELECT " LEDGER_HOLD_COLUMNS " FROM ledger_hold WHERE case_id = $1 ORDER BY id", {case_id}));
}

}  // namespace koshi::ledger
