#pragma once

#include <vector>

#include "zan/reason/evaluate.h"

/// The facts whose absence left a question open, most decisive first. Internal to this folder.
///
/// Only where the outcome is unknown, and only along what is unknown: an operand that cannot settle anything any more is not asked for.
/// Each fact weighs what it may settle. The question weighs kWhole, and a decision hands its weight on:
///
///   - whether the norm's own rules speak comes first: the open conditions of a group share the weight
///   - then the exceptions that may replace the value, at kLess of the weight where something before them is open
///   - the value of a rule that certainly speaks is needed in any case: the whole weight; of one that may speak: kLess
///   - the open operands of one `and` or `or` share the weight, those of an operation or a comparison have it whole
///
/// Shares add up where a fact stands in several places. So a citizenship on which six conditions hang comes before the exemption that
/// needs three facts of its own. Equal weights: the order of the declarations, then of the records.
namespace koshi::zan {

/// Cost: about that of the evaluation without its proof. To be called after Evaluation::ask gave unknown.
class NeedCollector {
 public:
  explicit NeedCollector(Evaluation& evaluation) : e_(evaluation) {}
  std::vector<Need> collect();

 private:
  using Weight = uint64_t;
  static constexpr Weight kWhole = uint64_t{1} << 40;
  static constexpr Weight kLess = 4;

  struct Wanted {
    PathId path;
    int32_t fact;  ///< or kNoId, then:
    int32_t link;
    Weight weight;
  };

  // needs.cc: decisions
  void entry(int32_t number);
  void decision(const Decision& decision, Weight weight);
  void base(const Decision& decision, Weight weight);
  void replacement(const Group& by, Weight weight);
  void speaks(const Group& group, Weight weight);
  void condition(const ProgramRule& rule, Weight weight);
  void value(const Group& group, Weight weight);
  void rule_value(const RuleState& state, Weight weight);
  void set_decision(const SetDecision& decision, Weight weight);
  void set_group(const SetGroup& group, Planes wanted, Weight weight);
  size_t set_rules_open(const SetGroup& group, Planes wanted) const;

  // needs_expression.cc
  void expression(NodeId id, const Scope& scope, Weight weight);
  void logic(NodeId id, const Scope& scope, Weight weight);
  void open_operands(NodeId id, Op op, const Scope& scope, std::vector<NodeId>& open);
  void choice(const Node& node, const Scope& scope, Weight weight);
  void on_date(const Node& node, const Scope& scope, Weight weight);
  void aggregate(const Node& node, const Scope& scope, Weight weight);
  void days_present(const Node& node, const Scope& scope, Weight weight);
  void norm(NormId norm, LawId law, PathId path, Weight weight);
  void fact(int32_t address, const Scope& scope, Weight weight);
  void list(const Node& node, const Scope& scope, Weight weight);
  void want(PathId path, int32_t fact, int32_t link, Weight weight);
  bool is_unknown(NodeId id, const Scope& scope) {
    if (id == kNoId) return false;
    return e_.node(id).type.kind == Kind::kYesNo ? e_.truth(id, scope) == Speaks::kOpen : e_.eval(id, scope).is_unknown();
  }
  static Weight part(Weight weight, size_t parts) { return parts == 0 ? weight : (weight / parts > 0 ? weight / parts : 1); }

  Evaluation& e_;
  Scope scope_;                  ///< of the norm being looked at
  std::vector<Weight> weights_;  ///< of the evaluation's entries
  std::vector<Wanted> wanted_;
  Memo index_;  ///< into wanted_
};

}  // namespace koshi::zan
