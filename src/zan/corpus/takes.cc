#include <algorithm>

#include "zan/corpus/procedure_builder.h"

/// What a party takes over from an earlier case: once all procedures are built, because each may name any other.
///
/// The earlier case has ended, so that what was taken from it can still be held against it; both belong to the same party, so that nobody
/// learns of another's case; and both have one entity, so that a fact means the same in both.
namespace koshi::zan {
namespace {

bool says(const Procedure& procedure, const FactPath& fact) {
  const auto is_it = [&](const FactPath& other) { return other.text == fact.text; };
  if (std::ranges::any_of(procedure.forms, [&](const Form& form) { return std::ranges::any_of(form.asks, is_it); })) return true;
  return std::ranges::any_of(procedure.states, [&](const ProcedureState& state) {
    return std::ranges::any_of(state.actions, [&](const Action& action) {
      return std::ranges::any_of(action.asks, is_it) || std::ranges::any_of(action.effects, [&](const Effect& effect) {
               return effect.kind == Effect::Kind::kSets && effect.path && is_it(*effect.path);
             });
    });
  });
}

bool asks(const Procedure& procedure, const FactPath& fact) {
  return std::ranges::any_of(procedure.forms, [&](const Form& form) {
    return std::ranges::any_of(form.asks, [&](const FactPath& asked) { return asked.text == fact.text; });
  });
}

/// A party of both, bound by the same fact, or in both by nothing but its account.
bool has_common_party(const Procedure& a, const Procedure& b) {
  return std::ranges::any_of(a.roles, [&](const Role& role) {
    const int32_t id = b.find_role(role.name);
    if (role.kind != Role::Kind::kParty || role.without_account || id == kNoId) return false;
    const Role& other = b.roles[static_cast<size_t>(id)];
    const bool same_bound = role.within ? other.within && other.within->text == role.within->text : !other.within;
    return other.kind == Role::Kind::kParty && !other.without_account && same_bound;
  });
}

class TakesBuilder {
 public:
  TakesBuilder(Builder& builder, const Procedure& taker, const TakesDecl& decl) : b_(builder), taker_(taker), decl_(decl) {}

  std::optional<Takes> build() {
    Takes out;
    out.span = decl_.span;
    out.procedure = b_.corpus.find_procedure(decl_.procedure.text);
    if (out.procedure == kNoId) {
      b_.unknown("procedure", decl_.procedure, names_of(b_.corpus.procedures));
      return std::nullopt;
    }
    const Procedure& giver = b_.corpus.procedures[static_cast<size_t>(out.procedure)];
    if (!fits(giver)) return std::nullopt;
    for (const Name& name : decl_.states) state(giver, name, out);
    for (const std::vector<Name>& names : decl_.paths) fact(giver, names, out);
    return out;
  }

 private:
  bool fits(const Procedure& giver) {
    const Span at = decl_.procedure.span;
    const std::vector<Note> declared{{giver.span, "declared here"}};
    if (giver.entity != taker_.entity) {
      b_.error(at,
               "`" + giver.name + "` is of " + b_.entity(giver.entity).name + ", and this procedure of " + b_.entity(taker_.entity).name,
               declared);
      return false;
    }
    if (giver.sealed || taker_.sealed) {
      b_.error(at, "what a sealed procedure knows is not taken over, nor does it take over anything", declared);
      return false;
    }
    if (has_common_party(giver, taker_)) return true;
    b_.error(at, "`" + giver.name + "` and this procedure have no party in common, bound by the same fact", declared);
    return false;
  }

  void state(const Procedure& giver, const Name& name, Takes& out) {
    const int32_t id = giver.find_state(name.text);
    if (id == kNoId) return b_.unknown("state of " + giver.name, name, names_of(giver.states));
    const ProcedureState& found = giver.states[static_cast<size_t>(id)];
    if (!found.is_final)
      b_.error(name.span, "`" + name.text + "` is not final: what was taken over could still change there",
               {{found.span, "declared here"}});
    if (std::ranges::count(out.states, name.text) > 0) return b_.error(name.span, "`" + name.text + "` stands twice here");
    out.states.push_back(name.text);
  }

  void fact(const Procedure& giver, const std::vector<Name>& names, Takes& out) {
    auto found = find_fact_path(b_, taker_.entity, names, true);
    if (!found) return;
    if (std::ranges::count(out.facts, found->text, &FactPath::text) > 0)
      return b_.error(found->span, "`" + found->text + "` stands twice here");
    if (!asks(taker_, *found)) b_.error(found->span, "no form of this procedure asks `" + found->text + "`, so nobody could take it over");
    if (!says(giver, *found))
      b_.error(found->span, "cases of `" + giver.name + "` never say `" + found->text + "`", {{giver.span, "declared here"}});
    out.facts.push_back(std::move(*found));
  }

  Builder& b_;
  const Procedure& taker_;
  const TakesDecl& decl_;
};

}  // namespace

void add_takes(Builder& builder, const ProcedureDecl& decl) {
  const int32_t id = builder.corpus.find_procedure(decl.name.text);
  // Of two procedures with one name the first one counts.
  if (id == kNoId || builder.corpus.procedures[static_cast<size_t>(id)].span != decl.name.span) return;
  for (const TakesDecl& takes : decl.takes) {
    auto made = TakesBuilder(builder, builder.corpus.procedures[static_cast<size_t>(id)], takes).build();
    if (made) builder.corpus.procedures[static_cast<size_t>(id)].takes.push_back(std::move(*made));
  }
}

}  // namespace koshi::zan
