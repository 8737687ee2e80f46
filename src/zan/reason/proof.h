#pragma once

#include <vector>

#include "zan/reason/answer.h"

/// Building the proof while a question is evaluated. Internal to this folder.
namespace koshi::zan {

/// A proof node while its children are being added. What it reads stands before its rules, also when it is read later.
struct Frame {
  int32_t node = kNoId;
  int32_t last_read = kNoId;
  int32_t last_rule = kNoId;
};

/// Does nothing when it is not recording. Pointers to nodes are valid until the next addition.
class Proof {
 public:
  explicit Proof(bool recording) : recording_(recording) {
    if (recording) nodes_.reserve(kFirstNodes);
  }
  bool recording() const { return recording_; }
  ProofNode* at(int32_t node) { return node == kNoId ? nullptr : &nodes_[static_cast<size_t>(node)]; }

  /// A fact, norm or today, read under `frame`; one that stands there already is not added again. kNoId when not recording.
  int32_t add_read(Frame& frame, ProofNode node);
  /// A rule under a norm, or an exception under a rule.
  int32_t add_rule(Frame& frame, RuleId rule);
  int32_t add_root(ProofNode node);

  std::vector<ProofNode> take() { return std::move(nodes_); }
  const std::vector<ProofNode>& nodes() const { return nodes_; }

 private:
  static constexpr size_t kFirstNodes = 96;
  /// Beyond so many reads of one rule (an aggregate over a long list) repeated ones are no longer looked for.
  static constexpr int kMaxCompared = 24;

  int32_t insert(Frame& frame, int32_t after, ProofNode node);
  int32_t find_read(const Frame& frame, const ProofNode& node) const;

  bool recording_;
  std::vector<ProofNode> nodes_;
};

}  // namespace koshi::zan
