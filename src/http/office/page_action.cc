// One action of a case: what it takes, what it does, and, where it is refused, why.
#include <algorithm>

#include "base/text.h"
#include "http/office/case_fields.h"
#include "http/office/charge_words.h"
#include "http/office/failure.h"
#include "http/office/letter_text.h"
#include "http/office/office_pages.h"
#include "http/office/page_frame.h"
#include "http/office/refusal_view.h"
#include "http/office/row_title.h"

namespace koshi::http {
namespace {

using Kind = zan::Effect::Kind;

struct Opened {
  Seen seen;
  CasePlace place;
  int32_t action = zan::kNoId;
  std::vector<AskedField> fields;
  const zan::Action& law() const { return place.procedure->states[static_cast<size_t>(place.state)].actions[static_cast<size_t>(action)]; }
};

int32_t find_action(const zan::ProcedureState& state, std::string_view name, Date on) {
  int32_t found = zan::kNoId;
  for (size_t i = 0; i < state.actions.size(); ++i) {
    const bool better = found == zan::kNoId || state.actions[i].in_force.contains(on);
    if (state.actions[i].name == name && better) found = static_cast<int32_t>(i);
  }
  return found;
}

/// An act that is sent twice finds the case in another state the second time; the desk then says what was done the first time.
enum class From : uint8_t { kHere, kAnywhere };

std::expected<Opened, Response> open_action(const OfficeSite& office, const Context& context, const Visitor& visitor, From from) {
  auto seen = find_case(office, visitor, context.path_parameter("case"), context.language);
  if (!seen) return std::unexpected(failure_page(office, context, &visitor, seen.error()));
  if (auto failed = note_presence(office, *seen, kPagePurpose)) return std::unexpected(failure_page(office, context, &visitor, *failed));
  Opened opened{std::move(*seen), {}, zan::kNoId, {}};
  opened.place = place_of(office, opened.seen.item);
  if (opened.place.state != zan::kNoId) {
    const std::string name = context.path_parameter("action");
    const Date on = opened.seen.item.law_date(office.house.today());
    const auto& states = opened.place.procedure->states;
    opened.action = find_action(states[static_cast<size_t>(opened.place.state)], name, on);
    for (size_t i = 0; from == From::kAnywhere && opened.action == zan::kNoId && i < states.size(); ++i) {
      opened.action = find_action(states[i], name, on);
      if (opened.action != zan::kNoId) opened.place.state = static_cast<int32_t>(i);
    }
  }
  if (opened.action == zan::kNoId) {
    return std::unexpected(refused_page(office, context, &visitor, 409, "office.failed.title", "office.failed.no_action"));
  }
  opened.fields = asked_fields(office.law.corpus, opened.place.procedure->entity, opened.law().asks);
  return opened;
}

std::string effect_sentence(const OfficeSite& office, const Context& context, const words::ProcedureWords& said, const zan::Effect& effect,
                            const std::string& label) {
  const auto account = [&](const zan::AccountUse& use) {
    return use.account == zan::kNoId
               ? std::string()
               : office.site.words.label(context.language,
                                         words::account_key(office.law.corpus.accounts[static_cast<size_t>(use.account)]));
  };
  const auto say = [&](std::string_view key, std::string_view hole, std::string text) {
    return phrase(office.site, context, key, {{std::string(hole), std::move(text)}});
  };
  switch (effect.kind) {
    case Kind::kFiles: return phrase(office.site, context, "procedure.files");
    case Kind::kReserve: return say("office.action.reserves", "account", account(effect.account));
    case Kind::kCommit: return say("procedure.commit", "account", account(effect.account));
    case Kind::kRelease: return say("procedure.release", "account", account(effect.account));
    case Kind::kCharges: return say("office.action.charges", "label", label);
    case Kind::kIssues: return say("procedure.issues", "label", label);
    case Kind::kGrounds: {
      return say("procedure.grounds", "label", office.site.words.label(context.language, words::norm_key(office.law.corpus, effect.value)));
    }
    case Kind::kNotice: {
      return phrase(office.site, context, "procedure.notice", {{"who", said.role(effect.role)}, {"label", label}});
    }
    default: return {};
  }
}

/// What a payment settles, and who owes it: the treasury compares it with what has come in.
std::vector<std::string> settled_sentences(const OfficeSite& office, const Context& context, const words::ProcedureWords& said,
                                           const office::Case& item) {
  std::vector<std::string> sentences;
  const std::string payer = party_name(office, office.site.words, context.language, item);
  for (const office::ChargeEntry& charge : item.charges) {
    if (charge.paid) continue;
    const ChargeWords told = charge_words(office.site.words, context.language, said, charge);
    sentences.push_back(
        phrase(office.site, context, "office.action.settles", {{"label", told.label}, {"amount", told.amount}, {"who", payer}}));
  }
  return sentences;
}

std::vector<View> effect_views(const OfficeSite& office, const Context& context, const words::ProcedureWords& said, const Opened& opened) {
  std::vector<View> views;
  const auto& effects = opened.law().effects;
  for (size_t i = 0; i < effects.size(); ++i) {
    if (effects[i].kind == Kind::kSettles) {
      for (std::string& text : settled_sentences(office, context, said, opened.seen.item))
        views.push_back(View().text("text", std::move(text)));
      continue;
    }
    const std::string label = said.effect(opened.place.state, opened.action, static_cast<int32_t>(i));
    std::string text = effect_sentence(office, context, said, effects[i], label);
    if (text.empty()) continue;
    View view;
    views.push_back(view.text("text", std::move(text)));
  }
  return views;
}

std::vector<View> requirement_views(const OfficeSite& office, const Context& context, const words::ProcedureWords& said,
                                    const Opened& opened) {
  std::vector<View> views;
  const zan::Action& action = opened.law();
  const auto add = [&](std::string text, const std::vector<zan::CitationRef>& by) {
    View view;
    view.text("text", std::move(text)).list("cites", citation_views(office.site, context, by));
    views.push_back(std::move(view));
  };
  if (action.needs_forms) add(phrase(office.site, context, "procedure.needs_forms"), {});
  if (action.needs_documents) add(phrase(office.site, context, "procedure.needs_documents"), {});
  const Date on = opened.seen.item.law_date(office.house.today());
  for (size_t i = 0; i < action.requirements.size(); ++i) {
    if (!action.requirements[i].in_force.contains(on)) continue;
    add(said.requirement(opened.place.state, opened.action, static_cast<int32_t>(i)), action.requirements[i].by);
  }
  return views;
}

/// The letters as they would read: the officer sees what he signs. None where they cannot be drafted.
std::vector<View> letter_views(const OfficeSite& office, const Context& context, const Opened& opened) {
  std::vector<View> views;
  const auto checks = office.house.desk().checks(opened.seen.actor, opened.seen.item);
  if (!checks) return views;
  const auto found = std::ranges::find_if(*checks, [&](const office::ActionCheck& check) {
    return check.is_own && check.state == opened.place.state && check.action == opened.action;
  });
  if (found == checks->end()) return views;
  const auto letters = draft_letters(office, context.language, opened.seen.actor, opened.seen.item, *opened.place.procedure, *found);
  if (!letters) return views;
  for (const LetterText& letter : *letters) {
    std::vector<View> paragraphs, decided, grounds;
    for (const std::string& paragraph : letter.paragraphs) paragraphs.push_back(View().text("text", paragraph));
    for (const papers::LetterRow& row : letter.decided) decided.push_back(View().text("label", row.label).text("value", row.value));
    for (const papers::LetterGround& one : letter.grounds) grounds.push_back(View().text("text", one.ground).text("article", one.article));
    View view;
    view.text("title", letter.title).flag("is_open", !letter.is_whole).flag("has_grounds", !grounds.empty());
    view.list("paragraphs", std::move(paragraphs)).list("decided", std::move(decided)).list("letter_grounds", std::move(grounds));
    views.push_back(std::move(view));
  }
  return views;
}

/// What is filed and cannot be mended where the act leads: said before, with the way out that is left. Empty where it can, or nothing is
/// filed.
std::string fixed_words(const OfficeSite& office, const Context& context, const words::ProcedureWords& said, const Opened& opened) {
  const zan::Action& action = opened.law();
  const bool files = std::ranges::any_of(action.effects, [](const zan::Effect& effect) { return effect.kind == Kind::kFiles; });
  const auto& states = opened.place.procedure->states;
  const int32_t role = opened.place.procedure->find_role(opened.seen.actor.role);
  std::string way_out;
  const auto& there = states[static_cast<size_t>(action.target)].actions;
  for (size_t i = 0; i < there.size(); ++i) {
    if (std::ranges::find(there[i].roles, role) == there[i].roles.end()) continue;
    if (there[i].needs_forms || there[i].needs_documents) return {};
    if (states[static_cast<size_t>(there[i].target)].is_final) way_out = said.action(action.target, static_cast<int32_t>(i));
  }
  if (!files || !(action.needs_forms || action.needs_documents)) return {};
  const std::string fixed = phrase(office.site, context, "office.action.fixed");
  return way_out.empty() ? fixed : fixed + " " + phrase(office.site, context, "office.action.fixed_way_out", {{"action", way_out}});
}

struct Typed {
  const AskForm& form;
  std::vector<FieldProblem> problems = {};
  std::optional<office::Refusal> refusal = {};
  int status = 200;
};

Response shown(const OfficeSite& office, const Context& context, const Visitor& visitor, const Opened& opened, const Typed& typed) {
  const words::ProcedureWords said(office.site.words, context.language, *opened.place.procedure);
  const office::Case& item = opened.seen.item;
  Page page{.name = "office_action", .title = said.action(opened.place.state, opened.action), .view = {}, .status = typed.status};
  page.view.text("heading", page.title).text("id", item.id).text("procedure", said.label()).text("back", case_href(context, item.id));
  if (typed.status != 200) page.title = phrase(office.site, context, "page.ask.error_prefix") + page.title;
  const FieldGroup group{office.site, context, opened.place.procedure->entity, opened.fields, false};
  auto requirements = requirement_views(office, context, said, opened);
  auto effects = effect_views(office, context, said, opened);
  auto letters = letter_views(office, context, opened);
  if (typed.refusal) page.view.section("refusal", refusal_view(office, context, opened.seen, *typed.refusal, &opened.law()));
  page.view.flag("tried", typed.status != 200)
      .text("fixed", fixed_words(office, context, said, opened))
      .text("help", said.action_help(opened.place.state, opened.action))
      .flag("moves", opened.law().target != opened.place.state)
      .text("from", said.state(opened.place.state))
      .text("to", said.state(opened.law().target))
      .text("action", href(context, context.request.path))
      .flag("has_requirements", !requirements.empty())
      .list("requirements", std::move(requirements))
      .flag("has_effects", !effects.empty())
      .list("effects", std::move(effects))
      .flag("has_letters", !letters.empty())
      .list("letters", std::move(letters))
      .list("cites", citation_views(office.site, context, opened.law().by))
      .text("error", typed.problems.empty() ? "" : typed.problems.front().text)
      .list("errors", problem_views(typed.problems))
      .list("hidden", hidden_fields(visitor, item.version))
      .list("fields", field_views(group, typed.form, typed.problems));
  return office_page(office, context, &visitor, std::move(page));
}

/// The action as the visitor sees it now: what would be refused, whatever is typed, is told before anybody types. None: not his to do.
std::expected<std::optional<office::ActionView>, office::Failure> find_view(const OfficeSite& office, const Opened& opened) {
  auto view = office.house.desk().view(opened.seen.actor, opened.seen.item);
  if (!view) return std::unexpected(std::move(view.error()));
  for (const office::ActionView& action : view->actions) {
    if (action.action == &opened.law()) return action;
  }
  return std::nullopt;
}

/// What the action asks is answered anew: a field that shows what was said at an earlier act would be sent back unread. Of lists the
/// members stay.
AskForm unanswered(const Opened& opened, AskForm known) {
  for (const AskedField& field : opened.fields) {
    std::erase_if(known.facts, [&](const auto& fact) {
      if (!field.is_list()) return fact.first == field.path;
      return fact.first.starts_with(field.path + "[") &&
             std::ranges::any_of(field.of_members, [&](const std::string& rest) { return fact.first.ends_with("]." + rest); });
    });
  }
  return known;
}

/// The members of a list that the action asks about are those that the case has, whatever was sent.
void keep_members(const Opened& opened, const AskForm& known, AskForm& form) {
  for (const AskedField& field : opened.fields) {
    if (const auto count = known.fact(field.path); field.is_list() && count) form.set_fact(field.path, *count);
  }
}

}  // namespace

Response action_page(const OfficeSite& office, const Context& context, const Visitor& visitor) {
  const auto opened = open_action(office, context, visitor, From::kHere);
  if (!opened) return opened.error();
  auto view = find_view(office, *opened);
  if (!view) return failure_page(office, context, &visitor, view.error());
  if (!*view) return refused_page(office, context, &visitor, 403, "office.failed.title", "office.failed.not_yours");
  const AskForm known = unanswered(*opened, known_facts(office.law.corpus, *opened->place.procedure, opened->seen.item, Apart::kTaken));
  return shown(office, context, visitor, *opened, {known, {}, std::move((*view)->hindrance)});
}

Response action_post(const OfficeSite& office, const Context& context, const Visitor& visitor, const MultipartForm& sent) {
  const auto opened = open_action(office, context, visitor, From::kAnywhere);
  if (!opened) return opened.error();
  AskForm form = sent_facts(sent.fields);
  const office::Case& item = opened->seen.item;
  keep_members(*opened, known_facts(office.law.corpus, *opened->place.procedure, item, Apart::kTaken), form);
  const FieldGroup group{office.site, context, opened->place.procedure->entity, opened->fields, false};
  TypedFacts typed = read_fields(group, form, item);
  if (!typed.problems.empty()) return shown(office, context, visitor, *opened, {form, std::move(typed.problems), {}, 422});
  const auto version = parse_whole(sent.fields.get("version").value_or(""));
  const auto done = office.house.desk().act({opened->seen.actor, sent.fields.get("key").value_or("")}, item.id, version.value_or(0),
                                            opened->law().name, typed.json);
  if (done) {
    Query query;
    query.add("done", std::to_string(done->sequence));
    return see_other(case_href(context, item.id, {}, std::move(query)));
  }
  const office::Failure failure = note_refused(office, opened->seen, opened->law().name, done.error());
  const auto* refusal = std::get_if<office::Refusal>(&failure);
  if (refusal == nullptr) return failure_page(office, context, &visitor, failure);
  return shown(office, context, visitor, *opened, {form, {}, *refusal, status_of(failure)});
}

}  // namespace koshi::http
