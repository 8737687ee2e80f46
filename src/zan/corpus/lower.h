#pragma once

#include "zan/corpus/builder.h"

/// From the tree of an expression to typed nodes. Internal to this folder.
///
/// Names are those of the innermost record first, then of the records around it (inside an aggregate), then parameters. A bare word that
/// names none of these is a member of the enum that the place expects.
namespace koshi::zan {

class Lowering {
 public:
  /// `entity` is the entity of the norm, kNoId for a parameter.
  Lowering(Builder& builder, EntityId entity) : b_(builder) {
    if (entity != kNoId) frames_.push_back(entity);
  }

  /// An expression of the wanted type; kNoId after a report. A whole becomes a decimal where one is wanted.
  NodeId lower_as(const Expr& expr, const Type& wanted);
  /// The value of a rule of a set norm: a list in braces, another set, or one member that stands for the set of itself.
  NodeId lower_members(const Expr& expr, const Type& set);
  /// An expression of whatever type it has; kNoId after a report.
  NodeId lower_any(const Expr& expr) { return lower(expr, nullptr); }
  NodeId lower_condition(const Expr& expr) { return lower_as(expr, Type{Kind::kYesNo, false, -1}); }

 private:
  struct Rounded {
    Rounding rounding;
    int32_t unit;
  };
  struct Found {
    enum class What : uint8_t { kNothing, kFact, kNorm, kMany, kRecord } what = What::kNothing;
    Address address;
    NormId norm = kNoId;
    size_t bad = 0;  ///< index of the name that was not found
    EntityId in = kNoId;
  };

  // lower.cc
  NodeId lower(const Expr& expr, const Type* expected);
  NodeId lower_number(const Expr& expr, const Type* expected);
  NodeId lower_member(const std::string& code, Span span, const Type* expected);
  NodeId lower_set(const Expr& expr, const Type* expected);
  NodeId lower_is_none(const Expr& expr);
  NodeId lower_is_empty(const Expr& expr);
  NodeId lower_if(const Expr& expr, const Type* expected);
  NodeId lower_rounded(const Expr& expr, const Type* expected);
  NodeId lower_quantity(const Expr& expr, const Rounded* rounded);
  NodeId coerce(NodeId node, const Type& wanted, Span span);
  NodeId wrong_type(Span span, const Type& wanted, const Type& got);
  NodeId finish(Op op, Type type, Span span, NodeId a, NodeId b = kNoId, NodeId c = kNoId);
  bool promote(NodeId& a, NodeId& b);

  // lower_path.cc
  Found find(const std::vector<Name>& path, const Name& under) const;
  void step(Found& found, const std::vector<Name>& path, const Name& under, size_t first) const;
  NodeId lower_path(const Expr& expr, const Type* expected);
  NodeId lower_known(const Expr& expr);
  NodeId lower_on_date(const Expr& expr);
  void unknown_name(const Expr& expr, const Found& found);
  bool is_bare_word(const Expr& expr) const;
  const Set* named_set(const Expr& expr) const;

  // lower_compare.cc
  NodeId lower_binary(const Expr& expr, const Type* expected);
  NodeId lower_logic(const Expr& expr);
  NodeId lower_comparison(const Expr& expr);
  NodeId lower_in(const Expr& expr);
  NodeId lower_in_list(const Expr& expr, NodeId item);
  NodeId lower_or_else(const Expr& expr, const Type* expected);

  // lower_arithmetic.cc
  NodeId lower_sum(const Expr& expr, const Type* expected);
  NodeId lower_date_shift(const Expr& expr, NodeId date);
  NodeId lower_product(const Expr& expr, const Type* expected, const Rounded* rounded);
  NodeId lower_quotient(const Expr& expr, const Type* expected, const Rounded* rounded);
  NodeId whole_number(const Expr& expr);

  // lower_call.cc
  NodeId lower_aggregate(const Expr& expr);
  NodeId lower_call(const Expr& expr, const Rounded* rounded);
  NodeId lower_days_present(const Expr& expr);
  NodeId lower_extreme(const Expr& expr);
  NodeId lower_completed(const Expr& expr, const Rounded* rounded);
  bool arguments(const Expr& expr, size_t count);

  NodeId error(Span span, std::string message, std::vector<Note> notes = {}) {
    b_.error(span, std::move(message), std::move(notes));
    return kNoId;
  }
  const Type& type_of(NodeId id) const { return b_.node(id).type; }
  std::string name(const Type& type) const { return type_name(b_.corpus, type); }

  Builder& b_;
  std::vector<EntityId> frames_;  ///< innermost last
};

}  // namespace koshi::zan
