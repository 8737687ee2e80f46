#include <algorithm>

#include "base/text.h"
#include "zan/corpus/procedure_builder.h"

/// States of procedures, with their deadlines, actions and effects.
namespace koshi::zan {
namespace {

using EffectKind = Effect::Kind;

constexpr Type kYesNoType{Kind::kYesNo, false, -1};
constexpr Type kWholeType{Kind::kWhole, false, -1};

DeadlineUnit unit_of(const std::string& unit) {
  if (unit == "working days") return DeadlineUnit::kWorkingDays;
  if (unit == "months") return DeadlineUnit::kMonths;
  return unit == "years" ? DeadlineUnit::kYears : DeadlineUnit::kDays;
}

bool uses_account(EffectKind kind) {
  return kind == EffectKind::kReserve || kind == EffectKind::kAllot || kind == EffectKind::kWithdraw || kind == EffectKind::kMove;
}

}  // namespace

void ProcedureBuilder::state(const StateDecl& decl, ProcedureState& out) {
  if (decl.is_final && !(decl.actions.empty() && decl.deadlines.empty()))
    b_.error(decl.name.span, "a final state has no actions and no deadlines", {{{}, "write `state` where the case goes on"}});
  std::map<std::string, Span> seen;
  for (const ActionDecl& action_decl : decl.actions) {
    if (!is_new(b_, seen, action_decl.name, "action")) continue;
    place_ = at("state/" + decl.name.text + "/action/" + action_decl.name.text);
    Action made;
    action(action_decl, made);
    out.actions.push_back(std::move(made));
  }
  for (const DeadlineDecl& deadline_decl : decl.deadlines) {
    place_ = at("state/" + decl.name.text + "/deadline/" + std::to_string(out.deadlines.size() + 1));
    deadline(deadline_decl, out);
  }
}

void ProcedureBuilder::action(const ActionDecl& decl, Action& out) {
  need_label(b_, decl.label, decl.name);
  const PartContext context = part(decl.dated, whole_, decl.name.span, "action");
  out.name = decl.name.text;
  out.label = decl.label;
  out.help = decl.help;
  out.span = decl.name.span;
  out.in_force = context.in_force;
  out.by = context.by;
  for (const Name& name : decl.roles) {
    const int32_t id = role(name);
    if (id != kNoId && std::ranges::find(out.roles, id) != out.roles.end()) b_.error(name.span, "`" + name.text + "` stands twice here");
    if (id != kNoId) out.roles.push_back(id);
  }
  out.target = out_.find_state(decl.target.text);
  if (out.target == kNoId) b_.unknown("state", decl.target, names_of(out_.states));
  out.when = norm(decl.when, kYesNoType, context, place_ + "/when", decl.label);
  out.asks = paths(decl.asks);
  for (const NeedsDecl& needs : decl.needs) {
    out.needs_forms = out.needs_forms || needs.forms;
    out.needs_documents = out.needs_documents || needs.documents;
    if (needs.documents && decl_.documents.empty())
      b_.error(needs.span, "this procedure names no documents", {{{}, "add `documents` and a set norm above its states"}});
    if (needs.forms && out_.forms.empty()) b_.error(needs.span, "this procedure has no forms");
  }
  for (const RequireDecl& require : decl.requirements) requirement(require, context, out);
  for (const EffectDecl& effect_decl : decl.effects) effect(effect_decl, context, out);
}

void ProcedureBuilder::requirement(const RequireDecl& decl, const PartContext& action, Action& out) {
  need_label(b_, decl.label, Name{"requires", decl.span});
  const PartContext context = part(decl.dated, action, decl.span, "requirement");
  const std::string place = place_ + "/requires/" + std::to_string(out.requirements.size() + 1);
  out.requirements.push_back(
      {norm(decl.condition, kYesNoType, context, place, decl.label), decl.label, context.in_force, context.by, decl.span});
}

void ProcedureBuilder::deadline(const DeadlineDecl& decl, ProcedureState& out) {
  const PartContext context = part(decl.dated, whole_, decl.span, "deadline");
  Deadline made;
  made.span = decl.span;
  made.in_force = context.in_force;
  made.by = context.by;
  if (decl.count) {
    made.unit = unit_of(decl.unit.text);
    made.count = norm(decl.count, kWholeType, context, place_, out.label);
  } else {
    made.day = norm(decl.day, {Kind::kDate, true, -1}, context, place_, out.label);
  }
  if (!decl.action.empty()) {
    const auto it = std::ranges::find(out.actions, decl.action.text, &Action::name);
    if (it == out.actions.end()) {
      b_.unknown("action of this state", decl.action, names_of(out.actions));
      return;
    }
    made.action = static_cast<int32_t>(it - out.actions.begin());
    if (std::ranges::find(it->roles, static_cast<int32_t>(out_.roles.size()) - 1) == it->roles.end())
      b_.error(decl.action.span, "`" + it->name + "` is not done by the clock", {{it->span, "add `clock` to who acts here"}});
  }
  out.deadlines.push_back(std::move(made));
}

void ProcedureBuilder::effect_path(const EffectDecl& decl, Effect& out) {
  out.path = path(decl.path, true);
  if (!out.path) return;
  if (decl.kind == EffectKind::kRecords && decl.path.size() < 2) {
    b_.error(out.path->span, "`records` writes into the register of a party, to which the path must lead",
             {{{}, "a fact of the case itself is set by `sets`"}});
  }
  const auto it = std::ranges::find(out_.knows, out.path->text, [](const Known& known) { return known.path.text; });
  if (it != out_.knows.end())
    b_.error(out.path->span, "`" + out.path->text + "` is looked up, and so cannot be set", {{it->span, "looked up here"}});
}

void ProcedureBuilder::effect_value(const EffectDecl& decl, const PartContext& action, const std::string& place, Effect& out) {
  const Type date{Kind::kDate, false, -1};
  switch (decl.kind) {
    case EffectKind::kSets:
    case EffectKind::kRecords: {
      effect_path(decl, out);
      if (!out.path) return;
      const Fact fact = b_.entity(out.path->entity).facts[static_cast<size_t>(out.path->fact)];
      out.value = norm(decl.value, fact.type, action, place, fact.label);
      return;
    }
    case EffectKind::kCharges: out.value = norm(decl.value, {Kind::kMoney, false, -1}, action, place, decl.label); return;
    default: break;
  }
  if (!uses_account(decl.kind)) return;
  const int32_t from = b_.corpus.find_account(decl.account.name.text);
  const std::string label = from == kNoId ? "" : b_.corpus.accounts[static_cast<size_t>(from)].label;
  out.value = norm(decl.value, kWholeType, action, place, label);
  out.account = keyed(decl.account, action, place, label);
  if (decl.kind == EffectKind::kMove) out.to = keyed(decl.to, action, place + "/to", label);
  out.until = norm(decl.until, date, action, place + "/until", label);
}

void ProcedureBuilder::effect(const EffectDecl& decl, const PartContext& action, Action& out) {
  Effect made;
  made.kind = decl.kind;
  made.label = decl.label;
  made.span = decl.span;
  effect_value(decl, action, place_ + "/effect/" + std::to_string(out.effects.size() + 1), made);
  const bool titled = decl.kind == EffectKind::kCharges || decl.kind == EffectKind::kIssues || decl.kind == EffectKind::kNotice;
  if (titled) need_label(b_, decl.label, Name{decl.name.empty() ? "charges" : decl.name.text, decl.span});
  if (decl.kind == EffectKind::kCommit || decl.kind == EffectKind::kRelease) made.account.account = account(decl.name);
  if (decl.kind == EffectKind::kCharges && !decl.to.name.empty()) {
    made.role = role(decl.to.name);
    if (decl.to.name.text == "clock") b_.error(decl.to.name.span, "nobody pays the clock");
  }
  if (decl.kind == EffectKind::kGrounds) made.value = set_norm(decl.name);
  if (decl.kind == EffectKind::kIssues) {
    made.name = decl.name.text;
    made.letter = decl.letter;
    letter(decl);
    made.tells = paths({AskDecl{{}, decl.tells, {}}}, "told");
  }
  if (decl.kind == EffectKind::kNotice) {
    made.role = role(decl.name);
    if (decl.name.text == "clock") b_.error(decl.name.span, "the clock is told nothing");
  }
  out.effects.push_back(std::move(made));
}

}  // namespace koshi::zan
