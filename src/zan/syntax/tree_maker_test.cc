#include "zan/syntax/tree_maker.h"

#include <algorithm>

namespace koshi::zan {
namespace {

/// Among them words with a meaning elsewhere in the language that are no reserved words.
const std::vector<std::string> kNames = {"a",       "b",      "person",  "arrived", "days",    "months", "working", "tenge", "count",
                                         "any",     "all",    "share",   "sum",     "max",     "min",    "help",    "ask",   "state",
                                         "party",   "within", "account", "empty",   "form",    "sets",   "needs",   "final", "read",
                                         "unknown", "mci",    "x_1",     "force",   "needing", "KZ"};
const std::vector<std::string> kCodes = {"KZ", "KZ-75", "2221", "norm", "no", "first", "a b"};
const std::vector<std::string> kTexts = {"", "Label", "Срок регистрации", "a -- b", "it's [x] {y}", "by LMP"};
const std::vector<std::string> kPlaces = {"", "art. 6(4)", "cl. 9, para. 2", "\"4\"", "п. 7' and D2", "from 2011-01-01"};
const std::vector<std::string> kUnits = {"days", "working days", "months", "years", "tenge", "tiyn"};
const std::vector<std::string> kComments = {"", "note", "a longer note -- with \"signs\"", "norm"};

}  // namespace

bool TreeMaker::chance(int percent) {
  return below(100) < static_cast<size_t>(percent);
}

size_t TreeMaker::below(size_t count) {
  return random_() % count;
}

Name TreeMaker::name() {
  return {.text = one_of(kNames), .span = {}};
}

Name TreeMaker::code() {
  return {.text = one_of(kCodes), .span = {}};
}

std::string TreeMaker::text() {
  return one_of(kTexts);
}

Date TreeMaker::date() {
  const auto days = static_cast<size_t>(kLastDate.days - kFirstDate.days + 1);
  return {kFirstDate.days + static_cast<int32_t>(below(days))};
}

std::optional<Date> TreeMaker::maybe_date() {
  return chance(40) ? std::optional(date()) : std::nullopt;
}

Comments TreeMaker::comments() {
  Comments out;
  while (chance(15)) out.above.push_back(one_of(kComments));
  if (chance(15)) out.beside = one_of(kComments);
  return out;
}

Citation TreeMaker::citation(bool confidence) {
  Citation out;
  out.act = name();
  out.place = one_of(kPlaces);
  if (confidence) out.confidence = static_cast<Confidence>(below(4));
  return out;
}

std::vector<Citation> TreeMaker::citations() {
  std::vector<Citation> out;
  while (chance(40)) out.push_back(citation(true));
  return out;
}

TypeRef TreeMaker::type() {
  TypeRef out;
  out.is_set = chance(20);
  out.name = !out.is_set && chance(40) ? Name{.text = "yes/no", .span = {}} : name();
  out.or_none = chance(20);
  return out;
}

ExprPtr TreeMaker::make(ExprKind kind) {
  ExprPtr out = std::make_unique<Expr>();
  out->kind = kind;
  return out;
}

ExprPtr TreeMaker::with(ExprKind kind, ExprPtr first, ExprPtr second) {
  ExprPtr out = make(kind);
  out->args.push_back(std::move(first));
  if (second) out->args.push_back(std::move(second));
  return out;
}

ExprPtr TreeMaker::number() {
  ExprPtr out = make(ExprKind::kNumber);
  out->text = one_of<std::string>({"1", "0", "5", "3.5", "007", "0.123456789"});
  return out;
}

ExprPtr TreeMaker::path() {
  ExprPtr out = make(ExprKind::kPath);
  do out->path.push_back(name());
  while (chance(25));
  if (chance(10)) out->under = name();
  return out;
}

ExprPtr TreeMaker::literal() {
  switch (below(9)) {
    case 0: return number();
    case 1: return with(ExprKind::kPercent, number());
    case 2: {
      ExprPtr out = with(ExprKind::kQuantity, number());
      out->unit.text = chance(50) ? one_of(kUnits) : "mci";
      return chance(30) ? with(ExprKind::kNegate, std::move(out)) : std::move(out);
    }
    case 3: return with(ExprKind::kNegate, number());
    case 4: {
      ExprPtr out = make(ExprKind::kDate);
      out->date = date();
      return out;
    }
    case 5: {
      ExprPtr out = make(ExprKind::kCode);
      out->text = code().text;
      return out;
    }
    case 6: {
      ExprPtr out = make(ExprKind::kText);
      out->text = text();
      return out;
    }
    case 7: {
      ExprPtr out = make(ExprKind::kPath);
      out->path.push_back(name());
      return out;
    }
    default: return make(one_of<ExprKind>({ExprKind::kYes, ExprKind::kNo, ExprKind::kNone}));
  }
}

ExprPtr TreeMaker::set() {
  ExprPtr out = make(ExprKind::kSet);
  while (chance(60)) out->args.push_back(literal());
  return out;
}

ExprPtr TreeMaker::leaf() {
  switch (below(5)) {
    case 0: return literal();
    case 1: return chance(80) ? make(ExprKind::kToday) : set();
    case 2: return with(ExprKind::kKnown, path());
    default: return path();
  }
}

ExprPtr TreeMaker::call(int depth) {
  ExprPtr out = make(ExprKind::kCall);
  out->path.push_back({.text = one_of<std::string>({"f", "completed_years", "days", "max", "min"}), .span = {}});
  out->args.push_back(expression(depth));
  // One argument alone would make of max and min an aggregate.
  do out->args.push_back(expression(depth));
  while (chance(30));
  return out;
}

ExprPtr TreeMaker::aggregate(int depth) {
  ExprPtr out = make(ExprKind::kAggregate);
  out->aggregate = static_cast<Aggregate>(below(7));
  out->path = path()->path;
  if (out->aggregate >= Aggregate::kSum) out->value = expression(depth);
  if (chance(50)) out->condition = expression(depth);
  return out;
}

ExprPtr TreeMaker::quantity(int depth) {
  ExprPtr out = with(ExprKind::kQuantity, chance(50) ? number() : expression(depth));
  const bool number = out->args[0]->kind == ExprKind::kNumber;
  out->unit.text = number && chance(40) ? name().text : one_of(kUnits);
  if (out->unit.text == "working") out->unit.text = "mci";
  return out;
}

ExprPtr TreeMaker::rounded(int depth) {
  ExprPtr out = with(ExprKind::kRounded, expression(depth));
  out->rounding = static_cast<Rounding>(below(3));
  if (chance(40)) out->unit.text = chance(50) ? "tenge" : "tiyn";
  return out;
}

ExprPtr TreeMaker::conditional(int depth) {
  ExprPtr out = with(ExprKind::kIf, expression(depth), expression(depth));
  out->args.push_back(expression(depth));
  return out;
}

ExprPtr TreeMaker::expression(int depth) {
  if (depth <= 0) return leaf();
  --depth;
  switch (below(16)) {
    case 0: return with(ExprKind::kNot, expression(depth));
    case 1: return with(ExprKind::kNegate, expression(depth));
    case 2: {
      ExprPtr out = with(ExprKind::kIn, expression(depth), chance(50) ? set() : path());
      out->negated = chance(50);
      return out;
    }
    case 3: {
      ExprPtr out = with(chance(70) ? ExprKind::kIsNone : ExprKind::kIsEmpty, expression(depth));
      out->negated = chance(50);
      return out;
    }
    case 4: return conditional(depth);
    case 5: return quantity(depth);
    case 6: return rounded(depth);
    case 7: return aggregate(depth);
    case 8: return call(depth);
    case 9: return with(ExprKind::kOnDate, path(), expression(depth));
    case 10: return leaf();
    default: {
      ExprPtr out = with(ExprKind::kBinary, expression(depth), expression(depth));
      out->op = static_cast<BinaryOp>(below(13));
      return out;
    }
  }
}

Rule TreeMaker::rule(int depth) {
  Rule out;
  out.comments = comments();
  if (chance(40)) out.label = name();
  if (chance(15)) {
    out.reinstate = name();
  } else {
    out.value = expression(static_cast<int>(below(4)));
  }
  if (chance(50)) out.when = expression(static_cast<int>(below(4)));
  out.from = maybe_date();
  out.until = maybe_date();
  out.by = citations();
  if (depth > 0 && chance(40)) out.exceptions = rules(depth - 1, 2);
  return out;
}

std::vector<Rule> TreeMaker::rules(int depth, size_t most) {
  std::vector<Rule> out;
  const size_t count = below(most + 1);
  for (size_t i = 0; i < count; ++i) out.push_back(rule(depth));
  return out;
}

MissingDecl TreeMaker::missing() {
  MissingDecl out;
  out.comments = comments();
  out.dated = dated();
  if (out.dated.by.empty()) out.dated.by.push_back(citation(true));
  return out;
}

NormDecl TreeMaker::norm() {
  NormDecl out;
  out.comments = comments();
  out.is_definition = chance(30);
  out.name = name();
  if (chance(80)) out.entity = name();
  if (chance(20)) out.under = name();
  out.type = type();
  out.label = text();
  if (chance(20)) out.help = "Help";
  out.by = citations();
  while (chance(20)) out.missing.push_back(missing());
  out.rules = rules(2, 3);
  out.exceptions = rules(1, 2);
  return out;
}

EnumDecl TreeMaker::enumeration() {
  EnumDecl out;
  out.comments = comments();
  out.name = name();
  out.label = text();
  if (chance(20)) {
    out.csv = "x.csv";
    return out;
  }
  while (chance(60)) out.members.push_back({.comments = comments(), .code = code(), .label = text()});
  return out;
}

SetDecl TreeMaker::set_of() {
  SetDecl out;
  out.comments = comments();
  out.name = name();
  out.of = name();
  out.label = text();
  out.by = citations();
  while (chance(50)) {
    SetRow row{.comments = comments(), .members = {code()}, .from = maybe_date(), .until = maybe_date()};
    while (chance(80)) row.members.push_back(code());
    out.rows.push_back(std::move(row));
  }
  return out;
}

EntityDecl TreeMaker::entity() {
  EntityDecl out;
  out.comments = comments();
  out.name = name();
  out.label = text();
  while (chance(60)) {
    FactDecl fact;
    fact.comments = comments();
    fact.name = name();
    fact.type = type();
    if (chance(20)) fact.format = name();
    fact.label = text();
    if (chance(50)) fact.ask = "Ask?";
    if (chance(30)) fact.help = "Help.";
    out.facts.push_back(std::move(fact));
  }
  while (chance(40)) {
    out.links.push_back({.comments = comments(), .name = name(), .many = chance(50), .target = name(), .label = text(), .span = {}});
  }
  while (chance(40)) out.musts.push_back({.comments = comments(), .condition = expression(3), .message = text(), .span = {}});
  if (chance(20)) {
    IdentityDecl identity;
    identity.comments = comments();
    identity.kind.text = chance(50) ? "person" : "employer";
    identity.number = name();
    if (chance(50)) {
      identity.passport = name();
      identity.country = name();
    }
    if (chance(50)) identity.name = name();
    if (chance(50)) identity.born = name();
    out.identities.push_back(std::move(identity));
  }
  return out;
}

Change TreeMaker::change() {
  Change out;
  out.comments = comments();
  out.kind = static_cast<Change::Kind>(below(5));
  const bool has_label = out.kind != Change::Kind::kPrevail && (out.kind != Change::Kind::kInsert || chance(50));
  if (has_label) out.label = name();
  if (out.kind == Change::Kind::kRepeal || out.kind == Change::Kind::kSuspend) {
    out.from = maybe_date();
    if (out.kind == Change::Kind::kSuspend) out.until = maybe_date();
  } else {
    out.rule = rule(1);
    out.rule->comments = {};
  }
  return out;
}

ReformDecl TreeMaker::reform() {
  ReformDecl out;
  out.comments = comments();
  out.name = name();
  out.title = text();
  out.by = citations();
  out.from = maybe_date();
  while (chance(50)) {
    Amend amend;
    amend.comments = comments();
    amend.norm = name();
    if (chance(70)) amend.entity = name();
    if (chance(30)) amend.under = name();
    while (chance(60)) amend.changes.push_back(change());
    out.amends.push_back(std::move(amend));
  }
  while (chance(30)) out.norms.push_back(norm());
  return out;
}

Subject TreeMaker::subject(int depth) {
  Subject out;
  out.comments = comments();
  out.name = name();
  while (chance(70)) out.facts.push_back({.path = path()->path, .value = chance(80) ? literal() : set()});
  while (depth > 0 && chance(40)) out.links.push_back(subject(depth - 1));
  return out;
}

Expect TreeMaker::expect() {
  Expect out;
  out.comments = comments();
  out.norm = path()->path;
  if (chance(20)) out.under = name();
  out.kind = static_cast<Expect::Kind>(below(4));
  if (out.kind == Expect::Kind::kValue) out.value = chance(80) ? literal() : set();
  while (out.kind == Expect::Kind::kUnknown && chance(60)) out.needing.push_back(path()->path);
  if (chance(40)) out.because = citation(false);
  return out;
}

CaseDecl TreeMaker::example() {
  CaseDecl out;
  out.comments = comments();
  out.title = text();
  out.on = date();
  while (chance(30)) out.reforms.push_back(name());
  out.subject = subject(2);
  while (chance(60)) out.expects.push_back(expect());
  return out;
}

Dated TreeMaker::dated() {
  return {.from = maybe_date(), .until = maybe_date(), .by = citations()};
}

KeyedDecl TreeMaker::keyed() {
  KeyedDecl out{.name = name(), .keys = {}};
  while (chance(60)) out.keys.push_back(expression(2));
  return out;
}

AskDecl TreeMaker::ask() {
  AskDecl out{.comments = comments(), .paths = {path()->path}, .span = {}};
  while (chance(60)) out.paths.push_back(path()->path);
  return out;
}

EffectDecl TreeMaker::effect() {
  using Kind = EffectDecl::Kind;
  EffectDecl out;
  out.comments = comments();
  out.kind = static_cast<Kind>(below(13));
  const auto is = [&](std::initializer_list<Kind> kinds) { return std::find(kinds.begin(), kinds.end(), out.kind) != kinds.end(); };
  if (is({Kind::kSets, Kind::kRecords})) out.path = path()->path;
  if (is({Kind::kSets, Kind::kRecords, Kind::kReserve, Kind::kAllot, Kind::kWithdraw, Kind::kMove, Kind::kCharges}))
    out.value = expression(3);
  if (is({Kind::kReserve, Kind::kAllot, Kind::kWithdraw, Kind::kMove})) out.account = keyed();
  if (out.kind == Kind::kMove) out.to = keyed();
  if (out.kind == Kind::kReserve && chance(50)) out.until = expression(2);
  if (is({Kind::kCommit, Kind::kRelease, Kind::kGrounds, Kind::kIssues, Kind::kNotice})) out.name = name();
  if (is({Kind::kCharges, Kind::kIssues, Kind::kNotice})) out.label = text();
  while (out.kind == Kind::kIssues && chance(30)) out.letter.push_back(text());
  while (out.kind == Kind::kIssues && chance(30)) out.tells.push_back(path()->path);
  return out;
}

ActionDecl TreeMaker::action() {
  ActionDecl out;
  out.comments = comments();
  out.name = name();
  out.label = text();
  if (chance(20)) out.help = "Help";
  do {
    out.roles.push_back(name());
  } while (chance(30));
  out.target = name();
  if (chance(30)) out.when = expression(3);
  out.dated = dated();
  while (chance(40)) out.asks.push_back(ask());
  while (chance(30)) {
    const bool forms = chance(50);
    out.needs.push_back({.comments = comments(), .forms = forms, .documents = !forms || chance(50), .span = {}});
  }
  while (chance(40))
    out.requirements.push_back({.comments = comments(), .condition = expression(3), .label = text(), .dated = dated(), .span = {}});
  while (chance(70)) out.effects.push_back(effect());
  return out;
}

StateDecl TreeMaker::state() {
  StateDecl out;
  out.comments = comments();
  out.name = name();
  out.label = text();
  out.is_final = chance(30);
  while (chance(40)) {
    DeadlineDecl deadline;
    deadline.comments = comments();
    if (chance(50)) {
      deadline.count = expression(2);
      deadline.unit.text = one_of<std::string>({"days", "working days", "months", "years"});
    } else {
      deadline.day = expression(3);
    }
    if (chance(50)) deadline.action = name();
    deadline.dated = dated();
    out.deadlines.push_back(std::move(deadline));
  }
  while (chance(50)) out.actions.push_back(action());
  return out;
}

FormDecl TreeMaker::form() {
  FormDecl out;
  out.comments = comments();
  out.name = name();
  out.label = text();
  if (chance(40)) out.when = expression(3);
  out.dated = dated();
  while (chance(60)) out.asks.push_back(ask());
  return out;
}

ProcedureDecl TreeMaker::procedure() {
  ProcedureDecl out;
  out.comments = comments();
  out.name = name();
  out.entity = name();
  out.label = text();
  if (chance(30)) out.help = "Help";
  out.dated = dated();
  if (chance(20)) out.sealed = Span{};
  while (chance(60)) {
    RoleDecl role{
        .comments = comments(), .kind = static_cast<RoleDecl::Kind>(below(3)), .name = name(), .label = text(), .within = {}, .span = {}};
    if (chance(40)) role.within = path()->path;
    role.without_account = !role.within.empty() && chance(30);
    out.roles.push_back(std::move(role));
  }
  if (chance(40)) out.documents.push_back({.comments = comments(), .norm = name(), .span = {}});
  if (chance(30)) out.numbers.push_back({.comments = comments(), .pattern = text(), .span = {}});
  if (chance(30)) out.aims.push_back({.comments = comments(), .states = path()->path, .span = {}});
  while (chance(40)) {
    KnowsDecl knows{.comments = comments(), .path = path()->path, .value = nullptr, .balance_of = {}, .span = {}};
    if (chance(50)) {
      knows.value = expression(3);
    } else {
      knows.balance_of = keyed();
    }
    out.knows.push_back(std::move(knows));
  }
  while (chance(50)) out.forms.push_back(form());
  while (chance(60)) out.states.push_back(state());
  return out;
}

FigureDecl TreeMaker::figure() {
  FigureDecl out;
  out.comments = comments();
  out.name = name();
  out.label = text();
  if (chance(40)) out.amount = expression(3);
  out.of = static_cast<FigureDecl::Of>(below(4));
  if (out.of != FigureDecl::Of::kFiled) {
    do {
      out.places.push_back(name());
    } while (chance(30));
  }
  if (chance(40)) out.where = expression(3);
  return out;
}

ReturnDecl TreeMaker::returned() {
  ReturnDecl out;
  out.comments = comments();
  out.name = name();
  do {
    out.procedures.push_back(name());
  } while (chance(30));
  out.label = text();
  if (chance(30)) out.help = "Help";
  out.dated = dated();
  out.period = static_cast<ReturnDecl::Period>(below(3));
  while (chance(60)) {
    ReaderDecl reader{.comments = comments(), .role = name(), .within = {}, .span = {}};
    if (chance(40)) reader.within = name();
    out.readers.push_back(std::move(reader));
  }
  while (chance(60)) out.rows.push_back({.comments = comments(), .name = name(), .label = text(), .value = expression(3), .span = {}});
  while (chance(60)) out.figures.push_back(figure());
  return out;
}

AccountDecl TreeMaker::account() {
  AccountDecl out{.comments = comments(), .name = name(), .keys = {}, .label = text(), .span = {}};
  while (chance(60)) out.keys.push_back(type());
  return out;
}

FileTree TreeMaker::file() {
  FileTree out;
  const auto add = [&](DeclKind kind, auto& list, auto decl) {
    out.order.emplace_back(kind, list.size());
    list.push_back(std::move(decl));
  };
  do {
    switch (below(10)) {
      case 0: add(DeclKind::kEnum, out.enums, enumeration()); break;
      case 1: add(DeclKind::kSet, out.sets, set_of()); break;
      case 2: add(DeclKind::kEntity, out.entities, entity()); break;
      case 3: add(DeclKind::kReform, out.reforms, reform()); break;
      case 4: add(DeclKind::kCase, out.cases, example()); break;
      case 5: add(DeclKind::kAccount, out.accounts, account()); break;
      case 6: add(DeclKind::kProcedure, out.procedures, procedure()); break;
      case 7: add(DeclKind::kReturn, out.returns, returned()); break;
      default: add(DeclKind::kNorm, out.norms, norm()); break;
    }
  } while (chance(40));
  if (chance(20)) out.closing_comments.push_back("the end");
  return out;
}

}  // namespace koshi::zan
