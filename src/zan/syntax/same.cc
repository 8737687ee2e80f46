#include <algorithm>

#include "zan/syntax/printer.h"

namespace koshi::zan {
namespace {

// What a type lists here is all that tells two of its values apart; places and comments are left out.

template <typename T>
bool same(const std::vector<T>& a, const std::vector<T>& b);

bool same(const Name& a, const Name& b) {
  return a.text == b.text;
}

bool same(const ExprPtr& a, const ExprPtr& b) {
  if (!a || !b) return !a && !b;
  return zan::same(*a, *b);
}

bool same(const TypeRef& a, const TypeRef& b) {
  return same(a.name, b.name) && a.is_set == b.is_set && a.or_none == b.or_none;
}

bool same(const Citation& a, const Citation& b) {
  return same(a.act, b.act) && a.place == b.place && a.confidence == b.confidence;
}

bool same(const Rule& a, const Rule& b) {
  return same(a.label, b.label) && same(a.reinstate, b.reinstate) && same(a.value, b.value) && same(a.when, b.when) && a.from == b.from &&
         a.until == b.until && same(a.by, b.by) && same(a.exceptions, b.exceptions);
}

bool same(const ActDecl& a, const ActDecl& b) {
  return a.kind == b.kind && same(a.name, b.name) && a.title == b.title && a.number == b.number && a.url == b.url && a.made == b.made &&
         a.from == b.from && a.until == b.until && a.not_ratified == b.not_ratified && same(a.replaces, b.replaces);
}

bool same(const EnumMember& a, const EnumMember& b) {
  return same(a.code, b.code) && a.label == b.label;
}

bool same(const EnumDecl& a, const EnumDecl& b) {
  return same(a.name, b.name) && a.label == b.label && a.csv == b.csv && same(a.members, b.members);
}

bool same(const SetRow& a, const SetRow& b) {
  return same(a.members, b.members) && a.from == b.from && a.until == b.until;
}

bool same(const SetDecl& a, const SetDecl& b) {
  return same(a.name, b.name) && same(a.of, b.of) && a.label == b.label && same(a.by, b.by) && same(a.rows, b.rows);
}

bool same(const CalendarDecl& a, const CalendarDecl& b) {
  return a.csv == b.csv;
}

bool same(const TopicDecl& a, const TopicDecl& b) {
  return same(a.name, b.name) && a.label == b.label;
}

bool same(const FactDecl& a, const FactDecl& b) {
  return same(a.name, b.name) && same(a.type, b.type) && same(a.format, b.format) && a.label == b.label && a.ask == b.ask &&
         a.help == b.help;
}

bool same(const LinkDecl& a, const LinkDecl& b) {
  return same(a.name, b.name) && a.many == b.many && same(a.target, b.target) && a.label == b.label;
}

bool same(const MustDecl& a, const MustDecl& b) {
  return same(a.condition, b.condition) && a.message == b.message;
}

bool same(const IdentityDecl& a, const IdentityDecl& b) {
  return same(a.kind, b.kind) && same(a.number, b.number) && same(a.passport, b.passport) && same(a.country, b.country) &&
         same(a.name, b.name) && same(a.born, b.born);
}

bool same(const EntityDecl& a, const EntityDecl& b) {
  return same(a.name, b.name) && a.label == b.label && same(a.facts, b.facts) && same(a.links, b.links) && same(a.musts, b.musts) &&
         same(a.identities, b.identities);
}

bool same(const Dated& a, const Dated& b) {
  return a.from == b.from && a.until == b.until && same(a.by, b.by);
}

bool same(const MissingDecl& a, const MissingDecl& b) {
  return same(a.dated, b.dated);
}

bool same(const NormDecl& a, const NormDecl& b) {
  return a.is_definition == b.is_definition && same(a.name, b.name) && same(a.entity, b.entity) && same(a.under, b.under) &&
         same(a.type, b.type) && a.label == b.label && a.help == b.help && same(a.by, b.by) && same(a.missing, b.missing) &&
         same(a.rules, b.rules) && same(a.exceptions, b.exceptions) && same(a.topic, b.topic);
}

bool same(const TableDecl& a, const TableDecl& b) {
  return same(a.name, b.name) && same(a.entity, b.entity) && same(a.keys, b.keys) && same(a.type, b.type) && a.label == b.label &&
         a.help == b.help && a.csv == b.csv && same(a.by, b.by) && same(a.missing, b.missing) && same(a.topic, b.topic);
}

bool same(const Change& a, const Change& b) {
  if (a.rule.has_value() != b.rule.has_value()) return false;
  return a.kind == b.kind && same(a.label, b.label) && (!a.rule || same(*a.rule, *b.rule)) && a.from == b.from && a.until == b.until;
}

bool same(const Amend& a, const Amend& b) {
  return same(a.norm, b.norm) && same(a.entity, b.entity) && same(a.under, b.under) && same(a.changes, b.changes);
}

bool same(const ReformDecl& a, const ReformDecl& b) {
  return same(a.name, b.name) && a.title == b.title && same(a.by, b.by) && a.from == b.from && same(a.amends, b.amends) &&
         same(a.norms, b.norms);
}

bool same(const Assignment& a, const Assignment& b) {
  return same(a.path, b.path) && same(a.value, b.value);
}

bool same(const Subject& a, const Subject& b) {
  return same(a.name, b.name) && same(a.facts, b.facts) && same(a.links, b.links);
}

bool same(const Expect& a, const Expect& b) {
  if (a.because.has_value() != b.because.has_value()) return false;
  return same(a.norm, b.norm) && same(a.under, b.under) && a.kind == b.kind && same(a.value, b.value) && same(a.needing, b.needing) &&
         (!a.because || same(*a.because, *b.because));
}

bool same(const CaseDecl& a, const CaseDecl& b) {
  return a.title == b.title && a.on == b.on && same(a.reforms, b.reforms) && same(a.subject, b.subject) && same(a.expects, b.expects);
}

bool same(const AccountDecl& a, const AccountDecl& b) {
  return same(a.name, b.name) && same(a.keys, b.keys) && a.label == b.label;
}

bool same(const RoleDecl& a, const RoleDecl& b) {
  return a.kind == b.kind && same(a.name, b.name) && a.label == b.label && same(a.within, b.within) &&
         a.without_account == b.without_account;
}

bool same(const DocumentsDecl& a, const DocumentsDecl& b) {
  return same(a.norm, b.norm);
}

bool same(const KeyedDecl& a, const KeyedDecl& b) {
  return same(a.name, b.name) && same(a.keys, b.keys);
}

bool same(const KnowsDecl& a, const KnowsDecl& b) {
  return same(a.path, b.path) && same(a.value, b.value) && same(a.balance_of, b.balance_of);
}

bool same(const AskDecl& a, const AskDecl& b) {
  return same(a.paths, b.paths);
}

bool same(const FormDecl& a, const FormDecl& b) {
  return same(a.name, b.name) && a.label == b.label && same(a.when, b.when) && same(a.dated, b.dated) && same(a.asks, b.asks);
}

bool same(const NeedsDecl& a, const NeedsDecl& b) {
  return a.forms == b.forms && a.documents == b.documents;
}

bool same(const RequireDecl& a, const RequireDecl& b) {
  return same(a.condition, b.condition) && a.label == b.label && same(a.dated, b.dated);
}

bool same(const EffectDecl& a, const EffectDecl& b) {
  return a.kind == b.kind && same(a.path, b.path) && same(a.value, b.value) && same(a.account, b.account) && same(a.to, b.to) &&
         same(a.until, b.until) && same(a.name, b.name) && a.label == b.label && a.letter == b.letter && same(a.tells, b.tells);
}

bool same(const ActionDecl& a, const ActionDecl& b) {
  return same(a.name, b.name) && a.label == b.label && a.help == b.help && same(a.roles, b.roles) && same(a.target, b.target) &&
         same(a.when, b.when) && same(a.dated, b.dated) && same(a.asks, b.asks) && same(a.needs, b.needs) &&
         same(a.requirements, b.requirements) && same(a.effects, b.effects);
}

bool same(const DeadlineDecl& a, const DeadlineDecl& b) {
  return same(a.count, b.count) && same(a.unit, b.unit) && same(a.day, b.day) && same(a.action, b.action) && same(a.dated, b.dated);
}

bool same(const StateDecl& a, const StateDecl& b) {
  return same(a.name, b.name) && a.label == b.label && a.is_final == b.is_final && same(a.deadlines, b.deadlines) &&
         same(a.actions, b.actions);
}

bool same(const NumberDecl& a, const NumberDecl& b) {
  return a.pattern == b.pattern;
}

bool same(const AimDecl& a, const AimDecl& b) {
  return same(a.states, b.states);
}

bool same(const TakesDecl& a, const TakesDecl& b) {
  return same(a.paths, b.paths) && same(a.procedure, b.procedure) && same(a.states, b.states);
}

bool same(const ReaderDecl& a, const ReaderDecl& b) {
  return same(a.role, b.role) && same(a.within, b.within);
}

bool same(const ReturnRowDecl& a, const ReturnRowDecl& b) {
  return same(a.name, b.name) && a.label == b.label && same(a.value, b.value);
}

bool same(const FigureDecl& a, const FigureDecl& b) {
  return same(a.name, b.name) && a.label == b.label && same(a.amount, b.amount) && a.of == b.of && same(a.places, b.places) &&
         same(a.where, b.where);
}

bool same(const ReturnDecl& a, const ReturnDecl& b) {
  return same(a.name, b.name) && same(a.procedures, b.procedures) && a.label == b.label && a.help == b.help && same(a.dated, b.dated) &&
         a.period == b.period && same(a.readers, b.readers) && same(a.rows, b.rows) && same(a.figures, b.figures);
}

bool same(const ProcedureDecl& a, const ProcedureDecl& b) {
  return same(a.name, b.name) && same(a.entity, b.entity) && a.label == b.label && a.help == b.help && same(a.dated, b.dated) &&
         a.sealed.has_value() == b.sealed.has_value() && same(a.roles, b.roles) && same(a.documents, b.documents) &&
         same(a.numbers, b.numbers) && same(a.aims, b.aims) && same(a.knows, b.knows) && same(a.takes, b.takes) && same(a.forms, b.forms) &&
         same(a.states, b.states);
}

template <typename T>
bool same(const std::vector<T>& a, const std::vector<T>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const T& x, const T& y) { return same(x, y); });
}

}  // namespace

bool same(const Expr& a, const Expr& b) {
  if (a.kind != b.kind || a.text != b.text || a.date != b.date || a.op != b.op || a.aggregate != b.aggregate) return false;
  if (a.negated != b.negated || a.rounding != b.rounding) return false;
  return same(a.unit, b.unit) && same(a.path, b.path) && same(a.under, b.under) && same(a.args, b.args) && same(a.value, b.value) &&
         same(a.condition, b.condition);
}

bool same(const FileTree& a, const FileTree& b) {
  return same(a.acts, b.acts) && same(a.enums, b.enums) && same(a.sets, b.sets) && same(a.calendars, b.calendars) &&
         same(a.topics, b.topics) && same(a.entities, b.entities) && same(a.norms, b.norms) && same(a.tables, b.tables) &&
         same(a.reforms, b.reforms) && same(a.cases, b.cases) && same(a.accounts, b.accounts) && same(a.procedures, b.procedures) &&
         same(a.returns, b.returns) && a.order == b.order;
}

}  // namespace koshi::zan
