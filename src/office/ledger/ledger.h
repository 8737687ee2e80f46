#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/date.h"
#include "office/ledger/account.h"
#include "store/transaction.h"

/// Quota kept like money: each account has a limit, of which places are held for cases that are under way and committed
/// by permits that took effect. In every account held + committed <= limit, by a constraint of the database.
///
/// Each change is a posting that stays for ever; a wrong one is put right by a further posting. Accounts and holds are
/// what the postings add up to, and check() (check.h) adds them up again.
///
/// The functions that write work in the caller's transaction, so that act, posting and projection are kept together or
/// not at all. They look before they write: a refusal is a value, nothing was written, and the transaction goes on.
/// They rely on the store's promise that writes run one after another.
///
/// Errors, besides those of the database: kProgramming for an account, prefix, case, amount or reason outside of the
/// bounds below; kCorrupt when accounts, holds and postings contradict each other.
///
/// Thread contract: no state; a transaction belongs to one thread.
namespace koshi::ledger {

inline constexpr int64_t kAmountMax = 1'000'000'000'000;  ///< of one posting and of a limit; in places
inline constexpr size_t kCaseMaxBytes = 256;
inline constexpr size_t kActMaxBytes = 256;
inline constexpr size_t kReasonMaxBytes = 2000;
inline constexpr size_t kPageMax = 1000;  ///< rows of one answer of balances(), postings(), expire_holds()

/// An account that was never posted to has no balance and a limit of zero.
struct Balance {
  std::string account;
  int64_t limit = 0;
  int64_t held = 0;
  int64_t committed = 0;

  int64_t available() const { return limit - held - committed; }
  bool operator==(const Balance&) const = default;
};

/// The refusal: the account as it stands, and what was asked of it.
struct Insufficient {
  std::string account;
  int64_t limit = 0;
  int64_t held = 0;
  int64_t committed = 0;
  int64_t asked = 0;
  bool operator==(const Insufficient&) const = default;
};

/// A value, or the refusal. To ask for the one that is not there is a bug
/// and hits CHECK. TRY_DO() on a StoreResult<Outcome<T>> would lose the refusal: bind it and look.
template <typename T>
class Outcome {
 public:
  Outcome(T value) : value_(std::move(value)) {}                                   // NOLINT: implicit, for return
  Outcome(Insufficient refusal) : refused_(true), refusal_(std::move(refusal)) {}  // NOLINT

  explicit operator bool() const { return !refused_; }
  const T& value() const {
    CHECK(!refused_);
    return value_;
  }
  const Insufficient& refusal() const {
    CHECK(refused_);
    return refusal_;
  }
  bool operator==(const Outcome&) const = default;

