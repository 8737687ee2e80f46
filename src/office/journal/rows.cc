#include "office/journal/rows.h"

namespace koshi::journal {
namespace {

using store::Blob;
using store::StoreResult;

#define JOURNAL_EVENT_COLUMNS "sequence, case_id, actor, action, law_date, recorded_at, payload, previous, hash"

StoredEvent event_of(const store::Row& row) {
  StoredEvent stored{.sequence = row.integer(0), .event = std::nullopt, .hash = {}};
  // The schema knows no event without a value, but a damaged file does.
  for (size_t i = 0; i < row.width(); ++i) {
    if (row.is_null(i)) return stored;
  }
  const auto law_date = parse_date(row.text(4));
  const auto previous = hash_from_bytes(row.blob(7));
  const auto hash = hash_from_bytes(row.blob(8));
  if (stored.sequence < 1 || !law_date || !previous || !hash) return stored;
  stored.hash = *hash;
  stored.event = Event{.sequence = static_cast<uint64_t>(stored.sequence),
                       .entry = {.case_id = std::string(row.text(1)),
                                 .actor = std::string(row.text(2)),
                                 .action = std::string(row.text(3)),
                                 .law_date = *law_date,
                                 .recorded_at_ms = row.integer(5),
                                 .payload = std::string(row.text(6))},
                       .previous = *previous};
  return stored;
}

std::vector<StoredEvent> events_of(const store::Rows& rows) {
  std::vector<StoredEvent> events;
  for (const store::Row row : rows) events.push_back(event_of(row));
  return events;
}

StoredCheckpoint checkpoint_of(const store::Row& row) {
  const auto size = row.maybe_integer(1);
  const auto note = row.maybe_text(2);
  return {static_cast<uint64_t>(row.integer(0)), static_cast<uint64_t>(size.value_or(0)), std::string(note.value_or(""))};
}

StoreResult<std::optional<StoredCheckpoint>> one_checkpoint(StoreResult<store::Rows> rows) {
  if (!rows) return std::unexpected(rows.error());
  if (rows->empty()) return std::nullopt;
  return checkpoint_of((*rows)[0]);
}

constexpr char kReadState[] = "SELECT size, edge, checkpoints FROM journal_state WHERE id = 1";

}  // namespace

StoreResult<State> read_state(store::Reader& reader) {
  TRY(rows, reader.query(kReadState));
  return state_of(rows);
}

StoreResult<store::LaterRows> ask_state(store::Reader& reader) {
  return reader.query_later(kReadState);
}

StoreResult<State> state_of(const store::Rows& rows) {
  if (rows.empty()) return State{};
  const store::Row row = rows[0];
  if (row.is_null(0) || row.is_null(1) || row.is_null(2)) return store::fault(store::Fault::kCorrupt, "the journal's state is damaged");
  auto tree = MerkleFrontier::create(static_cast<uint64_t>(row.integer(0)), row.blob(1));
  if (!tree) return store::fault(store::Fault::kCorrupt, "the journal's state is damaged: " + tree.error().message);
  return State{std::move(*tree), static_cast<uint64_t>(row.integer(2))};
}

// What is written here must touch one row each.

StoreResult<void> write_state(store::Transaction& transaction, const State& state) {
  const std::string edge = state.tree.bytes();
  return transaction.execute_later(
      "INSERT INTO journal_state (id, size, edge, checkpoints) VALUES (1, $1, $2, $3)"
      " ON CONFLICT (id) DO UPDATE SET size = excluded.size, edge = excluded.edge,"
      " checkpoints = excluded.checkpoints",
      {static_cast<int64_t>(state.tree.size()), Blob{edge}, static_cast<int64_t>(state.checkpoints)}, 1);
}

StoreResult<store::LaterRows> ask_last_hash(store::Reader& reader, std::string_view case_id) {
  return reader.query_later("SELECT hash FROM journal_event WHERE case_id = $1 ORDER BY sequence DESC LIMIT 1", {case_id});
}

std::optional<Hash> last_hash_of(const store::Rows& rows) {
  if (rows.empty()) return std::nullopt;
  return hash_from_bytes(rows[0].blob(0));
}

StoreResult<std::optional<Hash>> last_hash_before(store::Reader& reader, std::string_view case_id, uint64_t size) {
  TRY(rows, reader.query("SELECT hash FROM journal_event WHERE case_id = $1 AND sequence <= $2 ORDER BY sequence DESC LIMIT 1",
                         {case_id, static_cast<int64_t>(size)}));
  return last_hash_of(rows);
}

StoreResult<void> insert_event(store::Transaction& transaction, uint64_t sequence, const Entry& entry, const Hash& previous,
                               const Hash& hash) {
  return transaction.execute_later("INSERT INTO journal_event (" JOURNAL_EVENT_COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                                   {static_cast<int64_t>(sequence), entry.case_id, entry.actor, entry.action, format_date(entry.law_date),
                                    entry.recorded_at_ms, entry.payload, Blob{bytes_of(previous)}, Blob{bytes_of(hash)}},
                                   1);
}

StoreResult<void> insert_node(store::Transaction& transaction, const MerkleNode& node) {
  return transaction.execute_later("INSERT INTO journal_node (level, position, hash) VALUES ($1, $2, $3)",
                                   {static_cast<int64_t>(node.level), static_cast<int64_t>(node.index), Blob{bytes_of(node.hash)}}, 1);
}

StoreResult<std::vector<StoredEvent>> events_after(store::Reader& reader, int64_t sequence, int64_t count) {
  TRY(rows, reader.query("SELECT " JOURNAL_EVENT_COLUMNS " FROM journal_event WHERE sequence > $1 ORDER BY sequence LIMIT $2",
                         {sequence, count}));
  return events_of(rows);
}

StoreResult<std::vector<StoredEvent>> events_of_case(store::Reader& reader, std::string_view case_id, int64_t sequence, int64_t count) {
  TRY(rows,
      reader.query("SELECT " JOURNAL_EVENT_COLUMNS " FROM journal_event WHERE case_id = $1 AND sequence > $2 ORDER BY sequence LIMIT $3",
                   {case_id, sequence, count}));
  return events_of(rows);
}

StoreResult<std::vector<StoredCheckpoint>> checkpoints_after(store::Reader& reader, int64_t number, int64_t count) {
  TRY(rows, reader.query("SELECT number, size, note FROM journal_checkpoint WHERE number > $1 ORDER BY number LIMIT $2", {number, count}));
  std::vector<StoredCheckpoint> checkpoints;
  for (const store::Row row : rows) checkpoints.push_back(checkpoint_of(row));
  return checkpoints;
}

StoreResult<std::optional<StoredCheckpoint>> last_checkpoint(store::Reader& reader) {
  return one_checkpoint(reader.query("SELECT number, size, note FROM journal_checkpoint ORDER BY number DESC LIMIT 1"));
}

StoreResult<std::optional<StoredCheckpoint>> first_checkpoint_of(store::Reader& reader, uint64_t sequence) {
  return one_checkpoint(reader.query("SELECT number, size, note FROM journal_checkpoint WHERE size >= $1 ORDER BY size LIMIT 1",
                                     {static_cast<int64_t>(sequence)}));
}

StoreResult<void> insert_checkpoint(store::Transaction& transaction, const StoredCheckpoint& checkpoint) {
  return transaction.execute_later("INSERT INTO journal_checkpoint (number, size, note) VALUES ($1, $2, $3)",
                                   {static_cast<int64_t>(checkpoint.number), static_cast<int64_t>(checkpoint.size), checkpoint.note}, 1);
}

Result<Hash> StoredNodes::node(unsigned level, uint64_t index) {
  const unsigned stored = level - level % kStoredLevelStep;
  const uint64_t count = uint64_t{1} << (level - stored);
  const auto first = static_cast<int64_t>(index * count);
  const auto last = first + static_cast<int64_t>(count) - 1;
  auto rows = stored == 0 ? reader_.query("SELECT hash FROM journal_event WHERE sequence BETWEEN $1 AND $2 ORDER BY sequence",
                                          {first + 1, last + 1})
                          : reader_.query("SELECT hash FROM journal_node WHERE level = $1 AND position BETWEEN $2 AND $3 ORDER BY position",
                                          {static_cast<int64_t>(stored), first, last});
  if (!rows) {
    failure_ = rows.error();
    return fail(rows.error().message);
  }
  std::vector<Hash> hashes;
  for (const store::Row row : *rows) {
    const auto hash = hash_from_bytes(row.blob(0));
    if (hash) hashes.push_back(stored == 0 ? leaf_hash(bytes_of(*hash)) : *hash);
  }
  if (hashes.size() != count) {
    return fail("node " + std::to_string(level) + "/" + std::to_string(index) + " of the journal's tree has lost a part; run verify");
  }
  return fold(std::move(hashes));
}

store::StoreError StoredNodes::error(const Error& error) const {
  if (failure_) return *failure_;
  return {store::Fault::kCorrupt, error.message, {}};
}

}  // namespace koshi::journal
