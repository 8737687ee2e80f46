#include "office/journal/journal.h"

#include <algorithm>

#include "base/check.h"
#include "base/text.h"
#include "office/journal/export.h"
#include "office/journal/rows.h"

namespace koshi::journal {
namespace {

using store::Fault;
using store::StoreResult;

constexpr auto kPage = static_cast<int64_t>(kPageEventsMax);

/// Walks events and checkpoints side by side.
class Walk {
 public:
  using Event = std::function<StoreResult<bool>(const StoredEvent&)>;
  using Mark = std::function<StoreResult<bool>(const StoredCheckpoint&)>;

  explicit Walk(store::Reader& reader) : reader_(reader) {}

  /// Calls `event` for each event and `mark` for each checkpoint: before the first event beyond it, those that are left
  /// at the end. A callback that returns false ends the walk.
  StoreResult<void> run(const Event& event, const Mark& mark) {
    TRY_DO(next_marks());
    for (int64_t after = INT64_MIN;;) {
      TRY(page, events_after(reader_, after, kPage));
      for (const StoredEvent& stored : page) {
        TRY(go_on, marks_before(static_cast<uint64_t>(std::max<int64_t>(stored.sequence, 0)), mark));
        if (!go_on) return {};
        TRY(more, event(stored));
        if (!more) return {};
        after = stored.sequence;
      }
      if (page.size() < kPageEventsMax) break;
    }
    TRY_DO(marks_before(UINT64_MAX, mark));
    return {};
  }

 private:
  StoreResult<bool> marks_before(uint64_t sequence, const Mark& mark) {
    while (at_ < marks_.size() && marks_[at_].size < sequence) {
      TRY(go_on, mark(marks_[at_]));
      if (!go_on) return false;
      if (++at_ == marks_.size()) TRY_DO(next_marks());
    }
    return true;
  }
  StoreResult<void> next_marks() {
    const int64_t after = marks_.empty() ? INT64_MIN : static_cast<int64_t>(marks_.back().number);
    TRY(page, checkpoints_after(reader_, after, kPage));
    marks_ = std::move(page);
    at_ = 0;
    return {};
  }

