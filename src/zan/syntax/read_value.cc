// Values, which operators join:
//
//   postfix   = number ["%" / unit / name] / path ["on" primary] / (path / call / "(" expression ")") [unit] / primary
//   primary   = date / text / code / "yes" / "no" / "none" / "today" / "known" path / set / path / call / aggregate
//   unit      = "days" / "working" "days" / "months" / "years" / "tenge" / "tiyn"         ; or the singular
//   aggregate = ("count" / "any" / "all" / "share" / ("sum" / "max" / "min") sum) "of" path ["where" or]

#include <algorithm>
#include <array>
#include <utility>

#include "zan/syntax/expression_reader.h"
#include "zan/syntax/read.h"
#include "zan/syntax/spelling.h"

namespace koshi::zan {
namespace {

constexpr std::array<std::pair<std::string_view, Aggregate>, 7> kAggregates = {{
    {"count", Aggregate::kCount},
    {"any", Aggregate::kAny},
    {"all", Aggregate::kAll},
    {"share", Aggregate::kShare},
    {"sum", Aggregate::kSum},
    {"max", Aggregate::kMax},
    {"min", Aggregate::kMin},
}};

}  // namespace

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
    case TokenKind::kNumber: return leaf(ExprKind::kNumber);
    case TokenKind::kDate: return leaf(ExprKind::kDate);
    case TokenKind::kText: return leaf(ExprKind::kText);
    case TokenKind::kCode: return leaf(ExprKind::kCode);
    case TokenKind::kWord: return word();
    default: break;
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
    r_.report(token.span, concat({"expected a value, found ", quoted(token.text)}), "put brackets around what starts here");
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
  const auto known = std::find_if(kAggregates.begin(), kAggregates.end(), [&](const auto& a) { return r_.at(a.first); });
  if (known == kAggregates.end()) return std::nullopt;
  const Aggregate kind = known->second;
  const Token& after = r_.peek(1);
  const bool has_value = kind == Aggregate::kSum || kind == Aggregate::kMax || kind == Aggregate::kMin;
  if (!has_value) return r_.at("of", 1) ? std::optional(kind) : std::nullopt;
  if (r_.at("(", 1)) return r_.comma_in_brackets(1) ? std::nullopt : std::optional(kind);
  const bool starts_value =
      after.kind == TokenKind::kNumber || after.kind == TokenKind::kDate || (after.kind == TokenKind::kWord && !is_reserved(after.text));
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

ExprPtr read_expression(Reader& reader) {
  return ExpressionReader(reader).expression();
}

ExprPtr read_literal(Reader& reader) {
  return ExpressionReader(reader).literal();
}

}  // namespace koshi::zan
