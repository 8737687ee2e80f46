#include "oracle.h"

#include <algorithm>
#include <functional>

namespace koshi::agreement {

using zan::Change;
using zan::RuleId;
using zan::RuleInfo;
using zan::Value;

Told and_of(const Told& a, const Told& b) {
  if (a.no() || b.no()) return Told::yes_no(false);
  if (a.is_unknown() || b.is_unknown()) return Told::unknown();
  if (a.is_error() || b.is_error()) return Told::error();
  return Told::yes_no(true);
}

Told not_of(const Told& a) {
  return a.is_value() ? Told::yes_no(!a.yes()) : a;
}
Told or_of(const Told& a, const Told& b) {
  return not_of(and_of(not_of(a), not_of(b)));
}

namespace {

// --- A decision in which everything is settled --------------------------------------------------------------------

/// The value of a level of rules whose conditions are all yes or no; nothing where none speaks.
std::optional<Told> level(const std::vector<RuleTree>& rules) {
  std::optional<Told> result;
  for (const RuleTree& rule : rules) {
    if (!rule.speaks.yes()) continue;
    const Told value = level(rule.exceptions).value_or(rule.value);
    if (!result) result = value;
    if (!(*result == value)) result = Told::error();
  }
  return result;
}

Told settled(const NormTree& norm) {
  if (const auto value = level(norm.prevailing)) return *value;
  const auto value = level(norm.rules);
  if (!value) return Told::error();
  return level(norm.exceptions).value_or(*value);
}

// --- Trying out what is not -----------------------------------------------------------------------------------------

/// Places of the tree that have to be tried: conditions that are broken last, because they are tried within each way of settling the rest.
struct Places {
  std::vector<Told*> unknown_conditions, unknown_values, broken_conditions;
  std::vector<Value> values;

