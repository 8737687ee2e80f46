#include "zan/syntax/print_expression.h"

#include <algorithm>
#include <array>

#include "base/check.h"
#include "zan/syntax/printer.h"
#include "zan/syntax/spelling.h"
#include "zan/syntax/token.h"

namespace koshi::zan {
namespace {

/// The levels of the grammar in read_expression.cc, from the loosest.
enum class Level : uint8_t { kIf, kOr, kAnd, kNot, kComparison, kOrElse, kSum, kProduct, kUnary, kPostfix, kPrimary };

Level above(Level level) {
  return static_cast<Level>(static_cast<uint8_t>(level) + 1);
}

struct Operator {
  std::string_view spelling;
  Level level;
};

constexpr std::array<Operator, 13> kOperators = {{
    {"or", Level::kOr},
    {"and", Level::kAnd},
    {"=", Level::kComparison},
    {"!=", Level::kComparison},
    {"<", Level::kComparison},
    {"<=", Level::kComparison},
    {">", Level::kComparison},
    {">=", Level::kComparison},
    {"or else", Level::kOrElse},
    {"+", Level::kSum},
    {"-", Level::kSum},
    {"*", Level::kProduct},
    {"/", Level::kProduct},
}};
constexpr std::array<std::string_view, 7> kAggregates = {"count", "any", "all", "share", "sum", "max", "min"};
constexpr std::array<std::string_view, 3> kRoundings = {"down", "up", "half up"};

const Operator& operator_of(BinaryOp op) {
  return kOperators[static_cast<size_t>(op)];
}

Level level_of(const Expr& e) {
  switch (e.kind) {
    case ExprKind::kIf: return Level::kIf;
    case ExprKind::kBinary: return operator_of(e.op).level;
    case ExprKind::kNot: return Level::kNot;
    case ExprKind::kIn:
    case ExprKind::kIsNone:
    case ExprKind::kIsEmpty: return Level::kComparison;
    case ExprKind::kRounded: return Level::kProduct;
    case ExprKind::kNegate: return Level::kUnary;
    case ExprKind::kQuantity:
    case ExprKind::kPercent:
    case ExprKind::kOnDate: return Level::kPostfix;
    default: return Level::kPrimary;
  }
}

bool takes_value(Aggregate aggregate) {
  return aggregate == Aggregate::kSum || aggregate == Aggregate::kMax || aggregate == Aggregate::kMin;
}

/// A path that reads as the start of an aggregate when a name or `of` follows: `sum`, `count`.
bool is_aggregate_word(const Expr& e) {
  return e.kind == ExprKind::kPath && e.path.size() == 1 && e.under.empty() &&
         std::find(kAggregates.begin(), kAggregates.end(), e.path[0].text) != kAggregates.end();
}

/// Whether the last word printed for `e` is a name such as `count`, which before `of` reads as an aggregate.
bool ends_with_aggregate_word(const Expr& e) {
  switch (e.kind) {
    case ExprKind::kBinary:
    case ExprKind::kNegate:
    case ExprKind::kNot:
    case ExprKind::kIn:
    case ExprKind::kKnown:
    case ExprKind::kIf:
    case ExprKind::kOnDate: return ends_with_aggregate_word(*e.args.back());
    case ExprKind::kAggregate: return e.condition && ends_with_aggregate_word(*e.condition);
    default: return is_aggregate_word(e);
  }
}

/// Whether what is printed for `e` begins so that, after `sum`, `max` or `min`, it is read as the value of an
/// aggregate.
bool starts_aggregate_value(const Expr& e) {
  const Expr* first = &e;
  for (;;) {
    switch (first->kind) {
      case ExprKind::kBinary:
      case ExprKind::kRounded:
      case ExprKind::kQuantity:
      case ExprKind::kPercent:
      case ExprKind::kOnDate: first = first->args.front().get(); break;
      case ExprKind::kNumber:
      case ExprKind::kDate:
      case ExprKind::kPath:
      case ExprKind::kCall:
      case ExprKind::kAggregate: return true;
      default: return false;
    }
  }
}

class ExpressionPrinter {
 public:
  explicit ExpressionPrinter(Flow& out) : out_(out) {}
  void quantity(const Expr& amount, std::string_view unit);

  /// `followed`: more of the expression stands to the right, which the `where` of an aggregate would swallow.
  void print(const Expr& e, Level least, bool followed);

