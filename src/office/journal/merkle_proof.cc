#include <algorithm>
#include <bit>

#include "base/check.h"
#include "office/journal/merkle.h"

namespace koshi::journal {
namespace {

/// Leaves begin..end-1.
struct Range {
  uint64_t begin;
  uint64_t end;
  uint64_t size() const { return end - begin; }
};

/// Where RFC 9162 splits n > 1 leaves: the largest power of two smaller than n.
uint64_t split(uint64_t n) {
  CHECK(n > 1);
  return std::bit_floor(n - 1);
}

/// MTH of a range that begins at a multiple of the next power of two of its size, as every subtree does.
Result<Hash> subtree(Range range, MerkleReader& reader) {
  if (std::has_single_bit(range.size())) {
    return reader.node(static_cast<unsigned>(std::countr_zero(range.size())), range.begin / range.size());
  }
  const uint64_t middle = range.begin + split(range.size());
  TRY(left, subtree({range.begin, middle}, reader));
  TRY(right, subtree({middle, range.end}, reader));
  return node_hash(left, right);
}

Result<std::vector<Hash>> hashes_of(std::span<const Range> ranges, MerkleReader& reader) {
  std::vector<Hash> hashes;
  for (const Range& range : ranges) {
    TRY(hash, subtree(range, reader));
    hashes.push_back(hash);
  }
  return hashes;
}

}  // namespace

Result<Hash> root_at(uint64_t size, MerkleReader& reader) {
  if (size == 0) return sha256("");
  return subtree({0, size}, reader);
}

Result<std::vector<Hash>> inclusion_proof(uint64_t index, uint64_t size, MerkleReader& reader) {
  if (index >= size) return fail("leaf " + std::to_string(index) + " is not among the first " + std::to_string(size));
  std::vector<Range> siblings;
  for (Range at{0, size}; at.size() > 1;) {
    const uint64_t middle = at.begin + split(at.size());
    const bool left = index < middle;
    siblings.push_back(left ? Range{middle, at.end} : Range{at.begin, middle});
    at = left ? Range{at.begin, middle} : Range{middle, at.end};
  }
  std::ranges::reverse(siblings);
  return hashes_of(siblings, reader);
}

Result<std::vector<Hash>> consistency_proof(uint64_t old_size, uint64_t size, MerkleReader& reader) {
  if (old_size == 0 || old_size > size) {
    return fail("a tree of " + std::to_string(old_size) + " leaves is no beginning of one of " + std::to_string(size));
  }
  std::vector<Range> ranges;
  Range at{0, size};
  while (at.end != old_size) {
    const uint64_t middle = at.begin + split(at.size());
    const bool left = old_size <= middle;
    ranges.push_back(left ? Range{middle, at.end} : Range{at.begin, middle});
    at = left ? Range{at.begin, middle} : Range{middle, at.end};
  }
  // The old tree itself needs no telling when it is one whole subtree: the verifier holds its root.
  if (at.begin != 0) ranges.push_back(at);
  std::ranges::reverse(ranges);
  return hashes_of(ranges, reader);
}

Result<Hash> root_from_inclusion(const Hash& leaf, uint64_t index, uint64_t size, std::span<const Hash> proof) {
  if (index >= size) return fail("leaf " + std::to_string(index) + " is not among the first " + std::to_string(size));
  uint64_t fn = index;
  uint64_t sn = size - 1;
  Hash r = leaf;
  for (const Hash& p : proof) {
    if (sn == 0) return fail("the inclusion proof is too long");
    if ((fn & 1) != 0 || fn == sn) {
      r = node_hash(p, r);
      while ((fn & 1) == 0 && fn != 0) {
        fn >>= 1;
        sn >>= 1;
      }
    } else {
      r = node_hash(r, p);
    }
    fn >>= 1;
    sn >>= 1;
  }
  if (sn != 0) return fail("the inclusion proof is too short");
  return r;
}

Result<void> verify_consistency(uint64_t old_size, const Hash& old_root, uint64_t size, const Hash& root, std::span<const Hash> proof) {
  if (old_size == 0 || old_size > size) return fail("the old tree is empty or larger than the new one");
  if (old_size == size) {
    if (!proof.empty()) return fail("two trees of one size need no proof");
    if (old_root != root) return fail("two trees of " + std::to_string(size) + " leaves have different roots");
    return {};
  }
  if (proof.empty()) return fail("the consistency proof is empty");
  const bool whole = std::has_single_bit(old_size);
  uint64_t fn = old_size - 1;
  uint64_t sn = size - 1;
  for (; (fn & 1) != 0; fn >>= 1) sn >>= 1;
  Hash fr = whole ? old_root : proof.front();
  Hash sr = fr;
  for (const Hash& c : proof.subspan(whole ? 0 : 1)) {
    if (sn == 0) return fail("the consistency proof is too long");
    if ((fn & 1) != 0 || fn == sn) {
      fr = node_hash(c, fr);
      sr = node_hash(c, sr);
      while ((fn & 1) == 0 && fn != 0) {
        fn >>= 1;
        sn >>= 1;
      }
    } else {
      sr = node_hash(sr, c);
    }
    fn >>= 1;
    sn >>= 1;
  }
  if (sn != 0) return fail("the consistency proof is too short");
  if (fr != old_root) return fail("the proof does not lead to the old root");
  if (sr != root) return fail("the proof does not lead to the new root");
  return {};
}

}  // namespace koshi::journal
