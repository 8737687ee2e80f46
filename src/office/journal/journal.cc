#include "office/journal/journal.h"

#include <algorithm>

#include "base/check.h"
#include "base/text.h"
#include "office/journal/export.h"
#include "office/journal/rows.h"
#include "office/journal/walk.h"

namespace koshi::journal {
namespace {

using store::Fault;
using store::StoreResult;

constexpr auto kPage = static_cast<int64_t>(kPageEventsMax);

StoreResult<SignedCheckpoint> opened(const StoredCheckpoint& stored, std::string_view origin, std::span<const VerifyingKey> keys) {
  auto checkpoint = open_checkpoint(stored.note, origin, keys);
  if (!checkpoint) {
    return store::fault(Fault::kCorrupt,
                        "checkpoint " + std::to_string(stored.number) + " of the journal is damaged: " + checkpoint.error().message);
  }
  return SignedCheckpoint{std::move(*checkpoint), stored.note};
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

StoreResult<Consistency> Journal::consistency_since(store::Store& store, uint64_t old_size) const {
  TRY(now, checkpoint(store));
  if (old_size > now.checkpoint.size) {
    return store::fault(Fault::kProgramming, "the journal has no " + std::to_string(old_size) + " events");
  }
  return store.read([&](store::Reader& reader) -> StoreResult<Consistency> {
    TRY(old, first_checkpoint_of(reader, old_size));
    if (!old) return store::fault(Fault::kCorrupt, "the journal has lost its checkpoints");
    Consistency made{old->note, now.note, {}};
    // Another server may have signed more in between: the later of the two comes last.
    if (old->size > now.checkpoint.size) made.checkpoint = old->note;
    if (old->size > 0 && old->size < now.checkpoint.size) {
      TRY(proof, consistency(reader, old->size, now.checkpoint.size));
      made.proof = std::move(proof);
    }
    if (auto good = verify_consistency(made, origin(), keys_); !good) {
      return store::fault(Fault::kCorrupt, "the journal is damaged: " + good.error().message);
    }
    return made;
  });
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
