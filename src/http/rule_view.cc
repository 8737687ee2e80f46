#include "http/rule_view.h"

namespace koshi::http {
namespace {

const zan::RuleInfo& rule_of(const Site& site, zan::RuleId id) {
  return site.corpus.rules[static_cast<size_t>(id)];
}

zan::EntityId entity_of(const Site& site, const zan::RuleInfo& rule) {
  return site.corpus.norms[static_cast<size_t>(rule.norm)].entity;
}

}  // namespace

std::string rule_value(const Site& site, const Context& context, zan::RuleId id) {
  const zan::RuleInfo& rule = rule_of(site, id);
  if (rule.reinstates != zan::kNoId) {
    return phrase(site, context, "page.norm.reinstates", {{"value", rule_value(site, context, rule.reinstates)}});
  }
  return rule.value == zan::kNoId ? "" : words::expression_text(site.words, context.language, entity_of(site, rule), rule.value);
}

std::string rule_condition(const Site& site, const Context& context, zan::RuleId id) {
  const zan::RuleInfo& rule = rule_of(site, id);
  return rule.when == zan::kNoId ? "" : words::expression_text(site.words, context.language, entity_of(site, rule), rule.when);
}

View rule_view(const Site& site, const Context& context, zan::RuleId id, std::optional<Date> on) {
  const zan::RuleInfo& rule = rule_of(site, id);
  const std::string in_force = site.words.in_force(context.language, rule.in_force);
  View view;
  view.text("id", "r" + std::to_string(rule.number))
      .text("label", rule.label)
      .text("value", rule_value(site, context, id))
      .text("condition", rule_condition(site, context, id))
      .text("in_force", in_force.empty() ? phrase(site, context, "page.norm.always") : in_force)
      .text("row", rule.table_row)
      .flag("dated", on.has_value())
      .flag("speaks", !on || rule.in_force.contains(*on))
      .list("cites", citation_views(site, context, rule.by));
  return view;
}

void add_rules(const Site& site, const Context& context, const std::vector<zan::RuleId>& rules, size_t depth, std::optional<Date> on,
               size_t limit, std::vector<std::pair<size_t, View>>& items) {
  for (const zan::RuleId id : rules) {
    if (items.size() == limit) return;
    View view = rule_view(site, context, id, on);
    view.flag("is_exception", depth > 0);
    items.emplace_back(depth, std::move(view));
    add_rules(site, context, rule_of(site, id).exceptions, depth + 1, on, limit, items);
  }
}

}  // namespace koshi::http
