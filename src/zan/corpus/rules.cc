#include <algorithm>

#include "zan/corpus/lower.h"

/// Second pass: the rules of norms, with exact dates and citations.
namespace koshi::zan {
namespace {

bool binds(const Builder& builder, const Act& act, const Norm& norm) {
  const bool own_instrument = norm.under != kNoId && &builder.corpus.acts[static_cast<size_t>(norm.under)] == &act;
  return !act.not_ratified || own_instrument || norm.under != kNoId;
}

/// A rule stands in force within its first act; dates that it leaves out are the act's.
DateRange in_force(Builder& builder, const Rule& rule, const std::vector<CitationRef>& by, const RuleContext& context) {
  DateRange range;
  const bool draft = context.reform != kNoId;
  if (!by.empty() && !draft) {
    const Act& act = builder.corpus.acts[static_cast<size_t>(by.front().act)];
    range = within_act(builder, rule.span, "rule", rule.from, rule.until, act);
    if (!binds(builder, act, builder.norm(context.norm))) {
      builder.error(rule.span, "`" + act.name + "` is not ratified, so it does not bind",
                    {{{}, "cite it in a norm `under` an instrument, or ratify it in a reform"}});
    }
  }
  if (draft && context.from) range.from = *context.from;
  if (rule.from) range.from = *rule.from;
  if (rule.until) range.until = *rule.until;
  if (range.empty()) {
    builder.error(rule.span, "this rule can never be in force",
                  {{{}, "it would begin on " + format_date(range.from) + " and end on " + format_date(range.until)}});
  }
  return range;
}

void lower_rule(Builder& builder, const Rule& rule, RuleInfo& info, const RuleContext& context) {
  const Norm& norm = builder.norm(context.norm);
  Lowering lowering(builder, norm.entity);
  if (rule.value) {
    info.value = norm.type.kind == Kind::kSet ? lowering.lower_members(*rule.value, norm.type) : lowering.lower_as(*rule.value, norm.type);
  }
  if (rule.when) info.when = lowering.lower_condition(*rule.when);
}

void add_exceptions(Builder& builder, const std::vector<Rule>& rules, const RuleContext& context, std::vector<RuleId>& ids) {
  RuleContext inner = context;
  ++inner.depth;
  for (const Rule& exception : rules) ids.push_back(add_rule(builder, exception, inner));
}

}  // namespace

DateRange within_act(Builder& builder, Span span, std::string_view what, const std::optional<Date>& from, const std::optional<Date>& until,
                     const Act& act) {
  const std::string head = "this " + std::string(what) + " is in force ";
  if (from && *from < act.in_force.from) {
    builder.error(span, head + "from " + format_date(*from) + ", before its act",
                  {{act.span, "`" + act.name + "` is in force from " + format_date(act.in_force.from)}});
  }
  if (until && act.in_force.until < *until) {
    builder.error(span, head + "until " + format_date(*until) + ", after its act",
                  {{act.span, "`" + act.name + "` is in force until " + format_date(act.in_force.until)}});
  }
  return {from.value_or(act.in_force.from), until.value_or(act.in_force.until)};
}

RuleId find_label(const Corpus& corpus, NormId norm, std::string_view label) {
  for (size_t i = 0; i < corpus.rules.size(); ++i) {
    if (corpus.rules[i].norm == norm && corpus.rules[i].label == label) return static_cast<RuleId>(i);
  }
  return kNoId;
}

RuleId add_rule(Builder& builder, const Rule& rule, const RuleContext& context) {
  const RuleId id = static_cast<RuleId>(builder.corpus.rules.size());
  RuleInfo info;
  info.norm = context.norm;
  info.label = rule.label.text;
  info.by = rule.by.empty() ? context.defaults : builder.citations(rule.by);
  info.reform = context.reform;
  info.depth = context.depth;
  info.span = rule.span;
  if (info.by.empty() && rule.by.empty()) {
    builder.error(rule.span, "this rule cites nothing", {{{}, "add `by ACT place [confidence]` to it or to its norm"}});
  }
  info.in_force = in_force(builder, rule, info.by, context);
  lower_rule(builder, rule, info, context);
  builder.corpus.rules.push_back(std::move(info));
  std::vector<RuleId> exceptions;
  add_exceptions(builder, rule.exceptions, context, exceptions);
  builder.rule(id).exceptions = std::move(exceptions);
  return id;
}

/// Labels of one norm's rules, as written: for duplicates and for `reinstate`.
void bind_reinstated(Builder& builder, NormId norm, const std::vector<Rule>& rules, const std::vector<RuleId>& ids) {
  for (size_t i = 0; i < rules.size(); ++i) {
    const Rule& rule = rules[i];
    if (!rule.reinstate.empty()) {
      const RuleId target = find_label(builder.corpus, norm, rule.reinstate.text);
      if (target == kNoId) {
        std::vector<std::string> known;
        for (const RuleInfo& other : builder.corpus.rules) {
          if (other.norm == norm && !other.label.empty()) known.push_back(other.label);
        }
        builder.unknown("rule", rule.reinstate, known);
      } else if (builder.rule(target).value == kNoId && builder.rule(target).reinstates != kNoId) {
        builder.error(rule.reinstate.span, "`" + rule.reinstate.text + "` itself reinstates a rule");
      } else {
        builder.rule(ids[i]).reinstates = target;
      }
    }
    bind_reinstated(builder, norm, rule.exceptions, std::vector<RuleId>(builder.rule(ids[i]).exceptions));
  }
}

namespace {

void number_rules(Builder& builder, const std::vector<RuleId>& ids, int32_t& next) {
  for (const RuleId id : ids) {
    builder.rule(id).number = next++;
    number_rules(builder, std::vector<RuleId>(builder.rule(id).exceptions), next);
  }
}

void check_labels(Builder& builder, NormId norm, size_t first) {
  std::map<std::string, Span> seen;
  for (size_t i = first; i < builder.corpus.rules.size(); ++i) {
    const RuleInfo& rule = builder.corpus.rules[i];
    if (rule.norm != norm || rule.label.empty()) continue;
    const auto [it, is_new] = seen.emplace(rule.label, rule.span);
    if (!is_new)
      builder.error(rule.span, "two rules of this norm are labelled `" + rule.label + "`", {{it->second, "the first stands here"}});
  }
}

}  // namespace

void add_missing(Builder& builder, NormId norm, const std::vector<MissingDecl>& missing) {
  for (const MissingDecl& decl : missing) {
    const DateRange when{decl.dated.from.value_or(kFirstDate), decl.dated.until.value_or(kLastDate)};
    if (when.empty()) builder.error(decl.span, "this text would be missing on no day: its last day lies before its first");
    builder.norm(norm).missing.push_back({when, builder.citations(decl.dated.by), decl.span});
  }
}

void add_norm_rules(Builder& builder, const NormSource& source) {
  const NormDecl& decl = *source.decl;
  const ReformId reform = builder.norm(source.norm).reform;
  RuleContext context{source.norm, builder.citations(decl.by), reform, {}, 0};
  if (reform != kNoId) {
    const Reform& info = builder.corpus.reforms[static_cast<size_t>(reform)];
    context.from = info.from;
    if (context.defaults.empty()) context.defaults = info.by;
  }
  const size_t first = builder.corpus.rules.size();
  std::vector<RuleId> rules;
  for (const Rule& rule : decl.rules) rules.push_back(add_rule(builder, rule, context));
  std::vector<RuleId> exceptions;
  add_exceptions(builder, decl.exceptions, context, exceptions);
  if (rules.empty()) builder.error(decl.name.span, "norm `" + decl.name.text + "` has no rule");
  bind_reinstated(builder, source.norm, decl.rules, rules);
  bind_reinstated(builder, source.norm, decl.exceptions, exceptions);
  int32_t next = 1;
  number_rules(builder, rules, next);
  number_rules(builder, exceptions, next);
  check_labels(builder, source.norm, first);
  add_missing(builder, source.norm, decl.missing);
  builder.norm(source.norm).rules = std::move(rules);
  builder.norm(source.norm).exceptions = std::move(exceptions);
}

void add_musts(Builder& builder) {
  for (const FileTree& tree : builder.corpus.trees) {
    for (const EntityDecl& decl : tree.entities) {
      const EntityId id = builder.corpus.find_entity(decl.name.text);
      for (const MustDecl& must : decl.musts) {
        Lowering lowering(builder, id);
        const NodeId condition = lowering.lower_condition(*must.condition);
        if (condition != kNoId) builder.corpus.entities[static_cast<size_t>(id)].musts.push_back({condition, must.message, must.span});
      }
    }
  }
}

}  // namespace koshi::zan
