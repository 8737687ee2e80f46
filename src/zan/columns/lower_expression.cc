#include <algorithm>

#include "base/check.h"
#include "zan/columns/lower.h"

/// Expressions: zan/reason/evaluate.cc and truth.cc, said with bits.
namespace koshi::zan::columns {

Cell Lowering::constant(const Value& value, const Type& type) {
  Cell out;
  out.kind = value.is_none() ? type.kind : value.kind();
  out.known = kYes;
  if (value.is_none()) out.none = kYes;
  if (value.kind() == Kind::kText) limit("text is not compared");
  if (value.kind() == Kind::kText) return cells_.unknown_cell(Kind::kText);
  if (value.kind() == Kind::kSet) {
    const size_t members = c_.enums[static_cast<size_t>(value.of())].members.size();
    for (size_t i = 0; i < members; ++i) out.members.push_back(has_bit(value.bits(), static_cast<int64_t>(i)) ? kYes : kNo);
  } else if (value.kind() == Kind::kYesNo) {
    out.yes = value.is_yes() ? kYes : kNo;
  } else if (!value.is_none()) {
    out.number = g_.constant(value.number());
  }
  return out;
}

Cell Lowering::eval(NodeId id, const Scope& scope) {
  const Node& n = node(id);
  switch (n.op) {
    case Op::kConst: return constant(pool_.program->constants[static_cast<size_t>(n.k)], n.type);
    case Op::kFact: {
      const Address& address = c_.addresses[static_cast<size_t>(n.a)];
      if (n.type.kind == Kind::kText) limit("text is not compared");
      if (n.type.kind == Kind::kText) return cells_.unknown_cell(Kind::kText);
      return fact(follow(address, scope, address.links.size()), address.fact);
    }
    case Op::kToday: {
      Cell out;
      out.kind = Kind::kDate;
      out.known = kYes;
      out.number = laws_[static_cast<size_t>(pool_.law)].today;
      return out;
    }
    case Op::kNorm: {
      if (n.b == kNoId) return norm(n.a, pool_.law, scope.place);
      const Address& address = c_.addresses[static_cast<size_t>(n.b)];
      return norm(n.a, pool_.law, follow(address, scope, address.links.size()));
    }
    case Op::kOnDate: return on_date(n, scope);
    case Op::kMakeSet: return make_set(n, scope);
    case Op::kOrElse: {
      const Cell a = eval(n.a, scope);
      const Bit absent = g_.both(a.known, a.none);
      return absent == kNo ? a : cells_.choose(absent, eval(n.b, scope), a);
    }
    case Op::kIf: return eval_if(n, scope);
    case Op::kAny:
    case Op::kAll:
    case Op::kCount:
    case Op::kShare:
    case Op::kSum:
    case Op::kMaxOf:
    case Op::kMinOf:
    case Op::kDaysPresent: return aggregate(n, scope);
    case Op::kNot:
    case Op::kAnd:
    case Op::kOr:
    case Op::kEq:
    case Op::kNe:
    case Op::kLt:
    case Op::kLe:
    case Op::kGt:
    case Op::kGe:
    case Op::kIn:
    case Op::kIsNone:
    case Op::kIsEmpty:
    case Op::kKnown: return cells_.cell(truth(id, scope));
    case Op::kNamedSet: CHECK(false && "folded in programs");
    default: return arithmetic(n, scope);
  }
}

Cell Lowering::make_set(const Node& n, const Scope& scope) {
  Cell out;
  out.kind = Kind::kSet;
  out.known = kYes;
  out.members.assign(c_.enums[static_cast<size_t>(n.type.of)].members.size(), kNo);
  // The members in their order: an error is that of the first in error.
  for (const NodeId id : n.list) {
    const Cell member = eval(id, scope);
    out.errors = cells_.first(out.errors, member.errors);
    out.known = g_.both(out.known, member.known);
    if (member.number == kNoNum) continue;
    const Bit there = g_.both(member.known, !member.none);
    for (size_t i = 0; i < out.members.size(); ++i) {
      const Bit is = g_.in(member.number, Ranges::only(static_cast<int64_t>(i)));
      if (is != kNo) out.members[i] = g_.either(out.members[i], g_.both(there, is));
    }
  }
  out.known = g_.both(out.known, !cells_.broken(out.errors));
  for (Bit& member : out.members) member = g_.both(member, out.known);
  return out;
}

Cell Lowering::eval_if(const Node& n, const Scope& scope) {
  const Truth condition = truth(n.a, scope);
  if (condition.yes == kYes) return eval(n.b, scope);
  if (condition.no == kYes) return eval(n.c, scope);
  const Cell yes = eval(n.b, scope), no = eval(n.c, scope);
  const Bit settled = g_.either(condition.yes, condition.no);
  const Cell chosen = cells_.choose(condition.yes, yes, no);
  if (settled == kYes) return chosen;
  const Kind kind = chosen.kind;
  // The branches may still come to agree, unless one cannot.
  const Bit open = g_.any({g_.both(cells_.unknown(yes), !cells_.broken(no.errors)), g_.both(cells_.unknown(no), !cells_.broken(yes.errors)),
                           cells_.open(condition)});
  const Cell rest = cells_.choose(open, cells_.unknown_cell(kind), cells_.failed(kind, condition.errors));
  return cells_.choose(settled, chosen, cells_.choose(cells_.same(yes, no), yes, rest));
}

Cell Lowering::arithmetic(const Node& n, const Scope& scope) {
  Operation operation;
  operation.op = n.op;
  operation.rounding = n.rounding;
  operation.unit = n.unit;
  operation.calendar = c_.calendar ? &*c_.calendar : nullptr;
  operation.first = node(n.a).type.kind;
  const Cell a = eval(n.a, scope);
  Cell b;
  b.known = kYes;
  if (n.b != kNoId) {
    operation.second = node(n.b).type.kind;
    b = eval(n.b, scope);
  }
  Cell out;
  out.kind = n.type.kind;
  out.none = g_.either(g_.both(a.known, a.none), g_.both(b.known, b.none));
  out.errors = cells_.where(!out.none, cells_.first(a.errors, b.errors));
  const Bit both = g_.all({a.known, b.known, !out.none});
  if (both == kNo || a.number == kNoNum || (n.b != kNoId && b.number == kNoNum)) {
    out.known = out.none;
    return out;
  }
  const Checked result = g_.compute(operation, a.number, n.b == kNoId ? kNoNum : b.number);
  out.number = result.number;
  out.known = g_.either(out.none, g_.both(both, !result.fault));
  out.errors.fault = g_.either(out.errors.fault, g_.both(both, result.fault));
  return out;
}

Cell Lowering::on_date(const Node& n, const Scope& scope) {
  const Cell date = eval(n.b, scope);
  const Bit dated = g_.both(date.known, !date.none);
  if (dated == kNo || date.number == kNoNum) return date;
  const auto day = g_.constant_of(date.number);
  const int32_t world = laws_[static_cast<size_t>(pool_.law)].world;
  Errors fault;
  fault.fault = kYes;
  Cell asked;
  const auto law = day ? law_on(world, Date{static_cast<int32_t>(*day)}, date.number) : law_of(world, date.number);
  if (!law) {
    asked = cells_.failed(n.type.kind, fault);
  } else {
    const Node& question = node(n.a);
    PlaceId place = scope.place;
    if (question.b != kNoId) {
      const Address& address = c_.addresses[static_cast<size_t>(question.b)];
      place = follow(address, scope, address.links.size());
    }
    asked = norm(question.a, *law, place);
  }
  Cell undated = date;
  undated.kind = n.type.kind;
  undated.number = kNoNum;
  return cells_.choose(dated, asked, undated);
}

Truth Lowering::truth(NodeId id, const Scope& scope) {
  const Node& n = node(id);
  switch (n.op) {
    case Op::kNot: return cells_.negate(truth(n.a, scope));
    case Op::kAnd: {
      const Truth a = truth(n.a, scope);
      return a.no == kYes ? a : cells_.both(a, truth(n.b, scope));
    }
    case Op::kOr: {
      const Truth a = truth(n.a, scope);
      return a.yes == kYes ? a : cells_.either(a, truth(n.b, scope));
    }
    case Op::kEq:
    case Op::kNe:
    case Op::kLt:
    case Op::kLe:
    case Op::kGt:
    case Op::kGe: return compare(n, scope);
    case Op::kIn: return member_of(n, scope);
    case Op::kIsNone: return is_none(n, scope);
    case Op::kIsEmpty: return is_empty(n, scope);
    case Op::kKnown: {
      const Address& address = c_.addresses[static_cast<size_t>(n.a)];
      const Bit known = fact(follow(address, scope, address.links.size()), address.fact).known;
      return {known, !known, {}};
    }
    default: return cells_.truth(eval(id, scope));
  }
}

Truth Lowering::compare(const Node& n, const Scope& scope) {
  const bool ordering = n.op != Op::kEq && n.op != Op::kNe;
  const Cell a = eval(n.a, scope), b = eval(n.b, scope);
  const Bit none_a = g_.both(a.known, a.none), none_b = g_.both(b.known, b.none);
  const Bit both = g_.both(a.known, b.known);
  Bit holds = kNo;
  if (!ordering) {
    holds = cells_.same(a, b);
    if (n.op == Op::kNe) holds = g_.both(both, !holds);
  } else if (a.number != kNoNum && b.number != kNoNum) {
    const bool swapped = n.op == Op::kGt || n.op == Op::kLe;
    const Bit less = swapped ? g_.less(b.number, a.number) : g_.less(a.number, b.number);
    const bool opposite = n.op == Op::kGe || n.op == Op::kLe;
    holds = g_.all({both, !none_a, !none_b, opposite ? !less : less});
  }
  Truth out;
  out.yes = holds;
  const Bit none = ordering ? g_.either(none_a, none_b) : kNo;
  out.no = g_.either(none, g_.both(both, !holds));
  out.errors = cells_.where(!none, cells_.first(a.errors, b.errors));
  return out;
}

Truth Lowering::member_of(const Node& n, const Scope& scope) {
  const Cell a = eval(n.a, scope), b = eval(n.b, scope);
  const Bit none = g_.both(a.known, a.none);
  const Bit both = g_.all({a.known, b.known, !none});
  std::vector<Interval> always;
  std::vector<Bit> cases;
  for (size_t i = 0; a.number != kNoNum && i < b.members.size(); ++i) {
    const auto member = static_cast<int64_t>(i);
    if (b.members[i] == kYes) always.push_back({member, member});
    if (b.members[i] != kYes && b.members[i] != kNo) cases.push_back(g_.both(b.members[i], g_.in(a.number, Ranges::only(member))));
  }
  if (a.number != kNoNum) cases.push_back(g_.in(a.number, Ranges::of(std::move(always))));
  Truth out;
  out.yes = g_.both(both, g_.any(std::move(cases)));
  out.no = g_.either(none, g_.both(both, !out.yes));
  out.errors = cells_.where(!none, cells_.first(a.errors, b.errors));
  return out;
}

Truth Lowering::is_none(const Node& n, const Scope& scope) {
  const Cell a = eval(n.a, scope);
  return {g_.both(a.known, a.none), g_.both(a.known, !a.none), a.errors};
}

Truth Lowering::is_empty(const Node& n, const Scope& scope) {
  const Cell a = eval(n.a, scope);
  Truth out;
  out.no = g_.any(a.members);
  out.yes = g_.both(a.known, !out.no);
  out.errors = cells_.where(!out.no, a.errors);
  return out;
}

}  // namespace koshi::zan::columns
