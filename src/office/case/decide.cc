#include "office/case/decide.h"

#include <algorithm>

#include "ask/ask.h"
#include "office/case/act.h"
#include "office/case/deadline.h"
#include "office/case/finish.h"
#include "office/case/give.h"
#include "office/case/trial.h"

namespace koshi::office {
namespace {

using journal::Json;

std::string answer_text(const Law& law, const zan::Answer& answer) {
  ask::Question question;
  question.norm = answer.norm;
  question.on = answer.on;
  std::string text;
  ask::append_answer_json(text, law.words, law.library, question, answer);
  return text;
}

Json proof_json(const Law& law, const KeptProof& proof, bool with_tree) {
  std::string answer;
  if (with_tree) {
    answer = answer_text(law, proof.answer);
  } else {
    zan::Answer head = proof.answer;
    head.proof.clear();
    answer = answer_text(law, head);
  }
  return journal::object({{"what", proof.what}, {"label", proof.label}, {"answer", std::move(answer)}});
}

Json acted_json(const Situation& situation, const zan::Action& action, const Actor& actor, Date law_date, const ActResult& deed) {
  std::vector<FactEntry> read;
  for (const auto& [key, entry] : deed.read) read.push_back(entry);
  Json told = journal::object(
      {{"action", action.name},
       {"role", actor.role},
       {"from", situation.state->name},
       {"to", situation.procedure->states[static_cast<size_t>(action.target)].name},
       {"law", date_json(law_date)},
       {"files", deed.files},
       {"facts", array_json(deed.facts, fact_word_json)},
       {"read", array_json(read, fact_json)},
       {"postings", array_json(deed.postings, posting_json)},
       {"charges", array_json(deed.charges, charge_json)},
       {"papers", array_json(deed.papers, paper_json)},
       {"grounds", array_json(deed.grounds, ground_json)},
       {"notices",
        array_json(deed.notices,
                   [](const Notice& notice) -> Json { return journal::object({{"role", notice.role}, {"text", notice.text}}); })},
       {"records", array_json(deed.records, [](const RegisterEntry& entry) -> Json {
          return journal::object({{"key_path", entry.key_path}, {"key", entry.key}, {"fact", entry.fact}, {"json", entry.json}});
        })}});
  if (deed.settles) std::get<Json::Object>(told.value).push_back({"settles", true});
  if (deed.number) std::get<Json::Object>(told.value).push_back({"number", deed.number->text});
  return told;
}

/// With the proofs in full, or, where they would not fit into one entry of the journal, with their heads.
std::optional<Decision> finish_act(const Law& law, const Case& item, Json payload, const ActResult& deed, Date today) {
  auto& members = std::get<Json::Object>(payload.value);
  for (const bool with_tree : {true, false}) {
    members.push_back({"proofs", array_json(deed.proofs, [&](const KeptProof& proof) { return proof_json(law, proof, with_tree); })});
    if (auto decision = finish(item, "acted", payload, today)) return decision;
    members.pop_back();
  }
  return std::nullopt;
}

/// The action of this name in the state, or why there is none.
std::expected<const zan::Action*, Refusal> find_action(const Refuser& refuser, const Situation& situation, std::string_view name,
                                                       Date law_date) {
  const zan::Action* elsewhere = nullptr;
  bool role_has_it = false;
  for (const zan::ProcedureState& state : situation.procedure->states) {
    for (const zan::Action& action : state.actions) {
      if (action.name != name) continue;
      if (&state == situation.state && situation.may_do(action)) return &action;
      if (elsewhere == nullptr || &state == situation.state) elsewhere = &action;
      role_has_it = role_has_it || situation.may_do(action);
    }
  }
  if (elsewhere == nullptr) return std::unexpected(refuser.refuse(RefusalKind::kNoSuchThing, "no_action", {{"name", std::string(name)}}));
  if (!role_has_it) return std::unexpected(refuser.not_yours(*elsewhere, *situation.procedure));
  return std::unexpected(refuser.wrong_state(*elsewhere, *situation.procedure, *situation.state, law_date));
}

}  // namespace

Decided act(const Refuser& refuser, const Situation& situation, const zan::Action& action, const Case& item, std::string_view facts_json,
            const Surroundings& around, Date today) {
  const Law& law = refuser.law();
  const Date law_date = item.law_date(today);
  std::vector<std::string> asked;
  add_patterns(law.corpus, *situation.procedure, action.asks, asked);
  Case given = without_answers(law.corpus, *situation.procedure, action, item);
  auto words = give(refuser, situation, given, facts_json, asked, today);
  if (!words) return std::unexpected(std::move(words.error()));

  Trial trial(refuser, situation, action, given, around, today, Asks::kGiven);
  if (auto refusal = trial.run()) return std::unexpected(std::move(*refusal));
  ActResult& deed = trial.deed();
  deed.facts.insert(deed.facts.begin(), words->begin(), words->end());
  auto decision = finish_act(law, item, acted_json(situation, action, refuser.actor(), law_date, deed), deed, today);
  if (!decision) return std::unexpected(refuser.refuse(RefusalKind::kTooMuch, "too_much"));
  if (auto refusal = too_much(refuser, decision->after)) return std::unexpected(std::move(*refusal));
  decision->postings = std::move(deed.postings);
  decision->records = std::move(deed.records);
  decision->notices = std::move(deed.notices);
  decision->papers = std::move(deed.papers);
  decision->number = std::move(deed.number);
  decision->action = action.name;
  return std::move(*decision);
}

Decided decide(const Law& law, const Case& item, const Actor& actor, int64_t version, std::string_view action, std::string_view facts_json,
               const Surroundings& around, Date today) {
  const Refuser refuser(law, actor, item);
  const auto situation = find_situation(refuser, item);
  if (!situation) return std::unexpected(situation.error());
  if (version != item.version) return std::unexpected(refuser.stale(version));
  const Date law_date = item.law_date(today);
  const auto found = find_action(refuser, *situation, action, law_date);
  if (!found) return std::unexpected(found.error());
  if (!(*found)->in_force.contains(law_date)) {
    return std::unexpected(refuser.wrong_state(**found, *situation->procedure, *situation->state, law_date));
  }
  if (situation->role->kind == zan::Role::Kind::kClock && !is_due(law, item, around, **found, today)) {
    return std::unexpected(refuser.wrong_state(**found, *situation->procedure, *situation->state, law_date));
  }
  return act(refuser, *situation, **found, item, facts_json, around, today);
}

}  // namespace koshi::office
