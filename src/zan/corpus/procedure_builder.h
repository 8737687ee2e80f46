#pragma once

#include "zan/corpus/lower.h"

/// From the tree of a procedure to its checked form. Internal to this folder.
///
/// Each expression becomes a norm of its own, with one rule that is in force always and carries the citations of the part in which it
/// stands; the dates of that part say when the expression counts.
namespace koshi::zan {

/// What a part of a procedure inherits: its days and its citations.
struct PartContext {
  DateRange in_force;
  std::vector<CitationRef> by;
};

/// The norm of an expression that nobody asks by itself: one rule that is in force always. `value` is its lowered expression.
NormId add_hidden_norm(Builder& builder, EntityId entity, NodeId value, const Type& type, const std::vector<CitationRef>& by,
                       std::string place, const std::string& label, Span span);
/// The fact that the names lead to from the entity's record; none after a report. `one`: of one record only, so not through a link to many.
std::optional<FactPath> find_fact_path(Builder& builder, EntityId entity, const std::vector<Name>& names, bool one);
/// What a part inherits and says itself; reports what can never be in force. A part that cites nothing of its own is in force as what it
/// belongs to does.
PartContext part_context(Builder& builder, const Dated& dated, const PartContext& parent, Span span, std::string_view what);

/// `takes` of a procedure that was built, as all others.
void add_takes(Builder& builder, const ProcedureDecl& decl);

class ProcedureBuilder {
 public:
  ProcedureBuilder(Builder& builder, const ProcedureDecl& decl) : b_(builder), decl_(decl) {}

  /// Reports what is wrong; whatever stands is taken.
  void build();

 private:
  // procedure_parts.cc
  void head();
  void roles();
  void need_key(const Role& role);
  void documents();
  void known(const KnowsDecl& decl);
  void form(const FormDecl& decl);
  void declare_states();

  // procedure_text.cc
  void number(const NumberDecl& decl);
  void aim(const AimDecl& decl);
  void letter(const EffectDecl& decl);

  // procedure_actions.cc
  void state(const StateDecl& decl, ProcedureState& out);
  void action(const ActionDecl& decl, Action& out);
  void requirement(const RequireDecl& decl, const PartContext& action, Action& out);
  void deadline(const DeadlineDecl& decl, ProcedureState& out);
  void effect(const EffectDecl& decl, const PartContext& action, Action& out);
  void effect_value(const EffectDecl& decl, const PartContext& action, const std::string& place, Effect& out);
  void effect_path(const EffectDecl& decl, Effect& out);

  PartContext part(const Dated& dated, const PartContext& parent, Span span, std::string_view what) {
    return part_context(b_, dated, parent, span, what);
  }
  std::optional<FactPath> path(const std::vector<Name>& names, bool one) { return find_fact_path(b_, out_.entity, names, one); }
  /// Of a hole: "employer.name".
  std::optional<FactPath> hole(std::string_view text, Span span);
  std::vector<FactPath> paths(const std::vector<AskDecl>& asks, const std::string& done = "asked");
  NormId set_norm(const Name& name);
  int32_t role(const Name& name);
  int32_t account(const Name& name);
  AccountUse keyed(const KeyedDecl& decl, const PartContext& part, const std::string& place, const std::string& label);
  /// The hidden norm of an expression; kNoId after a report, or where nothing was written.
  NormId norm(const ExprPtr& expr, Type type, const PartContext& part, std::string place, const std::string& label);
  const Type& type_of(const FactPath& fact) const;
  std::string at(const std::string& place) const { return decl_.name.text + "/" + place; }

  Builder& b_;
  const ProcedureDecl& decl_;
  Procedure out_;
  PartContext whole_;
  std::string place_;  ///< of the state and action being read
};

}  // namespace koshi::zan
