#include <algorithm>

#include "zan/corpus/builder.h"

/// The law as a whole: cycles, rules that cannot agree, rules that can never speak.
namespace koshi::zan {
namespace {

bool overlap(const DateRange& a, const DateRange& b) {
  return a.from <= b.until && b.from <= a.until;
}
bool covers(const DateRange& outer, const DateRange& inner) {
  return outer.from <= inner.from && inner.until <= outer.until;
}

// --- Cycles -------------------------------------------------------------------------------------------------------

class CycleFinder {
 public:
  explicit CycleFinder(Builder& builder) : b_(builder), edges_(builder.corpus.norms.size()), state_(edges_.size(), State::kNew) {
    for (const RuleInfo& rule : b_.corpus.rules) {
      collect(rule.value, rule.norm);
      collect(rule.when, rule.norm);
    }
  }

  void report() {
    for (size_t i = 0; i < edges_.size(); ++i) {
      if (state_[i] == State::kNew) visit(static_cast<NormId>(i));
    }
  }

 private:
  enum class State : uint8_t { kNew, kOpen, kDone };

  void collect(NodeId id, NormId norm) {
    std::vector<NodeId> open;
    if (id != kNoId) open.push_back(id);
    while (!open.empty()) {
      const Node& node = b_.node(open.back());
      open.pop_back();
      for_each_operand(node, [&](NodeId operand) { open.push_back(operand); });
      if (node.op == Op::kNorm) edges_[static_cast<size_t>(norm)].push_back(node.a);
    }
  }

  /// Depth first with its own stack, so that a long chain of norms cannot exhaust ours.
  void visit(NormId root) {
    std::vector<std::pair<NormId, size_t>> path{{root, 0}};
    state_[static_cast<size_t>(root)] = State::kOpen;
    while (!path.empty()) {
      auto& [norm, next] = path.back();
      const auto& out = edges_[static_cast<size_t>(norm)];
      if (next == out.size()) {
        state_[static_cast<size_t>(norm)] = State::kDone;
        path.pop_back();
        continue;
      }
      const NormId target = out[next++];
      if (state_[static_cast<size_t>(target)] == State::kOpen) {
        name_cycle(path, target);
      } else if (state_[static_cast<size_t>(target)] == State::kNew) {
        state_[static_cast<size_t>(target)] = State::kOpen;
        path.emplace_back(target, 0);
      }
    }
  }

  void name_cycle(const std::vector<std::pair<NormId, size_t>>& path, NormId back) {
    std::string names;
    std::vector<Note> notes;
    bool inside = false;
    for (const auto& [norm, next] : path) {
      inside = inside || norm == back;
      if (!inside) continue;
      names += "`" + b_.corpus.full_name(norm) + "` → ";
      notes.push_back({b_.norm(norm).span, "`" + b_.corpus.full_name(norm) + "` is declared here"});
    }
    names += "`" + b_.corpus.full_name(back) + "`";
    b_.error(b_.norm(back).span, "these norms depend on one another in a circle: " + names, std::move(notes));
  }

  Builder& b_;
  std::vector<std::vector<NormId>> edges_;
  std::vector<State> state_;
};

// --- Levels -------------------------------------------------------------------------------------------------------

class LevelCheck {
 public:
  explicit LevelCheck(Builder& builder) : b_(builder) {}

  void norm(const Norm& norm) {
    for (const MissingText& text : norm.missing) not_missing(text, norm.rules);
    if (norm.is_table) return;
    is_set_ = norm.type.kind == Kind::kSet;
    agree(norm.rules);
    excepted(norm.exceptions, norm.rules);
    agree(norm.exceptions);
    for (const RuleId id : norm.rules) silenced(b_.rule(id), norm.exceptions);
    for (const RuleId id : norm.rules) below(id);
    for (const RuleId id : norm.exceptions) below(id);
  }

 private:
  bool always(const RuleInfo& rule) const { return rule.when == kNoId || constant(rule.when) == Value::yes_no(true); }

