#include "office/desk/desk_impl.h"

/// What waits to be sent, and what somebody was typing.
namespace koshi::office {

using store::StoreResult;

std::expected<std::vector<Desk::OutboxEntry>, Failure> Desk::outbox(size_t limit) {
  using Entries = std::vector<OutboxEntry>;
  return lift<Entries>(impl_->parts.store.read([&](store::Reader& reader) -> StoreResult<Entries> {
    TRY(rows, reader.query("SELECT n.number, n.case_id, n.role, n.body, n.recorded_at, c.procedure, c.opened_by, s.value FROM desk_notice n"
                           " JOIN desk_case c ON c.id = n.case_id LEFT JOIN desk_scope s ON s.case_id = n.case_id AND s.role = n.role"
                           " WHERE n.is_sent = 0 ORDER BY n.number LIMIT $1",
                           {static_cast<int64_t>(std::min(limit, kPageMax))}));
    Entries entries;
    for (const store::Row row : rows) {
      entries.push_back({row.integer(0), std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(3)), row.integer(4),
                         std::string(row.text(5)), std::string(row.text(6)), row.is_null(7) ? "" : std::string(row.text(7))});
    }
    return entries;
  }));
}

std::expected<void, Failure> Desk::sent(int64_t number) {
  return lift<void>(impl_->parts.store.write([&](store::Transaction& transaction) -> StoreResult<void> {
    TRY_DO(transaction.execute("UPDATE desk_notice SET is_sent = 1 WHERE number = $1", {number}));
    return {};
  }));
}

std::expected<void, Failure> Desk::save_draft(std::string_view account, std::string_view place, std::string_view json) {
  const auto refuse = [&](RefusalKind kind, std::string_view phrase, const words::Holes& holes = {}) {
    return std::unexpected(Failure(impl_->refuse(kind, words::Language::kEn, phrase, holes)));
  };
  if (json.size() > kDraftMaxBytes || place.size() > kDraftPlaceMaxBytes) {
    return refuse(RefusalKind::kTooMuch, "too_large", {{"bytes", std::to_string(kDraftMaxBytes)}});
  }
  for (const std::string_view text : {account, place, json}) {
    if (!is_storable(text)) return refuse(RefusalKind::kBadFacts, "no_text");
  }
  const int64_t now_ms = impl_->parts.clock();
  auto kept = impl_->parts.store.write([&](store::Transaction& transaction) -> StoreResult<bool> {
    TRY_DO(transaction.execute("DELETE FROM desk_draft WHERE account = $1 AND place = $2", {account, place}));
    if (json.empty()) return true;
    TRY(others, transaction.query("SELECT count(*) FROM desk_draft WHERE account = $1", {account}));
    if (others[0].integer(0) >= static_cast<int64_t>(kDraftsMax)) return store::abandon("too many drafts");
    TRY_DO(transaction.execute("INSERT INTO desk_draft (account, place, json, saved_at) VALUES ($1, $2, $3, $4)",
                               {account, place, json, now_ms}));
    return true;
  });
  if (kept) return {};
  if (kept.error().fault != store::Fault::kAbandoned) return std::unexpected(failure(std::move(kept.error())));
  return refuse(RefusalKind::kTooMuch, "too_many_drafts", {{"n", std::to_string(kDraftsMax)}});
}

std::expected<std::string, Failure> Desk::draft(std::string_view account, std::string_view place) {
  return lift<std::string>(impl_->parts.store.read([&](store::Reader& reader) -> StoreResult<std::string> {
    if (!is_storable(account) || !is_storable(place)) return std::string();
    TRY(rows, reader.query("SELECT json FROM desk_draft WHERE account = $1 AND place = $2", {account, place}));
    return rows.empty() ? std::string() : std::string(rows[0].text(0));
  }));
}

}  // namespace koshi::office
