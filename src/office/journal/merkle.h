#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "office/journal/hash.h"

/// The Merkle tree of RFC 9162 section 2.1 over SHA-256, for a list that only grows.
///
///   leaf hash = SHA-256(0x00 data)      node hash = SHA-256(0x01 left right)      empty root = SHA-256()
///
/// Node (level, index) covers the leaves index·2^level to (index+1)·2^level - 1. A node whose leaves are all there
/// never changes again: only such nodes are stored, and everything else is computed from them in O(log size).
namespace koshi::journal {

/// Enough for kSequenceMax leaves.
inline constexpr unsigned kMerkleMaxLevels = 54;

Hash leaf_hash(std::string_view data);
Hash node_hash(const Hash& left, const Hash& right);

struct MerkleNode {
  unsigned level = 0;
  uint64_t index = 0;
  Hash hash{};
  bool operator==(const MerkleNode&) const = default;
};

/// The right edge of a tree: the roots of the complete subtrees it consists of, largest first. All that is needed to
/// append and to know the root; at most kMerkleMaxLevels hashes.
class MerkleFrontier {
 public:
  MerkleFrontier() = default;
  /// From the form of bytes(). Errors: not one hash for each bit set in `size`.
  static Result<MerkleFrontier> create(uint64_t size, std::string_view bytes);
  std::string bytes() const;

  /// O(1) on average, O(log size) at worst. Calls `completed(MerkleNode)` for each node that is complete from now on,
  /// from the leaf upwards.
  template <typename Completed>
  void append(const Hash& leaf, Completed completed) {
    MerkleNode node{0, size_, leaf};
    completed(node);
    for (; (size_ >> node.level & 1) != 0; peaks_.pop_back()) {
      node = {node.level + 1, node.index / 2, node_hash(peaks_.back(), node.hash)};
      completed(node);
    }
    peaks_.push_back(node.hash);
    ++size_;
  }
  void append(const Hash& leaf) {
    append(leaf, [](const MerkleNode&) {});
  }

  uint64_t size() const { return size_; }
  Hash root() const;
  bool operator==(const MerkleFrontier&) const = default;

 private:
  uint64_t size_ = 0;
  std::vector<Hash> peaks_;
};

/// Of the complete nodes above the leaves only every fourth level is stored: a fifteenth of a hash for each leaf
/// instead of one, and any other node is at most fifteen hashes away.
inline constexpr unsigned kStoredLevelStep = 4;
inline bool is_stored_level(unsigned level) {
  return level > 0 && level % kStoredLevelStep == 0;
}
/// The node over 2^n nodes of one level. CHECKs the power of two.
Hash fold(std::vector<Hash> nodes);

/// Where complete nodes are read from.
class MerkleReader {
 public:
  virtual ~MerkleReader() = default;
  virtual Result<Hash> node(unsigned level, uint64_t index) = 0;
};

/// The root of the first `size` leaves; O(log size) reads.
Result<Hash> root_at(uint64_t size, MerkleReader& reader);
/// Shows that leaf `index` is among the first `size`: at most ceil(log2(size)) hashes, 17 for 100,000 leaves.
/// Errors: index >= size, or what the reader says.
Result<std::vector<Hash>> inclusion_proof(uint64_t index, uint64_t size, MerkleReader& reader);
/// Shows that the tree of `old_size` leaves is the beginning of the tree of `size`. Errors: 0 or more than `size` old
/// leaves.
Result<std::vector<Hash>> consistency_proof(uint64_t old_size, uint64_t size, MerkleReader& reader);

/// RFC 9162 section 2.1.3.2: the root that the proof leads to. Errors: a proof of the wrong length, index >= size.
Result<Hash> root_from_inclusion(const Hash& leaf, uint64_t index, uint64_t size, std::span<const Hash> proof);
/// RFC 9162 section 2.1.4.2. Errors say what does not agree.
Result<void> verify_consistency(uint64_t old_size, const Hash& old_root, uint64_t size, const Hash& root, std::span<const Hash> proof);

/// All nodes in memory, 64 bytes a leaf: for tests, benchmarks and small exports.
class MerkleTree : public MerkleReader {
 public:
  void append(const Hash& leaf);
  uint64_t size() const { return frontier_.size(); }
  Hash root() const { return frontier_.root(); }
  Result<Hash> node(unsigned level, uint64_t index) override;

 private:
  MerkleFrontier frontier_;
  std::vector<std::vector<Hash>> levels_;
};

}  // namespace koshi::journal
