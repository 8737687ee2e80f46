#include "base/check.h"
#include "words/expression.h"

/// Arithmetic, dates, functions and aggregates in words.
namespace koshi::words {

using zan::Kind;
using zan::Node;
using zan::NodeId;
using zan::Op;

namespace {
constexpr int64_t kMonthsOfYear = 12;
}

/// Only amounts of money name their rounding in the law text; decimals are cut after nine places.
std::string Expressions::rounding(const Node& node) {
  const std::string unit = node.unit == Money::kTenge ? "_tenge" : "_tiyn";
  switch (node.rounding) {
    case Rounding::kDown: return phrase("expr.rounded_down" + unit);
    case Rounding::kUp: return phrase("expr.rounded_up" + unit);
    case Rounding::kHalfUp: return phrase("expr.rounded_half_up" + unit);
  }
  return {};
}

Expressions::Piece Expressions::arithmetic(const Node& node) {
  const auto with_rounding = [&](Piece piece) -> Piece {
    return {phrase("expr.rounded", {{"a", piece.text}, {"rounding", rounding(node)}}), Level::kChoice};
  };
  const bool rounds = node.type.kind == Kind::kMoney;
  switch (node.op) {
    case Op::kNegate: return {"−" + inside(node.a, Level::kAtom), Level::kProduct};
    case Op::kToDecimal: return piece(node.a);
    case Op::kAdd: return filled("expr.add", node, Level::kSum, Level::kSum, Level::kSum);
    case Op::kSub: return filled("expr.sub", node, Level::kSum, Level::kSum, Level::kProduct);
    case Op::kMulWhole: return filled("expr.mul", node, Level::kProduct, Level::kProduct, Level::kAtom);
    case Op::kMulDecimal: {
      Piece product = filled("expr.mul", node, Level::kProduct, Level::kProduct, Level::kAtom);
      return rounds ? with_rounding(std::move(product)) : product;
    }
    case Op::kDiv: {
      Piece quotient = filled("expr.div", node, Level::kProduct, Level::kProduct, Level::kAtom);
      return rounds ? with_rounding(std::move(quotient)) : quotient;
    }
    default: CHECK(node.op == Op::kRound); return with_rounding(piece(node.a));
  }
}

/// The count that is added to a date: its sign, and either a number or an expression.
Expressions::Count Expressions::count(NodeId id) {
  const Node& node = node_at(id);
  if (node.op == Op::kNegate) {
    Count inner = count(node.a);
    inner.sign = inner.sign == "+" ? "−" : "+";
    return inner;
  }
  // A number of years is lowered to twelve times as many months.
  if (node.op == Op::kMulWhole && is_whole_constant(node.b, kMonthsOfYear)) {
    Count years = count(node.a);
    years.in_years = true;
    return years;
  }
  if (node.op != Op::kConst) return {"+", std::nullopt, inside(id, Level::kProduct), false};
  const int64_t n = corpus_.constants[static_cast<size_t>(node.k)].number();
  return {n < 0 ? "−" : "+", n < 0 ? -n : n, {}, false};
}

bool Expressions::is_whole_constant(NodeId id, int64_t n) const {
  const Node& node = node_at(id);
  return node.op == Op::kConst && corpus_.constants[static_cast<size_t>(node.k)] == zan::Value::whole(n);
}

/// `key` and `key`_n: the phrases for an expression and for a number of units.
std::string Expressions::shifted(const std::string& key, const Node& node, const Count& by) {
  Holes holes{{"a", inside(node.a, Level::kSum)}, {"sign", by.sign}};
  if (node.op == Op::kAddMonths) holes["end"] = phrase(node.rounding == Rounding::kUp ? "expr.month_up" : "expr.month_down");
  if (!by.number) {
    holes["b"] = by.text;
    return phrase(key, holes);
  }
  holes["n"] = std::to_string(*by.number);
  return phrase(key + "_n", holes);
}

Expressions::Piece Expressions::dates(const Node& node) {
  switch (node.op) {
    case Op::kOnDate: return filled("expr.on_date", node, Level::kCompare, Level::kAtom, Level::kSum);
    case Op::kDateDiff: return filled("expr.sub", node, Level::kSum, Level::kSum, Level::kProduct);
    case Op::kAddDays: return {shifted("expr.add_days", node, count(node.b)), Level::kSum};
    case Op::kAddWorkingDays: return {shifted("expr.add_working_days", node, count(node.b)), Level::kSum};
    default: break;
  }
  const Count by = count(node.b);
  return {shifted(by.in_years ? "expr.add_years" : "expr.add_months", node, by), Level::kSum};
}

Expressions::Piece Expressions::function(const Node& node) {
  const auto of_two = [&](std::string_view key) { return filled(key, node, Level::kCompare, Level::kSum, Level::kSum); };
  switch (node.op) {
    case Op::kMin: return of_two("expr.min");
    case Op::kMax: return of_two("expr.max");
    case Op::kCompletedYears: return of_two("expr.completed_years");
    case Op::kCompletedMonths: return of_two("expr.completed_months");
    case Op::kWorkingDaysBetween: return of_two("expr.working_days_between");
    case Op::kYearOf: return {phrase("expr.year_of", {{"a", inside(node.a, Level::kSum)}}), Level::kCompare};
    default: break;
  }
  const zan::Address& stays = corpus_.addresses[static_cast<size_t>(node.a)];
  return {phrase("expr.days_present", {{"n", std::to_string(node.k)}, {"link", labelled(owner(stays), "", false)}}), Level::kCompare};
}

std::string Expressions::condition_of_members(const Node& node) {
  return node.b == zan::kNoId ? std::string() : inside(node.b, Level::kOr);
}

Expressions::Piece Expressions::aggregate(const Node& node) {
  const zan::Address& members = corpus_.addresses[static_cast<size_t>(node.a)];
  const std::string link = labelled(owner(members), "", false);
  const auto key = [&]() -> std::string {
    switch (node.op) {
      case Op::kCount: return "expr.count";
      case Op::kAny: return "expr.any";
      case Op::kAll: return "expr.all";
      case Op::kShare: return "expr.share";
      case Op::kSum: return "expr.sum";
      case Op::kMaxOf: return "expr.max_of";
      default: return "expr.min_of";
    }
  };
  entities_.push_back(members.entity);
  const std::string value = node.c == zan::kNoId ? std::string() : inside(node.c, Level::kSum);
  const std::string condition = condition_of_members(node);
  entities_.pop_back();
  return {phrase(condition.empty() ? key() : key() + "_where", {{"link", link}, {"value", value}, {"where", condition}}), Level::kCompare};
}

}  // namespace koshi::words
