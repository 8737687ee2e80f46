#include "zan/reason/case_proof.h"

#include <algorithm>
#include <cctype>

#include "base/text.h"

namespace koshi::zan {
namespace {

/// Calls `visit` with every rule on the chain of what decides.
class DecidingRules {
 public:
  explicit DecidingRules(const std::vector<ProofNode>& proof) : proof_(proof), seen_(proof.size(), false) {}

  template <typename Visit>
  void walk(const Visit& visit) {
    std::vector<int32_t> open;
    if (!proof_.empty()) open.push_back(0);
    while (!open.empty()) {
      const auto id = static_cast<size_t>(open.back());
      open.pop_back();
      if (seen_[id]) continue;
      seen_[id] = true;
      const ProofNode& node = proof_[id];
      if (node.same_as != kNoId) open.push_back(node.same_as);
      if (node.kind == ProofKind::kRule) {
        const bool decides = node.role == RuleRole::kDecides || node.role == RuleRole::kDisagrees;
        if (decides) visit(node.id);
        // An overruled rule stands above the exception that decides; what the rule itself read does not count.
        for (int32_t child = node.first_child; child != kNoId; child = next(child)) {
          if (decides || at(child).kind == ProofKind::kRule) open.push_back(child);
        }
      } else {
        for (int32_t child = node.first_child; child != kNoId; child = next(child)) open.push_back(child);
      }
    }
  }

 private:
  const ProofNode& at(int32_t id) const { return proof_[static_cast<size_t>(id)]; }
  int32_t next(int32_t id) const { return at(id).next_sibling; }

  const std::vector<ProofNode>& proof_;
  std::vector<bool> seen_;
};

bool is_within(std::string_view cited, std::string_view asked) {
  if (!cited.starts_with(asked)) return false;
  if (cited.size() == asked.size() || asked.empty()) return true;
  const auto last = static_cast<unsigned char>(asked.back());
  const auto next = static_cast<unsigned char>(cited[asked.size()]);
  return !(std::isalnum(last) != 0 && std::isalnum(next) != 0);
}

}  // namespace

bool cites(const Corpus& corpus, const Answer& answer, ActId act, std::string_view place) {
  bool found = false;
  DecidingRules(answer.proof).walk([&](RuleId id) {
    found = found || std::ranges::any_of(corpus.rules[static_cast<size_t>(id)].by, [&](const CitationRef& citation) {
              return citation.act == act && is_within(citation.place, place);
            });
  });
  return found;
}

void mark_exercised(const Answer& answer, std::vector<bool>& exercised) {
  std::vector<std::pair<int32_t, RuleRole>> open;  // rules of a settled norm, and the role that counts there
  const auto push_rules = [&](const ProofNode& parent, RuleRole role) {
    for (int32_t child = parent.first_child; child != kNoId; child = answer.proof[static_cast<size_t>(child)].next_sibling) {
      if (answer.proof[static_cast<size_t>(child)].kind == ProofKind::kRule) open.emplace_back(child, role);
    }
  };
  for (const ProofNode& norm : answer.proof) {
    if (norm.kind != ProofKind::kNorm) continue;
    if (norm.outcome == Outcome::kValue) push_rules(norm, RuleRole::kDecides);
    if (norm.outcome == Outcome::kConflict) push_rules(norm, RuleRole::kDisagrees);
    while (!open.empty()) {
      const auto [id, role] = open.back();
      open.pop_back();
      const ProofNode& rule = answer.proof[static_cast<size_t>(id)];
      if (rule.role == role) exercised[static_cast<size_t>(rule.id)] = true;
      push_rules(rule, role);
    }
  }
}

std::string outcome_text(const Corpus& corpus, const Answer& answer) {
  const std::string at = answer.at == kNoId || answer.at == answer.norm ? std::string() : " in `" + corpus.full_name(answer.at) + "`";
  switch (answer.outcome) {
    case Outcome::kValue: return format_value(corpus, answer.value);
    case Outcome::kConflict: return "a conflict" + at;
    case Outcome::kGap: return "a gap" + at;
    case Outcome::kFault: return "a fault" + at + ": " + answer.fault;
    case Outcome::kUnknown: break;
  }
  std::vector<std::string> needed;
  for (const Need& need : answer.needs) needed.push_back(need.path);
  return "unknown; needed: " + join(needed, ", ");
}

std::vector<Note> reasons(const Corpus& corpus, const Answer& answer) {
  std::vector<Note> notes;
  for (const RuleId id : answer.deciding) {
    const RuleInfo& rule = corpus.rules[static_cast<size_t>(id)];
    std::vector<std::string> cited;
    for (const CitationRef& citation : rule.by) cited.push_back(corpus.cite(citation));
    const std::string verb = answer.outcome == Outcome::kConflict ? "this rule disagrees, by " : "decided here, by ";
    notes.push_back({rule.span, verb + join(cited, " and ")});
  }
  return notes;
}

}  // namespace koshi::zan