 private:
  bool refused_ = false;
  T value_{};
  Insufficient refusal_{};
};

/// What makes an act traceable. `act` is the journal's sequence of the event, or names what stands outside of it (an
/// import). Both texts are UTF-8 without control characters; `act` is never empty.
struct Why {
  std::string act;
  std::string reason;
  int64_t recorded_at_ms = 0;  ///< UTC since 1970, by the caller's clock
  bool operator==(const Why&) const = default;
};

enum class Kind : uint8_t { kAllot, kWithdraw, kHold, kExpire, kRelease, kCommit, kUncommit, kMoveOut, kMoveIn, kCorrect };

/// "move_out"
std::string_view kind_name(Kind kind);

struct Posting {
  int64_t number = 0;  ///< from 1 without gaps, over all accounts
  std::string account;
  Kind kind = Kind::kAllot;
  int64_t amount = 0;  ///< 1..kAmountMax; of kCorrect signed and not 0
  std::optional<std::string> case_id;
  std::optional<int64_t> hold;  ///< that it makes or moves
  std::optional<Date> until;    ///< of kHold
  Why why;
  Balance after;  ///< what it left
  bool operator==(const Posting&) const = default;
};

enum class HoldState : uint8_t { kHeld, kCommitted, kReleased, kExpired };

/// "held"
std::string_view hold_state_name(HoldState state);

struct Hold {
  int64_t id = 0;  ///< the number of the posting that made it
  std::string account;
  std::string case_id;
  int64_t amount = 0;
  std::optional<Date> until;  ///< the last day on which it holds; none: until it is committed or released
  HoldState state = HoldState::kHeld;
  bool operator==(const Hold&) const = default;
};

/// What a case asks for.
struct Claim {
  std::string account;
  std::string case_id;
  int64_t amount = 1;
  std::optional<Date> until;
};

// ---- the limit; these say why: an empty reason is kProgramming ----

/// Adds to the limit, and opens the account if need be. kProgramming above kAmountMax.
store::StoreResult<Balance> allot(store::Transaction& transaction, std::string_view account, int64_t amount, const Why& why);
/// Takes from the limit what is neither held nor committed.
store::StoreResult<Outcome<Balance>> withdraw(store::Transaction& transaction, std::string_view account, int64_t amount, const Why& why);
/// Both in one, between two different accounts. The sum of all limits stays. The value is the balance of `from`.
store::StoreResult<Outcome<Balance>> move(store::Transaction& transaction, std::string_view from, std::string_view to, int64_t amount,
                                          const Why& why);

/// Changes what is committed without a hold, by a signed amount: permits from before the ledger, errors of an import.
/// Refused above the limit, and below what committed holds stand for (those are given back by uncommit()). A limit is
/// put right by allot() and withdraw(), a hold by release().
store::StoreResult<Outcome<Balance>> correct(store::Transaction& transaction, std::string_view account, int64_t change, const Why& why);

// ---- holds ----

/// Three statements in one round trip. The value is the hold's id. Places under holds whose day has passed count as held until
/// expire_holds() has run: a caller to whom it matters runs it first, in the same transaction.
store::StoreResult<Outcome<int64_t>> hold(store::Transaction& transaction, const Claim& claim, const Why& why);

/// All places that the case holds below the prefix are committed. Returns the holds as they now stand, by id; none when
/// it held nothing there, which is for the caller to judge. Costs three statements for each.
store::StoreResult<std::vector<Hold>> commit(store::Transaction& transaction, std::string_view case_id, std::string_view prefix,
                                             const Why& why);
/// All places that the case holds below the prefix become available again.
store::StoreResult<std::vector<Hold>> release(store::Transaction& transaction, std::string_view case_id, std::string_view prefix,
                                              const Why& why);
/// All places that the case has committed below the prefix become available again, and their holds are released: a
/// revoked permit, where the law gives the place back.
store::StoreResult<std::vector<Hold>> uncommit(store::Transaction& transaction, std::string_view case_id, std::string_view prefix,
                                               const Why& why);

/// Ends holds whose last day lies before `today`, the oldest first: each once, at most kPageMax in one call, because
/// other acts wait meanwhile. Fewer than kPageMax in return: there are no more.
store::StoreResult<std::vector<Hold>> expire_holds(store::Transaction& transaction, Date today, const Why& why);

// ---- the public balance and what is behind it ----

store::StoreResult<std::optional<Balance>> balance(store::Reader& reader, std::string_view account);

/// Accounts below a prefix (account.h) in the order of their names: after `after`, at most `count`.
store::StoreResult<std::vector<Balance>> balances(store::Reader& reader, std::string_view prefix, std::string_view after = "",
                                                  size_t count = kPageMax);

struct Total {
  int64_t accounts = 0;
  int64_t limit = 0;
  int64_t held = 0;
  int64_t committed = 0;

  int64_t available() const { return limit - held - committed; }
  bool operator==(const Total&) const = default;
};
/// Sums over all accounts below a prefix. Reads each of them.
store::StoreResult<Total> total(store::Reader& reader, std::string_view prefix);

/// Of an account in their order: with a number above `after`, at most `count`.
store::StoreResult<std::vector<Posting>> postings(store::Reader& reader, std::string_view account, int64_t after = 0,
                                                  size_t count = kPageMax);

/// All holds of a case, in every state, by id.
store::StoreResult<std::vector<Hold>> holds(store::Reader& reader, std::string_view case_id);

}  // namespace koshi::ledger
