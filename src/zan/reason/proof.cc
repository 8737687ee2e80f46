#include "zan/reason/proof.h"

namespace koshi::zan {

int32_t Proof::insert(Frame& frame, int32_t after, ProofNode node) {
  const auto id = static_cast<int32_t>(nodes_.size());
  ProofNode& parent = nodes_[static_cast<size_t>(frame.node)];
  int32_t& link = after == kNoId ? parent.first_child : nodes_[static_cast<size_t>(after)].next_sibling;
  node.next_sibling = link;
  link = id;
  nodes_.push_back(std::move(node));
  return id;
}

int32_t Proof::find_read(const Frame& frame, const ProofNode& node) const {
  if (frame.last_read == kNoId) return kNoId;
  int32_t id = nodes_[static_cast<size_t>(frame.node)].first_child;
  for (int compared = 0; id != kNoId && compared < kMaxCompared; ++compared) {
    const ProofNode& other = nodes_[static_cast<size_t>(id)];
    if (other.kind == node.kind && other.id == node.id && other.path == node.path && other.on == node.on && other.today == node.today)
      return id;
    if (id == frame.last_read) return kNoId;
    id = other.next_sibling;
  }
  return kNoId;
}

int32_t Proof::add_read(Frame& frame, ProofNode node) {
  if (!recording_ || frame.node == kNoId) return kNoId;
  if (const int32_t known = find_read(frame, node); known != kNoId) return known;
  return frame.last_read = insert(frame, frame.last_read, std::move(node));
}

int32_t Proof::add_rule(Frame& frame, RuleId rule) {
  if (!recording_ || frame.node == kNoId) return kNoId;
  ProofNode node;
  node.kind = ProofKind::kRule;
  node.role = RuleRole::kSilent;
  node.outcome = Outcome::kUnknown;
  node.id = rule;
  const int32_t after = frame.last_rule != kNoId ? frame.last_rule : frame.last_read;
  return frame.last_rule = insert(frame, after, std::move(node));
}

int32_t Proof::add_root(ProofNode node) {
  if (!recording_) return kNoId;
  nodes_.push_back(std::move(node));
  return static_cast<int32_t>(nodes_.size() - 1);
}

}  // namespace koshi::zan
