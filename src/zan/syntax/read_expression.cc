// Expressions. From the loosest to the tightest, each level made of the next:
//
//   expression = if / or        or      = and *("or" and)            and     = not *("and" not)        not = *"not"
//   comparison comparison = or-else [ op or-else / ["not"] "in" set / "is" ["not"] "none" ] or-else    = sum *("or"
//   "else" sum)                 sum     = product *(("+" / "-") product) product    = unary *(("*" / "/") unary /
//   rounded)   unary   = *"-" postfix postfix    = number ["%" / unit / name] / path ["on" primary] [unit] / (call /
//   "(" expression ")") [unit] / primary primary    = date / text / code / yes / no / none / today / "known" path / set
//   / aggregate

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

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
constexpr std::array<std::pair<std::string_view, Aggregate>, 7> kAggregates = {{
    {"count", Aggregate::kCount},
    {"any", Aggregate::kAny},
    {"all", Aggregate::kAll},
    {"share", Aggregate::kShare},
    {"sum", Aggregate::kSum},
    {"max", Aggregate::kMax},
    {"min", Aggregate::kMin},
}};
constexpr std::array<std::string_view, 3> kRoundings = {"down", "up", "half"};
constexpr std::array<std::string_view, 2> kMoneyUnits = {"tenge", "tiyn"};

class ExpressionReader {
 public:
  explicit ExpressionReader(Reader& reader) : r_(reader) {}

  ExprPtr expression();
  ExprPtr literal();

 private:
  using Level = ExprPtr (ExpressionReader::*)();
  using Operator = std::optional<BinaryOp> (ExpressionReader::*)();

  ExprPtr conditional();
  ExprPtr disjunction() { return chain(&ExpressionReader::conjunction, &ExpressionReader::accept_or); }
  ExprPtr conjunction() { return chain(&ExpressionReader::negation, &ExpressionReader::accept_and); }
  ExprPtr negation();
  ExprPtr comparison();
  ExprPtr membership(ExprPtr left, bool negated, uint32_t begin);
  ExprPtr absence(ExprPtr left, uint32_t begin);
  ExprPtr or_else() { return chain(&ExpressionReader::sum, &ExpressionReader::accept_or_else); }
  ExprPtr sum() { return chain(&ExpressionReader::product, &ExpressionReader::accept_sign); }
  ExprPtr product();
  ExprPtr rounded(ExprPtr left, uint32_t begin);
  ExprPtr unary();
  ExprPtr postfix();
  ExprPtr primary();
  ExprPtr word();
  ExprPtr number();
  ExprPtr bracketed();
  ExprPtr set();
  ExprPtr known();
  ExprPtr path();
  ExprPtr call();
  ExprPtr aggregate(Aggregate kind);
  ExprPtr leaf(ExprKind kind);
  ExprPtr negative_literal();

  ExprPtr chain(Level next, Operator accept);
  std::optional<BinaryOp> accept_or();
  std::optional<BinaryOp> accept_and();
  std::optional<BinaryOp> accept_or_else();
  std::optional<BinaryOp> accept_sign();
  bool at_comparison() const;
  bool at_unit() const;
  std::optional<Aggregate> at_aggregate() const;
  Name read_unit();

  ExprPtr make(ExprKind kind) const;
  ExprPtr finish(ExprPtr expr, uint32_t begin);
  ExprPtr binary(BinaryOp op, ExprPtr left, ExprPtr right, uint32_t begin);
  ExprPtr quantity(ExprPtr amount, uint32_t begin);

  Reader& r_;
  int depth_ = 0;
};

/// One level deeper while alive: brackets, `not` and `-` recurse before there is a tree whose height could be measured.
class Deeper {
 public:
  Deeper(Reader& reader, int& depth) : depth_(depth), good_(reader.check_depth(++depth)) {}
  ~Deeper() { --depth_; }
  Deeper(const Deeper&) = delete;
  Deeper& operator=(const Deeper&) = delete;
  explicit operator bool() const { return good_; }

