#include "zan/corpus/builder.h"

/// Reforms: their rules, and what each does to the rules of the law.
namespace koshi::zan {
namespace {

struct Amended {
  const ReformDecl& reform;
  ReformId id;
  NormId norm;
};

NormId find_amended(Builder& builder, const Amend& amend, ReformId reform) {
  const std::string full = amend.entity.empty() ? amend.norm.text : amend.entity.text + "." + amend.norm.text;
  const NormId id = builder.corpus.find_norm(full, amend.under.text);
  const bool other_draft = id != kNoId && builder.norm(id).reform != kNoId && builder.norm(id).reform != reform;
  const bool plain_missing = id != kNoId && amend.under.empty() && builder.norm(id).under != kNoId;
  if (id != kNoId && !other_draft && !plain_missing) return id;
  std::vector<std::string> known;
  for (size_t i = 0; i < builder.corpus.norms.size(); ++i) known.push_back(builder.corpus.full_name(static_cast<NormId>(i)));
  builder.unknown("norm", Name{full, amend.norm.span}, known);
  return kNoId;
}

RuleId find_target(Builder& builder, const Amended& amended, const Name& label) {
  const RuleId target = find_label(builder.corpus, amended.norm, label.text);
  if (target != kNoId && builder.rule(target).reform == kNoId) return target;
  std::vector<std::string> known;
  for (const RuleInfo& rule : builder.corpus.rules) {
    if (rule.norm == amended.norm && !rule.label.empty() && rule.reform == kNoId) known.push_back(rule.label);
  }
  builder.unknown("rule", label, known);
  return kNoId;
}

void add_change(Builder& builder, const Amended& amended, const Change& change) {
  Delta delta;
  delta.kind = change.kind;
  delta.norm = amended.norm;
  delta.span = change.span;
  delta.when.from = change.from.value_or(amended.reform.from.value_or(kFirstDate));
  if (change.until) delta.when.until = *change.until;
  if (delta.when.empty()) builder.error(change.span, "this change ends before it begins");
  if (!change.label.empty()) {
    delta.target = find_target(builder, amended, change.label);
    if (delta.target == kNoId) return;
  }
  if (change.rule) {
    const RuleContext context{amended.norm, builder.citations(amended.reform.by), amended.id, amended.reform.from, 0};
    delta.rule = add_rule(builder, *change.rule, context);
    builder.rule(delta.rule).number = static_cast<int32_t>(builder.corpus.reforms[static_cast<size_t>(amended.id)].deltas.size()) + 1;
    if (change.kind == Change::Kind::kReplace && change.rule->from) delta.when.from = *change.rule->from;
  }
  builder.corpus.reforms[static_cast<size_t>(amended.id)].deltas.push_back(delta);
}

}  // namespace

void add_reforms(Builder& builder) {
  for (const FileTree& tree : builder.corpus.trees) {
    for (const ReformDecl& decl : tree.reforms) {
      const ReformId id = builder.corpus.find_reform(decl.name.text);
      for (const Amend& amend : decl.amends) {
        const NormId norm = find_amended(builder, amend, id);
        if (norm == kNoId) continue;
        for (const Change& change : amend.changes) add_change(builder, {decl, id, norm}, change);
      }
    }
  }
}

}  // namespace koshi::zan
