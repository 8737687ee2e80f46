#include <algorithm>

#include "ask/ask.h"
#include "base/text.h"
#include "office/case/entry_record.h"
#include "office/case/finish.h"
#include "office/case/give.h"
#include "office/case/keep.h"
#include "office/case/look.h"
#include "office/case/paths.h"

/// What comes before an act: the case itself, its facts and documents.
namespace koshi::office {
namespace {

using journal::Json;
using zan::kNoId;

const Surroundings kNothingAround;

/// The actor's own value of the role's `within` fact, as it is spelt; no value if it is none.
std::optional<std::string> own_value(const zan::Corpus& corpus, const zan::Procedure& procedure, const zan::FactPath& within,
                                     const std::string& scope) {
  zan::Record record = zan::Record::blank(corpus, procedure.entity);
  if (!read_entry(corpus, within.text, scope, record)) return std::nullopt;
  const Slot slot = find_slot(corpus, record, within.text);
  if (!slot || !slot.value()) return std::nullopt;
  return value_json(corpus, *slot.value());
}

/// Patterns of what the actor may give now, whatever it will be.
std::vector<std::string> fillable(const Refuser& refuser, const Situation& situation, const Case& item, Date today) {
  const zan::Corpus& corpus = refuser.law().corpus;
  const zan::Procedure& procedure = *situation.procedure;
  std::vector<std::string> asked;
  const Date law_date = item.law_date(today);
  for (const zan::Action& action : situation.state->actions) {
    if (situation.may_do(action) && action.in_force.contains(law_date)) add_patterns(corpus, procedure, action.asks, asked);
  }
  if (!situation.is_party() || !fills_forms(situation)) return asked;
  for (const zan::Form& form : procedure.forms) {
    if (form.in_force.contains(law_date)) add_patterns(corpus, procedure, form.asks, asked);
  }
  return asked;
}

/// Of them, those of forms whose condition certainly does not hold with the facts as they would be.
std::vector<std::string> idle(const Refuser& refuser, const Situation& situation, const Case& after, Date today) {
  const zan::Corpus& corpus = refuser.law().corpus;
  const Look look(refuser.law(), *situation.procedure, after, kNothingAround, today);
  std::vector<std::string> open, closed;
  for (const zan::Action& action : situation.state->actions) {
    if (situation.may_do(action)) add_patterns(corpus, *situation.procedure, action.asks, open);
  }
  for (const zan::Form& form : situation.procedure->forms) {
    const bool counts = look.in_force(form.in_force) && look.holds(form.when) != false;
    add_patterns(corpus, *situation.procedure, form.asks, counts ? open : closed);
  }
  std::erase_if(closed, [&](const std::string& pattern) { return std::ranges::count(open, pattern) > 0; });
  return closed;
}

std::optional<Refusal> refuse_idle(const Refuser& refuser, const Situation& situation, const Case& after,
                                   const std::vector<FactWord>& words, Date today) {
  const std::vector<std::string> closed = idle(refuser, situation, after, today);
  Refusal refusal = refuser.refuse(RefusalKind::kBadFacts, "bad_facts");
  for (const FactWord& word : words) {
    if (std::ranges::count(closed, pattern_of(word.entry.path)) > 0) {
      refusal.problems.push_back({word.entry.path, refuser.text("not_asked")});
    }
  }
  if (refusal.problems.empty()) return std::nullopt;
  return refusal;
}

/// Forgets what is there; what comes from the account or from the office stays.
std::optional<Refusal> forget(const Refuser& refuser, const Situation& situation, Case& item, const std::vector<std::string>& remove,
                              const std::vector<std::string>& asked, Date today, std::vector<FactWord>& words) {
  for (const std::string& path : remove) {
    const FactEntry* entry = item.find_fact(path);
    if (entry == nullptr) continue;
    const std::string pattern = pattern_of(path);
    const bool may =
        std::ranges::any_of(asked, [&](const std::string& each) { return each == pattern || each.starts_with(pattern + "[]"); });
    const Source own = situation.is_party() ? Source::kDeclared : Source::kOffice;
    const bool is_own = entry->source == own || (situation.is_party() && entry->source == Source::kCase);
    if (!may || !is_own) return refuser.bad_fact(path, "not_forgotten");
    words.push_back({{path, "", entry->source, entry->source == Source::kCase ? entry->by : refuser.actor().role, today}, true});
    forget_fact(item, path);
  }
  return std::nullopt;
}

Json facts_json_of(const Actor& actor, const std::vector<FactWord>& words) {
  return journal::object({{"role", actor.role}, {"facts", array_json(words, fact_word_json)}});
}

/// Where documents may be attached and taken away; the enum of their kinds.
std::expected<const zan::Enum*, Refusal> document_kinds(const Refuser& refuser, const Case& item, int64_t version) {
  const auto situation = find_situation(refuser, item);
  if (!situation) return std::unexpected(situation.error());
  if (version != item.version) return std::unexpected(refuser.stale(version));
  const zan::NormId norm = situation->procedure->documents;
  if (norm == kNoId) return std::unexpected(refuser.refuse(RefusalKind::kNoSuchThing, "no_documents"));
  if (!attaches_documents(*situation)) return std::unexpected(refuser.refuse(RefusalKind::kWrongState, "no_documents_now"));
  const zan::Corpus& corpus = refuser.law().corpus;
  return &corpus.enums[static_cast<size_t>(corpus.norms[static_cast<size_t>(norm)].type.of)];
}

}  // namespace

Decided open_case(const Law& law, const std::string& id, std::string_view procedure_name, const Actor& actor, Date today) {
  Case item;
  item.id = id;
  const Refuser refuser(law, actor, item);
  const int32_t procedure_id = law.corpus.find_procedure(procedure_name);
  if (procedure_id == kNoId) {
    return std::unexpected(refuser.refuse(RefusalKind::kNoSuchThing, "no_procedure", {{"name", std::string(procedure_name)}}));
  }
  const zan::Procedure& procedure = law.corpus.procedures[static_cast<size_t>(procedure_id)];
  const int32_t role_id = procedure.find_role(actor.role);
  if (role_id == kNoId || procedure.roles[static_cast<size_t>(role_id)].kind != zan::Role::Kind::kParty) {
    return std::unexpected(refuser.refuse(RefusalKind::kForbidden, "not_a_party"));
  }
  if (!procedure.in_force.contains(today)) {
    return std::unexpected(
        refuser.refuse(RefusalKind::kWrongState, "not_in_force", {{"force", law.words.in_force(actor.language, procedure.in_force)}}));
  }
  std::vector<FactWord> facts;
  if (const auto& within = procedure.roles[static_cast<size_t>(role_id)].within) {
    const auto own = actor.scope ? own_value(law.corpus, procedure, *within, *actor.scope) : std::nullopt;
    if (!own) return std::unexpected(refuser.refuse(RefusalKind::kForbidden, "no_own_value"));
    facts.push_back({{within->text, *own, Source::kAccount, actor.role, today}, false});
  }
  return finish_or_refuse(refuser, item, "opened",
                          journal::object({{"procedure", procedure.name},
                                           {"state", procedure.states.front().name},
                                           {"by", actor.account},
                                           {"role", actor.role},
                                           {"facts", array_json(facts, fact_word_json)}}),
                          today);
}

Decided give_facts(const Law& law, const Case& item, const Actor& actor, int64_t version, std::string_view facts_json,
                   const std::vector<std::string>& remove, Date today) {
  const Refuser refuser(law, actor, item);
  const auto situation = find_situation(refuser, item);
  if (!situation) return std::unexpected(situation.error());
  if (version != item.version) return std::unexpected(refuser.stale(version));
  const std::vector<std::string> asked = fillable(refuser, *situation, item, today);
  if (asked.empty()) return std::unexpected(refuser.refuse(RefusalKind::kWrongState, "nothing_asked"));
  Case after = item;
  std::vector<FactWord> words;
  if (auto refusal = forget(refuser, *situation, after, remove, asked, today, words)) return std::unexpected(std::move(*refusal));
  auto given = give(refuser, *situation, after, facts_json, asked, today);
  if (!given) return std::unexpected(std::move(given.error()));
  if (auto refusal = refuse_idle(refuser, *situation, after, *given, today)) return std::unexpected(std::move(*refusal));
  words.insert(words.end(), given->begin(), given->end());
  return finish_or_refuse(refuser, item, "facts", facts_json_of(actor, words), today);
}

Decided attach_document(const Law& law, const Case& item, const Actor& actor, int64_t version, const DocumentEntry& document, Date today) {
  const Refuser refuser(law, actor, item);
  const auto kinds = document_kinds(refuser, item, version);
  if (!kinds) return std::unexpected(kinds.error());
  if (!(*kinds)->index.contains(document.kind)) {
    return std::unexpected(refuser.refuse(RefusalKind::kNoSuchThing, "no_document", {{"name", document.kind}}));
  }
  if (item.documents.size() >= kDocumentsMax) return std::unexpected(refuser.refuse(RefusalKind::kTooMuch, "too_much"));
  const bool readable = is_valid_utf8(document.file_name) && is_valid_utf8(document.media_type);
  if (!readable || document.file_name.size() > kFileNameMaxBytes || document.media_type.size() > kFileNameMaxBytes) {
    return std::unexpected(refuser.bad_fact(document.kind, "bad_file_name", {{"n", std::to_string(kFileNameMaxBytes)}}));
  }
  for (const DocumentEntry& other : item.documents) {
    if (other.kind == document.kind && other.sha256 == document.sha256) {
      return std::unexpected(refuser.bad_fact(document.kind, "attached_already"));
    }
  }
  return finish_or_refuse(refuser, item, "document",
                          journal::object({{"role", actor.role},
                                           {"kind", document.kind},
                                           {"file", document.file_name},
                                           {"type", document.media_type},
                                           {"sha256", document.sha256},
                                           {"size", document.size_bytes}}),
                          today);
}

Decided remove_document(const Law& law, const Case& item, const Actor& actor, int64_t version, std::string_view kind,
                        std::string_view sha256, Date today) {
  const Refuser refuser(law, actor, item);
  const auto kinds = document_kinds(refuser, item, version);
  if (!kinds) return std::unexpected(kinds.error());
  const bool attached = std::ranges::any_of(
      item.documents, [&](const DocumentEntry& document) { return document.kind == kind && document.sha256 == sha256; });
  if (!attached) return std::unexpected(refuser.refuse(RefusalKind::kNoSuchThing, "not_attached"));
  return finish_or_refuse(refuser, item, "document",
                          journal::object({{"role", actor.role}, {"kind", kind}, {"removed", true}, {"sha256", sha256}}), today);
}

}  // namespace koshi::office
