#include "office/people/device.h"

#include "base/milliseconds.h"
#include "base/result.h"
#include "office/people/token.h"

namespace koshi::people {
namespace {

using store::Blob;
using store::StoreResult;

std::string hex(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  for (const char byte : bytes) {
    out.push_back(kDigits[static_cast<unsigned char>(byte) >> 4]);
    out.push_back(kDigits[static_cast<unsigned char>(byte) & 15]);
  }
  return out;
}

}  // namespace

StoreResult<std::string> device_of(store::Reader& reader, int64_t account, std::string_view token) {
  const auto hash = token_hash(token);
  if (!hash) return "";
  TRY(rows, reader.query("SELECT 1 FROM people_device WHERE device_hash = $1 AND account_id = $2", {Blob{*hash}, account}));
  return rows.empty() ? "" : hex(*hash);
}

StoreResult<std::string> remember_device(store::Transaction& transaction, int64_t account, std::string_view token, int64_t now_ms,
                                         const RandomBytes& random) {
  if (const auto hash = token_hash(token)) {
    TRY(known, transaction.execute("UPDATE people_device SET seen_at = $1 WHERE device_hash = $2 AND account_id = $3",
                                   {now_ms, Blob{*hash}, account}));
    if (known > 0) return std::string(token);
  }
  TRY_DO(
      transaction.execute("DELETE FROM people_device WHERE account_id = $1 AND device_hash NOT IN"
                          " (SELECT device_hash FROM people_device WHERE account_id = $1 ORDER BY seen_at DESC, device_hash LIMIT $2)",
                          {account, kDevicesMax - 1}));
  std::string made = make_token(random);
  TRY_DO(transaction.execute("INSERT INTO people_device (device_hash, account_id, seen_at) VALUES ($1, $2, $3)",
                             {Blob{*token_hash(made)}, account, now_ms}));
  return made;
}

StoreResult<int64_t> forget_devices(store::Transaction& transaction, int64_t now_ms, int64_t count) {
  return transaction.execute(
      "DELETE FROM people_device WHERE device_hash IN (SELECT device_hash FROM people_device WHERE seen_at < $1 LIMIT $2)",
      {now_ms - kDeviceDays * kDayMs, count});
}

}  // namespace koshi::people
