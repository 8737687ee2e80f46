#pragma once

#include "http/page.h"

/// Rules of the law as pages show them, outside of any answer.
namespace koshi::http {

/// {id, label, value, condition, in_force, cites, reinstates, row, speaks}. `speaks` says that the rule is in force on `on`.
View rule_view(const Site& site, const Context& context, zan::RuleId rule, std::optional<Date> on);
/// The value in words: "31 March 2016", "Last crossed the border on + 5 days"; for `reinstate`, what is reinstated.
std::string rule_value(const Site& site, const Context& context, zan::RuleId rule);
std::string rule_condition(const Site& site, const Context& context, zan::RuleId rule);

/// Rules with their exceptions below them, for nest(); at most `limit`.
void add_rules(const Site& site, const Context& context, const std::vector<zan::RuleId>& rules, size_t depth, std::optional<Date> on,
               size_t limit, std::vector<std::pair<size_t, View>>& items);

/// When the rules of a norm were and are in force, as a picture: {height, lanes: [{y, text_y, x, width, text, kind}], ticks: [{x, year}],
/// today_x}. Positions along time are percentages. Empty for a norm whose rules are all always in force.
View timeline_view(const Site& site, const Context& context, zan::NormId norm);

inline constexpr size_t kMaxLanes = 40;
inline constexpr size_t kMaxRulesShown = 150;
inline constexpr size_t kMaxRowsShown = 60;  ///< of a table

/// Worked examples of the law that put the norm to the test: [{title, asked, expected, href, place}].
std::vector<View> case_views(const Site& site, const Context& context, zan::NormId norm);

}  // namespace koshi::http
