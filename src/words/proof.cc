#include "base/check.h"
#include "base/text.h"
#include "words/expression.h"
#include "words/words.h"

/// The sentences of a proof.
namespace koshi::words {
namespace {

using zan::Answer;
using zan::Outcome;
using zan::ProofKind;
using zan::ProofNode;
using zan::RuleRole;

const ProofNode& node_at(const Answer& answer, int32_t node) { return answer.proof[static_cast<size_t>(node)]; }

/// Writes single proof nodes; stateless but for what it reads.
class Sentences {
 public:
  Sentences(const Words& words, Language language, const Answer& answer)
      : words_(words), language_(language), corpus_(words.corpus()), answer_(answer) {}

  std::string sentence(const ProofNode& node) const {
    switch (node.kind) {
      case ProofKind::kNorm: return norm(node);
      case ProofKind::kRule: return rule(node);
      case ProofKind::kFact: return fact(node);
      case ProofKind::kToday: break;
    }
    return phrase("proof.today", {{"value", words_.value(language_, node.value)}});
  }

  std::string condition(const ProofNode& node) const {
    const zan::RuleInfo& rule = corpus_.rules[static_cast<size_t>(node.id)];
    return rule.when == zan::kNoId ? std::string() : expression(rule, rule.when);
  }

 private:
  std::string phrase(std::string_view key, const Holes& holes = {}) const { return words_.phrase(language_, key, holes); }

  std::string norm(const ProofNode& node) const {
    const zan::Norm& norm = corpus_.norms[static_cast<size_t>(node.id)];
    std::string label = words_.label(language_, norm_key(corpus_, node.id));
    if (norm.under != zan::kNoId) {
      label = phrase("norm.under", {{"label", label}, {"act", words_.label(language_, act_key(corpus_, norm.under) + ".short")}});
    }
    label = with_owner(label, node);
    if (node.on != answer_.on) label = phrase("proof.on", {{"label", label}, {"date", words_.date(language_, node.on)}});
    std::string text = phrase("proof.is", {{"label", label}, {"value", outcome(node)}});
    return node.same_as == zan::kNoId ? text : phrase("proof.same", {{"text", text}});
  }

  std::string outcome(const ProofNode& node) const {
    switch (node.outcome) {
      case Outcome::kValue: return words_.value(language_, node.value);
      case Outcome::kUnknown: return phrase("outcome.unknown");
      case Outcome::kConflict: return phrase("outcome.conflict");
      case Outcome::kGap: return phrase("outcome.gap");
      case Outcome::kFault: return phrase("outcome.fault");
    }
    return {};
  }

  std::string fact(const ProofNode& node) const {
    const std::string label = with_owner(words_.label(language_, fact_key(corpus_, node.entity, node.id)), node);
    if (node.outcome == Outcome::kUnknown) return phrase("proof.not_given", {{"label", label}});
    return phrase("proof.given", {{"label", label}, {"value", words_.value(language_, node.value)}});
  }

  /// "Citizenship (Worker)": whose norm or fact it is, where it is not the question's own record.
  std::string with_owner(const std::string& label, const ProofNode& node) const {
    if (node.path == zan::kNoId) return label;
    const std::string& path = answer_.paths[static_cast<size_t>(node.path)];
    if (path.empty()) return label;
    return phrase("expr.of", {{"name", label}, {"owner", owner(path)}});
  }

  /// The links of a path such as "employer.staff[2]" by their labels; what is no link is shown as written.
  std::string owner(const std::string& path) const {
    zan::EntityId at = corpus_.norms[static_cast<size_t>(answer_.norm)].entity;
    std::vector<std::string> labels;
    for (const std::string_view part : split(path, '.')) {
      const std::string_view name = part.substr(0, part.find('['));
      const int32_t link = at == zan::kNoId ? zan::kNoId : corpus_.entities[static_cast<size_t>(at)].find_link(name);
      if (link == zan::kNoId) {
        labels.emplace_back(part);
        continue;
      }
      labels.push_back(words_.label(language_, link_key(corpus_, at, link)) + std::string(member_number(part)));
      at = corpus_.entities[static_cast<size_t>(at)].links[static_cast<size_t>(link)].target;
    }
    return join(labels, ", ");
  }

  static std::string member_number(std::string_view part) {
    const size_t open = part.find('[');
    if (open == std::string_view::npos || !part.ends_with(']')) return {};
    const auto index = parse_whole(part.substr(open + 1, part.size() - open - 2));
    return index ? " " + std::to_string(*index + 1) : std::string();
  }