  std::optional<Value> constant(NodeId id) const {
    if (id == kNoId || b_.node(id).op != Op::kConst) return std::nullopt;
    return b_.corpus.constants[static_cast<size_t>(b_.node(id).k)];
  }

  /// Both values are known now and differ, or both rules always speak with values that are written differently.
  bool differ(const RuleInfo& a, const RuleInfo& b) const {
    const auto x = constant(a.value), y = constant(b.value);
    if (x && y) return !(*x == *y);
    return always(a) && always(b) && b_.corpus.sources.text(b_.node(a.value).span) != b_.corpus.sources.text(b_.node(b.value).span);
  }

  bool same_condition(const RuleInfo& a, const RuleInfo& b) const {
    if (a.when == kNoId || b.when == kNoId) return false;
    return b_.corpus.sources.text(b_.node(a.when).span) == b_.corpus.sources.text(b_.node(b.when).span);
  }

  void agree(const std::vector<RuleId>& level) {
    if (is_set_) return;
    for (size_t i = 0; i < level.size(); ++i) {
      const RuleInfo& later = b_.rule(level[i]);
      for (size_t j = 0; j < i && later.value != kNoId; ++j) {
        const RuleInfo& earlier = b_.rule(level[j]);
        if (earlier.value == kNoId || !overlap(earlier.in_force, later.in_force)) continue;
        const bool together = always(earlier) || always(later) || same_condition(earlier, later);
        if (!together || !differ(earlier, later)) continue;
        b_.error(later.span, "this rule and another of its level apply together and cannot agree",
                 {{earlier.span, "the other rule"}, {{}, "make one an exception of the other, or let their dates not overlap"}});
        break;
      }
    }
  }

  /// An exception must at some time stand beside what it excepts.
  void excepted(const std::vector<RuleId>& exceptions, const std::vector<RuleId>& rules) {
    for (const RuleId id : exceptions) {
      const RuleInfo& exception = b_.rule(id);
      const bool any = std::ranges::any_of(rules, [&](RuleId rule) { return overlap(b_.rule(rule).in_force, exception.in_force); });
      if (!any && !exception.in_force.empty())
        b_.error(exception.span, "this exception can never speak: nothing that it excepts is in force while it is");
    }
  }

  void silenced(const RuleInfo& rule, const std::vector<RuleId>& exceptions) {
    if (is_set_) return;
    for (const RuleId id : exceptions) {
      const RuleInfo& exception = b_.rule(id);
      if (exception.when == kNoId && exception.exceptions.empty() && exception.reinstates == kNoId &&
          covers(exception.in_force, rule.in_force)) {
        b_.error(rule.span, "this rule can never decide: an exception without a condition stands over it all the time",
                 {{exception.span, "the exception"}});
      }
    }
  }

  /// A gap must be able to arise while a text is said to be missing.
  void not_missing(const MissingText& text, const std::vector<RuleId>& rules) {
    for (const RuleId id : rules) {
      const RuleInfo& rule = b_.rule(id);
      if (!always(rule) || !rule.table_row.empty() || !covers(rule.in_force, text.when)) continue;
      b_.error(text.span, "no text is missing here: a rule without a condition is in force on all these days", {{rule.span, "the rule"}});
    }
  }

  void below(RuleId id) {
    const RuleInfo& rule = b_.rule(id);
    if (constant(rule.when) == Value::yes_no(false)) b_.error(rule.span, "this rule can never speak: its condition is always no");
    agree(rule.exceptions);
    excepted(rule.exceptions, {id});
    silenced(rule, rule.exceptions);
    for (const RuleId exception : rule.exceptions) below(exception);
  }

  Builder& b_;
  bool is_set_ = false;
};

}  // namespace

void check_whole(Builder& builder) {
  CycleFinder(builder).report();
  LevelCheck levels(builder);
  for (const Norm& norm : builder.corpus.norms) levels.norm(norm);
  for (const Procedure& procedure : builder.corpus.procedures) check_procedure(builder, procedure);
}

}  // namespace koshi::zan
