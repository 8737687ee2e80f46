#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "office/journal/event.h"
#include "office/journal/merkle.h"
#include "office/journal/note.h"

/// Reads a journal from its first event to its last and finds what is not as it was written. Knows no database.
namespace koshi::journal {

/// The events among which the damage lies: one when the event itself shows it; from the last good checkpoint on when
/// somebody made everything fit but could not sign it.
struct Damage {
  uint64_t first = 0;
  uint64_t last = 0;
  std::string what;  ///< one sentence
};

/// "event 42: …" or "events 42 to 97: …"
std::string describe(const Damage& damage);

struct AuditOptions {
  std::string origin;
  std::vector<VerifyingKey> keys;
  /// Checkpoints that somebody kept outside: what no look at the journal alone can show is that it was cut back to an
  /// older state of itself.
  std::vector<Checkpoint> known;
};

/// Call in the order of the journal; after the first damage the audit is over. Costs three short hashes an event and
/// the memory of one hash a case. One thread; a copy goes on independently.
class Audit {
 public:
  explicit Audit(AuditOptions options);
  /// Goes on behind a checkpoint that an earlier audit reached: `tree` has its root, `checkpoints` is its number. Of a case that has
  /// earlier events, expect_case() says the last one's hash before its next event comes.
  Audit(AuditOptions options, MerkleFrontier tree, uint64_t checkpoints);
  bool knows_case(const std::string& case_id) const { return last_of_case_.contains(case_id); }
  void expect_case(const std::string& case_id, const Hash& last) { last_of_case_.emplace(case_id, last); }

  /// `stored` is the hash that stands beside the event.
  std::optional<Damage> event(const Event& event, const Hash& stored);
  /// A checkpoint that stands after the events so far. `number` counts from 1 without gaps.
  std::optional<Damage> checkpoint(uint64_t number, std::string_view note);
  /// A stored inner node; after all events, in any order. One from before the checkpoint behind which the audit began is passed over.
  std::optional<Damage> node(const MerkleNode& stored) const;
  /// The state that stands beside the whole: the edge of the tree, the number of checkpoints and of stored nodes. Not
  /// signed, so it shows only accidents. `nodes` are all, or those from first_node() on.
  std::optional<Damage> finish(const MerkleFrontier& stored, uint64_t checkpoints, uint64_t nodes) const;

  const MerkleFrontier& tree() const { return tree_; }
  /// Of a stored level: nodes before it were complete before the audit began.
  uint64_t first_node(unsigned level) const { return began_ >> level; }
  uint64_t checkpoints() const { return checkpoints_; }
  /// Events under a verified signature; those after it are held together by their hashes only.
  uint64_t signed_size() const { return signed_size_; }

 private:
  std::optional<Damage> check_known() const;
  uint64_t node_count() const;

  /// Complete nodes of one stored level, from the first that was not complete when the audit began.
  struct NodeRow {
    uint64_t first = 0;
    std::vector<Hash> hashes;
  };

  AuditOptions options_;
  MerkleFrontier tree_;
  uint64_t began_ = 0;          ///< events that an earlier audit has read
  std::vector<NodeRow> nodes_;  ///< of the stored levels, from the lowest
  uint64_t checkpoints_ = 0;
  uint64_t signed_size_ = 0;
  std::unordered_map<std::string, Hash> last_of_case_;
};

}  // namespace koshi::journal
