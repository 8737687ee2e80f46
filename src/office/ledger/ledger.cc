#include "office/ledger/ledger.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "base/text.h"
#include "office/ledger/rows.h"

namespace koshi::ledger {
namespace {

using store::Fault;
using store::StoreResult;

enum class Reason : uint8_t { kRequired, kOptional };

constexpr int64_t kRecordedAtMaxMs = 253'402'300'799'999;  ///< 9999-12-31T23:59:59.999Z

std::unexpected<store::StoreError> misuse(std::string message) {
  return store::fault(Fault::kProgramming, std::move(message));
}

StoreResult<void> check_text(std::string_view what, std::string_view text, size_t min, size_t max) {
  if (text.size() < min || text.size() > max) {
    return misuse("the " + std::string(what) + " of a posting must have " + std::to_string(min) + " to " + std::to_string(max) +
                  " bytes, not " + std::to_string(text.size()));
  }
  const bool has_control = std::ranges::any_of(text, [](char c) { return static_cast<uint8_t>(c) < 0x20 || c == 0x7F; });
  if (!has_control && is_valid_utf8(text)) return {};
  return misuse("the " + std::string(what) + " of a posting must be UTF-8 without control characters: " + json_string(text));
}

StoreResult<void> check_why(const Why& why, Reason reason) {
  TRY_DO(check_text("act", why.act, 1, kActMaxBytes));
  TRY_DO(check_text("reason", why.reason, reason == Reason::kRequired ? 1 : 0, kReasonMaxBytes));
  if (why.recorded_at_ms >= 0 && why.recorded_at_ms <= kRecordedAtMaxMs) return {};
  return misuse("the time of a posting must lie between 1970 and 9999: " + std::to_string(why.recorded_at_ms) + " ms");
}

StoreResult<void> check_amount(int64_t amount) {
  if (amount >= 1 && amount <= kAmountMax) return {};
  return misuse("the amount of a posting must be 1 to " + std::to_string(kAmountMax) + ", not " + std::to_string(amount));
}

StoreResult<void> check_code(std::string_view account) {
  if (auto checked = check_account(account); !checked) return misuse(checked.error().message);
  return {};
}

StoreResult<void> check_limit_posting(std::string_view account, int64_t amount, const Why& why) {
  TRY_DO(check_code(account));
  TRY_DO(check_amount(amount));
  return check_why(why, Reason::kRequired);
}

StoreResult<Balance> balance_or_zero(store::Reader& reader, std::string_view account) {
  TRY(found, balance(reader, account));
  return found.value_or(Balance{std::string(account)});
}

Insufficient insufficient(const Balance& now, int64_t asked) {
  return {now.account, now.limit, now.held, now.committed, asked};
}

Posting posting_on(std::string_view account, Kind kind, int64_t amount, const Why& why) {
  Posting posting;
  posting.account = account;
  posting.kind = kind;
  posting.amount = amount;
  posting.why = why;
  return posting;
}

/// Writes the posting and what it does to its account; the value has its number and the balance after it.
StoreResult<Outcome<Posting>> post(store::Transaction& transaction, Posting posting) {
  TRY(written, write_posting(transaction, posting));
  if (written) return std::move(*written);
  TRY(now, balance_or_zero(transaction, posting.account));
  return insufficient(now, posting.amount);
}

/// A posting on the limit or a correction: the balance is all that its caller wants.
StoreResult<Outcome<Balance>> post_for_balance(store::Transaction& transaction, Posting posting) {
  TRY(posted, post(transaction, std::move(posting)));
  if (!posted) return posted.refusal();
  return posted.value().after;
}

/// A posting that adds to a limit, after the account was opened for it.
StoreResult<Posting> post_addition(store::Transaction& transaction, Posting posting) {
  TRY_DO(open_account(transaction, posting.account));
  TRY(posted, post(transaction, std::move(posting)));
  if (!posted) return store::fault(Fault::kCorrupt, "account " + json_string(posted.refusal().account) + " cannot be added to");
  return posted.value();
}

StoreResult<void> check_addition(store::Reader& reader, std::string_view account, int64_t amount) {
  TRY(now, balance_or_zero(reader, account));
  if (now.limit <= kAmountMax - amount) return {};
  return misuse("the limit of account " + json_string(account) + " would exceed " + std::to_string(kAmountMax));
}

/// What ends or commits a hold: one posting, and its new state.
StoreResult<Hold> end_hold(store::Transaction& transaction, Hold hold, Kind kind, HoldState state, const Why& why) {
  Posting posting = posting_on(hold.account, kind, hold.amount, why);
  posting.case_id = hold.case_id;
  posting.hold = hold.id;
  TRY_DO(change_hold(transaction, hold, state));
  TRY(posted, post(transaction, std::move(posting)));
  if (!posted) {
    return store::fault(Fault::kCorrupt, "hold " + std::to_string(hold.id) + " of the ledger is not among the places of its account");
  }
  hold.state = state;
  return hold;
}

struct Ending {
  Kind kind;
  HoldState from;
  HoldState to;
};

StoreResult<std::vector<Hold>> end_holds(store::Transaction& transaction, std::vector<Hold> holds, const Ending& ending, const Why& why) {
  for (Hold& hold : holds) {
    TRY(ended, end_hold(transaction, std::move(hold), ending.kind, ending.to, why));
    hold = std::move(ended);
  }
  return holds;
}

StoreResult<std::vector<Hold>> end_holds_of_case(store::Transaction& transaction, std::string_view case_id, std::string_view prefix,
                                                 const Ending& ending, const Why& why) {
  TRY_DO(check_text("case", case_id, 1, kCaseMaxBytes));
  TRY_DO(check_why(why, Reason::kOptional));
  const auto range = account_range(prefix);
  if (!range) return misuse(range.error().message);
  TRY(found, holds_of_case(transaction, case_id, *range, ending.from));
  return end_holds(transaction, std::move(found), ending, why);
}

}  // namespace

StoreResult<Balance> allot(store::Transaction& transaction, std::string_view account, int64_t amount, const Why& why) {
  TRY_DO(check_limit_posting(account, amount, why));
  TRY_DO(check_addition(transaction, account, amount));
  TRY(posted, post_addition(transaction, posting_on(account, Kind::kAllot, amount, why)));
  return std::move(posted.after);
}

StoreResult<Outcome<Balance>> withdraw(store::Transaction& transaction, std::string_view account, int64_t amount, const Why& why) {
  TRY_DO(check_limit_posting(account, amount, why));
  return post_for_balance(transaction, posting_on(account, Kind::kWithdraw, amount, why));
}

StoreResult<Outcome<Balance>> move(store::Transaction& transaction, std::string_view from, std::string_view to, int64_t amount,
                                   const Why& why) {
  TRY_DO(check_limit_posting(from, amount, why));
  TRY_DO(check_code(to));
  if (from == to) return misuse("places cannot be moved from account " + json_string(from) + " to itself");
  TRY_DO(check_addition(transaction, to, amount));
  TRY(out, post(transaction, posting_on(from, Kind::kMoveOut, amount, why)));
  if (!out) return out.refusal();
  TRY_DO(post_addition(transaction, posting_on(to, Kind::kMoveIn, amount, why)));
  return out.value().after;
}

StoreResult<Outcome<Balance>> correct(store::Transaction& transaction, std::string_view account, int64_t change, const Why& why) {
  TRY_DO(check_code(account));
  TRY_DO(check_amount(change < -kAmountMax ? 0 : std::abs(change)));
  TRY_DO(check_why(why, Reason::kRequired));
  if (change < 0) {
    TRY(now, balance_or_zero(transaction, account));
    TRY(bound, committed_by_holds(transaction, account));
    if (now.committed + change < bound) return insufficient(now, change);
  }
  return post_for_balance(transaction, posting_on(account, Kind::kCorrect, change, why));
}

StoreResult<Outcome<int64_t>> hold(store::Transaction& transaction, const Claim& claim, const Why& why) {
  TRY_DO(check_code(claim.account));
  TRY_DO(check_amount(claim.amount));
  TRY_DO(check_text("case", claim.case_id, 1, kCaseMaxBytes));
  TRY_DO(check_why(why, Reason::kOptional));
  if (claim.until && (*claim.until < kFirstDate || *claim.until > kLastDate)) return misuse("the last day of a hold is out of range");
  Posting posting = posting_on(claim.account, Kind::kHold, claim.amount, why);
  posting.case_id = claim.case_id;
  posting.until = claim.until;
  TRY(posted, post(transaction, std::move(posting)));
  if (!posted) return posted.refusal();
  return posted.value().number;
}

StoreResult<std::vector<Hold>> commit(store::Transaction& transaction, std::string_view case_id, std::string_view prefix, const Why& why) {
  return end_holds_of_case(transaction, case_id, prefix, {Kind::kCommit, HoldState::kHeld, HoldState::kCommitted}, why);
}

StoreResult<std::vector<Hold>> release(store::Transaction& transaction, std::string_view case_id, std::string_view prefix, const Why& why) {
  return end_holds_of_case(transaction, case_id, prefix, {Kind::kRelease, HoldState::kHeld, HoldState::kReleased}, why);
}

StoreResult<std::vector<Hold>> uncommit(store::Transaction& transaction, std::string_view case_id, std::string_view prefix,
                                        const Why& why) {
  return end_holds_of_case(transaction, case_id, prefix, {Kind::kUncommit, HoldState::kCommitted, HoldState::kReleased}, why);
}

StoreResult<std::vector<Hold>> expire_holds(store::Transaction& transaction, Date today, const Why& why) {
  TRY_DO(check_why(why, Reason::kOptional));
  TRY(found, ended_holds(transaction, today, static_cast<int64_t>(kPageMax)));
  return end_holds(transaction, std::move(found), {Kind::kExpire, HoldState::kHeld, HoldState::kExpired}, why);
}

}  // namespace koshi::ledger
