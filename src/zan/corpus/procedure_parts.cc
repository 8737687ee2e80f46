#include <algorithm>

#include "base/text.h"
#include "zan/corpus/procedure_builder.h"

/// Accounts; of procedures, all that stands above their states, and what all parts share.
namespace koshi::zan {
namespace {

void declare_account(Builder& builder, const AccountDecl& decl) {
  Account account{decl.name.text, decl.label, {}, decl.span};
  need_label(builder, decl.label, decl.name);
  for (const TypeRef& ref : decl.keys) {
    const auto type = builder.type(ref);
    if (!type) continue;
    const bool good = type->kind == Kind::kWhole || type->kind == Kind::kEnum || type->kind == Kind::kText || type->kind == Kind::kDate;
    if (!good || type->or_none)
      builder.error(ref.span,
                    "accounts are told apart by whole numbers, enums, texts and dates; this is " + type_name(builder.corpus, *type));
    account.keys.push_back(*type);
  }
  builder.corpus.accounts.push_back(std::move(account));
}

bool later(const std::vector<Name>& path, size_t i) {
  return i + 1 < path.size();
}

}  // namespace

void add_procedures(Builder& builder) {
  std::map<std::string, Span> accounts, procedures;
  for (const FileTree& tree : builder.corpus.trees) {
    for (const AccountDecl& decl : tree.accounts) {
      if (is_new(builder, accounts, decl.name, "account")) declare_account(builder, decl);
    }
  }
  for (const FileTree& tree : builder.corpus.trees) {
    for (const ProcedureDecl& decl : tree.procedures) {
      if (is_new(builder, procedures, decl.name, "procedure")) ProcedureBuilder(builder, decl).build();
    }
  }
  // What is taken over from the cases of another procedure: when all of them are there.
  for (const FileTree& tree : builder.corpus.trees) {
    for (const ProcedureDecl& decl : tree.procedures) add_takes(builder, decl);
  }
}

void ProcedureBuilder::build() {
  head();
  if (out_.entity == kNoId) return;
  roles();
  documents();
  for (const KnowsDecl& decl : decl_.knows) known(decl);
  for (const FormDecl& decl : decl_.forms) form(decl);
  declare_states();
  for (const NumberDecl& decl : decl_.numbers) number(decl);
  for (const AimDecl& decl : decl_.aims) aim(decl);
  for (const StateDecl& decl : decl_.states) {
    const int32_t id = out_.find_state(decl.name.text);
    // Of two states with one name the first one counts.
    if (out_.states[static_cast<size_t>(id)].span == decl.span) state(decl, out_.states[static_cast<size_t>(id)]);
  }
  b_.corpus.procedures.push_back(std::move(out_));
}

void ProcedureBuilder::head() {
  need_label(b_, decl_.label, decl_.name);
  out_.name = decl_.name.text;
  out_.label = decl_.label;
  out_.help = decl_.help;
  out_.span = decl_.name.span;
  out_.entity = b_.corpus.find_entity(decl_.entity.text);
  if (out_.entity == kNoId) b_.unknown("entity", decl_.entity, names_of(b_.corpus.entities));
  if (decl_.dated.by.empty())
    b_.error(decl_.name.span, "this procedure cites nothing", {{{}, "add `by ACT place [confidence]` below its first line"}});
  whole_ = part(decl_.dated, {}, decl_.name.span, "procedure");
  out_.in_force = whole_.in_force;
  out_.sealed = decl_.sealed.has_value();
  out_.by = whole_.by;
}

PartContext part_context(Builder& b, const Dated& dated, const PartContext& parent, Span span, std::string_view what) {
  PartContext out{parent.in_force, b.citations(dated.by)};
  DateRange own{dated.from.value_or(kFirstDate), dated.until.value_or(kLastDate)};
  if (!out.by.empty()) {
    const Act& act = b.corpus.acts[static_cast<size_t>(out.by.front().act)];
    own = within_act(b, span, what, dated.from, dated.until, act);
    if (act.not_ratified) b.error(span, "`" + act.name + "` is not ratified, so it does not bind");
  } else {
    out.by = parent.by;
  }
  out.in_force.from = std::max(out.in_force.from, own.from);
  out.in_force.until = std::min(out.in_force.until, own.until);
  if (out.in_force.empty()) {
    b.error(span, "this " + std::string(what) + " can never be in force",
            {{{}, "it would begin on " + format_date(out.in_force.from) + " and end on " + format_date(out.in_force.until)}});
  }
  return out;
}

const Type& ProcedureBuilder::type_of(const FactPath& fact) const {
  return b_.entity(fact.entity).facts[static_cast<size_t>(fact.fact)].type;
}

std::optional<FactPath> find_fact_path(Builder& b, EntityId start, const std::vector<Name>& names, bool one) {
  FactPath out;
  out.entity = start;
  out.span = {names.front().span.file, names.front().span.begin, names.back().span.end};
  for (size_t i = 0; i < names.size(); ++i) {
    const Entity& entity = b.entity(out.entity);
    const std::string& name = names[i].text;
    if (i > 0) out.text += ".";
    out.text += name;
    const int32_t link = entity.find_link(name);
    if (link != kNoId && later(names, i)) {
      const Link& info = entity.links[static_cast<size_t>(link)];
      if (info.many) out.text += "[]";
      out.through_many = out.through_many || info.many;
      out.entity = info.target;
      continue;
    }
    out.fact = later(names, i) ? kNoId : entity.find_fact(name);
    if (out.fact != kNoId) continue;
    if (link != kNoId) {
      b.error(names[i].span, "`" + name + "` is a link; name one of its facts", {{{}, "as in `" + name + ".…`"}});
      return std::nullopt;
    }
    std::vector<std::string> known = names_of(entity.facts);
    for (const Link& known_link : entity.links) known.push_back(known_link.name);
    b.unknown("fact of " + entity.name, names[i], known);
    return std::nullopt;
  }
  if (one && out.through_many) {
    b.error(out.span, "this leads through a link to many, where one fact is meant");
    return std::nullopt;
  }
  return out;
}

std::vector<FactPath> ProcedureBuilder::paths(const std::vector<AskDecl>& asks, const std::string& done) {
  std::vector<FactPath> out;
  std::map<std::string, Span> seen;
  for (const AskDecl& ask : asks) {
    for (const std::vector<Name>& names : ask.paths) {
      auto fact = path(names, false);
      if (!fact) continue;
      const auto [it, first] = seen.emplace(fact->text, fact->span);
      if (!first) b_.error(fact->span, "`" + fact->text + "` is " + done + " twice", {{it->second, "first " + done + " here"}});
      if (first) out.push_back(std::move(*fact));
    }
  }
  return out;
}

NormId ProcedureBuilder::set_norm(const Name& name) {
  const NormId id = b_.corpus.find_norm(b_.entity(out_.entity).name + "." + name.text);
  if (id != kNoId && b_.norm(id).type.kind == Kind::kSet && b_.norm(id).under == kNoId) return id;
  std::vector<std::string> known;
  for (const Norm& norm : b_.corpus.norms) {
    if (norm.entity == out_.entity && norm.type.kind == Kind::kSet) known.push_back(norm.name);
  }
  if (id == kNoId) b_.unknown("set norm of " + b_.entity(out_.entity).name, name, known);
  if (id != kNoId) b_.error(name.span, "`" + name.text + "` is " + type_name(b_.corpus, b_.norm(id).type) + ", where a set norm is needed");
  return kNoId;
}

NormId add_hidden_norm(Builder& b, EntityId entity, NodeId value, const Type& type, const std::vector<CitationRef>& by, std::string place,
                       const std::string& label, Span span) {
  const NormId id = static_cast<NormId>(b.corpus.norms.size());
  const RuleId rule_id = static_cast<RuleId>(b.corpus.rules.size());
  RuleInfo rule;
  rule.norm = id;
  rule.number = 1;
  rule.by = by;
  rule.value = value;
  rule.span = span;
  b.corpus.rules.push_back(std::move(rule));
  Norm out;
  out.name = std::move(place);
  out.entity = entity;
  out.type = type;
  out.label = label;
  out.is_definition = true;
  out.of_procedure = true;
  out.rules = {rule_id};
  out.span = span;
  b.corpus.norms.push_back(std::move(out));
  return id;
}

NormId ProcedureBuilder::norm(const ExprPtr& expr, Type type, const PartContext& part, std::string place, const std::string& label) {
  if (!expr) return kNoId;
  const NodeId value = Lowering(b_, out_.entity).lower_as(*expr, type);
  if (value == kNoId) return kNoId;
  return add_hidden_norm(b_, out_.entity, value, type, part.by, std::move(place), label, expr->span);
}

void ProcedureBuilder::roles() {
  std::map<std::string, Span> seen;
  constexpr std::array<Role::Kind, 3> kKinds = {Role::Kind::kParty, Role::Kind::kOffice, Role::Kind::kOther};
  for (const RoleDecl& decl : decl_.roles) {
    need_label(b_, decl.label, decl.name);
    if (decl.name.text == "clock") {
      b_.error(decl.name.span, "`clock` takes part in every procedure; it is not declared");
      continue;
    }
    if (!is_new(b_, seen, decl.name, "participant")) continue;
    Role role{kKinds[static_cast<size_t>(decl.kind)], decl.name.text, decl.label, std::nullopt, decl.name.span};
    if (!decl.within.empty()) role.within = path(decl.within, true);
    role.without_account = decl.without_account;
    if (decl.without_account) need_key(role);
    out_.roles.push_back(std::move(role));
  }
  if (std::ranges::none_of(out_.roles, [](const Role& role) { return role.kind == Role::Kind::kParty; }))
    b_.error(decl_.name.span, "nobody files cases of this procedure", {{{}, "declare a `party`"}});
  out_.roles.push_back({Role::Kind::kClock, "clock", "Clock", std::nullopt, decl_.name.span});
}

/// What the office keeps of a key is a text.
void ProcedureBuilder::need_key(const Role& role) {
  if (role.kind != Role::Kind::kParty) b_.error(role.span, "only a `party` needs no account");
  if (role.within && type_of(*role.within).kind != Kind::kText)
    b_.error(role.within->span,
             "what is kept of a key is a text, but `" + role.within->text + "` is " + type_name(b_.corpus, type_of(*role.within)));
}

int32_t ProcedureBuilder::role(const Name& name) {
  const int32_t id = out_.find_role(name.text);
  if (id == kNoId) b_.unknown("participant", name, names_of(out_.roles));
  return id;
}

void ProcedureBuilder::documents() {
  for (const DocumentsDecl& decl : decl_.documents) out_.documents = set_norm(decl.norm);
}

void ProcedureBuilder::known(const KnowsDecl& decl) {
  auto fact = path(decl.path, true);
  if (!fact) return;
  for (const Known& other : out_.knows) {
    if (other.path.text == fact->text)
      b_.error(fact->span, "`" + fact->text + "` is looked up twice", {{other.span, "first looked up here"}});
  }
  Known out;
  out.span = decl.span;
  const std::string place = at("knows/" + fact->text);
  const Fact& info = b_.entity(fact->entity).facts[static_cast<size_t>(fact->fact)];
  const std::string label = info.label;
  const Type type = info.type;
  if (decl.value) {
    out.value = norm(decl.value, type, whole_, place, label);
  } else {
    out.balance_of = keyed(decl.balance_of, whole_, place, label);
    if (type.kind != Kind::kWhole)
      b_.error(fact->span, "a balance is a whole number, but `" + fact->text + "` is " + type_name(b_.corpus, type));
  }
  out.path = std::move(*fact);
  out_.knows.push_back(std::move(out));
}

int32_t ProcedureBuilder::account(const Name& name) {
  const int32_t id = b_.corpus.find_account(name.text);
  if (id == kNoId) b_.unknown("account", name, names_of(b_.corpus.accounts));
  return id;
}

AccountUse ProcedureBuilder::keyed(const KeyedDecl& decl, const PartContext& part, const std::string& place, const std::string& label) {
  AccountUse out{account(decl.name), {}};
  if (out.account == kNoId) return out;
  const Account info = b_.corpus.accounts[static_cast<size_t>(out.account)];
  if (info.keys.size() != decl.keys.size()) {
    b_.error(decl.name.span,
             "`" + info.name + "` has " + std::to_string(info.keys.size()) + " keys, here stand " + std::to_string(decl.keys.size()),
             {{info.span, "declared here"}});
    return out;
  }
  for (size_t i = 0; i < decl.keys.size(); ++i)
    out.keys.push_back(norm(decl.keys[i], info.keys[i], part, place + "/key/" + std::to_string(i + 1), label));
  return out;
}

void ProcedureBuilder::form(const FormDecl& decl) {
  need_label(b_, decl.label, decl.name);
  for (const Form& other : out_.forms) {
    if (other.name == decl.name.text)
      return b_.error(decl.name.span, "form `" + other.name + "` is declared twice", {{other.span, "first declared here"}});
  }
  const PartContext context = part(decl.dated, whole_, decl.name.span, "form");
  Form out{decl.name.text, decl.label, kNoId, paths(decl.asks), context.in_force, context.by, decl.name.span};
  out.when = norm(decl.when, {Kind::kYesNo, false, -1}, context, at("form/" + decl.name.text), decl.label);
  if (decl.asks.empty()) b_.error(decl.name.span, "this form asks nothing", {{{}, "add `ask` and the facts below it"}});
  for (const FactPath& fact : out.asks) {
    const auto it = std::ranges::find(out_.knows, fact.text, [](const Known& known) { return known.path.text; });
    if (it != out_.knows.end()) b_.error(fact.span, "`" + fact.text + "` is looked up, and so not asked", {{it->span, "looked up here"}});
  }
  out_.forms.push_back(std::move(out));
}

void ProcedureBuilder::aim(const AimDecl& decl) {
  for (const Name& name : decl.states) {
    const int32_t id = out_.find_state(name.text);
    if (id == kNoId) {
      b_.unknown("state", name, names_of(out_.states));
      continue;
    }
    ProcedureState& state = out_.states[static_cast<size_t>(id)];
    if (state.is_aim) b_.error(name.span, "`" + name.text + "` stands twice here");
    state.is_aim = true;
  }
}

void ProcedureBuilder::declare_states() {
  std::map<std::string, Span> seen;
  for (const StateDecl& decl : decl_.states) {
    need_label(b_, decl.label, decl.name);
    if (!is_new(b_, seen, decl.name, "state")) continue;
    out_.states.push_back({decl.name.text, decl.label, decl.is_final, false, {}, {}, decl.span});
  }
  if (out_.states.empty()) b_.error(decl_.name.span, "this procedure has no state");
  if (!out_.states.empty() && out_.states.front().is_final)
    b_.error(out_.states.front().span, "cases start in the first state, which cannot be final");
}

}  // namespace koshi::zan
