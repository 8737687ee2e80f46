#include "office/people/account_changes.h"

#include <algorithm>

#include "base/milliseconds.h"
#include "base/result.h"

namespace koshi::people {
namespace {

using store::StoreResult;

}  // namespace

StoreResult<void> note_change(store::Transaction& transaction, int64_t account, std::string_view what, int64_t now_ms,
                              std::string_view remark) {
  TRY_DO(transaction.execute("INSERT INTO people_account_change (account_id, what, remark, at) VALUES ($1, $2, $3, $4)",
                             {account, what, remark, now_ms}));
  return {};
}

StoreResult<std::vector<AccountChange>> changes_of(store::Reader& reader, int64_t account, int64_t count) {
  TRY(rows, reader.query("SELECT at, what, remark FROM people_account_change WHERE account_id = $1 ORDER BY at DESC, id DESC LIMIT $2",
                         {account, std::clamp<int64_t>(count, 0, kAccountChangesPageMax)}));
  std::vector<AccountChange> changes;
  for (const store::Row row : rows) changes.push_back({row.integer(0), std::string(row.text(1)), std::string(row.text(2))});
  return changes;
}

StoreResult<int64_t> forget_changes(store::Transaction& transaction, int64_t now_ms, int64_t count) {
  return transaction.execute("DELETE FROM people_account_change WHERE id IN (SELECT id FROM people_account_change WHERE at < $1 LIMIT $2)",
                             {now_ms - kAccountChangeDays * kDayMs, count});
}

}  // namespace koshi::people