  void add(std::vector<RuleTree>& rules) {
    for (RuleTree& rule : rules) {
      if (rule.speaks.is_unknown()) unknown_conditions.push_back(&rule.speaks);
      if (rule.speaks.is_error()) broken_conditions.push_back(&rule.speaks);
      if (rule.value.is_unknown()) unknown_values.push_back(&rule.value);
      if (rule.value.is_value()) values.push_back(rule.value.value);
      add(rule.exceptions);
    }
  }
};

/// Calls `each` for every way of filling the places; false when there were too many.
bool try_ways(const std::vector<Told*>& places, const std::vector<Told>& choices, size_t& budget, const std::function<void()>& each,
              size_t from = 0) {
  if (from == places.size()) {
    if (budget == 0) return false;
    --budget;
    each();
    return true;
  }
  const Told before = *places[from];
  bool good = true;
  for (const Told& choice : choices) {
    *places[from] = choice;
    good = good && try_ways(places, choices, budget, each, from + 1);
  }
  *places[from] = before;
  return good;
}

struct Common {
  std::optional<Told> told;
  bool differ = false;
  void add(const Told& outcome) {
    if (!told) told = outcome;
    differ = differ || !(*told == outcome);
  }
};

}  // namespace

std::optional<Told> decide_by_trying(const NormTree& norm) {
  NormTree tree = norm;
  Places places;
  places.add(tree.prevailing);
  places.add(tree.rules);
  places.add(tree.exceptions);
  // Any value that stands in the norm, another one that stands nowhere for each place, or an error.
  std::vector<Told> values{Told::error()};
  for (const Value& value : places.values) values.push_back(Told::known(value));
  for (size_t i = 0; i < std::min<size_t>(2, places.unknown_values.size()); ++i)
    values.push_back(Told::known(Value::text("another " + std::to_string(i))));
  const std::vector<Told> yes_no{Told::yes_no(true), Told::yes_no(false)};
  const std::vector<Told> conditions{Told::yes_no(true), Told::yes_no(false), Told::error()};
  size_t budget = kMaxWays;
  Common all;
  const bool complete = try_ways(places.unknown_conditions, conditions, budget, [&] {
    Places now;
    now.add(tree.prevailing);
    now.add(tree.rules);
    now.add(tree.exceptions);
    std::vector<Told*> broken = now.broken_conditions;
    try_ways(places.unknown_values, values, budget, [&] {
      Common both;
      try_ways(broken, yes_no, budget, [&] { both.add(settled(tree)); });
      all.add(both.differ ? Told::error() : both.told.value_or(Told::error()));
    });
  });
  if (!complete || budget == 0) return std::nullopt;
  return all.differ || !all.told ? Told::unknown() : *all.told;
}

// --- Rules in force ---------------------------------------------------------------------------------------------------

std::optional<RuleId> Oracle::standing(RuleId rule, Date on) const {
  for (const zan::ReformId reform : reforms_) {
    for (const zan::Delta& delta : c_.reforms[static_cast<size_t>(reform)].deltas) {
      const bool changes =
          delta.kind == Change::Kind::kReplace || delta.kind == Change::Kind::kRepeal || delta.kind == Change::Kind::kSuspend;
      if (!changes || delta.target != rule || !delta.when.contains(on)) continue;
      if (delta.kind != Change::Kind::kReplace) return std::nullopt;
      return c_.rules[static_cast<size_t>(delta.rule)].in_force.contains(on) ? std::optional(delta.rule) : std::nullopt;
    }
  }
  return c_.rules[static_cast<size_t>(rule)].in_force.contains(on) ? std::optional(rule) : std::nullopt;
}

std::vector<Oracle::Standing> Oracle::in_force(const std::vector<RuleId>& rules, Date on) const {
  std::vector<Standing> found;
  for (const RuleId rule : rules) {
    if (const auto stands = standing(rule, on)) found.push_back({rule, *stands});
  }
  return found;
}

std::vector<RuleId> Oracle::brought(zan::NormId norm, Change::Kind kind, RuleId under) const {
  std::vector<RuleId> rules;
  for (const zan::ReformId reform : reforms_) {
    for (const zan::Delta& delta : c_.reforms[static_cast<size_t>(reform)].deltas) {
      if (delta.norm == norm && delta.kind == kind && delta.target == under) rules.push_back(delta.rule);
    }
  }
  return rules;
}

std::vector<RuleId> Oracle::exceptions_of(const Standing& rule) const {
  const RuleInfo& written = c_.rules[static_cast<size_t>(rule.written)];
  std::vector<RuleId> exceptions = written.exceptions;
  const auto append = [&](const std::vector<RuleId>& more) { exceptions.insert(exceptions.end(), more.begin(), more.end()); };
  if (rule.rule != rule.written) append(c_.rules[static_cast<size_t>(rule.rule)].exceptions);
  append(brought(written.norm, Change::Kind::kInsert, rule.written));
  return exceptions;
}

std::optional<RuleTree> Oracle::tree(const Standing& rule, const At& at) {
  const RuleInfo& info = c_.rules[static_cast<size_t>(rule.rule)];
  const auto condition = [&](zan::NodeId when) { return when == zan::kNoId ? Told::yes_no(true) : eval(when, at); };
  RuleTree out;
  out.speaks = condition(info.when);
  if (info.reinstates == zan::kNoId) {
    out.value = eval(info.value, at);
  } else {
    const auto target = standing(info.reinstates, at.on);
    if (!target) return std::nullopt;
    const RuleInfo& general = c_.rules[static_cast<size_t>(*target)];
    out.speaks = and_of(out.speaks, condition(general.when));
    out.value = eval(general.value, at);
  }
  if (!out.speaks.no()) out.exceptions = trees(exceptions_of(rule), at);
  return out;
}

std::vector<RuleTree> Oracle::trees(const std::vector<RuleId>& rules, const At& at) {
  std::vector<RuleTree> found;
  for (const Standing& rule : in_force(rules, at.on)) {
    if (auto one = tree(rule, at)) found.push_back(std::move(*one));
  }
  return found;
}

Told Oracle::includes(const std::vector<RuleTree>& rules, int64_t member) {
  Told any = Told::yes_no(false);
  for (const RuleTree& rule : rules) {
    const Told has = rule.value.is_value() ? Told::yes_no(zan::has_bit(rule.value.value.bits(), member)) : rule.value;
    any = or_of(any, and_of(and_of(rule.speaks, has), not_of(includes(rule.exceptions, member))));
  }
  return any;
}

Told Oracle::decide_set(const NormTree& norm, int16_t of) const {
  if (norm.rules.empty() && norm.prevailing.empty()) return Told::error();
  const size_t count = c_.enums[static_cast<size_t>(of)].members.size();
  zan::Bits bits((count + 63) / 64);
  bool unknown = false, error = false, any = false;
  for (size_t i = 0; i < count; ++i) {
    const auto member = static_cast<int64_t>(i);
    const Told own = and_of(includes(norm.rules, member), not_of(includes(norm.exceptions, member)));
    const Told in = or_of(own, includes(norm.prevailing, member));
    error = error || in.is_error();
    unknown = unknown || in.is_unknown();
    any = any || in.yes();
    if (in.yes()) zan::set_bit(bits, member);
  }
  Told told = error ? Told::error() : unknown ? Told::unknown() : Told::known(Value::set(of, std::move(bits)));
  told.has_member = any;
  return told;
}

Told Oracle::ask(zan::NormId id, const zan::Record* record, Date on) {
  const zan::Norm& norm = c_.norms[static_cast<size_t>(id)];
  const At at{record, on, nullptr};
  std::vector<RuleId> rules = norm.rules;
  const auto inserted = brought(id, Change::Kind::kInsert, zan::kNoId);
  rules.insert(rules.end(), inserted.begin(), inserted.end());
  NormTree tree;
  tree.prevailing = trees(brought(id, Change::Kind::kPrevail, zan::kNoId), at);
  tree.rules = trees(rules, at);
  tree.exceptions = trees(norm.exceptions, at);
  if (norm.type.kind == zan::Kind::kSet) return decide_set(tree, norm.type.of);
  const auto told = decide_by_trying(tree);
  gave_up_ = gave_up_ || !told;
  return told.value_or(Told::unknown());
}

}  // namespace koshi::agreement
