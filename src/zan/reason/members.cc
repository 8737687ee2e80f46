#include "zan/reason/members.h"

#include <algorithm>
#include <map>

namespace koshi::zan {
namespace {

const ProofNode& at(const Answer& answer, int32_t node) {
  return answer.proof[static_cast<size_t>(node)];
}

template <typename Do>
void for_each_child(const Answer& answer, int32_t parent, Do each) {
  for (int32_t child = at(answer, parent).first_child; child != kNoId; child = at(answer, child).next_sibling) each(child);
}

bool is_set(const Corpus& corpus, const ProofNode& node) {
  return node.kind == ProofKind::kNorm && corpus.norms[static_cast<size_t>(node.id)].type.kind == Kind::kSet;
}

int32_t in_full(const Answer& answer, int32_t node) {
  return at(answer, node).same_as == kNoId ? node : at(answer, node).same_as;
}

}  // namespace

std::vector<CertainMember> certain_members(const Corpus& corpus, const Answer& answer, int32_t norm) {
  norm = in_full(answer, norm);
  const auto count = static_cast<int64_t>(
      corpus.enums[static_cast<size_t>(corpus.norms[static_cast<size_t>(at(answer, norm).id)].type.of)].members.size());
  std::map<int32_t, std::vector<int32_t>> found;
  std::vector<bool> open(static_cast<size_t>(count), false);
  for_each_child(answer, norm, [&](int32_t child) {
    const ProofNode& rule = at(answer, child);
    if (rule.kind != ProofKind::kRule) return;
    const bool excepts = corpus.rules[static_cast<size_t>(rule.id)].depth % 2 == 1;
    const bool is_known = rule.outcome == Outcome::kValue && rule.value.kind() == Kind::kSet;
    for (int64_t i = 0; i < count; ++i) {
      const bool has = is_known && has_bit(rule.value.bits(), i);
      if (excepts && rule.role == RuleRole::kOpen && (has || !is_known)) open[static_cast<size_t>(i)] = true;
      if (!excepts && rule.role == RuleRole::kDecides && has) found[static_cast<int32_t>(i)].push_back(child);
    }
  });
  std::vector<CertainMember> members;
  for (auto& [member, rules] : found) {
    if (!open[static_cast<size_t>(member)]) members.push_back({member, std::move(rules)});
  }
  return members;
}

std::vector<int32_t> possible_members(const Corpus& corpus, const Answer& answer) {
  std::vector<int32_t> members;
  if (answer.proof.empty() || !is_set(corpus, at(answer, 0))) return members;
  const EnumId of = corpus.norms[static_cast<size_t>(at(answer, 0).id)].type.of;
  const auto count = static_cast<int64_t>(corpus.enums[static_cast<size_t>(of)].members.size());
  Bits brought(static_cast<size_t>(count + 63) / 64, 0);
  for_each_child(answer, 0, [&](int32_t child) {
    const ProofNode& rule = at(answer, child);
    const bool speaks = rule.kind == ProofKind::kRule && (rule.role == RuleRole::kDecides || rule.role == RuleRole::kOpen);
    if (!speaks || rule.value.kind() != Kind::kSet || corpus.rules[static_cast<size_t>(rule.id)].depth % 2 == 1) return;
    for (int64_t i = 0; i < count; ++i) {
      if (has_bit(rule.value.bits(), i)) set_bit(brought, i);
    }
  });
  for (int64_t i = 0; i < count; ++i) {
    if (has_bit(brought, i)) members.push_back(static_cast<int32_t>(i));
  }
  return members;
}

std::vector<int32_t> sets_of(const Corpus& corpus, const Answer& answer) {
  std::vector<int32_t> sets;
  if (answer.proof.empty()) return sets;
  if (is_set(corpus, at(answer, 0))) return {0};
  for_each_child(answer, 0, [&](int32_t rule) {
    if (at(answer, rule).kind != ProofKind::kRule || at(answer, rule).role != RuleRole::kDecides) return;
    for_each_child(answer, rule, [&](int32_t read) {
      if (!is_set(corpus, at(answer, read))) return;
      const int32_t set = in_full(answer, read);
      if (std::ranges::count(sets, set) == 0) sets.push_back(set);
    });
  });
  return sets;
}

}  // namespace koshi::zan
