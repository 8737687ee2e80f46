#pragma once

#include <map>
#include <vector>

#include "zan/corpus/program.h"

/// Which values of a fact are worth trying, read off the program. Internal to this folder.
namespace koshi::zan {

/// Values that the law treats alike.
using ValueClass = std::vector<Value>;

class Domains {
 public:
  /// Reads the constants that the two norms, and the norms that these lean on, compare with.
  Domains(const Program& program, NormId a, NormId b, Date today);

  /// Classes of values of the type; the first value of each stands for it. `none` is a class of its own.
  std::vector<ValueClass> of(const Type& type) const;
  /// Whether `of` leaves values out.
  static bool is_sampled(const Type& type) { return type.kind != Kind::kYesNo && type.kind != Kind::kEnum; }

 private:
  void visit(NormId norm);
  void visit_rules(RuleRange range);
  void visit_node(NodeId node);
  void note(const Value& value);
  std::vector<ValueClass> members(const Type& type) const;
  std::vector<ValueClass> bounds(const Type& type) const;

  const Program& program_;
  Date today_;
  std::vector<bool> seen_norms_, seen_nodes_;
  std::map<Kind, std::vector<int64_t>> numbers_;
  std::map<int16_t, std::vector<Bits>> sets_;  ///< by enum: what is told apart
};

}  // namespace koshi::zan
