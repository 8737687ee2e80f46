#include "base/check.h"
#include "words/proof_sentences.h"

/// The proof as a tree of lines.
namespace koshi::words {
namespace {

using zan::Answer;
using zan::Outcome;
using zan::ProofKind;
using zan::ProofNode;
using zan::RuleRole;

const ProofNode& node_at(const Answer& answer, int32_t node) {
  return answer.proof[static_cast<size_t>(node)];
}

ProofLine line(const ProofSentences& sentences, const Words& words, const Answer& answer, int32_t at) {
  const ProofNode& node = node_at(answer, at);
  ProofLine out;
  out.text = sentences.sentence(at);
  out.kind = node.kind;
  out.state = proof_state(node);
  if (node.kind == ProofKind::kNorm) out.norm = node.id;
  if (node.kind == ProofKind::kRule) {
    out.rule = node.id;
    out.condition = sentences.condition(node);
    out.by = words.corpus().rules[static_cast<size_t>(node.id)].by;
  }
  for (int32_t child = node.first_child; child != zan::kNoId; child = node_at(answer, child).next_sibling) {
    out.children.push_back(line(sentences, words, answer, child));
  }
  return out;
}

}  // namespace

std::string_view proof_state(const ProofNode& node) {
  if (node.kind == ProofKind::kNorm) return "norm";
  if (node.kind != ProofKind::kRule) return node.outcome == Outcome::kUnknown ? "needed" : "given";
  switch (node.role) {
    case RuleRole::kDecides: return "decides";
    case RuleRole::kOverruled: return "overruled";
    case RuleRole::kSilent: return "silent";
    case RuleRole::kOpen: return "open";
    case RuleRole::kDisagrees: return "disagrees";
  }
  return "";
}

ProofLine proof_lines(const Words& words, Language language, const zan::Program&, const Answer& answer) {
  CHECK(!answer.proof.empty());
  return line(ProofSentences(words, language, answer), words, answer, 0);
}

}  // namespace koshi::words
