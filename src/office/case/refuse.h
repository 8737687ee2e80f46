#pragma once

#include <string_view>

#include "ask/ask.h"
#include "office/case/decide.h"

/// Refusals in the actor's language. Internal to this folder.
namespace koshi::office {

class Refuser {
 public:
  /// All three must outlive it.
  Refuser(const Law& law, const Actor& actor, const Case& item) : law_(law), actor_(actor), item_(item) {}

  /// `phrase` is a key of words/case.*.toml without "case.".
  Refusal refuse(RefusalKind kind, std::string_view phrase, const words::Holes& holes = {}) const;
  std::string text(std::string_view phrase, const words::Holes& holes = {}) const;

  Refusal stale(int64_t version) const;
  /// Names the state and what the role may do in it by the law of the day.
  Refusal wrong_state(const zan::Action& action, const zan::Procedure& procedure, const zan::ProcedureState& state, Date law_date) const;
  /// Names whose the action is.
  Refusal not_yours(const zan::Action& action, const zan::Procedure& procedure) const;
  /// What the reader of facts found, with paths instead of pointers.
  Refusal bad_facts(const ask::Problems& problems) const;
  Refusal bad_fact(std::string path, std::string_view phrase, const words::Holes& holes = {}) const;

  const Law& law() const { return law_; }
  const Actor& actor() const { return actor_; }

 private:
  const Law& law_;
  const Actor& actor_;
  const Case& item_;
};

}  // namespace koshi::office
