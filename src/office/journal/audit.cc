#include "office/journal/audit.h"

#include <algorithm>

namespace koshi::journal {
namespace {

Damage at(uint64_t sequence, std::string what) {
  return {sequence, sequence, std::move(what)};
}

}  // namespace

std::string describe(const Damage& damage) {
  const std::string first = std::to_string(damage.first);
  const std::string where = damage.first >= damage.last ? "event " + first : "events " + first + " to " + std::to_string(damage.last);
  return where + ": " + damage.what;
}

Audit::Audit(AuditOptions options) : options_(std::move(options)) {}

Audit::Audit(AuditOptions options, MerkleFrontier tree, uint64_t checkpoints)
    : options_(std::move(options)), tree_(std::move(tree)), began_(tree_.size()), checkpoints_(checkpoints), signed_size_(tree_.size()) {}

std::optional<Damage> Audit::event(const Event& event, const Hash& stored) {
  const uint64_t expected = tree_.size() + 1;
  if (event.sequence > expected) return at(expected, "it is missing; event " + std::to_string(event.sequence) + " follows the one before");
  if (event.sequence < expected) return at(event.sequence, "it stands where event " + std::to_string(expected) + " must");
  if (auto damage = check_known()) return damage;
  if (auto checked = check_entry(event.entry); !checked) return at(expected, checked.error().message);
  if (event_hash(event) != stored) return at(expected, "it does not have the hash that stands with it");
  auto [last, is_first] = last_of_case_.try_emplace(event.entry.case_id, Hash{});
  if (last->second != event.previous) return at(expected, "it does not follow the last event of its case");
  last->second = stored;
  tree_.append(leaf_hash(bytes_of(stored)), [this](const MerkleNode& node) {
    if (!is_stored_level(node.level)) return;
    while (nodes_.size() < node.level / kStoredLevelStep) {
      nodes_.push_back({first_node(static_cast<unsigned>(nodes_.size() + 1) * kStoredLevelStep), {}});
    }
    nodes_[node.level / kStoredLevelStep - 1].hashes.push_back(node.hash);
  });
  return std::nullopt;
}

std::optional<Damage> Audit::checkpoint(uint64_t number, std::string_view note) {
  const auto damaged = [this](std::string what) { return Damage{signed_size_ + 1, tree_.size(), std::move(what)}; };
  if (number != checkpoints_ + 1) {
    return damaged("checkpoint " + std::to_string(checkpoints_ + 1) + " is missing; " + std::to_string(number) + " follows the one before");
  }
  const std::string name = "checkpoint " + std::to_string(number);
  const auto opened = open_checkpoint(note, options_.origin, options_.keys);
  if (!opened) return damaged(name + " after them is worthless: " + opened.error().message);
  if (opened->size > tree_.size()) {
    return Damage{tree_.size() + 1, opened->size, "missing at the end; " + name + " has " + std::to_string(opened->size) + " events"};
  }
  if (opened->size != tree_.size()) return damaged(name + " after them is of " + std::to_string(opened->size) + " events");
  if (opened->root != tree_.root()) return damaged("they are not the events that " + name + " signed");
  ++checkpoints_;
  signed_size_ = tree_.size();
  return std::nullopt;
}

std::optional<Damage> Audit::node(const MerkleNode& stored) const {
  const uint64_t width = stored.level < kMerkleMaxLevels ? uint64_t{1} << stored.level : 0;
  if (width > 0 && is_stored_level(stored.level) && stored.index < first_node(stored.level)) return std::nullopt;
  const size_t row = stored.level / kStoredLevelStep - 1;
  if (width == 0 || !is_stored_level(stored.level) || row >= nodes_.size() ||
      stored.index - nodes_[row].first >= nodes_[row].hashes.size()) {
    return Damage{1, tree_.size(), "their tree has no node " + std::to_string(stored.level) + "/" + std::to_string(stored.index)};
  }
  if (nodes_[row].hashes[stored.index - nodes_[row].first] == stored.hash) return std::nullopt;
  return Damage{stored.index * width + 1, (stored.index + 1) * width, "the stored node of the tree above them is not theirs"};
}

uint64_t Audit::node_count() const {
  uint64_t count = 0;
  for (const NodeRow& row : nodes_) count += row.hashes.size();
  return count;
}

std::optional<Damage> Audit::finish(const MerkleFrontier& stored, uint64_t checkpoints, uint64_t nodes) const {
  if (auto damage = check_known()) return damage;
  const uint64_t next = tree_.size() + 1;
  if (stored.size() > tree_.size()) {
    return Damage{next, stored.size(), "missing at the end; there were " + std::to_string(stored.size()) + " events"};
  }
  if (stored.size() < tree_.size()) return Damage{stored.size() + 1, tree_.size(), "added behind the end"};
  if (stored != tree_) return Damage{signed_size_ + 1, tree_.size(), "the stored edge of the tree is not theirs"};
  if (checkpoints != checkpoints_) {
    return Damage{signed_size_ + 1, tree_.size(),
                  "there were " + std::to_string(checkpoints) + " checkpoints, not " + std::to_string(checkpoints_)};
  }
  const auto longest = std::ranges::max_element(options_.known, {}, &Checkpoint::size);
  if (longest != options_.known.end() && longest->size > tree_.size()) {
    return Damage{next, longest->size, "missing at the end; a known checkpoint has " + std::to_string(longest->size) + " events"};
  }
  if (nodes != node_count()) {
    return Damage{1, tree_.size(), "their tree has " + std::to_string(nodes) + " stored nodes, not " + std::to_string(node_count())};
  }
  return std::nullopt;
}

std::optional<Damage> Audit::check_known() const {
  for (const Checkpoint& known : options_.known) {
    if (known.size == tree_.size() && known.root != tree_.root()) {
      return Damage{1, tree_.size(), "a known checkpoint has other events"};
    }
  }
  return std::nullopt;
}

}  // namespace koshi::journal
