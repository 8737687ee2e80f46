// Operators. From the loosest to the tightest, each level made of the next:
//
//   expression = if / or
//   if         = "if" or "then" or "else" expression
//   or         = and *("or" and)
//   and        = not *("and" not)
//   not        = *"not" comparison
//   comparison = or-else [ op or-else / ["not"] "in" set / "is" ["not"] ("none" / "empty") ]
//   or-else    = sum *("or" "else" sum)
//   sum        = product *(("+" / "-") product)
//   product    = unary *( ("*" / "/") unary / "rounded" rounding ["to" unit] )
//   unary      = *"-" postfix                                        ; postfix: read_value.cc

#include <algorithm>
#include <array>
#include <utility>

#include "zan/syntax/expression_reader.h"
#include "zan/syntax/read.h"
#include "zan/syntax/spelling.h"

namespace koshi::zan {
namespace {

constexpr std::array<std::pair<std::string_view, BinaryOp>, 6> kComparisons = {{
    {"=", BinaryOp::kEq},
    {"!=", BinaryOp::kNe},
    {"<", BinaryOp::kLt},
    {"<=", BinaryOp::kLe},
    {">", BinaryOp::kGt},
    {">=", BinaryOp::kGe},
}};
constexpr std::array<std::string_view, 3> kRoundings = {"down", "up", "half"};
constexpr std::array<std::string_view, 2> kMoneyUnits = {"tenge", "tiyn"};

}  // namespace

ExprPtr ExpressionReader::make(ExprKind kind) const {
  ExprPtr expr = std::make_unique<Expr>();
  expr->kind = kind;
  return expr;
}

/// Sets place and height. Null, and reported, when the tree is too high.
ExprPtr ExpressionReader::finish(ExprPtr expr, uint32_t begin) {
  expr->span = r_.since(begin);
  int below = 0;
  for (const ExprPtr& arg : expr->args) below = std::max(below, arg->height);
  if (expr->value) below = std::max(below, expr->value->height);
  if (expr->condition) below = std::max(below, expr->condition->height);
  expr->height = below + 1;
  if (expr->height <= kMaxNesting) return expr;
  r_.report(expr->span, concat({"this expression is more than ", std::to_string(kMaxNesting), " operations high"}),
            "split it into several norms (`define`)");
  return nullptr;
}

ExprPtr ExpressionReader::leaf(ExprKind kind) {
  ExprPtr expr = make(kind);
  const Token& token = r_.next();
  expr->span = token.span;
  if (kind == ExprKind::kText || kind == ExprKind::kCode || kind == ExprKind::kNumber) expr->text = token.text;
  if (kind == ExprKind::kDate) expr->date = token.date;
  return expr;
}

ExprPtr ExpressionReader::binary(BinaryOp op, ExprPtr left, ExprPtr right, uint32_t begin) {
  ExprPtr expr = make(ExprKind::kBinary);
  expr->op = op;
  expr->args.push_back(std::move(left));
  expr->args.push_back(std::move(right));
  return finish(std::move(expr), begin);
}

ExprPtr ExpressionReader::chain(Level next, Operator accept) {
  const uint32_t begin = r_.here();
  ExprPtr left = (this->*next)();
  while (left) {
    const std::optional<BinaryOp> op = (this->*accept)();
    if (!op) break;
    ExprPtr right = (this->*next)();
    if (!right) return nullptr;
    left = binary(*op, std::move(left), std::move(right), begin);
  }
  return left;
}

std::optional<BinaryOp> ExpressionReader::accept_or() {
  if (!r_.at("or") || r_.at("else", 1)) return std::nullopt;
  r_.next();
  return BinaryOp::kOr;
}

std::optional<BinaryOp> ExpressionReader::accept_and() {
  if (!r_.accept("and")) return std::nullopt;
  return BinaryOp::kAnd;
}

std::optional<BinaryOp> ExpressionReader::accept_or_else() {
  if (!r_.at("or") || !r_.at("else", 1)) return std::nullopt;
  r_.next();
  r_.next();
  return BinaryOp::kOrElse;
}

std::optional<BinaryOp> ExpressionReader::accept_sign() {
  if (r_.accept("+")) return BinaryOp::kAdd;
  if (r_.accept("-")) return BinaryOp::kSub;
  return std::nullopt;
}

ExprPtr ExpressionReader::expression() {
  const Deeper deeper(r_, depth_);
  if (!deeper) return nullptr;
  return r_.at("if") ? conditional() : disjunction();
}

ExprPtr ExpressionReader::conditional() {
  const uint32_t begin = r_.here();
  ExprPtr expr = make(ExprKind::kIf);
  r_.next();
  for (const std::string_view word : {std::string_view("then"), std::string_view("else")}) {
    ExprPtr part = disjunction();
    if (!part || !r_.require(word)) return nullptr;
    expr->args.push_back(std::move(part));
  }
  ExprPtr otherwise = expression();
  if (!otherwise) return nullptr;
  expr->args.push_back(std::move(otherwise));
  return finish(std::move(expr), begin);
}

ExprPtr ExpressionReader::negation() {
  if (!r_.at("not")) return comparison();
  const Deeper deeper(r_, depth_);
  if (!deeper) return nullptr;
  const uint32_t begin = r_.here();
  r_.next();
  ExprPtr inner = negation();
  if (!inner) return nullptr;
  ExprPtr expr = make(ExprKind::kNot);
  expr->args.push_back(std::move(inner));
  return finish(std::move(expr), begin);
}

bool ExpressionReader::at_comparison() const {
  if (r_.at("in") || r_.at("is") || (r_.at("not") && r_.at("in", 1))) return true;
  return std::any_of(kComparisons.begin(), kComparisons.end(), [&](const auto& c) { return r_.at(c.first); });
}

ExprPtr ExpressionReader::comparison() {
  const uint32_t begin = r_.here();
  ExprPtr left = or_else();
  if (!left || !at_comparison()) return left;

  const std::string_view sign = r_.next().text;
  ExprPtr result;
  if (sign == "is") {
    result = absence(std::move(left), begin);
  } else if (sign == "in" || sign == "not") {
    if (sign == "not") r_.next();
    result = membership(std::move(left), sign == "not", begin);
  } else {
    ExprPtr right = or_else();
    if (!right) return nullptr;
    const auto known = std::find_if(kComparisons.begin(), kComparisons.end(), [&](const auto& c) { return c.first == sign; });
    result = binary(known->second, std::move(left), std::move(right), begin);
  }
  if (!result || !at_comparison()) return result;
  r_.report(r_.peek().span, "one comparison cannot follow another", "join them with `and`, or put brackets around one");
  return nullptr;
}

ExprPtr ExpressionReader::membership(ExprPtr left, bool negated, uint32_t begin) {
  ExprPtr members;
  if (r_.at("{")) {
    members = set();
  } else if (r_.at_kind(TokenKind::kWord)) {
    members = path();
  } else {
    r_.expected("a set: its name, or `{a, b}`");
  }
  if (!members) return nullptr;
  ExprPtr expr = make(ExprKind::kIn);
  expr->negated = negated;
  expr->args.push_back(std::move(left));
  expr->args.push_back(std::move(members));
  return finish(std::move(expr), begin);
}

ExprPtr ExpressionReader::absence(ExprPtr left, uint32_t begin) {
  ExprPtr expr = make(ExprKind::kIsNone);
  expr->negated = r_.accept("not");
  if (r_.at("empty")) expr->kind = ExprKind::kIsEmpty;
  if (!r_.at("none") && !r_.at("empty")) {
    r_.expected(expr->negated ? "`none` or `empty`" : "`none`, `empty` or `not` before one of them (equality is written `=`)");
    return nullptr;
  }
  r_.next();
  expr->args.push_back(std::move(left));
  return finish(std::move(expr), begin);
}

ExprPtr ExpressionReader::product() {
  const uint32_t begin = r_.here();
  ExprPtr left = unary();
  while (left) {
    if (r_.at("rounded")) {
      left = rounded(std::move(left), begin);
    } else if (r_.at("*") || r_.at("/")) {
      const BinaryOp op = r_.next().text == "*" ? BinaryOp::kMul : BinaryOp::kDiv;
      ExprPtr right = unary();
      if (!right) return nullptr;
      left = binary(op, std::move(left), std::move(right), begin);
    } else {
      break;
    }
  }
  return left;
}

ExprPtr ExpressionReader::rounded(ExprPtr left, uint32_t begin) {
  r_.next();
  ExprPtr expr = make(ExprKind::kRounded);
  if (r_.accept("down")) {
    expr->rounding = Rounding::kDown;
  } else if (r_.accept("up")) {
    expr->rounding = Rounding::kUp;
  } else if (r_.accept("half")) {
    if (!r_.require("up")) return nullptr;
    expr->rounding = Rounding::kHalfUp;
  } else {
    r_.expected("`down`, `up` or `half up`", kRoundings);
    return nullptr;
  }
  // `allot N rounded down to permits(…)`: an account follows, not a unit.
  const bool has_unit = r_.at("to") && !r_.at("(", 2);
  if (has_unit) {
    r_.next();
    if (!r_.at("tenge") && !r_.at("tiyn")) {
      r_.expected("`tenge` or `tiyn`", kMoneyUnits);
      return nullptr;
    }
    const Token& unit = r_.next();
    expr->unit = {.text = std::string(unit.text), .span = unit.span};
  }
  expr->args.push_back(std::move(left));
  return finish(std::move(expr), begin);
}

ExprPtr ExpressionReader::unary() {
  if (!r_.at("-")) return postfix();
  const Deeper deeper(r_, depth_);
  if (!deeper) return nullptr;
  const uint32_t begin = r_.here();
  r_.next();
  ExprPtr inner = unary();
  if (!inner) return nullptr;
  ExprPtr expr = make(ExprKind::kNegate);
  expr->args.push_back(std::move(inner));
  return finish(std::move(expr), begin);
}

}  // namespace koshi::zan