  std::string expression(const zan::RuleInfo& rule, zan::NodeId node) const {
    return Expressions(words_, language_, corpus_.norms[static_cast<size_t>(rule.norm)].entity).text(node);
  }

  std::string rule(const ProofNode& node) const {
    const zan::RuleInfo& rule = corpus_.rules[static_cast<size_t>(node.id)];
    return phrase(rule_key(node, rule), {{"rule", rule_name(rule)}, {"source", source(rule)}, {"body", body(node, rule)}});
  }

  /// "proof.rule.silent", "proof.exception.decides", "proof.excludes.decides" …
  std::string rule_key(const ProofNode& node, const zan::RuleInfo& rule) const {
    const bool set = corpus_.norms[static_cast<size_t>(rule.norm)].type.kind == zan::Kind::kSet;
    const bool exception = rule.depth > 0;
    std::string key = exception ? "proof.exception." : "proof.rule.";
    if (node.role == RuleRole::kDecides && set) key = rule.depth % 2 == 1 ? "proof.excludes." : "proof.includes.";
    if (node.role == RuleRole::kDecides && rule.reform != zan::kNoId) key = "proof.reform.";
    return key + std::string(proof_state(node));
  }

  /// “eaeu”, or the row of a table, or the number of the rule in its norm.
  std::string rule_name(const zan::RuleInfo& rule) const {
    std::string name = !rule.label.empty()      ? phrase("rule.label", {{"label", rule.label}})
                       : rule.table_row.empty() ? phrase("rule.number", {{"n", std::to_string(rule.number)}})
                                                : phrase("rule.row", {{"row", rule.table_row}});
    if (rule.reform == zan::kNoId) return name;
    return phrase("rule.reform", {{"name", name}, {"title", words_.label(language_, reform_key(corpus_, rule.reform))}});
  }

  std::string source(const zan::RuleInfo& rule) const {
    std::vector<std::string> parts;
    for (const zan::CitationRef& citation : rule.by) {
      static constexpr std::string_view kWords[] = {"confidence.read", "confidence.reported", "confidence.unverified",
                                                    "confidence.sample"};
      parts.push_back(words_.cite(language_, citation) + " [" + phrase(kWords[static_cast<size_t>(citation.confidence)]) + "]");
    }
    if (parts.empty()) parts.push_back(phrase("proof.uncited"));
    std::string text = join(parts, "; ");
    if (const std::string force = words_.in_force(language_, rule.in_force); !force.empty()) text += ", " + force;
    return text;
  }

  /// What the rule says, or, for one that does not speak, its condition with what became of it.
  std::string body(const ProofNode& node, const zan::RuleInfo& rule) const {
    const std::string condition = rule.when == zan::kNoId ? std::string() : expression(rule, rule.when);
    if (node.role == RuleRole::kSilent && !condition.empty()) return phrase("proof.fails", {{"condition", condition}});
    if (node.role == RuleRole::kOpen && !condition.empty()) return phrase("proof.may_hold", {{"condition", condition}});
    std::string value = value_text(rule);
    return condition.empty() ? value : phrase("proof.value_when", {{"value", value}, {"condition", condition}});
  }

  std::string value_text(const zan::RuleInfo& rule) const {
    if (rule.reinstates == zan::kNoId) return expression(rule, rule.value);
    const zan::RuleInfo& again = corpus_.rules[static_cast<size_t>(rule.reinstates)];
    return phrase("proof.reinstates", {{"rule", rule_name(again)}, {"value", expression(again, again.value)}});
  }

  const Words& words_;
  Language language_;
  const zan::Corpus& corpus_;
  const Answer& answer_;
};

ProofLine line(const Sentences& sentences, const Words& words, const Answer& answer, int32_t at) {
  const ProofNode& node = node_at(answer, at);
  ProofLine out;
  out.text = sentences.sentence(node);
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

std::string proof_sentence(const Words& words, Language language, const Answer& answer, int32_t node) {
  return Sentences(words, language, answer).sentence(node_at(answer, node));
}

ProofLine proof_lines(const Words& words, Language language, const zan::Program&, const Answer& answer) {
  CHECK(!answer.proof.empty());
  return line(Sentences(words, language, answer), words, answer, 0);
}

}  // namespace koshi::words
