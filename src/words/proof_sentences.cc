#include "words/proof_sentences.h"

#include "base/text.h"
#include "words/expression.h"

namespace koshi::words {

using zan::Answer;
using zan::Outcome;
using zan::ProofKind;
using zan::ProofNode;
using zan::RuleRole;

namespace {

/// " 3" for "staff[2]": people count from one.
std::string member_number(std::string_view part) {
  const size_t open = part.find('[');
  if (open == std::string_view::npos || !part.ends_with(']')) return {};
  const auto index = parse_whole(part.substr(open + 1, part.size() - open - 2));
  return index ? " " + std::to_string(*index + 1) : std::string();
}

/// Rules stand below norms, at any depth; a norm hands its own state down until the next norm.
std::vector<bool> settled_nodes(const Answer& answer) {
  std::vector<bool> settled(answer.proof.size(), false);
  std::vector<int32_t> open;
  if (!answer.proof.empty()) open.push_back(0);
  while (!open.empty()) {
    const auto at = static_cast<size_t>(open.back());
    open.pop_back();
    const ProofNode& node = answer.proof[at];
    if (node.kind == ProofKind::kNorm) settled[at] = node.outcome == Outcome::kValue;
    for (int32_t child = node.first_child; child != zan::kNoId; child = answer.proof[static_cast<size_t>(child)].next_sibling) {
      settled[static_cast<size_t>(child)] = settled[at];
      open.push_back(child);
    }
  }
  return settled;
}

}  // namespace

ProofSentences::ProofSentences(const Words& words, Language language, const Answer& answer)
    : words_(words), language_(language), corpus_(words.corpus()), answer_(answer), settled_(settled_nodes(answer)) {}

std::string ProofSentences::sentence(int32_t id) const {
  const ProofNode& node = answer_.proof[static_cast<size_t>(id)];
  switch (node.kind) {
    case ProofKind::kNorm: return norm(node);
    case ProofKind::kRule: return rule(node, settled_[static_cast<size_t>(id)]);
    case ProofKind::kFact: return fact(node);
    case ProofKind::kToday: break;
  }
  return phrase("proof.today", {{"value", words_.value(language_, node.value)}});
}

const zan::RuleInfo& ProofSentences::rule_of(const ProofNode& node) const {
  return corpus_.rules[static_cast<size_t>(node.id)];
}

std::string ProofSentences::condition(const ProofNode& node) const {
  const zan::RuleInfo& rule = rule_of(node);
  return rule.when == zan::kNoId ? std::string() : expression(rule, rule.when);
}

std::string ProofSentences::norm(const ProofNode& node) const {
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

std::string ProofSentences::outcome(const ProofNode& node) const {
  switch (node.outcome) {
    case Outcome::kValue: return words_.value(language_, node.value);
    case Outcome::kUnknown: return phrase("outcome.unknown");
    case Outcome::kConflict: return phrase("outcome.conflict");
    case Outcome::kGap: return phrase("outcome.gap");
    case Outcome::kFault: return phrase("outcome.fault");
  }
  return {};
}

std::string ProofSentences::fact(const ProofNode& node) const {
  const std::string label = with_owner(words_.label(language_, fact_key(corpus_, node.entity, node.id)), node);
  if (node.outcome == Outcome::kUnknown) return phrase("proof.not_given", {{"label", label}});
  return phrase("proof.given", {{"label", label}, {"value", words_.value(language_, node.value)}});
}

/// "Citizenship (Worker)": whose norm or fact it is, where it is not the question's own record.
std::string ProofSentences::with_owner(const std::string& label, const ProofNode& node) const {
  if (node.path == zan::kNoId) return label;
  const std::string& path = answer_.paths[static_cast<size_t>(node.path)];
  if (path.empty()) return label;
  return phrase("expr.of", {{"name", label}, {"owner", owner(path)}});
}

/// The links of a path such as "employer.staff[2]" by their labels; what is no link is shown as written.
std::string ProofSentences::owner(const std::string& path) const {
  zan::EntityId at = corpus_.norms[static_cast<size_t>(answer_.norm)].entity;
  std::vector<std::string> labels;
  for (const std::string_view part : split(path, '.')) {
    const std::string_view name = part.substr(0, part.find('['));
    const int32_t link = at == zan::kNoId ? zan::kNoId : corpus_.entities[static_cast<size_t>(at)].find_link(name);
    if (link == zan::kNoId) {
      labels.emplace_back(part);
      continue;
    }
    labels.push_back(words_.label(language_, link_key(corpus_, at, link)) + member_number(part));
    at = corpus_.entities[static_cast<size_t>(at)].links[static_cast<size_t>(link)].target;
  }
  return join(labels, ", ");
}

std::string ProofSentences::expression(const zan::RuleInfo& rule, zan::NodeId node) const {
  return Expressions(words_, language_, corpus_.norms[static_cast<size_t>(rule.norm)].entity).text(node);
}

std::string ProofSentences::rule(const ProofNode& node, bool settled) const {
  const zan::RuleInfo& rule = rule_of(node);
  return phrase(rule_key(node, rule, settled), {{"rule", rule_name(rule)}, {"source", source(rule)}, {"body", body(node, rule)}});
}

/// "proof.rule.silent", "proof.exception.decides", "proof.excludes.decides" …
std::string ProofSentences::rule_key(const ProofNode& node, const zan::RuleInfo& rule, bool settled) const {
  const bool set = corpus_.norms[static_cast<size_t>(rule.norm)].type.kind == zan::Kind::kSet;
  const bool exception = rule.depth > 0;
  std::string key = exception ? "proof.exception." : "proof.rule.";
  // "because" is said only of what has an answer.
  if (node.role == RuleRole::kDecides && !settled) return key + "applies";
  if (node.role == RuleRole::kDecides && set) key = rule.depth % 2 == 1 ? "proof.excludes." : "proof.includes.";
  if (node.role == RuleRole::kDecides && rule.reform != zan::kNoId) key = "proof.reform.";
  return key + std::string(proof_state(node));
}

/// “eaeu”, or the row of a table, or the number of the rule in its norm.
std::string ProofSentences::rule_name(const zan::RuleInfo& rule) const {
  std::string name = !rule.label.empty()      ? phrase("rule.label", {{"label", rule.label}})
                     : rule.table_row.empty() ? phrase("rule.number", {{"n", std::to_string(rule.number)}})
                                              : phrase("rule.row", {{"row", rule.table_row}});
  if (rule.reform == zan::kNoId) return name;
  return phrase("rule.reform", {{"name", name}, {"title", words_.label(language_, reform_key(corpus_, rule.reform))}});
}

std::string ProofSentences::source(const zan::RuleInfo& rule) const {
  std::vector<std::string> parts;
  for (const zan::CitationRef& citation : rule.by) {
    static constexpr std::string_view kWords[] = {"confidence.read", "confidence.reported", "confidence.unverified", "confidence.sample"};
    parts.push_back(words_.cite(language_, citation) + " [" + phrase(kWords[static_cast<size_t>(citation.confidence)]) + "]");
  }
  if (parts.empty()) parts.push_back(phrase("proof.uncited"));
  std::string text = join(parts, "; ");
  if (const std::string force = words_.in_force(language_, rule.in_force); !force.empty()) text += ", " + force;
  return text;
}

/// What the rule says, or, for one that does not speak, its condition with what became of it.
std::string ProofSentences::body(const ProofNode& node, const zan::RuleInfo& rule) const {
  const std::string condition = rule.when == zan::kNoId ? std::string() : expression(rule, rule.when);
  if (node.role == RuleRole::kSilent && !condition.empty()) return phrase("proof.fails", {{"condition", condition}});
  if (node.role == RuleRole::kOpen && !condition.empty()) return phrase("proof.may_hold", {{"condition", condition}});
  std::string value = value_text(rule);
  return condition.empty() ? value : phrase("proof.value_when", {{"value", value}, {"condition", condition}});
}

std::string ProofSentences::value_text(const zan::RuleInfo& rule) const {
  if (rule.reinstates == zan::kNoId) return expression(rule, rule.value);
  const zan::RuleInfo& again = corpus_.rules[static_cast<size_t>(rule.reinstates)];
  return phrase("proof.reinstates", {{"rule", rule_name(again)}, {"value", expression(again, again.value)}});
}

}  // namespace koshi::words
