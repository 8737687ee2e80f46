#pragma once

#include <string>
#include <vector>

#include "words/words.h"

namespace koshi::words {

/// The sentences of one proof, node by node. Linear in the proof to make; the answer must outlive it.
class ProofSentences {
 public:
  ProofSentences(const Words& words, Language language, const zan::Answer& answer);

  /// Of answer.proof[node].
  std::string sentence(int32_t node) const;
  /// The condition of a rule, or empty.
  std::string condition(const zan::ProofNode& node) const;

 private:
  std::string phrase(std::string_view key, const Holes& holes = {}) const { return words_.phrase(language_, key, holes); }
  std::string norm(const zan::ProofNode& node) const;
  std::string outcome(const zan::ProofNode& node) const;
  std::string fact(const zan::ProofNode& node) const;
  std::string with_owner(const std::string& label, const zan::ProofNode& node) const;
  std::string owner(const std::string& path) const;
  std::string rule(const zan::ProofNode& node, bool settled) const;
  std::string rule_key(const zan::ProofNode& node, const zan::RuleInfo& rule, bool settled) const;
  std::string rule_name(const zan::RuleInfo& rule) const;
  std::string source(const zan::RuleInfo& rule) const;
  std::string body(const zan::ProofNode& node, const zan::RuleInfo& rule) const;
  std::string value_text(const zan::RuleInfo& rule) const;
  std::string expression(const zan::RuleInfo& rule, zan::NodeId node) const;
  const zan::RuleInfo& rule_of(const zan::ProofNode& node) const;

  const Words& words_;
  Language language_;
  const zan::Corpus& corpus_;
  const zan::Answer& answer_;
  std::vector<bool> settled_;  ///< by node: the norm that it stands under has a value
};

}  // namespace koshi::words