  store::Reader& reader_;
  std::vector<StoredCheckpoint> marks_;
  size_t at_ = 0;
};

StoreResult<SignedCheckpoint> opened(const StoredCheckpoint& stored, std::string_view origin, std::span<const VerifyingKey> keys) {
  auto checkpoint = open_checkpoint(stored.note, origin, keys);
  if (!checkpoint) {
    return store::fault(Fault::kCorrupt,
                        "checkpoint " + std::to_string(stored.number) + " of the journal is damaged: " + checkpoint.error().message);
  }
  return SignedCheckpoint{std::move(*checkpoint), stored.note};
}

/// The stored nodes and the state against what the events made of them.
StoreResult<std::optional<Damage>> audit_the_rest(store::Reader& reader, const Audit& audit) {
  uint64_t nodes = 0;
  std::optional<Damage> damage;
  TRY_DO(reader.each("SELECT level, position, hash FROM journal_node ORDER BY level, position", {},
                     [&](const store::Row& row) -> StoreResult<void> {
                       const auto hash = hash_from_bytes(row.blob(2));
                       ++nodes;
                       if (!damage) {
                         damage = audit.node({static_cast<unsigned>(std::clamp<int64_t>(row.integer(0), 0, kMerkleMaxLevels)),
                                              static_cast<uint64_t>(row.integer(1)), hash.value_or(Hash{})});
                       }
                       return {};
                     }));
  auto state = read_state(reader);
  if (!state && state.error().fault == Fault::kCorrupt) return Damage{1, audit.tree().size(), state.error().message};
  if (!state) return std::unexpected(state.error());
  // What is missing as a whole says more than the first node without leaves.
  if (auto lacking = audit.finish(state->tree, state->checkpoints, nodes)) return lacking;
  return damage;
}

}  // namespace

Result<Journal> Journal::create(SigningKey key, std::vector<VerifyingKey> retired) {
  const std::string name = key.verifying_key().name();
  for (const VerifyingKey& old : retired) {
    if (old.name() != name) return fail("a retired key of the journal is named " + json_string(old.name()) + ", not " + json_string(name));
  }
  retired.insert(retired.begin(), key.verifying_key());
  return Journal(std::move(key), std::move(retired));
}

StoreResult<std::vector<Appended>> Journal::append(store::Transaction& transaction, std::span<const Entry> entries) const {
  std::vector<Appended> appended;
  for (const Entry& entry : entries) {
    auto checked = CheckedEntry::create(entry);
    if (!checked) return store::fault(Fault::kProgramming, checked.error().message);
    TRY(place, ask_place(transaction, entry.case_id));
    TRY_DO(transaction.settle());
    TRY(one, append(transaction, std::span<const CheckedEntry>(&*checked, 1), place));
    appended.push_back(one.front());
  }
  return appended;
}

StoreResult<Journal::Place> Journal::ask_place(store::Transaction& transaction, std::string_view case_id) const {
  TRY(state, ask_state(transaction));
  TRY(tail, ask_last_hash(transaction, case_id));
  return Place{std::string(case_id), std::move(state), std::move(tail)};
}

StoreResult<std::vector<Appended>> Journal::append(store::Transaction& transaction, std::span<const CheckedEntry> entries,
                                                   const Place& place) const {
  TRY(state, state_of(*place.state));
  Hash previous = last_hash_of(*place.tail).value_or(Hash{});
  std::vector<Appended> appended;
  for (const CheckedEntry& checked : entries) {
    CHECK(checked.entry().case_id == place.case_id);
    const uint64_t sequence = state.tree.size() + 1;
    CHECK(sequence <= kSequenceMax);
    const Hash hash = event_hash(sequence, checked.entry(), previous);
    TRY_DO(insert_event(transaction, sequence, checked.entry(), previous, hash));
    StoreResult<void> kept;
    state.tree.append(leaf_hash(bytes_of(hash)), [&](const MerkleNode& node) {
      if (kept && is_stored_level(node.level)) kept = insert_node(transaction, node);
    });
    if (!kept) return std::unexpected(kept.error());
    previous = hash;
    appended.push_back({sequence, hash});
  }
  if (!appended.empty()) TRY_DO(write_state(transaction, state));
  return appended;
}

StoreResult<SignedCheckpoint> Journal::checkpoint(store::Store& store) const {
  State state;
  std::optional<StoredCheckpoint> last;
  TRY_DO(store.read([&](store::Reader& reader) -> StoreResult<void> {
    TRY(found, read_state(reader));
    TRY(found_last, last_checkpoint(reader));
    state = std::move(found);
    last = std::move(found_last);
    return {};
  }));
  if (last && last->size >= state.tree.size()) return opened(*last, origin(), keys_);
  const Checkpoint made{origin(), state.tree.size(), state.tree.root()};
  auto note = sign_checkpoint(made, key_);
  if (!note) return store::fault(Fault::kProgramming, note.error().message);
  return store.write([&](store::Transaction& transaction) -> StoreResult<SignedCheckpoint> {
    // Another server may have signed in between; a later one serves as well, and numbers and sizes rise together.
    TRY(newest, last_checkpoint(transaction));
    if (newest && newest->size >= made.size) return opened(*newest, origin(), keys_);
    TRY(current, read_state(transaction));
    current.checkpoints += 1;
    TRY_DO(insert_checkpoint(transaction, {current.checkpoints, made.size, *note}));
    TRY_DO(write_state(transaction, current));
    return SignedCheckpoint{made, *note};
  });
}

StoreResult<Receipt> Journal::receipt(store::Store& store, uint64_t sequence) const {
  const auto find = [&](store::Reader& reader) { return first_checkpoint_of(reader, sequence); };
  TRY(stored, store.read(find));
  std::string note = stored ? stored->note : "";
  if (!stored) {
    TRY(made, checkpoint(store));
    note = made.note;
  }
  auto covering = open_checkpoint(note, origin(), keys_);
  if (!covering) return store::fault(Fault::kCorrupt, "a checkpoint of the journal is damaged: " + covering.error().message);
  if (sequence < 1 || sequence > covering->size)
    return store::fault(Fault::kProgramming, "the journal has no event " + std::to_string(sequence));
  return store.read([&](store::Reader& reader) -> StoreResult<Receipt> {
    TRY(found, events_after(reader, static_cast<int64_t>(sequence) - 1, 1));
    if (found.empty() || found[0].sequence != static_cast<int64_t>(sequence)) {
      return store::fault(Fault::kCorrupt, "event " + std::to_string(sequence) + " of the journal is missing; run verify");
    }
    StoredNodes nodes(reader);
    auto proof = inclusion_proof(sequence - 1, covering->size, nodes);
    if (!proof) return std::unexpected(nodes.error(proof.error()));
    Receipt receipt{sequence, found[0].hash, std::move(*proof), note};
    // Nobody is handed a receipt that does not hold.
    if (auto good = verify_receipt(receipt, origin(), keys_); !good)
      return store::fault(Fault::kCorrupt, "the journal is damaged: " + good.error().message);
    return receipt;
  });
}

StoreResult<std::vector<Hash>> Journal::consistency(store::Reader& reader, uint64_t old_size, uint64_t size) const {
  StoredNodes nodes(reader);
  auto proof = consistency_proof(old_size, size, nodes);
  if (!proof) return std::unexpected(nodes.error(proof.error()));
  return std::move(*proof);
}

StoreResult<std::optional<Damage>> Journal::verify(store::Reader& reader, std::vector<Checkpoint> known) const {
  Audit audit({origin(), keys_, std::move(known)});
  std::optional<Damage> damage;
  TRY_DO(Walk(reader).run(
      [&](const StoredEvent& stored) -> StoreResult<bool> {
        const uint64_t expected = audit.tree().size() + 1;
        damage = stored.event ? audit.event(*stored.event, stored.hash) : Damage{expected, expected, "it is no event at all"};
        return !damage;
      },
      [&](const StoredCheckpoint& stored) -> StoreResult<bool> {
        damage = audit.checkpoint(stored.number, stored.note);
        return !damage;
      }));
  if (damage) return damage;
  return audit_the_rest(reader, audit);
}

StoreResult<void> Journal::export_to(store::Store& store, const Sink& sink) const {
  TRY_DO(checkpoint(store));
  return store.read([&](store::Reader& reader) -> StoreResult<void> {
    TRY(last, last_checkpoint(reader));
    if (!last) return store::fault(Fault::kCorrupt, "the journal has lost its checkpoints");
    TRY_DO(sink(export_header(last->note, last->number)));
    return Walk(reader).run(
        [&](const StoredEvent& stored) -> StoreResult<bool> {
          if (stored.sequence > static_cast<int64_t>(last->size)) return false;
          if (!stored.event)
            return store::fault(Fault::kCorrupt, "event " + std::to_string(stored.sequence) + " of the journal is damaged");
          const bool sealed = is_sealed(stored.event->entry.case_id);
          TRY_DO(sink(sealed ? export_withheld(stored.event->sequence, stored.hash) : export_event(*stored.event, stored.hash)));
          return true;
        },
        [&](const StoredCheckpoint& stored) -> StoreResult<bool> {
          TRY_DO(sink(export_checkpoint(stored.number, stored.note)));
          return true;
        });
  });
}

StoreResult<std::vector<Event>> Journal::events(store::Reader& reader, std::string_view case_id, uint64_t after) const {
  const auto from = static_cast<int64_t>(std::min(after, kSequenceMax));
  TRY(stored, case_id.empty() ? events_after(reader, from, kPage) : events_of_case(reader, case_id, from, kPage));
  std::vector<Event> events;
  for (StoredEvent& one : stored) {
    if (!one.event) return store::fault(Fault::kCorrupt, "event " + std::to_string(one.sequence) + " of the journal is damaged");
    events.push_back(std::move(*one.event));
  }
  return events;
}

}  // namespace koshi::journal
