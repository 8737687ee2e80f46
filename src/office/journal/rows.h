#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "office/journal/event.h"
#include "office/journal/merkle.h"
#include "store/transaction.h"

/// The statements of the journal: what stands in its tables, read and written row by row.
namespace koshi::journal {

struct State {
  MerkleFrontier tree;
  uint64_t checkpoints = 0;
};

struct StoredEvent {
  int64_t sequence = 0;
  std::optional<Event> event;  ///< none when a column holds what no event can hold
  Hash hash{};
};

struct StoredCheckpoint {
  uint64_t number = 0;
  uint64_t size = 0;
  std::string note;
};

/// A journal without its one row of state is new; kCorrupt when the edge does not fit the size.
store::StoreResult<State> read_state(store::Reader& reader);
store::StoreResult<store::LaterRows> ask_state(store::Reader& reader);
store::StoreResult<State> state_of(const store::Rows& rows);
store::StoreResult<void> write_state(store::Transaction& transaction, const State& state);

/// Of the case's last event; no value for its first.
store::StoreResult<store::LaterRows> ask_last_hash(store::Reader& reader, std::string_view case_id);
std::optional<Hash> last_hash_of(const store::Rows& rows);
/// Of the case's last event among the first `size`.
store::StoreResult<std::optional<Hash>> last_hash_before(store::Reader& reader, std::string_view case_id, uint64_t size);
store::StoreResult<void> insert_event(store::Transaction& transaction, uint64_t sequence, const Entry& entry, const Hash& previous,
                                      const Hash& hash);
store::StoreResult<void> insert_node(store::Transaction& transaction, const MerkleNode& node);

/// In order, after this sequence, at most `count`.
store::StoreResult<std::vector<StoredEvent>> events_after(store::Reader& reader, int64_t sequence, int64_t count);
store::StoreResult<std::vector<StoredEvent>> events_of_case(store::Reader& reader, std::string_view case_id, int64_t sequence,
                                                            int64_t count);
store::StoreResult<std::vector<StoredCheckpoint>> checkpoints_after(store::Reader& reader, int64_t number, int64_t count);
store::StoreResult<std::optional<StoredCheckpoint>> last_checkpoint(store::Reader& reader);
store::StoreResult<std::optional<StoredCheckpoint>> first_checkpoint_of(store::Reader& reader, uint64_t sequence);
store::StoreResult<void> insert_checkpoint(store::Transaction& transaction, const StoredCheckpoint& checkpoint);

/// Complete nodes, from the stored levels and the events.
class StoredNodes : public MerkleReader {
 public:
  explicit StoredNodes(store::Reader& reader) : reader_(reader) {}
  Result<Hash> node(unsigned level, uint64_t index) override;

  /// The database's error behind one of node(), or kCorrupt with its message.
  store::StoreError error(const Error& error) const;

 private:
  store::Reader& reader_;
  std::optional<store::StoreError> failure_;
};

}  // namespace koshi::journal