 private:
  int& depth_;
  bool good_;
};

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
    const auto known =
        std::find_if(kComparisons.begin(), kComparisons.end(), [&](const auto& c) { return c.first == sign; });
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
  if (!r_.at("none")) {
    r_.expected(expr->negated ? "`none`" : "`none` or `not none` (equality is written `=`)");
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
  } else if (r_.at("half") && r_.at("up", 1)) {
    r_.next();
    r_.next();
    expr->rounding = Rounding::kHalfUp;
  } else {
    r_.expected("`down`, `up` or `half up`", kRoundings);
    return nullptr;
  }
  if (r_.accept("to")) {
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

bool ExpressionReader::at_unit() const {
  if (!r_.at_kind(TokenKind::kWord)) return false;
  if (r_.at("working")) return r_.at("days", 1) || r_.at("day", 1);
  return !unit_word(r_.peek().text).empty();
}

Name ExpressionReader::read_unit() {
  const Token& token = r_.next();
  if (token.text == "working" && (r_.at("days") || r_.at("day"))) {
    r_.next();
    return {.text = "working days", .span = r_.since(token.span.begin)};
  }
  const std::string_view stored = unit_word(token.text);
  return {.text = std::string(stored.empty() ? token.text : stored), .span = token.span};
}

ExprPtr ExpressionReader::quantity(ExprPtr amount, uint32_t begin) {
  ExprPtr expr = make(ExprKind::kQuantity);
  expr->unit = read_unit();
  expr->args.push_back(std::move(amount));
  return finish(std::move(expr), begin);
}

ExprPtr ExpressionReader::number() {
  const uint32_t begin = r_.here();
  ExprPtr amount = leaf(ExprKind::kNumber);
  if (r_.accept("%")) {
    ExprPtr expr = make(ExprKind::kPercent);
    expr->args.push_back(std::move(amount));
    return finish(std::move(expr), begin);
  }
  // A parameter stands on the line of its number: in a case, the next line may begin with the name of a link.
  const Token& token = r_.peek();
  if (token.kind != TokenKind::kWord || token.first || is_reserved(token.text)) return amount;
  return quantity(std::move(amount), begin);
}

ExprPtr ExpressionReader::postfix() {
  const uint32_t begin = r_.here();
  if (r_.at_kind(TokenKind::kNumber)) return number();
  const bool in_brackets = r_.at("(");
  ExprPtr expr = primary();
  if (!expr) return nullptr;
  if (expr->kind == ExprKind::kPath && !in_brackets && r_.accept("on")) {
    ExprPtr date = primary();
    if (!date) return nullptr;
    ExprPtr dated = make(ExprKind::kOnDate);
    dated->args.push_back(std::move(expr));
    dated->args.push_back(std::move(date));
    return finish(std::move(dated), begin);
  }
  const bool takes_unit = in_brackets || expr->kind == ExprKind::kPath || expr->kind == ExprKind::kCall;
  return takes_unit && at_unit() ? quantity(std::move(expr), begin) : std::move(expr);
}

ExprPtr ExpressionReader::primary() {
  switch (r_.peek().kind) {
    case TokenKind::kNumber:
      return leaf(ExprKind::kNumber);
    case TokenKind::kDate:
      return leaf(ExprKind::kDate);
    case TokenKind::kText:
      return leaf(ExprKind::kText);
    case TokenKind::kCode:
      return leaf(ExprKind::kCode);
    case TokenKind::kWord:
      return word();
    default:
      break;
  }
  if (r_.at("(")) return bracketed();
  if (r_.at("{")) return set();
  r_.expected("a value");
  return nullptr;
}

ExprPtr ExpressionReader::word() {
  const Token& token = r_.peek();
  if (token.text == "yes") return leaf(ExprKind::kYes);
  if (token.text == "no") return leaf(ExprKind::kNo);
  if (token.text == "none") return leaf(ExprKind::kNone);
  if (token.text == "today") return leaf(ExprKind::kToday);
  if (token.text == "known") return known();
  if (token.text == "if" || token.text == "not") {
    r_.report(token.span, concat({"expected a value, found ", quoted(token.text)}),
              "put brackets around what starts here");
    return nullptr;
  }
  if (const auto kind = at_aggregate()) return aggregate(*kind);
  if (r_.at("(", 1)) return call();
  return path();
}

ExprPtr ExpressionReader::bracketed() {
  r_.next();
  ExprPtr inner = expression();
  if (!inner || !r_.require(")")) return nullptr;
  return inner;
}

ExprPtr ExpressionReader::set() {
  const uint32_t begin = r_.here();
  ExprPtr expr = make(ExprKind::kSet);
  r_.next();
  if (!r_.at("}")) {
    do {
      if (r_.at("{")) {
        r_.report(r_.peek().span, "a set cannot stand in a set");
        return nullptr;
      }
      ExprPtr member = literal();
      if (!member) return nullptr;
      expr->args.push_back(std::move(member));
    } while (r_.accept(","));
  }
  if (!r_.at("}")) {
    r_.expected("`,` or `}`");
    return nullptr;
  }
  r_.next();
  return finish(std::move(expr), begin);
}

ExprPtr ExpressionReader::known() {
  const uint32_t begin = r_.here();
  r_.next();
  ExprPtr inner = path();
  if (!inner) return nullptr;
  ExprPtr expr = make(ExprKind::kKnown);
  expr->args.push_back(std::move(inner));
  return finish(std::move(expr), begin);
}

ExprPtr ExpressionReader::path() {
  const uint32_t begin = r_.here();
  ExprPtr expr = make(ExprKind::kPath);
  if (!r_.read_path(expr->path, "a value")) return nullptr;
  if (r_.accept("under") && !r_.read_name(expr->under, "the name of an act or treaty")) return nullptr;
  return finish(std::move(expr), begin);
}

ExprPtr ExpressionReader::call() {
  const uint32_t begin = r_.here();
  ExprPtr expr = make(ExprKind::kCall);
  if (!r_.read_name(expr->path.emplace_back(), "a value")) return nullptr;
  r_.next();
  do {
    ExprPtr arg = expression();
    if (!arg) return nullptr;
    expr->args.push_back(std::move(arg));
  } while (r_.accept(","));
  if (!r_.at(")")) {
    r_.expected("`,` or `)`");
    return nullptr;
  }
  r_.next();
  return finish(std::move(expr), begin);
}

/// `count of`, `sum wage of`. `max (` opens a function when the brackets hold a comma: max(a, b).
std::optional<Aggregate> ExpressionReader::at_aggregate() const {
  const auto known =
      std::find_if(kAggregates.begin(), kAggregates.end(), [&](const auto& a) { return r_.at(a.first); });
  if (known == kAggregates.end()) return std::nullopt;
  const Aggregate kind = known->second;
  const Token& after = r_.peek(1);
  const bool has_value = kind == Aggregate::kSum || kind == Aggregate::kMax || kind == Aggregate::kMin;
  if (!has_value) return r_.at("of", 1) ? std::optional(kind) : std::nullopt;
  if (r_.at("(", 1)) return r_.comma_in_brackets(1) ? std::nullopt : std::optional(kind);
  const bool starts_value =
      after.kind == TokenKind::kNumber || (after.kind == TokenKind::kWord && !is_reserved(after.text));
  return starts_value ? std::optional(kind) : std::nullopt;
}

ExprPtr ExpressionReader::aggregate(Aggregate kind) {
  const Deeper deeper(r_, depth_);
  if (!deeper) return nullptr;
  const uint32_t begin = r_.here();
  ExprPtr expr = make(ExprKind::kAggregate);
  expr->aggregate = kind;
  r_.next();
  if (!r_.at("of")) {
    expr->value = sum();
    if (!expr->value) return nullptr;
  }
  if (!r_.require("of") || !r_.read_path(expr->path, "the name of a link to many")) return nullptr;
  if (r_.accept("where")) {
    expr->condition = disjunction();
    if (!expr->condition) return nullptr;
  }
  return finish(std::move(expr), begin);
}

ExprPtr ExpressionReader::literal() {
  const Token& token = r_.peek();
  if (token.kind == TokenKind::kNumber) return number();
  if (r_.at("-")) return negative_literal();
  if (r_.at("{")) return set();
  if (token.kind == TokenKind::kDate) return leaf(ExprKind::kDate);
  if (token.kind == TokenKind::kText) return leaf(ExprKind::kText);
  if (token.kind == TokenKind::kCode) return leaf(ExprKind::kCode);
  if (r_.at("yes")) return leaf(ExprKind::kYes);
  if (r_.at("no")) return leaf(ExprKind::kNo);
  if (r_.at("none")) return leaf(ExprKind::kNone);
  const uint32_t begin = r_.here();
  ExprPtr expr = make(ExprKind::kPath);
  if (!r_.read_name(expr->path.emplace_back(), "a value as it is written (a number, date, name, …)")) return nullptr;
  return finish(std::move(expr), begin);
}

ExprPtr ExpressionReader::negative_literal() {
  const uint32_t begin = r_.here();
  r_.next();
  if (!r_.at_kind(TokenKind::kNumber)) {
    r_.expected("a number");
    return nullptr;
  }
  ExprPtr expr = make(ExprKind::kNegate);
  expr->args.push_back(number());
  return finish(std::move(expr), begin);
}

}  // namespace

ExprPtr read_expression(Reader& reader) {
  return ExpressionReader(reader).expression();
}

ExprPtr read_literal(Reader& reader) {
  return ExpressionReader(reader).literal();
}

}  // namespace koshi::zan
