#include "office/people/sign_in_book.h"

#include <algorithm>

#include "base/milliseconds.h"
#include "base/result.h"

namespace koshi::people {
namespace {

using store::StoreResult;

}  // namespace

std::string_view name_of(SignInWay way) {
  switch (way) {
    case SignInWay::kPassword: return "password";
    case SignInWay::kPasswordAndCode: return "password and code";
    case SignInWay::kProvider: break;
  }
  return "provider";
}

StoreResult<void> note_sign_in(store::Transaction& transaction, int64_t account, SignInWay way, int64_t now_ms) {
  TRY_DO(transaction.execute("INSERT INTO people_sign_in (account_id, way, at) VALUES ($1, $2, $3)",
                             {account, static_cast<int64_t>(way), now_ms}));
  return {};
}

StoreResult<std::vector<SignInNote>> sign_ins_of(store::Reader& reader, int64_t account, int64_t count) {
  TRY(rows, reader.query("SELECT at, way FROM people_sign_in WHERE account_id = $1 ORDER BY at DESC, id DESC LIMIT $2",
                         {account, std::clamp<int64_t>(count, 0, kSignInsPageMax)}));
  std::vector<SignInNote> notes;
  for (const store::Row row : rows) notes.push_back({row.integer(0), static_cast<SignInWay>(row.integer(1))});
  return notes;
}

StoreResult<int64_t> forget_sign_ins(store::Transaction& transaction, int64_t now_ms, int64_t count) {
  return transaction.execute("DELETE FROM people_sign_in WHERE id IN (SELECT id FROM people_sign_in WHERE at < $1 LIMIT $2)",
                             {now_ms - kSignInDays * kDayMs, count});
}

}  // namespace koshi::people
