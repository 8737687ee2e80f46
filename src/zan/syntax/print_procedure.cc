#include <array>

#include "zan/syntax/page.h"
#include "zan/syntax/print_expression.h"
#include "zan/syntax/spelling.h"

/// Accounts and procedures. What belongs to an action is put into the order of its meaning.
namespace koshi::zan {
namespace {

using Kind = EffectDecl::Kind;

DatedView view(const Dated& dated) {
  return {dated.from, dated.until, dated.by};
}

std::string join_names(const std::vector<Name>& names) {
  std::string out;
  for (const Name& name : names) out += concat({out.empty() ? "" : ", ", name.text});
  return out;
}

void add_when(Flow& flow, const ExprPtr& when) {
  if (!when) return;
  flow.space(kBreakWhen);
  flow.add("when ");
  print_expression(flow, *when);
}

void add_keyed(Flow& flow, const KeyedDecl& keyed) {
  flow.add(concat({keyed.name.text, "("}));
  for (size_t i = 0; i < keyed.keys.size(); ++i) {
    if (i > 0) {
      flow.add(",");
      flow.space(kBreakValue);
    }
    print_expression(flow, *keyed.keys[i]);
  }
  flow.add(")");
}

void add_keyed_after(Flow& flow, std::string_view word, const KeyedDecl& keyed) {
  flow.space(kBreakClause);
  flow.add(concat({word, " "}));
  add_keyed(flow, keyed);
}

void print_role(Page& page, size_t indent, const RoleDecl& role) {
  constexpr std::array<std::string_view, 3> kWords = {"party ", "office ", "role "};
  page.above(indent, role.comments);
  Flow flow;
  flow.add(concat({kWords[static_cast<size_t>(role.kind)], role.name.text, " ", print_text(role.label)}));
  if (!role.within.empty()) {
    flow.space(kBreakClause);
    flow.add(concat({"within ", print_path(role.within), role.without_account ? " without account" : ""}));
  }
  page.flow(indent, flow, role.comments);
}

void print_knows(Page& page, size_t indent, const KnowsDecl& knows) {
  page.above(indent, knows.comments);
  Flow flow;
  flow.add(concat({"knows ", print_path(knows.path), " ="}));
  flow.space(kBreakClause);
  if (knows.value) {
    print_expression(flow, *knows.value);
  } else {
    flow.add("balance of ");
    add_keyed(flow, knows.balance_of);
  }
  page.flow(indent, flow, knows.comments);
}

void print_takes(Page& page, size_t indent, const TakesDecl& takes) {
  page.above(indent, takes.comments);
  Flow flow;
  for (size_t i = 0; i < takes.paths.size(); ++i) {
    if (i > 0) {
      flow.add(",");
      flow.space(kBreakClause);
    }
    flow.add(concat({i == 0 ? "takes " : "", print_path(takes.paths[i])}));
  }
  flow.space(kBreakClause);
  flow.add(concat({"from ", takes.procedure.text, " in ", join_names(takes.states)}));
  page.flow(indent, flow, takes.comments);
}

void print_asks(Page& page, size_t indent, const std::vector<AskDecl>& asks) {
  for (const AskDecl& ask : asks) {
    page.above(indent, ask.comments);
    Flow flow;
    for (size_t i = 0; i < ask.paths.size(); ++i) {
      if (i > 0) {
        flow.add(",");
        flow.space(kBreakClause);
      }
      flow.add(concat({i == 0 ? "ask " : "", print_path(ask.paths[i])}));
    }
    page.flow(indent, flow, ask.comments);
  }
}

void print_form(Page& page, size_t indent, const FormDecl& form) {
  page.above(indent, form.comments);
  Flow head;
  head.add(concat({"form ", form.name.text, " ", print_text(form.label)}));
  add_when(head, form.when);
  print_dated(page, indent, head, view(form.dated), form.comments);
  print_asks(page, indent + kIndentStep, form.asks);
}

void print_needs(Page& page, size_t indent, const NeedsDecl& needs) {
  page.above(indent, needs.comments);
  page.line(indent,
            concat({"needs ", needs.forms ? "forms" : "", needs.forms && needs.documents ? ", " : "", needs.documents ? "documents" : ""}),
            needs.comments);
}

void print_requirement(Page& page, size_t indent, const RequireDecl& require) {
  page.above(indent, require.comments);
  Flow head;
  head.add("requires ");
  print_expression(head, *require.condition);
  head.space(kBreakClause);
  head.add(print_text(require.label));
  print_dated(page, indent, head, view(require.dated), require.comments);
}

void add_effect(Flow& flow, const EffectDecl& effect) {
  constexpr std::array<std::string_view, 14> kWords = {"files",     "sets ", "records ", "reserve ", "commit ", "release ", "allot ",
                                                       "withdraw ", "move ", "charges ", "grounds ", "issues ", "notice ",  "settles"};
  flow.add(kWords[static_cast<size_t>(effect.kind)]);
  if (!effect.path.empty()) {
    flow.add(concat({print_path(effect.path), " ="}));
    flow.space(kBreakClause);
  }
  if (effect.value) print_expression(flow, *effect.value);
  flow.add(effect.name.text);
  if (effect.kind == Kind::kAllot) add_keyed_after(flow, "to", effect.account);
  if (effect.kind == Kind::kReserve || effect.kind == Kind::kWithdraw || effect.kind == Kind::kMove)
    add_keyed_after(flow, "from", effect.account);
  if (effect.kind == Kind::kMove) add_keyed_after(flow, "to", effect.to);
  if (effect.until) {
    flow.space(kBreakClause);
    flow.add("until ");
    print_expression(flow, *effect.until);
  }
  if (effect.kind == Kind::kCharges || effect.kind == Kind::kIssues || effect.kind == Kind::kNotice) {
    flow.space(kBreakClause);
    flow.add(print_text(effect.label));
  }
  if (effect.kind == Kind::kCharges && !effect.to.name.empty()) {
    flow.space(kBreakClause);
    flow.add(concat({"to ", effect.to.name.text}));
  }
  for (size_t i = 0; i < effect.letter.size(); ++i) {
    flow.space(kBreakClause);
    flow.add(concat({i == 0 ? "letter " : "", print_text(effect.letter[i])}));
  }
  for (size_t i = 0; i < effect.tells.size(); ++i) {
    if (i > 0) flow.add(",");
    flow.space(i == 0 ? kBreakClause : kBreakValue);
    flow.add(concat({i == 0 ? "tells " : "", print_path(effect.tells[i])}));
  }
}

void print_effect(Page& page, size_t indent, const EffectDecl& effect) {
  page.above(indent, effect.comments);
  Flow flow;
  add_effect(flow, effect);
  page.flow(indent, flow, effect.comments);
}

/// Who acts and where it leads stay together: apart, `by` would be read as a citation.
void print_action(Page& page, size_t indent, const ActionDecl& action) {
  const size_t inner = indent + kIndentStep;
  page.above(indent, action.comments);
  std::string roles;
  for (const Name& role : action.roles) roles += concat({roles.empty() ? "" : ", ", role.text});
  Flow head;
  head.add(concat({action.name.text, ": ", print_text(action.label)}));
  head.space(kBreakClause);
  head.add(concat({"by ", roles, " -> ", action.target.text}));
  add_when(head, action.when);
  print_dated(page, indent, head, view(action.dated), action.comments);
  if (!action.help.empty()) page.line(inner, concat({"help ", print_text(action.help)}));
  print_asks(page, inner, action.asks);
  for (const NeedsDecl& needs : action.needs) print_needs(page, inner, needs);
  for (const RequireDecl& require : action.requirements) print_requirement(page, inner, require);
  for (const EffectDecl& effect : action.effects) print_effect(page, inner, effect);
}

void print_deadline(Page& page, size_t indent, const DeadlineDecl& deadline) {
  page.above(indent, deadline.comments);
  Flow head;
  if (deadline.count) {
    head.add("within ");
    print_quantity(head, *deadline.count, deadline.unit.text);
  } else {
    head.add("until ");
    print_expression(head, *deadline.day);
  }
  head.space(kBreakClause);
  head.add(concat({"else ", deadline.action.empty() ? "late" : deadline.action.text}));
  print_dated(page, indent, head, view(deadline.dated), deadline.comments);
}

void print_state(Page& page, size_t indent, const StateDecl& state) {
  page.above(indent, state.comments);
  page.line(indent, concat({state.is_final ? "final " : "state ", state.name.text, " ", print_text(state.label)}), state.comments);
  for (const DeadlineDecl& deadline : state.deadlines) print_deadline(page, indent + kIndentStep, deadline);
  for (const ActionDecl& action : state.actions) print_action(page, indent + kIndentStep, action);
}

void print_number(Page& page, size_t indent, const NumberDecl& number) {
  page.above(indent, number.comments);
  page.line(indent, concat({"number ", print_text(number.pattern)}), number.comments);
}

void print_aim(Page& page, size_t indent, const AimDecl& aim) {
  page.above(indent, aim.comments);
  page.line(indent, concat({"aim ", join_names(aim.states)}), aim.comments);
}

void print_documents(Page& page, size_t indent, const DocumentsDecl& documents) {
  page.above(indent, documents.comments);
  page.line(indent, concat({"documents ", documents.norm.text}), documents.comments);
}

}  // namespace

void print_account(Page& page, const AccountDecl& account) {
  std::string keys;
  for (const TypeRef& key : account.keys) keys += concat({keys.empty() ? "" : ", ", print_type(key)});
  page.line(0, concat({"account ", account.name.text, " of (", keys, ") ", print_text(account.label)}), account.comments);
}

void print_procedure(Page& page, const ProcedureDecl& procedure) {
  const size_t inner = kIndentStep;
  page.line(0, concat({"procedure ", procedure.name.text, " of ", procedure.entity.text, " ", print_text(procedure.label)}),
            procedure.comments);
  if (!procedure.help.empty()) page.line(inner, concat({"help ", print_text(procedure.help)}));
  print_by(page, inner, procedure.dated.by);
  const std::string period = print_period(procedure.dated.from, procedure.dated.until);
  if (!period.empty()) page.line(inner, period);
  if (procedure.sealed) page.line(inner, "sealed");
  for (const Placed& placed : in_written_order(procedure.roles, procedure.documents, procedure.knows, procedure.forms, procedure.states,
                                               procedure.numbers, procedure.takes, procedure.aims)) {
    if (placed.list == 0) print_role(page, inner, procedure.roles[placed.index]);
    if (placed.list == 1) print_documents(page, inner, procedure.documents[placed.index]);
    if (placed.list == 2) print_knows(page, inner, procedure.knows[placed.index]);
    if (placed.list == 3) print_form(page, inner, procedure.forms[placed.index]);
    if (placed.list == 4) print_state(page, inner, procedure.states[placed.index]);
    if (placed.list == 5) print_number(page, inner, procedure.numbers[placed.index]);
    if (placed.list == 6) print_takes(page, inner, procedure.takes[placed.index]);
    if (placed.list == 7) print_aim(page, inner, procedure.aims[placed.index]);
  }
}

}  // namespace koshi::zan