 private:
  void print_bare(const Expr& e, bool followed);
  void binary(const Expr& e, bool followed);
  void conditional(const Expr& e);
  void aggregate(const Expr& e);
  void on_date(const Expr& e);
  void path(const Expr& e);
  void list(std::string_view opening, const Expr& e, std::string_view closing);
  void brackets(const Expr& e);

  int logic(int step) const { return kBreakLogic + 2 * depth_ + step; }

  Flow& out_;
  int depth_ = 0;
};

void ExpressionPrinter::brackets(const Expr& e) {
  ++depth_;
  out_.add("(");
  print_bare(e, false);
  out_.add(")");
  --depth_;
}

void ExpressionPrinter::print(const Expr& e, Level least, bool followed) {
  const bool open = e.kind == ExprKind::kAggregate && e.condition != nullptr;
  if (level_of(e) < least || (open && followed)) {
    brackets(e);
  } else {
    print_bare(e, followed);
  }
}

void ExpressionPrinter::binary(const Expr& e, bool followed) {
  const auto [spelling, level] = operator_of(e.op);
  const bool comparison = level == Level::kComparison;
  print(*e.args[0], comparison ? above(level) : level, true);
  const int weight = e.op == BinaryOp::kOr ? logic(0) : e.op == BinaryOp::kAnd ? logic(1) : kBreakValue + depth_;
  out_.space(weight);
  out_.add(spelling);
  out_.add(" ");
  print(*e.args[1], above(level), followed);
}

void ExpressionPrinter::conditional(const Expr& e) {
  out_.add("if ");
  ++depth_;
  print(*e.args[0], Level::kOr, false);
  --depth_;
  out_.space(logic(0));
  out_.add("then ");
  ++depth_;
  print(*e.args[1], Level::kOr, false);
  --depth_;
  out_.space(logic(0));
  out_.add("else ");
  print(*e.args[2], Level::kIf, false);
}

void ExpressionPrinter::aggregate(const Expr& e) {
  out_.add(kAggregates[static_cast<size_t>(e.aggregate)]);
  if (takes_value(e.aggregate)) {
    CHECK(e.value != nullptr);
    out_.add(" ");
    const bool plain = starts_aggregate_value(*e.value) && !ends_with_aggregate_word(*e.value);
    plain ? print(*e.value, Level::kSum, true) : brackets(*e.value);
  }
  out_.add(" of ");
  out_.add(print_path(e.path));
  if (!e.condition) return;
  out_.space(kBreakValue + depth_);
  out_.add("where ");
  ++depth_;
  print(*e.condition, Level::kOr, false);
  --depth_;
}

void ExpressionPrinter::quantity(const Expr& amount, std::string_view unit) {
  const bool plain = amount.kind == ExprKind::kNumber || amount.kind == ExprKind::kCall ||
                     (amount.kind == ExprKind::kPath && amount.under.empty() && !is_aggregate_word(amount));
  plain ? print_bare(amount, true) : brackets(amount);
  const bool one = amount.kind == ExprKind::kNumber && amount.text == "1";
  if (one && (unit == "days" || unit == "working days" || unit == "months" || unit == "years")) unit.remove_suffix(1);
  out_.add(" ");
  out_.add(unit);
}

void ExpressionPrinter::on_date(const Expr& e) {
  print(*e.args[0], Level::kPrimary, true);
  out_.add(" on ");
  const ExprKind kind = e.args[1]->kind;
  const bool plain = kind == ExprKind::kDate || kind == ExprKind::kToday || kind == ExprKind::kPath || kind == ExprKind::kCall;
  plain ? print_bare(*e.args[1], true) : brackets(*e.args[1]);
}

void ExpressionPrinter::path(const Expr& e) {
  out_.add(print_path(e.path));
  if (e.under.empty()) return;
  out_.add(" under ");
  out_.add(e.under.text);
}

void ExpressionPrinter::list(std::string_view opening, const Expr& e, std::string_view closing) {
  out_.add(opening);
  ++depth_;
  for (size_t i = 0; i < e.args.size(); ++i) {
    if (i > 0) {
      out_.add(",");
      out_.space(kBreakValue + depth_);
    }
    print(*e.args[i], Level::kIf, false);
  }
  --depth_;
  out_.add(closing);
}

void ExpressionPrinter::print_bare(const Expr& e, bool followed) {
  switch (e.kind) {
    case ExprKind::kNumber: return out_.add(e.text);
    case ExprKind::kDate: return out_.add(format_date(e.date));
    case ExprKind::kText: return out_.add(print_text(e.text));
    case ExprKind::kCode: return out_.add(concat({"'", e.text, "'"}));
    case ExprKind::kYes: return out_.add("yes");
    case ExprKind::kNo: return out_.add("no");
    case ExprKind::kNone: return out_.add("none");
    case ExprKind::kToday: return out_.add("today");
    case ExprKind::kPath: return path(e);
    case ExprKind::kSet: return list("{", e, "}");
    case ExprKind::kNot: out_.add("not "); return print(*e.args[0], Level::kNot, followed);
    case ExprKind::kNegate: out_.add("-"); return print(*e.args[0], Level::kPostfix, followed);
    case ExprKind::kBinary: return binary(e, followed);
    case ExprKind::kIn:
      print(*e.args[0], Level::kOrElse, true);
      out_.add(e.negated ? " not in " : " in ");
      return print_bare(*e.args[1], followed);
    case ExprKind::kIsNone: print(*e.args[0], Level::kOrElse, true); return out_.add(e.negated ? " is not none" : " is none");
    case ExprKind::kIsEmpty: print(*e.args[0], Level::kOrElse, true); return out_.add(e.negated ? " is not empty" : " is empty");
    case ExprKind::kKnown: out_.add("known "); return print(*e.args[0], Level::kPrimary, followed);
    case ExprKind::kIf: return conditional(e);
    case ExprKind::kQuantity: return quantity(*e.args[0], e.unit.text);
    case ExprKind::kPercent: print(*e.args[0], Level::kPrimary, true); return out_.add(" %");
    case ExprKind::kRounded:
      print(*e.args[0], Level::kProduct, true);
      out_.add(concat({" rounded ", kRoundings[static_cast<size_t>(e.rounding)]}));
      return e.unit.empty() ? void() : out_.add(concat({" to ", e.unit.text}));
    case ExprKind::kAggregate: return aggregate(e);
    case ExprKind::kCall: return list(concat({e.path.at(0).text, "("}), e, ")");
    case ExprKind::kOnDate: return on_date(e);
  }
}

std::string_view confidence_word(Confidence confidence) {
  constexpr std::array<std::string_view, 4> kWords = {"read", "reported", "unverified", "sample"};
  return kWords[static_cast<size_t>(confidence)];
}

}  // namespace

void print_expression(Flow& out, const Expr& expression) {
  ExpressionPrinter(out).print(expression, Level::kIf, false);
}

void print_quantity(Flow& out, const Expr& amount, std::string_view unit) {
  ExpressionPrinter(out).quantity(amount, unit);
}

void print_citations(Flow& out, const std::vector<Citation>& citations) {
  for (size_t i = 0; i < citations.size(); ++i) {
    if (i > 0) {
      out.space(kBreakClause);
      out.add("and ");
    }
    out.add(print(citations[i]));
  }
}

std::string print_code(const Name& code) {
  return is_name(code.text) ? code.text : concat({"'", code.text, "'"});
}

std::string print_path(const std::vector<Name>& path) {
  std::string out;
  for (const Name& name : path) out += concat({out.empty() ? "" : ".", name.text});
  return out;
}

std::string print_type(const TypeRef& type) {
  return concat({type.is_set ? "set of " : "", type.name.text, type.or_none ? " or none" : ""});
}

std::string print_text(std::string_view text) {
  return concat({"\"", text, "\""});
}

std::string print_period(const std::optional<Date>& from, const std::optional<Date>& until) {
  std::string out;
  if (from) out += concat({"from ", format_date(*from)});
  if (until) out += concat({from ? " " : "", "until ", format_date(*until)});
  return out;
}

std::string print(const Expr& expression) {
  Flow flow;
  print_expression(flow, expression);
  return flow.line();
}

void print_expression_before_of(Flow& out, const Expr& expression) {
  const bool open = ends_with_aggregate_word(expression);
  if (open) out.add("(");
  print_expression(out, expression);
  if (open) out.add(")");
}

std::string print(const Citation& citation) {
  std::string out = citation.act.text;
  if (!citation.place.empty()) out += concat({" ", citation.place});
  if (citation.confidence) out += concat({" [", confidence_word(*citation.confidence), "]"});
  return out;
}

}  // namespace koshi::zan
