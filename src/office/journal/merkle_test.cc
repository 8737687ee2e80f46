#include "office/journal/merkle.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <bit>

namespace koshi::journal {
namespace {

using namespace std::string_literals;

// The list of the reference test data of Certificate Transparency (RFC 6962 and RFC 9162 hash alike).
const std::vector<std::string> kLeaves = {"",
                                          "\x00"s,
                                          "\x10",
                                          "\x20\x21",
                                          "\x30\x31",
                                          "\x40\x41\x42\x43",
                                          "\x50\x51\x52\x53\x54\x55\x56\x57",
                                          "\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f"};
const std::vector<std::string> kRoots = {
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125", "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7", "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef", "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

MerkleTree tree_of(const std::vector<std::string>& data) {
  MerkleTree tree;
  for (const std::string& leaf : data) tree.append(leaf_hash(leaf));
  return tree;
}

MerkleTree tree_of(uint64_t size) {
  MerkleTree tree;
  for (uint64_t i = 0; i < size; ++i) tree.append(leaf_hash(std::to_string(i)));
  return tree;
}

std::vector<std::string> hexes(const Result<std::vector<Hash>>& proof) {
  std::vector<std::string> out;
  for (const Hash& hash : proof.value()) out.push_back(hex(hash));
  return out;
}

/// RFC 9162 section 2.1.1 word by word: the oracle.
Hash mth(const std::vector<std::string>& d, size_t begin, size_t end) {
  if (begin == end) return sha256("");
  if (end - begin == 1) return leaf_hash(d[begin]);
  size_t k = 1;
  while (k * 2 < end - begin) k *= 2;
  return node_hash(mth(d, begin, begin + k), mth(d, begin + k, end));
}

TEST(Merkle, KnownRoots) {
  for (size_t size = 0; size <= 8; ++size) {
    MerkleTree tree = tree_of(std::vector(kLeaves.begin(), kLeaves.begin() + static_cast<ptrdiff_t>(size)));
    EXPECT_EQ(hex(tree.root()), kRoots[size]);
    EXPECT_EQ(hex(root_at(size, tree).value()), kRoots[size]);
  }
}

TEST(Merkle, KnownProofs) {
  MerkleTree tree = tree_of(kLeaves);
  EXPECT_EQ(hexes(inclusion_proof(0, 1, tree)), std::vector<std::string>{});
  EXPECT_EQ(hexes(inclusion_proof(0, 8, tree)),
            (std::vector<std::string>{"96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                                      "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                                      "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"}));
  EXPECT_EQ(hexes(inclusion_proof(5, 8, tree)),
            (std::vector<std::string>{"bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                                      "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                                      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"}));
  EXPECT_EQ(hexes(inclusion_proof(2, 3, tree)), std::vector{kRoots[2]});
  EXPECT_EQ(hexes(consistency_proof(1, 1, tree)), std::vector<std::string>{});
  EXPECT_EQ(hexes(consistency_proof(6, 8, tree)),
            (std::vector<std::string>{"0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                                      "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                                      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"}));
  EXPECT_EQ(hexes(consistency_proof(2, 5, tree)),
            (std::vector<std::string>{"5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                                      "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"}));
}

TEST(Merkle, WhatHasNoProof) {
  MerkleTree tree = tree_of(8);
  EXPECT_FALSE(inclusion_proof(8, 8, tree));
  EXPECT_FALSE(inclusion_proof(0, 9, tree));
  EXPECT_FALSE(consistency_proof(0, 8, tree));
  EXPECT_FALSE(consistency_proof(9, 8, tree));
  EXPECT_FALSE(verify_consistency(0, tree.root(), 8, tree.root(), {}));
  EXPECT_FALSE(root_from_inclusion(tree.root(), 8, 8, {}));
}

RC_GTEST_PROP(Merkle, RootIsThatOfTheDefinition, ()) {
  const auto data = *rc::gen::container<std::vector<std::string>>(rc::gen::arbitrary<std::string>());
  MerkleTree tree = tree_of(data);
  RC_ASSERT(tree.root() == mth(data, 0, data.size()));
  const auto size = *rc::gen::inRange<size_t>(0, data.size() + 1);
  RC_ASSERT(root_at(size, tree).value() == mth(data, 0, size));
}

/// Of all sizes to 1000; the sampled leaf, an older size, and every bit of the proof that is turned.
TEST(Merkle, ProofsOfAllSizesVerifyAndNothingElseDoes) {
  MerkleTree tree = tree_of(1000);
  std::vector<Hash> roots;
  for (uint64_t size = 0; size <= 1000; ++size) roots.push_back(root_at(size, tree).value());
  for (uint64_t size = 1; size <= 1000; ++size) {
    const uint64_t index = size * size * 7919 / 13 % size;
    const Hash leaf = tree.node(0, index).value();
    auto proof = inclusion_proof(index, size, tree).value();
    ASSERT_LE(proof.size(), static_cast<size_t>(std::bit_width(size - 1)));
    ASSERT_EQ(root_from_inclusion(leaf, index, size, proof).value(), roots[size]);
    for (Hash& hash : proof) {
      hash[index % 32] ^= 4;
      ASSERT_NE(root_from_inclusion(leaf, index, size, proof).value(), roots[size]);
      hash[index % 32] ^= 4;
    }
    if (size > 1) {
      ASSERT_NE(root_from_inclusion(leaf, (index + 1) % size, size, proof).value_or(Hash{}), roots[size]);
    }
    proof.push_back(leaf);
    ASSERT_FALSE(root_from_inclusion(leaf, index, size, proof));
  }
  for (uint64_t size = 1; size <= 1000; size += 13) {
    for (uint64_t old = 1; old <= size; old += 1 + size / 40) {
      auto proof = consistency_proof(old, size, tree).value();
      ASSERT_TRUE(verify_consistency(old, roots[old], size, roots[size], proof)) << old << " " << size;
      ASSERT_FALSE(verify_consistency(old, roots[old - 1], size, roots[size], proof));
      ASSERT_FALSE(verify_consistency(old, roots[old], size, roots[size - 1], proof));
      for (Hash& hash : proof) {
        hash[0] ^= 1;
        ASSERT_FALSE(verify_consistency(old, roots[old], size, roots[size], proof));
        hash[0] ^= 1;
      }
      proof.push_back(roots[1]);
      ASSERT_FALSE(verify_consistency(old, roots[old], size, roots[size], proof));
    }
  }
}

TEST(Merkle, ProofsOfAHundredThousandAreShort) {
  constexpr uint64_t kSize = 100'000;
  MerkleTree tree = tree_of(kSize);
  for (uint64_t index = 0; index < kSize; index += 997) {
    const auto proof = inclusion_proof(index, kSize, tree).value();
    EXPECT_LE(proof.size(), 17u);
    EXPECT_EQ(root_from_inclusion(tree.node(0, index).value(), index, kSize, proof).value(), tree.root());
    EXPECT_LE(consistency_proof(index + 1, kSize, tree)->size(), 18u);
  }
}

TEST(Merkle, FrontierReadsBack) {
  MerkleFrontier frontier;
  for (int i = 0; i < 300; ++i) {
    const auto read = MerkleFrontier::create(frontier.size(), frontier.bytes());
    ASSERT_TRUE(read);
    EXPECT_EQ(*read, frontier);
    EXPECT_EQ(read->root(), frontier.root());
    frontier.append(leaf_hash(std::to_string(i)));
  }
  EXPECT_FALSE(MerkleFrontier::create(3, std::string(32, 'x')));
  EXPECT_FALSE(MerkleFrontier::create(0, "x"));
}

}  // namespace
}  // namespace koshi::journal
