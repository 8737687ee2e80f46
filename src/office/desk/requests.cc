#include "office/desk/requests.h"

#include "base/result.h"

namespace koshi::office {

using store::StoreResult;

journal::Hash request_hash(std::initializer_list<std::string_view> parts) {
  std::string bytes;
  for (const std::string_view part : parts) bytes.append(std::to_string(part.size())).append(":").append(part);
  return journal::sha256(bytes);
}

StoreResult<store::LaterRows> ask_request(store::Reader& reader, std::string_view account, std::string_view key) {
  return reader.query_later("SELECT hash, case_id, sequence FROM desk_request WHERE account = $1 AND request_key = $2", {account, key});
}

std::optional<AnsweredRequest> request_of(const store::Rows& rows) {
  if (rows.empty()) return std::nullopt;
  const auto hash = journal::hash_from_bytes(rows[0].blob(0));
  return AnsweredRequest{hash.value_or(journal::Hash{}), std::string(rows[0].text(1)), static_cast<uint64_t>(rows[0].integer(2))};
}

StoreResult<void> insert_request(store::Transaction& transaction, std::string_view account, std::string_view key,
                                 const AnsweredRequest& request, Date day) {
  return transaction.execute_later(
      "INSERT INTO desk_request (account, request_key, hash, case_id, sequence, day) VALUES ($1, $2, $3, $4, $5, $6)",
      {account, key, store::Blob{journal::bytes_of(request.hash)}, request.case_id, static_cast<int64_t>(request.sequence),
       format_date(day)},
      1);
}

StoreResult<void> forget_requests(store::Transaction& transaction, Date before) {
  TRY_DO(
      transaction.execute("DELETE FROM desk_request WHERE (account, request_key) IN"
                          " (SELECT account, request_key FROM desk_request WHERE day < $1 ORDER BY day LIMIT 1000)",
                          {format_date(before)}));
  return {};
}

}  // namespace koshi::office
