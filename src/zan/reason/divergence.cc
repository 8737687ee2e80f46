#include "zan/reason/divergence.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <utility>

/// A proof shows each norm of each record in full once; there the two proofs are laid beside each other.
namespace koshi::zan {
namespace {

/// Which norm, of which record, on which day; the question's own day is one place in both proofs.
struct Place {
  NormId norm;
  std::string path;
  std::optional<Date> another_day;
  auto operator<=>(const Place&) const = default;
};

using Places = std::map<Place, const ProofNode*>;

Place place_of(const Answer& answer, const ProofNode& node) {
  const std::string& path = node.path == kNoId ? std::string() : answer.paths[static_cast<size_t>(node.path)];
  return {node.id, path, node.today == answer.today ? std::nullopt : std::optional(node.today)};
}

Places places_of(const Answer& answer) {
  Places places;
  for (const ProofNode& node : answer.proof) {
    if (node.kind == ProofKind::kNorm && node.same_as == kNoId) places.emplace(place_of(answer, node), &node);
  }
  return places;
}

bool same(const ProofNode& a, const ProofNode& b) {
  return a.outcome == b.outcome && (a.outcome != Outcome::kValue || a.value == b.value);
}

/// Rules of the node's own norm that decide or disagree.
void add_rules(const Answer& answer, const ProofNode& node, std::vector<RuleId>& rules) {
  for (int32_t child = node.first_child; child != kNoId;) {
    const ProofNode& below = answer.proof[static_cast<size_t>(child)];
    child = below.next_sibling;
    if (below.kind != ProofKind::kRule) continue;
    if (below.role == RuleRole::kDecides || below.role == RuleRole::kDisagrees) rules.push_back(below.id);
    add_rules(answer, below, rules);
  }
}

std::vector<RuleId> rules_of(const Answer& answer, const ProofNode& node) {
  std::vector<RuleId> rules;
  // Of the question's own norm the answer says it itself, also where the proof was cut to its head.
  if (&node == answer.proof.data()) rules = answer.deciding;
  if (rules.empty()) add_rules(answer, node, rules);
  return rules;
}

std::vector<RuleId> without(const std::vector<RuleId>& rules, const std::vector<RuleId>& others) {
  std::vector<RuleId> left;
  std::ranges::copy_if(rules, std::back_inserter(left), [&](RuleId rule) { return std::ranges::count(others, rule) == 0; });
  return left;
}

/// What follows from what differs below is no cause of its own.
class Search {
 public:
  Search(const Answer& before, const Answer& after)
      : before_(before), after_(after), places_before_(places_of(before)), places_after_(places_of(after)) {}

  std::vector<Divergence> run() {
    visit(after_, after_.proof.front());
    visit(before_, before_.proof.front());
    return std::move(found_);
  }

 private:
  /// Whether something at the node or below it differs. Proofs are as deep as the law, which the compiler bounds.
  bool visit(const Answer& answer, const ProofNode& node) {
    const auto known = seen_.find(&node);
    if (known != seen_.end()) return known->second;
    bool differs = false;
    if (node.same_as != kNoId) {
      differs = visit(answer, answer.proof[static_cast<size_t>(node.same_as)]);
    } else {
      for (int32_t child = node.first_child; child != kNoId; child = answer.proof[static_cast<size_t>(child)].next_sibling) {
        differs = visit(answer, answer.proof[static_cast<size_t>(child)]) || differs;
      }
      if (!differs && node.kind == ProofKind::kNorm) differs = note(place_of(answer, node));
    }
    seen_.emplace(&node, differs);
    return differs;
  }

  /// The norm, if it differs; nothing below it does.
  bool note(const Place& place) {
    const auto a = places_before_.find(place);
    const auto b = places_after_.find(place);
    if (a == places_before_.end() || b == places_after_.end() || same(*a->second, *b->second)) return false;
    if (found_.size() == kDivergencesMax || !noted_.insert(place).second) return true;
    const auto before = rules_of(before_, *a->second);
    const auto after = rules_of(after_, *b->second);
    Divergence& one = found_.emplace_back(Divergence{place.norm, place.path, a->second->outcome, b->second->outcome, a->second->value,
                                                     b->second->value, without(before, after), without(after, before)});
    if (one.rules_before.empty() && one.rules_after.empty()) {
      one.rules_before = before;
      one.rules_after = after;
    }
    return true;
  }

  const Answer& before_;
  const Answer& after_;
  Places places_before_, places_after_;
  std::map<const ProofNode*, bool> seen_;
  std::set<Place> noted_;
  std::vector<Divergence> found_;
};

}  // namespace

bool same_answer(const Answer& before, const Answer& after) {
  return before.outcome == after.outcome && (before.outcome != Outcome::kValue || before.value == after.value);
}

std::vector<Divergence> divergences(const Answer& before, const Answer& after) {
  if (same_answer(before, after)) return {};
  std::vector<Divergence> found;
  if (!before.proof.empty() && !after.proof.empty()) found = Search(before, after).run();
  if (!found.empty()) return found;
  found.push_back({after.norm, "", before.outcome, after.outcome, before.value, after.value, before.deciding, after.deciding});
  return found;
}

}  // namespace koshi::zan
