#include <algorithm>
#include <set>

#include "oracle.h"

namespace koshi::agreement {

using zan::Kind;
using zan::Node;
using zan::NodeId;
using zan::Op;
using zan::Record;
using zan::Value;

const Record* Oracle::follow(const zan::Address& address, const At& at, size_t links) {
  const At* from = &at;
  for (int up = address.up; up > 0; --up) from = from->outer;
  const Record* record = from->record;
  for (size_t i = 0; i < links && record != nullptr; ++i) record = record->one[static_cast<size_t>(address.links[i])].get();
  return record;
}

Told Oracle::fact(const zan::Address& address, const At& at) {
  const Record* record = follow(address, at, address.links.size());
  if (record == nullptr || !record->facts[static_cast<size_t>(address.fact)]) return Told::unknown();
  return Told::known(*record->facts[static_cast<size_t>(address.fact)]);
}

Told Oracle::norm(const Node& node, const At& at, Date on) {
  if (c_.norms[static_cast<size_t>(node.a)].entity == zan::kNoId) return ask(node.a, nullptr, on);
  const zan::Address& address = c_.addresses[static_cast<size_t>(node.b)];
  return ask(node.a, follow(address, at, address.links.size()), on);
}

Told Oracle::named_set(const Node& node, const At& at) const {
  const zan::Set& set = c_.sets[static_cast<size_t>(node.a)];
  zan::Bits bits((c_.enums[static_cast<size_t>(set.of)].members.size() + 63) / 64);
  for (size_t i = 0; i < c_.enums[static_cast<size_t>(set.of)].members.size(); ++i) {
    for (const auto& row : set.rows) {
      if (row.in_force.contains(at.on) && zan::has_bit(row.members, static_cast<int64_t>(i))) zan::set_bit(bits, static_cast<int64_t>(i));
    }
  }
  return Told::known(Value::set(set.of, bits));
}

Told Oracle::make_set(const Node& node, const At& at) {
  zan::Bits bits((c_.enums[static_cast<size_t>(node.type.of)].members.size() + 63) / 64);
  Told worst = Told::yes_no(true);
  for (const NodeId item : node.list) {
    const Told member = eval(item, at);
    if (member.is_value()) zan::set_bit(bits, member.value.number());
    if (member.is_error() || (member.is_unknown() && !worst.is_error())) worst = member;
  }
  return worst.is_value() ? Told::known(Value::set(node.type.of, bits)) : worst;
}

Told Oracle::eval(NodeId id, const At& at) {
  const Node& node = c_.nodes[static_cast<size_t>(id)];
  switch (node.op) {
    case Op::kConst: return Told::known(c_.constants[static_cast<size_t>(node.k)]);
    case Op::kFact: return fact(c_.addresses[static_cast<size_t>(node.a)], at);
    case Op::kKnown: return Told::yes_no(fact(c_.addresses[static_cast<size_t>(node.a)], at).is_value());
    case Op::kToday: return Told::known(Value::date(at.on));
    case Op::kNorm: return norm(node, at, at.on);
    case Op::kOnDate: {
      const Told on = eval(node.b, at);
      return on.is_value() ? norm(c_.nodes[static_cast<size_t>(node.a)], at, on.value.as_date()) : on;
    }
    case Op::kNot: return not_of(eval(node.a, at));
    case Op::kAnd: return and_of(eval(node.a, at), eval(node.b, at));
    case Op::kOr: return or_of(eval(node.a, at), eval(node.b, at));
    case Op::kEq:
    case Op::kNe:
    case Op::kLt:
    case Op::kLe:
    case Op::kGt:
    case Op::kGe: return compare(node, at);
    case Op::kIn: {
      const Told member = eval(node.a, at), set = eval(node.b, at);
      if (member.none()) return Told::yes_no(false);
      if (member.is_error() || set.is_error()) return Told::error();
      if (member.is_unknown() || set.is_unknown()) return Told::unknown();
      return Told::yes_no(zan::has_bit(set.value.bits(), member.value.number()));
    }
    case Op::kNamedSet: return named_set(node, at);
    case Op::kMakeSet: return make_set(node, at);
    case Op::kIsNone: {
      const Told a = eval(node.a, at);
      return a.is_value() ? Told::yes_no(a.none()) : a;
    }
    case Op::kIsEmpty: {
      const Told a = eval(node.a, at);
      bool any = a.has_member;
      for (const uint64_t word : a.is_value() ? a.value.bits() : zan::Bits()) any = any || word != 0;
      if (any) return Told::yes_no(false);
      return a.is_value() ? Told::yes_no(true) : a;
    }
    case Op::kOrElse: {
      const Told a = eval(node.a, at);
      return a.none() ? eval(node.b, at) : a;
    }
    case Op::kIf: {
      const Told when = eval(node.a, at), yes = eval(node.b, at), no = eval(node.c, at);
      if (when.is_value()) return when.yes() ? yes : no;
      if (yes.is_value() && yes == no) return yes;
      // A broken condition breaks the choice for good once the branches cannot agree any more.
      const bool never = yes.is_error() || no.is_error() || (yes.is_value() && no.is_value());
      return when.is_error() && never ? when : Told::unknown();
    }
    case Op::kCount:
    case Op::kAny:
    case Op::kAll:
    case Op::kShare:
    case Op::kSum:
    case Op::kMaxOf:
    case Op::kMinOf: return aggregate(node, at);
    case Op::kAddDays:
    case Op::kAddWorkingDays:
    case Op::kAddMonths:
    case Op::kDateDiff:
    case Op::kCompletedYears:
    case Op::kCompletedMonths:
    case Op::kWorkingDaysBetween:
    case Op::kYearOf: return date(node, at);
    default: return number(node, at);
  }
}

Told Oracle::compare(const Node& node, const At& at) {
  const Told a = eval(node.a, at), b = eval(node.b, at);
  const bool equality = node.op == Op::kEq || node.op == Op::kNe;
  if (!equality && (a.none() || b.none())) return Told::yes_no(false);
  if (a.is_error() || b.is_error()) return Told::error();
  if (a.is_unknown() || b.is_unknown()) return Told::unknown();
  if (equality) return Told::yes_no((a.value == b.value) == (node.op == Op::kEq));
  const int64_t x = a.value.number(), y = b.value.number();
  return Told::yes_no(node.op == Op::kLt ? x < y : node.op == Op::kLe ? x <= y : node.op == Op::kGt ? x > y : x >= y);
}

namespace {

Told amount(std::optional<Money> money) {
  return money ? Told::known(Value::money(*money)) : Told::error();
}
Told fraction(std::optional<Decimal> decimal) {
  return decimal ? Told::known(Value::decimal(*decimal)) : Told::error();
}
Told day(std::optional<Date> date) {
  return date ? Told::known(Value::date(*date)) : Told::error();
}

Told counted(Kind kind, Int128 n) {
  const auto number = narrow(n);
  if (!number) return Told::error();
  return Told::known(kind == Kind::kDays ? Value::days(*number) : Value::whole(*number));
}

Told on_money(const Node& node, const Value& a, const Value& b) {
  const bool whole = b.kind() == Kind::kWhole;
  switch (node.op) {
    case Op::kAdd: return amount(add(a.as_money(), b.as_money()));
    case Op::kSub: return amount(subtract(a.as_money(), b.as_money()));
    case Op::kMulWhole: return amount(multiply(a.as_money(), b.number()));
    case Op::kMulDecimal: return amount(multiply(a.as_money(), b.as_decimal(), node.rounding, node.unit));
    case Op::kRound: return amount(round_to(a.as_money(), node.unit, node.rounding));
    case Op::kDiv:
      return whole ? amount(divide(a.as_money(), b.number(), node.rounding, node.unit))
                   : fraction(divide(Decimal{a.number()}, Decimal{b.number()}, node.rounding));
    case Op::kMin: return Told::known(a.number() <= b.number() ? a : b);
    case Op::kMax: return Told::known(a.number() >= b.number() ? a : b);
    default: return amount(subtract(Money{0}, a.as_money()));
  }
}

Told on_decimal(const Node& node, const Value& a, const Value& b) {
  switch (node.op) {
    case Op::kAdd: return fraction(add(a.as_decimal(), b.as_decimal()));
    case Op::kSub: return fraction(subtract(a.as_decimal(), b.as_decimal()));
    case Op::kMulDecimal: return fraction(multiply(a.as_decimal(), b.as_decimal(), node.rounding));
    case Op::kDiv: return fraction(divide(a.as_decimal(), b.as_decimal(), node.rounding));
    case Op::kMin: return Told::known(a.number() <= b.number() ? a : b);
    case Op::kMax: return Told::known(a.number() >= b.number() ? a : b);
    default: return fraction(subtract(Decimal{0}, a.as_decimal()));
  }
}

Told on_whole(const Node& node, const Value& a, const Value& b) {
  const Int128 x = a.number(), y = b.number();
  switch (node.op) {
    case Op::kAdd: return counted(a.kind(), x + y);
    case Op::kSub: return counted(a.kind(), x - y);
    case Op::kMulWhole: return counted(a.kind(), x * y);
    case Op::kToDecimal: return fraction(to_decimal(a.number()));
    case Op::kDiv: return fraction(divide(Decimal{a.number()}, Decimal{b.number()}, node.rounding));
    case Op::kMin: return counted(a.kind(), std::min(x, y));
    case Op::kMax: return counted(a.kind(), std::max(x, y));
    default: return counted(a.kind(), -x);
  }
}

Told combine(const Node& node, const Value& a, const Value& b) {
  if (a.kind() == Kind::kDate) return Told::known((node.op == Op::kMin) == (a.number() <= b.number()) ? a : b);
  if (a.kind() == Kind::kMoney) return on_money(node, a, b);
  return a.kind() == Kind::kDecimal ? on_decimal(node, a, b) : on_whole(node, a, b);
}

}  // namespace

Told Oracle::number(const Node& node, const At& at) {
  const Told a = eval(node.a, at);
  const Told b = node.b == zan::kNoId ? Told::known(Value::whole(1)) : eval(node.b, at);
  if (a.none() || b.none()) return Told::known(Value::none());
  if (a.is_error() || b.is_error()) return Told::error();
  if (a.is_unknown() || b.is_unknown()) return Told::unknown();
  return combine(node, a.value, b.value);
}

Told Oracle::date(const Node& node, const At& at) {
  const Told a = eval(node.a, at);
  const Told b = node.b == zan::kNoId ? Told::known(Value::whole(1)) : eval(node.b, at);
  if (a.none() || b.none()) return Told::known(Value::none());
  if (a.is_error() || b.is_error()) return Told::error();
  if (a.is_unknown() || b.is_unknown()) return Told::unknown();
  const Date from = a.value.as_date(), to = b.value.as_date();
  const int64_t n = b.value.number();
  const MonthEnd end = node.rounding == Rounding::kUp ? MonthEnd::kUp : MonthEnd::kDown;
  switch (node.op) {
    case Op::kAddDays: return day(add_days(from, n));
    case Op::kAddMonths: return day(add_months(from, n, end));
    case Op::kAddWorkingDays: return day(c_.calendar->add_working_days(from, n));
    case Op::kDateDiff: return Told::known(Value::days(from.days - to.days));
    case Op::kCompletedYears: return Told::known(Value::whole(completed_years(from, to, end)));
    case Op::kCompletedMonths: return Told::known(Value::whole(completed_months(from, to, end)));
    case Op::kYearOf: return Told::known(Value::whole(civil(from).year));
    default: {
      const auto days = c_.calendar->working_days_between(from, to);
      return days ? Told::known(Value::whole(*days)) : Told::error();
    }
  }
}

Told Oracle::aggregate(const Node& node, const At& at) {
  const zan::Address& address = c_.addresses[static_cast<size_t>(node.a)];
  const Record* holder = follow(address, at, address.links.size() - 1);
  if (holder == nullptr || !holder->many[static_cast<size_t>(address.links.back())]) return Told::unknown();
  const std::vector<Record>& members = *holder->many[static_cast<size_t>(address.links.back())];
  if (node.op == Op::kSum || node.op == Op::kMaxOf || node.op == Op::kMinOf) return sum(node, at, members);
  Told any = Told::yes_no(false), all = Told::yes_no(true);
  int64_t count = 0;
  bool error = false, unknown = false;
  for (const Record& member : members) {
    const At inside{&member, at.on, &at};
    const Told holds = node.b == zan::kNoId ? Told::yes_no(true) : eval(node.b, inside);
    any = or_of(any, holds);
    all = and_of(all, holds);
    count += holds.yes() ? 1 : 0;
    error = error || holds.is_error();
    unknown = unknown || holds.is_unknown();
  }
  if (node.op == Op::kAny) return any;
  if (node.op == Op::kAll) return all;
  if (error) return Told::error();
  if (unknown) return Told::unknown();
  if (node.op == Op::kCount) return Told::known(Value::whole(count));
  if (members.empty()) return Told::known(Value::decimal({0}));
  return fraction(divide(*to_decimal(count), *to_decimal(static_cast<int64_t>(members.size())), Rounding::kDown));
}

Told Oracle::sum(const Node& node, const At& at, const std::vector<Record>& members) {
  Node step = node;
  step.op = node.op == Op::kSum ? Op::kAdd : node.op == Op::kMaxOf ? Op::kMax : Op::kMin;
  std::optional<Told> total;
  bool unknown = false;
  for (const Record& member : members) {
    const At inside{&member, at.on, &at};
    const Told holds = node.b == zan::kNoId ? Told::yes_no(true) : eval(node.b, inside);
    if (holds.is_error()) return holds;
    if (holds.no()) continue;
    const Told value = eval(node.c, inside);
    if (holds.yes() && value.is_error()) return value;
    unknown = unknown || holds.is_unknown() || !value.is_value();
    if (unknown) continue;
    if (total && total->is_error()) continue;
    total = total ? combine(step, total->value, value.value) : value;
  }
  if (unknown) return Told::unknown();
  if (total) return *total;
  if (node.op != Op::kSum) return Told::known(Value::none());
  return Told::known(node.type.kind == Kind::kMoney     ? Value::money({0})
                     : node.type.kind == Kind::kDecimal ? Value::decimal({0})
                     : node.type.kind == Kind::kDays    ? Value::days(0)
                                                        : Value::whole(0));
}

}  // namespace koshi::agreement
