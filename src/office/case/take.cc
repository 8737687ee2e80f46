#include "office/case/take.h"

#include <algorithm>

#include "office/case/finish.h"
#include "office/case/give.h"
#include "office/case/keep.h"
#include "office/case/paths.h"

/// Facts that a party takes over from an earlier case of its own.
namespace koshi::office {
namespace {

/// Whether the same party stands in both cases: under one name, covered in both.
bool is_of_actor(const Law& law, const zan::Procedure& giver, const Actor& actor, const Case& from) {
  const int32_t role = giver.find_role(actor.role);
  if (role == zan::kNoId) return false;
  const zan::Role& found = giver.roles[static_cast<size_t>(role)];
  return found.kind == zan::Role::Kind::kParty && covers(found, actor, from) && may_see(law, from, actor);
}

/// Patterns of what the forms in force ask now.
std::vector<std::string> asked_now(const Law& law, const Situation& situation, const Case& item, Date today) {
  std::vector<std::string> asked;
  for (const zan::Form& form : situation.procedure->forms) {
    if (form.in_force.contains(item.law_date(today))) add_patterns(law.corpus, *situation.procedure, form.asks, asked);
  }
  return asked;
}

std::string told(const std::vector<FactWord>& words) {
  std::string json = "{";
  for (const FactWord& word : words) {
    if (json.size() > 1) json += ',';
    json += '"' + word.entry.path + "\":" + word.entry.json;
  }
  return json + "}";
}

}  // namespace

const zan::Takes* takes_from(const zan::Corpus& corpus, const zan::Procedure& taker, const Case& from) {
  for (const zan::Takes& takes : taker.takes) {
    const bool is_it = corpus.procedures[static_cast<size_t>(takes.procedure)].name == from.procedure;
    if (is_it && std::ranges::count(takes.states, from.state) > 0) return &takes;
  }
  return nullptr;
}

bool may_take(const Law& law, const Case& item, const Actor& actor) {
  const Refuser refuser(law, actor, item);
  const auto situation = find_situation(refuser, item);
  return situation && situation->is_party() && fills_forms(*situation) && !situation->procedure->takes.empty();
}

std::string source_case(const Case& from) {
  return from.number.empty() ? from.id : from.number;
}

Decided take_facts(const Law& law, const Case& item, const Actor& actor, int64_t version, const Case& from, Date today) {
  const Refuser refuser(law, actor, item);
  const auto situation = find_situation(refuser, item);
  if (!situation) return std::unexpected(situation.error());
  if (version != item.version) return std::unexpected(refuser.stale(version));
  if (!situation->is_party() || !fills_forms(*situation)) {
    return std::unexpected(refuser.refuse(RefusalKind::kWrongState, "nothing_asked"));
  }
  const zan::Takes* takes = takes_from(law.corpus, *situation->procedure, from);
  const int32_t giver = law.corpus.find_procedure(from.procedure);
  if (takes == nullptr || from.id == item.id || !is_of_actor(law, law.corpus.procedures[static_cast<size_t>(giver)], actor, from)) {
    return std::unexpected(refuser.refuse(RefusalKind::kNoSuchThing, "nothing_to_take"));
  }
  const std::vector<std::string> asked = asked_now(law, *situation, item, today);
  std::vector<FactWord> words;
  for (const zan::FactPath& path : takes->facts) {
    const FactEntry* said = from.find_fact(path.text);
    if (said == nullptr || std::ranges::count(asked, pattern_of(law.corpus, situation->procedure->entity, path)) == 0) continue;
    const FactEntry* before = item.find_fact(path.text);
    if (before != nullptr && before->source == Source::kAccount) continue;
    words.push_back({{path.text, said->json, Source::kCase, source_case(from), today}, false});
  }
  if (words.empty()) return std::unexpected(refuser.refuse(RefusalKind::kNoSuchThing, "nothing_to_take"));
  // What would be refused if the party said it itself is refused here.
  Case after = item;
  auto given = give(refuser, *situation, after, told(words), asked, today);
  if (!given) return std::unexpected(std::move(given.error()));
  return finish_or_refuse(refuser, item, "facts", journal::object({{"role", actor.role}, {"facts", array_json(words, fact_word_json)}}),
                          today);
}

}  // namespace koshi::office
