#include "office/journal/receipt.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "office/journal/merkle.h"

namespace koshi::journal {
namespace {

class ReceiptTest : public testing::Test {
 protected:
  ReceiptTest() : key_(SigningKey::create("office.example", Seed{1}).value()), keys_{key_.verifying_key()} {
    for (uint64_t s = 1; s <= kSize; ++s) tree_.append(leaf_hash(bytes_of(event(s))));
  }

  static Hash event(uint64_t sequence) { return sha256(std::to_string(sequence)); }
  Receipt receipt(uint64_t sequence) {
    return {sequence, event(sequence), inclusion_proof(sequence - 1, kSize, tree_).value(),
            sign_checkpoint({"office.example", kSize, tree_.root()}, key_).value()};
  }

  static constexpr uint64_t kSize = 1234;
  SigningKey key_;
  std::vector<VerifyingKey> keys_;
  MerkleTree tree_;
};

TEST_F(ReceiptTest, ReadsBackAndVerifies) {
  for (const uint64_t sequence : {uint64_t{1}, uint64_t{2}, uint64_t{777}, kSize}) {
    const Receipt original = receipt(sequence);
    const std::string text = format_receipt(original);
    EXPECT_EQ(parse_receipt(text).value(), original);
    EXPECT_EQ(verify_receipt(original, "office.example", keys_)->size, kSize);
    EXPECT_LE(std::ranges::count(text, '\n'), 40);
    EXPECT_LE(text.size(), 2000u);
  }
}

TEST_F(ReceiptTest, TheFormIsFixed) {
  Receipt one{42, sha256(""), {sha256("a")}, "note\n"};
  EXPECT_EQ(format_receipt(one),
            "koshi receipt 1\nsequence 42\nevent e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n\n"
            "c2sp.org/tlog-proof@v1\nindex 41\nypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs=\n\nnote\n");
}

TEST_F(ReceiptTest, AReceiptForAnotherActIsRefused) {
  Receipt wrong = receipt(5);
  wrong.event = event(6);
  EXPECT_FALSE(verify_receipt(wrong, "office.example", keys_));
  wrong = receipt(5);
  wrong.sequence = 6;
  EXPECT_FALSE(verify_receipt(wrong, "office.example", keys_));
  wrong.sequence = kSize + 1;
  EXPECT_FALSE(verify_receipt(wrong, "office.example", keys_));
  wrong.sequence = 0;
  EXPECT_FALSE(verify_receipt(wrong, "office.example", keys_));
  EXPECT_FALSE(verify_receipt(receipt(5), "other.example", keys_));
  EXPECT_FALSE(verify_receipt(receipt(5), "office.example", {}));
}

TEST_F(ReceiptTest, NoChangeIsAccepted) {
  const std::string text = format_receipt(receipt(777));
  const auto accepted = [&](const std::string& changed) {
    const auto parsed = parse_receipt(changed);
    return parsed && verify_receipt(*parsed, "office.example", keys_);
  };
  ASSERT_TRUE(accepted(text));
  for (size_t i = 0; i < text.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string changed = text;
      changed[i] = static_cast<char>(changed[i] ^ 1 << bit);
      EXPECT_FALSE(accepted(changed)) << i << " " << bit;
    }
    EXPECT_FALSE(accepted(text.substr(0, i))) << i;
    EXPECT_FALSE(accepted(text.substr(0, i) + text.substr(i + 1))) << i;
    EXPECT_FALSE(accepted(text.substr(0, i) + "\n" + text.substr(i))) << i;
  }
  EXPECT_FALSE(parse_receipt(std::string(kReceiptMaxBytes + 1, 'a')));
}

RC_GTEST_FIXTURE_PROP(ReceiptTest, SplicedTextIsReadBackOrRefused, ()) {
  const std::string text = format_receipt(receipt(777));
  const auto from = *rc::gen::inRange<size_t>(0, text.size());
  const auto count = *rc::gen::inRange<size_t>(0, 60);
  const auto to = *rc::gen::inRange<size_t>(0, text.size());
  std::string changed = text;
  changed.replace(to, *rc::gen::inRange<size_t>(0, 60), text.substr(from, count));
  const auto parsed = parse_receipt(changed);
  if (parsed) RC_ASSERT(format_receipt(*parsed) == changed);
  if (parsed && changed != text) RC_ASSERT(!verify_receipt(*parsed, "office.example", keys_).has_value());
}

}  // namespace
}  // namespace koshi::journal
