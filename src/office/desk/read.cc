#include "base/text.h"
#include "office/desk/desk_impl.h"
#include "office/journal/canonical_json.h"
#include "office/ledger/ledger.h"

/// What the desk shows.
namespace koshi::office {
namespace {

using store::StoreResult;

std::vector<Balance> balances_of(const std::vector<ledger::Balance>& found) {
  std::vector<Balance> balances;
  for (const ledger::Balance& one : found) balances.push_back({one.account, one.limit, one.held, one.committed});
  return balances;
}

TimelineEntry timeline_entry(journal::Event event) {
  journal::Entry& entry = event.entry;
  return {event.sequence, std::move(entry.actor), event_name(entry.action), std::move(entry.payload), entry.law_date, entry.recorded_at_ms};
}

bool has_document(const Case& item, std::string_view sha256) {
  for (const DocumentEntry& document : item.documents) {
    if (document.sha256 == sha256) return true;
  }
  return false;
}

/// SHA-256 of no bytes.
constexpr std::string_view kHashOfNothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

template <typename T>
using Found = std::expected<T, Refusal>;

}  // namespace

Refusal Desk::Impl::refuse(RefusalKind kind, words::Language language, std::string_view phrase, const words::Holes& holes) const {
  Refusal refusal;
  refusal.kind = kind;
  refusal.message = parts.law.words.phrase(language, "desk." + std::string(phrase), holes);
  return refusal;
}

StoreResult<std::optional<StoredCase>> Desk::Impl::visible(store::Reader& reader, const Actor& actor, std::string_view id) {
  TRY(stored, read_case_for(reader, actor, id, &memory));
  if (!stored || !may_see(parts.law, stored->item, actor)) return std::nullopt;
  return stored;
}

StoreResult<Case> Desk::Impl::as_of(store::Reader& reader, const std::string& id, uint64_t sequence) {
  Case item;
  item.id = id;
  for (uint64_t after = 0; after < sequence;) {
    TRY(events, parts.journal.events(reader, id, after));
    if (events.empty()) break;
    for (const journal::Event& event : events) {
      after = event.sequence;
      if (after > sequence) break;
      const auto applied = apply(item, {event_name(event.entry.action), event.entry.payload}, office_day(event.entry.recorded_at_ms));
      if (!applied) return store::fault(store::Fault::kCorrupt, "event " + std::to_string(after) + ": " + applied.error().message);
    }
  }
  return item;
}

std::expected<Case, Failure> Desk::show(const Actor& actor, std::string_view id) {
  return lift<Case>(impl_->parts.store.read([&](store::Reader& reader) -> StoreResult<Found<Case>> {
    TRY(stored, impl_->visible(reader, actor, id));
    if (!stored) return Found<Case>(std::unexpect, impl_->refuse(RefusalKind::kNoSuchThing, actor.language, "no_such_case"));
    return Found<Case>(std::move(stored->item));
  }));
}

std::expected<CaseView, Failure> Desk::view(const Actor& actor, const Case& item) {
  return lift<CaseView>(impl_->parts.store.read([&](store::Reader& reader) -> StoreResult<CaseView> {
    Around around(reader);
    CaseView seen = view_case(impl_->parts.law, item, actor, around.surroundings(), impl_->now().day);
    TRY_DO(around.checked());
    return seen;
  }));
}

std::expected<std::vector<TimelineEntry>, Failure> Desk::timeline(const Actor& actor, std::string_view id, uint64_t after) {
  using Entries = std::vector<TimelineEntry>;
  static_assert(kTimelineMax == journal::kPageEventsMax);
  return lift<Entries>(impl_->parts.store.read([&](store::Reader& reader) -> StoreResult<Found<Entries>> {
    TRY(stored, impl_->visible(reader, actor, id));
    if (!stored) return Found<Entries>(std::unexpect, impl_->refuse(RefusalKind::kNoSuchThing, actor.language, "no_such_case"));
    TRY(events, impl_->parts.journal.events(reader, id, after));
    Entries entries;
    for (journal::Event& event : events) entries.push_back(timeline_entry(std::move(event)));
    return Found<Entries>(std::move(entries));
  }));
}

std::expected<uint64_t, Failure> Desk::record_view(const Actor& actor, std::string_view id, std::string_view purpose) {
  if (trim(purpose).empty() || purpose.size() > kPurposeMaxBytes || !is_storable(purpose)) {
    return std::unexpected(
        Failure(impl_->refuse(RefusalKind::kBadFacts, actor.language, "no_purpose", {{"bytes", std::to_string(kPurposeMaxBytes)}})));
  }
  const auto seen = impl_->parts.store.read([&](store::Reader& reader) { return impl_->visible(reader, actor, id); });
  if (!seen) return std::unexpected(failure(seen.error()));
  if (!*seen) return std::unexpected(Failure(impl_->refuse(RefusalKind::kNoSuchThing, actor.language, "no_such_case")));
  const Impl::Now at = impl_->now();
  auto payload = journal::write_canonical_json(journal::object({{"purpose", trim(purpose)}}));
  if (!payload) return std::unexpected(failure({store::Fault::kProgramming, payload.error().message, {}}));
  const std::string chain = std::string(kViewChain).append(id);
  const auto entry = journal::CheckedEntry::create({.case_id = chain,
                                                    .actor = actor_name(actor),
                                                    .action = "viewed",
                                                    .law_date = at.day,
                                                    .recorded_at_ms = at.ms,
                                                    .payload = std::move(*payload)});
  if (!entry) return std::unexpected(failure({store::Fault::kProgramming, entry.error().message, {}}));
  // Waited for: a look that was answered and then lost would never have been.
  return lift<uint64_t>(impl_->parts.store.write([&](store::Transaction& transaction) -> StoreResult<uint64_t> {
    TRY(place, impl_->parts.journal.ask_place(transaction, chain));
    TRY_DO(transaction.settle());
    TRY(appended, impl_->parts.journal.append(transaction, std::span(&*entry, 1), place));
    return appended.back().sequence;
  }));
}

std::expected<bool, Failure> Desk::has_viewed(const Actor& actor, std::string_view id, int64_t since_ms) {
  if (!is_storable(id)) return false;
  return lift<bool>(impl_->parts.store.read([&](store::Reader& reader) -> StoreResult<bool> {
    TRY(rows, reader.query("SELECT 1 FROM journal_event WHERE case_id = $1 AND actor = $2 AND recorded_at >= $3 LIMIT 1",
                           {std::string(kViewChain).append(id), actor_name(actor), since_ms}));
    return !rows.empty();
  }));
}

std::expected<std::string, Failure> Desk::document_bytes(const Actor& actor, std::string_view id, std::string_view sha256) {
  const auto none = [&] {
    return Found<std::string>(std::unexpect, impl_->refuse(RefusalKind::kNoSuchThing, actor.language, "no_such_document"));
  };
  return lift<std::string>(impl_->parts.store.read([&](store::Reader& reader) -> StoreResult<Found<std::string>> {
    TRY(stored, impl_->visible(reader, actor, id));
    if (!stored || !has_document(stored->item, sha256)) return none();
    TRY(rows, reader.query("SELECT bytes FROM desk_document WHERE sha256 = $1", {sha256}));
    if (rows.empty()) return store::fault(store::Fault::kCorrupt, "the bytes of document " + std::string(sha256) + " are missing");
    if (rows[0].blob(0).empty() && sha256 != kHashOfNothing) {
      return Found<std::string>(std::unexpect, impl_->refuse(RefusalKind::kNoSuchThing, actor.language, "document_erased"));
    }
    return Found<std::string>(std::string(rows[0].blob(0)));
  }));
}

std::expected<std::optional<Desk::PaperFacts>, Failure> Desk::find_paper(std::string_view number) {
  return lift<std::optional<PaperFacts>>(impl_->parts.store.read([&](store::Reader& reader) -> StoreResult<std::optional<PaperFacts>> {
    // Papers of sealed cases are for those who hold them: to others they are as unknown as any number.
    if (!is_storable(number) || journal::is_sealed(number.substr(0, number.find('/')))) return std::nullopt;
    TRY(rows, reader.query("SELECT case_id FROM desk_paper WHERE number = $1", {number}));
    if (rows.empty()) return std::nullopt;
    TRY(stored, read_case(reader, rows[0].text(0), &impl_->memory));
    if (!stored) return std::nullopt;
    for (const PaperEntry& paper : stored->item.papers) {
      if (paper.number != number) continue;
      const PaperEntry found = paper;
      return PaperFacts{std::move(stored->item), found};
    }
    return std::nullopt;
  }));
}

std::expected<std::vector<Balance>, Failure> Desk::balances(std::string_view prefix, std::string_view after, size_t limit) {
  const std::string_view whole = prefix.ends_with('/') ? prefix.substr(0, prefix.size() - 1) : prefix;
  if (!whole.empty() && !ledger::check_account(whole)) return std::vector<Balance>{};
  return lift<std::vector<Balance>>(impl_->parts.store.read([&](store::Reader& reader) -> StoreResult<std::vector<Balance>> {
    TRY(found, ledger::balances(reader, prefix, after, std::min(limit, kPageMax)));
    return balances_of(found);
  }));
}

std::expected<journal::Receipt, Failure> Desk::receipt(uint64_t sequence) {
  auto known = impl_->parts.store.read([&](store::Reader& reader) -> StoreResult<bool> {
    if (sequence < 1 || sequence > journal::kSequenceMax) return false;
    TRY(rows, reader.query("SELECT 1 FROM journal_event WHERE sequence = $1", {static_cast<int64_t>(sequence)}));
    return !rows.empty();
  });
  if (!known) return std::unexpected(failure(std::move(known.error())));
  if (!*known) return std::unexpected(Failure(impl_->refuse(RefusalKind::kNoSuchThing, words::Language::kEn, "no_such_receipt")));
  return lift<journal::Receipt>(impl_->parts.journal.receipt(impl_->parts.store, sequence));
}

}  // namespace koshi::office
