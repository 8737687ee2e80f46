#include "office/people/recovery.h"

#include <openssl/evp.h>

#include "base/check.h"
#include "base/result.h"
#include "office/people/written_code.h"

namespace koshi::people {
namespace {

using store::Blob;
using store::StoreResult;

constexpr size_t kHashBytes = 32;

/// Bound to the account, so that a row that is moved to another one opens nothing there.
std::string hash_of(int64_t account, std::string_view code) {
  const std::string text = "koshi/recovery code/" + std::to_string(account) + "\n" + std::string(code);
  std::string out(kHashBytes, '\0');
  CHECK(EVP_Digest(text.data(), text.size(), reinterpret_cast<unsigned char*>(out.data()), nullptr, EVP_sha256(), nullptr) == 1);
  return out;
}

}  // namespace

StoreResult<std::vector<std::string>> make_recovery_codes(store::Transaction& transaction, int64_t account, const RandomBytes& random) {
  TRY_DO(drop_recovery_codes(transaction, account));
  std::vector<std::string> codes;
  for (int i = 0; i < kRecoveryCodes; ++i) {
    codes.push_back(make_written_code(random, kRecoveryCodeLength));
    const std::string hash = hash_of(account, *read_written_code(codes.back(), kRecoveryCodeLength));
    TRY_DO(transaction.execute("INSERT INTO people_recovery_code (code_hash, account_id) VALUES ($1, $2)", {Blob{hash}, account}));
  }
  return codes;
}

bool is_recovery_code(std::string_view text) {
  return read_written_code(text, kRecoveryCodeLength).has_value();
}

StoreResult<bool> use_recovery_code(store::Transaction& transaction, int64_t account, std::string_view text) {
  const auto code = read_written_code(text, kRecoveryCodeLength);
  if (!code) return false;
  TRY(used, transaction.execute("DELETE FROM people_recovery_code WHERE code_hash = $1 AND account_id = $2",
                                {Blob{hash_of(account, *code)}, account}));
  return used > 0;
}

StoreResult<void> drop_recovery_codes(store::Transaction& transaction, int64_t account) {
  TRY_DO(transaction.execute("DELETE FROM people_recovery_code WHERE account_id = $1", {account}));
  return {};
}

StoreResult<int64_t> recovery_codes_left(store::Reader& reader, int64_t account) {
  TRY(rows, reader.query("SELECT count(*) FROM people_recovery_code WHERE account_id = $1", {account}));
  return rows[0].integer(0);
}

}  // namespace koshi::people
