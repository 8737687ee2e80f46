#include "office/journal/merkle.h"

#include <algorithm>
#include <bit>

#include "base/check.h"

namespace koshi::journal {

Hash leaf_hash(std::string_view data) {
  std::string bytes(1, '\x00');
  bytes += data;
  return sha256(bytes);
}

Hash node_hash(const Hash& left, const Hash& right) {
  std::array<char, 1 + 2 * kHashBytes> bytes;
  bytes[0] = '\x01';
  std::ranges::copy(left, bytes.begin() + 1);
  std::ranges::copy(right, bytes.begin() + 1 + kHashBytes);
  return sha256({bytes.data(), bytes.size()});
}

Hash fold(std::vector<Hash> nodes) {
  CHECK(std::has_single_bit(nodes.size()));
  for (; nodes.size() > 1; nodes.resize(nodes.size() / 2)) {
    for (size_t i = 0; i < nodes.size() / 2; ++i) nodes[i] = node_hash(nodes[2 * i], nodes[2 * i + 1]);
  }
  return nodes.front();
}

Result<MerkleFrontier> MerkleFrontier::create(uint64_t size, std::string_view bytes) {
  const auto peaks = static_cast<size_t>(std::popcount(size));
  if (bytes.size() != peaks * kHashBytes) {
    return fail("a tree of " + std::to_string(size) + " leaves has " + std::to_string(peaks) + " hashes of " + std::to_string(kHashBytes) +
                " bytes at its edge, not " + std::to_string(bytes.size()) + " bytes");
  }
  MerkleFrontier frontier;
  frontier.size_ = size;
  for (size_t i = 0; i < peaks; ++i) {
    frontier.peaks_.push_back(*hash_from_bytes(bytes.substr(i * kHashBytes, kHashBytes)));
  }
  return frontier;
}

std::string MerkleFrontier::bytes() const {
  std::string out;
  for (const Hash& peak : peaks_) out += bytes_of(peak);
  return out;
}

Hash MerkleFrontier::root() const {
  if (peaks_.empty()) return sha256("");
  Hash root = peaks_.back();
  for (size_t i = peaks_.size() - 1; i-- > 0;) root = node_hash(peaks_[i], root);
  return root;
}

void MerkleTree::append(const Hash& leaf) {
  frontier_.append(leaf, [this](const MerkleNode& node) {
    if (levels_.size() == node.level) levels_.emplace_back();
    CHECK(levels_[node.level].size() == node.index);
    levels_[node.level].push_back(node.hash);
  });
}

Result<Hash> MerkleTree::node(unsigned level, uint64_t index) {
  if (level >= levels_.size() || index >= levels_[level].size()) return fail("the tree has no such complete node");
  return levels_[level][index];
}

}  // namespace koshi::journal
