#pragma once

#include <expected>

#include "office/case/decide.h"
#include "office/case/refuse.h"

/// Where a case stands, and who somebody is in it. Internal to this folder.
namespace koshi::office {

/// Points into the corpus.
struct Situation {
  const zan::Procedure* procedure = nullptr;
  const zan::ProcedureState* state = nullptr;
  const zan::Role* role = nullptr;
  int32_t role_id = zan::kNoId;

  bool is_party() const { return role->kind == zan::Role::Kind::kParty; }
  bool may_do(const zan::Action& action) const;
};

/// Refused: a procedure or state that the law text no longer has, a role that the procedure has not, a case outside of the actor's scope.
std::expected<Situation, Refusal> find_situation(const Refuser& refuser, const Case& item);

/// Whether the case lies within what the actor may act in. A party acts in cases with its own value of the role's `within` fact, or, where
/// the role has none, in those that its account opened. Anybody else acts in those with the value of its scope, or everywhere without one,
/// but for sealed cases.
/// A value that is not yet known is nobody's.
bool covers(const zan::Role& role, const Actor& actor, const Case& item);

/// Whether the role has an action in this state that `needs` forms or documents.
bool fills_forms(const Situation& situation);
bool attaches_documents(const Situation& situation);

}  // namespace koshi::office
