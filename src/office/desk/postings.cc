#include "office/desk/postings.h"

namespace koshi::office {
namespace {

using Kind = LedgerPosting::Kind;
using store::StoreResult;
using Hindered = std::optional<PostingHindrance>;

template <typename T>
StoreResult<Hindered> hindered(StoreResult<ledger::Outcome<T>> outcome) {
  if (!outcome) return std::unexpected(std::move(outcome.error()));
  if (!*outcome) return PostingHindrance(outcome->refusal());
  return std::nullopt;
}

/// Amounts and codes come from facts, which people give; to the ledger they would be bugs.
bool is_posting(const LedgerPosting& posting) {
  if (posting.kind == Kind::kCommit || posting.kind == Kind::kRelease) return true;
  if (posting.amount < 1 || posting.amount > ledger::kAmountMax) return false;
  if (!ledger::check_account(posting.code)) return false;
  return posting.kind != Kind::kMove || (ledger::check_account(posting.to_code) && posting.to_code != posting.code);
}

/// Where an addition ends up must have a limit that the ledger can hold.
StoreResult<bool> has_room(store::Reader& reader, const LedgerPosting& posting) {
  if (posting.kind != Kind::kAllot && posting.kind != Kind::kMove) return true;
  TRY(now, ledger::balance(reader, posting.kind == Kind::kMove ? posting.to_code : posting.code));
  return !now || now->limit <= ledger::kAmountMax - posting.amount;
}

int64_t committed_in(const Case& item, const std::string& account) {
  int64_t places = 0;
  for (const HoldEntry& hold : item.holds) places += hold.committed && hold.account == account ? hold.amount : 0;
  return places;
}

/// The case believes in its holds; those whose day has passed are no longer there to be committed.
StoreResult<Hindered> commit(store::Transaction& transaction, const Case& after, const std::string& account, const ledger::Why& why) {
  TRY_DO(ledger::commit(transaction, after.id, account, why));
  TRY(holds, ledger::holds(transaction, after.id));
  int64_t committed = 0;
  for (const ledger::Hold& hold : holds) {
    const bool counts = hold.state == ledger::HoldState::kCommitted && (hold.account == account || hold.account.starts_with(account + "/"));
    committed += counts ? hold.amount : 0;
  }
  if (committed == committed_in(after, account)) return std::nullopt;
  return PostingHindrance(HoldEnded{account});
}

/// What is committed stays: the extension of a permit that is refused gives back its own places, and not those of the permit.
StoreResult<Hindered> release(store::Transaction& transaction, const Case& after, const std::string& account, const ledger::Why& why) {
  TRY_DO(ledger::release(transaction, after.id, account, why));
  return std::nullopt;
}

StoreResult<Hindered> post_one(store::Transaction& transaction, const Case& after, const LedgerPosting& posting, const ledger::Why& why) {
  if (!is_posting(posting)) return PostingHindrance(NoPosting{posting.code});
  TRY(room, has_room(transaction, posting));
  if (!room) return PostingHindrance(NoPosting{posting.code});
  switch (posting.kind) {
    case Kind::kHold: return hindered(ledger::hold(transaction, {posting.code, after.id, posting.amount, posting.until}, why));
    case Kind::kCommit: return commit(transaction, after, posting.account, why);
    case Kind::kRelease: return release(transaction, after, posting.account, why);
    case Kind::kWithdraw: return hindered(ledger::withdraw(transaction, posting.code, posting.amount, why));
    case Kind::kMove: return hindered(ledger::move(transaction, posting.code, posting.to_code, posting.amount, why));
    case Kind::kAllot: break;
  }
  TRY_DO(ledger::allot(transaction, posting.code, posting.amount, why));
  return std::nullopt;
}

}  // namespace

StoreResult<Hindered> post(store::Transaction& transaction, const Case& after, std::span<const LedgerPosting> postings,
                           const ledger::Why& why) {
  for (const LedgerPosting& posting : postings) {
    TRY(hindrance, post_one(transaction, after, posting, why));
    if (hindrance) return hindrance;
  }
  return std::nullopt;
}

StoreResult<bool> end_passed_holds(store::Transaction& transaction, Date today, int64_t now_ms) {
  const ledger::Why why{"clock " + format_date(today), "the day until which the places were held has passed", now_ms};
  TRY(ended, ledger::expire_holds(transaction, today, why));
  return ended.size() < ledger::kPageMax;
}

}  // namespace koshi::office
