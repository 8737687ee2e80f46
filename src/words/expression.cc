#include "words/expression.h"

#include "base/check.h"
#include "base/text.h"

namespace koshi::words {

using zan::Kind;
using zan::Node;
using zan::NodeId;
using zan::Op;

std::string Expressions::text(NodeId node) {
  return piece(node).text;
}

std::string Expressions::inside(NodeId node, Level least) {
  Piece inner = piece(node);
  return inner.level < least ? "(" + inner.text + ")" : std::move(inner.text);
}

Expressions::Piece Expressions::filled(std::string_view key, const Node& node, Level level, Level left, Level right) {
  return {phrase(key, {{"a", inside(node.a, left)}, {"b", inside(node.b, right)}}), level};
}

Expressions::Piece Expressions::piece(NodeId id) {
  CHECK(id >= 0);
  const Node& node = node_at(id);
  switch (node.op) {
    case Op::kConst:
    case Op::kNamedSet:
    case Op::kMakeSet: return {constant(node)};
    case Op::kFact: return {fact(node)};
    case Op::kToday: return {phrase("expr.today")};
    case Op::kNorm: return {norm(node)};
    case Op::kNot:
    case Op::kAnd:
    case Op::kOr:
    case Op::kIf:
    case Op::kOrElse: return logic(node);
    case Op::kEq:
    case Op::kNe:
    case Op::kLt:
    case Op::kLe:
    case Op::kGt:
    case Op::kGe:
    case Op::kIn:
    case Op::kIsNone:
    case Op::kIsEmpty: return comparison(node);
    case Op::kKnown: return {phrase("expr.known", {{"a", fact(node)}}), Level::kCompare};
    case Op::kCount:
    case Op::kAny:
    case Op::kAll:
    case Op::kShare:
    case Op::kSum:
    case Op::kMaxOf:
    case Op::kMinOf: return aggregate(node);
    case Op::kOnDate:
    case Op::kAddDays:
    case Op::kAddWorkingDays:
    case Op::kAddMonths:
    case Op::kDateDiff: return dates(node);
    case Op::kMin:
    case Op::kMax:
    case Op::kCompletedYears:
    case Op::kCompletedMonths:
    case Op::kWorkingDaysBetween:
    case Op::kYearOf:
    case Op::kDaysPresent: return function(node);
    default: return arithmetic(node);
  }
}

Expressions::Piece Expressions::logic(const Node& node) {
  switch (node.op) {
    case Op::kNot: return negation(node_at(node.a));
    case Op::kAnd: return filled("expr.and", node, Level::kAnd, Level::kAnd, Level::kAnd);
    // An `or` of `and`s reads safely only with brackets in every language.
    case Op::kOr: {
      const auto branch = [&](NodeId id) { return node_at(id).op == Op::kAnd ? "(" + text(id) + ")" : inside(id, Level::kOr); };
      return {phrase("expr.or", {{"a", branch(node.a)}, {"b", branch(node.b)}}), Level::kOr};
    }
    case Op::kOrElse: return filled("expr.or_else", node, Level::kChoice, Level::kSum, Level::kSum);
    default:
      return {phrase("expr.if", {{"a", inside(node.a, Level::kOr)}, {"b", inside(node.b, Level::kOr)}, {"c", text(node.c)}}),
              Level::kChoice};
  }
}

/// "is not one of" and the like read better than "not (…)".
Expressions::Piece Expressions::negation(const Node& operand) {
  if (operand.op == Op::kIn) return membership(operand, true);
  if (operand.op == Op::kIsNone) return {phrase("expr.is_not_none", {{"a", inside(operand.a, Level::kSum)}}), Level::kCompare};
  if (operand.op == Op::kIsEmpty) return {phrase("expr.is_not_empty", {{"a", set_text(node_at(operand.a))}}), Level::kCompare};
  const auto id = static_cast<NodeId>(&operand - corpus_.nodes.data());
  return {phrase("expr.not", {{"a", inside(id, Level::kAtom)}}), Level::kNot};
}

bool Expressions::is_yes_no_constant(NodeId id, bool yes) const {
  const Node& node = node_at(id);
  if (node.op != Op::kConst) return false;
  const zan::Value& value = corpus_.constants[static_cast<size_t>(node.k)];
  return value.kind() == Kind::kYesNo && value.is_yes() == yes;
}

Expressions::Piece Expressions::comparison(const Node& node) {
  if (node.op == Op::kIn) return membership(node, false);
  if (node.op == Op::kIsNone) return {phrase("expr.is_none", {{"a", inside(node.a, Level::kSum)}}), Level::kCompare};
  if (node.op == Op::kIsEmpty) return {phrase("expr.is_empty", {{"a", set_text(node_at(node.a))}}), Level::kCompare};
  const bool equality = node.op == Op::kEq || node.op == Op::kNe;
  if (equality && is_yes_no_constant(node.b, node.op == Op::kEq)) return piece(node.a);
  if (equality && is_yes_no_constant(node.b, node.op == Op::kNe)) return negation(node_at(node.a));
  const bool in_time = node_at(node.a).type.kind == Kind::kDate;
  const auto key = [&]() -> std::string_view {
    switch (node.op) {
      case Op::kEq: return "expr.eq";
      case Op::kNe: return "expr.ne";
      case Op::kLt: return in_time ? "expr.before" : "expr.lt";
      case Op::kLe: return in_time ? "expr.not_after" : "expr.le";
      case Op::kGt: return in_time ? "expr.after" : "expr.gt";
      default: return in_time ? "expr.not_before" : "expr.ge";
    }
  };
  return filled(key(), node, Level::kCompare, Level::kSum, Level::kSum);
}

Expressions::Piece Expressions::membership(const Node& node, bool negated) {
  return {phrase(negated ? "expr.not_in" : "expr.in", {{"a", inside(node.a, Level::kSum)}, {"b", set_text(node_at(node.b))}}),
          Level::kCompare};
}

std::string Expressions::set_text(const Node& node) {
  if (node.op != Op::kConst && node.op != Op::kNamedSet && node.op != Op::kMakeSet) {
    return text(static_cast<NodeId>(&node - corpus_.nodes.data()));
  }
  const std::string members = constant(node);
  return members.contains("; ") ? "(" + members + ")" : members;
}

std::string Expressions::constant(const Node& node) {
  if (node.op == Op::kNamedSet) return phrase("expr.set", {{"label", words_.label(language_, set_key(corpus_, node.a))}});
  if (node.op == Op::kConst) return words_.value(language_, corpus_.constants[static_cast<size_t>(node.k)]);
  std::vector<std::string> members;
  for (const int32_t member : node.list) members.push_back(inside(member, Level::kSum));
  return join(members, "; ");
}

std::string Expressions::owner(const zan::Address& address) {
  CHECK(address.up < entities_.size());
  zan::EntityId at = entities_[entities_.size() - 1 - address.up];
  std::vector<std::string> labels;
  for (const int32_t link : address.links) {
    labels.push_back(words_.label(language_, link_key(corpus_, at, link)));
    at = corpus_.entities[static_cast<size_t>(at)].links[static_cast<size_t>(link)].target;
  }
  return join(labels, ", ");
}

std::string Expressions::labelled(const std::string& label, const std::string& owner, bool quoted) {
  const std::string name = phrase(quoted ? "expr.statement" : "expr.name", {{"label", label}});
  return owner.empty() ? name : phrase("expr.of", {{"name", name}, {"owner", owner}});
}

std::string Expressions::fact(const Node& node) {
  const zan::Address& address = corpus_.addresses[static_cast<size_t>(node.a)];
  const std::string label = words_.label(language_, fact_key(corpus_, address.entity, address.fact));
  const Kind kind = corpus_.entities[static_cast<size_t>(address.entity)].facts[static_cast<size_t>(address.fact)].type.kind;
  return labelled(label, owner(address), kind == Kind::kYesNo && node.op == Op::kFact);
}

std::string Expressions::norm(const Node& node) {
  const zan::Norm& norm = corpus_.norms[static_cast<size_t>(node.a)];
  std::string label = words_.label(language_, norm_key(corpus_, node.a));
  if (norm.under != zan::kNoId) {
    const std::string act = words_.label(language_, act_key(corpus_, norm.under) + ".short");
    label = phrase("norm.under", {{"label", label}, {"act", act}});
  }
  const std::string path = node.b == zan::kNoId ? std::string() : owner(corpus_.addresses[static_cast<size_t>(node.b)]);
  return labelled(label, path, norm.type.kind == Kind::kYesNo);
}

std::string expression_text(const Words& words, Language language, zan::EntityId self, NodeId node) {
  return Expressions(words, language, self).text(node);
}

}  // namespace koshi::words
