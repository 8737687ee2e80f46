#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "office/journal/audit.h"
#include "office/journal/consistency.h"
#include "office/journal/event.h"
#include "office/journal/note.h"
#include "office/journal/receipt.h"
#include "store/store.h"

/// The journal in a database: nothing but additions.
///
/// What it promises: an event whose receipt was handed out cannot be changed, moved, dropped or followed by another
/// history without the signing key, unless verify() says so. What no journal can promise: events after the last
/// checkpoint are held by their hashes only (take a checkpoint after each commit), and a database put back to an older
/// state of itself is found out only by somebody who kept a later checkpoint or receipt.
namespace koshi::journal {

struct Appended {
  uint64_t sequence = 0;
  Hash hash{};
};

struct SignedCheckpoint {
  Checkpoint checkpoint;
  std::string note;
};

inline constexpr size_t kPageEventsMax = 1000;

/// Receives the next bytes of an export; its error ends it.
using Sink = std::function<store::StoreResult<void>(std::string_view)>;

/// Holds keys and no state: any number of them, on any number of servers, may work on one database. Any thread.
class Journal {
 public:
  /// The origin of the checkpoints is the name of the key. `retired` keys still verify older checkpoints; they bear the
  /// same name. Errors: a retired key of another name.
  static Result<Journal> create(SigningKey key, std::vector<VerifyingKey> retired = {});

  const std::string& origin() const { return keys_.front().name(); }
  std::span<const VerifyingKey> keys() const { return keys_; }

  /// Adds the events to the caller's transaction, in this order. Costs two statements to read
  /// and two or three to write for each. Errors: kProgramming for an entry that check_entry() refuses.
  store::StoreResult<std::vector<Appended>> append(store::Transaction& transaction, std::span<const Entry> entries) const;

  /// What append() must know of the journal before it adds events of one case: asked for with what else is asked, so that it travels
  /// with it. Good until something else is appended.
  struct Place {
    std::string case_id;
    store::LaterRows state, tail;
  };
  store::StoreResult<Place> ask_place(store::Transaction& transaction, std::string_view case_id) const;
  /// Of the place's case alone. The place is settled.
  store::StoreResult<std::vector<Appended>> append(store::Transaction& transaction, std::span<const CheckedEntry> entries,
                                                   const Place& place) const;

  /// Signs what is committed, or returns the last checkpoint if nothing came after it. Not inside a write: what is not
  /// yet durable must never be signed.
  store::StoreResult<SignedCheckpoint> checkpoint(store::Store& store) const;

  /// The same receipt each time: under the first checkpoint that covers the event, which is made if there is none.
  /// Errors: kProgramming when no such event is committed.
  store::StoreResult<Receipt> receipt(store::Store& store, uint64_t sequence) const;

  /// Shows that the checkpoint of `old_size` is a beginning of that of `size` (verify_consistency in merkle.h).
  store::StoreResult<std::vector<Hash>> consistency(store::Reader& reader, uint64_t old_size, uint64_t size) const;
  /// The same between the first checkpoint of at least `old_size` events and the journal as it is now, with both notes: for whoever kept
  /// one of them. Errors: kProgramming when so many events are not committed; kCorrupt when the proof would not hold.
  store::StoreResult<Consistency> consistency_since(store::Store& store, uint64_t old_size) const;

  /// Reads everything. No value when the journal is whole. `known` are checkpoints that somebody kept outside.
  store::StoreResult<std::optional<Damage>> verify(store::Reader& reader, std::vector<Checkpoint> known = {}) const;

  /// What a verification came to, for the next one to begin behind.
  struct Verified {
    std::optional<Damage> damage;
    std::string note;  ///< the last checkpoint of what is good; empty: none yet
  };
  /// Asked once a page; true gives up with kAbandoned.
  using GiveUp = std::function<bool()>;
  /// The same, and how far it came.
  store::StoreResult<Verified> verify_all(store::Reader& reader, std::vector<Checkpoint> known = {}, const GiveUp& give_up = {}) const;
  /// Reads what came after the checkpoint that an earlier verification reached, and in O(log size) that the tree under it still has the
  /// signed root. What stands in a row of an earlier event is not read: verify_all() finds that it was changed since. A journal that is
  /// shorter than the note is damaged. Errors: kProgramming when the note is none, or not signed by a key of the journal.
  store::StoreResult<Verified> verify_behind(store::Reader& reader, std::string_view note) const;

  /// The form of export.cc, up to the last checkpoint, which is made now. Constant memory. Of sealed cases nothing leaves but hashes.
  store::StoreResult<void> export_to(store::Store& store, const Sink& sink) const;

  /// How many events are committed.
  store::StoreResult<uint64_t> size(store::Reader& reader) const;

  /// Events after this sequence in their order, at most kPageEventsMax; an empty case means all. The hash is not
  /// recomputed. Errors: kCorrupt for a row that is no event.
  store::StoreResult<std::vector<Event>> events(store::Reader& reader, std::string_view case_id, uint64_t after) const;

 private:
  Journal(SigningKey key, std::vector<VerifyingKey> keys) : key_(std::move(key)), keys_(std::move(keys)) {}

  SigningKey key_;
  std::vector<VerifyingKey> keys_;  ///< the current one first
};

}  // namespace koshi::journal
