#include "office/desk/retention.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "base/check.h"
#include "base/milliseconds.h"
#include "base/result.h"
#include "office/desk/case_line.h"

namespace koshi::office {
namespace {

using store::StoreResult;

constexpr int64_t kCasesAtOnce = 200;
constexpr int64_t kDocumentsAtOnce = 1000;
constexpr int64_t kNoticesAtOnce = 1000;

/// Bytes of no length stand for bytes that were erased: no document has none.
constexpr std::string_view kErased;

int64_t days_before(int64_t now_ms, int days) {
  CHECK(days >= kTermDaysMin && days <= kTermDaysMax);
  return now_ms - days * kDayMs;
}

struct EndedCase {
  std::string id;
  int64_t last_sequence = 0;
  std::vector<std::string> hashes;
};

/// All cases, as far as their documents go.
struct Scan {
  int64_t events = 0;  ///< in the journal when it began
  std::vector<EndedCase> ended;
  std::set<std::string> kept;  ///< hashes that cases have whose term has not ended
  std::set<std::string> gone;  ///< hashes that only others have
};

std::vector<std::string> hashes_of(const Case& item) {
  std::vector<std::string> hashes;
  for (const DocumentEntry& document : item.documents) hashes.push_back(document.sha256);
  return hashes;
}

/// One page; the last id of it, empty at the end.
StoreResult<std::string> scan_page(store::Reader& reader, Scan& scan, const std::string& after, int64_t before_ms) {
  TRY(rows, reader.query("SELECT c.id, e.recorded_at FROM desk_case c JOIN journal_event e ON e.sequence = c.last_sequence"
                         " WHERE c.id > $1 ORDER BY c.id LIMIT $2",
                         {after, kCasesAtOnce}));
  std::string last;
  for (const store::Row row : rows) {
    last = row.text(0);
    TRY(stored, read_case(reader, last));
    if (!stored || stored->item.documents.empty()) continue;
    const bool ended = (stored->stage == Stage::kClosed || stored->stage == Stage::kDropped) && row.integer(1) < before_ms;
    std::vector<std::string> hashes = hashes_of(stored->item);
    if (ended) {
      scan.gone.insert(hashes.begin(), hashes.end());
      scan.ended.push_back({last, stored->last_sequence, std::move(hashes)});
    } else {
      scan.kept.insert(hashes.begin(), hashes.end());
    }
  }
  return last;
}

StoreResult<Scan> scan_cases(store::Store& store, int64_t before_ms) {
  Scan scan;
  TRY(events, store.read([](store::Reader& reader) -> StoreResult<int64_t> {
    TRY(rows, reader.query("SELECT coalesce(max(sequence), 0) FROM journal_event"));
    return rows[0].integer(0);
  }));
  scan.events = events;
  for (std::string after;;) {
    TRY(last, store.read([&](store::Reader& reader) { return scan_page(reader, scan, after, before_ms); }));
    if (last.empty()) return scan;
    after = std::move(last);
  }
}

/// Whether an act attached these bytes since the scan began.
StoreResult<bool> is_attached_since(store::Reader& reader, int64_t sequence, const std::string& sha256) {
  TRY(rows, reader.query("SELECT 1 FROM journal_event WHERE sequence > $1 AND action = 'document' AND payload LIKE $2 LIMIT 1",
                         {sequence, "%" + sha256 + "%"}));
  return !rows.empty();
}

/// Overwritten before they are emptied: a SQLite file would else keep them in pages that it calls free. Whoever attaches the same bytes at
/// this moment waits for the row, and then finds it empty (keep.cc), or has it and is found in the journal.
StoreResult<void> erase_bytes(store::Transaction& transaction, const std::string& sha256, int64_t length) {
  const std::string zeros(static_cast<size_t>(length), '\0');
  for (const std::string_view bytes : {std::string_view(zeros), kErased}) {
    TRY_DO(transaction.execute("UPDATE desk_document SET bytes = $1 WHERE sha256 = $2", {store::Blob{bytes}, sha256}));
  }
  return {};
}

/// Within a write that is abandoned when somebody attaches these bytes meanwhile.
StoreResult<void> erase_one(store::Transaction& transaction, const Scan& scan, const std::string& sha256, Erasing erasing, Erased& erased) {
  TRY(rows, transaction.query("SELECT length(bytes) FROM desk_document WHERE sha256 = $1", {sha256}));
  if (rows.empty() || rows[0].integer(0) == 0) return {};
  const int64_t length = rows[0].integer(0);
  if (erasing == Erasing::kDone) TRY_DO(erase_bytes(transaction, sha256, length));
  ++erased.documents;
  erased.document_bytes += length;
  TRY(attached, is_attached_since(transaction, scan.events, sha256));
  if (attached) return store::abandon("another case has these bytes now");
  return {};
}

StoreResult<void> erase_documents_of(store::Transaction& transaction, const Scan& scan, const EndedCase& ended, Erasing erasing,
                                     Erased& erased) {
  for (const std::string& sha256 : ended.hashes) {
    if (scan.kept.contains(sha256)) {
      ++erased.shared;
    } else {
      TRY_DO(erase_one(transaction, scan, sha256, erasing, erased));
    }
  }
  TRY(now, transaction.query("SELECT last_sequence FROM desk_case WHERE id = $1", {ended.id}));
  if (now.empty() || now[0].integer(0) != ended.last_sequence) return store::abandon("the case goes on");
  return {};
}

/// One write. What was abandoned is left for the next time.
template <typename Work>
StoreResult<void> erase_in_one(store::Store& store, Erased& erased, const Work& work) {
  Erased more = erased;
  const auto done = store.write([&](store::Transaction& transaction) -> StoreResult<void> { return work(transaction, more); });
  if (done) erased = more;
  if (!done && done.error().fault != store::Fault::kAbandoned) return done;
  return {};
}

/// Bytes that were taken back: no case has them any more.
StoreResult<void> erase_loose_documents(store::Store& store, const Scan& scan, Erasing erasing, Erased& erased) {
  for (std::string after;;) {
    std::vector<std::string> loose;
    TRY(last, store.read([&](store::Reader& reader) -> StoreResult<std::string> {
      TRY(rows, reader.query("SELECT sha256 FROM desk_document WHERE sha256 > $1 ORDER BY sha256 LIMIT $2", {after, kDocumentsAtOnce}));
      std::string end;
      for (const store::Row row : rows) {
        end = row.text(0);
        if (!scan.kept.contains(end) && !scan.gone.contains(end)) loose.push_back(end);
      }
      return end;
    }));
    for (const std::string& sha256 : loose) {
      TRY_DO(erase_in_one(store, erased, [&](store::Transaction& transaction, Erased& more) {
        return erase_one(transaction, scan, sha256, erasing, more);
      }));
    }
    if (last.empty()) return {};
    after = std::move(last);
  }
}

StoreResult<void> erase_documents(store::Store& store, int64_t before_ms, Erasing erasing, Erased& erased) {
  TRY(scan, scan_cases(store, before_ms));
  for (const EndedCase& ended : scan.ended) {
    TRY_DO(erase_in_one(store, erased, [&](store::Transaction& transaction, Erased& more) {
      return erase_documents_of(transaction, scan, ended, erasing, more);
    }));
  }
  return erase_loose_documents(store, scan, erasing, erased);
}

StoreResult<void> erase_drafts(store::Store& store, int64_t before_ms, Erasing erasing, Erased& erased) {
  return store.write([&](store::Transaction& transaction) -> StoreResult<void> {
    TRY(rows, transaction.query("SELECT count(*) FROM desk_draft WHERE saved_at < $1", {before_ms}));
    erased.drafts = rows[0].integer(0);
    if (erasing == Erasing::kDone) TRY_DO(transaction.execute("DELETE FROM desk_draft WHERE saved_at < $1", {before_ms}));
    return {};
  });
}

StoreResult<void> erase_notices(store::Store& store, int64_t before_ms, Erasing erasing, Erased& erased) {
  TRY(count, store.read([&](store::Reader& reader) -> StoreResult<int64_t> {
    TRY(rows, reader.query("SELECT count(*) FROM desk_notice WHERE is_sent = 1 AND recorded_at < $1 AND body <> ''", {before_ms}));
    return rows[0].integer(0);
  }));
  erased.notices = count;
  for (int64_t left = erasing == Erasing::kDone ? count : 0; left > 0; left -= kNoticesAtOnce) {
    const auto done = store.write([&](store::Transaction& transaction) {
      return transaction.execute(
          "UPDATE desk_notice SET body = '' WHERE number IN (SELECT number FROM desk_notice"
          " WHERE is_sent = 1 AND recorded_at < $1 AND body <> '' ORDER BY number LIMIT $2)",
          {before_ms, kNoticesAtOnce});
    });
    if (!done) return std::unexpected(done.error());
  }
  return {};
}

}  // namespace

StoreResult<Erased> erase_ended(store::Store& store, const Terms& terms, int64_t now_ms, Erasing erasing) {
  Erased erased;
  if (terms.documents) TRY_DO(erase_documents(store, days_before(now_ms, *terms.documents), erasing, erased));
  if (terms.drafts) TRY_DO(erase_drafts(store, days_before(now_ms, *terms.drafts), erasing, erased));
  if (terms.notices) TRY_DO(erase_notices(store, days_before(now_ms, *terms.notices), erasing, erased));
  return erased;
}

}  // namespace koshi::office
