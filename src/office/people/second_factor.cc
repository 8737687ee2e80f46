#include "office/people/second_factor.h"

#include <sodium.h>

#include <cstring>

#include "base/check.h"
#include "base/result.h"
#include "office/people/account_changes.h"
#include "office/people/account_rows.h"
#include "office/people/recovery.h"
#include "office/people/token.h"

namespace koshi::people {
namespace {

using store::StoreResult;

constexpr size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr size_t kSealedBytes = kNonceBytes + kTotpSecretBytes + kTagBytes;
static_assert(kFactorKeyBytes == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

const unsigned char* raw(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}
unsigned char* raw(std::string& bytes) {
  return reinterpret_cast<unsigned char*>(bytes.data());
}
template <size_t kSize>
const unsigned char* raw(const std::array<std::byte, kSize>& bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

/// What a secret is bound to: put into the row of another account, it does not open.
std::string bound_to(int64_t account) {
  return "koshi second factor 1 of account " + std::to_string(account);
}

std::optional<TotpSecret> opened_by(const FactorKey& key, std::string_view sealed, int64_t account) {
  TotpSecret secret{};
  const std::string bound = bound_to(account);
  const bool opens = sealed.size() == kSealedBytes &&
                     crypto_aead_xchacha20poly1305_ietf_decrypt(reinterpret_cast<unsigned char*>(secret.data()), nullptr, nullptr,
                                                                raw(sealed) + kNonceBytes, kTotpSecretBytes + kTagBytes,
                                                                raw(std::string_view(bound)), bound.size(), raw(sealed), raw(key)) == 0;
  return opens ? std::optional(secret) : std::nullopt;
}

struct Stored {
  std::string login;
  std::optional<std::string> sealed;
  bool confirmed = false;
  int64_t last_used = 0;
};

StoreResult<std::optional<Stored>> read(store::Reader& reader, int64_t account) {
  TRY(rows, reader.query("SELECT login, factor_secret, factor_confirmed, factor_step FROM people_account WHERE id = $1", {account}));
  if (rows.empty()) return std::nullopt;
  const store::Row row = rows[0];
  return Stored{.login = std::string(row.text(0)),
                .sealed = row.is_null(1) ? std::nullopt : std::optional(std::string(row.blob(1))),
                .confirmed = row.integer(2) == 1,
                .last_used = row.integer(3)};
}

}  // namespace

SecondFactor::SecondFactor(const FactorKey& key, RandomBytes random, std::string issuer, std::vector<FactorKey> retired)
    : key_(key), retired_(std::move(retired)), random_(std::move(random)), issuer_(std::move(issuer)) {
  CHECK(sodium_init() >= 0);
}

std::string SecondFactor::seal(const TotpSecret& secret, int64_t account) const {
  std::string out(kSealedBytes, '\0');
  random_(std::as_writable_bytes(std::span(out).first(kNonceBytes)));
  const std::string bound = bound_to(account);
  const int failed = crypto_aead_xchacha20poly1305_ietf_encrypt(raw(out) + kNonceBytes, nullptr, raw(secret), secret.size(),
                                                                raw(std::string_view(bound)), bound.size(), nullptr, raw(out), raw(key_));
  CHECK(failed == 0);
  return out;
}

StoreResult<TotpSecret> SecondFactor::open(std::string_view sealed, int64_t account) const {
  if (const auto secret = opened_by(key_, sealed, account)) return *secret;
  for (const FactorKey& key : retired_) {
    if (const auto secret = opened_by(key, sealed, account)) return *secret;
  }
  return store::fault(store::Fault::kCorrupt, "the second factor of account " + std::to_string(account) +
                                                  " does not open: it was changed, or the key of this office is another one");
}

StoreResult<int64_t> SecondFactor::seal_anew(store::Transaction& transaction) const {
  TRY(rows, transaction.query("SELECT id, factor_secret FROM people_account WHERE factor_secret IS NOT NULL ORDER BY id", {}));
  int64_t sealed = 0;
  for (const store::Row row : rows) {
    const int64_t account = row.integer(0);
    if (opened_by(key_, row.blob(1), account)) continue;
    TRY(secret, open(row.blob(1), account));
    TRY_DO(
        transaction.execute("UPDATE people_account SET factor_secret = $1 WHERE id = $2", {store::Blob{seal(secret, account)}, account}));
    ++sealed;
  }
  return sealed;
}

Decided<Enrolment> SecondFactor::enrol(store::Transaction& transaction, int64_t account) const {
  TRY(stored, read(transaction, account));
  if (!stored) return refused<Enrolment>(no_account());
  if (stored->confirmed) return refused<Enrolment>(Refusal::kCodeEnrolled, "this account has a second factor; remove it first");
  TotpSecret secret{};
  random_(secret);
  TRY_DO(transaction.execute("UPDATE people_account SET factor_secret = $1, factor_step = 0 WHERE id = $2",
                             {store::Blob{seal(secret, account)}, account}));
  return Enrolment{totp_secret_text(secret), totp_uri(secret, issuer_, stored->login)};
}

Decided<void> SecondFactor::take(store::Transaction& transaction, int64_t account, std::string_view code, int64_t now_ms,
                                 bool confirmed) const {
  TRY(stored, read(transaction, account));
  if (!stored) return refused<void>(no_account());
  const bool fits = stored->sealed && stored->confirmed == confirmed;
  if (!fits) return refused<void>(Refusal::kCodeNotBegun, "there is no second factor in this state");
  TRY(secret, open(*stored->sealed, account));
  const auto step = totp_match(secret, code, now_ms, stored->last_used);
  if (!step) return refused<void>(Refusal::kCodeWrong, "this code is wrong, too old or used already");
  return one_account(
      transaction.execute("UPDATE people_account SET factor_step = $1, factor_confirmed = 1 WHERE id = $2", {*step, account}));
}

Decided<void> SecondFactor::confirm(store::Transaction& transaction, int64_t account, std::string_view code, int64_t now_ms) const {
  return take(transaction, account, code, now_ms, false);
}

Decided<void> SecondFactor::use(store::Transaction& transaction, int64_t account, std::string_view code, int64_t now_ms) const {
  if (is_recovery_code(code)) {
    TRY(used, use_recovery_code(transaction, account, code));
    if (!used) return refused<void>(Refusal::kCodeWrong, "this recovery code is none of the account's, or was used already");
    TRY_DO(note_change(transaction, account, kRecoveryUsed, now_ms));
    return {};
  }
  return take(transaction, account, code, now_ms, true);
}

Decided<void> SecondFactor::require(store::Transaction& transaction, int64_t account, bool required) const {
  return one_account(transaction.execute("UPDATE people_account SET factor_required = $1 WHERE id = $2", {required ? 1 : 0, account}));
}

std::optional<Enrolment> SecondFactor::told_again(std::string_view secret_text, std::string_view login) const {
  const auto secret = read_totp_secret(secret_text);
  if (!secret) return std::nullopt;
  return Enrolment{totp_secret_text(*secret), totp_uri(*secret, issuer_, login)};
}

Decided<void> SecondFactor::remove(store::Transaction& transaction, int64_t account, std::string_view kept_token) const {
  TRY(done,
      one_account(transaction.execute("UPDATE people_account SET factor_secret = NULL, factor_confirmed = 0 WHERE id = $1", {account})));
  if (!done) return done;
  TRY_DO(drop_recovery_codes(transaction, account));
  TRY_DO(end_sessions(transaction, account, token_hash(kept_token).value_or("")));
  return done;
}

}  // namespace koshi::people
