#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "base/date.h"
#include "office/journal/hash.h"
#include "store/transaction.h"

/// Idempotency: which act answered which key of which account.
namespace koshi::office {

/// Of what is asked: parts that differ in any byte, or in where one ends, have different hashes.
journal::Hash request_hash(std::initializer_list<std::string_view> parts);

struct AnsweredRequest {
  journal::Hash hash{};
  std::string case_id;
  uint64_t sequence = 0;
};
/// In two steps, so that the question travels with others.
store::StoreResult<store::LaterRows> ask_request(store::Reader& reader, std::string_view account, std::string_view key);
std::optional<AnsweredRequest> request_of(const store::Rows& rows);
store::StoreResult<void> insert_request(store::Transaction& transaction, std::string_view account, std::string_view key,
                                        const AnsweredRequest& request, Date day);
/// Those of days before this one, at most 1000 in one call.
store::StoreResult<void> forget_requests(store::Transaction& transaction, Date before);

}  // namespace koshi::office
